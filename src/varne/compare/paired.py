"""The paired difference of two options: the same members, the same luck, so the noise cancels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from varne.encounter.outcome import HIGH, Interval, interval_of_draws, without_luck


@dataclass(frozen=True, slots=True)
class Difference:
    """An option less the reference, in expected deaths, and the chance over the draws that it is the safer."""

    expected_deaths: Interval
    p_safer: float


def difference(option: NDArray[np.float64], reference: NDArray[np.float64]) -> Difference:
    """
    Compare two options member by member.

    Luck takes part of what few members show. So a draw counts as safer by the chance that its mean without luck is
    below zero, given its members and what the other draws are like; where nothing but luck differs that is near a
    half, whatever the sign of the mean. The interval is never narrower than the error of the mean.

    Parameters
    ----------
    option, reference : array, shape (draw, replicate)
        Expected deaths of each member. [people]

    Returns
    -------
    Difference
        Negative where the option is the safer; draws in which they tie count half. [people]

    References
    ----------
    Means shrunk with their own errors: Efron and Morris (1975), J. Am. Stat. Assoc. 70:311.

    Examples
    --------
    >>> difference(np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])).p_safer
    1.0
    >>> difference(np.ones((2, 1)), np.ones((2, 1))).p_safer
    0.5
    """
    apart = option - reference
    found = interval_of_draws(without_luck(apart))
    error = float(norm.ppf(HIGH)) * _error_of_mean(apart)
    within = Interval(found.mean, min(found.low, found.mean - error), max(found.high, found.mean + error))
    return Difference(within, float(below_zero(apart).mean()))


def below_zero(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return for each draw the chance that its mean without luck is below zero.

    Parameters
    ----------
    values : array, shape (draw, replicate)
        Any paired difference. [unit]

    Returns
    -------
    array, shape (draw,)
        A half where it is exactly zero. [1]

    Examples
    --------
    >>> below_zero(np.array([[-1.0, -1.0], [0.0, 0.0], [2.0, 2.0]]))
    array([1. , 0.5, 0. ])
    """
    means, replicates = values.mean(axis=1), values.shape[1]
    luck = values.var(axis=1, ddof=1) / replicates if replicates > 1 else np.zeros(len(means))
    known = max(float(means.var(ddof=1)) - float(luck.mean()), 0.0) if len(means) > 1 else 0.0
    kept = np.divide(known, known + luck, out=np.ones_like(luck), where=known + luck > 0.0)
    middle = means.mean() + kept * (means - means.mean())
    spread = np.sqrt(kept * luck + ((1.0 - kept) * _error_of_mean(values)) ** 2)
    sure = np.where(middle < 0.0, 1.0, np.where(middle > 0.0, 0.0, 0.5))
    return np.where(
        spread > 0.0, norm.cdf(-np.divide(middle, spread, out=np.zeros_like(middle), where=spread > 0.0)), sure
    )


def _error_of_mean(values: NDArray[np.float64]) -> float:
    """Of the mean over all draws, luck and what is not known included."""
    means = values.mean(axis=1)
    return float(means.std(ddof=1) / np.sqrt(len(means))) if len(means) > 1 else 0.0
