"""The climate tables: monthly means and roses, each with source and grade."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFact, UnknownName
from varne.units import in_si

_GRADES = ("measured", "published", "derived", "elicited", "assumed")
_FILES = ("climate.toml", "weather.toml")
_KEYS = ("says", "unit", "source", "grade", "values")


@dataclass(frozen=True, slots=True)
class ClimateTable:
    """A few numbers about the climate, by month or by sector, with their evidence."""

    name: str
    says: str
    unit: str
    source: str
    grade: str
    values: NDArray[np.float64]  # in SI, temperatures in degrees Celsius


@cache
def climate_tables() -> dict[str, ClimateTable]:
    """
    Read every climate table.

    Returns
    -------
    dict of ClimateTable
        By name.

    Raises
    ------
    BadFact
        If a table lacks a source or has an unknown unit or grade.

    Examples
    --------
    >>> climate_tables()["sea_temperature"].values[1]
    np.float64(7.1)
    """
    rows: dict[str, dict[str, object]] = {}
    for file in _FILES:
        found = tomllib.loads(resources.files("varne.facts").joinpath(file).read_text(encoding="utf-8"))
        if twice := sorted(set(found) & set(rows)):
            raise BadFact(f"Climate table {twice[0]!r} stands twice in {' and '.join(_FILES)}; keep one.")
        rows.update(found)
    return {name: _table(name, row) for name, row in rows.items()}


def _table(name: str, row: dict[str, object]) -> ClimateTable:
    missing = [key for key in _KEYS if key not in row]
    if missing:
        raise BadFact(f"Climate table {name!r} lacks {', '.join(missing)}; write them in {_FILES[0]} or {_FILES[1]}.")
    if row["grade"] not in _GRADES:
        raise BadFact(f"Climate table {name!r} has grade {row['grade']!r}; write one of {', '.join(_GRADES)}.")
    numbers = row["values"]
    if not isinstance(numbers, list) or not numbers:
        raise BadFact(f"Climate table {name!r} has values {numbers!r}; write a list of numbers.")
    unit = str(row["unit"])
    values = np.array([in_si(float(number), unit) for number in numbers])
    return ClimateTable(name, str(row["says"]), unit, str(row["source"]), str(row["grade"]), values)


def climate_table(name: str) -> ClimateTable:
    """
    Look up one climate table.

    Parameters
    ----------
    name : str
        For example ``"wind_rose"``. [1]

    Returns
    -------
    ClimateTable
        Its values in SI.

    Raises
    ------
    UnknownName
        If there is none of this name.

    Examples
    --------
    >>> climate_table("wind_rose").values.shape
    (12,)
    >>> climate_table("rain")
    Traceback (most recent call last):
    varne.errors.UnknownName: Climate table 'rain' is not known; use one of active_after_active, ...
    """
    tables = climate_tables()
    if name not in tables:
        raise UnknownName(f"Climate table {name!r} is not known; use one of {', '.join(sorted(tables))}.")
    return tables[name]
