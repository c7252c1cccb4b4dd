"""Promises about scores."""

import numpy as np
import pytest
import scoringrules

from varne.season.scores import (
    brier_and_log_loss,
    coverage,
    crps_of_ensemble,
    difference,
    negative_binomial_scores,
)

CHANCE = np.random.default_rng(2)


def test_crps_is_that_of_others():
    """Ensembles and negative binomial counts score as scoringrules scores them."""
    for observed in (0.0, 30.0, 500.0):
        ensemble = CHANCE.gamma(1.0, 100.0, 200)
        expected = scoringrules.crps_ensemble(observed, ensemble, estimator="nrg")
        assert crps_of_ensemble(observed, ensemble) == pytest.approx(expected)
        found = negative_binomial_scores(observed, 120.0, 1.3)
        assert found[0] == pytest.approx(scoringrules.crps_negbinom(observed, 1.3, 1.3 / 121.3), rel=1e-6)


def test_intervals_hold_their_share():
    """Of what comes from the distribution itself, central intervals hold what they say."""
    ensemble = CHANCE.normal(size=4000)
    inside = np.array([list(coverage(one, ensemble)[0].values()) for one in CHANCE.normal(size=4000)])
    np.testing.assert_allclose(inside.mean(axis=0), [0.5, 0.9, 0.99], atol=0.03)


def test_certainty_about_what_comes_scores_best():
    """A chance near the truth scores lower than one half."""
    active = np.array([1.0, 0.0])
    good, even = (brier_and_log_loss(active, np.array(chance)) for chance in ([0.9, 0.1], [0.5, 0.5]))
    assert good[0] < even[0] and good[1] < even[1]


def test_a_difference_of_nothing_is_not_told_apart():
    """Equal forecasts differ by nothing within the interval, better ones by less than nothing; always the same."""
    ours, theirs = CHANCE.normal(size=(2, 104))
    mean, low, high = difference(ours, theirs, 1)
    assert low < 0.0 < high and low < mean < high
    assert difference(ours - 5.0, theirs, 1)[2] < 0.0
    assert difference(ours, theirs, 1) == (mean, low, high)
