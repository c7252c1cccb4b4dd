"""Fetch: how far the wind has blown over open water, and how deep that water is, by where it blows from."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from varne.atlas.charts import CoastMask, DepthGrid, Window
from varne.compiled import compiled, inlined
from varne.earth import DEGREE, RADIUS, Plane
from varne.facts.climate_tables import climate_table
from varne.sea.coast import SEA
from varne.sea.depth import depth_at

DIRECTIONS = 36  # of the wind, a tenth of a right angle and more apart; our choice
SPACING = 2000.0  # of rows and columns, unless said; our choice [m]
_RAYS = 2 * DIRECTIONS  # rays are twice as close as directions
_ASIDE = _RAYS // 4 // 2  # rays within 45 degrees on each side count: Saville (1954)
_COARSE = 0.005  # cells of the coast that rays see, 350 m by 560 m; our choice [deg]
_STRIDE = 4000.0  # at most this far between two looks at the depth; our choice [m]
_REACH = 100e3  # the depth of the nearest water counts, up to here; our choice [m]
_SHALLOWEST = 1.0  # banks that dry count as a metre of water; our choice [m]
_EDGES = ("north", "east", "south", "west")  # of the mask
_NORTH, _EAST, _SOUTH, _WEST = range(len(_EDGES))
_KEPT = (
    "length",
    "counted",
    "depth",
)  # of each ray: all of it, what counts for depth, its depth times length [m, m, m²]


@dataclass(frozen=True, slots=True)
class FetchGrid:
    """
    Effective fetch and mean depth upwind on a regular grid, by direction; on land those of the nearest water.

    The fractional indices of :func:`fetch_at` are ``x = (longitude - west) / step_east`` and
    ``y = (latitude - south) / step_north``; the first direction is a wind from north, the next lies clockwise.
    """

    fetch: NDArray[np.float32]  # (y, x, direction) [m]
    depth: NDArray[np.float32]  # (y, x, direction), below mean sea level [m]
    west: float  # longitude of column 0 [deg]
    south: float  # latitude of row 0 [deg]
    step_east: float  # [deg]
    step_north: float  # [deg]


def fetch_grid(mask: CoastMask, depths: DepthGrid, window: Window, *, spacing: float = SPACING) -> FetchGrid:
    """
    Measure the effective fetch of every wind direction on a grid.

    Rays run upwind until they meet land. Where one leaves the mask, the open length of the climate tables
    ``open_fetch_north``, ``_east``, ``_south`` or ``_west`` is added, by the edge and the bearing. Rays within 45
    degrees of the wind are averaged, each by its component along the wind and weighted with the cosine: a straight
    coast then has its distance as fetch, and a gap between two headlands counts as what it is.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    depths : DepthGrid
        Depth below mean sea level. [m]
    window : Window
        Where; its edges are rows and columns of the grid. [deg]
    spacing : float
        Of rows and columns, at most. [m]

    Returns
    -------
    FetchGrid
        Contiguous. [m]

    References
    ----------
    Saville (1954), The effect of fetch width on wave generation, Beach Erosion Board TM 70; Shore Protection Manual
    (1977), section 3.43.

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask, depth_grid
    >>> grid = fetch_grid(coast_mask(), depth_grid(), Window(1.3, 1.7, 50.9, 51.1))
    >>> grid.fetch.shape
    (13, 15, 36)
    """
    plane = Plane((window.south + window.north) / 2.0, (window.west + window.east) / 2.0)
    columns = 1 + max(1, math.ceil((window.east - window.west) * plane.metres_per_degree_east / spacing))
    rows = 1 + max(1, math.ceil((window.north - window.south) * plane.metres_per_degree_north / spacing))
    step_east = (window.east - window.west) / (columns - 1)
    step_north = (window.north - window.south) / (rows - 1)
    land, cells_per_degree = _coarsened(mask)
    middle = Plane(mask.south + land.shape[0] / cells_per_degree / 2.0, 0.0)
    cell = middle.metres_per_degree_north / cells_per_degree, middle.metres_per_degree_east / cells_per_degree
    water = _Water(
        *_distances(land, cell),
        mask.south,
        mask.west,
        cells_per_degree,
        min(cell) / 2.0,
        math.hypot(*cell),
        depths.depth,
        depths.south,
        depths.west,
        depths.cells_per_degree,
        _open_lengths(),
    )
    fetch = np.zeros((rows, columns, DIRECTIONS), np.float32)
    depth = np.zeros((rows, columns, DIRECTIONS), np.float32)
    rays = np.zeros((len(_KEPT), _RAYS))
    _fill(fetch, depth, water, _Grid(window.west, window.south, step_east, step_north), rays)
    return FetchGrid(fetch, depth, window.west, window.south, step_east, step_north)


class _Water(NamedTuple):
    """Coast and depth as the rays see them."""

    away: NDArray[np.float32]  # (row, column), from the nearest land [m]
    sea_row: NDArray[np.int32]  # (row, column), of the nearest water
    sea_column: NDArray[np.int32]  # (row, column), of the nearest water
    south: float  # edge of the first row [deg]
    west: float  # edge of the first column [deg]
    cells_per_degree: float  # [1/deg]
    least: float  # stride, half the smaller side of a cell [m]
    diagonal: float  # of a cell [m]
    depth: NDArray[np.float32]  # (row, column) [m]
    depth_south: float  # middle of the first row [deg]
    depth_west: float  # middle of the first column [deg]
    depth_cells_per_degree: float  # [1/deg]
    beyond: NDArray[np.float64]  # (edge, direction), open water outside [m]


class _Grid(NamedTuple):
    """Where the points of a grid lie."""

    west: float  # [deg]
    south: float  # [deg]
    step_east: float  # [deg]
    step_north: float  # [deg]


def _coarsened(mask: CoastMask) -> tuple[NDArray[np.bool_], float]:
    """Land in coarser cells, where at least half of a cell is land; and how many make a degree."""
    group = max(1, round(_COARSE * mask.cells_per_degree))
    short = [-size % group for size in mask.code.shape]
    land = np.pad(mask.code != SEA, ((0, short[0]), (0, short[1])), mode="edge")
    rows, columns = (size // group for size in land.shape)
    share = land.reshape(rows, group, columns, group).mean(axis=-1).mean(axis=1)
    return np.asarray(share >= 0.5), mask.cells_per_degree / group


def _distances(
    land: NDArray[np.bool_], cell: tuple[float, float]
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
    """From the middle of each cell to that of the nearest land, infinite without any; and the nearest water."""
    away = distance_transform_edt(~land, sampling=cell) if land.any() else np.full(land.shape, np.inf)
    row, column = distance_transform_edt(land, sampling=cell, return_distances=False, return_indices=True)
    return np.asarray(away, np.float32), np.asarray(row, np.int32), np.asarray(column, np.int32)


def _open_lengths() -> NDArray[np.float64]:
    """Open water beyond each edge of the mask by bearing."""
    return np.array([climate_table(f"open_fetch_{edge}").values for edge in _EDGES])


@compiled
def _fill(fetch, depth, water, grid, rays):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Fetch and depth at every point of the grid."""
    for row in range(fetch.shape[0]):
        for column in range(fetch.shape[1]):
            latitude, longitude = grid.south + row * grid.step_north, grid.west + column * grid.step_east
            latitude, longitude = _nearest_water(water, latitude, longitude)
            for ray in range(_RAYS):
                _trace(water, latitude, longitude, ray, rays)
            for direction in range(DIRECTIONS):
                fetch[row, column, direction], depth[row, column, direction] = _average(rays, 2 * direction)


