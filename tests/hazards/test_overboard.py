"""People falling over the side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.overboard import overboard_rate


@given(people=st.floats(0.0, 120.0), wave_height=st.floats(0.0, 4.0), more=st.floats(0.0, 2.0))
def test_more_people_and_higher_waves_never_lower_the_rate(people, wave_height, more) -> None:
    """The rate goes with the number aboard and never falls with the waves."""
    rate = overboard_rate(people, 1e-5, wave_height, 0.7, 2.0)
    assert overboard_rate(2.0 * people, 1e-5, wave_height, 0.7, 2.0) == pytest.approx(2.0 * rate)
    assert overboard_rate(people, 1e-5, wave_height + more, 0.7, 2.0) >= rate


def test_limits() -> None:
    """A flat sea leaves the base rate; at the reference height it is doubled."""
    assert overboard_rate(50.0, 1e-5, 0.0, 0.7, 2.0) == pytest.approx(5e-4)
    assert overboard_rate(50.0, 1e-5, 0.7, 0.7, 2.0) == pytest.approx(1e-3)
