"""What the members say together: means, and how sure we are of them, apart from luck."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LOW, HIGH = 0.05, 0.95  # quantiles of the 90 % intervals, by definition


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over all members, and the 90 % interval of what we do not know (not of what chance does)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TimeToSafe:
    """When everyone is ashore, aboard a responder or dead; infinite where most members never are. [s]"""

    median: float
    low: float
    high: float
    share_never: float


def without_luck(values: Array) -> Array:
    """
    Estimate the mean of each epistemic draw without the noise of its replicates.

    The variance between draws is what we do not know plus the variance within a draw over the number of replicates;
    the draws are drawn together until only the first is left.

    Parameters
    ----------
    values : array, shape (draw, replicate)
        Any outcome. [unit]

    Returns
    -------
    array, shape (draw,)
        [unit]

    Examples
    --------
    >>> without_luck(np.array([[1.0, 1.0], [3.0, 3.0]]))
    array([1., 3.])
    >>> without_luck(np.array([[0.0, 4.0], [1.0, 3.0]]))  # nothing but luck
    array([2., 2.])
    """
    means = values.mean(axis=1)
    between = means.var(ddof=1) if len(means) > 1 else 0.0
    if values.shape[1] < 2 or between == 0.0:
        return np.asarray(means)
    noise = values.var(axis=1, ddof=1).mean() / values.shape[1]
    kept = np.sqrt(max(1.0 - noise / between, 0.0))
    return np.asarray(means.mean() + kept * (means - means.mean()))


def interval(values: Array) -> Interval:
    """
    Summarise an outcome.

    A few draws can carry most of a mean; where it then lies beyond the 5 % or 95 % quantile, the interval is widened
    to hold it.

    Parameters
    ----------
    values : array, shape (draw, replicate)
        Any outcome. [unit]

    Returns
    -------
    Interval
        [unit]

    Examples
    --------
    >>> interval(np.ones((5, 2)))
    Interval(mean=1.0, low=1.0, high=1.0)
    """
    return interval_of_draws(without_luck(values))


def interval_of_draws(means: Array) -> Interval:
    """
    Summarise an outcome that is known for each draw.

    Parameters
    ----------
    means : array, shape (draw,)
        Any outcome. [unit]

    Returns
    -------
    Interval
        [unit]

    Examples
    --------
    >>> interval_of_draws(np.array([0.0, 0.0, 6.0])).low
    0.0
    """
    low, high = np.quantile(means, [LOW, HIGH])
    mean = float(means.mean())
    return Interval(mean, min(float(low), mean), max(float(high), mean))


def exceedance(deaths: Array) -> Array:
    """
    Turn distributions of deaths into the chance of at least so many.

    Parameters
    ----------
    deaths : array, shape (draw, number)
        Probability of each number of deaths from 0. [1]

    Returns
    -------
    array, shape (draw, number)
        Chance of at least 1, at least 2, and so on; one place shorter. [1]

    Examples
    --------
    >>> exceedance(np.array([[0.5, 0.25, 0.25]]))
    array([[0.5 , 0.25]])
    """
    return np.asarray(np.clip(deaths[:, ::-1].cumsum(axis=1)[:, -2::-1], 0.0, 1.0))


def time_to_safe(safe: Array, horizon: float) -> TimeToSafe:
    """
    Find the median time until everyone is safe, with its interval over the draws.

    Parameters
    ----------
    safe : array, shape (draw, interval)
        Share whose people are safe in each part of the horizon; the last place: never. [1]
    horizon : float
        [s]

    Returns
    -------
    TimeToSafe
        [s]

    Examples
    --------
    >>> time_to_safe(np.array([[0.0, 1.0, 0.0]]), 7200.0)
    TimeToSafe(median=7200.0, low=7200.0, high=7200.0, share_never=0.0)
    """
    medians = np.array([_median(row, horizon) for row in safe])
    low, high = np.quantile(medians, [LOW, HIGH], method="inverted_cdf")
    return TimeToSafe(_median(safe.mean(axis=0), horizon), float(low), float(high), float(safe[:, -1].mean()))


def _median(shares: Array, horizon: float) -> float:
    reached = np.searchsorted(shares[:-1].cumsum(), 0.5 * shares.sum())
    return float("inf") if reached >= len(shares) - 1 else float((reached + 1) * horizon / (len(shares) - 1))
