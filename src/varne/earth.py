"""Positions on the Earth: reading them, distance and bearing, and the local plane on which boats move."""

import math
import re
from dataclasses import dataclass

from varne.compiled import compiled
from varne.errors import BadPosition

RADIUS = 6371008.8  # mean radius of the Earth [m], IUGG
DEGREE = math.pi / 180.0  # [rad]

_PART = r"(\d{1,3}(?:\.\d+)?)(?:[°\s]+(\d{1,2}(?:\.\d+)?))?(?:['′\s]+(\d{1,2}(?:\.\d+)?))?[\"″'′°\s]*"
_LETTERED = re.compile(rf"^\s*{_PART}([NS])[\s,;/]*{_PART}([EW])\s*$", re.IGNORECASE)
_DECIMAL = re.compile(r"^\s*([-+]?\d{1,2}(?:\.\d+)?)[\s,;/]+([-+]?\d{1,3}(?:\.\d+)?)\s*$")
_REMEDY = "write it as 51 03.0N 001 38.0E or 51.05, 1.6333 (latitude first)"


def _degrees(text: str, degrees: str, minutes: str | None, seconds: str | None) -> float:
    if (minutes and "." in degrees) or (seconds and "." in (minutes or "")):
        raise BadPosition(f"Position {text!r} has a decimal part before a smaller unit; {_REMEDY}.")
    if float(minutes or 0) >= 60 or float(seconds or 0) >= 60:
        raise BadPosition(f"Position {text!r} has 60 or more minutes or seconds; {_REMEDY}.")
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def parse_position(text: str) -> tuple[float, float]:
    """
    Read a position as seafarers and charts write it.

    Parameters
    ----------
    text : str
        Degrees, degrees and minutes, or degrees, minutes and seconds with N or S and E or W; or two decimal
        numbers, latitude first. [deg]

    Returns
    -------
    tuple of float
        Latitude and longitude, north and east positive. [deg]

    Raises
    ------
    BadPosition
        If the text cannot be read or lies off the globe.

    Examples
    --------
    >>> parse_position("51 03.0N 001 38.5E")
    (51.05, 1.6416666666666666)
    >>> parse_position("50°52'30\\"N, 0°6'W")
    (50.875, -0.1)
    >>> parse_position("51.05, 1.64")
    (51.05, 1.64)
    >>> parse_position("Dover")
    Traceback (most recent call last):
    varne.errors.BadPosition: Position 'Dover' cannot be read; write it as 51 03.0N 001 38.0E or 51.05, ...
    """
    if match := _LETTERED.match(text):
        latitude = _degrees(text, match[1], match[2], match[3]) * (-1 if match[4] in "sS" else 1)
        longitude = _degrees(text, match[5], match[6], match[7]) * (-1 if match[8] in "wW" else 1)
    elif match := _DECIMAL.match(text):
        latitude, longitude = float(match[1]), float(match[2])
    else:
        raise BadPosition(f"Position {text!r} cannot be read; {_REMEDY}.")
    return check_on_globe(latitude, longitude, text)


def check_on_globe(latitude: float, longitude: float, written: object) -> tuple[float, float]:
    """
    Refuse a position that is not on the globe.

    Parameters
    ----------
    latitude, longitude : float
        North and east positive. [deg]
    written : object
        As it was written, for the error. [deg]

    Returns
    -------
    tuple of float
        Latitude and longitude. [deg]

    Raises
    ------
    BadPosition
        If it lies off the globe.

    Examples
    --------
    >>> check_on_globe(95.0, 1.0, "95N 1E")
    Traceback (most recent call last):
    varne.errors.BadPosition: Position '95N 1E' lies off the globe; write it as 51 03.0N 001 38.0E or ...
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadPosition(f"Position {written!r} lies off the globe; {_REMEDY}.")
    return latitude, longitude


def format_position(latitude: float, longitude: float) -> str:
    """
    Write a position in degrees and decimal minutes.

    Parameters
    ----------
    latitude, longitude : float
        North and east positive. [deg]

    Returns
    -------
    str
        As on a chart, to 0.1 minute.

    Examples
    --------
    >>> format_position(51.05, -0.1)
    '51 03.0N 000 06.0W'
    """
    north, east = round(abs(latitude) * 600), round(abs(longitude) * 600)
    return (
        f"{north // 600:02d} {north % 600 / 10:04.1f}{'S' if latitude < 0 and north else 'N'} "
        f"{east // 600:03d} {east % 600 / 10:04.1f}{'W' if longitude < 0 and east else 'E'}"
    )


@dataclass(frozen=True, slots=True)
class Plane:
    """
    A plane that touches the Earth at a point; x runs east and y north, in metres.

    Within 60 km of its point distances are right to 0.5 %, which is less than a boat's course is known.
    """

    latitude: float
    longitude: float

    @property
    def metres_per_degree_north(self) -> float:
        """
        Length of a degree of latitude.

        Returns
        -------
        float
            [m/deg]

        Examples
        --------
        >>> round(Plane(51.0, 1.5).metres_per_degree_north)
        111195
        """
        return RADIUS * DEGREE

    @property
    def metres_per_degree_east(self) -> float:
        """
        Length of a degree of longitude at the plane's point.

        Returns
        -------
        float
            [m/deg]

        Examples
        --------
        >>> round(Plane(51.0, 1.5).metres_per_degree_east)
        69977
        """
        return RADIUS * DEGREE * math.cos(self.latitude * DEGREE)

    def to_plane(self, latitude: float, longitude: float) -> tuple[float, float]:
        """
        Bring a position onto the plane.

        Parameters
        ----------
        latitude, longitude : float
            North and east positive. [deg]

        Returns
        -------
        tuple of float
            x east and y north of the plane's point. [m]

        Examples
        --------
        >>> x, y = Plane(51.0, 1.5).to_plane(51.0, 1.6)
        >>> round(x), round(y)
        (6998, 0)
        """
        return (
            (longitude - self.longitude) * self.metres_per_degree_east,
            (latitude - self.latitude) * self.metres_per_degree_north,
        )

    def to_earth(self, x: float, y: float) -> tuple[float, float]:
        """
        Bring a point of the plane back to a position.

        Parameters
        ----------
        x, y : float
            East and north of the plane's point. [m]

        Returns
        -------
        tuple of float
            Latitude and longitude. [deg]

        Examples
        --------
        >>> Plane(51.0, 1.5).to_earth(0.0, 0.0)
        (51.0, 1.5)
        """
        return (
            self.latitude + y / self.metres_per_degree_north,
            self.longitude + x / self.metres_per_degree_east,
        )


@compiled
def distance(latitude_1, longitude_1, latitude_2, longitude_2):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the great-circle distance between two positions.

    Parameters
    ----------
    latitude_1, longitude_1, latitude_2, longitude_2 : float
        North and east positive. [deg]

    Returns
    -------
    float
        Right to 0.5 % (the Earth is taken as a sphere). [m]

    Examples
    --------
    >>> round(distance(51.1279, 1.3134, 50.9581, 1.8518) / 1852, 1)  # Dover to Calais, about 23 nautical miles
    22.7
    """
    north = math.sin((latitude_2 - latitude_1) * DEGREE / 2.0)
    east = math.sin((longitude_2 - longitude_1) * DEGREE / 2.0)
    inside = north * north + math.cos(latitude_1 * DEGREE) * math.cos(latitude_2 * DEGREE) * east * east
    return 2.0 * RADIUS * math.asin(math.sqrt(inside))
