"""Wind, waves and stream where a boat is."""

from dataclasses import replace

import numpy as np
import pytest

from tests.encounter.worlds import setting
from varne.encounter.ensemble import run
from varne.encounter.outlook import chart_of
from varne.encounter.records import WEATHER
from varne.encounter.sky import breakers_here, observe, stream_here
from varne.encounter.weather import constant

HOUR = 3600.0


def look(asked, draw=0, now=0.0, east=0.0, north=0.0, **charts):
    """The weather of one draw at a place beside the start [deg], with some charts put otherwise."""
    world = asked.world
    sky = world.charts.sky._replace(**charts)
    weather = np.zeros(1, WEATHER)
    weather[0] = world.weather[draw]
    origin = world.charts.origin
    observe(
        world.charts._replace(sky=sky), draw, world.known[draw], world.boats[draw], weather[0],
        origin.latitude + north, origin.longitude + east, now,
    )  # fmt: skip
    return weather[0]


def following(speed):
    """A stream that runs east everywhere and always [m/s], for waves that run east with a westerly."""
    return chart_of(constant("streams", np.array([[speed, 0.0]])), 0.0)


def test_breaking_rises_with_the_waves_and_against_the_stream():
    """Higher waves capsize more often; a stream against them most; and adrift a boat lies more beam on."""
    rates = []
    for height in (0.3, 1.0, 2.0):
        asked = setting([], members=(2, 1), waves=f"{height} m", wind="W 10 kn")
        each = [look(asked, streams=following(speed)) for speed in (-1.5, 0.0, 1.5)]
        rates.append([one["breaking_adrift"] for one in each])
        assert all(one["breaking_adrift"] >= one["breaking_under_way"] for one in each)
    low, middle, high = np.array(rates)
    assert (low <= middle + 1e-15).all()
    assert (middle <= high + 1e-15).all()
    assert high[0] > high[1] > high[2]


def test_waves_are_steeper_in_shallow_water():
    """The depth is that where the boat is: the same waves break more often over a bank than in the deep channel."""
    asked = setting([], members=(2, 1), waves="1.5 m 6 s", wind="W 10 kn")
    depths = asked.world.charts.depths
    shoal, deep = (replace_depth(asked, np.full_like(depths.depth, metres)) for metres in (4.0, 60.0))
    assert (
        look(shoal, streams=following(0.0))["breaking_adrift"] > look(deep, streams=following(0.0))["breaking_adrift"]
    )


def replace_depth(asked, depth):
    charts = asked.world.charts
    return replace(
        asked, world=asked.world._replace(charts=charts._replace(depths=charts.depths._replace(depth=depth)))
    )


def test_the_weather_at_the_start_is_what_was_given():
    """At the first moment nothing is added to what was given but the error of a report."""
    asked = setting([], members=(300, 1), wind="W 12 kn", waves="0.8 m")
    assert np.median(asked.world.weather["wave_height"]) == pytest.approx(0.8, rel=0.05)
    assert np.std(np.log(asked.world.weather["wave_height"])) == pytest.approx(np.log(1.15) / 1.645, rel=0.2)


def test_hours_later_is_less_certain_than_now():
    """What is given for the start is known worse the later it is, as a held report is; its middle stays."""
    asked = setting([], members=(300, 1), wind="W 12 kn", waves="0.8 m", horizon=24)
    spreads = []
    for hours in (0.0, 6.0, 24.0):
        seen = [look(asked, draw, hours * HOUR) for draw in range(300)]
        spreads.append(np.std([one["wind_north"] for one in seen]))
        assert np.median([one["wave_height"] for one in seen]) == pytest.approx(0.8, rel=0.12)
    assert spreads[0] < spreads[1] < spreads[2]


def test_a_field_is_read_where_the_boat_is_and_when():
    """Wind that rises to the east and with time is met as strong as it is there and then."""
    asked = setting([], members=(2, 1), wind=None)
    values = np.zeros((1, 2, 2, 2, 2))
    values[0, 1, :, :, 0] += 6.0  # an hour later
    values[0, :, :, 1, 0] += 3.0  # a degree further east
    origin = asked.world.charts.origin
    chart = chart_of(constant("wind", np.zeros((1, 2))), 0.0)._replace(
        values=values, west=origin.longitude, south=origin.latitude, times_per_second=1.0 / HOUR
    )
    how = {"wind": chart, "wind_of_draw": np.zeros(2, np.int64)}
    assert look(asked, now=HOUR / 2.0, east=0.5, **how)["wind_speed"] == pytest.approx(4.5)
    assert look(asked, **how)["wind_speed"] == pytest.approx(0.0)


