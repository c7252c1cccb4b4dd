"""Promises about the sea that wind raises, alone and with swell."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.sea.dispersion import GRAVITY, wave_number
from varne.sea.waves import breaking_chance, steepness, young_verhagen
from varne.sea.wind_sea import SHORTEST, combine, duration_after, equivalent_fetch, least_duration, wind_sea

WIND = st.floats(0.0, 60.0)
FETCH = st.floats(0.0, 1e6)
DEPTH = st.floats(0.0, 5e3)
TIME = st.one_of(st.floats(0.0, 1e7), st.just(math.inf))
HEIGHT = st.floats(0.0, 15.0)
PERIOD = st.floats(SHORTEST, 25.0)
HOUR = 3600.0


@given(WIND, FETCH, DEPTH, TIME)
def test_every_input_gives_a_sea(wind, fetch, depth, duration):
    """Whatever is asked, height and period are numbers, the height never below zero, the period never too short."""
    height, period = wind_sea(wind, fetch, depth, duration)
    assert 0.0 <= height < 100.0
    assert SHORTEST <= period < 60.0


@given(WIND, FETCH, DEPTH, TIME, st.floats(1.0, 3.0))
def test_more_of_anything_never_lowers_the_sea(wind, fetch, depth, duration, more):
    """More wind, fetch, depth or time: never a lower sea."""
    height = wind_sea(wind, fetch, depth, duration)[0] * (1.0 - 1e-9)
    assert wind_sea(wind * more, fetch, depth, duration)[0] >= height
    assert wind_sea(wind, fetch * more, depth, duration)[0] >= height
    assert wind_sea(wind, fetch, depth * more, duration)[0] >= height
    assert wind_sea(wind, fetch, depth, duration * more)[0] >= height


@pytest.mark.parametrize("missing", range(4))
def test_without_wind_room_water_or_time_the_sea_is_flat(missing):
    """Any one of the four at zero gives exactly a flat sea."""
    asked = [8.0, 40e3, 30.0, HOUR]
    asked[missing] = 0.0
    assert wind_sea(*asked) == (0.0, SHORTEST)


def test_what_is_missing_stays_missing():
    """A wind, depth or time that is not a number never becomes a calm."""
    assert math.isnan(wind_sea(math.nan, 40e3, 30.0, HOUR)[0])
    assert math.isnan(wind_sea(8.0, 40e3, math.nan, HOUR)[0])
    assert math.isnan(wind_sea(8.0, 40e3, 30.0, math.nan)[0])


@given(st.floats(2.0, 30.0), st.floats(1e3, 5e5), st.floats(5.0, 100.0))
def test_a_wind_that_blows_for_ever_is_limited_by_fetch(wind, fetch, depth):
    """Without end the sea is that of Young and Verhagen."""
    assert wind_sea(wind, fetch, depth, math.inf) == pytest.approx(young_verhagen(wind, fetch, depth))
    assert wind_sea(wind, fetch, depth, 1.01 * least_duration(wind, fetch)) == wind_sea(wind, fetch, depth, math.inf)


@given(st.floats(5.0, 20.0))
def test_deep_and_endless_water_has_a_fully_grown_sea(wind):
    """In the limit Hs is 0.241 U²/g, four times the root of the limit of energy, and U/(g Tp) is 0.133."""
    height, period = wind_sea(wind, 1e9, 1e5, math.inf)
    assert height == pytest.approx(4.0 * math.sqrt(3.64e-3) * wind**2 / GRAVITY, rel=1e-3)
    assert wind / (GRAVITY * period) == pytest.approx(0.133, rel=1e-2)


def test_the_duration_is_that_of_the_manual():
    """By hand: 10 m/s has a friction speed of 0.381 m/s, so 6 h are worth 5.23e-3 (g t/u)^1.5 u²/g = 32 km."""
    friction = 10.0 * math.sqrt(1.1e-3 + 3.5e-4)
    by_hand = 5.23e-3 * (9.81 * 6 * HOUR / friction) ** 1.5 * friction**2 / 9.81
    assert equivalent_fetch(10.0, 6 * HOUR) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(32e3, rel=0.01)


@pytest.mark.parametrize(("wind", "fetch"), [(5.0, 20e3), (8.0, 40e3), (10.0, 60e3), (15.0, 100e3)])
def test_the_duration_is_near_that_of_carter(wind, fetch):
    """Carter (1982) finds 1.167 X^0.7 / U^0.4 hours: the same to 20 %."""
    carter = 1.167 * (fetch / 1e3) ** 0.7 / wind**0.4 * HOUR
    assert least_duration(wind, fetch) == pytest.approx(carter, rel=0.2)


@given(st.floats(1.0, 40.0), st.floats(10.0, 1e6))
def test_fetch_and_duration_are_inverse(wind, fetch):
    """The fetch of the least duration of a fetch is that fetch."""
    assert equivalent_fetch(wind, least_duration(wind, fetch)) == pytest.approx(fetch, rel=1e-9)


def test_a_change_of_wind_keeps_the_sea_there_is():
    """When the wind rises from 8 to 10 m/s, a young sea is as high a moment later as it was, to 6 %."""
    duration = 2 * HOUR
    before = wind_sea(8.0, 1e6, 1e3, duration)[0]
    after = wind_sea(10.0, 1e6, 1e3, duration_after(duration, 8.0, 10.0, 0.0, 1e-3))[0]
    assert after == pytest.approx(before, rel=0.06)


def test_a_turned_wind_begins_anew():
    """Up to 45 degrees the time goes on, beyond it starts again, on both sides and after full turns."""
    assert duration_after(HOUR, 8.0, 8.0, math.radians(44.0), 60.0) == HOUR + 60.0
    assert duration_after(HOUR, 8.0, 8.0, math.radians(-46.0), 60.0) == 60.0
    assert duration_after(HOUR, 8.0, 8.0, math.radians(359.0), 60.0) == HOUR + 60.0
    assert duration_after(HOUR, 8.0, 0.0, 0.0, 60.0) == duration_after(HOUR, 0.0, 8.0, 0.0, 60.0) == 60.0


@given(HEIGHT, PERIOD, HEIGHT, PERIOD)
def test_energies_add_and_periods_lie_between(sea, sea_period, swell, swell_period):
    """The total is the root of the squares; the peak is one of the two; the mean period lies between theirs."""
    height, peak, mean, steep, steep_period = combine(sea, sea_period, swell, swell_period, 0.745)
    assert height == pytest.approx(math.hypot(sea, swell), abs=1e-12)
    assert peak in (sea_period, swell_period)
    low, high = sorted((sea_period, swell_period))
    assert 0.745 * low * (1 - 1e-9) <= mean <= 0.745 * high * (1 + 1e-9)
    assert (steep, steep_period) in ((sea, sea_period), (swell, swell_period))
    assert steep <= height + 1e-12


@given(HEIGHT, PERIOD, HEIGHT, PERIOD)
def test_the_order_does_not_matter(sea, sea_period, swell, swell_period):
    """Sea and swell are treated alike: exchanged, they have the same height and mean period."""
    one = combine(sea, sea_period, swell, swell_period, 0.745)
    other = combine(swell, swell_period, sea, sea_period, 0.745)
    assert one[0] == pytest.approx(other[0])
    assert one[2] == pytest.approx(other[2]) or one[0] == 0.0


def test_swell_does_not_hide_a_breaking_sea():
    """A metre of long swell over half a metre of steep sea: the steep sea still breaks."""
    _, peak, _, steep, steep_period = combine(0.5, 3.0, 1.0, 10.0, 0.745)
    assert peak == 10.0
    assert breaking_chance(steepness(steep, wave_number(steep_period, 40.0, 0.0))) == pytest.approx(0.069, abs=1e-3)


def test_alone_each_is_itself():
    """Without swell the sea is the sea; without sea the swell is the swell."""
    assert combine(1.0, 4.0, 0.0, 8.0, 0.7) == (1.0, 4.0, pytest.approx(2.8), 1.0, 4.0)
    assert combine(0.0, SHORTEST, 0.6, 8.0, 0.7) == (0.6, 8.0, pytest.approx(5.6), 0.6, 8.0)


@pytest.mark.parametrize("kernel", [equivalent_fetch, least_duration])
def test_the_kernels_agree_with_their_readable_twins(kernel):
    """Compiled and interpreted give the same numbers."""
    assert kernel(9.0, 5e4) == pytest.approx(kernel.py_func(9.0, 5e4), rel=1e-12)
    assert wind_sea(9.0, 5e4, 30.0, HOUR) == pytest.approx(wind_sea.py_func(9.0, 5e4, 30.0, HOUR), rel=1e-12)
