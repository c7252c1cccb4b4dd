"""Tides: what harmonic constants say about any moment, and when high and low water come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.atlas.constituents import (
    DAYS_IN_A_CENTURY,
    MOON,
    NODE,
    PERIGEE,
    PERIHELION,
    SUN,
    constituent,
)
from varne.errors import BadTime
from varne.units import DAY
from varne.when import format_time

FIRST_TIME = -631152000.0  # 1950-01-01T00:00Z [s]
LAST_TIME = 4102444800.0  # 2100-01-01T00:00Z [s]
_WRITABLE = 1e11  # seconds that still have a date to be written with
_EPOCH = 946728000.0  # 2000-01-01T12:00Z [s]

# Nodal factor f = steady + swing cos(N) and angle u = turn sin(N) [deg], N the longitude of the Moon's node.
# Pugh and Woodworth (2014), Sea-Level Science, table 4.3; J1 and OO1 from Schureman (1958).
_NODAL = {
    "M2": (1.0, -0.037, -2.1),
    "K2": (1.024, 0.286, -17.7),
    "K1": (1.006, 0.115, -8.9),
    "O1": (1.009, 0.187, 10.8),
    "J1": (1.013, 0.198, -12.9),
    "OO1": (1.107, 0.640, -36.7),
    "MM": (1.0, -0.130, 0.0),
    "MF": (1.043, 0.414, -23.7),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A high or low water: when [s since 1970], and how high above mean sea level. [m]"""

    time: float
    height: float
    high: bool


def checked_times(times: ArrayLike) -> NDArray[np.float64]:
    """
    Return times as an array after comparing them with the years for which the arguments hold.

    Parameters
    ----------
    times : array, any shape
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, same shape
        The same times. [s]

    Raises
    ------
    BadTime
        If one lies outside 1950 to 2100 or is not a number.

    Examples
    --------
    >>> checked_times([0.0])
    array([0.])
    >>> checked_times(-1e9)
    Traceback (most recent call last):
    varne.errors.BadTime: Time 1938-04-24T22:13Z lies outside the tide tables, 1950-01-01 to 2100-01-01; ...
    """
    moments = np.asarray(times, np.float64)
    wrong = ~((moments >= FIRST_TIME) & (moments < LAST_TIME))
    if np.any(wrong):
        first = float(moments[wrong].flat[0])
        named = format_time(first) if abs(first) < _WRITABLE else f"{first} s"
        raise BadTime(
            f"Time {named} lies outside the tide tables, 1950-01-01 to 2100-01-01; give a time between these dates."
        )
    return moments


def tide_factors(constituents: tuple[str, ...], times: ArrayLike) -> NDArray[np.complex128]:
    """
    Return what each constituent is multiplied with at each time: ``f exp(i (V + u))``.

    Parameters
    ----------
    constituents : tuple of str
        Their names. [1]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time, constituent)
        A tide is the real part of this times its complex amplitude. [1]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.
    UnknownName
        If Varne has no arguments for a constituent.

    References
    ----------
    Schureman (1958), Manual of Harmonic Analysis and Prediction of Tides; Pugh and Woodworth (2014), section 4.2.

    Examples
    --------
    >>> tide_factors(("S2",), [0.0, 6 * 3600.0]).real.round(6)
    array([[ 1.],
           [-1.]])
    """
    moments = np.atleast_1d(checked_times(times))
    centuries = (moments - _EPOCH) / (DAYS_IN_A_CENTURY * DAY)
    day = np.radians((moments % DAY) / DAY * 360.0)
    moon, sun, perigee, perihelion, node = (
        np.radians((start + rate * centuries) % 360.0) for start, rate in (MOON, SUN, PERIGEE, PERIHELION, NODE)
    )
    swing, turn = np.cos(node), np.sin(node)
    factors = np.empty((len(moments), len(constituents)), np.complex128)
    for place, name in enumerate(constituents):
        row = constituent(name)
        # The hour angle of the mean Sun is 180 degrees at midnight, which shows where a day has an odd number of turns.
        argument = row.day * (day + np.pi) + np.radians(row.phase) + row.moon * moon + row.sun * sun
        argument += row.perigee * perigee + row.perihelion * perihelion
        size = np.ones(len(moments))
        for kin, power in row.kin:
            steady, change, angle = _NODAL[kin]
            size *= (steady + change * swing) ** abs(power)
            argument += np.radians(power * angle) * turn
        factors[:, place] = size * np.exp(1j * argument)
    return factors


def height(constituents: tuple[str, ...], amplitudes: ArrayLike, times: ArrayLike) -> NDArray[np.float64]:
    """
    Predict the height of the tide above mean sea level from harmonic constants.

    Parameters
    ----------
    constituents : tuple of str
        Their names. [1]
    amplitudes : array, shape (constituent,)
        Complex: amplitude times exp(-i Greenwich phase lag). [m]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time,)
        Above mean sea level, without surge. [m]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    References
    ----------
    Pugh and Woodworth (2014), Sea-Level Science, section 4.2.

    Examples
    --------
    >>> height(("S2",), [1.0 + 0j], [0.0, 6 * 3600.0]).round(6)
    array([ 1., -1.])
    """
    return np.asarray((tide_factors(constituents, times) @ np.asarray(amplitudes, np.complex128)).real)


def turns(times: NDArray[np.float64], heights: NDArray[np.float64]) -> list[Turn]:
    """
    Find high and low waters in a series of heights, by a parabola through the three heights around each.

    Parameters
    ----------
    times : array, shape (time,)
        Evenly spaced, a few minutes apart, since 1970-01-01T00:00Z. [s]
    heights : array, shape (time,)
        Of the tide. [m]

    Returns
    -------
    list of Turn
        In order of time. [s, m]

    Examples
    --------
    >>> times = np.arange(0.0, 44712.0, 360.0)
    >>> found = turns(times, np.cos(2 * np.pi * times / 44712.0))
    >>> [(round(turn.time), round(turn.height, 3), turn.high) for turn in found]
    [(22356, -1.0, False)]
    """
    before, here, after = heights[:-2], heights[1:-1], heights[2:]
    high, low = (here > before) & (here >= after), (here < before) & (here <= after)
    found = []
    for place in np.flatnonzero(high | low):
        bend = before[place] - 2.0 * here[place] + after[place]
        shift = (before[place] - after[place]) / (2.0 * bend)
        found.append(
            Turn(
                time=float(times[place + 1] + shift * (times[1] - times[0])),
                height=float(here[place] - (before[place] - after[place]) * shift / 4.0),
                high=bool(high[place]),
            )
        )
    return found
