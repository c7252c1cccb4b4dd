"""A breaking wave on the beam."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.breaking import capsize_rate

# Significant height, critical height, share of waves above it.
KNOWN = [(1.0, 0.30 * 9.0, 4.65572e-07), (1.0, 2.2, 6.25215e-05), (2.0, 2.2, 0.0889216)]
SHARE = st.floats(0.0, 1.0)


def rayleigh(height: float, wave_height: float) -> float:
    return math.exp(-2.0 * (height / wave_height) ** 2)


@pytest.mark.parametrize(("wave_height", "critical", "exceedance"), KNOWN)
def test_the_table_of_critical_waves(wave_height, critical, exceedance) -> None:
    """With every wave breaking on the beam, one in a second, the rate is the known share above the critical height."""
    assert capsize_rate(rayleigh(critical, wave_height), 1.0, 1.0, 1.0) == pytest.approx(exceedance, rel=1e-5)


def test_a_rough_case_by_hand() -> None:
    """2 m of waves every 4.5 s, 7 % of them breaking, half the time beam-on: 2.5 an hour, by hand."""
    hourly = 3600.0 * capsize_rate(0.0889216, 0.0689368, 0.5, 4.5)
    assert hourly == pytest.approx(3600.0 / 4.5 * 0.0889216 * 0.0689368 * 0.5) == pytest.approx(2.452, rel=1e-3)


@given(first=SHARE, second=SHARE, third=SHARE, less=SHARE)
def test_all_three_must_meet(first, second, third, less) -> None:
    """The rate rises with each share, is the same in any order of them, and is nothing without waves."""
    rate = capsize_rate(first, second, third, 3.0)
    assert capsize_rate(third, first, second, 3.0) == pytest.approx(rate)
    assert capsize_rate(first * less, second, third, 3.0) <= rate * (1.0 + 1e-12)
    assert capsize_rate(first, second, third, 0.0) == 0.0