def test_the_error_of_a_stream_is_added_to_it():
    """Over the ground the water runs as forecast and as wrong as the draw has it."""
    asked = setting([], members=(2, 1))
    error = chart_of(constant("stream_error", np.array([[0.3, -0.2]] * 2)), 0.0)
    seen = look(asked, streams=following(1.0), stream_error=error, surely=0)
    seen["stream_shift"], seen["stream_cosine"], seen["stream_sine"] = 0.0, 1.0, 0.0
    assert stream_here(following(1.0), following(1.0).values[0], seen, 51.0, 1.5, 0.0) == pytest.approx((1.3, -0.2))


def test_a_boat_meets_the_weather_that_comes():
    """Waves that rise from 0.3 to 2.5 m after the start cost lives that waves that stay do not."""
    asked = setting(["leave"], members=(4, 3))
    sky = asked.world.charts.sky
    values = np.repeat(sky.waves.values, 2, axis=1)[:, :2].copy()
    values[:, 1, :, :, 0] = 2.5
    rising = sky.waves._replace(values=values, times_per_second=1.0 / (4.0 * HOUR))
    charts = asked.world.charts._replace(sky=sky._replace(waves=rising))
    rough = run(replace(asked, world=asked.world._replace(charts=charts)))
    assert rough.members["deaths"].mean() > 1.2 * run(asked).members["deaths"].mean()


def raised(wind="W 15 kn", **asked):
    return setting([], members=(40, 1), waves=None, wind=wind, swell="W 0 m 8 s", **asked)


def test_waves_that_are_not_given_are_raised_by_the_wind():
    """More wind raises more waves, no wind and no swell leave the sea flat, and they run downwind."""
    heights = [raised(f"W {knots} kn").world.weather["wave_height"].mean() for knots in (0, 8, 15, 25)]
    assert heights[0] < 0.05  # a stream of 1 m/s is a light air over the water
    assert heights == sorted(heights)
    seen = raised("S 15 kn").world.weather
    assert seen["waves_north"].mean() > 0.8


def test_the_lee_of_a_coast_is_calmer():
    """Close under the French coast a southerly raises less sea than a northerly, and than it does in mid strait."""
    beach, strait = {"position": "51 01.8N 002 06.0E"}, {"position": "51 05.0N 001 45.0E"}
    lee = raised("S 20 kn", **beach).world.weather["wave_height"].mean()
    assert lee < 0.6 * raised("N 20 kn", **beach).world.weather["wave_height"].mean()
    assert lee < 0.8 * raised("S 20 kn", **strait).world.weather["wave_height"].mean()


def test_swell_is_met_with_the_wind_sea():
    """Energies add: swell that is given is there in a calm, and raises what the wind raises."""
    calm = setting([], members=(60, 1), waves=None, wind="W 0 kn", swell="WSW 0.5 m 9 s").world.weather
    assert np.median(calm["wave_height"]) == pytest.approx(0.5, rel=0.1)
    assert np.median(calm["peak_period"]) == pytest.approx(9.0)
    both = setting([], members=(40, 1), waves=None, wind="W 15 kn", swell="WSW 0.5 m 9 s").world.weather
    assert (both["wave_height"] > raised().world.weather["wave_height"]).all()
    assert (both["steep_period"] < 9.0).all(), "the short sea breaks, not the long swell"


def test_wind_against_the_stream_is_steeper():
    """The same wind over an opposing stream breaks more than over a following one of the same speed over the water."""
    asked = raised("W 20 kn")
    against = look(asked, streams=following(-1.2))
    along = look(asked, streams=following(1.2))
    assert against["breaking_adrift"] > along["breaking_adrift"]
    assert against["wave_height"] > along["wave_height"]


def test_an_offshore_wind_leaves_little_surf_on_the_beach_of_launch():
    """Off Gravelines, which faces north-north-west, a southerly sea of the same height breaks far lower."""
    beach = {"position": "51 00.6N 002 05.4E", "start": "beach", "waves": "0.6 m 4 s"}
    heights = []
    for wind in ("NNW 10 kn", "SSE 10 kn"):
        asked = setting([], members=(2, 1), wind=wind, **beach)
        heights.append(
            breakers_here(asked.world.charts, asked.world.weather[0], asked.place.latitude, asked.place.longitude)
        )
    assert heights[0] > 0.4
    assert heights[1] < 0.25 * heights[0]
