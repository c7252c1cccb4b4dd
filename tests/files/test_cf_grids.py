"""Grids are found, cut and turned; what is no grid is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.files.forecasts import regular
from varne.atlas.charts import Window
from varne.errors import NoData
from varne.files.cf_grids import Cut, Grid, area_of, axes_towards, cut, grid_of, in_words, places, spacing_of
from varne.files.cf_open import Part


def curved(turn, rows=12, columns=15, step=0.02):
    """A grid that is turned on a plane of degrees around 51 N 1.5 E."""
    j, i = np.mgrid[0:rows, 0:columns]
    y, x = (j - rows / 2) * step, (i - columns / 2) * step
    latitude = 51.0 + np.cos(turn) * y + np.sin(turn) * x
    longitude = 1.5 + (np.cos(turn) * x - np.sin(turn) * y) / np.cos(np.radians(51.0))
    return Grid("curvilinear", "y", "x", latitude, longitude, True, 0.0)


@given(some.floats(-3.1, 3.1), some.floats(0.0, 11.0), some.floats(0.0, 14.0))
def test_a_place_is_found_in_a_turned_grid(turn, row, column):
    """Where a place was put between points, there it is found."""
    grid = curved(turn)
    part = Cut(slice(12), (slice(15),), False, grid.latitude, grid.longitude)
    y, x = (row - 6) * 0.02, (column - 7.5) * 0.02
    latitude = 51.0 + np.cos(turn) * y + np.sin(turn) * x
    longitude = 1.5 + (np.cos(turn) * x - np.sin(turn) * y) / np.cos(np.radians(51.0))
    found = places(part, np.array([latitude]), np.array([longitude]))
    assert np.allclose([found[0][0], found[1][0]], [row, column], atol=1e-2)


def test_a_place_outside_a_turned_grid_is_nowhere():
    """It is not moved to the edge."""
    grid = curved(0.3)
    part = Cut(slice(12), (slice(15),), False, grid.latitude, grid.longitude)
    row, column = places(part, np.array([51.0, 52.0]), np.array([1.5, 1.5]))
    assert np.isfinite(row[0]) and np.isnan(row[1]) and np.isnan(column[1])


@given(some.floats(-3.1, 3.1))
def test_axes_of_a_turned_grid_point_where_it_was_turned(turn):
    """To 0.2 degrees, the change of the length of a degree of longitude over the grid."""
    grid = curved(turn)
    part = Cut(slice(12), (slice(15),), False, grid.latitude, grid.longitude)
    x_east, x_north, y_east, y_north = axes_towards(grid, part)
    assert np.allclose([x_east.mean(), x_north.mean()], [np.cos(turn), np.sin(turn)], atol=4e-3)
    assert np.allclose([y_east.mean(), y_north.mean()], [-np.sin(turn), np.cos(turn)], atol=4e-3)


def test_rows_that_run_south_do_not_turn_the_y_axis():
    """GRIB and images store the north first; y still points to the left of x."""
    grid = curved(0.4)
    upside = Grid("curvilinear", "y", "x", grid.latitude[::-1], grid.longitude[::-1], True, 0.0)
    part = Cut(slice(12), (slice(15),), False, upside.latitude, upside.longitude)
    assert axes_towards(upside, part)[3].mean() > 0.9


@given(some.floats(-10.0, 9.0), some.floats(0.05, 3.0), some.floats(46.0, 54.0), some.floats(0.05, 1.5))
def test_a_cut_holds_the_window(west, wide, south, high):
    """Of a global grid in 0 to 360 degrees from north to south, wherever the window lies."""
    grid = Grid("regular", "y", "x", np.arange(60.0, 40.0, -0.5), np.arange(0.0, 360.0, 0.5), True, 0.0)
    part = cut(grid, Window(west, west + wide, south, south + high), "a.nc")
    assert part.longitude[0] <= west and part.longitude[-1] >= west + wide
    assert part.latitude[0] <= south and part.latitude[-1] >= south + high
    assert np.allclose(np.diff(part.longitude), 0.5) and np.allclose(np.diff(part.latitude), 0.5)
    stored = np.concatenate([grid.longitude[one] for one in part.columns])
    assert np.allclose((stored - part.longitude + 180.0) % 360.0, 180.0)
    assert np.array_equal(grid.latitude[part.rows][::-1], part.latitude)


def test_a_window_that_sticks_out_is_refused_with_the_area():
    """The sentence says what the file covers and what is asked."""
    part = Part("a.nc", regular(), None)
    grid = grid_of(part, "uo")
    with pytest.raises(NoData, match=r"covers 50\.50 N to 51\.50 N, 1\.00 E to 2\.00 E.*0\.50 W"):
        cut(grid, Window(-0.5, 1.5, 50.8, 51.0), "a.nc")
    assert in_words(area_of(grid)) == "50.50 N to 51.50 N, 1.00 E to 2.00 E"
    assert np.allclose(spacing_of(grid), 0.1)


def test_area_and_spacing_of_a_turned_grid():
    """Around its points, and the distance of neighbours."""
    grid = curved(0.0)
    north, east = spacing_of(grid)
    assert north == pytest.approx(0.02, rel=0.02) and east == pytest.approx(0.02 / np.cos(np.radians(51.0)), rel=0.02)
    assert area_of(grid).south == pytest.approx(51.0 - 6 * 0.02)
