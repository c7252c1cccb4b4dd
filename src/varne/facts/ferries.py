"""The ferry routes across the strait: where they run, how often, how wide they spread."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact
from varne.evidence import GRADES
from varne.units import DAY

_NUMBERS = ("sailings_per_day", "spread", "spread_at_harbour")
_KEYS = ("says", "waypoints", *_NUMBERS, "source", "grade", "date")


@dataclass(frozen=True, slots=True)
class FerryRoute:
    """A route that ferries sail both ways, about its middle line as a normal distribution."""

    name: str
    says: str
    waypoints: tuple[tuple[float, float], ...]  # latitude and longitude [deg]
    sailings: float  # of both directions together [1/s]
    spread: float  # standard deviation to each side, at sea [m]
    spread_at_harbour: float  # the same at both ends [m]
    source: str
    grade: str
    date: str

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any]) -> "FerryRoute":
        """
        Read one route from its table.

        Parameters
        ----------
        name : str
            For example ``"dover_calais"``. [1]
        row : mapping
            ``says, waypoints, sailings_per_day, spread, spread_at_harbour, source, grade, date``. [deg, 1/day, m]

        Returns
        -------
        FerryRoute
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown or impossible.

        Examples
        --------
        >>> FerryRoute.read("raft", {"says": "A raft"})
        Traceback (most recent call last):
        varne.errors.BadFact: Ferry route raft has no waypoints; add waypoints = ...
        """
        for key in _KEYS:
            if key not in row or row[key] in ("", []):
                raise BadFact(f"Ferry route {name} has no {key}; add {key} = ...")
        if extra := sorted(set(row) - set(_KEYS)):
            raise BadFact(f"Ferry route {name} has a field {extra[0]!r}; the fields are {', '.join(_KEYS)}.")
        for key in _NUMBERS:
            number = row[key]
            if isinstance(number, bool) or not isinstance(number, int | float) or not number > 0:
                raise BadFact(f"Ferry route {name} has {key} {number!r}; write a number above 0.")
        if row["grade"] not in GRADES:
            raise BadFact(f"Ferry route {name} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
        points = tuple(_waypoint(name, point) for point in row["waypoints"])
        if len(points) <= 1:
            raise BadFact(f"Ferry route {name} has {len(points)} waypoint; write two or more.")
        words = [str(row[key]) for key in ("source", "grade", "date")]
        spread, at_harbour = float(row["spread"]), float(row["spread_at_harbour"])
        return cls(name, str(row["says"]), points, row["sailings_per_day"] / DAY, spread, at_harbour, *words)


def _waypoint(name: str, point: object) -> tuple[float, float]:
    numbers = [one for one in point if isinstance(one, int | float)] if isinstance(point, list) else []
    if len(numbers) != 2 or not (abs(numbers[0]) <= 90.0 and abs(numbers[1]) <= 180.0):
        raise BadFact(f"Ferry route {name} has waypoint {point!r}; write [latitude, longitude] in degrees.")
    return float(numbers[0]), float(numbers[1])


@cache
def ferry_routes() -> Mapping[str, FerryRoute]:
    """
    Read the ferry routes that Varne ships.

    Returns
    -------
    mapping of str to FerryRoute
        By name, in the order of the file.

    Examples
    --------
    >>> round(sum(route.sailings for route in ferry_routes().values()) * 86400.0)
    119
    """
    text = resources.files("varne.facts").joinpath("ferries.toml").read_text(encoding="utf-8")
    return {name: FerryRoute.read(name, row) for name, row in tomllib.loads(text).items()}
