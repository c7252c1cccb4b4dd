"""Files of buoys and light vessels: NDBC text and CSV, read into observations."""

import csv
import gzip
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFile
from varne.facts.buoys import buoys
from varne.facts.tables import shipped_facts
from varne.files.columns import Heading, cell_in_si, heading_of, in_unit
from varne.sea.field import Source
from varne.sea.observations import Column, Observations
from varne.when import format_time

# NDBC, measurement descriptions and units: the column, what it is here, and its unit where a file has no line of units.
_NDBC = {
    "WDIR": ("wind_from", "degT"), "WD": ("wind_from", "degT"), "WSPD": ("wind_speed", "m/s"),
    "WVHT": ("wave_height", "m"), "DPD": ("peak_period", "sec"), "MWD": ("waves_from", "degT"),
    "ATMP": ("air", "degC"), "WTMP": ("water", "degC"),
}  # fmt: skip
_MEASURED = ("wind_speed", "wind_from", "wave_height", "peak_period", "waves_from", "water", "air")
_OLDEST_SHORT_YEAR = 70  # NDBC, first two-digit years: 70 to 99 are of the last century
_MOORED = 0.05  # how far a moored station may wander in its file [deg]
_REFERENCE = 10.0  # height of the wind [m], WMO
_ZONE = re.compile(r"([+-])(\d{2}):?(\d{2})")
_TIME = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s-]+(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:\.\d+)?)?)?")


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of a file: their line numbers, times and cells by column."""

    headings: tuple[Heading, ...]
    lines: list[int]
    times: list[float]
    cells: list[list[str]]


def read_observations(
    path: Path, *, at: tuple[float, float] | None = None, zone: str | None = None, anemometer: float | None = None
) -> Observations:
    """
    Read the observations of a buoy or a light vessel.

    NDBC text (realtime, historical, spectral summary; with or without the line of units) is in UTC. In a CSV with
    headings a time needs a zone: its own, ``UTC`` in the heading, or ``zone``; without one it is refused, because an
    hour is half a tide's turn. Repeated lines are one; lines of one time that disagree are refused. The position is
    ``at``, or stands in the columns, or belongs to a station that Varne knows by the number in the file's name.

    Parameters
    ----------
    path : Path
        Text in UTF-8, or the same in gzip. [1]
    at : tuple of float, optional
        Latitude and longitude. [deg]
    zone : str, optional
        Of times that carry none: ``"UTC"`` or an offset as ``"+01:00"``. [1]
    anemometer : float, optional
        Height of the wind above the sea; where it is given here or in the heading, the wind is brought to 10 m. [m]

    Returns
    -------
    Observations

    Raises
    ------
    BadFile
        If the file cannot be read or understood, or says what cannot be.

    References
    ----------
    NDBC, Measurement descriptions and units. Hsu, Meindl and Gilhousen (1994), J. Appl. Meteorol. 33:757.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "62304.txt"
    >>> _ = path.write_text("#YY  MM DD hh mm WDIR WSPD WVHT WTMP\\n2026 03 14 02 00 250 7.5 MM 8.1\\n")
    >>> seen = read_observations(path)
    >>> seen.place, seen.wind_speed, seen.wave_height
    ((51.103, 1.8), array([7.5]), array([nan]))
    """
    lines = _text(path).splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise BadFile(f"{path} is empty; give a file of observations.")
    first = numbered[0][1].lstrip("# ").split()
    table = _ndbc(path, numbered) if _is_ndbc(first) else _csv(path, numbered, zone)
    if not any(heading.quantity in _MEASURED for heading in table.headings):
        raise BadFile(
            f"{path} has no column that is known; its headings are "
            f"{', '.join(one.written for one in table.headings)[:200]}: "
            "write for example wind_speed [m/s], wind_direction [deg], Hs [m], water_temperature [degC]."
        )
    if not table.times:
        raise BadFile(f"{path} has headings and no observations; give a file with lines under them.")
    return _observations(path, table, at, anemometer)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadFile(f"{path} is broken gzip ({error}); fetch it again.") from None
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check its name.") from None
    if "\0" in text:
        raise BadFile(f"{path} is not text; give a file of observations as text.")
    return text


def _is_ndbc(words: Sequence[str]) -> bool:
    return len(words) > 4 and words[0] in ("YY", "YYYY") and words[1:4] == ["MM", "DD", "hh"]


def _ndbc(path: Path, numbered: list[tuple[int, str]]) -> _Table:
    """Text of NDBC: one or two lines of headings, then columns between spaces."""
    names = numbered[0][1].lstrip("# ").split()
    rest = numbered[1:]
    units: list[str] = []
    if rest and re.match(r"#?\s*yr\s", rest[0][1]):
        units = rest[0][1].lstrip("# ").split()
        rest = rest[1:]
        if len(units) != len(names):
            raise BadFile(f"{path} has {len(names)} headings and {len(units)} units; give the file as it was fetched.")
    stamps = 5 if names[4] == "mm" else 4
    headings = []
    for k, name in enumerate(names):
        quantity, usual = _NDBC.get(name, ("", ""))
        if k < stamps:
            headings.append(Heading(name, "time", "UTC"))
            continue
        unit = units[k] if units else usual
        headings.append(in_unit(name, quantity, unit, str(path)) if quantity else Heading(name, "", unit))
    table = _Table(tuple(headings), [], [], [])
    for number, line in rest:
        if line.lstrip().startswith("#"):
            continue
        cells = line.split()
        _check_count(path, number, len(cells), len(names))
        table.lines.append(number)
        table.times.append(_ndbc_time(cells[:stamps], f"{path}, line {number}"))
        table.cells.append(cells)
    return table


def _ndbc_time(cells: list[str], where: str) -> float:
    try:
        year, month, day, hour, minute = (int(cell) for cell in (*cells, "0")[:5])
        if len(cells[0]) <= 2:
            year += 1900 if year >= _OLDEST_SHORT_YEAR else 2000
        return datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        raise BadFile(f"{where}, has the time {' '.join(cells)!r}, which is none; mend or delete that line.") from None


def _csv(path: Path, numbered: list[tuple[int, str]], zone: str | None) -> _Table:
    """Headings on the first line, then cells between commas, semicolons or tabs."""
    head = numbered[0][1].lstrip("#").strip()
    mark = max(";\t,", key=lambda one: _outside_brackets(head).count(one))
    if mark not in _outside_brackets(head):
        raise BadFile(f"{path} begins with {head[:60]!r}, which are no headings known here; give NDBC text or a CSV.")
    headings = tuple(heading_of(cell, str(path)) for cell in _cells(path, numbered[0][0], head, mark))
    _check_once(path, headings)
    place = [k for name in ("date", "time") for k, one in enumerate(headings) if one.quantity == name]
    if not place:
        raise BadFile(f"{path} has no column of times; name one 'time [UTC]'.")
    said = any(re.search(r"\b(utc|gmt|z)\b", re.sub("_", " ", headings[k].written.lower())) for k in place)
    offset = _offset(path, "UTC" if said else zone)
    table = _Table(headings, [], [], [])
    for number, line in numbered[1:]:
        cells = _cells(path, number, line, mark)
        _check_count(path, number, len(cells), len(headings))
        table.lines.append(number)
        table.times.append(_time(" ".join(cells[k].strip() for k in place), offset, f"{path}, line {number}"))
        table.cells.append(cells)
    return table


def _outside_brackets(head: str) -> str:
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"", "", head)


def _cells(path: Path, number: int, line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark, skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise BadFile(f"{path}, line {number}, is broken ({error}); mend or delete that line.") from None


def _check_count(path: Path, number: int, found: int, expected: int) -> None:
    if found != expected:
        raise BadFile(
            f"{path}, line {number}, has {found} columns where the headings have {expected}; mend or delete that line."
        )


def _check_once(path: Path, headings: Sequence[Heading]) -> None:
    names = [one.quantity for one in headings if one.quantity]
    for name in names:
        if names.count(name) > 1:
            both = " and ".join(repr(one.written) for one in headings if one.quantity == name)
            raise BadFile(f"{path} has {both}, which both are {name.replace('_', ' ')}; keep one.")


def _offset(path: Path, zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone.upper() in ("UTC", "GMT", "Z"):
        return timedelta()
    match = _ZONE.fullmatch(zone)
    if not match:
        raise BadFile(f"The zone {zone!r} of {path} cannot be read; write UTC or an offset as +01:00.")
    return (1 if match[1] == "+" else -1) * timedelta(hours=int(match[2]), minutes=int(match[3]))


def _time(text: str, offset: timedelta | None, where: str) -> float:
    try:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            match = _TIME.fullmatch(text)
            if not match:
                raise
            moment = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # the pattern has six groups: no time zone
        if moment.tzinfo is not None:
            return moment.timestamp()
        if offset is not None:
            return (moment - offset).replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        raise BadFile(f"{where}, has the time {text[:40]!r}, which cannot be read; write 2026-03-14T02:30Z.") from None
    raise BadFile(f"{where}, has the time {text!r} without a zone; write 'time [UTC]' in the heading, or give --zone.")


def _observations(path: Path, table: _Table, at: tuple[float, float] | None, anemometer: float | None) -> Observations:
    columns = {one.quantity: k for k, one in enumerate(table.headings) if one.quantity}
    read = {
        name: np.array([
            cell_in_si(cells[k], table.headings[k], f"{path}, line {number}")
            for number, cells in zip(table.lines, table.cells, strict=True)
        ])
        for name, k in columns.items() if name in (*_MEASURED, "latitude", "longitude")
    }  # fmt: skip
    times = np.array(table.times)
    kept = _in_order(path, times, np.array(table.lines), {name: read[name] for name in _MEASURED if name in read})
    none = np.full(times.size, np.nan)
    measured = {name: read.get(name, none)[kept] for name in _MEASURED}
    station, named = _station(path, table, columns)
    place = at or _place(path, read, table.lines) or named
    height = table.headings[columns["wind_speed"]].height if "wind_speed" in columns else None
    height = anemometer if anemometer is not None else height
    if height is not None:
        if not 1.0 <= height <= 200.0:
            raise BadFile(f"The wind of {path} is said to be measured at {height:g} m; write a height of 1 to 200 m.")
        measured["wind_speed"] = (
            measured["wind_speed"] * (_REFERENCE / height) ** shipped_facts()["forecast.wind_profile"].value
        )
    wind = "" if "wind_speed" not in columns else (
        "; wind as measured, at a height that is not known" if height is None
        else f"; wind brought from {height:g} to 10 m"
    )  # fmt: skip
    source = Source(f"Observed at {station} ({path.name}){wind}", "measured")
    shown = tuple(Column(one.written, one.quantity, one.unit) for one in table.headings)
    return Observations(station, place, times[kept], **measured, source=source, anemometer=height, columns=shown)


def _in_order(
    path: Path, times: NDArray[np.float64], lines: NDArray[np.int64], measured: dict[str, NDArray[np.float64]]
) -> NDArray[np.int64]:
    """Rows by rising time, repeated ones once."""
    order = np.argsort(times, kind="stable")
    repeated = np.concatenate([[False], np.diff(times[order]) == 0.0])
    for k in np.flatnonzero(repeated):
        one, other = order[k - 1], order[k]
        for name, values in measured.items():
            if not np.array_equal(values[one], values[other], equal_nan=True):
                raise BadFile(
                    f"{path} has two lines for {format_time(times[one])} that differ in {name.replace('_', ' ')}, "
                    f"{lines[one]} and {lines[other]}; keep one, and check the zone of the times."
                )
    return np.asarray(order[~repeated], dtype=np.int64)


def _station(path: Path, table: _Table, columns: dict[str, int]) -> tuple[str, tuple[float, float] | None]:
    """The station's name, and where it lies if Varne knows it."""
    stem = path.name.split(".")[0]
    names = {cells[columns["station"]].strip() for cells in table.cells} if "station" in columns else set()
    if len(names) > 1:
        raise BadFile(f"{path} has {len(names)} stations, {', '.join(sorted(names))[:80]}; give the lines of one.")
    for name, buoy in buoys().items():
        own = next(iter(names), "").lower()
        if name == own or (not own and re.search(rf"(?<![0-9a-z]){name}(?!\d)", stem.lower())):
            return f"{name} {buoy.says}" if name.isdigit() else buoy.says, (buoy.latitude, buoy.longitude)
    return next(iter(names), stem), None


def _place(path: Path, read: dict[str, NDArray[np.float64]], lines: list[int]) -> tuple[float, float] | None:
    """Where the columns say that the station lay."""
    if "latitude" not in read or "longitude" not in read:
        return None
    degrees = [np.degrees(read[name]) for name in ("latitude", "longitude")]
    known = np.isfinite(degrees[0]) & np.isfinite(degrees[1])
    if not known.any():
        return None
    for column in degrees:
        far = known & (np.abs(column - column[known][0]) > _MOORED)
        if far.any():
            raise BadFile(
                f"{path}, line {lines[int(np.argmax(far))]}, lies more than {_MOORED} degrees from the first position; "
                "Varne takes moored stations: give the position with --at."
            )
    return float(degrees[0][known].mean()), float(degrees[1][known].mean())
