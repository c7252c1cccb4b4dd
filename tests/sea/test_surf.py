"""Promises about surf, against closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.charts import CoastMask
from varne.atlas.embedded import coast_mask
from varne.errors import BadPosition
from varne.sea.dispersion import GRAVITY, still_wave_number
from varne.sea.surf import (
    beach_normal,
    breaker_height,
    depth_limited,
    onshore_flux,
    refracted_angle,
    shoaled_height,
    surf,
)

WAVES = st.floats(0.0, 4.0)
PERIOD = st.floats(1.0, 15.0)
ANGLE = st.floats(-20.0, 20.0)


def test_breakers_by_hand() -> None:
    """1 m of swell of 10 s breaks at 1.55 m: 0.39 g^0.2 (10)^0.4, by hand."""
    assert breaker_height(1.0, 10.0) == pytest.approx(0.39 * 1.5787 * 2.5119, rel=1e-3)


@given(wave_height=WAVES, period=PERIOD, more=st.floats(1.0, 3.0))
def test_longer_and_higher_waves_break_higher(wave_height, period, more) -> None:
    """Breakers never fall with height or period, and a flat sea has none."""
    height = breaker_height(wave_height, period)
    assert breaker_height(wave_height * more, period) >= height
    assert breaker_height(wave_height, period * more) >= height
    assert breaker_height(0.0, period) == breaker_height(wave_height, 0.0) == 0.0


@given(st.floats(-1.5, 1.5), st.floats(2.0, 15.0), st.floats(0.2, 200.0))
def test_refraction_is_snell(angle, period, depth):
    """The sine of the angle over the speed of the wave is the same at every depth."""
    turning = 2.0 * math.pi / period
    deep_speed, speed = GRAVITY / turning, turning / still_wave_number(turning, depth)
    found = refracted_angle(angle, period, depth)
    assert math.sin(found) / speed == pytest.approx(math.sin(angle) / deep_speed, abs=1e-12)
    assert abs(found) <= abs(angle) + 1e-12


def test_in_very_shallow_water_waves_come_in_head_on():
    """At 1 cm of depth even waves from 80 degrees meet the beach within 3 degrees of its normal."""
    assert math.degrees(refracted_angle(math.radians(80.0), 8.0, 0.01)) < 3.0


def test_shoaling_has_greens_law_as_its_limit():
    """In shallow water the height goes as depth to the power -1/4."""
    ratio = shoaled_height(1.0, 20.0, 0.02, 0.0) / shoaled_height(1.0, 20.0, 0.32, 0.0)
    assert ratio == pytest.approx(2.0, rel=3e-3)


@given(st.floats(3.0, 15.0), st.floats(-1.4, 1.4))
def test_in_deep_water_nothing_shoals(period, angle):
    """At a kilometre the height is that of deep water, from any angle."""
    assert shoaled_height(1.0, period, 1000.0, angle) == pytest.approx(1.0, rel=1e-6)


def test_the_dip_of_the_shoaling_curve():
    """Linear waves are lowest, 0.913 of their deep height, at k h = 1.2 (Holthuijsen 2007, section 7.3.1)."""
    depths = np.linspace(1.0, 100.0, 2000)
    heights = [shoaled_height(1.0, 8.0, depth, 0.0) for depth in depths]
    assert min(heights) == pytest.approx(0.913, abs=1e-3)
    lowest = depths[int(np.argmin(heights))]
    assert still_wave_number(2.0 * math.pi / 8.0, lowest) * lowest == pytest.approx(1.2, abs=0.02)


@given(ANGLE)
def test_the_flux_is_the_integral_over_the_spread(angle):
    """The closed form is the integral of cos²(b - a) cos b over the bearings that come ashore."""
    bearing = np.linspace(-math.pi / 2.0, math.pi / 2.0, 20001)
    apart = (bearing - angle + math.pi) % (2.0 * math.pi) - math.pi
    spread = np.where(np.abs(apart) < math.pi / 2.0, 2.0 / math.pi * np.cos(apart) ** 2, 0.0)
    assert onshore_flux(angle) == pytest.approx(np.trapezoid(spread * np.cos(bearing), bearing), abs=1e-6)


@given(st.floats(0.0, 3.1), st.floats(0.0, 0.5))
def test_waves_that_come_more_from_the_land_make_less_surf(angle, more):
    """The flux falls with the angle to the normal, on both sides alike, from 8/(3 pi) to nothing."""
    further = min(angle + more, math.pi)
    assert onshore_flux(further) <= onshore_flux(angle) + 1e-12 <= 8.0 / (3.0 * math.pi) + 1e-9
    assert onshore_flux(-angle) == pytest.approx(onshore_flux(angle), abs=1e-12)
    assert surf(1.0, 6.0, further)[0] <= surf(1.0, 6.0, angle)[0] + 1e-6


@given(WAVES, PERIOD, ANGLE)
def test_surf_is_never_missing(wave_height, period, angle):
    """Breakers and their depth are numbers, not below zero, at most those that come in head on."""
    height, depth = surf(wave_height, period, angle)
    assert 0.0 <= height <= breaker_height(wave_height, period)
    assert depth == pytest.approx(height / 0.78)


def test_a_beach_with_an_offshore_wind_is_quiet():
    """A sea that runs straight off the land leaves less than a hundredth of the surf of one that runs in."""
    assert surf(1.0, 5.0, math.pi)[0] < 0.01 * surf(1.0, 5.0, 0.0)[0]


@given(st.floats(0.0, 10.0), st.floats(-5.0, 50.0))
def test_the_depth_limits_the_sea(wave_height, depth):
    """A sea never stands higher than 0.59 of the depth, and not at all on dry ground."""
    left = depth_limited(wave_height, depth)
    assert 0.0 <= left <= wave_height
    assert left <= 0.595 * max(depth, 0.0)


@pytest.mark.parametrize("faces", range(0, 360, 15))
def test_a_straight_beach_faces_along_its_normal(faces):
    """Whatever way a straight coast runs, its normal comes out to 2 degrees."""
    axis = (np.arange(200) + 0.5) / 1000.0
    x, y = (axis - 0.1)[None, :] * 69977.0, (axis - 0.1)[:, None] * 111195.0
    land = x * math.sin(math.radians(faces)) + y * math.cos(math.radians(faces)) < 0.0
    mask = CoastMask(land.astype(np.uint8), 50.9, 1.4, 1000.0, "")
    off = (math.degrees(beach_normal(mask, 51.0, 1.5)) - faces + 180.0) % 360.0 - 180.0
    assert abs(off) < 2.0


@pytest.mark.parametrize(
    ("place", "faces", "within"),
    [((51.015, 2.09), 340, 15), ((50.77, 1.605), 285, 20), ((50.955, 1.80), 340, 20), ((51.22, 1.403), 90, 20)],
    ids=["Gravelines", "Wimereux", "Calais", "Deal"],
)
def test_known_beaches_face_as_on_the_map(place, faces, within):
    """Gravelines and Calais face north by west, Wimereux west by north, Deal east."""
    off = (math.degrees(beach_normal(coast_mask(), *place)) - faces + 180.0) % 360.0 - 180.0
    assert abs(off) < within


def test_a_place_without_a_coast_is_refused():
    """In mid strait there is no beach."""
    with pytest.raises(BadPosition, match=r"51 00\.0N 001 27\.0E has no coast within 1\.5 km; give"):
        beach_normal(coast_mask(), 51.0, 1.45)
