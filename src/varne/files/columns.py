"""Columns of a file of observations: what a heading means, in which unit, and what a cell says."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from varne.errors import BadFile
from varne.facts.limits import limits
from varne.units import FOOT, HOUR, KNOT

_DEGREE = math.pi / 180.0  # [rad]
_FAHRENHEIT, _FREEZING, _KELVIN = 5.0 / 9.0, 32.0, 273.15  # exact
# Each unit as files write it, small letters: what it measures, and how one becomes SI.
_UNITS: dict[str, tuple[str, Callable[[float], float]]] = {
    **dict.fromkeys(("m/s", "ms", "mps", "m s-1", "m.s-1", "m s^-1", "m*s-1"), ("speed", lambda x: x)),
    **dict.fromkeys(("kn", "kt", "kts", "knot", "knots"), ("speed", lambda x: x * KNOT)),
    **dict.fromkeys(("km/h", "kmh", "kph"), ("speed", lambda x: x * 1000.0 / HOUR)),
    **dict.fromkeys(("mph", "mi/h"), ("speed", lambda x: x * 1609.344 / HOUR)),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("length", lambda x: x)),
    "cm": ("length", lambda x: x / 100.0),
    **dict.fromkeys(("ft", "feet"), ("length", lambda x: x * FOOT)),
    **dict.fromkeys(("s", "sec", "second", "seconds"), ("time", lambda x: x)),
    **dict.fromkeys(
        ("deg", "degt", "degree", "degrees", "degrees_true", "deg true", "°", "°t"), ("angle", lambda x: x * _DEGREE)
    ),
    "rad": ("angle", lambda x: x),
    **dict.fromkeys(
        ("degc", "c", "°c", "celsius", "degree_celsius", "deg c", "degrees_c"), ("temperature", lambda x: x)
    ),
    **dict.fromkeys(("degf", "f", "°f", "fahrenheit"), ("temperature", lambda x: (x - _FREEZING) * _FAHRENHEIT)),
    **dict.fromkeys(("k", "kelvin", "degk"), ("temperature", lambda x: x - _KELVIN)),
}
# What each quantity measures, the unit of a heading that gives none (none: it must), its limit, and its names.
_QUANTITIES: dict[str, tuple[str, str, str, str]] = {
    "wind_speed": ("speed", "", "wind", r"(mean )?wind ?speed|wspd|wind|ws|ff"),
    "wind_from": (
        "angle", "deg", "", r"wind ?(from )?direction( from)?|wind from|wind dir|wdir|wd|dd",
    ),
    "wave_height": (
        "length", "", "waves",
        r"(significant )?wave ?height|significant wave height|sig wave height|hs|hm ?0|swh|wvht|vhm 0|vavh",
    ),
    "peak_period": ("time", "s", "period", r"(wave )?peak ?(wave )?period|(dominant|peak) wave period|tp|dpd|vtpk"),
    "waves_from": (
        "angle", "deg", "",
        r"(mean )?waves? ?(from )?direction( from)?|waves from|mean wave dir|wave dir|mwd|mdir|vmdir|vmdr",
    ),
    "water": ("temperature", "", "water", r"(sea )?water ?temp(erature)?|sea (surface )?temp(erature)?|water|sst|wtmp"),
    "air": ("temperature", "", "air", r"air ?temp(erature)?|air|atmp"),
    "latitude": ("angle", "deg", "", r"lat(itude)?"),
    "longitude": ("angle", "deg", "", r"lon(g|gitude)?|lng"),
    "time": ("", "", "", r"(date ?time|time ?stamp|time|date time|observation time|valid time|utc)( utc| gmt| z)?"),
    "date": ("", "", "", r"(date|day)( utc| gmt)?"),
    "station": ("", "", "", r"station( id| name)?|stn|platform|buoy|id"),
}  # fmt: skip
_AVERAGE = re.compile(r"^\d+ ?(hour|h|minute|min) mean ")
_HEIGHT = re.compile(r" (?:at )?(\d+(?:\.\d+)?) ?m$")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_WORDS_FOR_MISSING = {"", "mm", "nan", "na", "n/a", "null", "none", "-", "--", "---", "missing"}
_NUMBERS_FOR_MISSING = {99.0, 999.0, 9999.0}  # NDBC, measurement descriptions; other archives write them negative
_TURN = 360.0  # [deg], exact


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was understood; ``quantity`` is empty where the column is not used."""

    written: str
    quantity: str
    unit: str
    height: float | None = None  # of a wind above the sea [m]


def heading_of(written: str, origin: str) -> Heading:
    """
    Understand the heading of a column.

    Parameters
    ----------
    written : str
        For example ``"wind_speed [kn]"``, ``"Hs (m)"`` or ``"water_c"``. [1]
    origin : str
        The file's name, for the errors. [1]

    Returns
    -------
    Heading

    Raises
    ------
    BadFile
        If a unit that matters is missing, unknown, or measures something else.

    Examples
    --------
    >>> heading_of("Hs (m)", "a.csv").quantity, heading_of("1-hour mean wind speed at 90m(m/s)", "a.csv").height
    ('wave_height', 90.0)
    >>> heading_of("wind_speed", "a.csv")
    Traceback (most recent call last):
    varne.errors.BadFile: a.csv has a column 'wind_speed' without a unit; write it as 'wind_speed [m/s]' or ... [kn]'.
    """
    name, unit = _split(written)
    name, height = _height_in(_AVERAGE.sub("", name))
    for quantity, (dimension, usual, _, names) in _QUANTITIES.items():
        if re.fullmatch(names, name):
            if dimension == "":
                return Heading(written, quantity, unit)
            return Heading(written, quantity, _checked_unit(written, unit or usual, dimension, origin), height)
    return Heading(written, "", unit)


