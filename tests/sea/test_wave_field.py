"""Promises about a field of waves computed from one of wind."""

from dataclasses import replace

import numpy as np
import pytest

from varne.atlas.charts import Window
from varne.atlas.embedded import coast_mask, depth_grid
from varne.errors import BadWeather
from varne.sea.fetch import FetchGrid, fetch_at, fetch_grid
from varne.sea.field import Field, Source
from varne.sea.wave_field import Growth, wave_field
from varne.sea.wind_sea import wind_sea

GROWTH = Growth(factor=1.0, blown=3600.0, dying_time=9 * 3600.0)
STEADY = Growth(factor=1.0, blown=1e9, dying_time=9 * 3600.0)
SOURCE = Source("a test", "assumed")


@pytest.fixture(scope="module")
def fetch() -> FetchGrid:
    return fetch_grid(coast_mask(), depth_grid(), Window(1.0, 2.4, 50.6, 51.4))


def wind_field(speeds, bearings) -> Field:
    """One realization: speed [m/s] and bearing [deg] at each hour, over 3 by 4 places of the strait."""
    speed, bearing = np.asarray(speeds, float), np.radians(np.asarray(bearings, float))
    values = np.empty((1, len(speed), 3, 4, 2))
    values[0, ..., 0] = (-speed * np.sin(bearing))[:, None, None]
    values[0, ..., 1] = (-speed * np.cos(bearing))[:, None, None]
    return Field("wind", values, 1.1, 50.7, 0.4, 0.3, 0.0, 3600.0, 7.0, SOURCE)


def swell_field(height, period, towards) -> Field:
    values = np.zeros((1, 2, 2, 2, 4))
    values[..., 0], values[..., 1] = height, period
    values[..., 2], values[..., 3] = np.sin(np.radians(towards)), np.cos(np.radians(towards))
    return Field("swell", values, 0.0, 50.0, 3.0, 3.0, 0.0, 1e6, None, SOURCE)


def test_a_steady_wind_gives_the_scalar_sea(fetch):
    """Under a wind that has always blown each cell is what the scalar kernels say there."""
    waves = wave_field(wind_field([9.0, 9.0], [220.0, 220.0]), fetch, STEADY)
    for row in range(3):
        for column in range(4):
            latitude, longitude = 50.7 + 0.3 * row, 1.1 + 0.4 * column
            x, y = (longitude - fetch.west) / fetch.step_east, (latitude - fetch.south) / fetch.step_north
            expected = wind_sea(9.0, *fetch_at(fetch.fetch, fetch.depth, x, y, np.radians(220.0)), np.inf)
            assert waves.values[0, 1, row, column, :2] == pytest.approx(expected, rel=1e-9)
    assert waves.values[0, 0, 0, 0, 2:] == pytest.approx([np.sin(np.radians(40.0)), np.cos(np.radians(40.0))])
    assert waves.quantity == "waves"
    assert (waves.issued, waves.source.grade) == (7.0, "derived")


def test_the_sea_grows_with_time_and_stops(fetch):
    """Under a fresh steady wind the height never falls, and after three days nothing grows any more."""
    height = wave_field(wind_field([8.0] * 73, [30.0] * 73), fetch, GROWTH).values[0, ..., 0]
    assert (np.diff(height, axis=0) >= -1e-12).all()
    assert height[72] == pytest.approx(height[71], rel=1e-9)
    assert (height[12] > 1.5 * height[0]).all()


def test_when_the_wind_drops_the_sea_dies(fetch):
    """An hour after a calm has come the sea has lost the share that its dying time says, and keeps its way."""
    waves = wave_field(wind_field([10.0] * 5 + [0.0] * 10, [220.0] * 15), fetch, STEADY).values[0]
    left = np.exp(-1.0 / 9.0)
    assert waves[5:, ..., 0] == pytest.approx(waves[4:-1, ..., 0] * left)
    assert waves[14, ..., 2:] == pytest.approx(waves[4, ..., 2:])


def test_when_the_wind_turns_the_new_sea_takes_over(fetch):
    """After a turn against the old sea this runs on while it is the higher; a day later all waves run with the wind."""
    waves = wave_field(wind_field([10.0] * 4 + [8.0] * 30, [220.0] * 4 + [30.0] * 30), fetch, STEADY).values[0]
    assert (waves[4, 1, 1, 2:] > 0.0).all()
    assert waves[-1, ..., 2] == pytest.approx(-np.sin(np.radians(30.0)))
    assert (waves[..., 0] > 0.0).all()


def test_a_calm_is_flat_and_whole(fetch):
    """Without wind the sea is exactly flat, its direction still a unit vector, and nothing is missing."""
    waves = wave_field(wind_field([0.0] * 4, [0.0] * 4), fetch, GROWTH).values
    assert (waves[..., 0] == 0.0).all()
    assert np.isfinite(waves).all()
    assert np.hypot(waves[..., 2], waves[..., 3]) == pytest.approx(1.0)


def test_growth_keeps_the_steepness(fetch):
    """A factor on the height takes its root on the period: height over squared period stays."""
    one = wave_field(wind_field([8.0, 8.0], [220.0] * 2), fetch, STEADY).values
    more = wave_field(wind_field([8.0, 8.0], [220.0] * 2), fetch, STEADY._replace(factor=1.2)).values
    assert more[..., 0] == pytest.approx(1.2 * one[..., 0])
    assert more[..., 0] / more[..., 1] ** 2 == pytest.approx(one[..., 0] / one[..., 1] ** 2)


def test_swell_adds_energy_and_shows_where_it_is_higher(fetch):
    """The height is the root of the squares; high swell gives its period and way, low swell leaves the sea its own."""
    wind = wind_field([8.0, 8.0], [30.0] * 2)
    alone = wave_field(wind, fetch, STEADY).values
    high = wave_field(wind, fetch, STEADY, swell=swell_field(3.0, 10.0, 65.0))
    low = wave_field(wind, fetch, STEADY, swell=swell_field(0.01, 10.0, 65.0)).values
    assert high.values[..., 0] == pytest.approx(np.hypot(alone[..., 0], 3.0))
    assert high.values[..., 1] == pytest.approx(10.0)
    assert high.values[..., 2] == pytest.approx(np.sin(np.radians(65.0)))
    assert low[..., 1:] == pytest.approx(alone[..., 1:])
    assert "with a test" in high.source.says


def test_realizations_stay_apart(fetch):
    """Each realization of the wind has its own sea."""
    wind = wind_field([8.0, 8.0], [30.0] * 2)
    both = replace(wind, values=np.concatenate((wind.values, 2.0 * wind.values)))
    waves = wave_field(both, fetch, STEADY).values
    assert (waves[1, ..., 0] > 1.5 * waves[0, ..., 0]).all()
    assert waves[:1] == pytest.approx(wave_field(wind, fetch, STEADY).values)


def test_other_quantities_are_refused(fetch):
    """A field of another quantity, or realizations that do not match, are refused in one sentence."""
    wind, swell = wind_field([8.0, 8.0], [30.0] * 2), swell_field(1.0, 8.0, 65.0)
    with pytest.raises(BadWeather, match="'swell' is given where wind is needed"):
        wave_field(swell, fetch, GROWTH)
    with pytest.raises(BadWeather, match="'wind' is given as swell"):
        wave_field(wind, fetch, GROWTH, swell=wind)
    three = replace(swell, values=np.repeat(swell.values, 3, axis=0))
    with pytest.raises(BadWeather, match="3 realizations and wind 1"):
        wave_field(wind, fetch, GROWTH, swell=three)
