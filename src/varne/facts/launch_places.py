"""Where boats leave the continent, how they were met at sea, and where a policy's lifeboats would lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact
from varne.evidence import GRADES

_KEYS = ("says", "latitude", "longitude", "share", "source", "grade", "date")


@dataclass(frozen=True, slots=True)
class LaunchPlace:
    """A stretch of beach; north and east are positive. [deg]"""

    name: str
    says: str
    latitude: float
    longitude: float
    share: float  # of the launches, before it is scattered [1]
    source: str
    grade: str

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any]) -> "LaunchPlace":
        """
        Read one place from its table.

        Parameters
        ----------
        name : str
            For example ``"gravelines"``. [1]
        row : mapping
            ``says, latitude, longitude, share, source, grade, date``. [deg, 1]

        Returns
        -------
        LaunchPlace
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown or impossible.

        Examples
        --------
        >>> LaunchPlace.read("creek", {"says": "A creek"})
        Traceback (most recent call last):
        varne.errors.BadFact: Launch place creek has no latitude; add latitude = ...
        """
        for key in _KEYS:
            if key not in row or row[key] == "":
                raise BadFact(f"Launch place {name} has no {key}; add {key} = ...")
        if extra := sorted(set(row) - set(_KEYS)):
            raise BadFact(f"Launch place {name} has a field {extra[0]!r}; the fields are {', '.join(_KEYS)}.")
        for key, most in (("latitude", 90.0), ("longitude", 180.0), ("share", 1.0)):
            number = row[key]
            if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) <= most:
                raise BadFact(f"Launch place {name} has {key} {number!r}; write a number up to {most:g}.")
        if row["share"] < 0.0:
            raise BadFact(f"Launch place {name} has share {row['share']}; write a number from 0 to 1.")
        if row["grade"] not in GRADES:
            raise BadFact(f"Launch place {name} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
        latitude, longitude, share = (float(row[key]) for key in ("latitude", "longitude", "share"))
        return cls(name, str(row["says"]), latitude, longitude, share, str(row["source"]), str(row["grade"]))


@cache
def launch_places() -> Mapping[str, LaunchPlace]:
    """
    Read the launch places that Varne ships, from the Belgian border to the Baie de Somme.

    Returns
    -------
    mapping of str to LaunchPlace
        By name, from north-east to south.

    Raises
    ------
    BadFact
        If their shares do not add up to 1.

    Examples
    --------
    >>> list(launch_places())[0], list(launch_places())[-1]
    ('bray_dunes', 'somme')
    """
    places = {name: LaunchPlace.read(name, row) for name, row in _table("launch_places").items()}
    total = sum(place.share for place in places.values())
    if abs(total - 1.0) > 1e-6:
        raise BadFact(f"The shares of the launch places add up to {total:g}; they must add up to 1.")
    return places


@cache
def as_it_was() -> Mapping[str, Any]:
    """
    Read the time lines by which boats at sea were met, as it was.

    Returns
    -------
    mapping
        Rows by name, in the form of the shipped options.

    Examples
    --------
    >>> list(as_it_was())
    ['watched', 'escorted']
    """
    rows: Mapping[str, Any] = _table("responses")["options"]
    return rows


@cache
def rescue_posts() -> tuple[str, tuple[tuple[float, float], ...]]:
    """
    Read where lifeboats that a policy adds lie in wait at sea.

    Returns
    -------
    tuple
        Their class, and latitude and longitude in the order in which they are added. [deg]

    Examples
    --------
    >>> rescue_posts()[0]
    'severn'
    """
    table = _table("rescue_posts")
    return str(table["class"]), tuple((float(post["latitude"]), float(post["longitude"])) for post in table["posts"])


@cache
def facts_between_boats() -> tuple[str, ...]:
    """
    Name the facts that differ from boat to boat, rather than being unknown for all.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> "boat.speed" in facts_between_boats()
    True
    """
    return tuple(_table("between_boats")["differs"])


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("varne.facts").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
