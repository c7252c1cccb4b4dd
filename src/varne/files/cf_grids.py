"""Grids of forecasts: where their points lie, which way their axes point, and what of them a window needs."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import xarray as xr
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from scipy.spatial import cKDTree

from varne.atlas.charts import Window
from varne.errors import BadFile, NoData
from varne.files.cf_names import written
from varne.files.cf_open import Part, first_line, values_of

Array = NDArray[np.float64]
_LATITUDE = (("latitude",), ("degrees_north", "degree_north", "degree_n", "degrees_n"), ("lat", "latitude", "nav_lat"))
_LONGITUDE = (("longitude",), ("degrees_east", "degree_east", "degree_e", "degrees_e"), ("lon", "longitude", "nav_lon"))
_X = ("projection_x_coordinate", "grid_longitude")
_Y = ("projection_y_coordinate", "grid_latitude")
_KILOMETRES = ("km", "kilometer", "kilometre", "kilometers", "kilometres")
_FIGURE = ("inverse_flattening", "semi_major_axis", "semi_minor_axis")
_REGULAR = 0.02  # steps of a regular grid differ by less than this share: float32 coordinates round
_ROUNDS = 6  # of Newton's method; grids are so nearly straight that three would do
_CLOSE = 1e-3  # share of a cell within which a place is found, else it lies outside
_SQUARE_ECCENTRICITY = 0.00669437999014  # WGS 84 [1], exact by definition


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the points of a variable lie. Latitude and longitude are (row,) and (column,), or both (row, column)."""

    kind: str  # regular, uneven, rotated pole, projected or curvilinear
    rows: str  # its dimensions
    columns: str
    latitude: Array  # [deg]
    longitude: Array  # [deg]
    x_rises: bool  # whether the x of its projection rises with the column
    square_eccentricity: float  # of the figure of the Earth that its latitudes are of [1]


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a grid that a window needs: rows northwards and columns eastwards where it is regular."""

    rows: slice
    columns: tuple[slice, ...]  # one, or two where the file's longitudes begin within the window
    flipped: bool  # rows of the file run south
    latitude: Array  # as of the grid [deg]
    longitude: Array  # around the window, so that it rises through it [deg]


def grid_of(part: Part, name: str) -> Grid:
    """
    Find the grid of a variable.

    Parameters
    ----------
    part : Part
        Of an opened file. [1]
    name : str
        Of the variable. [1]

    Returns
    -------
    Grid
        With its coordinates read.

    Raises
    ------
    BadFile
        If coordinates are missing, not finite, or off the globe, or if there is no grid.

    Examples
    --------
    >>> axes = {"lat": [52.0, 51.0], "lon": [1.0, 2.0, 3.0]}
    >>> part = Part("a.nc", xr.Dataset({"uo": (("lat", "lon"), np.zeros((2, 3)))}, axes), None)
    >>> grid_of(part, "uo").kind
    'regular'
    """
    dims = part.dataset[name].dims
    north, east = _coordinate(part, dims, _LATITUDE), _coordinate(part, dims, _LONGITUDE)
    mapping = _mapping(part, name)
    x, y = _projected(part, dims, _X), _projected(part, dims, _Y)
    if north is None or east is None:
        if x is None or y is None or mapping is None:
            raise BadFile(
                f"File {part.file} has no latitude and longitude for {name}; give it coordinates with the units "
                "degrees_north and degrees_east."
            )
        return _from_projection(part, x, y, mapping)
    if north.ndim == 1 and east.ndim == 1 and north.dims != east.dims:
        return _plain(
            part, str(north.dims[0]), str(east.dims[0]), _degrees(part, north, 90.0), _degrees(part, east, 360.0)
        )
    if north.ndim != 2 or east.dims != north.dims:
        raise BadFile(
            f"File {part.file} has {name} at single points or on a mesh; bring it onto a grid of latitude and "
            "longitude first (for example with cdo remapbil)."
        )
    rows, columns = str(north.dims[0]), str(north.dims[1])
    latitude, longitude = _degrees(part, north, 90.0), _degrees(part, east, 360.0)
    if not np.any(np.ptp(latitude, axis=1) > 1e-6) and not np.any(np.ptp(longitude, axis=0) > 1e-6):
        return _plain(part, rows, columns, latitude[:, 0], longitude[0])
    kind = "curvilinear"
    if mapping is not None:
        kind = "rotated pole" if "rotated" in written(mapping, "grid_mapping_name") else "projected"
    rises = x is None or x.dims != (columns,) or _rises(_numbers(part, x, "x of its grid"))
    _check_size(part, latitude.shape)
    return Grid(kind, rows, columns, latitude, longitude, rises, _figure(mapping))


def _coordinate(part: Part, dims: tuple[Any, ...], signs: tuple[tuple[str, ...], ...]) -> xr.Variable | None:
    """Variable of latitude or longitude on some of these dimensions, by standard name, unit or name, in this order."""
    standard, units, names = signs
    there = [(str(key), one) for key, one in part.dataset.variables.items() if one.dims and set(one.dims) <= set(dims)]
    for _, one in there:
        if written(one.attrs, "standard_name") in standard:
            return one
    for _, one in there:
        if written(one.attrs, "units") in units and not written(one.attrs, "standard_name"):
            return one
    return next((one for key, one in there if key.casefold() in names), None)


def _projected(part: Part, dims: tuple[Any, ...], standard: tuple[str, ...]) -> xr.Variable | None:
    for one in part.dataset.variables.values():
        if written(one.attrs, "standard_name") in standard and one.ndim == 1 and one.dims[0] in dims:
            return one
    return None


def _mapping(part: Part, name: str) -> dict[str, Any] | None:
    """Attributes of the grid mapping of a variable; None for latitude and longitude or where there is none."""
    variable = part.dataset[name]
    called = (
        str(variable.attrs.get("grid_mapping", variable.encoding.get("grid_mapping", ""))).partition(":")[0].strip()
    )
    attributes = dict(part.dataset.variables[called].attrs) if called in part.dataset.variables else None
    if attributes is None or written(attributes, "grid_mapping_name") in ("", "latitude_longitude"):
        return None
    return attributes


def _figure(mapping: dict[str, Any] | None) -> float:
    """Square of the eccentricity of the Earth of a grid mapping; a sphere where the file does not say."""
    named = {key: float(one) for key, one in (mapping or {}).items() if key in _FIGURE and _is_number(one)}
    if named.get("inverse_flattening", 0.0) > 0:
        flattening = 1.0 / named["inverse_flattening"]
        return flattening * (2.0 - flattening)
    if named.get("semi_major_axis", 0.0) > 0 and "semi_minor_axis" in named:
        return 1.0 - (named["semi_minor_axis"] / named["semi_major_axis"]) ** 2
    return 0.0


def _is_number(one: Any) -> bool:
    return bool(np.size(one) == 1 and np.asarray(one).dtype.kind in "fiu")


def _from_projection(part: Part, x: xr.Variable, y: xr.Variable, mapping: dict[str, Any]) -> Grid:
    """Grid of a projection whose latitudes and longitudes the file leaves to be worked out; PROJ does."""
    try:
        plane = pyproj.CRS.from_cf(mapping)
        globe = plane.geodetic_crs
        assert globe is not None, "a projection has a globe"
        back = pyproj.Transformer.from_crs(plane, globe, always_xy=True)
    except (pyproj.exceptions.ProjError, KeyError, ValueError, TypeError, AssertionError) as error:
        raise BadFile(
            f"File {part.file} has a grid mapping that cannot be understood ({first_line(error)}); give it 2-D "
            "latitude and longitude."
        ) from None
    across, up = _numbers(part, x, "x of its grid"), _numbers(part, y, "y of its grid")
    scale = 1000.0 if written(x.attrs, "units") in _KILOMETRES else 1.0
    longitude, latitude = back.transform(*np.meshgrid(across * scale, up * scale))
    _check_degrees(part, latitude, 90.0, "latitude")
    _check_degrees(part, longitude, 360.0, "longitude")
    _check_size(part, latitude.shape)
    kind = "rotated pole" if "rotated" in written(mapping, "grid_mapping_name") else "projected"
    square = (
        1.0 - (globe.ellipsoid.semi_minor_metre / globe.ellipsoid.semi_major_metre) ** 2 if globe.ellipsoid else 0.0
    )
    rises = _rises(across)
    return Grid(kind, str(y.dims[0]), str(x.dims[0]), latitude, longitude, rises, square)


def _rises(axis: Array) -> bool:
    return bool(axis[-1] > axis[0])


def _degrees(part: Part, coordinate: xr.Variable, most: float) -> Array:
    word = "latitude" if most <= 90 else "longitude"
    values = _numbers(part, coordinate, word)
    _check_degrees(part, values, most, word)
    return values


def _numbers(part: Part, coordinate: xr.Variable, word: str) -> Array:
    values = values_of(coordinate, part.file, word)
    if values.dtype.kind not in "fiu":
        raise BadFile(f"File {part.file} has a {word} that is not numbers; give it in degrees or metres.")
    return values.astype(np.float64)


def _check_degrees(part: Part, values: Array, most: float, word: str) -> None:
    if not np.all(np.isfinite(values)):
        raise BadFile(f"File {part.file} has a missing {word}; give every point of the grid its {word}.")
    if np.any(np.abs(values) > most):
        worst = values.flat[int(np.argmax(np.abs(values)))]
        raise BadFile(f"File {part.file} has the {word} {worst:g}; write it in degrees, at most {most:g}.")


def _check_size(part: Part, shape: tuple[int, ...]) -> None:
    if min(shape) < 2:
        raise BadFile(f"File {part.file} has a grid of {shape[0]} by {shape[1]} points; give one of 2 by 2 or more.")


def _plain(part: Part, rows: str, columns: str, latitude: Array, longitude: Array) -> Grid:
    """Grid of latitude by longitude."""
    _check_size(part, (len(latitude), len(longitude)))
    north = np.diff(latitude)
    ordered = _in_order(longitude)
    if ordered is None or not (np.all(north > 0) or np.all(north < 0)):
        raise BadFile(f"File {part.file} has latitudes or longitudes that neither rise nor fall; sort its grid.")
    even = all(np.ptp(one) < 2 * _REGULAR * abs(one.mean()) for one in (north, np.diff(ordered)))
    return Grid("regular" if even else "uneven", rows, columns, latitude, longitude, True, _SQUARE_ECCENTRICITY)


def _in_order(longitude: Array) -> Array | None:
    """Longitudes that rise or fall all along; those stored in two runs, as 0 to 4 and 359 to 359.9, from the west."""
    plain = np.unwrap(longitude, period=360.0)
    if np.all(np.diff(plain) > 0) or np.all(np.diff(plain) < 0):
        return plain
    ring = np.sort(longitude % 360.0)
    first = (int(np.argmax(np.diff(ring, append=ring[0] + 360.0))) + 1) % len(ring)  # east of the widest gap
    ring = np.concatenate([ring[first:], ring[:first] + 360.0])
    stored, step = np.diff(longitude), np.diff(ring)
    in_two_runs = min(np.sum(stored <= 0), np.sum(stored >= 0)) <= 1
    return ring if in_two_runs and step.min() > 0 and step.max() < 2.0 * np.median(step) else None


def area_of(grid: Grid) -> Window:
    """
    Say what a grid covers.

    Parameters
    ----------
    grid : Grid
        From :func:`grid_of`. [deg]

    Returns
    -------
    Window
        Around its points; longitudes within 180 degrees of 0. [deg]

    Examples
    --------
    >>> area_of(Grid("regular", "y", "x", np.array([50.0, 51.0]), np.array([358.0, 359.0]), True, 0.0))
    Window(west=-2.0, east=-1.0, south=50.0, north=51.0)
    """
    ordered = _in_order(grid.longitude) if grid.longitude.ndim == 1 else None
    longitude = np.unwrap(grid.longitude.ravel(), period=360.0) if ordered is None else ordered
    west, east = float(longitude.min()), float(longitude.max())
    if east - west >= 360.0 - 2.0 * spacing_of(grid)[1]:
        return Window(-180.0, 180.0, float(grid.latitude.min()), float(grid.latitude.max()))
    away = 360.0 * math.floor(((west + east) / 2.0 + 180.0) / 360.0)
    return Window(west - away, east - away, float(grid.latitude.min()), float(grid.latitude.max()))


def spacing_of(grid: Grid) -> tuple[float, float]:
    """
    Mean distance of neighbours.

    Parameters
    ----------
    grid : Grid
        From :func:`grid_of`. [deg]

    Returns
    -------
    tuple of float
        Northwards and eastwards. [deg]

    Examples
    --------
    >>> spacing_of(Grid("regular", "y", "x", np.array([50.0, 50.5]), np.array([1.0, 2.0]), True, 0.0))
    (0.5, 1.0)
    """
    if grid.latitude.ndim == 1:
        ordered = _in_order(grid.longitude)
        longitude = grid.longitude if ordered is None else ordered
        return float(np.abs(np.diff(grid.latitude)).mean()), float(np.abs(np.diff(longitude)).mean())
    squeeze = float(np.cos(np.radians(grid.latitude.mean())))
    row, column = grid.latitude.shape[0] // 2, grid.latitude.shape[1] // 2
    row, column = max(row, 1), max(column, 1)
    near = ((row, column - 1), (row - 1, column))
    away = [
        float(np.hypot(grid.latitude[row, column] - grid.latitude[one],
                       _turned(grid.longitude[row, column] - grid.longitude[one]) * squeeze))
        for one in near
    ]  # fmt: skip
    mean = sum(away) / 2.0
    return mean, mean / squeeze


def _turned(degrees: Any) -> Any:
    """Angle between -180 and 180 [deg]."""
    return (degrees + 180.0) % 360.0 - 180.0


def cut(grid: Grid, window: Window, file: str) -> Cut:
    """
    Choose the points that a window needs, with one more on each side where there is one.

    Parameters
    ----------
    grid : Grid
        From :func:`grid_of`. [deg]
    window : Window
        What is asked. [deg]
    file : str
        For the error. [1]

    Returns
    -------
    Cut
        Of the grid.

    Raises
    ------
    NoData
        If the grid leaves a part of the window uncovered by more than half of its spacing.

    Examples
    --------
    >>> grid = Grid("regular", "y", "x", np.arange(55.0, 45.0, -1.0), np.arange(0.0, 360.0), True, 0.0)
    >>> cut(grid, Window(-1.0, 2.0, 50.0, 51.0), "a.nc").longitude.tolist()
    [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
    """
    middle = (window.west + window.east) / 2.0
    longitude = middle + _turned(grid.longitude - middle)
    if grid.latitude.ndim == 2:
        return _cut_curved(grid, window, longitude, file)
    order = np.argsort(longitude, kind="stable")
    around = longitude[order]
    flipped = bool(grid.latitude[0] > grid.latitude[-1])
    latitude = grid.latitude[::-1] if flipped else grid.latitude
    north, east = spacing_of(grid)
    covers = (latitude[0] - north / 2 <= window.south and latitude[-1] + north / 2 >= window.north
              and around[0] - east / 2 <= window.west and around[-1] + east / 2 >= window.east)  # fmt: skip
    if not covers:
        raise NoData(_uncovered(grid, window, file))
    first, last = _around(latitude, window.south, window.north)
    left, right = _around(around, window.west, window.east)
    inside = order[left:right]
    turns = np.flatnonzero(np.diff(inside) != 1) + 1
    count = len(latitude)
    return Cut(
        slice(count - last, count - first) if flipped else slice(first, last),
        tuple(slice(int(one[0]), int(one[-1]) + 1) for one in np.split(inside, turns)),
        flipped,
        latitude[first:last],
        around[left:right],
    )


def _around(axis: Array, low: float, high: float) -> tuple[int, int]:
    """First and one past the last point of an axis that hold a range, with one more on each side."""
    first = int(np.searchsorted(axis, low, side="right")) - 2
    last = int(np.searchsorted(axis, high, side="left")) + 2
    return max(first, 0), min(max(last, 2), len(axis))


def _cut_curved(grid: Grid, window: Window, longitude: Array, file: str) -> Cut:
    north, east = spacing_of(grid)
    inside = ((grid.latitude >= window.south - north) & (grid.latitude <= window.north + north)
              & (longitude >= window.west - east) & (longitude <= window.east + east))  # fmt: skip
    if not np.any(inside):
        raise NoData(_uncovered(grid, window, file))
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    row = slice(max(int(rows[0]) - 1, 0), min(int(rows[-1]) + 2, len(grid.latitude)))
    column = slice(max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, grid.latitude.shape[1]))
    return Cut(row, (column,), False, grid.latitude[row, column], longitude[row, column])


def _uncovered(grid: Grid, window: Window, file: str) -> str:
    return (
        f"File {file} covers {in_words(area_of(grid))}, which leaves out a part of {in_words(window)} that is asked "
        "for; fetch a larger area."
    )


def in_words(window: Window) -> str:
    """
    Write an area as seafarers do.

    Parameters
    ----------
    window : Window
        An area. [deg]

    Returns
    -------
    str
        To a hundredth of a degree.

    Examples
    --------
    >>> in_words(Window(-0.1, 3.6, 49.7, 52.1))
    '49.70 N to 52.10 N, 0.10 W to 3.60 E'
    """
    south, north = (f"{abs(one):.2f} {'S' if one < 0 else 'N'}" for one in (window.south, window.north))
    west, east = (f"{abs(one):.2f} {'W' if one < 0 else 'E'}" for one in (window.west, window.east))
    return f"{south} to {north}, {west} to {east}"


def axes_towards(grid: Grid, part: Cut) -> tuple[Array, Array, Array, Array]:
    """
    Find where the axes of a grid point, from the latitudes and longitudes of neighbours.

    Distances are those of the figure of the Earth that the file names (else a sphere); y is the side of x on which
    north lies when x points east, also where the rows of the file run the other way.

    Parameters
    ----------
    grid : Grid
        From :func:`grid_of`. [deg]
    part : Cut
        From :func:`cut`. [deg]

    Returns
    -------
    x_east, x_north, y_east, y_north : array, shape (row, column)
        Unit vectors. [1]

    Examples
    --------
    >>> latitude, longitude = np.meshgrid([50.0, 50.1], [1.0, 1.1], indexing="xy")
    >>> grid = Grid("curvilinear", "y", "x", latitude, longitude, True, 0.0)  # columns run north, rows east
    >>> x_east, x_north, *_ = axes_towards(grid, Cut(slice(2), (slice(2),), False, latitude, longitude))
    >>> x_north.round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    if part.latitude.ndim == 1:
        shape = len(part.latitude), len(part.longitude)
        return np.ones(shape), np.zeros(shape), np.zeros(shape), np.ones(shape)
    latitude = np.radians(part.latitude)
    # Radius of the parallel over the radius of the meridian, so that both differences are in the same unit.
    wide = np.cos(latitude) * (1.0 - grid.square_eccentricity * np.sin(latitude) ** 2)
    wide /= 1.0 - grid.square_eccentricity
    longitude = np.radians(part.longitude)
    x_east, x_north = wide * np.gradient(longitude, axis=1), np.gradient(latitude, axis=1)
    y_east, y_north = wide * np.gradient(longitude, axis=0), np.gradient(latitude, axis=0)
    if not grid.x_rises:
        x_east, x_north = -x_east, -x_north
    handed = np.sign(np.median(x_east * y_north - x_north * y_east))
    y_east, y_north = handed * y_east, handed * y_north
    across, up = np.hypot(x_east, x_north), np.hypot(y_east, y_north)
    return x_east / across, x_north / across, y_east / up, y_north / up


def places(part: Cut, latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """
    Find fractional rows and columns of places in a part of a grid.

    Parameters
    ----------
    part : Cut
        From :func:`cut`. [deg]
    latitude, longitude : array, any one shape
        Of the places. [deg]

    Returns
    -------
    row, column : array, same shape
        Not a number outside a grid that is not of latitude by longitude; the edges of one that is hold. [1]

    Examples
    --------
    >>> part = Cut(slice(2), (slice(2),), False, np.array([50.0, 51.0]), np.array([1.0, 2.0]))
    >>> places(part, np.array([50.25]), np.array([1.5]))
    (array([0.25]), array([0.5]))
    """
    if part.latitude.ndim == 1:
        row = np.interp(latitude, part.latitude, np.arange(len(part.latitude), dtype=np.float64))
        return row, np.interp(longitude, part.longitude, np.arange(len(part.longitude), dtype=np.float64))
    return _curved_places(part, np.asarray(latitude), np.asarray(longitude))


def _curved_places(part: Cut, latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """From the nearest point of the grid by Newton's method, along the axes of the grid."""
    squeeze = float(np.cos(np.radians(part.latitude.mean())))
    x, y = part.longitude * squeeze, part.latitude
    wanted_x, wanted_y = longitude.ravel() * squeeze, latitude.ravel()
    x_up, x_across, y_up, y_across = (
        np.asarray(np.gradient(one, axis=axis), np.float64) for one in (x, y) for axis in (0, 1)
    )
    size = np.asarray(x_across * y_up - x_up * y_across, np.float64)
    _, nearest = cKDTree(np.column_stack([x.ravel(), y.ravel()])).query(np.column_stack([wanted_x, wanted_y]))
    nearest = np.asarray(nearest)
    row, column = (nearest // x.shape[1]).astype(np.float64), (nearest % x.shape[1]).astype(np.float64)
    error_x, error_y = wanted_x - x.ravel()[nearest], wanted_y - y.ravel()[nearest]
    for _ in range(_ROUNDS):
        here = np.rint(row).astype(int), np.rint(column).astype(int)
        row += (x_across[here] * error_y - y_across[here] * error_x) / size[here]
        column += (error_x * y_up[here] - error_y * x_up[here]) / size[here]
        row, column = np.clip(row, 0.0, x.shape[0] - 1.0), np.clip(column, 0.0, x.shape[1] - 1.0)
        error_x = wanted_x - map_coordinates(x, (row, column), order=1, mode="nearest")
        error_y = wanted_y - map_coordinates(y, (row, column), order=1, mode="nearest")
    outside = np.hypot(error_x, error_y) > _CLOSE * np.sqrt(np.abs(size).mean())
    row[outside] = column[outside] = np.nan
    return row.reshape(latitude.shape), column.reshape(latitude.shape)
