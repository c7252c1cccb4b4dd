"""Promises about weather that somebody brings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadFile
from varne.files.weather_series import COLUMNS, Series, nearest_point, weather_of_fields, weather_of_series
from varne.sea.field import Field, Source
from varne.sea.usual import usual_at

HOUR = 3600.0
USUAL = usual_at()


def series(hours=30, **columns):
    wind = {"wind_speed": 8.0, "wind_from": 0.0} | columns
    return Series(
        "mine.csv",
        HOUR * np.arange(hours),
        {name: np.broadcast_to(np.asarray(value, float), (1, hours)).copy() for name, value in wind.items()},
    )


def made(given, seed=1):
    return weather_of_series(given, usual=USUAL, seed=seed)


@given(st.lists(st.tuples(st.floats(0.0, 59.0), st.floats(0.0, 6.2)), min_size=2, max_size=30))
def test_whole_hours_come_out_as_they_went_in(wind):
    """Speed and direction at whole hours are those of the file, whatever they are."""
    speed, blows_from = np.array(wind).T
    weather = made(series(len(wind), wind_speed=speed, wind_from=blows_from))
    np.testing.assert_allclose(weather.wind_east[0], -speed * np.sin(blows_from), atol=1e-9)
    np.testing.assert_allclose(weather.wind_north[0], -speed * np.cos(blows_from), atol=1e-9)


def test_what_is_given_is_kept_and_what_is_not_is_said():
    """Waves of the file stay; a period that it lacks has the steepness of generated ones, and the source says so."""
    weather = made(series(wave_height=1.3))
    assert (weather.wave_height == 1.3).all()
    assert ((weather.peak_period > 3.0) & (weather.peak_period < 11.0)).all()
    assert "period and direction generated" in weather.sources["waves"].says
    assert weather.sources["wind"].grade == "measured"
    full = made(series(wave_height=1.3, peak_period=6.0, waves_from=1.0, water=9.0, air=8.0))
    assert {source.grade for source in full.sources.values()} == {"measured"}
    np.testing.assert_allclose(np.arctan2(-full.waves_east, -full.waves_north), 1.0)


def test_waves_that_are_not_given_follow_the_wind_of_the_file():
    """A gale raises higher waves than a breeze, with the same luck; both are said to be generated."""
    breeze, gale = (made(series(wind_speed=speed)) for speed in (3.0, 20.0))
    assert (gale.wave_height > breeze.wave_height).all()
    assert "generated from the wind" in gale.sources["waves"].says


def test_short_gaps_are_bridged_and_long_ones_refused():
    """Five hours without a report lie on a straight line; seven are an error that names both ends."""
    speed = np.linspace(5.0, 8.0, 31)
    holed = speed.copy()
    holed[10:15] = np.nan
    np.testing.assert_allclose(made(series(31, wind_speed=holed)).wind_north[0], -speed)
    holed[10:17] = np.nan
    with pytest.raises(BadFile, match=r"wind_east from 1970-01-01T09:00Z to 1970-01-01T17:00Z"):
        made(series(31, wind_speed=holed))


def test_a_zero_crossing_period_becomes_a_peak_period():
    """The peak period is longer, by the fact that the engine uses."""
    weather = made(series(wave_height=1.0, zero_crossing_period=4.0))
    assert weather.peak_period == pytest.approx(4.0 / 0.745)


@pytest.mark.parametrize("column", sorted(COLUMNS))
@pytest.mark.parametrize("value", [9999.0, -999.0, np.inf])
def test_impossible_values_are_refused(column, value):
    """A fill value or a wrong unit never becomes weather: column, value and hour are named."""
    more = {} if column in ("wind_east", "wind_north", "water", "air") else {"wave_height": 1.0}
    values = np.zeros(30) + (1.0 if column.endswith("period") else 0.0)
    values[4] = value
    with pytest.raises(BadFile, match=f"{column}.*1970-01-01T04:00Z"):
        made(series(**{**more, column: values}))


def test_what_cannot_be_weather_is_refused():
    """No wind, no time, times that run back, a period without waves, a column without values."""
    bare = series()
    for wrong, words in (
        (Series("a.csv", bare.times, {"water": bare.columns["wind_from"]}), "no wind"),
        (Series("a.csv", bare.times, {}), "a.csv has no wind and nothing else that is known; give wind_speed"),
        (series(1), "1 times"),
        (Series("a.csv", bare.times[::-1], bare.columns), "sort"),
        (series(peak_period=5.0), "no wave_height"),
        (series(air=np.nan), "no value of air"),
        (Series("a.csv", np.array([60.0, 120.0]), series(2).columns), "whole hour"),
    ):
        with pytest.raises(BadFile, match=words):
            made(wrong)


def field(quantity, value, start=0.0):
    components = {"wind": 2, "waves": 4, "water": 1, "air": 1}[quantity]
    values = np.full((2, 30, 3, 4, components), value) * np.arange(1, 5)[None, None, None, :, None]
    return Field(quantity, values, 1.0, 50.5, 0.5, 0.5, start, HOUR, None, Source(f"run of {quantity}", "derived"))


def test_fields_give_their_nearest_point():
    """The column nearest to the place is read, each realization is a member, and each source stays its own."""
    given_fields = {"wind": field("wind", 2.0), "water": field("water", 3.0)}
    weather = weather_of_fields(given_fields, latitude=51.1, longitude=1.6, usual=USUAL, seed=1)
    assert (weather.wind_east == 4.0).all()
    assert (weather.water == 6.0).all()
    assert weather.wind_east.shape == (2, 30)
    assert weather.sources["water"].says == "run of water"
    assert "run" not in weather.sources["air"].says


def test_fields_that_do_not_fit_are_refused():
    """Other times, no wind, and a place off the grid are errors."""
    for fields, longitude, words in (
        ({"wind": field("wind", 2.0), "air": field("air", 3.0, start=HOUR)}, 1.5, "'air' has other times"),
        ({"water": field("water", 2.0)}, 1.5, "lack the wind"),
        ({"wind": field("wind", 2.0)}, 9.0, "does not hold 9"),
    ):
        with pytest.raises(BadFile, match=words):
            weather_of_fields(fields, latitude=51.0, longitude=longitude, usual=USUAL, seed=1)


def test_the_nearest_point_of_a_falling_axis_is_found():
    """Latitudes may run southwards."""
    assert nearest_point(51.1, [52.0, 51.5, 51.0, 50.5], "a.nc") == 2
