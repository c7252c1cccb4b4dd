"""Counts of which at least one is seen: the negative binomial distribution without its zero."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

_FEWEST = 1e-300  # a chance of zero is not taken nearer to 1 than the machine can tell; our choice


def log_chance_of_zero(means: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """
    Return the logarithm of the chance that a negative binomial count is zero.

    Parameters
    ----------
    means : array
        Of the distribution with its zero. [1]
    size : float
        Dispersion k: the variance is mean + mean² / k. [1]

    Returns
    -------
    array, shape of means
        [1]

    Examples
    --------
    >>> log_chance_of_zero(np.array([1.0]), 1.0).round(4)  # geometric: one half
    array([-0.6931])
    """
    return -size * np.log1p(means / size)


def log_negative_binomial(
    counts: NDArray[np.float64], means: NDArray[np.float64], size: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Return the logarithm of the chance of each count.

    Parameters
    ----------
    counts : array
        Whole numbers from 0. [1]
    means : array
        Above 0. [1]
    size : float or array
        Dispersion k: the variance is mean + mean² / k. [1]

    Returns
    -------
    array, broadcast
        [1]

    Examples
    --------
    >>> np.exp(log_negative_binomial(np.arange(200.0), np.array(3.0), 1.5)).sum().round(9)
    np.float64(1.0)
    """
    own = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1.0)
    return np.asarray(own - size * np.log1p(means / size) - counts * np.log1p(size / means))


def log_truncated(counts: NDArray[np.float64], means: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """
    Return the logarithm of the chance of each count, given that it is not zero.

    Parameters
    ----------
    counts : array
        Whole numbers from 1. [1]
    means : array
        Of the distribution with its zero; above 0. [1]
    size : float
        Dispersion k. [1]

    Returns
    -------
    array, broadcast
        [1]

    Examples
    --------
    >>> np.exp(log_truncated(np.arange(1.0, 200.0), np.array(3.0), 1.5)).sum().round(9)
    np.float64(1.0)
    """
    seen = -np.expm1(log_chance_of_zero(means, size))
    return log_negative_binomial(counts, means, size) - np.log(np.maximum(seen, _FEWEST))


def mean_of_truncated(means: NDArray[np.float64], size: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return the mean of the counts that are not zero.

    Parameters
    ----------
    means : array
        Of the distribution with its zero; above 0. [1]
    size : float or array
        Dispersion k. [1]

    Returns
    -------
    array, broadcast
        [1]

    Examples
    --------
    >>> mean_of_truncated(np.array([1.0]), 1.0)  # geometric from 1
    array([2.])
    """
    return np.asarray(means / np.maximum(-np.expm1(-size * np.log1p(means / size)), _FEWEST))


def slope_and_information(
    counts: NDArray[np.float64], means: NDArray[np.float64], size: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Return how the logarithm of the chance of each count changes with the logarithm of the mean, and its information.

    Parameters
    ----------
    counts : array
        Whole numbers from 1. [1]
    means : array
        Of the distribution with its zero; above 0. [1]
    size : float
        Dispersion k. [1]

    Returns
    -------
    slope, information : arrays
        First derivative, and the expectation of minus the second. [1]

    Examples
    --------
    >>> slope, information = slope_and_information(np.array([2.0]), np.array([1.0]), 1.0)
    >>> slope, information
    (array([0.]), array([0.5]))
    """
    zero = np.exp(log_chance_of_zero(means, size))
    seen = mean_of_truncated(means, size)
    weight = size / (size + means)
    return weight * (counts - seen), weight * seen * (1.0 - zero * weight * means / np.maximum(1.0 - zero, _FEWEST))
