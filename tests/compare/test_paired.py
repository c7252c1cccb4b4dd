"""Paired differences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from varne.compare.paired import difference

DEATHS = arrays(np.float64, (6, 4), elements=st.floats(0, 100))


@given(DEATHS)
def test_an_option_beside_itself_is_zero(deaths):
    """The same members give a difference of exactly zero, and neither is the safer."""
    found = difference(deaths, deaths)
    assert (found.expected_deaths.mean, found.expected_deaths.low, found.expected_deaths.high) == (0.0, 0.0, 0.0)
    assert found.p_safer == 0.5


@given(DEATHS, DEATHS)
def test_swapping_the_options_turns_the_sign(one, other):
    """The difference is antisymmetric, and the chances of being safer add up to one."""
    there, back = difference(one, other), difference(other, one)
    assert np.isclose(there.expected_deaths.mean, -back.expected_deaths.mean)
    assert np.isclose(there.expected_deaths.low, -back.expected_deaths.high, atol=1e-9)
    assert np.isclose(there.p_safer + back.p_safer, 1.0)


def test_common_luck_cancels():
    """Noise that both options share does not widen the interval of their difference."""
    noise = np.random.default_rng(1).normal(0.0, 50.0, (200, 10))
    base = np.linspace(1.0, 2.0, 200)[:, None]
    found = difference(noise + base + 0.5, noise + base)
    assert np.isclose(found.expected_deaths.high - found.expected_deaths.low, 0.0, atol=1e-9)
    assert found.p_safer == 0.0


def test_luck_alone_makes_neither_option_the_safer():
    """Two options that differ by luck only: about a half, and never a certainty, however often it is tried."""
    found = [difference(*np.random.default_rng(seed).normal(0.0, 1.0, (2, 100, 10))) for seed in range(200)]
    shares = np.array([one.p_safer for one in found])
    assert abs(shares.mean() - 0.5) < 0.05
    assert shares.min() > 0.0 and shares.max() < 1.0
    held = [one.expected_deaths.low <= 0.0 <= one.expected_deaths.high for one in found]
    assert 0.85 <= np.mean(held) <= 0.97  # 90 % of intervals, within three standard errors


def test_the_share_is_that_of_what_is_not_known():
    """Draws spread as a normal about 0.5 with deviation 1 are below zero in 31 %; luck as large does not change it."""
    rng = np.random.default_rng(5)
    known = rng.normal(0.5, 1.0, (4000, 1))
    for luck in (0.0, 1.0, 3.0):
        share = difference(known + rng.normal(0.0, luck, (4000, 10)), np.zeros((4000, 10))).p_safer
        assert abs(share - 0.3085) < 0.03


def test_a_difference_that_luck_cannot_make_is_sure():
    """Far beyond the error of the mean the chance is all but one."""
    luck = np.random.default_rng(6).normal(0.0, 1.0, (100, 10))
    assert difference(luck - 5.0, np.zeros_like(luck)).p_safer > 0.999
