"""The mesh of triangles on which the tides are computed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, label
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from varne.atlas.charts import NORTH_LINE, WEST_LINE, CoastMask, side_of_line
from varne.errors import NoData

RADIUS = 6371008.8  # mean radius of the Earth [m], IUGG
SPACING_EAST = 0.02  # [deg], about 1.4 km
SPACING_NORTH = 0.0125  # [deg], about 1.4 km
_FIRST_COLUMN, _FIRST_ROW = -0.10, 49.72  # [deg]
_LAST_COLUMN, _LAST_ROW = 3.6, 52.1  # [deg]
_SEED = (51.0, 1.5)  # (latitude, longitude) [deg], in the middle of the strait
_LEAST_SEA = 0.5  # share of the cells around a node that must be sea for it to be a node [1]
_OPEN_REACH = 2000.0  # a node of the rim nearer than this to a line is driven [m]
_SNAP = 0.55  # a node of the rim moves at most this many spacings to the coast [1]
_LEAST_AREA = 0.35  # share of its area that a triangle keeps when its corners move [1]
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangles of sea, with the nodes at which tides come in; every other node of the rim is coast."""

    longitude: NDArray[np.float64]  # (node,) [deg]
    latitude: NDArray[np.float64]  # (node,) [deg]
    triangles: NDArray[np.int32]  # (triangle, 3), anticlockwise
    west: NDArray[np.int64]  # nodes driven on the western line
    north: NDArray[np.int64]  # nodes driven on the northern line


def build_mesh(mask: CoastMask) -> Mesh:
    """
    Lay triangles over the sea of a mask, fit their rim to the coast and to the two open lines.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]

    Returns
    -------
    Mesh
        The connected sea of the Dover Strait. [deg]

    Raises
    ------
    NoData
        If the middle of the strait is land in the mask.

    Examples
    --------
    >>> sea = CoastMask(np.zeros((2400, 3700), np.uint8), 49.7, -0.1, 1000.0, "")
    >>> mesh = build_mesh(sea)
    >>> len(mesh.west) > 10 and len(mesh.north) > 10
    True
    """
    columns = np.arange(_FIRST_COLUMN, _LAST_COLUMN + SPACING_EAST / 2, SPACING_EAST)
    rows = np.arange(_FIRST_ROW, _LAST_ROW + SPACING_NORTH / 2, SPACING_NORTH)
    longitude, latitude = np.meshgrid(columns, rows)
    sea = _share_of_sea(mask, longitude, latitude) >= _LEAST_SEA
    sea &= (side_of_line(latitude, longitude, WEST_LINE) > 0) & (side_of_line(latitude, longitude, NORTH_LINE) < 0)
    parts, _ = label(sea)
    part = parts[np.argmin(np.abs(rows - _SEED[0])), np.argmin(np.abs(columns - _SEED[1]))]
    if part == 0:
        raise NoData(f"The mask has land at {_SEED[0]} N {_SEED[1]} E, the middle of the strait; build it again.")
    number = np.full(sea.shape, -1)
    number[parts == part] = np.arange(np.count_nonzero(parts == part))
    used, corner = np.unique(_joined(_cut_cells(number)), return_inverse=True)
    triangles = corner.reshape(-1, 3).astype(np.int32)
    longitude, latitude = longitude[parts == part][used], latitude[parts == part][used]
    rim = rim_nodes(triangles)
    west = rim[distance_to_line(longitude[rim], latitude[rim], WEST_LINE) < _OPEN_REACH]
    north = rim[distance_to_line(longitude[rim], latitude[rim], NORTH_LINE) < _OPEN_REACH]
    coast = np.setdiff1d(rim, np.concatenate((west, north)))
    longitude, latitude = _fit_coast(longitude, latitude, triangles, mask, coast)
    return Mesh(longitude, latitude, triangles, west, north)


