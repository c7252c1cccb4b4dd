"""Promises about depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.embedded import depth_grid
from varne.sea.depth import depth_at, water_depth


def here(latitude, longitude):
    grid = depth_grid()
    return float(depth_at(grid.depth, grid.south, grid.west, grid.cells_per_degree, latitude, longitude))


def test_the_strait_has_its_banks_and_its_channel():
    """The Lobourg channel is deep, the Varne and the Goodwin Sands are shallow, Dover is above the sea."""
    assert 45 < here(51.02, 1.50) < 62
    assert min(here(51.02 + step / 500, 1.40 + step / 500) for step in range(-25, 10)) < 20
    assert min(here(51.20 + step / 500, 1.50 + step / 1000) for step in range(50)) < 8
    assert here(51.13, 1.30) < 0


@given(st.floats(40.0, 60.0), st.floats(-10.0, 10.0))
def test_depth_never_leaves_its_values(latitude, longitude):
    """Wherever it is asked, depth lies between the least and the greatest of the grid."""
    assert depth_grid().depth.min() <= here(latitude, longitude) <= depth_grid().depth.max()


@given(st.floats(-50.0, 100.0), st.floats(-5.0, 5.0))
def test_the_tide_deepens_the_water(mean_depth, tide):
    """Water is never less than nothing, and a higher tide never makes it shallower."""
    assert water_depth(mean_depth, tide) >= 0.0
    assert water_depth(mean_depth, tide + 1.0) >= water_depth(mean_depth, tide)


def test_depth_is_exact_at_the_middle_of_a_cell():
    """At the middle of a cell the depth is that of the cell."""
    grid = depth_grid()
    assert here(grid.south + 100 / 120, grid.west + 150 / 120) == pytest.approx(float(grid.depth[100, 150]), abs=1e-6)
