"""Interpolation between the points of a field is exact where the field is linear, and the edges hold."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from varne.sea.field import field_at

inside = some.floats(0.0, 2.0)


@given(inside, inside, inside)
def test_a_linear_field_is_met_exactly(x: float, y: float, t: float) -> None:
    k, j, i = np.meshgrid(np.arange(3.0), np.arange(3.0), np.arange(3.0), indexing="ij")
    values = (1.0 + 2.0 * i - 3.0 * j + 0.5 * k)[..., np.newaxis]
    assert abs(field_at(values, x, y, t, 0) - (1.0 + 2.0 * x - 3.0 * y + 0.5 * t)) < 1e-12


@given(some.floats(-1e6, 1e6), some.floats(-1e6, 1e6), some.floats(-1e6, 1e6))
def test_beyond_the_edges_the_edges_hold(x: float, y: float, t: float) -> None:
    values = np.random.default_rng(1).normal(size=(3, 4, 5, 2))
    found = field_at(values, x, y, t, 1)
    assert values[..., 1].min() - 1e-12 <= found <= values[..., 1].max() + 1e-12
    held = field_at(values, min(max(x, 0.0), 4.0), min(max(y, 0.0), 3.0), min(max(t, 0.0), 2.0), 1)
    assert found == held
