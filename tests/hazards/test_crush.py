"""People crushed by the crowd they sit in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.crush import crush_rate


@given(people=st.floats(0.0, 120.0), more=st.floats(0.0, 50.0), exponent=st.floats(0.0, 4.0))
def test_a_bigger_crowd_never_crushes_less(people, more, exponent) -> None:
    """More people aboard never lower the rate."""
    assert crush_rate(people + more, 54.0, 1e-6, exponent) >= crush_rate(people, 54.0, 1e-6, exponent)


def test_limits() -> None:
    """With the reference number aboard the rate is the base rate; an empty boat crushes nobody."""
    assert crush_rate(54.0, 54.0, 1e-6, 2.5) == pytest.approx(1e-6)
    assert crush_rate(0.0, 54.0, 1e-6, 2.5) == 0.0
