"""Promises about effects behind days."""

import numpy as np
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from varne.season.latent import Peak, peak_of_activity, peak_of_boats, walk
from varne.season.truncated import log_truncated


def test_the_evidence_is_the_integral():
    """With one effect the evidence agrees with a sum over all its values."""
    boats, active = np.array([2.0, 5.0, 3.0, 9.0] * 5), np.array([1.0, 0.0, 1.0, 1.0] * 5)
    found = peak_of_boats(np.ones((20, 1)), boats, np.eye(1), 1.5).evidence
    whole = quad(lambda x: np.exp(log_truncated(boats, np.exp(np.array(x)), 1.5).sum()) * norm.pdf(x), -2, 5)[0]
    assert abs(found - np.log(whole)) < 0.05
    found = peak_of_activity(np.ones((20, 1)), active, np.eye(1)).evidence
    whole = quad(lambda x: np.prod(np.where(active > 0, expit(x), expit(-x))) * norm.pdf(x), -4, 5)[0]
    assert abs(found - np.log(whole)) < 0.05


def test_draws_have_the_covariance():
    """Draws scatter as the inverse of the information says."""
    peak = Peak(np.array([1.0, 2.0]), np.array([[2.0, 0.5], [0.5, 1.0]]), 0.0)
    drawn = peak.drawn(np.random.default_rng(1).normal(size=(40000, 2)))
    np.testing.assert_allclose(np.cov(drawn.T), np.linalg.inv(peak.information), atol=0.03)
    np.testing.assert_allclose(drawn.mean(axis=0), peak.mean, atol=0.03)


def test_a_walk_spreads_with_its_steps():
    """The variance of a random walk grows by that of each step."""
    assert np.allclose(np.diag(np.linalg.inv(walk(4, 1.0, 2.0, 0.5))), [4.0, 4.25, 4.5, 4.75])
