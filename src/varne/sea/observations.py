"""Observations at a place: what a buoy or a light vessel measured, and the fields that follow from its reports."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFile
from varne.facts.tables import Facts
from varne.sea.field import Field, Source
from varne.units import HOUR, MINUTE
from varne.when import format_time

Array = NDArray[np.float64]

_INTERVAL = 10.0 * MINUTE  # between two times of a field made of reports; the usual interval of a buoy (NDBC)
_GRAVITY = 9.80665  # standard gravity [m/s2], exact (CGPM 1901)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file and what it was taken for; ``quantity`` is empty where it was not used."""

    heading: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Observations:
    """
    What was measured at a place, in order of time; NaN where it was not. Arrays have shape (time,).

    Waves and wind come *from* their directions, clockwise from north. The wind is at 10 m where the height of the
    anemometer is known, otherwise as measured.
    """

    station: str
    place: tuple[float, float] | None  # latitude and longitude; None where the file does not say [deg]
    times: Array  # rising, since 1970-01-01T00:00Z [s]
    wind_speed: Array  # [m/s]
    wind_from: Array  # [rad]
    wave_height: Array  # significant [m]
    peak_period: Array  # [s]
    waves_from: Array  # [rad]
    water: Array  # [degC]
    air: Array  # [degC]
    source: Source
    anemometer: float | None  # height of the measurement above the sea; None where not known [m]
    columns: tuple[Column, ...]


def as_fields(
    observations: Observations, *, start: float, duration: float, facts: Facts,
    quantities: Collection[str] = ("wind", "waves", "water", "air"),
) -> dict[str, Field]:  # fmt: skip
    """
    Make fields of the reports of a buoy: straight lines between reports, the last one held.

    Wind is interpolated as a vector, the direction of waves as a unit vector. Waves without a period get the one
    of the usual steepness, waves without a direction run with the wind that was observed; where none was, both
    components of their direction are 0, which means with the wind of the place. The source says so.

    Parameters
    ----------
    observations : Observations
        At one place. [SI]
    start : float
        Of the question, since 1970-01-01T00:00Z. [s]
    duration : float
        How long it lasts. [s]
    facts : Facts
        ``forecast.report_gap``, ``forecast.temperature_gap`` and ``sea.wave_steepness`` are used. [SI]
    quantities : collection of str
        Which are wanted; gaps in others do not matter. [1]

    Returns
    -------
    dict of str to Field
        For each quantity that is wanted and was observed at all: ``wind``, ``waves``, ``water``, ``air``. An
        observation is no forecast: ``held_after`` is the time of its last report, from which on the facts
        ``forecast.report_*`` widen it.

    Raises
    ------
    BadFile
        If the place is not known, the question starts before the first report, the last one is too old, or there
        is too long a gap between reports.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> hours, none = np.array([0.0, 3600.0]), np.full(2, np.nan)
    >>> seen = Observations("62304", (51.103, 1.8), hours, none, none, none, none, none, np.array([9.0, 10.0]), none,
    ...     Source("a buoy", "measured"), None, ())
    >>> reports = as_fields(seen, start=1800.0, duration=7200.0, facts=shipped_facts())
    >>> reports["water"].values[0, [0, 3, 12], 0, 0, 0], reports["water"].held_after
    (array([ 9.5, 10. , 10. ]), 3600.0)
    """
    if observations.place is None:
        raise BadFile(f"{observations.station} has no position, and its file gives none; give it with --at.")
    times: Array = start + _INTERVAL * np.arange(max(2, math.ceil(duration / _INTERVAL) + 1), dtype=np.float64)
    fields = {}
    for quantity, make in (("wind", _wind), ("waves", _waves), ("water", _water), ("air", _air)):
        if quantity not in quantities:
            continue
        seen, values, grade, note = make(observations, facts)
        if not np.any(seen):
            continue
        gap = facts["forecast.report_gap" if quantity in ("wind", "waves") else "forecast.temperature_gap"]
        known, wanted = observations.times[seen], values[seen]
        _check_gaps(observations.station, quantity, known, (start, start + duration), gap.value * HOUR)
        levels = np.stack([np.interp(times, known, column) for column in wanted.T], axis=-1)
        if quantity == "waves":
            levels[:, 2:] = _directions(times, known, wanted[:, 2:])
        grid = np.broadcast_to(levels[np.newaxis, :, np.newaxis, np.newaxis, :], (1, times.size, 2, 2, levels.shape[1]))
        latitude, longitude = observations.place
        source = Source(observations.source.says + note, grade)
        fields[quantity] = Field(
            quantity, np.ascontiguousarray(grid), longitude - 0.5, latitude - 0.5, 1.0, 1.0, start, _INTERVAL, None,
            source, float(known[-1]),
        )  # fmt: skip
    return fields


