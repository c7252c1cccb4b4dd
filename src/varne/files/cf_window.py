"""Reading of a window of a forecast or hindcast into a field: complete, in SI, on a regular grid, or refused."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import DOMAIN, Window
from varne.atlas.embedded import coast_mask
from varne.earth import DEGREE, RADIUS, format_position
from varne.errors import BadFile, NoData
from varne.files.cf_belief import check_believable, check_steepness
from varne.files.cf_chunks import check_written
from varne.files.cf_coast import FILLED, SeaPoints, fill, sea_points, too_far
from varne.files.cf_grids import Cut, axes_towards, cut, in_words, places, spacing_of
from varne.files.cf_names import PEAK_OVER
from varne.files.cf_open import Opened, values_of
from varne.files.cf_series import Series, Track, series_of
from varne.files.cf_times import check_tide, interval_of, needed, tide_lost
from varne.sea.field import COMPONENTS, Field, Source
from varne.when import format_time

Array = NDArray[np.float64]
AROUND = 20e3  # sea this near the place of an encounter must have values: four hours of a boat at 3 kn [m], assumed
_NEAR_NOTHING = 1e-9
_NAMED = 3  # files; of more the first and the last are named
_ONE_TIME = 1.0  # interval of a field that has one time, which it holds twice [s]


def read_window(  # the question has as many sides as this
    opened: Opened, quantity: str, window: Window, *, start: float, duration: float, spacing: float = 0.0,
    place: tuple[float, float] | None = None, within: float = AROUND,
) -> Field:  # fmt: skip
    """
    Read a quantity over a window and a time: once, complete, or not at all.

    A regular grid stays as it is; any other is brought to latitude and longitude between its four nearest points.
    Components along the file's grid are turned to true east and north. Times become regular on the finest step.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS`. [1]
    window : Window
        Where; a cell more is read on each side. [deg]
    start : float
        When, since 1970-01-01T00:00Z. [s]
    duration : float
        How long. [s]
    spacing : float
        Of the field when the file's grid is not regular; 0 for about that of the file. [deg]
    place : tuple of float, or None
        Latitude and longitude of the encounter. With it only the sea around must have values; without, all open sea of
        the window. [deg]
    within : float
        How far around the place. [m]

    Returns
    -------
    Field
        Never missing.

    Raises
    ------
    BadFile
        If the file is damaged, has a gap, ends too early, or its numbers cannot be true.
    NoData
        If the quantity, the area, or values of the sea are missing.

    Examples
    --------
    >>> import xarray as xr
    >>> axes = {"time": ("time", [0.0, 1.0], {"units": "hours since 2026-03-14"}), "lat": [50.0, 51.0, 52.0]}
    >>> sst = xr.DataArray(np.full((2, 3, 2), 281.15), {**axes, "lon": [1.0, 2.0]}, ("time", "lat", "lon"))
    >>> from varne.files.cf_open import Part
    >>> opened = Opened((Part("a.nc", xr.Dataset({"sst": sst.assign_attrs(units="K")}), None),))
    >>> field = read_window(opened, "water", Window(1.2, 1.8, 50.5, 51.5), start=1773446400.0, duration=1800.0)
    >>> field.values.shape, float(field.values[0, 0, 0, 0, 0])
    ((1, 2, 3, 2, 1), 8.0)
    """
    parts = series_of(opened, quantity)
    check_alike(parts, quantity)
    first = parts[0].first
    piece = cut(first.grid, window, first.part.file)
    chosen = [_times(one, start, start + duration) for one in parts]
    read = [_read(one, steps, piece) for one, steps in zip(parts, chosen, strict=True)]
    times = parts[0].steps[0].times[chosen[0]]
    if quantity == "streams":
        check_tide(times, file=first.part.file, variable=first.name)
    for one, values in zip(parts, read, strict=True):
        check_believable(one, values, quantity, times, piece)
    values = _components(quantity, parts, read, piece)
    if quantity in ("waves", "swell"):
        check_steepness(parts, values, quantity, times, piece)
    missing = np.logical_or.reduce([np.isnan(one) for one in read])
    if missing.any():  # a point that lacks one component lacks all
        _complete(values, missing, parts, times, _asked(window, parts[0], piece, place, within))
    values, start_of, interval = _regular(values, times, unit_vector=quantity in ("waves", "swell"))
    values, west, south, step_east, step_north = _laid_out(values, parts[0], piece, window, spacing)
    if quantity in ("waves", "swell"):
        _of_length_one(values)
    return Field(
        quantity, np.ascontiguousarray(values), west, south, step_east, step_north, start_of, interval,
        _issued(parts, chosen), Source(_says(parts, quantity, times, filled=bool(missing.any())), "published"),
    )  # fmt: skip


def check_alike(parts: Sequence[Series], quantity: str) -> None:
    """
    Refuse parts of a quantity that differ in grid, realizations or times.

    Parameters
    ----------
    parts : sequence of Series
        From :func:`varne.files.cf_series.series_of`. [1]
    quantity : str
        What they make up. [1]

    Raises
    ------
    BadFile
        If they differ.

    Examples
    --------
    >>> check_alike((object(),), "water")  # one part cannot differ from itself
    """
    first = parts[0]
    for one in parts[1:]:
        names = f"{first.first.name} and {one.first.name}"
        if one.realizations != first.realizations:
            raise BadFile(
                f"{_whose(first, one)} {first.realizations} and {one.realizations} realizations of {names}; give both "
                "of one ensemble."
            )
        mine, theirs = first.first.grid, one.first.grid
        same = mine.latitude.shape == theirs.latitude.shape and (
            np.allclose(mine.latitude, theirs.latitude, atol=1e-5)
            and np.allclose(mine.longitude, theirs.longitude, atol=1e-5)
        )
        if not same:
            raise BadFile(f"{_whose(first, one)} {names} of the {quantity} on different grids; bring them onto one.")
        if not np.array_equal(first.steps[0].times, one.steps[0].times):
            raise BadFile(f"{_whose(first, one)} {names} of the {quantity} at different times; give both at the same.")


def _whose(one: Series, other: Series) -> str:
    files = dict.fromkeys((one.first.part.file, other.first.part.file))
    return f"File {next(iter(files))} has" if len(files) == 1 else f"Files {' and '.join(files)} have"


def _times(series: Series, start: float, end: float) -> slice:
    files = ", ".join(dict.fromkeys(track.part.file for group in series.tracks for track in group))
    return needed(series.steps[0].times, start, end, file=files, variable=series.first.name)


def _read(series: Series, chosen: slice, piece: Cut) -> Array:
    """Values of a part of a quantity in SI, shape (realization, time, row, column)."""
    count = chosen.stop - chosen.start
    columns = sum(one.stop - one.start for one in piece.columns)
    values = np.empty((series.realizations, count, piece.rows.stop - piece.rows.start, columns))
    done = 0
    for group, steps in zip(series.tracks, series.steps, strict=True):
        which, index = steps.which[chosen], steps.index[chosen]
        # A run of steps that stand one after the other in one file is read at once.
        ends = np.flatnonzero((np.diff(which) != 0) | (np.diff(index) != 1)) + 1
        for run in np.split(np.arange(count), ends):
            track = group[which[run[0]]]
            there = slice(int(index[run[0]]), int(index[run[-1]]) + 1)
            into = values[done : done + track.realizations, run[0] : run[-1] + 1]
            _read_into(into, track, there, piece)
        done += group[0].realizations
    return values


def _read_into(into: Array, track: Track, there: slice, piece: Cut) -> None:
    """Read some times of one variable, in SI."""
    check_written(track.part, track.name)
    variable = track.part.dataset[track.name].variable
    grid = track.grid
    place: dict[str, Any] = {**dict(track.fixed), grid.rows: piece.rows}
    if track.time:
        place[track.time] = there
    left = 0
    for columns in piece.columns:
        chosen = variable.isel({**place, grid.columns: columns})
        found = _in_order(values_of(chosen, track.part.file, track.name), chosen.dims, track)
        right = left + found.shape[-1]
        target = into[..., left:right]
        np.multiply(found[..., ::-1, :] if piece.flipped else found, track.factor, out=target, dtype=np.float64)
        left = right
    if track.offset:
        into += track.offset


def _in_order(found: NDArray[Any], dims: Sequence[Hashable], track: Track) -> NDArray[Any]:
    """Realization, time, row, column, whatever the order of the file; dimensions that are not there have one."""
    order = (track.realization, track.time, track.grid.rows, track.grid.columns)
    there = found.transpose([dims.index(name) for name in order if name])
    return np.expand_dims(there, tuple(place for place, name in enumerate(order) if not name))


def _components(quantity: str, parts: Sequence[Series], read: list[Array], piece: Cut) -> Array:
    """The components of a field from what the file has, shape (realization, time, row, column, component)."""
    values = np.empty((*read[0].shape, len(COMPONENTS[quantity])))
    roles = tuple(one.role for one in parts)
    if roles == ("x", "y"):
        x_east, x_north, y_east, y_north = axes_towards(parts[0].first.grid, piece)
        values[..., 0] = read[0] * x_east + read[1] * y_east
        values[..., 1] = read[0] * x_north + read[1] * y_north
    elif roles[0] == "speed":
        values[..., 0], values[..., 1] = (read[0] * one for one in _towards(read[1], roles[1]))
    elif roles[0] == "height":
        values[..., 0] = read[0]
        np.multiply(read[1], PEAK_OVER[roles[1]], out=values[..., 1])
        values[..., 2], values[..., 3] = _towards(read[2], roles[2])
    else:
        for component, one in enumerate(read):
            values[..., component] = one
    return values


def _towards(direction: Array, role: str) -> tuple[Array, Array]:
    """East and north of the way that something runs, from a direction in degrees that it comes from or goes to."""
    angle = np.radians(direction)
    sign = -1.0 if role == "from" else 1.0
    return sign * np.sin(angle), sign * np.cos(angle)


def _asked(window: Window, series: Series, piece: Cut, place: tuple[float, float] | None, within: float) -> SeaPoints:
    """Points of the sea that must have values; nothing is known of the sea outside the embedded chart."""
    inside = Window(
        max(window.west, DOMAIN.west), min(window.east, DOMAIN.east),
        max(window.south, DOMAIN.south), min(window.north, DOMAIN.north),
    )  # fmt: skip
    north, east = spacing_of(series.first.grid)
    squeeze = float(np.cos(np.radians((window.south + window.north) / 2.0)))
    cell = max(north, east * squeeze) * DEGREE * RADIUS
    return sea_points(coast_mask(), inside, piece, cell=cell, place=place, within=within)


def _complete(
    values: Array, missing: NDArray[np.bool_], parts: Sequence[Series], times: Array, points: SeaPoints
) -> None:
    """Fill what is missing from the nearest value, in place, and refuse where the sea itself is missing."""
    layers = missing.reshape(-1, *missing.shape[2:])
    alike = bool((layers == layers[0]).all())
    for number in range(1 if alike else len(layers)):
        realization, time = divmod(number, len(times))
        worst = too_far(layers[number], points)
        if worst is not None or layers[number].all():
            _refuse_missing(parts, points, worst, format_time(float(times[time])))
        whole = values if alike else values[realization, time]
        fill(np.moveaxis(whole, -1, 0), layers[number])


def _refuse_missing(parts: Sequence[Series], points: SeaPoints, worst: int | None, when: str) -> None:
    names = ", ".join(dict.fromkeys(one.first.name for one in parts))
    where = "anywhere"
    if worst is not None:
        where = f"within two cells of {format_position(points.latitude[worst], points.longitude[worst])}, which is sea,"
    raise NoData(
        f"File {parts[0].first.part.file} has no value of {names} {where} at {when}; give a file that has, or leave "
        "this quantity out."
    )


def _regular(values: Array, times: Array, *, unit_vector: bool) -> tuple[Array, float, float]:
    """Values at regular times between the first and the last, their start and interval."""
    if len(times) == 1:
        return np.concatenate([values, values], axis=1), float(times[0]), _ONE_TIME
    count, interval = interval_of(times)
    wanted = times[0] + interval * np.arange(count)
    if len(times) == count and np.allclose(times, wanted, atol=0.5, rtol=0.0):
        return values, float(times[0]), interval
    place = np.interp(wanted, times, np.arange(len(times), dtype=np.float64))
    before = np.minimum(place.astype(int), len(times) - 2)
    share = (place - before)[:, np.newaxis, np.newaxis, np.newaxis]
    between = values[:, before] * (1.0 - share) + values[:, before + 1] * share
    if unit_vector:
        _of_length_one(between)
    return between, float(times[0]), interval


def _laid_out(
    values: Array, series: Series, piece: Cut, window: Window, spacing: float
) -> tuple[Array, float, float, float, float]:
    """Values on a regular grid, its south-western corner and its steps."""
    grid = series.first.grid
    if grid.kind == "regular":
        step_north = float(np.ptp(piece.latitude)) / (len(piece.latitude) - 1)
        step_east = float(np.ptp(piece.longitude)) / (len(piece.longitude) - 1)
        return values, float(piece.longitude[0]), float(piece.latitude[0]), step_east, step_north
    north, east = (spacing, spacing) if spacing > 0 else spacing_of(grid)
    rows = max(int(np.ceil((window.north - window.south) / north)) + 1, 2)
    columns = max(int(np.ceil((window.east - window.west) / east)) + 1, 2)
    latitude, longitude = np.linspace(window.south, window.north, rows), np.linspace(window.west, window.east, columns)
    across, up = np.meshgrid(longitude, latitude)
    row, column = places(piece, up, across)
    if np.any(np.isnan(row)):
        at = np.unravel_index(int(np.argmax(np.isnan(row))), row.shape)
        here = format_position(float(up[at]), float(across[at]))
        raise NoData(
            f"File {series.first.part.file} does not cover {here}, a part of {in_words(window)} that is asked for; "
            "fetch a larger area."
        )
    step_north, step_east = (window.north - window.south) / (rows - 1), (window.east - window.west) / (columns - 1)
    return _between(values, row, column), window.west, window.south, step_east, step_north


def _between(values: Array, row: Array, column: Array) -> Array:
    """Values between the four nearest points of a grid, shape (realization, time, row, column, component)."""
    low = np.clip(row.astype(int), 0, values.shape[2] - 2)
    left = np.clip(column.astype(int), 0, values.shape[3] - 2)
    up, right = (row - low)[..., np.newaxis], (column - left)[..., np.newaxis]
    south = values[:, :, low, left] * (1.0 - right) + values[:, :, low, left + 1] * right
    north = values[:, :, low + 1, left] * (1.0 - right) + values[:, :, low + 1, left + 1] * right
    return np.asarray(south * (1.0 - up) + north * up)


def _of_length_one(values: Array) -> None:
    """Directions that were averaged get length one again, in place; opposite ones that cancel stay without."""
    length = np.hypot(values[..., 2], values[..., 3])
    np.maximum(length, _NEAR_NOTHING, out=length)
    values[..., 2] /= length
    values[..., 3] /= length


def _issued(parts: Sequence[Series], chosen: Sequence[slice]) -> float | None:
    """When the oldest forecast that is used was made; None when one does not say."""
    made = [
        group[number].issued
        for one, there in zip(parts, chosen, strict=True)
        for group, steps in zip(one.tracks, one.steps, strict=True)
        for number in dict.fromkeys(steps.which[there].tolist())
    ]
    known = [one for one in made if one is not None]
    return min(known) if known and len(known) == len(made) else None


def _says(parts: Sequence[Series], quantity: str, times: Array, *, filled: bool) -> str:
    """Files, variables, level and what was done, for whoever asks where a number came from."""
    several = list(dict.fromkeys(track.part.file for one in parts for group in one.tracks for track in group))
    files = ", ".join(several) if len(several) <= _NAMED else f"{several[0]} to {several[-1]} ({len(several)} files)"
    lost = tide_lost(times) if quantity == "streams" else ""
    said = (*notes(parts), *((lost,) if lost else ()), *((FILLED,) if filled else ()))
    names = ", ".join(one.first.name for one in parts)
    level = f" at {parts[0].first.level}" if parts[0].first.level else ""
    return "; ".join((f"{names}{level} of {files}", *said))


def notes(parts: Sequence[Series]) -> tuple[str, ...]:
    """
    Say what was done to the variables on the way to a field.

    Parameters
    ----------
    parts : sequence of Series
        From :func:`varne.files.cf_series.series_of`. [1]

    Returns
    -------
    tuple of str
        Empty when nothing was.

    Examples
    --------
    >>> notes(())
    ()
    """
    found = []
    roles = tuple(one.role for one in parts)
    if roles == ("x", "y"):
        found.append("turned to true east and north")
    if "from" in roles:
        found.append("directions are those it comes from")
    for one in parts:
        if one.role in PEAK_OVER and one.role != "peak_period":
            kind = one.role.replace("_", " ")
            factor = f"{PEAK_OVER[one.role]:.3f} x the {kind} {one.first.name}"
            found.append(f"peak period = {factor} (JONSWAP, enhancement 3.3)")
    return tuple(found)


def common_realizations(fields: Sequence[Field]) -> int:
    """
    Say how many realizations several fields have in common; a field of one goes with any number.

    Parameters
    ----------
    fields : sequence of Field
        Of one question. [1]

    Returns
    -------
    int
        At least 1. [1]

    Raises
    ------
    BadFile
        If two ensembles differ in size.

    Examples
    --------
    >>> common_realizations(())
    1
    """
    several = {field.quantity: field.values.shape[0] for field in fields if field.values.shape[0] > 1}
    if len(set(several.values())) > 1:
        sizes = " and ".join(f"{count} realizations of {quantity}" for quantity, count in several.items())
        raise BadFile(f"The files of the sea have {sizes}; give ensembles of one size, or one realization.")
    return next(iter(several.values()), 1)
