"""The voyage, as a whole."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.encounter.worlds import NEAR, fixed, mean, outcomes

FATES = ("ashore_uk", "ashore_fr", "ashore_other", "aboard_boat", "aboard_responder", "in_water", "dead")
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(
    people=st.integers(1, 120),
    length=st.floats(6, 12),
    waves=st.floats(0.0, 2.5),
    wind=st.floats(0, 35),
    water=st.floats(4, 20),
    start=st.sampled_from(["sea", "beach"]),
    month=st.integers(1, 12),
    near=st.booleans(),
)
def test_no_one_vanishes(people, length, waves, wind, water, start, month, near):
    """Ashore, aboard, in the water and dead add up to those who set out, for every member under every option."""
    found = outcomes(
        members=(3, 2),
        position="51 00.9N 002 06.5E" if start == "beach" else "51 03.0N 001 50.0E",
        people=people, length=length, waves=f"{waves:.2f} m", wind=f"SW {wind:.1f} kn", water=water, start=start,
        time=f"2026-{month:02d}-14T02:30Z", responders=NEAR if near else [],
    )  # fmt: skip
    total = sum(found.members[fate] for fate in FATES)
    assert total == pytest.approx(people, abs=1e-9 * people)
    assert all(np.all(found.members[fate] >= -1e-12) for fate in FATES)
    assert found.deaths.sum(axis=2) == pytest.approx(1.0, abs=1e-9)
    assert found.safe.sum(axis=2) == pytest.approx(1.0, abs=1e-9)


def test_the_distribution_has_the_expected_deaths_as_its_mean():
    """The exceedance curve and the expected deaths tell one story."""
    found = outcomes(members=(10, 4))
    numbers = np.arange(found.deaths.shape[2])
    assert (found.deaths * numbers).sum(axis=2) == pytest.approx(found.members["deaths"].mean(axis=1), rel=0.03)


def test_jam_changes_where_the_boat_goes_and_how_long_it_takes():
    """Stopping the propeller changes landings, time at sea and who is taken off: more than a multiplier would."""
    sure = fixed(effect_jam_success=1.0, people_accept_stopped=0.9, rescue_tow_share=1e-9)
    found = outcomes(["escort", "jam"], facts=sure, responders=NEAR)
    ashore, taken, steps = (mean(found, field) for field in ("ashore_uk", "aboard_responder", "steps"))
    assert ashore[1] < ashore[0]
    assert taken[1] > taken[0] + 10
    assert abs(steps[1] - steps[0]) > 3  # of two minutes each
    lonely = fixed(effect_jam_success=1.0, people_accept_stopped=1e-9, people_refusal_time=1e6, rescue_tow_share=1e-9)
    adrift = outcomes(["escort", "jam"], facts=lonely, responders=NEAR)
    assert mean(adrift, "aboard_boat")[1] > mean(adrift, "aboard_boat")[0] + 20  # still drifting at the horizon
    assert np.median(adrift.members["safe_after"][:, :, 1]) > np.median(adrift.members["safe_after"][:, :, 0])


def test_a_responder_an_hour_away_makes_escort_nearly_leave_for_the_first_hour():
    """Until the responder is there the boat is under `leave`."""
    far = {"horizon": 1, "responders": []}
    facts = fixed(alert_watch_delay=3600.0 / 60)
    found = outcomes(["leave", "escort"], facts=facts, members=(12, 6), **far)
    deaths = mean(found, "deaths")
    same = np.mean(found.members["deaths"][:, :, 0] == found.members["deaths"][:, :, 1])
    assert deaths[1] == pytest.approx(deaths[0], rel=0.25)
    assert same > 0.5
    near = outcomes(
        ["leave", "escort"], facts=fixed(alert_watch_delay=1.0), members=(12, 6), horizon=1, responders=NEAR
    )
    assert mean(near, "deaths")[1] < 0.7 * mean(near, "deaths")[0]


def test_everyone_is_safe_sooner_or_never_within_the_horizon():
    """A path that ends safely ends within the horizon; one that does not is reported as never."""
    found = outcomes(members=(10, 4))
    safe = found.members["safe_after"]
    assert np.all((safe <= 12 * 3600.0) | np.isinf(safe))
    assert np.all(found.members["aboard_boat"][np.isfinite(safe)] < 1e-6)


def test_a_boat_too_heavy_to_float_takes_everyone_into_the_water_at_once():
    """A state that crosses its threshold takes all the mass that is left."""
    found = outcomes(["leave"], people=200, length=5, members=(4, 2))
    assert np.all(found.members["steps"] <= 1)
    assert np.all(found.members["p_any_death"] > 0.9)
