"""Moments in time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadTime
from varne.when import format_time, parse_time

minutes = st.integers(-60 * 24 * 365 * 20, 60 * 24 * 365 * 130)


@given(minute=minutes)
def test_writing_and_reading_is_a_round_trip(minute):
    """A moment to the minute survives being written and read, from 1950 to 2100."""
    assert parse_time(format_time(60.0 * minute)) == 60.0 * minute


@given(moment=st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)), hours=st.integers(-12, 12))
def test_an_offset_is_a_shift(moment, hours):
    """The same clock in another zone is another moment, by exactly the offset; without an offset it is UTC."""
    text = moment.isoformat()
    sign = "+" if hours >= 0 else "-"
    assert parse_time(text) == parse_time(f"{text}Z")
    shifted = parse_time(f"{text}{sign}{abs(hours):02d}:00")
    assert shifted == pytest.approx(parse_time(text) - 3600.0 * hours, abs=1e-5)


def test_a_date_of_toml_is_read_as_it_is():
    """TOML has times of its own; they need no quotes."""
    assert parse_time(datetime(2026, 3, 14, 2, 30, tzinfo=UTC)) == parse_time("2026-03-14T02:30Z")
    assert parse_time(datetime(2026, 3, 14, 2, 30)) == parse_time("2026-03-14T02:30Z")


@pytest.mark.parametrize("text", ["", "tomorrow", "14/03/2026 02:30", "2026-13-01T00:00Z", "2026-03-14T25:00Z"])
def test_what_is_no_time_is_quoted(text):
    """One sentence, with an example of what to write."""
    with pytest.raises(BadTime, match="write it as 2026-03-14T02:30Z") as refused:
        parse_time(text)
    assert repr(text) in str(refused.value)
