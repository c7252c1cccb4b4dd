"""Forecasts that any model must beat: last weeks, same weeks of earlier years, and simple counts about them."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from varne.season.series import day_of_year, year_of
from varne.season.truncated import log_negative_binomial

# Windows as the project's baselines were published; our choice.
_LONG, _YEARS, _SHORT, _RATIOS, _LEVEL = 104, 3, 4, 156, 8  # weeks, years, weeks, weeks, weeks
_NEAR_ENSEMBLE, _NEAR_MEAN = 3, 2  # weeks to each side of the season
_FIRST_FITTED, _FIRST_USED = 2020, 2021  # years from which the climatology of the counts takes its weeks
_SLACK = 3  # days about a week
_PERIOD = 365  # days of a year
_DISPERSION = (0.2, 50.0)  # between which k lies
ENSEMBLES = ("last 104 weeks", "same weeks +-3, earlier 3 years", "8-week level x past ratios")
COUNTS = ("negative binomial, mean of last 4 weeks", "negative binomial, climatology from 2021")


def baseline_ensembles(
    endings: NDArray[np.datetime64], people: NDArray[np.float64], week: int, horizon: int
) -> dict[str, NDArray[np.float64]]:
    """
    Return the baseline forecasts that are ensembles, from weeks before one.

    Parameters
    ----------
    endings : array of datetime64[D], shape (week,)
        Consecutive Sundays. [day]
    people : array, shape (week,)
        Arrivals of the weeks; for a longer horizon, of that many weeks from each. [people]
    week : int
        Place of the first week forecast. [1]
    horizon : int
        Weeks that a target holds. [1]

    Returns
    -------
    dict of str to array
        Those for which there are weeks enough.

    Examples
    --------
    >>> endings = np.arange("2020-01-05", "2024-01-08", 7, dtype="datetime64[D]")
    >>> sorted(baseline_ensembles(endings, np.ones(len(endings)), 200, 1))
    ['8-week level x past ratios', 'last 104 weeks', 'same weeks +-3, earlier 3 years']
    """
    last = week - horizon + 1  # a target that starts later is not over when the forecast is made
    made = {}
    if last >= _LONG:
        made[ENSEMBLES[0]] = people[last - _LONG : last]
    near = _same_season(endings, week, _NEAR_ENSEMBLE, year_of(endings[week : week + 1])[0] - _YEARS)
    if len(near := near[near < last]):
        made[ENSEMBLES[1]] = people[near]
    if last >= _RATIOS + _LEVEL + horizon - 1:
        places = np.arange(last - _RATIOS, last)
        levels = np.array([_level(people, place, horizon, _LEVEL) for place in (*places, week)])
        made[ENSEMBLES[2]] = levels[-1] * people[places] / levels[:-1]
    return made


def baseline_counts(
    endings: NDArray[np.datetime64], people: NDArray[np.float64], week: int, horizon: int
) -> dict[str, tuple[float, float]]:
    """
    Return the baseline forecasts that are negative binomial, as mean and dispersion, from weeks before one.

    Parameters
    ----------
    endings : array of datetime64[D], shape (week,)
        Consecutive Sundays. [day]
    people : array, shape (week,)
        Arrivals of the weeks; for a longer horizon, of that many weeks from each. [people]
    week : int
        Place of the first week forecast. [1]
    horizon : int
        Weeks that a target holds. [1]

    Returns
    -------
    dict of str to tuple of float
        Those for which there are weeks enough. [people, 1]

    Examples
    --------
    >>> endings = np.arange("2020-01-05", "2024-01-08", 7, dtype="datetime64[D]")
    >>> baseline_counts(endings, np.full(len(endings), 9.0), 200, 1)["negative binomial, mean of last 4 weeks"][0]
    10.0
    """
    last = week - horizon + 1
    if last < _LONG + _SHORT + horizon - 1:
        return {}
    past = np.arange(last - _LONG, last)
    rolling = np.array([_level(people, int(place), horizon, _SHORT) for place in past])
    made = {COUNTS[0]: (_level(people, week, horizon, _SHORT), _dispersion(people[past], rolling))}
    now = _climatology(endings, people, week, _FIRST_USED, last)
    means = [_climatology(endings, people, place, _FIRST_FITTED, place - horizon + 1) for place in past.tolist()]
    if now is not None and None not in means:
        made[COUNTS[1]] = (now, _dispersion(people[past], np.array(means, dtype=np.float64)))
    return made


def _same_season(endings: NDArray[np.datetime64], week: int, half: int, first_year: int) -> NDArray[np.int64]:
    """Weeks of earlier calendar years within so many weeks of the season of one."""
    days, years = day_of_year(endings[: week + 1]), year_of(endings[: week + 1])
    apart = np.abs(days[:-1] - days[-1])
    near = np.minimum(apart, _PERIOD - apart) <= (1 + 2 + 4) * half + _SLACK
    return np.flatnonzero(near & (years[:-1] >= first_year) & (years[:-1] < years[-1]))


def _climatology(
    endings: NDArray[np.datetime64], people: NDArray[np.float64], week: int, first_year: int, last: int
) -> float | None:
    near = _same_season(endings, week, _NEAR_MEAN, first_year)
    near = near[near < last]
    return float(people[near].mean()) + 1.0 if len(near) else None


def _level(people: NDArray[np.float64], week: int, horizon: int, weeks: int) -> float:
    """Mean of the targets that were over when a week began, and one person so that it is never nothing."""
    last = week - horizon + 1
    return float(people[last - weeks : last].mean()) + 1.0


def _dispersion(people: NDArray[np.float64], means: NDArray[np.float64]) -> float:
    """Dispersion of greatest likelihood."""
    low, high = np.log(_DISPERSION)
    found = minimize_scalar(
        lambda size: -float(np.sum(log_negative_binomial(people, means, float(np.exp(size))))),
        bounds=(low, high),
        method="bounded",
    )
    return float(np.exp(found.x))
