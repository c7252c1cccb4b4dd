"""People moving to one side of a boat."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.afloat.hydrostatics import heel
from varne.hazards.crowd import capsize_rate, shift_capsizes, sinking_share

SHARE = st.floats(0.0, 2.0)


@given(freeboard=st.floats(0.01, 0.4), height=st.floats(0.1, 4.0), mass=st.floats(1000.0, 7000.0))
def test_the_sinking_share_heels_the_edge_to_the_water(freeboard, height, mass) -> None:
    """The share that sinks a tube is the one whose heel lowers the edge by the freeboard."""
    share = sinking_share(freeboard, 2.2, mass, height, 3850.0, 0.9)
    assert 2.2 / 2.0 * math.tan(heel(share, 3850.0, 0.9, mass, height)) == pytest.approx(freeboard)


@given(freeboard=st.floats(0.0, 0.4), people_mass=st.floats(70.0, 8000.0), more=st.floats(1.0, 2.0))
def test_more_people_need_a_smaller_share(freeboard, people_mass, more) -> None:
    """The heavier the crowd that moves, the smaller the share of it that is needed."""
    share = sinking_share(freeboard, 2.2, 4160.0, 1.4, people_mass, 0.9)
    assert sinking_share(freeboard, 2.2, 4160.0, 1.4, people_mass * more, 0.9) <= share


def test_limits() -> None:
    """No freeboard or no upright rest needs nobody; an empty boat has nobody; all are not enough above 1."""
    assert sinking_share(0.0, 2.2, 4160.0, 1.4, 3850.0, 0.9) == 0.0
    assert sinking_share(0.2, 2.2, 4160.0, -0.1, 3850.0, 0.9) == 0.0
    assert sinking_share(0.2, 2.2, 310.0, 1.4, 0.0, 0.9) == math.inf
    assert shift_capsizes(1.0, 0.05) == shift_capsizes(math.inf, 0.05) == 0.0
    assert shift_capsizes(0.0, 0.05) == 1.0


@given(share=SHARE, more=st.floats(0.0, 1.0), typical=st.floats(0.01, 0.5))
def test_a_movement_sinks_a_stiffer_boat_less_often(share, more, typical) -> None:
    """The chance falls with the share needed and rises with the share that moves, between 0 and 1."""
    chance = shift_capsizes(share, typical)
    assert 0.0 <= chance <= 1.0
    assert shift_capsizes(share + more, typical) <= chance
    assert shift_capsizes(share, 2.0 * typical) >= chance


@given(share=SHARE, multiplier=st.floats(0.0, 40.0))
def test_multipliers_multiply(share, multiplier) -> None:
    """An option's multiplier acts on the rate and on nothing else."""
    alone = capsize_rate(1e-4, 1.0, share, 0.05)
    assert capsize_rate(1e-4, multiplier, share, 0.05) == pytest.approx(multiplier * alone)
