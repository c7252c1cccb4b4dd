"""Promises about tides, against predictions and tables from elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.atlas.constituents import CONSTITUENTS
from varne.atlas.embedded import gauges
from varne.errors import BadTime, UnknownName
from varne.sea.tides import FIRST_TIME, LAST_TIME, height, tide_factors, turns
from varne.when import parse_time

# High and low waters by npm @neaps/tide-predictor 0.11.0 with 50 constituents: mean sea level, then time and height
# above datum.
PREDICTED = {
    "dover-dov-gbr-bodc": (
        3.786,
        (
            ("2024-06-01T00:25Z", 1.55),
            ("2024-06-01T06:03Z", 5.76),
            ("2024-06-01T12:59Z", 1.76),
            ("2024-06-01T18:37Z", 5.92),
            ("2024-06-02T01:32Z", 1.43),
            ("2024-06-02T07:15Z", 5.94),
            ("2024-06-02T14:09Z", 1.61),
            ("2024-06-02T19:43Z", 6.18),
        ),
    ),
    "calais-55-fra-refmar": (
        4.080,
        (
            ("2024-06-01T00:45Z", 1.68),
            ("2024-06-01T06:26Z", 6.32),
            ("2024-06-01T13:21Z", 1.77),
            ("2024-06-01T19:02Z", 6.31),
            ("2024-06-02T01:52Z", 1.55),
            ("2024-06-02T07:37Z", 6.52),
            ("2024-06-02T14:31Z", 1.60),
            ("2024-06-02T20:09Z", 6.59),
        ),
    ),
}
# Hourly heights at Boulogne from 06:00 UTC by api-maree.fr (Ifremer/PREVIMER constants), 11 October 2026, archived in
# github.com/talo-droid/wimereux-surf.
BOULOGNE = (0.96, 1.50, 3.47, 6.08, 8.18, 9.14, 8.92, 7.83, 6.32, 4.80, 3.40, 2.08)


def predict(station, times):
    constants = gauges()[station].constants
    return height(tuple(constants), list(constants.values()), times)


@pytest.mark.parametrize("station", PREDICTED)
def test_high_and_low_water_agree_with_another_predictor(station):
    """Every high and low water of two days comes within 15 minutes and 0.2 m of another program's."""
    mean_sea_level, expected = PREDICTED[station]
    times = np.arange(parse_time("2024-05-31T23:00Z"), parse_time("2024-06-02T23:00Z"), 360.0)
    found = turns(times, predict(station, times))
    assert len(found) == len(expected)
    for turn, (when, level) in zip(found, expected, strict=True):
        assert abs(turn.time - parse_time(when)) < 900.0
        assert abs(turn.height + mean_sea_level - level) < 0.2


def test_heights_at_boulogne_agree_with_another_institute():
    """Twelve hours at Boulogne are within 0.15 m rms of the French prediction."""
    times = parse_time("2026-10-11T06:00Z") + 3600.0 * np.arange(12)
    difference = predict("boulogne_sur_mer-111-fra-refmar", times) + 5.028 - BOULOGNE
    assert np.sqrt(np.mean(difference**2)) < 0.15


def test_mean_high_water_springs_at_dover():
    """Mean high water springs at Dover is 6.75 m above datum; the Channel Swimming Association says 6.8 m."""
    constants = gauges()["dover-dov-gbr-bodc"].constants
    assert 3.786 + abs(constants["M2"]) + abs(constants["S2"]) == pytest.approx(6.75, abs=0.01)


def test_the_highest_tide_of_a_nodal_cycle_is_the_highest_astronomical_tide():
    """Over 18.6 years no tide at Dover rises more than 0.1 m above the published highest, and one comes near it."""
    times = parse_time("2008-01-01T00:00Z") + 1800.0 * np.arange(round(18.61 * 365.25 * 48))
    constants = gauges()["dover-dov-gbr-bodc"].constants
    large = sorted(constants, key=lambda name: -abs(constants[name]))[:20]
    highest = 3.786 + height(tuple(large), [constants[name] for name in large], times).max()
    assert highest == pytest.approx(7.440, abs=0.15)


@given(st.floats(FIRST_TIME, LAST_TIME - 1.0))
@settings(max_examples=30, deadline=None)
def test_nodal_factors_stay_near_one(time):
    """At any time a factor lies within half and twice its mean, but for OO1."""
    names = tuple(name for name in CONSTITUENTS if name != "OO1")
    size = np.abs(tide_factors(names, time))
    assert size.min() > 0.5
    assert size.max() < 2.0


def test_the_tide_of_the_moon_is_smallest_when_the_node_is_at_the_equinox():
    """M2 is 3.7 % below its mean when the lunar node has longitude 0, June 2006, and 3.7 % above it in October 2015."""
    low, high = np.abs(tide_factors(("M2",), [parse_time("2006-06-15"), parse_time("2015-10-05")]))[:, 0]
    assert low == pytest.approx(0.963, abs=0.001)
    assert high == pytest.approx(1.037, abs=0.001)


@pytest.mark.parametrize("time", [FIRST_TIME - 1.0, LAST_TIME, float("nan"), float("inf")])
def test_a_time_outside_the_tables_is_refused(time):
    """A time outside 1950 to 2100 is an error with the remedy, never an extrapolation."""
    with pytest.raises(BadTime, match="1950-01-01 to 2100-01-01"):
        tide_factors(("M2",), time)


def test_an_unknown_constituent_is_refused():
    """A constant without arguments is refused, not left out."""
    with pytest.raises(UnknownName, match="ZZ9"):
        height(("ZZ9",), [1.0], [0.0])


def test_turns_of_a_cosine():
    """High and low water of a pure tide are found to a second and a tenth of a millimetre."""
    times = np.arange(0.0, 100000.0, 360.0)
    found = turns(times, 2.0 * np.cos(2.0 * np.pi * (times - 1000.0) / 44714.0))
    assert [turn.high for turn in found] == [True, False, True, False, True]
    assert [turn.time for turn in found] == pytest.approx([1000.0 + 22357.0 * k for k in range(5)], abs=2.0)
    assert [abs(turn.height) for turn in found] == pytest.approx([2.0] * 5, abs=1e-4)
