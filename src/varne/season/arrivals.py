"""The model of daily arrivals: whether a day is active, and how many boats come if it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.season.latent import Peak, peak_of_activity, peak_of_boats, walk
from varne.season.series import DAYS, Daily, day_of_year, weekday, year_of

# Structure, chosen on the rolling weeks of 2022 (docs/backtest.md): a level for every four weeks, three harmonics.
WEEKS_OF_A_LEVEL, HARMONICS = 4, 3
_YEAR = 365.25  # [day], exact on average
_SATURDAY = 5  # Monday being 0
_FIRST = 2.0  # spread of the first level before the days, in logarithms; our choice
_LAG = 1.0  # spread of the effect of an active day on the next two, in log odds; our choice
LAGS = 2  # days before that matter to whether a day is active; chosen as above
# Scales, natural logarithms, before the days: middle and spread. Our choice. Of activity: step of the level, season,
# weekend in the first year, its yearly change; of boats: dispersion k first, then the same.
ACTIVITY_MIDDLE = np.log(np.array([0.07, 0.3, 0.2, 0.1]))  # as above
BOATS_MIDDLE = np.log(np.array([1.5, 0.08, 0.2, 0.1, 0.05]))  # as above
SCALE_WIDTH = 0.7  # as above


@dataclass(frozen=True, slots=True)
class Past:
    """Days that are known, and as many after them as are asked for; the effects of both."""

    known: int  # days that are known [1]
    boats: NDArray[np.float64]  # (day,) of known days [1]
    shared: NDArray[np.float64]  # (day, effect) level, season, weekend: of known and asked days [1]
    levels: int
    years: int


def past_of(daily: Daily, known: int, ahead: int) -> Past:
    """
    Set up the effects for days that are known and days ahead; what is not known is never looked at.

    Parameters
    ----------
    daily : Daily
        The series, from a Monday on. [1]
    known : int
        How many of its first days are known. [1]
    ahead : int
        How many days after them are asked for. [1]

    Returns
    -------
    Past

    Examples
    --------
    >>> days = np.arange("2024-01-01", "2024-03-04", dtype="datetime64[D]")
    >>> past_of(Daily(days, np.zeros(63), np.zeros(63)), 56, 7).shared.shape
    (63, 10)
    """
    days = daily.days[0] + np.arange(known + ahead)
    level = np.arange(len(days)) // (DAYS * WEEKS_OF_A_LEVEL)
    year = year_of(days) - year_of(days[:1])[0]
    angle = 2.0 * np.pi * day_of_year(days)[:, None] / _YEAR * np.arange(1, HARMONICS + 1)
    levels, years = int(level[-1]) + 1, int(year[-1]) + 1
    shared = np.zeros((len(days), levels + 2 * HARMONICS + years))
    rows = np.arange(len(days))
    shared[rows, level] = 1.0
    shared[:, levels : levels + HARMONICS] = np.cos(angle)
    shared[:, levels + HARMONICS : levels + 2 * HARMONICS] = np.sin(angle)
    shared[rows, levels + 2 * HARMONICS + year] = weekday(days) >= _SATURDAY
    return Past(known, daily.boats[:known], shared, levels, years)


def fit_activity(past: Past, scales: NDArray[np.float64]) -> Peak:
    """
    Fit whether days are active; the last two effects are those of the day before and of the day before that.

    Parameters
    ----------
    past : Past
        Days. [1]
    scales : array, shape (4,)
        Natural logarithms: step of the level, season, weekend, its yearly change. [1]

    Returns
    -------
    Peak

    Examples
    --------
    >>> days = np.arange("2024-01-01", "2024-03-04", dtype="datetime64[D]")
    >>> past = past_of(Daily(days, np.zeros(63), np.arange(63.0) % 2), 56, 7)
    >>> len(fit_activity(past, ACTIVITY_MIDDLE).mean)
    12
    """
    active = (past.boats > 0).astype(np.float64)
    lags = np.stack([np.concatenate((np.zeros(lag), active[:-lag])) for lag in range(1, LAGS + 1)], axis=1)
    design = np.concatenate((past.shared[: past.known], lags), axis=1)
    precision = np.zeros((design.shape[1], design.shape[1]))
    precision[:-LAGS, :-LAGS] = _precision(past, np.exp(scales))
    precision[-LAGS:, -LAGS:] = np.eye(LAGS) / _LAG**2
    return peak_of_activity(design[LAGS:], active[LAGS:], precision)


def fit_boats_of_days(past: Past, scales: NDArray[np.float64]) -> Peak:
    """
    Fit the boats of active days.

    Parameters
    ----------
    past : Past
        Days. [1]
    scales : array, shape (5,)
        Natural logarithms: dispersion k, step of the level, season, weekend, its yearly change. [1]

    Returns
    -------
    Peak

    Examples
    --------
    >>> days = np.arange("2024-01-01", "2024-03-04", dtype="datetime64[D]")
    >>> past = past_of(Daily(days, np.zeros(63), np.arange(63.0) % 3), 56, 7)
    >>> len(fit_boats_of_days(past, BOATS_MIDDLE).mean)
    10
    """
    active = np.flatnonzero(past.boats > 0)
    return peak_of_boats(
        past.shared[active], past.boats[active], _precision(past, np.exp(scales[1:])), float(np.exp(scales[0]))
    )


def _precision(past: Past, scales: NDArray[np.float64]) -> NDArray[np.float64]:
    step, season, weekend, change = scales
    whole = np.zeros((past.shared.shape[1], past.shared.shape[1]))
    first, second = past.levels, past.levels + 2 * HARMONICS
    whole[:first, :first] = walk(past.levels, 1.0, _FIRST, step)
    whole[first:second, first:second] = np.eye(2 * HARMONICS) / season**2
    whole[second:, second:] = walk(past.years, 1.0, weekend, change)
    return whole
