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
