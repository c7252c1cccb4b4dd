"""What a check teaches about the errors of a forecast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.integrate import quad
from scipy.stats import norm

from varne.errors import BadFact
from varne.sea.error_update import widen
from varne.sea.forecast_check import Score, score


def found(pairs, bias=0.0, spread=1.0):
    return Score("x", "1", round(pairs), float(pairs), bias, bias, bias, spread, spread, spread, spread)


positive = some.floats(0.05, 5.0)


@given(positive, positive)
def test_without_pairs_the_prior_stays(prior, instrument):
    """A check that cannot tell changes nothing, also where the instrument is poor."""
    after = widen(prior, score("x", "1", np.array([1.0, 2.0])), weight=20.0, instrument=instrument)
    assert (after.bias, after.spread, after.pairs) == (0.0, prior, 0.0)


@given(positive, some.floats(-3, 3), some.floats(0.5, 5.0))
def test_with_many_pairs_the_observed_stays(prior, bias, spread):
    """The prior is forgotten."""
    after = widen(prior, found(1e7, bias, spread), weight=20.0, instrument=0.1)
    assert after.bias == pytest.approx(bias, abs=1e-4)
    assert after.spread == pytest.approx(spread, rel=1e-3)


@given(some.floats(3, 1e4), some.floats(-3, 3), some.floats(1, 100))
def test_bias_is_removed_as_far_as_it_is_certain(pairs, bias, weight):
    """Never more than observed, and more with more pairs."""
    after, more = (widen(1.0, found(n, bias), weight=weight, instrument=0.1) for n in (pairs, 2 * pairs))
    assert abs(after.bias) <= abs(more.bias) + 1e-12 <= abs(bias) + 2e-12
    assert after.bias == pytest.approx(bias * pairs / (pairs + weight))


@given(positive, some.floats(3, 1e6), some.floats(0.0, 0.5), positive)
def test_the_spread_never_shrinks_below_the_instrument(prior, pairs, spread, instrument):
    """However well the forecast seems to do."""
    after = widen(prior, found(pairs, 0.0, spread), weight=20.0, instrument=instrument)
    assert after.spread >= min(prior, instrument)


def test_the_posterior_is_that_of_bayes():
    """Normal errors, conjugate prior: mean and scale of the next error by integrating over bias and variance."""
    weight, pairs, bias, spread, prior = 6.0, 9.0, 0.7, 1.3, 1.1
    after = widen(prior, found(pairs, bias, spread), weight=weight, instrument=0.01)
    variance = prior**2 / (1 + 1 / weight)

    def posterior(log_variance):
        """Density of the logarithm of the variance, the bias integrated out by hand."""
        s2 = np.exp(log_variance)
        of_prior = s2 ** (-weight / 2) * np.exp(-weight * variance / (2 * s2))
        of_data = s2 ** (-(pairs - 1) / 2) * np.exp(-(pairs - 1) * spread**2 / (2 * s2))
        return of_prior * of_data * norm.pdf(bias, 0.0, np.sqrt(s2 / weight + s2 / pairs))

    mass = quad(posterior, -8, 8)[0]
    precision = quad(lambda x: posterior(x) * np.exp(-x), -8, 8)[0] / mass  # mean of 1 / s2 is 1 / the scale
    together = weight + pairs
    assert after.spread == pytest.approx(np.sqrt((1 + 1 / together) / precision), rel=1e-6)


@pytest.mark.parametrize(("prior", "weight"), [(0.0, 20.0), (1.0, 0.0), (float("nan"), 20.0), (1.0, float("inf"))])
def test_a_prior_that_cannot_be_is_refused(prior, weight):
    """Both must be above 0."""
    with pytest.raises(BadFact, match="above 0"):
        widen(prior, found(5), weight=weight, instrument=0.1)
