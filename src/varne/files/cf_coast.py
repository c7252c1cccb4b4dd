"""Missing values of gridded forecasts: the nearest value of the sea near a coast, and where that is not honest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from varne.atlas.charts import CoastMask, Window
from varne.earth import DEGREE, RADIUS
from varne.files.cf_grids import Cut, places
from varne.sea.coast import SEA, code_at

Array = NDArray[np.float64]
REACH = 2.0  # cells of the file that a value may be away from the sea that takes it
FILL_RULE = (
    "where the file has no value the nearest one stands in; refused where sea lies more than 2 cells of the file from "
    "a value, unless a coast lies within one cell of it"
)
FILLED = "near the coast the nearest value of the file stands in"
_FINE = 5  # of the cells of the coast mask every fifth is looked at: half a kilometre


@dataclass(frozen=True, slots=True)
class SeaPoints:
    """Points of open sea that must have values, as fractional rows and columns of a part of a grid."""

    latitude: Array  # (point,) [deg]
    longitude: Array  # (point,) [deg]
    row: Array  # (point,)
    column: Array  # (point,)


def sea_points(
    mask: CoastMask, window: Window, part: Cut, *, cell: float, place: tuple[float, float] | None, within: float
) -> SeaPoints:
    """
    Choose the points of the sea that must have values: further than a cell of the file from any coast, and the place.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. Outside of it nothing is asked. [1]
    window : Window
        What is read. [deg]
    part : Cut
        Of the file's grid. [deg]
    cell : float
        Spacing of the file. [m]
    place : tuple of float, or None
        Latitude and longitude of the encounter: itself must have a value, and only the sea around it. [deg]
    within : float
        How far around the place. [m]

    Returns
    -------
    SeaPoints
        With where they lie in the grid.

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> part = Cut(slice(2), (slice(2),), False, np.array([50.9, 51.1]), np.array([1.3, 1.7]))
    >>> found = sea_points(coast_mask(), Window(1.4, 1.6, 50.9, 51.1), part, cell=1e3, place=None, within=0.0)
    >>> len(found.row)
    1600
    """
    step = _FINE / mask.cells_per_degree
    code = mask.code[_FINE // 2 :: _FINE, _FINE // 2 :: _FINE]
    south, west = mask.south + step / 2.0, mask.west + step / 2.0
    latitude, longitude = south + step * np.arange(code.shape[0]), west + step * np.arange(code.shape[1])
    metres = DEGREE * RADIUS * step
    squeeze = float(np.cos(np.radians((window.south + window.north) / 2.0)))
    land = code != SEA
    away = distance_transform_edt(~land, sampling=(metres, metres * squeeze)) if np.any(land) else np.inf + 0.0 * code
    north, east = np.meshgrid(latitude, longitude, indexing="ij")
    wanted = (away > cell) & (north >= window.south) & (north <= window.north)
    wanted &= (east >= window.west) & (east <= window.east)
    if place is not None:
        near = np.hypot(north - place[0], (east - place[1]) * squeeze) * DEGREE * RADIUS <= within
        wanted &= near
    chosen = north[wanted], east[wanted]
    if place is not None and (_outside(mask, *place) or code_at(mask, *place) == SEA):
        chosen = np.append(chosen[0], place[0]), np.append(chosen[1], place[1])
    return SeaPoints(*chosen, *places(part, *chosen))


def _outside(mask: CoastMask, latitude: float, longitude: float) -> bool:
    """Whether a place is off the mask, which then does not know whether it is sea."""
    rows, columns = mask.code.shape
    row, column = (latitude - mask.south) * mask.cells_per_degree, (longitude - mask.west) * mask.cells_per_degree
    return not (0 <= row < rows and 0 <= column < columns)


def too_far(missing: NDArray[np.bool_], points: SeaPoints) -> int | None:
    """
    Find a point of the sea that lies too far from any value.

    Parameters
    ----------
    missing : array, shape (row, column)
        Where the file has no value. [1]
    points : SeaPoints
        That must have one. [1]

    Returns
    -------
    int or None
        The worst of the points; None when all are near enough. [1]

    Examples
    --------
    >>> missing = np.ones((9, 9), bool)
    >>> missing[4, 4] = False
    >>> points = SeaPoints(*(np.array([4.0, 8.0]) for _ in range(4)))
    >>> too_far(missing, points)
    1
    """
    if not len(points.row):
        return None
    outside = np.isnan(points.row) | np.isnan(points.column)
    if np.any(outside):
        return int(np.argmax(outside))
    away = distance_transform_edt(missing) if not missing.all() else np.full(missing.shape, np.inf)
    row, column = (np.rint(one).astype(int) for one in (points.row, points.column))
    worst = int(np.argmax(away[row, column]))
    return worst if away[row[worst], column[worst]] > REACH else None


def fill(values: Array, missing: NDArray[np.bool_]) -> None:
    """
    Put the nearest value wherever one is missing, in place.

    Parameters
    ----------
    values : array, shape (..., row, column)
        Not a number where missing. [any]
    missing : array, shape (row, column)
        The same for all before; not everywhere. [1]

    Examples
    --------
    >>> values = np.array([[[1.0, np.nan, np.nan], [2.0, np.nan, 3.0]]])
    >>> fill(values, np.isnan(values[0]))
    >>> values[0].tolist()
    [[1.0, 1.0, 3.0], [2.0, 2.0, 3.0]]
    """
    if not missing.any():
        return
    row, column = distance_transform_edt(missing, return_distances=False, return_indices=True)
    values[..., missing] = values[..., row[missing], column[missing]]
