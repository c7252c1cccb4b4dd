"""The boat coming apart under its load."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.structure import failure_rate


@given(people=st.floats(0.0, 120.0), more=st.floats(0.0, 50.0), exponent=st.floats(0.0, 4.0))
def test_more_load_never_fails_less(people, more, exponent) -> None:
    """More people aboard never lower the rate."""
    assert failure_rate(people + more, 20.0, 1e-4, exponent) >= failure_rate(people, 20.0, 1e-4, exponent)


def test_limits() -> None:
    """At the design load the rate is the base rate; an empty boat holds; twice the load squared is fourfold."""
    assert failure_rate(20.0, 20.0, 1e-4, 2.3) == pytest.approx(1e-4)
    assert failure_rate(0.0, 20.0, 1e-4, 2.0) == 0.0
    assert failure_rate(40.0, 20.0, 1e-4, 2.0) == pytest.approx(4e-4)
