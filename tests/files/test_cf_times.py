"""Times are read in any unit of real days, joined so that the newest counts, and refused where some are missing."""

from datetime import UTC, datetime

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as some

from varne.errors import BadFile
from varne.files.cf_open import Part
from varne.files.cf_times import (
    check_rising,
    check_tide,
    gaps,
    interval_of,
    issued_of,
    joined,
    needed,
    seconds,
    tide_lost,
)

HOUR = 3600.0


@pytest.mark.parametrize(
    ("units", "value"),
    [
        ("seconds since 1970-01-01", 1773446400.0),
        ("hours since 2026-03-13 12:00:00 +00:00", 12.0),
        ("minutes since 2026-03-13T23:00:00Z", 60.0),
        ("days since 1900-01-01", 46093.0),
        ("hours since 2026-03-14 01:00 +1:00", 0.0),
    ],
)
def test_a_moment_is_the_same_in_every_unit(units, value):
    """14 March 2026, midnight, against the calendar of the standard library."""
    truth = datetime(2026, 3, 14, tzinfo=UTC).timestamp()
    assert seconds(xr.Variable("t", [value], {"units": units}), "a.nc", "time")[0] == truth


def test_the_old_calendar_is_counted_as_the_udunits_do():
    """Days since the year 1 of the mixed calendar are two more than of the proleptic one."""
    mixed, pure = (
        seconds(xr.Variable("t", [739000.0], {"units": "days since 1-1-1", "calendar": calendar}), "a.nc", "time")[0]
        for calendar in ("standard", "proleptic_gregorian")
    )
    assert pure - mixed == 2 * 86400.0


def test_times_that_are_decoded_already_are_read():
    """As cfgrib gives them."""
    assert seconds(xr.Variable("t", np.array(["1970-01-02"], "M8[ns]")), "a.grib", "time")[0] == 86400.0


@pytest.mark.parametrize("value", [np.nan, np.inf, 9.96921e36])
def test_a_missing_time_is_refused(value):
    """Not a number, infinite, or a fill value."""
    with pytest.raises(BadFile, match="missing or impossible time"):
        seconds(xr.Variable("t", [0.0, value], {"units": "hours since 2026-03-14"}), "a.nc", "time")


def test_the_time_of_issue_is_found_where_providers_write_it():
    """A coordinate by standard name, GRIB's reference, an attribute; else it is unknown."""
    made = xr.Variable((), 6.0, {"standard_name": "forecast_reference_time", "units": "hours since 1970-01-01"})
    assert issued_of(Part("a.nc", xr.Dataset(coords={"t0": made}), None)) == 6 * HOUR
    assert issued_of(Part("a.nc", xr.Dataset(attrs={"bulletin_date": "1970-01-02 00:00:00"}), None)) == 86400.0
    assert issued_of(Part("a.nc", xr.Dataset(attrs={"bulletin_date": "yesterday"}), None)) is None
    assert issued_of(Part("a.nc", xr.Dataset(), None)) is None


@given(some.lists(some.sets(some.integers(0, 20), min_size=1), min_size=1, max_size=4), some.booleans())
def test_joined_times_rise_and_come_from_the_newest(files, dated):
    """Every time of any file is there once, from the file that was issued last."""
    times = [np.array(sorted(one), float) for one in files]
    issued = [float(-number) if dated else None for number in range(len(files))]
    steps = joined(times, issued)
    assert steps.times.tolist() == sorted(set().union(*files))
    for time, which, index in zip(steps.times, steps.which, steps.index, strict=True):
        assert times[which][index] == time
        have = [number for number, one in enumerate(files) if time in one]
        assert which == (min(have) if dated else max(have))


@given(some.integers(3, 40), some.data())
def test_any_missing_step_between_others_is_a_gap(count, data):
    """Of regular steps one left out is found, wherever it is."""
    left_out = data.draw(some.integers(1, count - 2)) if count > 4 else 1
    times = HOUR * np.delete(np.arange(count), left_out)
    found = gaps(times)
    # At the very end a long step may be one that forecasts end with.
    assert found == [left_out - 1] or left_out == count - 2


def test_steps_that_grow_are_no_gap():
    """Hourly, then three-hourly, then six-hourly, as forecasts are; twelve hours are too long."""
    hours = [*range(0, 6), *range(6, 24, 3), *range(24, 49, 6)]
    assert gaps(HOUR * np.array(hours)) == []
    assert gaps(HOUR * np.array([0, 12, 24])) == [0, 1]


@given(some.floats(0.0, 9.0), some.floats(0.0, 9.0))
def test_what_is_needed_holds_the_question(start, duration):
    """From a time not after the start to one not before the end, and no more than one further."""
    times = HOUR * np.arange(19.0)
    chosen = times[needed(times, start * HOUR, (start + duration) * HOUR, file="a.nc", variable="uo")]
    assert chosen[0] <= start * HOUR and chosen[-1] >= (start + duration) * HOUR and len(chosen) >= 2
    assert chosen[1] > start * HOUR


def test_regular_times_end_where_the_file_does():
    """Whatever the steps, the last time is met, so that nothing is carried beyond the file."""
    count, interval = interval_of(HOUR * np.array([0.0, 1.0, 4.0, 7.0]))
    assert (count, interval) == (8, HOUR)
    check_rising(np.array([0.0, 1.0]), "a.nc", "uo")


def test_a_straight_line_loses_what_the_cosine_of_the_tide_says():
    """Against the tops of a cosine of 12.42 h between two times on either side; hourly steps are not worth a word."""
    for hours in (2.0, 3.0):
        lost = 100.0 * (1.0 - np.cos(2.0 * np.pi * (hours / 2.0) / 12.4206))
        assert tide_lost(HOUR * np.array([0.0, hours])).endswith(f"by up to {lost:.0f} %")
    assert tide_lost(HOUR * np.arange(5.0)) == tide_lost(np.zeros(1)) == ""


def test_streams_in_steps_that_cannot_show_the_tide_are_refused():
    """Three hours are read, four are not."""
    check_tide(HOUR * np.array([0.0, 3.0]), file="a.nc", variable="uo")
    with pytest.raises(BadFile, match="steps of 4 h, which cannot show the tide; bring hourly"):
        check_tide(HOUR * np.array([0.0, 1.0, 5.0]), file="a.nc", variable="uo")
