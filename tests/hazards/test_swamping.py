"""Water coming aboard over the side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.swamping import water_inflow, wetting_probability

# Freeboard, significant height, relative motion, mean period, chance a wave, waves over the side in an hour.
KNOWN = [
    (0.30, 0.5, 0.5, 2.6, 9.9295e-06, 0.0137),
    (0.20, 0.5, 0.5, 2.6, 0.00597602, 8.27),
    (0.10, 0.5, 0.5, 2.6, 0.278037, 385.0),
    (0.05, 0.5, 0.5, 2.6, 0.726149, 1010.0),
    (0.20, 1.0, 0.5, 3.6, 0.278037, 278.0),
    (0.10, 1.0, 0.5, 3.6, 0.726149, 726.0),
]
FREEBOARD = st.floats(-0.1, 0.6)
WAVES = st.floats(0.0, 4.0)


@pytest.mark.parametrize(("freeboard", "wave_height", "motion", "period", "chance", "hourly"), KNOWN)
def test_overtopping_is_the_known_one(freeboard, wave_height, motion, period, chance, hourly) -> None:
    """Chance a wave and events an hour agree with every row of the project's table of overtopping."""
    assert wetting_probability(freeboard, wave_height, motion) == pytest.approx(chance, rel=1e-5)
    events = water_inflow(freeboard, wave_height, motion, period, 1.0) * 3600.0
    assert events == pytest.approx(hourly, rel=5e-3)


@given(freeboard=FREEBOARD, less=st.floats(0.0, 0.3), wave_height=WAVES, more=st.floats(0.0, 2.0))
def test_lower_sides_and_higher_waves_never_keep_water_out(freeboard, less, wave_height, more) -> None:
    """Less freeboard or higher waves never lower the chance, which stays between 0 and 1."""
    chance = wetting_probability(freeboard, wave_height, 0.5)
    assert 0.0 <= chance <= 1.0
    assert wetting_probability(freeboard - less, wave_height, 0.5) >= chance
    assert wetting_probability(freeboard, wave_height + more, 0.5) >= chance


def test_limits() -> None:
    """A boat without freeboard takes every wave; a flat sea or a boat that follows it takes none."""
    assert wetting_probability(0.0, 0.5, 0.5) == wetting_probability(-0.2, 0.0, 0.5) == 1.0
    assert wetting_probability(0.2, 0.0, 0.5) == wetting_probability(0.2, 1.0, 0.0) == 0.0
    assert water_inflow(0.2, 0.0, 0.5, 0.0, 0.05) == 0.0


@given(freeboard=FREEBOARD, wave_height=st.floats(0.1, 4.0), water=st.floats(0.01, 0.2))
def test_inflow_is_chance_times_water_over_the_period(freeboard, wave_height, water) -> None:
    """Twice the water of each wave is twice the inflow; twice the period is half of it."""
    inflow = water_inflow(freeboard, wave_height, 0.5, 3.0, water)
    assert water_inflow(freeboard, wave_height, 0.5, 3.0, 2.0 * water) == pytest.approx(2.0 * inflow)
    assert water_inflow(freeboard, wave_height, 0.5, 6.0, water) == pytest.approx(inflow / 2.0)
