"""Surf on the beach at launch or landing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.launch import breaker_height, shore_break_probability

WAVES = st.floats(0.0, 4.0)
PERIOD = st.floats(1.0, 15.0)


def test_breakers_by_hand() -> None:
    """1 m of swell of 10 s breaks at 1.55 m: 0.39 g^0.2 (10)^0.4, by hand."""
    assert breaker_height(1.0, 10.0) == pytest.approx(0.39 * 1.5787 * 2.5119, rel=1e-3)


@given(wave_height=WAVES, period=PERIOD, more=st.floats(1.0, 3.0))
def test_longer_and_higher_waves_break_higher(wave_height, period, more) -> None:
    """Breakers never fall with height or period, and a flat sea has none."""
    height = breaker_height(wave_height, period)
    assert breaker_height(wave_height * more, period) >= height
    assert breaker_height(wave_height, period * more) >= height
    assert breaker_height(0.0, period) == breaker_height(wave_height, 0.0) == 0.0


@given(breakers=WAVES, freeboard=st.floats(0.01, 0.5), more=st.floats(1.0, 3.0))
def test_higher_surf_and_lower_sides_swamp_more(breakers, freeboard, more) -> None:
    """The chance rises with the breakers, falls with the freeboard, and stays between 0 and 1."""
    chance = shore_break_probability(breakers, freeboard, 0.005, 1.5)
    assert 0.0 <= chance <= 1.0
    assert shore_break_probability(breakers * more, freeboard, 0.005, 1.5) >= chance
    assert shore_break_probability(breakers, freeboard * more, 0.005, 1.5) <= chance


def test_limits() -> None:
    """Without surf nothing happens, without freeboard it is certain, at the freeboard it is the base."""
    assert shore_break_probability(0.0, 0.2, 0.005, 1.5) == 0.0
    assert shore_break_probability(0.5, 0.0, 0.005, 1.5) == 1.0
    assert shore_break_probability(0.2, 0.2, 0.005, 1.5) == pytest.approx(0.005, rel=3e-3)
