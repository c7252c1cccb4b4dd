"""Promises about counts of which at least one is seen."""

import numpy as np
from scipy.stats import nbinom

from varne.season.truncated import (
    log_chance_of_zero,
    log_negative_binomial,
    log_truncated,
    mean_of_truncated,
    slope_and_information,
)


def test_the_distribution_is_that_of_others():
    """With its zero it equals the negative binomial of SciPy with variance mean + mean² / size."""
    counts = np.arange(40.0)
    expected = nbinom.logpmf(counts, 1.8, 1.8 / (1.8 + 4.2))
    np.testing.assert_allclose(log_negative_binomial(counts, np.array(4.2), 1.8), expected)


def test_chances_add_up_to_one():
    """Without the zero the chances from 1 on add up to one and their mean is the mean of what is seen."""
    counts = np.arange(1.0, 4000.0)
    chances = np.exp(log_truncated(counts, np.array(4.2), 0.6))
    np.testing.assert_allclose(chances.sum(), 1.0)
    np.testing.assert_allclose(chances @ counts, mean_of_truncated(np.array(4.2), 0.6))
    np.testing.assert_allclose(np.exp(log_chance_of_zero(np.array(4.2), 0.6)), nbinom.pmf(0, 0.6, 0.6 / 4.8))


def test_the_slope_is_the_slope():
    """The derivative agrees with a finite difference, and information is the variance of the slope."""
    counts, near = np.arange(1.0, 3000.0), 1e-5
    slope, information = slope_and_information(counts, np.full(len(counts), 3.0), 1.4)
    higher, lower = (log_truncated(counts, np.array(3.0 * np.exp(side)), 1.4) for side in (near, -near))
    np.testing.assert_allclose(slope[:20], ((higher - lower) / (2 * near))[:20], rtol=1e-6)
    chances = np.exp(log_truncated(counts, np.array(3.0), 1.4))
    np.testing.assert_allclose(chances @ slope, 0.0, atol=1e-9)
    np.testing.assert_allclose(chances @ slope**2, information[0], rtol=1e-6)
