"""Numbers that cannot be true are refused, and those that can are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.files.forecasts import HOUR, START, WINDOW, regular, waves, written
from varne.errors import BadFile
from varne.files.cf_belief import check_believable, check_steepness
from varne.files.cf_open import open_files
from varne.files.cf_window import read_window


def read(file, quantity):
    with open_files(file) as opened:
        return read_window(opened, quantity, WINDOW, start=START, duration=HOUR)


def test_waves_steeper_than_waves_can_be_are_refused(tmp_path):
    """Two metres with a period of a second: the place, the time and the period are named."""
    one = waves().copy(deep=True)
    one["VHM0"].values[1, 5, 5], one["VTPK"].values[1, 5, 5] = 2.0, 1.0
    words = r"VHM0 waves of 2 m with a peak period of 1 s at 51 00.*N 001 30.*E, 2026-03-14T01:00Z, .*VTPK in 's'"
    with pytest.raises(BadFile, match=words) as refused:
        read(written(one, tmp_path / "a.nc"), "waves")
    assert "probably of another variable or unit" in str(refused.value)


@given(some.floats(0.0, 0.3), some.floats(0.1, 40.0))
def test_low_waves_of_any_period_are_read(height, period):
    """Of a calm sea files give periods that mean nothing."""
    check_steepness((), np.array([[[[[height, period, 1.0, 0.0]]]]]), "waves", np.zeros(1), None)


@given(some.floats(0.1, 30.0))
def test_seas_as_steep_as_a_young_wind_sea_are_read(height):
    """A significant height of a fifteenth of the length of the peak is steeper than any measured, and is passed."""
    period = np.sqrt(15.0 * height / 1.56)
    check_steepness((), np.array([[[[[height, period, 1.0, 0.0], [np.nan] * 4]]]]), "waves", np.zeros(1), None)


def test_a_stream_that_is_too_fast_is_refused(tmp_path):
    """A stream of 40 m/s is in another unit."""
    with pytest.raises(BadFile, match="correct its units"):
        read(written(regular() * 100.0, tmp_path / "a.nc"), "streams")
    assert check_believable.__module__ == "varne.files.cf_belief"
