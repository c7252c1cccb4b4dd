"""Climate: what wind, waves and temperatures are usual in a month, for a question that does not say."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.sea.tides import checked_times
from varne.units import DAY, HOUR

_DAYS_IN_A_YEAR = 365.2425  # Gregorian mean [day], exact
# Calendar months [day], February with its Gregorian mean: a date is then right to 1.5 days within 1950 to 2100.
_MONTHS = np.array([31.0, 28.2425, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0])
_MIDDLES = np.cumsum(_MONTHS) - _MONTHS / 2.0


def monthly_value(by_month: ArrayLike, times: ArrayLike) -> NDArray[np.float64]:
    """
    Interpolate monthly means between the middles of the months.

    Parameters
    ----------
    by_month : array, shape (12,)
        January to December. [unit]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time,)
        In the unit of ``by_month``. [unit]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    Examples
    --------
    >>> monthly_value(np.arange(1.0, 13.0), [15.5 * 86400.0]).round(3)
    array([1.])
    """
    means = np.asarray(by_month, np.float64)
    day = (checked_times(times) / DAY) % _DAYS_IN_A_YEAR
    middles = np.concatenate(([_MIDDLES[-1] - _DAYS_IN_A_YEAR], _MIDDLES, [_MIDDLES[0] + _DAYS_IN_A_YEAR]))
    return np.asarray(np.interp(day, middles, np.concatenate((means[-1:], means, means[:1]))))


def monthly_anchors(by_month: ArrayLike) -> NDArray[np.float64]:
    """
    Return the values in the middles of the months with which the interpolation keeps the means of the months.

    Between two middles a straight line cuts off the peaks: the mean of the warmest month comes out too cold.

    Parameters
    ----------
    by_month : array, shape (12,)
        Means, January to December. [unit]

    Returns
    -------
    array, shape (12,)
        For :func:`monthly_value`. [unit]

    Examples
    --------
    >>> peak = np.array([1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    >>> bool(monthly_anchors(peak)[0] > 1.2)
    True
    """
    hours = np.arange(0.0, _DAYS_IN_A_YEAR * DAY, HOUR)
    month = np.searchsorted(np.cumsum(_MONTHS) * DAY, hours, side="right")
    month = np.minimum(month, len(_MONTHS) - 1)
    count = np.bincount(month)
    share = [np.bincount(month, monthly_value(unit, hours)) / count for unit in np.eye(len(_MONTHS))]
    return np.asarray(np.linalg.solve(np.transpose(share), np.asarray(by_month, np.float64)))


def weibull_quantile(chance: ArrayLike, mean: ArrayLike, *, shape: float) -> NDArray[np.float64]:
    """
    Turn uniform numbers into wind speeds or wave heights with a given mean.

    Parameters
    ----------
    chance : array, shape (member,)
        On (0, 1). [1]
    mean : float or array, shape (member,)
        Of the distribution. [unit]
    shape : float
        Of Weibull's distribution. [1]

    Returns
    -------
    array, shape (member,)
        In the unit of ``mean``. [unit]

    References
    ----------
    Weibull (1951), J. Appl. Mech. 18:293.

    Examples
    --------
    >>> weibull_quantile([0.5], 1.0, shape=1.0).round(4)  # exponential: ln 2
    array([0.6931])
    """
    scale = np.asarray(mean, np.float64) / math.gamma(1.0 + 1.0 / shape)
    return np.asarray(scale * (-np.log1p(-np.asarray(chance, np.float64))) ** (1.0 / shape))


def wind_from(chance: ArrayLike, *, frequency: ArrayLike) -> NDArray[np.float64]:
    """
    Turn uniform numbers into wind directions by a rose.

    Parameters
    ----------
    chance : array, shape (member,)
        On (0, 1). [1]
    frequency : array, shape (sector,)
        Of each sector; the first has north in its middle, the next lies clockwise; their sum may differ from 1. [1]

    Returns
    -------
    array, shape (member,)
        Where the wind blows from, clockwise from north. [rad]

    Examples
    --------
    >>> np.degrees(wind_from([0.5], frequency=[0.0, 1.0, 0.0, 0.0])).round(1)
    array([90.])
    """
    share = np.asarray(frequency, np.float64)
    edge = np.concatenate(([0.0], np.cumsum(share))) / share.sum()
    sector = np.clip(np.searchsorted(edge, chance, side="right") - 1, 0, len(share) - 1)
    # Within a sector every direction is as likely.
    into = (np.asarray(chance, np.float64) - edge[sector]) * share.sum() / share[sector]
    return np.asarray(((sector + into - 0.5) * 2.0 * np.pi / len(share)) % (2.0 * np.pi))
