"""The coast: where the sea ends, whose land it is, and how far away."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from varne.atlas.charts import DOMAIN, NORTH_LINE, WEST_LINE, CoastMask, Window, side_of_line
from varne.compiled import inlined
from varne.earth import Plane, distance, format_position
from varne.errors import BadPosition

SEA, GREAT_BRITAIN, CONTINENT = 0, 1, 2
# Where the border of France and Belgium meets the sea, between Bray-Dunes and De Panne [deg]: OpenStreetMap, relation
# of the border; Treaty of Kortrijk (1820).
FRENCH_BELGIAN_BORDER = 2.546
BEACH_REACH = 1000.0  # a start on a beach lies at most this far from the water [m]
_FIRST_REACH = 32  # cells that the search for the nearest one looks at first
_MARGIN = 0.05  # land is looked for this far outside a window [deg]
_DOMAIN_WORDS = (
    "the sea that Varne knows, 0.10 W to 3.60 E and 49.70 to 52.10 N, east of the line Newhaven to Dieppe and south of "
    "the line Felixstowe to Westkapelle"
)


@dataclass(frozen=True, slots=True)
class ShoreGrid:
    """Distance to the nearest land in cells, 0 on land; row 0 in the south."""

    distance: NDArray[np.float32]  # (row, column) [m]
    south: float  # southern edge of row 0 [deg]
    west: float  # western edge of column 0 [deg]
    cells_per_degree: float  # [1/deg]


@inlined
def land_code(code, south, west, cells_per_degree, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Look up what a position is: sea or whose land. Outside the mask it is what its edge is.

    Parameters
    ----------
    code : array, shape (row, column)
        Of a :class:`varne.atlas.charts.CoastMask`. [1]
    south, west : float
        Edges of the first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    uint8
        0 sea, 1 Great Britain, 2 the continent. [1]

    Examples
    --------
    >>> code = np.array([[0, 1], [0, 2]], np.uint8)
    >>> int(land_code(code, 50.0, 1.0, 10.0, 50.15, 1.15))
    2
    """
    row = min(max(int((latitude - south) * cells_per_degree), 0), code.shape[0] - 1)
    column = min(max(int((longitude - west) * cells_per_degree), 0), code.shape[1] - 1)
    return code[row, column]