@compiled
def _nearest_water(water, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """A point at sea stays; one on land goes to the middle of the nearest cell of sea."""
    rows, columns = water.away.shape
    row = min(max(int((latitude - water.south) * water.cells_per_degree), 0), rows - 1)
    column = min(max(int((longitude - water.west) * water.cells_per_degree), 0), columns - 1)
    if water.away[row, column] > 0.0:
        return latitude, longitude
    return (
        water.south + (water.sea_row[row, column] + 0.5) / water.cells_per_degree,
        water.west + (water.sea_column[row, column] + 0.5) / water.cells_per_degree,
    )


@compiled
def _trace(water, latitude, longitude, ray, rays):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Run upwind from land-free cell to land-free cell; keep length, length that counts for depth, and its depth."""
    rows, columns = water.away.shape
    bearing = 2.0 * math.pi * ray / _RAYS
    north = math.cos(bearing) / (RADIUS * DEGREE)
    east = math.sin(bearing) / (RADIUS * DEGREE * math.cos(latitude * DEGREE))
    length, counted, sum_of_depths, ground = 0.0, 0.0, 0.0, _SHALLOWEST
    while True:
        y = (latitude + length * north - water.south) * water.cells_per_degree
        x = (longitude + length * east - water.west) * water.cells_per_degree
        if y < 0.0 or x < 0.0 or y >= rows or x >= columns:
            more = _beyond(water.beyond, _edge(y, x, rows), ray)
            share = min(more, max(_REACH - counted, 0.0))
            rays[0, ray], rays[1, ray] = length + more, counted + share
            rays[2, ray] = sum_of_depths + share * ground
            return
        free = water.away[int(y), int(x)]
        if free <= 0.0:
            rays[0, ray], rays[1, ray], rays[2, ray] = max(length - water.least / 2.0, 0.0), counted, sum_of_depths
            return
        stride = min(max(free - water.diagonal, water.least), _STRIDE)
        if counted < _REACH:
            half = length + stride / 2.0
            ground = depth_at(
                water.depth,
                water.depth_south,
                water.depth_west,
                water.depth_cells_per_degree,
                latitude + half * north,
                longitude + half * east,
            )
            ground = max(ground, _SHALLOWEST)
            counted += stride
            sum_of_depths += stride * ground
        length += stride


@compiled
def _edge(y, x, rows):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Which edge of the mask a ray has left by."""
    if y >= rows:
        return _NORTH
    if y < 0.0:
        return _SOUTH
    return _WEST if x < 0.0 else _EAST


@compiled
def _beyond(beyond, edge, ray):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Open water outside, between the bearings of the table."""
    place = ray * beyond.shape[1] / _RAYS
    low = int(place)
    share = place - low
    return (1.0 - share) * beyond[edge, low] + share * beyond[edge, (low + 1) % beyond.shape[1]]


@compiled
def _average(rays, middle):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Saville's effective fetch about a ray, and the mean depth along the same rays."""
    along, weights, counted, depths = 0.0, 0.0, 0.0, 0.0
    for aside in range(-_ASIDE, _ASIDE + 1):
        ray = (middle + aside) % _RAYS
        cosine = math.cos(2.0 * math.pi * aside / _RAYS)
        along += rays[0, ray] * cosine * cosine
        weights += cosine
        counted += rays[1, ray] * cosine
        depths += rays[2, ray] * cosine
    return along / weights, depths / counted if counted > 0.0 else _SHALLOWEST


@inlined
def fetch_at(fetch, depth, x, y, wind_from):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Interpolate fetch and depth in space and direction; a place outside the grid has the value at its edge.

    Parameters
    ----------
    fetch, depth : array, shape (y, x, direction)
        Of a :class:`FetchGrid`. [m]
    x, y : float
        Fractional indices of column and row. [1]
    wind_from : float
        Where the wind blows from, clockwise from north, any turn. [rad]

    Returns
    -------
    tuple of float
        Effective fetch and mean depth upwind. [m]

    Examples
    --------
    >>> fetch, depth = np.zeros((2, 2, 4)), np.full((2, 2, 4), 30.0)
    >>> fetch[:, 1, 0] = 8000.0
    >>> fetch_at(fetch, depth, 0.5, 0.0, math.pi / 4.0)  # between no fetch from the east and half of it from the north
    (2000.0, 30.0)
    """
    rows, columns, directions = fetch.shape
    x = min(max(x, 0.0), columns - 1.0)
    y = min(max(y, 0.0), rows - 1.0)
    i, j = min(int(x), columns - 2), min(int(y), rows - 2)
    a, b = x - i, y - j
    turn = wind_from * directions / (2.0 * math.pi)
    first = math.floor(turn)
    c = turn - first
    one = int(first) % directions
    two = (one + 1) % directions
    south_west, south_east = (1.0 - a) * (1.0 - b), a * (1.0 - b)
    north_west, north_east = (1.0 - a) * b, a * b
    length = (1.0 - c) * (
        south_west * fetch[j, i, one]
        + south_east * fetch[j, i + 1, one]
        + north_west * fetch[j + 1, i, one]
        + north_east * fetch[j + 1, i + 1, one]
    ) + c * (
        south_west * fetch[j, i, two]
        + south_east * fetch[j, i + 1, two]
        + north_west * fetch[j + 1, i, two]
        + north_east * fetch[j + 1, i + 1, two]
    )
    water = (1.0 - c) * (
        south_west * depth[j, i, one]
        + south_east * depth[j, i + 1, one]
        + north_west * depth[j + 1, i, one]
        + north_east * depth[j + 1, i + 1, one]
    ) + c * (
        south_west * depth[j, i, two]
        + south_east * depth[j, i + 1, two]
        + north_west * depth[j + 1, i, two]
        + north_east * depth[j + 1, i + 1, two]
    )
    return length, water
