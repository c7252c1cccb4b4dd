"""Rates and seconds into probabilities, and counts of deaths into distributions: against SciPy and NumPy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from varne.chance import (
    add_binomial,
    convolve,
    group_deaths,
    negative_binomial,
    normal,
    probability,
    waiting_time,
)

PLACES = 60
# SciPy's binomial overflows at chances next to nothing
shares = st.floats(0.0, 1.0).filter(lambda found: not 0.0 < found < 1e-300)


def distributions(places=PLACES):
    """Any distribution of a count, with nothing in most places."""
    weights = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=places)
    return weights.filter(lambda found: sum(found) > 0.1).map(
        lambda found: np.pad(np.array(found) / sum(found), (0, places - len(found)))
    )


@given(rate=st.floats(0.0, 10.0), duration=st.floats(0.0, 1e5))
def test_a_probability_is_one_less_the_exponential(rate, duration):
    """The series for small rates and the exponential for large ones are the same function."""
    assert probability(rate, duration) == pytest.approx(-math.expm1(-rate * duration), rel=1e-13, abs=1e-300)


@given(rate=st.floats(0.0, 1e-2), first=st.floats(0.0, 600.0), second=st.floats(0.0, 600.0))
def test_time_can_be_divided(rate, first, second):
    """To survive a time is to survive its parts: the step of the kernel does not change a constant hazard."""
    together = (1.0 - probability(rate, first)) * (1.0 - probability(rate, second))
    assert 1.0 - probability(rate, first + second) == pytest.approx(together, rel=1e-12)


@given(chance=st.floats(1e-12, 1.0 - 1e-12), rate=st.floats(1e-8, 1.0))
def test_a_waiting_time_is_the_quantile_of_the_exponential(chance, rate):
    """It answers the probability: the chance to wait longer is the number drawn."""
    time = waiting_time(chance, rate)
    assert 1.0 - probability(rate, time) == pytest.approx(chance, rel=1e-9, abs=1e-12)
    assert waiting_time(chance, 0.0) == math.inf


@given(chance=st.floats(1e-15, 1.0 - 1e-15))
def test_a_normal_number_is_the_quantile_of_the_normal_law(chance):
    """Against SciPy, within the accuracy that Wichura states; it is odd about the middle."""
    assert normal(chance) == pytest.approx(ndtri(chance), rel=3e-7, abs=3e-7)
    if 1e-6 < chance < 1.0 - 1e-6:
        assert normal(1.0 - chance) == pytest.approx(-normal(chance), rel=1e-7, abs=1e-9)


@given(share=st.floats(0.0, 1.0), people=st.integers(1, PLACES - 1), chance=shares)
def test_deaths_of_whole_people_are_binomial(share, people, chance):
    """Against SciPy."""
    counts = np.zeros(PLACES)
    add_binomial(share, float(people), chance, counts)
    expected = share * stats.binom.pmf(np.arange(PLACES), people, chance)
    assert counts == pytest.approx(expected, rel=1e-9, abs=1e-14)


@given(share=st.floats(0.0, 1.0), people=st.floats(0.0, PLACES - 1.0), chance=shares)
def test_a_part_of_a_person_keeps_the_mean(share, people, chance):
    """Probability and expected deaths are kept when the number of people is not whole."""
    counts = np.zeros(PLACES)
    add_binomial(share, people, chance, counts)
    assert counts.sum() == pytest.approx(share, rel=1e-9, abs=1e-15)
    assert counts @ np.arange(PLACES) == pytest.approx(share * people * chance, rel=1e-9, abs=1e-7)


@given(singles=st.floats(0.0, 5.0))
def test_deaths_one_by_one_are_poisson(singles):
    """Against SciPy; what lies beyond the end is in the last place."""
    counts = np.zeros(PLACES)
    group_deaths(singles, 0.0, 1.0, counts)
    expected = stats.poisson.pmf(np.arange(PLACES), singles)
    assert counts[:-1] == pytest.approx(expected[:-1], rel=1e-7, abs=1e-12)
    assert counts.sum() == pytest.approx(1.0, abs=1e-12)


@given(singles=st.floats(0.0, 1.0), grouped=st.floats(0.0, 1.0), group=st.floats(1.0, 4.0))
def test_deaths_in_groups_keep_their_mean_and_variance(singles, grouped, group):
    """A compound Poisson law: mean and variance are those of its parts."""
    counts = np.zeros(400)
    group_deaths(singles, grouped, group, counts)
    numbers = np.arange(len(counts))
    mean = counts @ numbers
    assert counts.sum() == pytest.approx(1.0, abs=1e-11)
    assert (counts >= 0.0).all()
    assert mean == pytest.approx(singles + grouped, abs=1e-8)
    # E[size²] of a geometric law from 1 with mean m is m (2 m - 1).
    variance = singles + grouped * (2.0 * group - 1.0)
    assert counts @ numbers**2 - mean**2 == pytest.approx(variance, abs=1e-6)


def test_deaths_in_groups_against_a_sum_over_the_number_of_groups():
    """Panjer's recursion against the definition: Poisson many groups, the sizes convolved by NumPy."""
    grouped, group = 1.2, 2.5
    sizes = np.concatenate([[0.0], stats.geom.pmf(np.arange(1, PLACES), 1.0 / group)])
    expected, power = np.zeros(PLACES), np.eye(PLACES)[0]
    for number in range(60):
        expected += stats.poisson.pmf(number, grouped / group) * power
        power = np.convolve(power, sizes)[:PLACES]
    counts = np.zeros(PLACES)
    group_deaths(0.0, grouped, group, counts)
    assert counts[:-1] == pytest.approx(expected[:-1], abs=1e-11)


@given(first=distributions(), second=distributions())
def test_adding_two_counts_is_a_convolution(first, second):
    """Against NumPy; nobody is lost beyond the end."""
    into = np.empty(PLACES)
    convolve(first, second, into)
    whole = np.convolve(first, second)
    assert into[:-1] == pytest.approx(whole[: PLACES - 1], abs=1e-14)
    assert into[-1] == pytest.approx(whole[PLACES - 1 :].sum(), abs=1e-14)


@given(chance=st.floats(1e-6, 1.0 - 1e-6), mean=st.floats(0.01, 80.0), size=st.floats(0.2, 40.0))
def test_a_negative_binomial_count_is_the_one_of_scipy(chance, mean, size):
    """The count is SciPy's quantile, but where the chance falls on a step of the distribution to rounding."""
    count = negative_binomial(chance, mean, size)
    share = size / (size + mean)
    assert stats.nbinom.cdf(count, size, share) >= chance - 1e-9
    assert count == 0 or stats.nbinom.cdf(count - 1, size, share) <= chance + 1e-9
