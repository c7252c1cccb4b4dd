"""Surf on the beach at launch or landing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.launch import shore_break_probability

WAVES = st.floats(0.0, 4.0)


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
