"""Times of gridded forecasts: reading them, joining files that continue one another, and finding gaps."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cftime
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.errors import BadFile, BadTime
from varne.files.cf_names import written
from varne.files.cf_open import Part, values_of
from varne.units import DAY, HOUR, MINUTE
from varne.when import format_time, parse_time

_CALENDARS = ("standard", "gregorian", "proleptic_gregorian")
_LENGTHS = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 1e-3),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "day", "days"), DAY),
}
_SHORT_OFFSET = re.compile(r"(?<=\s)([+-])(\d)(?=:|$)")
LONGEST_STEP = 6.0 * HOUR  # of ECMWF's open data; beyond it a straight line between two times is no longer weather
_ISSUED_NAMES = ("forecast_reference_time", "bulletin_date", "forecast_date", "date_issued", "reference_time")
TIDAL_STEP = 3.0 * HOUR  # of streams: a quarter of a tide; a longer one cannot show its tops, assumed
_HOURLY = 1.001 * HOUR  # times in single precision are not exact
_MAIN_TIDE = 12.4206 * HOUR  # period of M2 [s]: Doodson (1921)
_LONGER = 1.5  # a step this much longer than both its neighbours is a gap


@dataclass(frozen=True, slots=True)
class Steps:
    """Times of several variables that continue one another, and where each is found."""

    times: NDArray[np.float64]  # rising, since 1970-01-01T00:00Z [s]
    which: NDArray[np.intp]  # the variable that has it
    index: NDArray[np.intp]  # its place along the time of that variable


def seconds(coordinate: xr.Variable, file: str, name: str) -> NDArray[np.float64]:
    """
    Read a coordinate of times.

    Parameters
    ----------
    coordinate : Variable
        In any unit and calendar of CF that has the days of real years. [any]
    file, name : str
        For the error. [1]

    Returns
    -------
    array
        Since 1970-01-01T00:00Z. [s]

    Raises
    ------
    BadFile
        If the calendar has no real days, the unit is unknown, or a time is missing.

    Examples
    --------
    >>> seconds(xr.Variable("t", [0.0, 1.0], {"units": "hours since 1970-01-02 00:00"}), "a.nc", "time").tolist()
    [86400.0, 90000.0]
    """
    values = np.atleast_1d(values_of(coordinate, file, name))
    if values.dtype.kind == "M":
        found = values.astype("datetime64[ms]").astype(np.float64) / 1e3
        missing = np.isnat(values)
    else:
        factor, epoch = _unit(coordinate, file, name)
        if values.dtype.kind not in "fiu":
            raise BadFile(f"File {file} has {name} that is not numbers; give times as 'hours since 2026-03-14 00:00'.")
        numbers = values.astype(np.float64)
        fill = coordinate.attrs.get("_FillValue", coordinate.encoding.get("_FillValue", np.nan))
        missing = ~np.isfinite(numbers) | (numbers == fill)
        found = np.round((numbers - epoch) * factor, 3)
    if np.any(missing) or np.any(np.abs(found) > 1e5 * 366 * DAY):
        raise BadFile(f"File {file} has a missing or impossible time in {name}; fetch it again.")
    return np.asarray(found, np.float64)


def _unit(coordinate: xr.Variable, file: str, name: str) -> tuple[float, float]:
    """Seconds in one unit of a coordinate, and 1970 in that unit."""
    units = str(coordinate.attrs.get("units", coordinate.encoding.get("units", "")))
    units = _SHORT_OFFSET.sub(r"\g<1>0\2", units)  # cftime passes over an offset of +1:00 without a word
    calendar = str(coordinate.attrs.get("calendar", coordinate.encoding.get("calendar", "standard"))).casefold()
    if calendar not in _CALENDARS:
        raise BadFile(
            f"File {file} counts {name} in the calendar {calendar!r}, which has no real days; give a forecast in the "
            "standard calendar."
        )
    length = _LENGTHS.get(units.partition(" since ")[0].strip().casefold())
    try:
        epoch = float(cftime.date2num(cftime.datetime(1970, 1, 1, calendar=calendar), units, calendar))
    except (ValueError, TypeError, OverflowError):
        length = None
        epoch = 0.0
    if length is None:
        raise BadFile(
            f"File {file} gives {name} in the unit {units!r}; write it as 'hours since 2026-03-14 00:00' (milliseconds "
            "to days)."
        )
    return length, epoch


def issued_of(part: Part) -> float | None:
    """
    Say when a forecast was made.

    Parameters
    ----------
    part : Part
        Of an opened file. [1]

    Returns
    -------
    float or None
        Since 1970-01-01T00:00Z; None when the file does not say, or says several. [s]

    Examples
    --------
    >>> issued_of(Part("a.nc", xr.Dataset(attrs={"bulletin_date": "1970-01-02 00:00:00"}), None))
    86400.0
    """
    for name, variable in part.dataset.variables.items():
        standard = written(variable.attrs, "standard_name") or str(name)
        if standard == "forecast_reference_time" and variable.size == 1:
            return float(seconds(variable, part.file, str(name))[0])
    for name in _ISSUED_NAMES:
        if name in part.dataset.attrs:
            return _moment(part.dataset.attrs, name)
    return None


def _moment(attributes: Mapping[str, Any], name: str) -> float | None:
    try:
        return parse_time(str(attributes[name]).replace(" UTC", "Z"))
    except BadTime:
        return None


def check_rising(times: NDArray[np.float64], file: str, variable: str) -> None:
    """
    Refuse times of one file that do not rise.

    Parameters
    ----------
    times : array
        In the order of the file. [s]
    file, variable : str
        For the error. [1]

    Raises
    ------
    BadFile
        If a time is double or earlier than the one before.

    Examples
    --------
    >>> check_rising(np.array([0.0, 3600.0, 3600.0]), "a.nc", "uo")
    Traceback (most recent call last):
    varne.errors.BadFile: File a.nc has the time 1970-01-01T01:00Z of uo twice; sort its times and keep each once.
    """
    wrong = np.flatnonzero(np.diff(times) <= 0)
    if len(wrong):
        here = times[wrong[0] + 1]
        how = "twice" if here in times[: wrong[0] + 1] else "after a later one"
        raise BadFile(
            f"File {file} has the time {format_time(here)} of {variable} {how}; sort its times and keep each once."
        )


def joined(times: Sequence[NDArray[np.float64]], issued: Sequence[float | None]) -> Steps:
    """
    Join the times of several files: where two have the same, the one issued later counts, else the later file.

    Parameters
    ----------
    times : sequence of array
        Of each file, rising. [s]
    issued : sequence of float or None
        When each was made. [s]

    Returns
    -------
    Steps
        Rising, each time once.

    Examples
    --------
    >>> joined([np.array([0.0, 1.0]), np.array([1.0, 2.0])], [None, None]).which.tolist()
    [0, 1, 1]
    """
    known = all(one is not None for one in issued)
    order = sorted(range(len(times)), key=lambda one: (issued[one] if known else 0, one))
    flat = np.concatenate([times[one] for one in order])
    which = np.concatenate([np.full(len(times[one]), one, np.intp) for one in order])
    index = np.concatenate([np.arange(len(times[one]), dtype=np.intp) for one in order])
    # np.unique gives the first of equals: of the reversed order that is the last, which counts.
    unique, place = np.unique(flat[::-1], return_index=True)
    last = len(flat) - 1 - place
    return Steps(unique, which[last], index[last])


def needed(times: NDArray[np.float64], start: float, end: float, *, file: str, variable: str) -> slice:
    """
    Choose the times that a question needs, and refuse a forecast that does not cover it or has a gap.

    Parameters
    ----------
    times : array
        Rising. [s]
    start, end : float
        Of the question. [s]
    file, variable : str
        For the error. [1]

    Returns
    -------
    slice
        From the last time not after the start to the first not before the end; two or more where there are.

    Raises
    ------
    BadFile
        If the times begin later, end earlier, or leave a gap.

    Examples
    --------
    >>> needed(np.array([0.0, 3600.0, 7200.0]), 1800.0, 3600.0, file="a.nc", variable="uo")
    slice(0, 2, None)
    >>> needed(np.array([0.0, 3600.0]), 0.0, 7200.0, file="a.nc", variable="uo")
    Traceback (most recent call last):
    varne.errors.BadFile: File a.nc ends at 1970-01-01T01:00Z for uo, before 1970-01-01T02:00Z when the ...
    """
    if times[0] > start:
        raise BadFile(
            f"File {file} begins at {format_time(times[0])} for {variable}, after {format_time(start)} when the "
            "question begins; give an earlier file as well, or a later time."
        )
    if times[-1] < end:
        raise BadFile(
            f"File {file} ends at {format_time(times[-1])} for {variable}, before {format_time(end)} when the question "
            "ends; give a longer forecast or a shorter horizon."
        )
    first = int(np.searchsorted(times, start, side="right")) - 1
    last = max(int(np.searchsorted(times, end, side="left")), min(first + 1, len(times) - 1))
    gap = next((one for one in gaps(times) if first <= one < last), None)
    if gap is not None:
        raise BadFile(
            f"File {file} has no {variable} between {format_time(times[gap])} and {format_time(times[gap + 1])}; give "
            "the missing times as well."
        )
    return slice(min(first, max(last - 1, 0)), last + 1)


def check_tide(times: NDArray[np.float64], *, file: str, variable: str) -> None:
    """
    Refuse streams whose steps are too long to show the tide: longer than 3 h.

    Parameters
    ----------
    times : array
        Of the question, rising. [s]
    file, variable : str
        For the error. [1]

    Raises
    ------
    BadFile
        If a step is longer than 3 h.

    Examples
    --------
    >>> check_tide(3600.0 * np.array([0, 3, 6]), file="a.nc", variable="uo")
    """
    step = float(np.diff(times).max(initial=0.0))
    if step > TIDAL_STEP + 1.0:
        raise BadFile(
            f"File {file} has {variable} in steps of {step / HOUR:g} h, which cannot show the tide; bring hourly "
            "streams, or leave streams out and use the embedded ones."
        )


def tide_lost(times: NDArray[np.float64]) -> str:
    """
    Say how much of a tidal stream its steps lose: a straight line between two times on either side of a top.

    Parameters
    ----------
    times : array
        Rising. [s]

    Returns
    -------
    str
        Empty when steps are of an hour, which lose 3 % at most.

    Examples
    --------
    >>> tide_lost(3600.0 * np.array([0, 3, 6]))
    'steps of 3 h lower the tops of the tide by up to 27 %'
    """
    step = float(np.diff(times).max(initial=0.0))
    if step <= _HOURLY:
        return ""
    lost = 1.0 - math.cos(math.pi * min(step / _MAIN_TIDE, 0.5))
    return f"steps of {step / HOUR:g} h lower the tops of the tide by up to {100.0 * lost:.0f} %"


def gaps(times: NDArray[np.float64]) -> list[int]:
    """
    Find the steps that are too long: longer than 6 h, or than both their neighbours by half.

    Steps may be short first and long later, or the other way round; a lone long one among shorter ones is a gap.

    Parameters
    ----------
    times : array
        Rising. [s]

    Returns
    -------
    list of int
        Index of the time before each gap.

    Examples
    --------
    >>> gaps(3600.0 * np.array([0, 1, 2, 4, 5, 6]))
    [2]
    >>> gaps(3600.0 * np.array([0, 1, 2, 5, 8, 11]))
    []
    """
    step = np.diff(times)
    before = np.concatenate([[0.0], step[:-1]])
    after = np.concatenate([step[1:], [np.inf]])
    lone = (step > _LONGER * before) & (step > _LONGER * after)
    return [int(one) for one in np.flatnonzero((step > LONGEST_STEP) | lone)]


def interval_of(times: NDArray[np.float64]) -> tuple[int, float]:
    """
    Choose the regular times between the first and the last: on the finest step that occurs.

    Parameters
    ----------
    times : array
        Rising. [s]

    Returns
    -------
    count : int
        Of times. [1]
    interval : float
        Between two. [s]

    Examples
    --------
    >>> interval_of(3600.0 * np.array([0, 1, 2, 5]))
    (6, 3600.0)
    """
    span = float(times[-1] - times[0])
    count = max(round(span / float(np.diff(times).min())), 1)
    return count + 1, span / count
