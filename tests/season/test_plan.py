"""The plan of a season."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from varne.season.plan import monday_before
from varne.when import parse_time


@given(st.integers(0, 40_000))
def test_a_week_begins_on_the_monday_at_or_before_each_day(day):
    """Each day lies in the seven days from its Monday, and all days of a week share it."""
    time = 86400.0 * day
    monday = float(monday_before(np.array([time]))[0])
    assert 0.0 <= time - monday < 7 * 86400.0
    assert (monday / 86400.0 - 4.0) % 7.0 == 0.0


def test_the_first_monday_of_2024_is_new_years_day():
    """A date from the calendar: 1 January 2024 was a Monday."""
    sunday = parse_time("2024-01-07T00:00Z")
    assert float(monday_before(np.array([sunday]))[0]) == parse_time("2024-01-01T00:00Z")