_Made = tuple[NDArray[np.bool_], Array, str, str]  # when seen, values (time, component), grade, what was added


def _wind(one: Observations, facts: Facts) -> _Made:
    """Components towards which the wind blows; a calm needs no direction."""
    direction = np.where(one.wind_speed == 0.0, 0.0, one.wind_from)
    values = np.stack([-one.wind_speed * np.sin(direction), -one.wind_speed * np.cos(direction)], axis=-1)
    return np.asarray(np.isfinite(values).all(axis=-1)), values, one.source.grade, ""


def _waves(one: Observations, facts: Facts) -> _Made:
    """Height, period and where the waves run to; period and direction from other evidence where never observed."""
    seen, grade, notes = np.isfinite(one.wave_height), one.source.grade, ""
    period, direction = one.peak_period, one.waves_from
    if not np.any(seen & np.isfinite(period)):
        steepness = facts["sea.wave_steepness"]
        period = np.sqrt(2.0 * np.pi * one.wave_height / (_GRAVITY * steepness.value))
        period = np.maximum(period, 1.0)  # no wave of wind is shorter at its peak than a second
        grade, notes = "assumed", notes + "; period of the usual steepness"
    if not np.any(seen & np.isfinite(direction)):
        direction = one.wind_from
        grade, notes = "assumed", notes + "; waves run with the wind that was observed"
    east, north = -np.sin(direction), -np.cos(direction)
    if not np.any(seen & np.isfinite(direction)):
        east = north = np.zeros(seen.size)  # no direction: with the wind of the place
        notes = notes.removesuffix(" that was observed") + " of the place"
    seen = seen & np.isfinite(period) & np.isfinite(east)
    return seen, np.stack([one.wave_height, period, east, north], axis=-1), grade, notes


def _water(one: Observations, facts: Facts) -> _Made:
    return np.isfinite(one.water), one.water[:, np.newaxis], one.source.grade, ""


def _air(one: Observations, facts: Facts) -> _Made:
    return np.isfinite(one.air), one.air[:, np.newaxis], one.source.grade, ""


def _directions(times: Array, known: Array, vectors: Array) -> Array:
    """Unit vectors between reports; the earlier report where two are opposite."""
    mean = np.stack([np.interp(times, known, column) for column in vectors.T], axis=-1)
    length = np.hypot(mean[:, 0], mean[:, 1])
    before = vectors[np.clip(np.searchsorted(known, times, side="right") - 1, 0, known.size - 1)]
    clear = length > 1e-6
    return np.where(clear[:, np.newaxis], mean / np.where(clear, length, 1.0)[:, np.newaxis], before)


def _check_gaps(station: str, quantity: str, known: Array, window: tuple[float, float], longest: float) -> None:
    """Refuse a window that reports do not carry."""
    what = {"waves": "waves", "wind": "wind"}.get(quantity, f"{quantity} temperature")
    start, end = window
    if start < known[0]:
        raise BadFile(
            f"{station} first reports {what} at {format_time(known[0])}, after {format_time(start)}; "
            "ask for a later time, or give older reports."
        )
    if start - known[-1] > longest:
        raise BadFile(
            f"{station} last reports {what} at {format_time(known[-1])}, more than {longest / HOUR:g} h before "
            f"{format_time(start)}; give newer reports or a forecast."
        )
    first = np.searchsorted(known, start, side="right") - 1
    inside = known[first : np.searchsorted(known, end, side="left") + 1]
    if np.any(wide := np.diff(inside) > longest):
        k = int(np.argmax(wide))
        raise BadFile(
            f"{station} reports no {what} from {format_time(inside[k])} to {format_time(inside[k + 1])}, more than "
            f"{longest / HOUR:g} h; give the reports between, or a forecast."
        )
