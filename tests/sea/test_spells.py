"""Promises about spells."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadTime
from varne.sea.memory import Noise, remember
from varne.sea.spells import day_runs, integral_time, run_lengths, storm_peaks, window_days
from varne.sea.weather import generate

DAYS = st.lists(st.booleans(), min_size=2, max_size=60).map(np.array)
WEEK = generate(0.0, 24 * 7, members=np.arange(3), seed=1)


@given(DAYS)
def test_runs_and_gaps_hold_every_day(days):
    """The runs of one kind and of the other add up to the series, and stand in turn."""
    runs, gaps = run_lengths(days), run_lengths(~days)
    assert runs.sum() == days.sum()
    assert runs.sum() + gaps.sum() == len(days)
    assert abs(len(runs) - len(gaps)) <= 1


@given(DAYS)
def test_a_mirror_swaps_runs_and_gaps(days):
    """Calling every day by the other name swaps runs and gaps."""
    one, other = day_runs(days), day_runs(~days)
    assert (one.longest, one.longest_gap) == (other.longest_gap, other.longest)
    assert one.share == pytest.approx(1.0 - other.share)
    np.testing.assert_allclose(one.after_such, 1.0 - other.after_other)


@given(st.lists(st.floats(0.0, 9.0), min_size=1, max_size=80).map(np.array), st.floats(0.5, 6.0))
def test_storms_are_above_and_fewer_when_further_apart(heights, threshold):
    """Each peak exceeds the threshold, the highest of all is among them, and a longer separation joins storms."""
    near, far = (storm_peaks(heights, threshold=threshold, separation=3600.0 * hours) for hours in (1, 12))
    assert (near > threshold).all()
    assert len(far) <= len(near)
    if heights.max() > threshold:
        assert near.max() == far.max() == heights.max()


def test_a_known_memory_is_measured():
    """An autoregressive series of one memory, 20 h, has an integral time scale of 20 h."""
    series = remember(Noise("known", 20.0, 0.0), 0, 8766, members=np.arange(30), seed=3)
    rows = [integral_time(row) / 3600.0 for row in series]
    # Exact: 1 / (1 - exp(-1/20)) = 20.5 h; one year holds about 200 memories.
    assert np.mean(rows) == pytest.approx(20.5, abs=2.0)


def test_a_calm_is_a_window_and_a_gale_is_none():
    """Windows depend on both waves and wind in the hours that count, and on no other hour."""
    calm = replace(
        WEEK,
        wind_east=np.zeros_like(WEEK.air),
        wind_north=np.zeros_like(WEEK.air),
        wave_height=np.full_like(WEEK.air, 0.1),
    )
    assert window_days(calm).all()
    assert not window_days(replace(calm, wave_height=np.full_like(WEEK.air, 3.0))).any()
    assert not window_days(replace(calm, wind_east=np.full_like(WEEK.air, 15.0))).any()
    evening = np.full_like(WEEK.air, 0.1)
    evening[:, 20::24] = 5.0
    assert window_days(replace(calm, wave_height=evening)).all()


def test_days_begin_at_midnight():
    """Weather that starts at one o'clock has no days to count; one value has no memory."""
    with pytest.raises(BadTime, match="midnight"):
        window_days(generate(3600.0, 48, members=np.arange(1), seed=1))
    with pytest.raises(BadTime, match="1 hours"):
        integral_time(np.ones(1))
