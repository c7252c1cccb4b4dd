"""How many boats came on a day on which any came, and how full they were: tables fitted to the daily arrivals."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFact

MONTHS = 12  # of a year
WEEKDAYS = 7  # of a week
LEVELS = (
    "log_boats", "log_boats_spread", "log_boats_correlation", "log_load", "log_load_spread", "log_load_correlation",
)  # fmt: skip
# From least to most, by the last word of a field's name.
_BOUNDS = {
    "spread": (0.0, np.inf), "innovation": (0.0, np.inf), "correlation": (-1.0, 1.0), "kept": (0.0, 1.0),
    "dispersion": (np.finfo(np.float64).tiny, np.inf),
}  # fmt: skip
_SCALARS = (
    ("dispersion", "value"), ("dispersion", "log_spread"), ("boats_walk", "innovation"), ("boats_walk", "kept"),
    ("boats_walk", "middle"), ("boats_walk", "middle_spread"), ("load_walk", "innovation"), ("load_spread", "value"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Departures:
    """
    The boats that arrive on an active day and the people aboard, by month, as logarithms with normal errors.

    Boats follow a negative binomial distribution of which no day is zero; ``log_boats`` is the logarithm of its mean
    before the zero is cut off, with the season of that month in it and without the weekday.
    """

    first_month: int  # months since January 1970 [1]
    log_boats: NDArray[np.float64]  # (month,) posterior mean [1]
    log_boats_spread: NDArray[np.float64]  # (month,) posterior standard deviation [1]
    log_boats_correlation: NDArray[np.float64]  # (month,) of its error with that of the month before [1]
    log_load: NDArray[np.float64]  # (month,) people per boat, with its season [1]
    log_load_spread: NDArray[np.float64]  # (month,) [1]
    log_load_correlation: NDArray[np.float64]  # (month,) [1]
    boats_season: NDArray[np.float64]  # (12,) logarithm of the factor of each month of the year [1]
    boats_season_spread: NDArray[np.float64]  # (12,) [1]
    load_season: NDArray[np.float64]  # (12,) [1]
    load_season_spread: NDArray[np.float64]  # (12,) [1]
    first_year: int  # of the weekdays
    boats_weekday: NDArray[np.float64]  # (year, 7) logarithm of the factor of each weekday, Monday first [1]
    dispersion: float  # k: the variance is mean + mean² / k, before the zero is cut off [1]
    dispersion_log_spread: float  # standard deviation of its logarithm [1]
    boats_innovation: float  # of the logarithm of the level in months beyond the table, standard deviation [1]
    boats_kept: float  # share of its distance from its middle that the level keeps from month to month [1]
    boats_middle: float  # to which the level, free of season, returns, logarithm [1]
    boats_middle_spread: float  # [1]
    load_innovation: float  # of the logarithm of the mean load in months beyond the table, standard deviation [1]
    load_spread: float  # between boats, standard deviation [people]

    @property
    def last_month(self) -> int:
        """
        Return the last month of the table.

        Returns
        -------
        int
            Months since January 1970. [1]

        Examples
        --------
        >>> departures().last_month == (2024 - 1970) * 12 + 11
        True
        """
        return self.first_month + len(self.log_boats) - 1


def read_departures(tables: str, levels: str, origin: str) -> Departures:
    """
    Read the tables of a fit.

    Parameters
    ----------
    tables : str
        TOML: season, weekdays, dispersion, walk. [1]
    levels : str
        CSV, one row a month. [1]
    origin : str
        Name of the TOML file, for the errors. [1]

    Returns
    -------
    Departures

    Raises
    ------
    BadFact
        If anything is missing, of the wrong length or no number.

    Examples
    --------
    >>> read_departures("", "month", "my.toml")
    Traceback (most recent call last):
    varne.errors.BadFact: Departures file my.toml has no [boats_season] values; write it anew with varne season fit.
    """
    try:
        rows = tomllib.loads(tables)
    except tomllib.TOMLDecodeError as error:
        raise BadFact(f"Departures file {origin} is not TOML: {error}. Mend that line.") from None
    season = [
        _numbers(rows, origin, part, MONTHS) for part in (("boats_season", "values"), ("boats_season", "spreads"))
    ]
    season += [_numbers(rows, origin, part, MONTHS) for part in (("load_season", "values"), ("load_season", "spreads"))]
    weekdays = _numbers(rows, origin, ("boats_weekday", "values"), WEEKDAYS)
    first_year = int(_numbers(rows, origin, ("boats_weekday", "first_year"), None))
    scalars = [float(_numbers(rows, origin, part, None)) for part in _SCALARS]
    first_month, columns = _levels(levels, origin)
    table = Departures(
        first_month,
        *(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]),
        *(season[0], season[1], season[2], season[3]),
        first_year,
        np.atleast_2d(weekdays),
        *(scalars[0], scalars[1], scalars[2], scalars[3], scalars[4], scalars[5], scalars[6], scalars[7]),
    )
    _need_bounds(table, origin)
    return table


def _need_bounds(table: Departures, origin: str) -> None:
    """Refuse what no fit can give: a spread below zero, a correlation beyond one, a level that grows without end."""
    for one in fields(table):
        values = np.atleast_1d(getattr(table, one.name))
        low, high = _BOUNDS.get(one.name.rpartition("_")[2], (-np.inf, np.inf))
        outside = values[(values < low) | (values > high)]
        if outside.size:
            wanted = "above 0" if low > 0.0 else f"{low:g} or more" if np.isinf(high) else f"from {low:g} to {high:g}"
            raise BadFact(
                f"Departures file {origin} has {one.name} {outside[0]:g}, and it must be {wanted}; write it anew with "
                "varne season fit."
            )


def _numbers(rows: Mapping[str, Any], origin: str, part: tuple[str, str], length: int | None) -> NDArray[np.float64]:
    table, key = part
    within = rows.get(table)
    found = within.get(key) if isinstance(within, Mapping) else None
    if found is None:
        raise BadFact(f"Departures file {origin} has no [{table}] {key}; write it anew with varne season fit.")
    try:
        numbers = np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadFact(f"Departures file {origin} has [{table}] {key} {found!r}; write numbers.") from None
    if (
        not np.all(np.isfinite(numbers))
        or (numbers.ndim and numbers.shape[-1] != length)
        or (length and numbers.ndim not in ((1, 2) if table == "boats_weekday" else (1,)))
    ):
        raise BadFact(f"Departures file {origin} has [{table}] {key} {found!r}; write {length or 'one number'}.")
    return numbers


def _levels(text: str, origin: str) -> tuple[int, list[NDArray[np.float64]]]:
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    months = []
    for number, row in enumerate(rows, 1):
        try:
            months.append(int(np.datetime64(row["month"], "M").astype(np.int64)))
            numbers = [float(row[name]) for name in LEVELS]
        except (KeyError, TypeError, ValueError):
            raise BadFact(
                f"Levels beside {origin} cannot be read in row {number}; it needs month and {', '.join(LEVELS)}."
            ) from None
        if not np.all(np.isfinite(numbers)):
            raise BadFact(f"Levels beside {origin} have a number that is none in row {number}; write them anew.")
        if months[-1] != months[0] + number - 1:
            raise BadFact(f"Levels beside {origin} jump at {row['month']}; give every month once, in order.")
    if not months:
        raise BadFact(f"Levels beside {origin} are empty; write them anew with varne season fit.")
    return months[0], [np.array([float(row[name]) for row in rows]) for name in LEVELS]


def levels_beside(path: Path) -> Path:
    """
    Name the file of monthly levels that belongs to a file of tables.

    Parameters
    ----------
    path : Path
        TOML. [1]

    Returns
    -------
    Path

    Examples
    --------
    >>> levels_beside(Path("departures.toml")).name
    'departures_level.csv'
    """
    return path.with_name(f"{path.stem}_level.csv")


def read_user_departures(path: Path) -> Departures:
    """
    Read the tables that a user has fitted.

    Parameters
    ----------
    path : Path
        TOML written by ``varne season fit``, with its levels beside it. [1]

    Returns
    -------
    Departures

    Raises
    ------
    BadFact
        If either file cannot be read.

    Examples
    --------
    >>> read_user_departures(Path("nowhere.toml"))
    Traceback (most recent call last):
    varne.errors.BadFact: Departures file nowhere.toml cannot be read (No such file or directory); check its name.
    """
    return read_departures(*departures_texts(path), str(path))


def departures_texts(path: Path) -> tuple[str, str]:
    """
    Read the text of the tables that a user has fitted, and that of the levels beside them.

    Parameters
    ----------
    path : Path
        TOML written by ``varne season fit``, with its levels beside it. [1]

    Returns
    -------
    tables, levels : str

    Raises
    ------
    BadFact
        If either file cannot be read.

    Examples
    --------
    >>> departures_texts(Path("nowhere.toml"))
    Traceback (most recent call last):
    varne.errors.BadFact: Departures file nowhere.toml cannot be read (No such file or directory); check its name.
    """
    tables = _text(path)
    levels = levels_beside(path)
    if not levels.is_file():
        raise BadFact(
            f"Departures file {path} has no {levels.name} beside it; give the .toml that varne season fit has written."
        )
    return tables, _text(levels)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadFact(f"Departures file {path} is not UTF-8 text; write it anew with varne season fit.") from None
    except OSError as error:
        raise BadFact(f"Departures file {path} cannot be read ({error.strerror}); check its name.") from None


@cache
def departures() -> Departures:
    """
    Read the tables that Varne ships: months from 2019 to 2024.

    Returns
    -------
    Departures

    Examples
    --------
    >>> len(departures().log_boats)
    72
    """
    folder = resources.files("varne.facts")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in ("departures.toml", "departures_level.csv")]
    return read_departures(texts[0], texts[1], "departures.toml")
