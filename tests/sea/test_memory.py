"""Promises about noise with a memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.sea.memory import Noise, remember

LOWS = Noise("lows", 35.0, 1.6)
YEAR = remember(LOWS, -100, 20000, members=np.arange(3), seed=5)


@given(st.integers(-100, 19890), st.integers(1, 10), st.integers(0, 2))
def test_an_hour_has_one_value_whoever_asks(first, hours, member):
    """Any window of any member alone is bit for bit what it is in the whole, also across blocks and before 1970."""
    alone = remember(LOWS, first, hours, members=np.array([member]), seed=5)
    assert (alone[0] == YEAR[member, first + 100 : first + 100 + hours]).all()


def test_it_is_standard_normal_and_forgets_as_asked():
    """Mean, spread and correlation after one decay time are those of the process, within three standard errors."""
    many = remember(Noise("plain", 20.0, 0.0), 0, 8000, members=np.arange(40), seed=1)
    error = np.sqrt(40.0 / many.size)  # an independent value each 2 decay times
    assert abs(many.mean()) < 3.0 * error
    assert many.var() == pytest.approx(1.0, abs=3.0 * error)
    assert (many[:, :-20] * many[:, 20:]).mean() == pytest.approx(np.exp(-1.0), abs=3.0 * error)


def test_smoothing_keeps_the_spread():
    """Whatever the two times, the standard deviation is 1."""
    for noise in (LOWS, Noise("slow", 100.0, 30.0), Noise("equal", 10.0, 10.0)):
        many = remember(noise, 0, 8000, members=np.arange(60), seed=2)
        assert many.var() == pytest.approx(1.0, abs=0.05)


def test_members_names_and_seeds_are_independent():
    """Two members, two names or two seeds have nothing in common."""
    other = remember(Noise("highs", 35.0, 1.6), -100, 20000, members=np.arange(3), seed=5)
    again = remember(LOWS, -100, 20000, members=np.arange(3), seed=6)
    for one, two in ((YEAR[0], YEAR[1]), (YEAR[0], other[0]), (YEAR[0], again[0])):
        assert abs(np.corrcoef(one, two)[0, 1]) < 3.5 * np.sqrt(70.0 / 20000.0)


def test_no_step_shows_between_blocks():
    """Hour to hour changes at the edge of a block are like those inside."""
    many = remember(LOWS, 8100, 200, members=np.arange(200), seed=1)
    steps = np.diff(many, axis=1).std(axis=0)
    edge = 8192 - 8100 - 1
    assert steps[edge] == pytest.approx(steps.mean(), rel=0.25)
