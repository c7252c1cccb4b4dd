"""Who is safer in how many draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from varne.compare.ranking import rank

DEATHS = arrays(np.float64, (6, 4, 3), elements=st.floats(0, 100))


@given(DEATHS)
def test_each_pair_adds_up_to_one(deaths):
    """Either the one is the safer or the other; ties count half for each."""
    found = rank(deaths, ["a", "b", "c"], {})
    assert np.allclose(found.p_safer + found.p_safer.T, 1.0)
    assert found.p_safest.sum() == pytest.approx(1.0)
    assert (found.within_noise == found.within_noise.T).all()


def test_luck_alone_is_within_the_noise():
    """Two options that differ by chance only cannot be told apart in nine draws of ten, by definition of the error."""
    luck = np.random.default_rng(1).normal(size=(4000, 30, 2))
    assert rank(luck, ["a", "b"], {}).within_noise[0, 1] == pytest.approx(0.9, abs=0.02)


def test_a_difference_larger_than_luck_is_told():
    """Where every member of every draw differs by as much, no draw is within the noise."""
    base = np.random.default_rng(1).normal(size=(50, 10, 1))
    found = rank(np.concatenate((base, base + 1.0), axis=2), ["a", "b"], {})
    assert found.within_noise[0, 1] == 0.0
    assert found.p_safer.tolist() == [[0.5, 1.0], [0.0, 0.5]]
    assert found.p_safest.tolist() == [1.0, 0.0]


def test_one_replicate_tells_nothing_apart():
    """Of luck nothing is known then."""
    assert rank(np.arange(8.0).reshape(4, 1, 2), ["a", "b"], {}).within_noise[0, 1] == 1.0
