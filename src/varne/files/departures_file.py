"""The tables of departures as files: TOML for season, weekdays and scatter, CSV for the levels by month."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFile
from varne.facts.departures import LEVELS, Departures, levels_beside

_LIST = 4  # decimals: a ten-thousandth of a logarithm is far below what is known


def write_departures(path: Path, table: Departures, *, source: str, date: str, days: str) -> None:
    """
    Write the tables of a fit, and the levels by month beside them.

    Parameters
    ----------
    path : Path
        Where; ends in .toml. [1]
    table : Departures
        The fit. [1]
    source : str
        From which series, with its licence. [1]
    date : str
        Of the fit, as 2026-11-25. [1]
    days : str
        First and last day fitted, in words. [1]

    Returns
    -------
    None

    Raises
    ------
    BadFile
        If the file cannot be written or is no .toml.

    Examples
    --------
    >>> write_departures(Path("x.txt"), None, source="", date="", days="")
    Traceback (most recent call last):
    varne.errors.BadFile: Tables of departures are written to a .toml file, not to x.txt; change its name.
    """
    if path.suffix != ".toml":
        raise BadFile(f"Tables of departures are written to a .toml file, not to {path}; change its name.")
    try:
        path.write_text(_toml(table, source, date, days), encoding="utf-8", newline="\n")
        levels_beside(path).write_text(_csv(table, source), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadFile(f"Tables of departures cannot be written to {path} ({error.strerror}); choose a place.") from None


def _toml(table: Departures, source: str, date: str, days: str) -> str:
    origin = f'source = "{source}; fitted, {days}"\ngrade = "derived"\ndate = {date}\n'
    parts = [
        "# Boats on a day on which any arrive, and people aboard; written by `varne season fit`. Natural logarithms.",
        "# The levels by month stand in the CSV beside it. Months run from January to December, weekdays from Monday.",
        _part("boats_season", "Logarithm of the factor of the month of the year on the boats of an active day", origin)
        + _row("values", table.boats_season)
        + _row("spreads", table.boats_season_spread),
        _part("boats_weekday", "Logarithm of the factor of the weekday on the boats of an active day, by year", origin)
        + f"first_year = {table.first_year}\nvalues = [\n"
        + "".join(f"    {_list(year)},\n" for year in table.boats_weekday)
        + "]\n",
        _part("dispersion", "Negative binomial k of the boats of an active day, before its zero is cut off", origin)
        + f"value = {table.dispersion:.4f}\nlog_spread = {table.dispersion_log_spread:.4f}\n",
        _part("boats_walk", "How the logarithm of the level, free of season, goes on from month to month", origin)
        + f"innovation = {table.boats_innovation:.4f}\nkept = {table.boats_kept:.4f}\n"
        + f"middle = {table.boats_middle:.4f}\nmiddle_spread = {table.boats_middle_spread:.4f}\n",
        _part("load_season", "Logarithm of the factor of the month of the year on the people per boat", origin)
        + _row("values", table.load_season)
        + _row("spreads", table.load_season_spread),
        _part("load_walk", "How the logarithm of the mean load goes on: a walk without return", origin)
        + f"innovation = {table.load_innovation:.4f}\n",
        "[load_spread]\n"
        'says = "Standard deviation of the people aboard, between boats of one month"\nunit = "people"\n'
        'source = "Home Office, boats by number of people on board, years to April 2022, 2023, 2024: normal about the'
        ' mean of the month, most likely 15, 11 and 12.5"\n'
        f'grade = "derived"\ndate = {date}\nvalue = {table.load_spread:.4g}\n',
    ]
    return "\n".join(parts)


def _part(name: str, says: str, origin: str) -> str:
    return f'[{name}]\nsays = "{says}"\nunit = "1"\n{origin}'


def _row(key: str, numbers: NDArray[np.float64]) -> str:
    return f"{key} = {_list(numbers)}\n"


def _list(numbers: NDArray[np.float64]) -> str:
    return "[" + ", ".join(f"{number + 0.0:.{_LIST}f}" for number in numbers) + "]"


def _csv(table: Departures, source: str) -> str:
    lines = [
        f"# {source}. Posterior by month: boats on an active day (logarithm of the mean of the negative binomial",
        "# distribution before its zero is cut off) and people per boat, with the season, without the weekday.",
        ",".join(("month", *LEVELS)),
    ]
    columns = [getattr(table, name) for name in LEVELS]
    for place in range(len(table.log_boats)):
        month = np.datetime64(table.first_month + place, "M")
        lines.append(",".join((str(month), *(f"{column[place]:.{_LIST}f}" for column in columns))))
    return "\n".join(lines) + "\n"
