"""Weather that somebody brings: a series at one place, checked, made hourly, and completed where it is silent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.errors import BadFile
from varne.facts.tables import shipped_facts
from varne.sea.field import Field, Source
from varne.sea.usual import Usual
from varne.sea.weather import PAST, Weather, with_waves_and_temperatures
from varne.units import HOUR
from varne.when import format_time

Array = NDArray[np.float64]

# What a series may hold: its name, what it measures, and the values that can occur in the Channel in SI, expert limits.
COLUMNS: Mapping[str, tuple[str, float, float]] = {
    "wind_speed": ("speed", 0.0, 60.0),
    "wind_from": ("angle", -2.0 * np.pi, 2.0 * np.pi),
    "wind_east": ("speed", -60.0, 60.0),
    "wind_north": ("speed", -60.0, 60.0),
    "wave_height": ("length", 0.0, 20.0),
    "peak_period": ("time", 0.5, 30.0),
    "zero_crossing_period": ("time", 0.5, 25.0),
    "waves_from": ("angle", -2.0 * np.pi, 2.0 * np.pi),
    "water": ("temperature", -2.0, 30.0),
    "air": ("temperature", -25.0, 45.0),
}
_ONE_POINT = 0.5  # how far a grid of one point may lie from the place, a choice [deg]
LONGEST_GAP = 6.0 * HOUR  # over which a straight line may stand for what was not reported; a choice


@dataclass(frozen=True, slots=True)
class Series:
    """Columns of :data:`COLUMNS` over time, in SI; NaN where nothing was reported."""

    name: str  # of the file, for what is said about it
    times: Array  # (time,) since 1970-01-01T00:00Z [s]
    columns: Mapping[str, Array]  # each (member, time)


def weather_of_series(series: Series, *, usual: Usual, seed: int) -> Weather:
    """
    Make hourly weather of a series.

    Waves that it lacks are generated from its wind, temperatures from the climate; :attr:`Weather.sources` says so.
    The sea before the first hour is taken to have had the wind of the first hour.

    Parameters
    ----------
    series : Series
        With at least the wind, as components or as speed and direction. [SI]
    usual : Usual
        The climate of the place. [SI]
    seed : int
        For what is generated. [1]

    Returns
    -------
    Weather

    Raises
    ------
    BadFile
        If the wind is missing, a value cannot occur, times do not run forward, or a gap is too long.

    Examples
    --------
    >>> from varne.sea.usual import usual_at
    >>> still = Series("a.csv", np.arange(3) * 3600.0, {"wind_speed": np.ones((1, 3)), "wind_from": np.zeros((1, 3))})
    >>> weather = weather_of_series(still, usual=usual_at(), seed=1)
    >>> weather.wind_north.round(6).tolist(), weather.sources["waves"].grade
    ([[-1.0, -1.0, -1.0]], 'assumed')
    """
    _check(series)
    times = _hours(series)
    columns = {
        name: np.stack([_hourly(series, name, row, times) for row in values])
        for name, values in _components(series).items()
    }
    if "waves_east" in columns:
        length = np.maximum(np.hypot(columns["waves_east"], columns["waves_north"]), 1e-12)
        columns.update({name: columns[name] / length for name in ("waves_east", "waves_north")})
    members = np.arange(len(columns["wind_east"]))
    before = np.concatenate([times[0] + HOUR * np.arange(-PAST, 0.0), times])
    wind = [
        np.concatenate([np.repeat(columns[name][:, :1], PAST, axis=1), columns[name]], axis=1)
        for name in ("wind_east", "wind_north")
    ]
    said = Source(f"the series {series.name}", "measured")
    made = with_waves_and_temperatures(before, *wind, members=members, seed=seed, usual=usual, source=said)
    given = {name: values for name, values in columns.items() if not name.startswith("wind_")}
    if "wave_height" in given and "peak_period" not in given:  # as steep as the generated ones
        taller = given["wave_height"] / np.maximum(made.wave_height, 1e-6)
        made = replace(made, peak_period=made.peak_period * np.sqrt(taller))
    return replace(made, **given, sources=_sources(made, given, said))


def _sources(made: Weather, given: Mapping[str, Array], said: Source) -> dict[str, Source]:
    """Where each part comes from, with what was completed."""
    sources = {**made.sources, **{name: said for name in ("water", "air") if name in given}}
    if "wave_height" in given:
        lacking = [word for name, word in (("peak_period", "period"), ("waves_east", "direction")) if name not in given]
        rest = f"; their {' and '.join(lacking)} generated from its wind" if lacking else ""
        sources["waves"] = Source(said.says + rest, said.grade if not lacking else "derived")
    else:
        sources["waves"] = Source(f"generated from the wind of {said.says} and the mean waves of the month", "assumed")
    return sources


def weather_of_fields(
    fields: Mapping[str, Field], *, latitude: float, longitude: float, usual: Usual, seed: int, name: str = "of fields"
) -> Weather:
    """
    Make hourly weather of gridded fields at the grid point nearest to a place.

    Parameters
    ----------
    fields : mapping of str to Field
        ``wind``, and perhaps ``waves``, ``water`` and ``air``, of the same times and realizations. [SI]
    latitude, longitude : float
        The place. [deg]
    usual : Usual
        The climate of the place. [SI]
    seed : int
        For what is generated. [1]
    name : str
        Of the files, for what is said about them. [1]

    Returns
    -------
    Weather
        A member for each realization.

    Raises
    ------
    BadFile
        If there is no wind, or the fields do not have the same times.

    Examples
    --------
    >>> from varne.sea.usual import usual_at
    >>> run = Source("a run", "derived")
    >>> wind = Field("wind", np.ones((2, 30, 2, 2, 2)), 1.0, 50.5, 0.5, 0.5, 0.0, 3600.0, None, run)
    >>> weather = weather_of_fields({"wind": wind}, latitude=51.0, longitude=1.4, usual=usual_at(), seed=1)
    >>> weather.wind_east.shape, weather.sources["wind"].says
    ((2, 30), 'a run')
    """
    if "wind" not in fields:
        raise BadFile(
            f"Fields {', '.join(sorted(fields)) or 'none'} lack the wind; weather needs it: add a wind field."
        )
    wind = fields["wind"]
    layout = wind.values.shape[:2], wind.start, wind.interval
    columns: dict[str, Array] = {}
    names = {
        "wind": ("wind_east", "wind_north"),
        "waves": ("wave_height", "peak_period", "waves_east", "waves_north"),
        "water": ("water",),
        "air": ("air",),
    }
    for quantity, field in fields.items():
        if (field.values.shape[:2], field.start, field.interval) != layout:
            raise BadFile(f"Field {quantity!r} has other times or realizations than the wind; bring them on one axis.")
        rows, points = np.arange(field.values.shape[2]), np.arange(field.values.shape[3])
        row = nearest_point(latitude, field.south + field.step_north * rows, f"The field of {quantity}")
        column = nearest_point(longitude, field.west + field.step_east * points, f"The field of {quantity}")
        for number, column_name in enumerate(names[quantity]):
            columns[column_name] = np.ascontiguousarray(field.values[:, :, row, column, number])
    times = wind.start + wind.interval * np.arange(layout[0][1], dtype=np.float64)
    weather = weather_of_series(Series(name, times, columns), usual=usual, seed=seed)
    return replace(
        weather, sources={**weather.sources, **{quantity: field.source for quantity, field in fields.items()}}
    )


def nearest_point(place: float, points: ArrayLike, file: str) -> int:
    """
    Return which grid point is nearest along one axis.

    Parameters
    ----------
    place : float
        Latitude or longitude. [deg]
    points : array, shape (point,)
        Of the axis. [deg]
    file : str
        For the error. [1]

    Returns
    -------
    int

    Raises
    ------
    BadFile
        If the place lies more than a grid step off the axis.

    Examples
    --------
    >>> nearest_point(1.4, [1.0, 1.5, 2.0], "a.nc")
    1
    >>> nearest_point(7.0, [1.0, 1.5, 2.0], "a.nc")
    Traceback (most recent call last):
    varne.errors.BadFile: a.nc reaches from 1 to 2 degrees and does not hold 7; give --at a place inside, ...
    """
    axis = np.atleast_1d(np.asarray(points, np.float64))
    nearest = int(np.argmin(np.abs(axis - place)))
    step = np.abs(np.diff(axis)).max() if len(axis) > 1 else _ONE_POINT
    if abs(axis[nearest] - place) > step:
        raise BadFile(
            f"{file} reaches from {axis.min():g} to {axis.max():g} degrees and does not hold {place:g}; give --at a "
            "place inside, or a file of the strait."
        )
    return nearest


def _check(series: Series) -> None:
    """Refuse what cannot be weather, in one sentence."""
    name, columns = series.name, series.columns
    if not ({"wind_speed", "wind_from"} <= set(columns) or {"wind_east", "wind_north"} <= set(columns)):
        words = ", ".join(sorted(columns))
        raise BadFile(
            f"{name} has {f'only {words}, no wind' if words else 'no wind and nothing else that is known'}; give "
            "wind_speed and wind_from, or wind_east and wind_north."
        )
    if "wave_height" not in columns and (loose := {"peak_period", "zero_crossing_period", "waves_from"} & set(columns)):
        raise BadFile(f"{name} has {min(loose)} but no wave_height; add it, or leave both out to have waves generated.")
    if len(series.times) < 2:
        raise BadFile(f"{name} has {len(series.times)} times; a series needs two or more.")
    if (back := np.flatnonzero(np.diff(series.times) <= 0)).size:
        raise BadFile(
            f"{name} goes from {format_time(series.times[back[0]])} to {format_time(series.times[back[0] + 1])}; sort "
            "it by time and keep one row of each."
        )
    for column, values in columns.items():
        _, low, high = COLUMNS.get(column, ("", -1.01, 1.01))  # unit vectors
        wrong = np.argwhere((values < low) | (values > high) | np.isinf(values))
        if len(wrong):
            row, at = wrong[0]
            raise BadFile(
                f"{name} has {column} {values[row, at]:g} (SI) at {format_time(series.times[at])}, outside {low:.4g} "
                f"to {high:.4g}; mend the value or the unit, or leave it empty where nothing was reported."
            )


def _components(series: Series) -> dict[str, Array]:
    """The columns as those of :class:`Weather`: directions become vectors, zero-crossing periods peak periods."""
    columns = dict(series.columns)
    speed, blows_from = columns.pop("wind_speed", None), columns.pop("wind_from", None)
    if "wind_east" not in columns or "wind_north" not in columns:
        assert speed is not None and blows_from is not None, "the check lets no series without wind pass"
        # In a calm there is no direction to report.
        blows_from = np.where((speed == 0.0) & np.isnan(blows_from), 0.0, blows_from)
        columns["wind_east"], columns["wind_north"] = -speed * np.sin(blows_from), -speed * np.cos(blows_from)
    waves_from = columns.pop("waves_from", None)
    if waves_from is not None:
        columns["waves_east"], columns["waves_north"] = -np.sin(waves_from), -np.cos(waves_from)
    crossing = columns.pop("zero_crossing_period", None)
    if crossing is not None and "peak_period" not in columns:
        columns["peak_period"] = crossing / shipped_facts()["sea.wave_period_factor"].value
    return columns


def _hours(series: Series) -> Array:
    first, last = np.ceil(series.times[0] / HOUR), np.floor(series.times[-1] / HOUR)
    if last < first:
        raise BadFile(f"{series.name} holds no whole hour; give a series that goes over one.")
    return np.asarray(HOUR * np.arange(first, last + 1.0))


def _hourly(series: Series, name: str, values: Array, times: Array) -> Array:
    """One row at whole hours, on straight lines over gaps that are short."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        raise BadFile(f"{series.name} has no value of {name}; fill the column or leave it out, then it is generated.")
    ends = np.concatenate([[times[0]], series.times[known], [times[-1]]])
    gap = int(np.argmax(np.diff(ends)))
    if ends[gap + 1] - ends[gap] > LONGEST_GAP:
        raise BadFile(
            f"{series.name} has no {name} from {format_time(ends[gap])} to {format_time(ends[gap + 1])}; fill the gap, "
            f"cut the series there, or leave the column out (up to {LONGEST_GAP / HOUR:g} h are bridged)."
        )
    return np.interp(times, series.times[known], values[known])
