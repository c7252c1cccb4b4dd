"""Promises about the toll of a season."""

import numpy as np
import pytest
from scipy.stats import poisson

from varne.season.toll import bound, quantiles, toll

RATES = np.array([[7.0, 1.0, 0.5, 0.0, 0.25], [3.0, 0.2, 0.0, 0.1, 0.0]])


def test_its_mean_is_the_mean_of_the_deaths():
    """The mean over numbers is the mean of the expected deaths over members."""
    found = toll(RATES)
    assert np.arange(len(found)) @ found == pytest.approx((RATES @ np.arange(5)).mean(), rel=1e-7)


def test_nobody_dies_where_no_event_happens():
    """The chance of none is that of no event, averaged over members."""
    assert toll(RATES)[0] == pytest.approx(np.exp(-RATES[:, 1:].sum(axis=1)).mean(), abs=1e-9)


def test_events_with_one_death_are_poisson():
    """Known answer: one death in each event gives the Poisson distribution."""
    found = toll(np.array([[0.0, 3.5]]))
    assert found == pytest.approx(poisson.pmf(np.arange(len(found)), 3.5), abs=1e-9)


def test_it_is_the_sum_of_voyages_within_its_bound():
    """Against voyages convolved one by one: no chance is off by more than the bound, which holds the sum of squares."""
    chances = np.full(60, 0.02)
    sizes = np.array([0.0, 0.5, 0.3, 0.2])
    exact = np.array([1.0])
    for chance in chances:
        exact = np.convolve(exact, (1.0 - chance) * (np.arange(4) == 0) + chance * sizes)
    found = toll((chances.sum() * sizes)[np.newaxis])
    limit = bound(np.array([chances.sum()]), np.array([np.log1p(-chances).sum()]))
    least = min(len(found), len(exact))
    assert np.sum(chances**2) <= limit < 0.05
    assert 0.5 * np.abs(found[:least] - exact[:least]).sum() < limit


def test_nothing_happens_for_certain():
    """A season without events has no deaths, and a bound of zero."""
    assert toll(np.zeros((3, 5))).tolist() == [1.0]
    assert bound(np.zeros(3), np.zeros(3)) == 0.0


def test_a_bound_is_a_probability():
    """Where voyages kill for certain the bound is 1, not more."""
    assert bound(np.array([9.0]), np.array([-500.0])) == 1.0


def test_a_large_season_does_not_wrap_around():
    """A thousand deaths a year are not counted as few."""
    found = toll(np.array([[0.0, 1000.0, 100.0]]))
    assert found[:500].sum() < 1e-9
    assert np.arange(len(found)) @ found == pytest.approx(1200.0, rel=1e-6)


def test_quantiles_are_reached():
    """At least the share lies at or below the quantile, and less below it."""
    chances = poisson.pmf(np.arange(40), 6.0)
    for share in (0.05, 0.5, 0.95):
        (number,) = quantiles(chances, (share,))
        assert poisson.cdf(number, 6.0) >= share > poisson.cdf(number - 1, 6.0)


def test_it_errs_on_the_wide_side():
    """Voyages that kill often, convolved one by one: the deaths expected beyond any number are never more than here."""
    chances = np.linspace(0.05, 0.9, 12)
    shapes = np.array([[0.0, 0.5, 0.3, 0.2], [0.0, 0.1, 0.0, 0.9]])[np.arange(12) % 2]
    exact = np.array([1.0])
    for chance, shape in zip(chances, shapes, strict=True):
        exact = np.convolve(exact, (1.0 - chance) * (np.arange(4) == 0) + chance * shape)
    found = toll((chances @ shapes)[np.newaxis])
    numbers = np.arange(len(found))
    for beyond in range(40):
        excess = np.clip(numbers - beyond, 0, None)
        assert excess[: len(exact)] @ exact <= excess @ found + 1e-7