def in_unit(written: str, quantity: str, unit: str, origin: str) -> Heading:
    """
    Understand a heading whose quantity is known and whose unit stands on a line of its own.

    Parameters
    ----------
    written : str
        For example ``"WSPD"``. [1]
    quantity : str
        For example ``"wind_speed"``. [1]
    unit : str
        For example ``"m/s"``. [1]
    origin : str
        The file's name, for the errors. [1]

    Returns
    -------
    Heading

    Raises
    ------
    BadFile
        If the unit is unknown or measures something else.

    Examples
    --------
    >>> in_unit("WSPD", "wind_speed", "kts", "62304.txt").unit
    'kts'
    """
    return Heading(written, quantity, _checked_unit(written, unit, _QUANTITIES[quantity][0], origin))


def cell_in_si(cell: str, heading: Heading, where: str) -> float:
    """
    Read a cell of a column; NaN where nothing was measured.

    Nines that NDBC writes for missing values (99, 999, 9999, of either sign) are missing where the quantity cannot
    have that value; so is a peak period of 0, which a calm gives.

    Parameters
    ----------
    cell : str
        As written; a comma may stand for the decimal point. [unit of the column]
    heading : Heading
        Of its column. [1]
    where : str
        File and line, for the errors. [1]

    Returns
    -------
    float
        Directions from 0 to a turn. [SI]

    Raises
    ------
    BadFile
        If it is no number, or one that cannot be.

    Examples
    --------
    >>> wind = heading_of("wind_speed [m/s]", "a.csv")
    >>> cell_in_si("7,5", wind, "a.csv, line 2"), cell_in_si("99.0", wind, "a.csv, line 3")
    (7.5, nan)
    >>> cell_in_si("75", wind, "a.csv, line 4")
    Traceback (most recent call last):
    varne.errors.BadFile: a.csv, line 4, has 'wind_speed [m/s]' 75, which cannot be in the Channel (0 to 64 kn)...
    """
    text = cell.strip()
    if text.lower() in _WORDS_FOR_MISSING:
        return math.nan
    number = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _NUMBER.fullmatch(number):
        raise BadFile(f"{where}, has {heading.written!r} {text[:40]!r}, which is no number; mend or empty that cell.")
    plain = float(number)
    value = _UNITS[heading.unit.lower()][1](plain)
    possible, says = _possible(heading, plain, value)
    if possible:
        return value % (_TURN * _DEGREE) if heading.quantity in ("wind_from", "waves_from") else value
    if abs(plain) in _NUMBERS_FOR_MISSING or (heading.quantity == "peak_period" and value == 0.0):
        return math.nan
    raise BadFile(
        f"{where}, has {heading.written!r} {text[:40]}, which cannot be in the Channel ({says}); mend or empty that "
        "cell, or mend the unit in the heading."
    )


def _possible(heading: Heading, plain: float, value: float) -> tuple[bool, str]:
    limit = _QUANTITIES[heading.quantity][2]
    if limit:
        bound = limits()[limit]
        return bound.holds(value), f"{bound.low:g} to {bound.high:g} {bound.unit}"
    turns = value / (_TURN * _DEGREE)
    if heading.quantity in ("latitude", "longitude"):
        return abs(turns) <= (0.25 if heading.quantity == "latitude" else 1.0), "degrees north and east"
    return 0.0 <= turns <= 1.0 + 1e-12, "0 to 360 deg"


def _split(written: str) -> tuple[str, str]:
    """A name in small letters and single spaces, and the unit in brackets or after the last underscore."""
    match = re.fullmatch(r"\s*(.*?)\s*[\[(]([^\[\]()]*)[\])]\s*", written)
    name, unit = (match[1], match[2].strip()) if match else (written.strip(), "")
    if not match and (tail := re.fullmatch(r"(.+)_(ms|mps|kn|kts?|m|cm|ft|s|deg|degc|c|degf|f)", name, re.IGNORECASE)):
        name, unit = tail[1], tail[2].lower()
    name = re.sub(r"[\s_\-./]+", " ", name.lower()).strip()
    return re.sub(r"(?<=[a-z])(?=\d)", " ", name), unit


def _height_in(name: str) -> tuple[str, float | None]:
    match = _HEIGHT.search(name)
    return (name[: match.start()].strip(), float(match[1])) if match else (name, None)


def _checked_unit(written: str, unit: str, dimension: str, origin: str) -> str:
    usual = {"speed": ("m/s", "kn"), "length": ("m", "ft"), "temperature": ("degC", "degF")}
    first, second = usual.get(dimension, ("deg", "rad") if dimension == "angle" else ("s", "s"))
    if not unit:
        raise BadFile(
            f"{origin} has a column {written!r} without a unit; write it as '{written} [{first}]' or "
            f"'{written} [{second}]'."
        )
    if _UNITS.get(unit.lower(), ("", None))[0] != dimension:
        raise BadFile(f"{origin} has {written!r} in {unit!r}, which is no {dimension} known here; write {first}.")
    return unit
