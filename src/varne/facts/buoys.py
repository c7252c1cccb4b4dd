"""Buoys and light vessels that are known by name: where they lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from varne.errors import BadFact
from varne.evidence import GRADES

_KEYS = ("says", "latitude", "longitude", "source", "grade", "date")


@dataclass(frozen=True, slots=True)
class Buoy:
    """A moored station; north and east are positive. [deg]"""

    name: str
    says: str
    latitude: float
    longitude: float
    source: str
    grade: str
    date: str

    @classmethod
    def read(cls, name: str, row: Mapping[str, object]) -> "Buoy":
        """
        Read one buoy from its table.

        Parameters
        ----------
        name : str
            For example ``"62304"``. [1]
        row : mapping
            ``says, latitude, longitude, source, grade, date``. [deg]

        Returns
        -------
        Buoy
            Checked.

        Raises
        ------
        BadFact
            If anything is missing or off the globe.

        Examples
        --------
        >>> Buoy.read("62304", {"says": "Sandettie"})
        Traceback (most recent call last):
        varne.errors.BadFact: Buoy 62304 has no latitude; add latitude = ...
        """
        for key in _KEYS:
            if key not in row or row[key] == "":
                raise BadFact(f"Buoy {name} has no {key}; add {key} = ...")
        if row["grade"] not in GRADES:
            raise BadFact(f"Buoy {name} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
        for key, most in (("latitude", 90.0), ("longitude", 180.0)):
            degrees = row[key]
            if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not abs(degrees) <= most:
                raise BadFact(f"Buoy {name} has {key} {degrees!r}; write degrees from {-most:.0f} to {most:.0f}.")
        place = float(str(row["latitude"])), float(str(row["longitude"]))
        return cls(name, str(row["says"]), *place, str(row["source"]), str(row["grade"]), str(row["date"]))


@cache
def buoys() -> Mapping[str, Buoy]:
    """
    Read the buoys that Varne knows.

    Returns
    -------
    mapping of str to Buoy
        By name, in the order of the file.

    Examples
    --------
    >>> buoys()["62304"].says
    'Sandettie light vessel'
    """
    rows = tomllib.loads(resources.files("varne.facts").joinpath("buoys.toml").read_text(encoding="utf-8"))
    return {name: Buoy.read(name, row) for name, row in rows.items()}
