"""Light: how high the sun stands, and whether it is dark."""

from datetime import UTC, datetime

import numpy as np
from astral import Observer
from astral.sun import elevation
from numpy.typing import ArrayLike, NDArray

from varne.sea.tides import checked_times

# The end of civil twilight: the sun is 6 degrees below the horizon [rad], exact (definition).
CIVIL_TWILIGHT = -0.10471975511965977


def sun_altitude(latitude: float, longitude: float, *, times: ArrayLike) -> NDArray[np.float64]:
    """
    Return how high the sun stands above the horizon, without refraction.

    Parameters
    ----------
    latitude, longitude : float
        Where. [deg]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time,)
        Negative below the horizon. [rad]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    References
    ----------
    Meeus (1998), Astronomical Algorithms, chapter 25, by way of the package astral.

    Examples
    --------
    >>> np.degrees(sun_altitude(51.0, 1.45, times=[1718971200.0])).round(1)  # 21 June 2024, noon
    array([62.4])
    """
    observer = Observer(latitude, longitude)
    moments = np.atleast_1d(checked_times(times))
    degrees = [elevation(observer, datetime.fromtimestamp(time, UTC), with_refraction=False) for time in moments]
    return np.radians(degrees)


def is_dark(altitude: ArrayLike) -> NDArray[np.bool_]:
    """
    Say whether it is night at sea: civil twilight is over, and people in the water are no longer seen by daylight.

    Parameters
    ----------
    altitude : array, any shape
        Of the sun. [rad]

    Returns
    -------
    array, same shape
        [1]

    References
    ----------
    IAMSAR Manual (2022), volume III: search by daylight ends with civil twilight; definition of twilight by HMNAO.

    Examples
    --------
    >>> is_dark(np.radians([-10.0, -3.0, 20.0]))
    array([ True, False, False])
    """
    return np.asarray(np.asarray(altitude, np.float64) < CIVIL_TWILIGHT)
