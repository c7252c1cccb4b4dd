"""How calm a day is among the days of its month on which boats can leave."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from varne.facts.climate_tables import climate_table
from varne.sea.spells import window_extremes
from varne.sea.weather import generate
from varne.units import DAY, HOUR

Array = NDArray[np.float64]

# The yardstick: so many possible years of generated weather, from a year of 365 days on; choices of the method.
_YEARS, _SEED = 60, 20_260_101
_DAYS_OF_A_YEAR = 365
_RANKS = 101  # points of each distribution


@cache
def calm_ranks() -> Array:
    """
    Return the distribution of the highest waves of days with a window, by month.

    Returns
    -------
    array, shape (month, rank)
        Significant heights at evenly spaced ranks from 0 to 1. [m]

    Examples
    --------
    >>> heights = calm_ranks()
    >>> bool((np.diff(heights, axis=1) >= 0).all()), bool(heights[0, 50] > heights[6, 50])  # January, July
    (True, True)
    """
    weather = generate(0.0, _DAYS_OF_A_YEAR * round(DAY / HOUR), members=np.arange(_YEARS), seed=_SEED)
    waves, wind = window_extremes(weather)
    highest, strongest = (climate_table(f"window_{name}").values[0] for name in ("wave_height", "wind_speed"))
    is_open = (waves <= highest) & (wind <= strongest)
    month = month_of(DAY * np.arange(_DAYS_OF_A_YEAR))
    ranks = np.linspace(0.0, 1.0, _RANKS)
    return np.array([np.quantile(waves[:, month == one][is_open[:, month == one]], ranks) for one in range(12)])


def month_of(times: Array) -> NDArray[np.int64]:
    """
    Return the month that each time lies in, UTC.

    Parameters
    ----------
    times : array, shape (time,)
        Since 1970 UTC. [s]

    Returns
    -------
    array, shape (time,)
        From 0, January. [1]

    Examples
    --------
    >>> month_of(np.array([0.0, 2678400.0]))
    array([0, 1])
    """
    months = times.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months % 12)


def calm_score(waves: Array, times: Array) -> Array:
    """
    Rank days by how calm they are among the days of their month with a window.

    Parameters
    ----------
    waves : array, shape (member, day)
        Highest significant wave height in the hours that count. [m]
    times : array, shape (day,)
        Since 1970 UTC. [s]

    Returns
    -------
    array, shape (member, day)
        Normal scores: high on calm days; as low as it gets on days without a window. [1]

    Examples
    --------
    >>> score = calm_score(np.array([[0.2, 0.9]]), np.zeros(2))
    >>> bool(score[0, 0] > 0 > score[0, 1])
    True
    """
    ranks = np.linspace(0.0, 1.0, _RANKS)
    half_a_rank = 0.5 / _RANKS  # no day is infinitely calm
    found = np.empty_like(waves)
    month = month_of(times)
    for one in np.unique(month):
        days = month == one
        found[:, days] = np.interp(waves[:, days], calm_ranks()[one], ranks)
    return np.asarray(-ndtri(np.clip(found, half_a_rank, 1.0 - half_a_rank)))
