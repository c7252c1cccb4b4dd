"""Promises about fetch, against closed forms and the map."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.charts import CoastMask, DepthGrid, Window
from varne.atlas.embedded import coast_mask, depth_grid
from varne.earth import Plane
from varne.sea.fetch import DIRECTIONS, FetchGrid, fetch_at, fetch_grid

# What the encounter around 51 N 1.5 E sees.
WINDOW = Window(0.4, 2.6, 50.3, 51.7)
RNG = np.random.default_rng(3)
RANDOM = RNG.uniform(0.0, 1e5, (4, 5, DIRECTIONS)), RNG.uniform(1.0, 60.0, (4, 5, DIRECTIONS))


@pytest.fixture(scope="module")
def strait() -> FetchGrid:
    return fetch_grid(coast_mask(), depth_grid(), WINDOW)


def synthetic(land) -> tuple[CoastMask, DepthGrid]:
    """A square of 2 degrees at 50 N, 0 E in cells of 0.005; ``land`` tells by metres east and north of its middle."""
    plane = Plane(51.0, 1.0)
    axis = (np.arange(400) + 0.5) / 200.0
    x = (axis - 1.0)[None, :] * plane.metres_per_degree_east
    y = (axis - 1.0)[:, None] * plane.metres_per_degree_north
    depth = DepthGrid(np.full((3, 3), 25.0, np.float32), 50.0, 0.0, 1.0, "")
    return CoastMask(land(x, y).astype(np.uint8), 50.0, 0.0, 200.0, ""), depth


def at(grid: FetchGrid, latitude: float, longitude: float, wind_from: float) -> tuple[float, float]:
    """Fetch and depth at a place [m], for a wind by bearing [deg]."""
    x, y = (longitude - grid.west) / grid.step_east, (latitude - grid.south) / grid.step_north
    return fetch_at(grid.fetch, grid.depth, x, y, math.radians(wind_from))


def middle(grid: FetchGrid) -> np.ndarray:
    return grid.fetch[grid.fetch.shape[0] // 2, grid.fetch.shape[1] // 2]


AROUND = Window(0.98, 1.02, 50.99, 51.01)
RAYS = np.radians(np.arange(-45.0, 46.0, 5.0))


@pytest.mark.parametrize("away", [10e3, 30e3])
def test_off_a_straight_coast_the_fetch_is_the_distance(away):
    """A wind straight off a straight coast has its distance as effective fetch: Saville's own closed form."""
    mask, depth = synthetic(lambda x, y: (y > away) | (x > 1e9))
    grid = fetch_grid(mask, depth, AROUND)
    assert middle(grid)[0] == pytest.approx(away, abs=500.0)


def test_in_the_middle_of_a_round_lake_the_fetch_is_its_radius_spread():
    """In a round lake every wind has R times the mean of squared cosines over that of cosines."""
    radius = 40e3
    mask, depth = synthetic(lambda x, y: np.hypot(x, y) > radius)
    expected = radius * (np.cos(RAYS) ** 2).sum() / np.cos(RAYS).sum()
    grid = fetch_grid(mask, depth, AROUND)
    assert np.abs(middle(grid) / expected - 1.0).max() < 0.02
    assert grid.depth == pytest.approx(25.0)


def test_in_the_lee_of_a_round_island_the_fetch_is_that_of_the_rays():
    """Behind a round island each ray that meets it ends at the chord, the others at a far coast."""
    distance, radius, far = 20e3, 8e3, 50e3
    mask, depth = synthetic(lambda x, y: (np.hypot(x, y - distance) < radius) | (np.hypot(x, y) > far))
    lengths = np.full(len(RAYS), far)
    hit = np.abs(np.sin(RAYS)) * distance < radius
    lengths[hit] = distance * np.cos(RAYS[hit]) - np.sqrt(radius**2 - (distance * np.sin(RAYS[hit])) ** 2)
    expected = (lengths * np.cos(RAYS) ** 2).sum() / np.cos(RAYS).sum()
    assert middle(fetch_grid(mask, depth, AROUND))[0] == pytest.approx(expected, rel=0.02)
    assert middle(fetch_grid(mask, depth, AROUND))[18] > expected


def test_a_narrow_bay_does_not_count_as_open_water():
    """Up a bay 2 km wide and 50 km long the effective fetch is a fraction of its length."""
    mask, depth = synthetic(lambda x, y: (y > 5e3) & ((np.abs(x) > 1e3) | (y > 50e3)))
    assert 5e3 < middle(fetch_grid(mask, depth, AROUND))[0] < 10e3