@inlined
def shore_distance(away, south, west, cells_per_degree, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Look up how far a position is from the nearest land. Outside the grid it is as far as at its edge.

    Parameters
    ----------
    away : array, shape (row, column)
        ``distance`` of a :class:`ShoreGrid`. [m]
    south, west : float
        Edges of the first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    float
        0 on land. [m]

    Examples
    --------
    >>> float(shore_distance(np.array([[0.0, 70.0]], np.float32), 50.0, 1.0, 10.0, 50.05, 1.15))
    70.0
    """
    row = min(max(int((latitude - south) * cells_per_degree), 0), away.shape[0] - 1)
    column = min(max(int((longitude - west) * cells_per_degree), 0), away.shape[1] - 1)
    return away[row, column]


def distance_to_land(mask: CoastMask, window: Window) -> ShoreGrid:
    """
    Measure the distance to the nearest land from every cell of a window.

    Land up to 0.05 degrees outside the window is seen; a window without land in sight has an infinite distance.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    window : Window
        Where. [deg]

    Returns
    -------
    ShoreGrid
        On the cells of the mask. [m]

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> shore = distance_to_land(coast_mask(), Window(1.3, 1.5, 51.0, 51.2))
    >>> float(shore.distance.min()), shore.distance.shape
    (0.0, (200, 200))
    """
    rows, columns = mask.code.shape
    per_degree = mask.cells_per_degree
    margin = round(_MARGIN * per_degree)
    row = np.clip(np.rint((np.array([window.south, window.north]) - mask.south) * per_degree), 0, rows).astype(int)
    column = np.clip(np.rint((np.array([window.west, window.east]) - mask.west) * per_degree), 0, columns).astype(int)
    first_row, first_column = max(row[0] - margin, 0), max(column[0] - margin, 0)
    seen = mask.code[first_row : row[1] + margin, first_column : column[1] + margin]
    plane = Plane((window.south + window.north) / 2.0, 0.0)
    cell = plane.metres_per_degree_north / per_degree, plane.metres_per_degree_east / per_degree
    away = distance_transform_edt(seen == SEA, sampling=cell) if np.any(seen) else np.full(seen.shape, np.inf)
    inner = away[row[0] - first_row : row[1] - first_row, column[0] - first_column : column[1] - first_column]
    return ShoreGrid(
        np.ascontiguousarray(inner, np.float32),
        mask.south + row[0] / per_degree,
        mask.west + column[0] / per_degree,
        per_degree,
    )


def country(latitude: float, longitude: float, *, code: int) -> str:
    """
    Say in which country a boat has landed.

    Parameters
    ----------
    latitude, longitude : float
        Of the landing. [deg]
    code : int
        What :func:`land_code` says there. [1]

    Returns
    -------
    str
        ``"uk"``, ``"fr"`` or ``"other"``.

    Raises
    ------
    BadPosition
        If the code is that of the sea.

    Examples
    --------
    >>> country(51.13, 1.30, code=1), country(50.95, 1.86, code=2), country(51.2, 2.9, code=2)
    ('uk', 'fr', 'other')
    """
    if code == GREAT_BRITAIN:
        return "uk"
    if code == CONTINENT:
        return "fr" if longitude < FRENCH_BELGIAN_BORDER else "other"
    raise BadPosition(f"Position {format_position(latitude, longitude)} is not on land; give the place of a landing.")


def code_at(mask: CoastMask, latitude: float, longitude: float) -> int:
    """
    Say what a position inside the mask is.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    int
        0 sea, 1 Great Britain, 2 the continent. [1]

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> code_at(coast_mask(), 51.0, 1.45)
    0
    """
    return int(land_code(mask.code, mask.south, mask.west, mask.cells_per_degree, latitude, longitude))


def check_in_domain(latitude: float, longitude: float) -> None:
    """
    Refuse a position outside the embedded sea.

    Parameters
    ----------
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    None

    Raises
    ------
    BadPosition
        If Varne has no tides there.

    Examples
    --------
    >>> check_in_domain(51.0, 1.45)
    >>> check_in_domain(48.0, -5.0)
    Traceback (most recent call last):
    varne.errors.BadPosition: Position 48 00.0N 005 00.0W lies outside the sea that Varne knows, 0.10 W to ...
    """
    inside = DOMAIN.west <= longitude <= DOMAIN.east and DOMAIN.south <= latitude <= DOMAIN.north
    place = np.array(latitude), np.array(longitude)
    if not inside or side_of_line(*place, WEST_LINE) < 0.0 or side_of_line(*place, NORTH_LINE) > 0.0:
        named = format_position(latitude, longitude) if math.isfinite(latitude + longitude) else "that is not a number"
        raise BadPosition(f"Position {named} lies outside {_DOMAIN_WORDS}; give one inside.")


def check_at_sea(mask: CoastMask, latitude: float, longitude: float) -> None:
    """
    Refuse a position on land or outside the embedded sea.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    None

    Raises
    ------
    BadPosition
        If it is on land or outside the domain.

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> check_at_sea(coast_mask(), 51.0, 1.45)
    >>> check_at_sea(coast_mask(), 51.13, 1.30)
    Traceback (most recent call last):
    varne.errors.BadPosition: Position 51 07.8N 001 18.0E is on land, ... km from the sea; the nearest water is at ...
    """
    check_in_domain(latitude, longitude)
    if code_at(mask, latitude, longitude) != SEA:
        wet_latitude, wet_longitude, away = _nearest(mask, latitude, longitude, wanted=mask.code == SEA)
        raise BadPosition(
            f"Position {format_position(latitude, longitude)} is on land, {away / 1000.0:.1f} km from the sea; "
            f"the nearest water is at {format_position(wet_latitude, wet_longitude)}."
        )


def nearest_sea(mask: CoastMask, latitude: float, longitude: float) -> tuple[float, float]:
    """
    Bring a start on a beach to the water's edge; a position at sea stays.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        On the beach, or at sea. [deg]

    Returns
    -------
    tuple of float
        Latitude and longitude of the nearest water. [deg]

    Raises
    ------
    BadPosition
        If the water is more than 1 km away, or the position lies outside the domain.

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> nearest_sea(coast_mask(), 51.0, 1.45)
    (51.0, 1.45)
    """
    check_in_domain(latitude, longitude)
    if code_at(mask, latitude, longitude) == SEA:
        return latitude, longitude
    wet_latitude, wet_longitude, away = _nearest(mask, latitude, longitude, wanted=mask.code == SEA)
    if away > BEACH_REACH:
        raise BadPosition(
            f"Position {format_position(latitude, longitude)} is on land, {away / 1000.0:.1f} km from the water; "
            f"a beach lies within {BEACH_REACH / 1000.0:.0f} km of it: "
            f"give {format_position(wet_latitude, wet_longitude)}."
        )
    return wet_latitude, wet_longitude


def nearest_uk_coast(mask: CoastMask, latitude: float, longitude: float) -> tuple[float, float, float]:
    """
    Find the point of the coast of Great Britain nearest to a position: what a boat without a better aim steers for.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        Where the boat is. [deg]

    Returns
    -------
    latitude, longitude : float
        Of the coast. [deg]
    distance : float
        To it. [m]

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> latitude, longitude, away = nearest_uk_coast(coast_mask(), 50.95, 1.75)
    >>> round(away / 1000)
    33
    """
    return _nearest(mask, latitude, longitude, wanted=mask.code == GREAT_BRITAIN)


def nearest_coast(
    mask: CoastMask, latitude: float, longitude: float, *, codes: tuple[int, ...]
) -> tuple[float, float, float]:
    """
    Find the nearest point of a coast, by whose land it is.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        Where from. [deg]
    codes : tuple of int
        Codes of the land that counts. [1]

    Returns
    -------
    latitude, longitude : float
        Of the coast. [deg]
    distance : float
        To it. [m]

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> latitude, longitude, away = nearest_coast(coast_mask(), 51.0, 1.45, codes=(CONTINENT,))
    >>> round(away / 1000)
    17
    """
    return _nearest(mask, latitude, longitude, wanted=np.isin(mask.code, codes))


def _nearest(
    mask: CoastMask, latitude: float, longitude: float, *, wanted: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Middle of the nearest wanted cell, and its distance; the search begins in a small square and grows."""
    rows, columns = wanted.shape
    row = min(max(int((latitude - mask.south) * mask.cells_per_degree), 0), rows - 1)
    column = min(max(int((longitude - mask.west) * mask.cells_per_degree), 0), columns - 1)
    squeeze = math.cos(math.radians(latitude))
    reach = _FIRST_REACH
    while True:
        bottom, left = max(row - reach, 0), max(column - reach, 0)
        there, here = np.nonzero(wanted[bottom : row + reach + 1, left : column + reach + 1])
        square = (there + bottom - row) ** 2.0 + ((here + left - column) * squeeze) ** 2.0
        best = int(np.argmin(square)) if len(square) else -1
        # A cell outside the square is at least reach columns away; what was found must be nearer than that.
        if (best >= 0 and square[best] <= (reach * squeeze) ** 2) or reach > rows + columns:
            break
        reach *= 2
    if best < 0:
        raise BadPosition(f"Position {format_position(latitude, longitude)} has no such place in the embedded sea.")
    found_latitude = mask.south + (there[best] + bottom + 0.5) / mask.cells_per_degree
    found_longitude = mask.west + (here[best] + left + 0.5) / mask.cells_per_degree
    away = float(distance(latitude, longitude, found_latitude, found_longitude))
    return float(found_latitude), float(found_longitude), away
