"""Fields made of the reports of a buoy."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.sea.reports import seen

from varne.errors import BadFile
from varne.facts.tables import shipped_facts
from varne.sea.field import COMPONENTS, field_at
from varne.sea.observations import as_fields

HOUR = 3600.0
FACTS = shipped_facts()


def test_a_field_of_reports_meets_them_at_their_times():
    """At the place, halfway and on the reports; every quantity has its components and nothing is missing."""
    one = seen(
        wind_speed=[5, 6, 7, 8], wind_from=np.radians([270] * 4), wave_height=[0.5, 0.6, 0.7, 0.8],
        peak_period=[4, 4, 5, 5], waves_from=np.radians([200] * 4), water=[8, 8, 9, 9], air=[7, 7, 7, 7],
    )  # fmt: skip
    fields = as_fields(one, start=0.0, duration=3 * HOUR, facts=FACTS)
    assert set(fields) == {"wind", "waves", "water", "air"}
    for quantity, field in fields.items():
        assert field.values.shape[2:] == (2, 2, len(COMPONENTS[quantity]))
        assert np.isfinite(field.values).all()
        assert field.source.grade == "measured"
        assert (field.values == field.values[:, :, :1, :1]).all()
    assert field_at(fields["wind"].values[0], 0.5, 0.5, 9.0, 0) == pytest.approx(6.5)  # from west, towards east
    assert field_at(fields["waves"].values[0], 0.5, 0.5, 6.0, 0) == pytest.approx(0.6)
    assert field_at(fields["waves"].values[0], 0.5, 0.5, 6.0, 3) == pytest.approx(-np.cos(np.radians(200)))


def test_wind_turns_through_north_the_short_way():
    """Between 350 and 10 degrees it blows from north, not from south; a calm has no direction and needs none."""
    one = seen((0.0, 1.0), wind_speed=[10, 10], wind_from=np.radians([350, 10]))
    middle = as_fields(one, start=0.0, duration=HOUR, facts=FACTS)["wind"].values[0, 3, 0, 0]
    assert middle == pytest.approx([0.0, -10 * np.cos(np.radians(10))])
    calm = as_fields(seen((0.0, 1.0), wind_speed=[0, 0]), start=0.0, duration=HOUR, facts=FACTS)["wind"]
    assert not calm.values.any()


def test_the_last_report_is_held_and_said():
    """An observation is no forecast: after the last one the value stands and the time of that report is given."""
    reports = as_fields(seen(air=[7, 8, 9, 10]), start=2.5 * HOUR, duration=24 * HOUR, facts=FACTS)
    values = reports["air"].values[0, :, 0, 0, 0]
    assert values[0] == 9.5
    assert (values[3:] == 10.0).all()
    assert reports["air"].held_after == 3 * HOUR


def test_what_was_not_observed_comes_from_other_evidence_and_is_graded_so():
    """Waves without period and direction run with the wind at the usual steepness, grade assumed."""
    one = seen(wave_height=[1, 1, 1, 1], wind_speed=[5] * 4, wind_from=[0.0] * 4)
    field = as_fields(one, start=0.0, duration=HOUR, facts=FACTS)["waves"]
    assert field.source.grade == "assumed"
    assert "steepness" in field.source.says
    height, period, *towards = field.values[0, 0, 0, 0]
    assert height / (9.80665 * period**2 / (2 * np.pi)) == pytest.approx(FACTS["sea.wave_steepness"].value)
    assert towards == pytest.approx([0.0, -1.0])
    assert "with the wind that was observed" in field.source.says


def test_waves_without_direction_and_wind_are_left_to_the_wind_of_the_place():
    """A direction of 0, 0 says so to whoever uses the field, and the source to whoever reads it."""
    field = as_fields(seen(wave_height=[1, 1, 1, 1], peak_period=[5] * 4), start=0.0, duration=HOUR, facts=FACTS)[
        "waves"
    ]
    assert (field.values[0, :, 0, 0] == [1.0, 5.0, 0.0, 0.0]).all()
    assert field.source.grade == "assumed"
    assert field.source.says.endswith("waves run with the wind of the place")


def test_a_gap_in_what_is_not_wanted_does_not_matter():
    """The water of a buoy whose anemometer was silent for half a day can be used."""
    one = seen((0.0, 1.0, 11.0, 12.0), wind_speed=[5] * 4, wind_from=[1.0] * 4, water=[9.0] * 4)
    asked = {"start": 0.0, "duration": 12 * HOUR, "facts": FACTS}
    with pytest.raises(BadFile, match="no wind from"):
        as_fields(one, **asked)
    assert set(as_fields(one, **asked, quantities={"water", "air"})) == {"water"}


@given(some.floats(0.0, 360.0), some.floats(0.0, 360.0))
def test_directions_of_waves_stay_unit_vectors(first, second):
    """Also between opposite ones."""
    one = seen((0.0, 1.0), wave_height=[1, 1], peak_period=[5, 5], waves_from=np.radians([first, second]))
    values = as_fields(one, start=0.0, duration=2 * HOUR, facts=FACTS)["waves"].values
    assert np.hypot(values[..., 2], values[..., 3]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("hours", "start", "says"),
    [
        ((0.0, 1.0, 5.0, 6.0), 0.5, "no wind from 1970-01-01T01:00Z to 1970-01-01T05:00Z"),
        ((0.0, 1.0, 2.0, 8.0), 5.0, "no wind from 1970-01-01T02:00Z"),
        ((2.0, 3.0, 4.0, 5.0), 1.0, "first reports wind at 1970-01-01T02:00Z"),
        ((0.0, 1.0, 2.0, 3.0), 6.5, "last reports wind at 1970-01-01T03:00Z"),
    ],
)
def test_reports_that_do_not_carry_the_question_are_refused(hours, start, says):
    """A gap, a question before the first and one long after the last are named."""
    one = seen(hours, wind_speed=[5] * 4, wind_from=[1.0] * 4)
    with pytest.raises(BadFile) as refused:
        as_fields(one, start=start * HOUR, duration=6 * HOUR, facts=FACTS)
    assert says in str(refused.value)


def test_a_gap_outside_the_question_does_not_matter():
    """Last week's silence is no reason to refuse today."""
    one = seen((0.0, 50.0, 51.0, 52.0), wind_speed=[5] * 4, wind_from=[1.0] * 4)
    assert as_fields(one, start=50.5 * HOUR, duration=HOUR, facts=FACTS)["wind"].held_after == 52 * HOUR


def test_a_place_that_is_not_known_is_refused():
    """The remedy is said."""
    with pytest.raises(BadFile, match="give it with --at"):
        as_fields(replace(seen(air=[1.0] * 4), place=None), start=0.0, duration=HOUR, facts=FACTS)
