"""Who answers a call: classes of vessels and aircraft, and the stations where they lie."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact, UnknownName
from varne.evidence import GRADES, Fact, check_same_dimension

# What is known of every class, with a unit of the right dimension.
NUMBERS = {
    "speed": "kn",
    "wave_limit": "m",
    "readiness_day": "min",
    "readiness_night": "min",
    "capacity": "people",
    "recovery_rate": "people/min",
    "lift_rate": "people/min",
    "crew": "people",
    "eye_height": "ft",
    "reach": "nmi",
}
COUNTRIES = ("uk", "fr", "be")
_STATION_KEYS = {
    "says", "latitude", "longitude", "country", "vessels", "operator", "source", "grade", "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VesselClass:
    """A usual class of vessel or aircraft; ``numbers`` has each of :data:`NUMBERS` as a fact."""

    name: str
    says: str
    operator: str
    attends: bool  # whether it can stay by a small boat that nobody has called for
    numbers: Mapping[str, Fact]

    @classmethod
    def read(cls, name: str, table: Mapping[str, Any]) -> "VesselClass":
        """
        Read one class from its table.

        Parameters
        ----------
        name : str
            For example ``"severn"``. [1]
        table : mapping
            ``says``, ``operator``, ``attends`` (true unless said) and a table for each of :data:`NUMBERS`. [unit]

        Returns
        -------
        VesselClass
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown, negative, or in a unit that measures something else.

        Examples
        --------
        >>> VesselClass.read("punt", {"says": "A flat boat", "operator": "Whoever is near"})
        Traceback (most recent call last):
        varne.errors.BadFact: Vessel class punt has no speed; add a table [punt.speed].
        """
        for key in ("says", "operator"):
            if not str(table.get(key, "")).strip():
                raise BadFact(f"Vessel class {name} has no {key}; add {key} = ...")
        rows = {key: row for key, row in table.items() if key not in ("says", "operator", "attends")}
        for key in (*NUMBERS, *rows):
            if key not in NUMBERS:
                raise BadFact(f"Vessel class {name} has {key!r}; the numbers are {', '.join(NUMBERS)}.")
            if not isinstance(rows.get(key), Mapping):
                raise BadFact(f"Vessel class {name} has no {key}; add a table [{name}.{key}].")
        numbers = {key: Fact.read(f"{name}.{key}", rows[key]) for key in NUMBERS}
        for key, fact in numbers.items():
            check_same_dimension(fact.name, fact.unit, NUMBERS[key])
            if fact.low <= 0:
                raise BadFact(f"Fact {fact.name} has low {fact.low}; it must be above 0.")
        return cls(name, str(table["says"]), str(table["operator"]), bool(table.get("attends", True)), numbers)


@dataclass(frozen=True, slots=True)
class Station:
    """A place where vessels or aircraft lie ready; north and east are positive. [deg]"""

    name: str
    says: str
    latitude: float
    longitude: float
    country: str
    vessels: tuple[VesselClass, ...]
    operator: str
    source: str
    grade: str
    date: str

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any], classes: Mapping[str, VesselClass]) -> "Station":
        """
        Read one station from its table.

        Parameters
        ----------
        name : str
            For example ``"dover"``. [1]
        row : mapping
            ``says, latitude, longitude, country, vessels, operator, source, grade, date``. [deg]
        classes : mapping of str to VesselClass
            The classes that ``vessels`` may name. [1]

        Returns
        -------
        Station
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown or off the globe.
        UnknownName
            If a vessel class is not known.

        Examples
        --------
        >>> Station.read("quay", {"says": "A quay"}, {})
        Traceback (most recent call last):
        varne.errors.BadFact: Station quay has no latitude; add latitude = ...
        """
        for key in ("says", "latitude", "longitude", "country", "vessels", "operator", "source", "grade", "date"):
            if key not in row or row[key] in ("", []):
                raise BadFact(f"Station {name} has no {key}; add {key} = ...")
        if extra := sorted(set(row) - _STATION_KEYS):
            raise BadFact(
                f"Station {name} has a field {extra[0]!r}; the fields are {', '.join(sorted(_STATION_KEYS))}."
            )
        for key, most in (("latitude", 90.0), ("longitude", 180.0)):
            degrees = row[key]
            if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not abs(degrees) <= most:
                raise BadFact(f"Station {name} has {key} {degrees!r}; write degrees from {-most:.0f} to {most:.0f}.")
        if row["country"] not in COUNTRIES:
            raise BadFact(f"Station {name} has country {row['country']!r}; write one of {', '.join(COUNTRIES)}.")
        if row["grade"] not in GRADES:
            raise BadFact(f"Station {name} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
        vessels = tuple(vessel_class(str(vessel), classes) for vessel in row["vessels"])
        place = float(row["latitude"]), float(row["longitude"])
        words = [str(row[key]) for key in ("operator", "source", "grade", "date")]
        return cls(name, str(row["says"]), *place, str(row["country"]), vessels, *words)


def vessel_class(name: str, classes: Mapping[str, VesselClass]) -> VesselClass:
    """
    Find a class by its name.

    Parameters
    ----------
    name : str
        For example ``"severn"``. [1]
    classes : mapping of str to VesselClass
        Where to look, usually :func:`vessel_classes`. [1]

    Returns
    -------
    VesselClass

    Raises
    ------
    UnknownName
        If there is none.

    Examples
    --------
    >>> vessel_class("sevren", vessel_classes())
    Traceback (most recent call last):
    varne.errors.UnknownName: Vessel class 'sevren' is not known; did you mean 'severn'?
    """
    if name not in classes:
        near = difflib.get_close_matches(name, classes, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"the classes are {', '.join(classes)}."
        raise UnknownName(f"Vessel class {name!r} is not known; {remedy}")
    return classes[name]


@cache
def vessel_classes() -> Mapping[str, VesselClass]:
    """
    Read the classes that Varne ships.

    Returns
    -------
    mapping of str to VesselClass
        By name, in the order of the file.

    Examples
    --------
    >>> vessel_classes()["severn"].numbers["speed"].value
    25.0
    """
    return {name: VesselClass.read(name, table) for name, table in _tables("vessels.toml").items()}


@cache
def stations() -> Mapping[str, Station]:
    """
    Read the stations that Varne ships.

    Returns
    -------
    mapping of str to Station
        By name, in the order of the file.

    Examples
    --------
    >>> [vessel.name for vessel in stations()["dover"].vessels]
    ['severn']
    """
    classes = vessel_classes()
    return {name: Station.read(name, row, classes) for name, row in _tables("stations.toml").items()}


def _tables(file_name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("varne.facts").joinpath(file_name).read_text(encoding="utf-8"))
