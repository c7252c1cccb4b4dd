"""Scores of forecasts: CRPS, coverage, Brier score, log loss, PIT, and paired differences with their error."""

import numpy as np
from numpy.typing import NDArray

from varne.draws import event_number, uniform
from varne.season.truncated import log_negative_binomial

COVERED = (0.5, 0.9, 0.99)  # central intervals that are scored; our choice
INTERVAL = (0.05, 0.95)  # of a difference; our choice
_BLOCK = 4  # weeks that are drawn together, because weeks are correlated; the shortest that is asked for
_RESAMPLES = 2000  # of the bootstrap; our choice
_TAIL = 1e-9  # a distribution is summed until so little is left; our choice
_LONGEST = 1 << 20  # people at which a sum ends at the latest; our choice


def crps_of_ensemble(observed: float, ensemble: NDArray[np.float64]) -> float:
    """
    Return the continuous ranked probability score of equally likely values, in its empirical form (``nrg``).

    Parameters
    ----------
    observed : float
        What came. [people]
    ensemble : array, shape (member,)
        Forecast. [people]

    Returns
    -------
    float
        mean |x - y| - mean |x - x'| / 2. [people]

    References
    ----------
    Gneiting and Raftery (2007), Strictly proper scoring rules, J. Am. Stat. Assoc. 102:359, equation 21.

    Examples
    --------
    >>> crps_of_ensemble(3.0, np.array([1.0, 2.0]))
    1.25
    """
    values = np.sort(np.asarray(ensemble, dtype=np.float64))
    members = len(values)
    ranks = 2.0 * np.arange(1, members + 1) - members - 1.0
    return float(np.mean(np.abs(values - observed)) - np.sum(ranks * values) / members**2)


def negative_binomial_scores(
    observed: float, mean: float, size: float
) -> tuple[float, float, dict[float, bool], dict[float, float]]:
    """
    Score a negative binomial forecast.

    Parameters
    ----------
    observed : float
        What came, a whole number. [people]
    mean : float
        Above 0. [people]
    size : float
        Dispersion k: the variance is mean + mean² / k. [1]

    Returns
    -------
    crps : float
        [people]
    log_score : float
        Minus the logarithm of the chance. [1]
    inside, width : dict of float to bool and to float
        Of the central intervals of :data:`COVERED`. [1, people]

    Examples
    --------
    >>> crps, log_score, inside, _ = negative_binomial_scores(0.0, 1.0, 1.0)
    >>> round(crps, 4), round(log_score, 4), inside[0.5]
    (0.3333, 0.6931, True)
    """
    top = 2.0 * max(observed, mean, 1.0)
    while True:
        counts = np.arange(top + 1.0)
        reached = np.cumsum(np.exp(log_negative_binomial(counts, np.array(mean), size)))
        if 1.0 - reached[-1] < _TAIL or top > _LONGEST:
            break
        top *= 2.0
    crps = float(np.sum((reached - (counts >= observed)) ** 2))
    inside, width = {}, {}
    for share in COVERED:
        low, high = (int(np.searchsorted(reached, 0.5 + side * share / 2.0)) for side in (-1.0, 1.0))
        inside[share], width[share] = low <= observed <= high, float(high - low)
    return crps, -float(log_negative_binomial(np.array(observed), np.array(mean), size)), inside, width


def coverage(observed: float, ensemble: NDArray[np.float64]) -> tuple[dict[float, bool], dict[float, float]]:
    """
    Say whether the central intervals of an ensemble hold what came, and how wide they are.

    Parameters
    ----------
    observed : float
        What came. [people]
    ensemble : array, shape (member,)
        Forecast. [people]

    Returns
    -------
    inside, width : dict of float to bool and to float
        Of the central intervals of :data:`COVERED`. [1, people]

    Examples
    --------
    >>> coverage(50.0, np.arange(101.0))[1]
    {0.5: 50.0, 0.9: 90.0, 0.99: 99.0}
    """
    inside, width = {}, {}
    for share in COVERED:
        low, high = np.quantile(ensemble, [0.5 - share / 2.0, 0.5 + share / 2.0])
        inside[share], width[share] = bool(low <= observed <= high), float(high - low)
    return inside, width


def brier_and_log_loss(active: NDArray[np.float64], chance: NDArray[np.float64]) -> tuple[float, float]:
    """
    Score the chance of an active day.

    Parameters
    ----------
    active : array, shape (day,)
        1 or 0. [1]
    chance : array, shape (day,)
        Forecast, above 0 and below 1. [1]

    Returns
    -------
    brier, log_loss : float
        Means over the days. [1]

    Examples
    --------
    >>> brier_and_log_loss(np.array([1.0]), np.array([0.5]))
    (0.25, 0.6931471805599453)
    """
    loss = -np.log(np.where(active > 0, chance, 1.0 - chance))
    return float(np.mean((chance - active) ** 2)), float(np.mean(loss))


def difference(ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int) -> tuple[float, float, float]:
    """
    Return the mean of ours minus theirs, with its 5 and 95 % by a bootstrap of blocks of four weeks.

    Parameters
    ----------
    ours, theirs : arrays, shape (week,)
        Scores of the same weeks, in order. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    mean, low, high : float
        Below nothing: ours is better. [1]

    References
    ----------
    Künsch (1989), The jackknife and the bootstrap for general stationary observations, Ann. Stat. 17:1217.

    Examples
    --------
    >>> difference(np.ones(20), np.zeros(20), 1)
    (1.0, 1.0, 1.0)
    """
    each = ours - theirs
    weeks = len(each)
    blocks = -(-weeks // _BLOCK)
    event = event_number("blocks of weeks")
    starts = max(weeks - _BLOCK + 1, 1)
    means = np.empty(_RESAMPLES)
    for resample in range(_RESAMPLES):
        draws = np.array(
            [uniform(np.uint64(seed), event, np.uint64(resample), np.uint64(block)) for block in range(blocks)]
        )
        places = ((draws * starts).astype(np.int64)[:, None] + np.arange(_BLOCK)).ravel()[:weeks]
        means[resample] = each[np.minimum(places, weeks - 1)].mean()
    low, high = np.quantile(means, INTERVAL)
    return float(each.mean()), float(low), float(high)
