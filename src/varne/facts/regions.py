"""The limits of the waters of the strait, as far as they were read: lines between States, and breadths."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact
from varne.evidence import GRADES
from varne.units import in_si

STATES = ("uk", "fr", "be", "nl")
_COMMON = ("says", "uncertainty", "source", "grade", "date")


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A line between the waters of two States, with the State on its left and on its right hand."""

    name: str
    says: str
    points: tuple[tuple[float, float], ...]  # latitude and longitude, WGS 84 [deg]
    left: str
    right: str
    uncertainty: float  # [m]
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Breadth:
    """A distance that makes a limit."""

    name: str
    says: str
    value: float  # [m]
    uncertainty: float  # [m]
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything that is known of limits."""

    lines: Mapping[str, LimitLine]
    breadths: Mapping[str, Breadth]
    banks: Mapping[str, tuple[tuple[float, float], ...]]  # that dry, by State: latitude and longitude [deg]
    rescue_centres: Mapping[str, str]  # by State


def read_limits(tables: Mapping[str, Any]) -> Limits:
    """
    Read the limits from their tables.

    Parameters
    ----------
    tables : mapping
        ``lines``, ``breadths``, ``banks`` and ``rescue_centres``. [1]

    Returns
    -------
    Limits
        Checked.

    Raises
    ------
    BadFact
        If anything is missing or impossible.

    Examples
    --------
    >>> read_limits({"lines": {"x": {"says": "y"}}, "breadths": {}, "banks": {}})
    Traceback (most recent call last):
    varne.errors.BadFact: Limit x has no uncertainty; add uncertainty = ...
    """
    own = {"lines": ("points", "left", "right"), "breadths": ("value", "unit"), "banks": ("points", "state")}
    for name, row, keys in ((name, row, keys) for kind, keys in own.items() for name, row in tables[kind].items()):
        for key in (*_COMMON, *keys):
            if key not in row or row[key] in ("", []):
                raise BadFact(f"Limit {name} has no {key}; add {key} = ...")
        if row["grade"] not in GRADES:
            raise BadFact(f"Limit {name} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
        if not row["uncertainty"] > 0:
            raise BadFact(f"Limit {name} has uncertainty {row['uncertainty']!r}; write metres above 0.")
    for name, row in tables["lines"].items():
        if row["left"] not in STATES or row["right"] not in STATES:
            raise BadFact(f"Limit {name} parts {row['left']!r} and {row['right']!r}; write two of {', '.join(STATES)}.")
    lines = {
        name: LimitLine(
            name, row["says"], tuple((float(latitude), float(longitude)) for latitude, longitude in row["points"]),
            row["left"], row["right"], float(row["uncertainty"]), row["source"], row["grade"],
        )
        for name, row in tables["lines"].items()
    }  # fmt: skip
    breadths = {
        name: Breadth(
            name, row["says"], in_si(row["value"], row["unit"]), float(row["uncertainty"]), row["source"], row["grade"]
        )
        for name, row in tables["breadths"].items()
    }
    banks = {
        state: tuple(
            (float(latitude), float(longitude))
            for row in tables["banks"].values()
            if row["state"] == state
            for latitude, longitude in row["points"]
        )
        for state in STATES
    }
    return Limits(lines, breadths, banks, dict(tables["rescue_centres"]))


@cache
def limits_at_sea() -> Limits:
    """
    Read the limits that Varne ships.

    Returns
    -------
    Limits

    Examples
    --------
    >>> limits_at_sea().breadths["territorial_sea"].value
    22224.0
    """
    return read_limits(tomllib.loads(resources.files("varne.facts").joinpath("regions.toml").read_text("utf-8")))
