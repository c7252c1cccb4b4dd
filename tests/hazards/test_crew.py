"""Injuries of the crews who come to help or to stop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.crew import crew_hurt, crew_injury_rate


@given(crew=st.floats(0.0, 20.0), wave_height=st.floats(0.0, 4.0), more=st.floats(0.0, 2.0))
def test_more_crew_and_higher_waves_never_hurt_fewer(crew, wave_height, more) -> None:
    """The rate goes with the crew exposed and with resistance, and never falls with the waves."""
    rate = crew_injury_rate(crew, 1e-8, wave_height, 0.9, 1.0)
    assert crew_injury_rate(2.0 * crew, 1e-8, wave_height, 0.9, 1.0) == pytest.approx(2.0 * rate)
    assert crew_injury_rate(crew, 1e-8, wave_height, 0.9, 3.0) == pytest.approx(3.0 * rate)
    assert crew_injury_rate(crew, 1e-8, wave_height + more, 0.9, 1.0) >= rate


def test_a_flat_sea_leaves_the_contact_rate() -> None:
    """In a flat sea, without resistance, each of the crew has the contact rate."""
    assert crew_injury_rate(3.0, 1e-8, 0.0, 0.9, 1.0) == pytest.approx(3e-8)


@pytest.mark.parametrize("expected", [0.0, 1e-6, 0.5, 3.0, 1e5])
def test_nobody_is_hurt_twice(expected):
    """However rough the work, no more are hurt than there are; a small risk is what it is."""
    assert crew_hurt(3.0, expected) <= min(expected, 3.0) + 1e-12
    assert crew_hurt(3.0, 1e-6) == pytest.approx(1e-6, rel=1e-5)
