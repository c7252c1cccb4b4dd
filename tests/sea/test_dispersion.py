"""Promises about the length and speed of waves, and what a stream does to them."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from varne.sea.dispersion import GRAVITY, blocked_wave_number, group_speed, height_on_stream, highest_wave, wave_number

DEEP = 1e5


@given(st.floats(1.5, 20.0), st.floats(0.5, 200.0), st.floats(-3.0, 3.0))
def test_the_dispersion_relation_is_solved_or_the_wave_is_blocked(period, depth, following):
    """A wave number solves the relation, or its group runs no faster than the stream against it."""
    number = wave_number(period, depth, following)
    turning = 2.0 * math.pi / period
    left = math.sqrt(GRAVITY * number * math.tanh(number * depth)) + number * following
    if following >= 0.0 or group_speed(number, depth) > -following * (1.0 + 1e-6):
        assert left == pytest.approx(turning, rel=1e-9)
    else:
        assert left <= turning * (1.0 + 1e-6)


@given(st.floats(2.0, 12.0), st.floats(5.0, 60.0), st.floats(0.0, 2.0))
def test_waves_shorten_against_the_stream(period, depth, opposing):
    """A stream against the waves never lengthens them, one along them never shortens them."""
    still = wave_number(period, depth, 0.0)
    assert wave_number(period, depth, -opposing) >= still * (1.0 - 1e-9)
    assert wave_number(period, depth, opposing) <= still * (1.0 + 1e-9)


def test_deep_water_blocks_at_a_quarter_of_the_phase_speed():
    """In deep water a wave of period T stops in a stream of g T / (8 pi)."""
    period = 3.0
    limit = GRAVITY * period / (8.0 * math.pi)
    assert wave_number(period, DEEP, -0.999 * limit) < blocked_wave_number(DEEP, limit)
    assert wave_number(period, DEEP, -1.001 * limit) == pytest.approx(blocked_wave_number(DEEP, 1.001 * limit))


def test_shallow_waves_run_at_the_root_of_depth():
    """In very shallow water every wave runs at the root of g h."""
    assert group_speed(1e-4, 2.0) == pytest.approx(math.sqrt(2.0 * GRAVITY), rel=1e-6)


@given(st.floats(2.0, 15.0), st.floats(-0.24, 2.0))
def test_in_deep_water_the_height_on_a_stream_is_the_closed_form(period, share):
    """Longuet-Higgins and Stewart (1961): A/A0 = c0 / sqrt(c (c + 2U)), c = c0 (1 + sqrt(1 + 4U/c0)) / 2."""
    still = GRAVITY * period / (2.0 * math.pi)
    stream = share * still
    speed = still * (1.0 + math.sqrt(1.0 + 4.0 * share)) / 2.0
    closed = still / math.sqrt(speed * (speed + 2.0 * stream))
    low = 1e-3  # too low to break
    assert height_on_stream(low, period, DEEP, stream) == pytest.approx(low * closed, rel=1e-6)


@given(st.floats(0.0, 3.0), st.floats(2.0, 12.0), st.floats(3.0, 60.0), st.floats(-4.0, 3.0), st.floats(0.0, 1.0))
@example(2.225073858507e-311, 5.0, 11.0, -3.0, 0.75)  # stopped but for rounding
def test_waves_rise_against_the_stream_up_to_breaking(height, period, depth, following, more):
    """Heights are numbers, never above the breaking limit, and more opposing stream never lowers unbroken waves."""
    found = height_on_stream(height, period, depth, following)
    limit = highest_wave(wave_number(period, depth, following), depth)
    assert 0.0 <= found <= limit
    steeper = height_on_stream(height, period, depth, following - more)
    assert steeper >= min(found, highest_wave(wave_number(period, depth, following - more), depth)) * (1.0 - 1e-9)


@given(st.floats(3.0, 12.0), st.floats(5.0, 60.0))
def test_still_water_changes_nothing(period, depth):
    """Without a stream a sea that does not break keeps its height, and a flat sea stays flat on any stream."""
    assert height_on_stream(0.1, period, depth, 0.0) == pytest.approx(0.1, rel=1e-9)
    assert height_on_stream(0.0, period, depth, -3.0) == 0.0


def test_the_highest_waves():
    """Miche: a seventh of the length in deep water; 0.73 of the depth in shallow."""
    length = 50.0
    assert highest_wave(2.0 * math.pi / length, DEEP) == pytest.approx(length / 7.14, rel=1e-3)
    assert highest_wave(1e-4, 2.0) == pytest.approx(1.46, rel=1e-3)


@given(st.floats(0.5, 100.0), st.floats(0.05, 12.0))
def test_a_stopped_wave_has_the_group_speed_of_the_stream(depth, opposing):
    """At the blocked wave number the group runs as fast as the stream, where any does, else as in deep water."""
    number = blocked_wave_number(depth, opposing)
    if opposing * opposing >= GRAVITY * depth:
        assert number == pytest.approx(GRAVITY / (4.0 * opposing**2))
    else:
        assert group_speed(number, depth) == pytest.approx(opposing, rel=1e-9)
