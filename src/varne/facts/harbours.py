"""The harbours of the strait: where they lie and whose they are."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact, UnknownName
from varne.evidence import GRADES
from varne.facts.responders import COUNTRIES

_KEYS = ("says", "latitude", "longitude", "country", "source", "grade", "date")


@dataclass(frozen=True, slots=True)
class Harbour:
    """A harbour; north and east are positive. [deg]"""

    name: str
    says: str
    latitude: float
    longitude: float
    country: str
    source: str
    grade: str
    date: str

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any]) -> "Harbour":
        """
        Read one harbour from its table.

        Parameters
        ----------
        name : str
            For example ``"dover"``. [1]
        row : mapping
            ``says, latitude, longitude, country, source, grade, date``. [deg]

        Returns
        -------
        Harbour
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown or off the globe.

        Examples
        --------
        >>> Harbour.read("creek", {"says": "A creek"})
        Traceback (most recent call last):
        varne.errors.BadFact: Harbour creek has no latitude; add latitude = ...
        """
        for key in _KEYS:
            if key not in row or row[key] == "":
                raise BadFact(f"Harbour {name} has no {key}; add {key} = ...")
        if extra := sorted(set(row) - set(_KEYS)):
            raise BadFact(f"Harbour {name} has a field {extra[0]!r}; the fields are {', '.join(_KEYS)}.")
        for key, most in (("latitude", 90.0), ("longitude", 180.0)):
            degrees = row[key]
            if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not abs(degrees) <= most:
                raise BadFact(f"Harbour {name} has {key} {degrees!r}; write degrees from {-most:.0f} to {most:.0f}.")
        for key, known in (("country", COUNTRIES), ("grade", GRADES)):
            if row[key] not in known:
                raise BadFact(f"Harbour {name} has {key} {row[key]!r}; write one of {', '.join(known)}.")
        place = float(row["latitude"]), float(row["longitude"])
        return cls(name, str(row["says"]), *place, *(str(row[key]) for key in ("country", "source", "grade", "date")))


@cache
def harbours() -> Mapping[str, Harbour]:
    """
    Read the harbours that Varne ships.

    Returns
    -------
    mapping of str to Harbour
        By name, in the order of the file.

    Examples
    --------
    >>> harbours()["calais"].country
    'fr'
    """
    text = resources.files("varne.facts").joinpath("harbours.toml").read_text(encoding="utf-8")
    return {name: Harbour.read(name, row) for name, row in tomllib.loads(text).items()}


def harbour(name: str) -> Harbour:
    """
    Find a harbour by its name.

    Parameters
    ----------
    name : str
        For example ``"dover"``. [1]

    Returns
    -------
    Harbour

    Raises
    ------
    UnknownName
        If there is none.

    Examples
    --------
    >>> harbour("clais")
    Traceback (most recent call last):
    varne.errors.UnknownName: Harbour 'clais' is not known; did you mean 'calais'?
    """
    known = harbours()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"the harbours are {', '.join(known)}."
        raise UnknownName(f"Harbour {name!r} is not known; {remedy}")
    return known[name]
