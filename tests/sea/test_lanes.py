"""Promises about looking up traffic lanes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.embedded import lane_grid
from varne.sea.lanes import NORTH_EAST_GOING, SOUTH_WEST_GOING, lane_at


def here(latitude, longitude):
    grid = lane_grid()
    return lane_at(
        grid.code, grid.flow_towards, grid.width, grid.south, grid.west, grid.cells_per_degree, latitude, longitude
    )


def test_middle_of_both_lanes():
    """The middles of the lanes off Dover carry their code, direction and width."""
    code, flow, width = here(51.008, 1.392)
    assert code == SOUTH_WEST_GOING
    assert math.degrees(flow) == pytest.approx(227, abs=10)
    assert width == pytest.approx(7200, rel=0.1)
    code, flow, width = here(50.948, 1.497)
    assert code == NORTH_EAST_GOING
    assert math.degrees(flow) == pytest.approx(44, abs=10)
    assert width == pytest.approx(9400, rel=0.1)


def test_inshore_and_in_the_zone_there_is_none():
    """The inshore zones and the separation zone belong to no lane."""
    assert [here(*place)[0] for place in ((51.08, 1.27), (50.98, 1.438), (50.88, 1.62))] == [0, 0, 0]


@given(st.floats(40.0, 60.0), st.floats(-10.0, 10.0))
def test_outside_the_grid_there_is_none(latitude, longitude):
    """A code is 0, 1 or 2 everywhere, and beyond the grid there is no lane."""
    code, flow, width = here(latitude, longitude)
    assert code in (0, 1, 2)
    assert (code > 0) == (width > 0)
    if not (49.7 <= latitude < 52.1 and -0.1 <= longitude < 3.6):
        assert (code, flow, width) == (0, 0.0, 0.0)
