"""The table of wave numbers is the dispersion relation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from varne.sea.dispersion import group_speed, wave_number
from varne.sea.wave_table import tabulated, wave_number_table

TABLE = wave_number_table()


@given(some.floats(1.5, 15.0), some.floats(1.0, 120.0), some.floats(-2.5, 2.5))
def test_it_is_the_dispersion_relation(period, depth, following):
    """Within 3 % wherever the stream is slower than half the waves' own groups."""
    exact = wave_number(period, depth, following)
    if group_speed(exact, depth) + 2.0 * min(following, 0.0) > 0.0:
        assert tabulated(TABLE, period, depth, following) == pytest.approx(exact, rel=0.03)


@given(some.floats(0.01, 60.0), some.floats(-10.0, 1e4), some.floats(-9.0, 9.0))
def test_it_has_a_number_for_everything(period, depth, following):
    """Beyond its edges the edges hold: no question leaves the table."""
    found = tabulated(TABLE, period, depth, following)
    assert np.isfinite(found)
    assert found > 0.0


@given(some.floats(1.5, 15.0), some.floats(1.0, 120.0), some.floats(-2.5, 2.4))
def test_against_the_stream_waves_are_shorter(period, depth, following):
    """The wave number falls as the stream turns with the waves, wherever it does not stop them."""
    exact = wave_number(period, depth, following)
    if group_speed(exact, depth) + 2.0 * min(following, 0.0) > 0.0:
        against = tabulated(TABLE, period, depth, following)
        assert tabulated(TABLE, period, depth, following + 0.1) <= against * (1.0 + 1e-9)