def test_beyond_the_mask_the_sea_is_open():
    """Without land the fetch is the way to the edge and the open length beyond it: long to the north and south-west."""
    mask, depth = synthetic(lambda x, y: (x > 1e9) & (y > 1e9))
    there = middle(fetch_grid(mask, depth, AROUND))
    assert there[0] > 400e3
    assert there[24] > 200e3
    assert (there > 60e3).all()


def test_the_strait_is_open_on_two_sides(strait):
    """In mid strait north-east and south-west winds have more than 150 km, those across it less than 40."""
    assert at(strait, 51.0, 1.45, 40.0)[0] > 150e3
    assert at(strait, 51.0, 1.45, 225.0)[0] > 150e3
    assert at(strait, 51.0, 1.45, 310.0)[0] < 40e3
    assert at(strait, 51.0, 1.45, 130.0)[0] < 40e3


@pytest.mark.parametrize(
    ("place", "offshore", "onshore"),
    [((51.02, 2.10), 160.0, 340.0), ((50.77, 1.59), 95.0, 275.0), ((51.11, 1.34), 315.0, 135.0)],
)
def test_an_offshore_wind_has_no_room(strait, place, offshore, onshore):
    """Off Gravelines, Wimereux and Dover a wind off the land has less than a tenth of the fetch of one off the sea."""
    assert at(strait, *place, offshore)[0] < 0.1 * at(strait, *place, onshore)[0]


def test_nothing_is_missing(strait):
    """On land and at sea every fetch and depth is finite, no fetch is below zero, no depth below a metre."""
    assert np.isfinite(strait.fetch).all()
    assert np.isfinite(strait.depth).all()
    assert strait.fetch.min() >= 0.0
    assert strait.depth.min() >= 1.0
    assert strait.fetch.flags.c_contiguous


def test_a_finer_grid_says_the_same(strait):
    """On half the spacing a fetch in open water differs by at most a fifth and a kilometre."""
    fine = fetch_grid(coast_mask(), depth_grid(), Window(1.3, 1.7, 50.9, 51.1), spacing=1000.0)
    for wind_from in range(0, 360, 7):
        coarse = at(strait, 51.0, 1.45, wind_from)[0]
        assert at(fine, 51.0, 1.45, wind_from)[0] == pytest.approx(coarse, rel=0.2, abs=1e3)


@given(st.floats(-10.0, 20.0), st.floats(-10.0, 20.0), st.floats(-20.0, 20.0))
def test_interpolation_never_leaves_its_values_and_is_continuous(x, y, wind_from):
    """Wherever it is asked, fetch and depth lie within the grid's, turn with the wind, and repeat after a full turn."""
    fetch, depth = RANDOM
    here = fetch_at(fetch, depth, x, y, wind_from)
    for found, values in zip(here, RANDOM, strict=True):
        assert values.min() - 1e-6 <= found <= values.max() + 1e-6
    turned = fetch_at(fetch, depth, x, y, wind_from + 1e-6)
    assert turned == pytest.approx(here, abs=1.0)
    assert fetch_at(fetch, depth, x, y, wind_from + 2.0 * math.pi) == pytest.approx(here, rel=1e-6)


def test_the_lookup_gives_the_grid_at_its_points():
    """At a point and direction of the grid the lookup is the number that stands there."""
    fetch, depth = RANDOM
    for row, column, direction in ((0, 0, 0), (2, 3, 17), (3, 4, 35)):
        found = fetch_at(fetch, depth, float(column), float(row), 2.0 * math.pi * direction / DIRECTIONS)
        assert found == pytest.approx((fetch[row, column, direction], depth[row, column, direction]))


def test_the_kernel_agrees_with_its_readable_twin():
    """The compiled lookup gives the numbers of the function as written."""
    for x, y, wind_from in RNG.uniform(-1.0, 7.0, (50, 3)):
        assert fetch_at(*RANDOM, x, y, wind_from) == pytest.approx(fetch_at.py_func(*RANDOM, x, y, wind_from))


def test_it_is_quick(strait):
    """The grid of an encounter takes less than a second and a half on one core, also on a busy machine."""
    assert strait.fetch.shape == (79, 78, DIRECTIONS)
    start = time.process_time()
    fetch_grid(coast_mask(), depth_grid(), WINDOW)
    assert time.process_time() - start < 1.5
