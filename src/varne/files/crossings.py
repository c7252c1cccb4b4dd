"""The official series of arrivals: the Home Office's spreadsheet, or a CSV of one of its tables."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFile
from varne.files.sheets import Sheet, read_sheets
from varne.season.series import Crossings, Daily, Weekly

# How the columns are headed, small letters without notes, brackets and underscores. Home Office, Migrants detected
# crossing the English Channel in small boats, time series, tables SB_01 and SB_02, and plain words for the same.
_NAMES: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "date of arrival", "arrival date", "date arrived", "date of detection", "date of crossing"),
    "week": ("week ending", "week ended", "week end", "week ending date", "date week ending", "week ending sunday"),
    "people": (
        "migrants arrived", "migrants", "small boat migrants", "migrants detected", "migrants arrived in small boats",
        "number of migrants", "number of migrants arrived", "people arrived", "people", "number of people",
        "small boat arrivals", "arrivals", "migrant arrivals", "individuals", "individuals arrived",
        "number of arrivals",
    ),
    "boats": (
        "boats arrived", "boats", "small boats", "small boats arrived", "number of boats", "number of small boats",
        "number of boats arrived", "boats detected", "boat arrivals",
    ),
    "people_prevented": (
        "migrants prevented", "people prevented", "number of migrants prevented", "migrants prevented from crossing",
        "migrants prevented by french authorities", "individuals prevented", "migrants prevented by france",
    ),
    "events_prevented": (
        "events prevented", "prevented events", "prevention events", "number of events prevented", "boats prevented",
        "events prevented by french authorities", "number of prevention events", "events prevented by france",
    ),
}  # fmt: skip
_WORDS = {"day": "dates", "week": "ends of weeks", "people": "people who arrived", "boats": "boats that arrived"}
_OTHER_PERIODS = ("month", "year", "quarter", "year ending", "financial year", "month and year")
_SHEETS = {"day": "sb_01", "week": "sb_02"}  # where the spreadsheet has a table twice, this sheet is the one
# GOV.UK, Using symbols and shorthand in spreadsheets: not available, not applicable, confidential, low reliability.
_NOT_KNOWN = {"", "[x]", "[z]", "[c]", "[u]", "[w]", "..", ":", "-", "–", "n/a", "na", "not available"}
_MARKS = re.compile(r"\[[^\]]*\]|\([^)]*\)|[*†‡]")  # notes beside a number, a date or a heading
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? ", re.IGNORECASE)
_SUNDAY = 6  # of date.weekday()


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with one series: where it stands, and which column holds what."""

    where: str
    period: str  # day or week
    heading: int  # its row
    columns: dict[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # under the heading


def read_crossings(path: Path) -> Crossings:
    """
    Read the daily and the weekly series of arrivals.

    The tables are found by the headings of their columns, in any sheet and under any title and notes. Rows run from
    the oldest to the newest or the other way. Nothing is filled in: a figure of arrivals that is missing is an error; a
    figure of preventions that is not published is not a number.

    Parameters
    ----------
    path : Path
        The Home Office's time series (.ods), or one of its tables (.csv). [1]

    Returns
    -------
    Crossings
        Each series that the file holds.

    Raises
    ------
    BadFile
        If a column is not found, a day or week is missing, twice or out of order, or a figure is none.

    References
    ----------
    Home Office and Border Force, Migrants detected crossing the English Channel in small boats, time series (OGL v3.0).

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mine.csv"
    >>> _ = path.write_text("Date,Migrants arrived,Boats arrived\\n30/12/2024,0,0\\n31/12/2024 [r],\\"1,040\\",20\\n")
    >>> found = read_crossings(path)
    >>> found.daily.days, found.daily.people, found.weekly
    (array(['2024-12-30', '2024-12-31'], dtype='datetime64[D]'), array([   0., 1040.]), None)
    """
    sheets = read_sheets(path)
    tables = [table for sheet in sheets if (table := _table(path, sheet))]
    if not tables:
        raise BadFile(_nothing(path, sheets))
    daily, weekly = (_only(path, period, tables) for period in ("day", "week"))
    return Crossings(
        None if daily is None else _daily(daily),
        None if weekly is None else _weekly(weekly),
    )


def _where(path: Path, sheet: Sheet) -> str:
    return f"{path}, sheet {sheet.name!r}" if sheet.name else str(path)


def _heading(cell: str) -> str:
    return " ".join(_MARKS.sub(" ", cell.lower()).replace("_", " ").split()).rstrip(":")


def _meanings(cells: tuple[str, ...]) -> list[tuple[str, int]]:
    """What each cell means as a heading, and its place."""
    headings = [_heading(cell) for cell in cells]
    return [(name, place) for place, one in enumerate(headings) for name, known in _NAMES.items() if one in known]


def _table(path: Path, sheet: Sheet) -> _Table | None:
    """The series in a sheet, or none if it has no row that reads like the heading of one."""
    for place, (number, cells) in enumerate(sheet.rows):
        found = _meanings(cells)
        names = [name for name, _ in found]
        if len({*names} & {"day", "week", "people", "boats"}) < 2:
            continue
        if any(_heading(cell) in _OTHER_PERIODS for cell in cells) and not {"day", "week"} & {*names}:
            return None
        where = f"{_where(path, sheet)}, row {number},"
        columns = dict(found)
        if len(columns) < len(found):
            twice = next(name for name in names if names.count(name) > 1)
            both = " and ".join(repr(cells[at]) for name, at in found if name == twice)
            raise BadFile(f"{where} has two columns for the {_said(twice)}, {both}; keep one.")
        if "day" in columns and "week" in columns:
            raise BadFile(f"{where} has both a column of dates and one of weeks; keep the one that the figures are of.")
        period = "day" if "day" in columns else "week"
        for name in (period if {"day", "week"} & {*names} else "day", "people", "boats"):
            if name not in columns:
                raise BadFile(_missing(where, name, cells))
        return _Table(_where(path, sheet), period, number, columns, sheet.rows[place + 1 :])
    return None


def _said(name: str) -> str:
    return _WORDS.get(name, name.replace("_", " "))


def _missing(where: str, name: str, cells: tuple[str, ...]) -> str:
    wanted = _NAMES[name][0] if name != "day" else "date' or 'week ending"
    shown = ", ".join(repr(cell) for cell in cells if cell)
    return f"{where} has no column of the {_said(name)}: the columns are {shown}; name it {wanted!r}.".replace('"', "'")


def _nothing(path: Path, sheets: tuple[Sheet, ...]) -> str:
    for sheet in sheets:
        for number, cells in sheet.rows:
            found = dict(_meanings(cells))
            if {"day", "week"} & {*found} and sum(map(bool, cells)) > 1:
                return _missing(f"{_where(path, sheet)}, row {number},", "people", cells)
    names = ", ".join(repr(sheet.name) for sheet in sheets if sheet.name)
    place = f"in any of its sheets ({names})" if names else "in any of its rows"
    return (
        f"{path} has no headings 'date' (or 'week ending'), 'migrants arrived' and 'boats arrived' {place}; add them."
    )


def _only(path: Path, period: str, tables: list[_Table]) -> _Table | None:
    found = [table for table in tables if table.period == period]
    named = [table for table in found if _SHEETS[period] in table.where.lower().replace(" ", "_")]
    found = named if len(named) == 1 else found
    if len(found) > 1:
        both = " and ".join(table.where.removeprefix(f"{path}, ") for table in found[:2])
        raise BadFile(f"{path} has two tables by {period}, {both}; keep one.")
    return found[0] if found else None


def _daily(table: _Table) -> Daily:
    rows = _rows(table, step=1)
    people, boats = (_counts(table, rows, name) for name in ("people", "boats"))
    _check_boats(table, rows, people, boats)
    return Daily(np.array([day for day, _, _ in rows], dtype="datetime64[D]"), people, boats)


def _weekly(table: _Table) -> Weekly:
    rows = _rows(table, step=7)  # days in a week
    for day, number, _ in rows:
        if day.weekday() != _SUNDAY:
            raise BadFile(
                f"{table.where}, row {number}, has a week that ends on {day:%A %Y-%m-%d}; "
                "weeks of the series end on Sundays: mend the date."
            )
    people, boats = (_counts(table, rows, name) for name in ("people", "boats"))
    _check_boats(table, rows, people, boats)
    prevented = [
        _counts(table, rows, name) if name in table.columns else np.full(len(rows), np.nan)
        for name in ("people_prevented", "events_prevented")
    ]
    return Weekly(np.array([day for day, _, _ in rows], dtype="datetime64[D]"), people, boats, *prevented)


_Row = tuple[date, int, tuple[str, ...]]


def _rows(table: _Table, step: int) -> list[_Row]:
    """The dated rows, from the oldest to the newest, each ``step`` days after the one before."""
    column = table.columns[table.period]
    rows: list[_Row] = []
    for number, cells in table.rows:
        cell = cells[column] if column < len(cells) else ""
        others = [one for place, one in enumerate(cells) if one and place != column]
        if not others or cell.lower().startswith(("total", "note", "source")):
            if _date(cell) is None:  # a note under the table, or a total
                continue
            raise BadFile(f"{table.where}, row {number}, has a date ({cell}) and no figures; write them or delete it.")
        day = _date(cell)
        if day is None:
            raise BadFile(
                f"{table.where}, row {number}, has the date {cell!r}, which cannot be read; write 2024-01-31."
            )
        rows.append((day, number, cells))
    if not rows:
        raise BadFile(f"{table.where}, has headings in row {table.heading} and no rows under them; fetch it again.")
    if len(rows) > 1 and rows[0][0] > rows[-1][0]:
        rows.reverse()  # the newest first, as web pages have it
    for (before, above, _), (day, number, _) in pairwise(rows):
        _check_step(table, before, above, day, number, step)
    return rows


def _check_step(table: _Table, before: date, above: int, day: date, number: int, step: int) -> None:
    apart = (day - before).days
    if apart == 0:
        raise BadFile(f"{table.where}, has {day} twice, in rows {above} and {number}; keep one.")
    if apart < 0:
        raise BadFile(
            f"{table.where}, row {number}, has {day} after {before} (row {above}); put the rows in order of date."
        )
    if apart != step:
        missing = date.fromordinal(before.toordinal() + step)
        what = "day" if step == 1 else "week ending"
        raise BadFile(
            f"{table.where}, jumps from {before} (row {above}) to {day} (row {number}): the {what} {missing} is "
            "missing; add it, with 0 only if nobody arrived."
        )


def _date(cell: str) -> date | None:
    text = _WEEKDAY.sub("", _MARKS.sub(" ", cell).strip())
    text = " ".join(re.sub(r"[T ]00:00(:00)?(\.0+)?Z?$", "", text).split()).replace("Sept ", "Sep ")
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _counts(table: _Table, rows: list[_Row], name: str) -> NDArray[np.float64]:
    column = table.columns[name]
    return np.array([_count(table, number, day, cells, column, name) for day, number, cells in rows])


def _count(table: _Table, number: int, day: date, cells: tuple[str, ...], column: int, name: str) -> float:
    cell = cells[column] if column < len(cells) else ""
    where = f"{table.where}, row {number} ({day}),"
    if cell.lower() in _NOT_KNOWN:
        if name in ("people", "boats"):
            raise BadFile(f"{where} has no figure of {name} ({cell!r}); write it, or end the series before that row.")
        return float("nan")
    text = _MARKS.sub("", cell).replace(" ", "")
    if not re.fullmatch(r"[-−+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", text):
        raise BadFile(f"{where} has {cell!r} for {_said(name)}, which is no number; write a whole number.")
    value = float(text.replace(",", "").replace("−", "-"))
    if value < 0:
        raise BadFile(f"{where} has {cell} for {_said(name)}; a count is never negative: mend it.")
    if value != int(value):
        raise BadFile(f"{where} has {cell} for {_said(name)}; a count is a whole number: mend it.")
    return value


def _check_boats(table: _Table, rows: list[_Row], people: NDArray[np.float64], boats: NDArray[np.float64]) -> None:
    """Nobody arrives by small boat without one; a boat without people can be found."""
    without = np.flatnonzero((people > 0) & (boats == 0))
    if without.size:
        day, number, _ = rows[int(without[0])]
        raise BadFile(
            f"{table.where}, row {number} ({day}), has {people[without[0]]:.0f} people and no boat; "
            "mend one of the two."
        )
