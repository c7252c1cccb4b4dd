"""Quantities as people write them in a scenario: '12 kn', 'WSW 12 kn', '0.8 m 4 s'."""

import re

from varne.earth import DEGREE
from varne.errors import BadFact, BadScenario
from varne.facts.limits import limits
from varne.units import dimension, in_si

POINTS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
_POINT = 22.5  # degrees between two of sixteen points, exact
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_QUANTITY = re.compile(rf"^\s*({_NUMBER})\s*([^\d\s].*?)?\s*$")
_WIND = re.compile(rf"^\s*(?:([NESW]{{1,3}})|({_NUMBER})\s*(?:deg|°)?)\s+({_NUMBER})\s*(\S+)\s*$", re.IGNORECASE)
_SWELL = re.compile(
    rf"^\s*(?:([NESW]{{1,3}})|({_NUMBER})\s*(?:deg|°)?)\s+({_NUMBER})\s*([^\d\s,/]+)[\s,/]+({_NUMBER})\s*s\s*$",
    re.IGNORECASE,
)
_WAVES = re.compile(rf"^\s*({_NUMBER})\s*([^\d\s,/]+)?(?:[\s,/]+({_NUMBER})\s*s)?\s*$", re.IGNORECASE)


def quantity(field: str, value: object, unit: str) -> float:
    """
    Read a quantity and check it against the limits of its field.

    Parameters
    ----------
    field : str
        Name of the field and of its limits. [1]
    value : object
        A number in ``unit``, or text with a unit. [unit]
    unit : str
        The unit of a bare number. [1]

    Returns
    -------
    float
        [SI]

    Raises
    ------
    BadScenario
        If it cannot be read, or lies outside the limits.

    Examples
    --------
    >>> quantity("length", "9 m", "m")
    9.0
    >>> quantity("water", 50, "degC")
    Traceback (most recent call last):
    varne.errors.BadScenario: water is 50; write a value from -1 to 26 degC. (Water temperature in the Channel.)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadScenario(f"{field} is {value!r}; write a number of {unit}.")
    match = _QUANTITY.match(str(value))
    if not match:
        raise BadScenario(f"{field} is {value!r}, which is no quantity; write it as '{limits()[field].high} {unit}'.")
    written = (match[2] or unit).replace("°C", "degC").replace("C", "degC").replace("degdegC", "degC")
    return within(field, _in_si(field, value, float(match[1]), written, unit), value)


def within(field: str, amount: float, written: object) -> float:
    """
    Check an amount against the limits of its field.

    Parameters
    ----------
    field : str
        Name of the limits. [1]
    amount : float
        The amount. [SI]
    written : object
        As it was written, for the error. [unit]

    Returns
    -------
    float
        The amount. [SI]

    Raises
    ------
    BadScenario
        If it lies outside.

    Examples
    --------
    >>> within("length", 90.0, "90 m")
    Traceback (most recent call last):
    varne.errors.BadScenario: length is '90 m'; write a value from 3 to 20 m. (Length of a small boat; ...)
    """
    limit = limits()[field]
    if not limit.holds(amount):
        raise BadScenario(
            f"{field} is {written!r}; write a value from {limit.low} to {limit.high} {limit.unit}. ({limit.says}.)"
        )
    return amount


def wind(value: object) -> tuple[float, float]:
    """
    Read a wind: where it blows from, and its mean speed at 10 m.

    Parameters
    ----------
    value : object
        Text such as ``"WSW 12 kn"`` or ``"250 6 m/s"``. [unit]

    Returns
    -------
    tuple of float
        Speed [m/s]; bearing it blows from, clockwise from north [rad].

    Raises
    ------
    BadScenario
        If it cannot be read.

    Examples
    --------
    >>> speed, blows_from = wind("W 10 kn")
    >>> round(speed, 2), round(blows_from / DEGREE)
    (5.14, 270)
    """
    match = _WIND.match(value) if isinstance(value, str) else None
    if not match or (match[1] and match[1].upper() not in POINTS):
        raise BadScenario(f"wind is {value!r}; write where it blows from and its speed, as 'WSW 12 kn' or '250 6 m/s'.")
    bearing = _bearing("wind", value, match)
    return within("wind", _in_si("wind", value, float(match[3]), match[4], "kn"), value), bearing


def waves(value: object) -> tuple[float, float | None]:
    """
    Read waves: significant height, and peak period if given.

    Parameters
    ----------
    value : object
        Text such as ``"0.8 m"`` or ``"0.8 m 4 s"``, or a number of metres. [unit]

    Returns
    -------
    tuple of float
        Height [m]; period [s] or None.

    Raises
    ------
    BadScenario
        If it cannot be read.

    Examples
    --------
    >>> waves("0.8 m 4 s")
    (0.8, 4.0)
    >>> waves(1)
    (1.0, None)
    """
    match = _WAVES.match(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    if not match:
        raise BadScenario(f"waves is {value!r}; write the significant height and perhaps the period, as '0.8 m 4 s'.")
    height = within("waves", _in_si("waves", value, float(match[1]), match[2] or "m", "m"), value)
    return height, None if match[3] is None else within("period", float(match[3]), value)


def swell(value: object) -> tuple[float, float, float]:
    """
    Read a swell: where it comes from, its significant height and its peak period.

    Parameters
    ----------
    value : object
        Text such as ``"WSW 0.5 m 9 s"``. [unit]

    Returns
    -------
    tuple of float
        Height [m]; period [s]; bearing it comes from, clockwise from north [rad].

    Raises
    ------
    BadScenario
        If it cannot be read.

    Examples
    --------
    >>> height, period, comes_from = swell("W 0.5 m 9 s")
    >>> height, period, round(comes_from / DEGREE)
    (0.5, 9.0, 270)
    """
    match = _SWELL.match(value) if isinstance(value, str) else None
    if not match or (match[1] and match[1].upper() not in POINTS):
        raise BadScenario(f"swell is {value!r}; write where it comes from, height and period, as 'WSW 0.5 m 9 s'.")
    bearing = _bearing("swell", value, match)
    height = within("waves", _in_si("waves", value, float(match[3]), match[4], "m"), value)
    return height, within("period", float(match[5]), value), bearing


def write_wind(speed: float, blows_from: float) -> str:
    """
    Write a wind so that :func:`wind` reads the same.

    Parameters
    ----------
    speed : float
        Mean at 10 m. [m/s]
    blows_from : float
        Clockwise from north. [rad]

    Returns
    -------
    str

    Examples
    --------
    >>> write_wind(*wind("W 10 kn"))
    '270.0 deg 5.144444444444445 m/s'
    """
    return f"{blows_from / DEGREE!r} deg {speed!r} m/s"


def write_swell(height: float, period: float, comes_from: float) -> str:
    """
    Write a swell so that :func:`swell` reads the same.

    Parameters
    ----------
    height : float
        Significant. [m]
    period : float
        Of the peak. [s]
    comes_from : float
        Clockwise from north. [rad]

    Returns
    -------
    str

    Examples
    --------
    >>> write_swell(*swell("W 0.5 m 9 s"))
    '270.0 deg 0.5 m 9.0 s'
    """
    return f"{comes_from / DEGREE!r} deg {height!r} m {period!r} s"


def _bearing(field: str, value: object, match: re.Match[str]) -> float:
    """A point of the compass, or degrees: where wind or swell comes from. [rad]"""
    degrees = POINTS.index(match[1].upper()) * _POINT if match[1] else float(match[2])
    if not 0 <= degrees <= 360:
        raise BadScenario(f"{field} is {value!r}; write a bearing from 0 to 360 degrees.")
    return degrees % 360 * DEGREE


def _in_si(field: str, written: object, number: float, unit: str, expected: str) -> float:
    try:
        if dimension(unit) == dimension(expected):
            return in_si(number, unit)
    except BadFact:
        pass
    raise BadScenario(f"{field} is {written!r}, in {unit!r}; write it in {expected}.")