def _share_of_sea(
    mask: CoastMask, longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of sea in the cell of the mesh around each node."""
    sea = np.pad(np.cumsum(np.cumsum(mask.code == 0, axis=0, dtype=np.int64), axis=1), ((1, 0), (1, 0)))
    half_row = round(SPACING_NORTH / 2 * mask.cells_per_degree)
    half_column = round(SPACING_EAST / 2 * mask.cells_per_degree)
    row = np.rint((latitude - mask.south) * mask.cells_per_degree).astype(np.int64)
    column = np.rint((longitude - mask.west) * mask.cells_per_degree).astype(np.int64)
    bottom, top = np.clip((row - half_row, row + half_row), 0, mask.code.shape[0])
    left, right = np.clip((column - half_column, column + half_column), 0, mask.code.shape[1])
    count = sea[top, right] - sea[bottom, right] - sea[top, left] + sea[bottom, left]
    return np.asarray(count / np.maximum((top - bottom) * (right - left), 1))


def _cut_cells(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cut each square of nodes in two, keep the halves whose corners are all nodes, in the order of the squares."""
    south_west, south_east = number[:-1, :-1].ravel(), number[:-1, 1:].ravel()
    north_west, north_east = number[1:, :-1].ravel(), number[1:, 1:].ravel()
    halves = np.stack(
        (
            np.column_stack((south_west, south_east, north_east)),
            np.column_stack((south_west, north_east, north_west)),
        ),
        axis=1,
    ).reshape(-1, 3)
    return halves[(halves >= 0).all(axis=1)]


def _joined(triangles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Keep the largest body of triangles that touch along sides: through a single node no water flows."""
    sides = np.sort(np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]])), axis=1)
    _, side = np.unique(sides, axis=0, return_inverse=True)
    which = np.tile(np.arange(len(triangles)), 3)
    touching = coo_array((np.ones(len(side)), (which, side)), shape=(len(triangles), side.max() + 1)).tocsr()
    _, body = connected_components(touching @ touching.T, directed=False)
    return np.asarray(triangles[body == np.argmax(np.bincount(body))])


def rim_nodes(triangles: NDArray[np.int32]) -> NDArray[np.int64]:
    """
    Find the nodes on the rim of a mesh: those on a side that belongs to one triangle only.

    Parameters
    ----------
    triangles : array, shape (triangle, 3)
        Nodes of each. [1]

    Returns
    -------
    array, shape (rim node,)
        In rising order. [1]

    Examples
    --------
    >>> rim_nodes(np.array([[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4]], np.int32))
    array([0, 1, 2, 3])
    """
    sides = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]])).astype(np.int64)
    once, count = np.unique(np.sort(sides, axis=1), axis=0, return_counts=True)
    return np.unique(once[count == 1])


def distance_to_line(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    line: tuple[tuple[float, float], tuple[float, float]],
) -> NDArray[np.float64]:
    """
    Return how far points lie from a straight line through two positions.

    Parameters
    ----------
    longitude, latitude : array, shape (point,)
        Points. [deg]
    line : pair of (latitude, longitude)
        Two positions on it. [deg]

    Returns
    -------
    array, shape (point,)
        On the local plane of each point. [m]

    Examples
    --------
    >>> distance_to_line(np.array([1.0]), np.array([51.0]), ((50.0, 1.0), (50.0, 2.0))).round()
    array([111195.])
    """
    metres_north = np.radians(RADIUS)
    metres_east = metres_north * np.cos(np.radians(latitude))
    (latitude_1, longitude_1), (latitude_2, longitude_2) = line
    side_x, side_y = (longitude_2 - longitude_1) * metres_east, (latitude_2 - latitude_1) * metres_north
    x, y = (longitude - longitude_1) * metres_east, (latitude - latitude_1) * metres_north
    return np.asarray(np.abs(side_x * y - side_y * x) / np.hypot(side_x, side_y))


def line_parameter(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    line: tuple[tuple[float, float], tuple[float, float]],
) -> NDArray[np.float64]:
    """
    Return where along a line the foot of each point lies.

    Parameters
    ----------
    longitude, latitude : array, shape (point,)
        Points. [deg]
    line : pair of (latitude, longitude)
        From its first end to its second. [deg]

    Returns
    -------
    array, shape (point,)
        0 at the first end, 1 at the second. [1]

    Examples
    --------
    >>> line_parameter(np.array([1.25]), np.array([50.0]), ((50.0, 1.0), (50.0, 2.0)))
    array([0.25])
    """
    stretch = np.cos(np.radians(latitude))
    (latitude_1, longitude_1), (latitude_2, longitude_2) = line
    side_x, side_y = (longitude_2 - longitude_1) * stretch, latitude_2 - latitude_1
    along = (longitude - longitude_1) * stretch * side_x + (latitude - latitude_1) * side_y
    return np.asarray(along / (side_x**2 + side_y**2))


def _fit_coast(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    triangles: NDArray[np.int32],
    mask: CoastMask,
    coast: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move nodes of the coast onto it, where their triangles stay well shaped; the rim would be a staircase else."""
    shore_longitude, shore_latitude = _shore(mask)
    shore = cKDTree(np.column_stack((shore_longitude / SPACING_EAST, shore_latitude / SPACING_NORTH)))
    found = shore.query(np.column_stack((longitude[coast] / SPACING_EAST, latitude[coast] / SPACING_NORTH)))
    away, nearest = np.asarray(found[0], np.float64), np.asarray(found[1], np.int64)
    moving = coast[away < _SNAP]
    target = nearest[away < _SNAP]
    before = _areas(longitude, latitude, triangles)
    for _ in range(_ROUNDS):
        new_longitude, new_latitude = longitude.copy(), latitude.copy()
        new_longitude[moving], new_latitude[moving] = shore_longitude[target], shore_latitude[target]
        after = _areas(new_longitude, new_latitude, triangles)
        thin = np.unique(triangles[after < _LEAST_AREA * before])
        stay = ~np.isin(moving, thin)
        if stay.all():
            return new_longitude, new_latitude
        moving, target = moving[stay], target[stay]
    return longitude, latitude


def _shore(mask: CoastMask) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middles of the land cells that touch the sea."""
    land = mask.code > 0
    inner = distance_transform_edt(np.pad(land, 1, mode="edge"))[1:-1, 1:-1]
    row, column = np.nonzero(land & (inner < 1.5))
    east, north = column.astype(np.float64) + 0.5, row.astype(np.float64) + 0.5
    return mask.west + east / mask.cells_per_degree, mask.south + north / mask.cells_per_degree


def _areas(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64], triangles: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Signed double areas of triangles in square degrees."""
    x, y = longitude[triangles], latitude[triangles]
    return np.asarray((x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0]))
