"""How wind and waves push a thing over the water."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.motion.leeway import crosswind_speed, downwind_speed, drift_velocity, jibe_chance

# Downwind slope % and offset cm/s, crosswind slope and offset, drift in cm/s at 10 m/s: downwind and crosswind.
KNOWN = {
    "refugee raft": (1.56, 8.30, 0.078, 2.70, 23.9, 3.48),
    "skiff, swamped": (1.65, 0.0, 0.39, 0.0, 16.5, 3.9),
    "person in water, unknown": (0.96, 0.0, 0.54, 0.0, 9.6, 5.4),
}
SPEED = st.floats(0.0, 30.0)
SCATTER = st.floats(-0.1, 0.1)
WIND = st.floats(-20.0, 20.0)
SLOPE = st.floats(0.0, 0.08)


@pytest.mark.parametrize("name", KNOWN)
def test_drift_at_ten_metres_a_second(name) -> None:
    """The classes drift as the project's table says at 10 m/s."""
    slope, offset, cross_slope, cross_offset, down, cross = KNOWN[name]
    assert 100.0 * downwind_speed(10.0, slope / 100.0, offset / 100.0, 0.0) == pytest.approx(down)
    right = 100.0 * crosswind_speed(10.0, cross_slope / 100.0, cross_offset / 100.0, 0.0, 1.0)
    assert right == pytest.approx(cross, abs=1e-9)


@given(scatter=SCATTER)
def test_the_spread_at_ten_metres_a_second_is_the_tabulated_one(scatter) -> None:
    """A departure drawn for a thing is its whole departure at 10 m/s, and half of it in a calm."""
    assert downwind_speed(10.0, 0.03, 0.02, scatter) - downwind_speed(10.0, 0.03, 0.02, 0.0) == pytest.approx(scatter)
    assert downwind_speed(0.0, 0.03, 0.02, scatter) == pytest.approx(0.02 + scatter / 2.0)


@given(wind=SPEED, slope=SLOPE, offset=st.floats(-0.1, 0.1), scatter=SCATTER)
def test_a_jibe_mirrors_the_whole_set(wind, slope, offset, scatter) -> None:
    """After a jibe slope, offset and scatter act on the other side, so the drift is mirrored."""
    right = crosswind_speed(wind, slope, offset, scatter, 1.0)
    assert crosswind_speed(wind, slope, offset, scatter, -1.0) == -right


@given(east=WIND, north=WIND, down=SLOPE, cross=st.floats(-0.03, 0.03), offset=st.floats(-0.1, 0.1))
def test_components_lie_along_and_to_the_right_of_the_wind(east, north, down, cross, offset) -> None:
    """Turned into the wind's own frame, the drift is slope and offset along it and to its right."""
    wind = math.hypot(east, north)
    drift_east, drift_north = drift_velocity(east, north, down, cross, offset, -offset)
    if wind < 1e-6:
        return
    along = (drift_east * east + drift_north * north) / wind
    right = (drift_east * north - drift_north * east) / wind
    assert along == pytest.approx(down * wind + offset, abs=1e-9)
    assert right == pytest.approx(cross * wind - offset, abs=1e-9)


def test_limits() -> None:
    """A calm pushes nothing; a wind from the west pushes a thing on its right side to the south."""
    assert drift_velocity(0.0, 0.0, 0.045, 0.013, 0.05, 0.05) == (0.0, 0.0)
    assert drift_velocity(10.0, 0.0, 0.045, 0.013, 0.0, 0.0) == pytest.approx((0.45, -0.13))


def test_jibes_are_four_per_cent_an_hour() -> None:
    """4 % an hour are 0.006780 in 10 minutes."""
    rate = -math.log(0.96) / 3600.0
    assert jibe_chance(rate, 3600.0) == pytest.approx(0.04)
    assert jibe_chance(rate, 600.0) == pytest.approx(0.006780, abs=1e-6)
    assert jibe_chance(rate, 600.0) == pytest.approx(1.0 - 0.96 ** (1.0 / 6.0))
