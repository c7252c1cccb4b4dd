"""Wind, waves and stream where a boat is: looked up, with the error of the draw, and what follows from them."""

import math

from varne.compiled import compiled, inlined
from varne.hazards.breaking import capsize_rate
from varne.hazards.exposure import half_time, wind_chill
from varne.hazards.launch import breaker_height
from varne.sea.depth import depth_at
from varne.sea.field import field_at
from varne.sea.streams import stream_at
from varne.sea.wave_table import tabulated_wave_number
from varne.sea.waves import breaking_chance, rayleigh_exceedance, steepness

_EAST, _NORTH = 2, 3  # components of waves, see varne.sea.field.COMPONENTS
SMALLEST_WAVES = 1e-3  # below which the sea is flat; keeps heights and periods above 0 [m]


@inlined
def stream_here(chart, velocity, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]
    """
    Return the stream at a place: turned, shifted and scaled as the draw has it, with the error of its forecast.

    Parameters
    ----------
    chart : FieldChart
        Of the streams. [m/s]
    velocity : array, shape (time, y, x, 2)
        The realization of this draw. [m/s]
    weather : record of WEATHER
        With the errors of the stream. [SI]
    latitude, longitude : float
        Where. [deg]
    now : float
        Since the start of the encounter. [s]

    Returns
    -------
    tuple of float
        East and north. [m/s]
    """
    stream_east, stream_north = stream_at(
        velocity,
        (longitude - chart.west) * chart.columns_per_degree,
        (latitude - chart.south) * chart.rows_per_degree,
        (now + weather.stream_shift - chart.start) * chart.times_per_second,
    )
    east = stream_east * weather.stream_cosine - stream_north * weather.stream_sine + weather.stream_error_east
    north = stream_east * weather.stream_sine + stream_north * weather.stream_cosine + weather.stream_error_north
    return east, north


@inlined
def _look_up(chart, realization, latitude, longitude, now, component):  # type: ignore[no-untyped-def]
    return field_at(
        chart.values[realization],
        (longitude - chart.west) * chart.columns_per_degree,
        (latitude - chart.south) * chart.rows_per_degree,
        (now - chart.start) * chart.times_per_second,
        component,
    )


@compiled
def observe(charts, draw, known, boat, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]
    """
    Look around: write down the weather at a place and time, and what it does to the boat.

    Parameters
    ----------
    charts : Charts
        Wind, waves, streams, depths. [SI]
    draw : int
        Epistemic draw. [1]
    known : record
        Drawn facts. [SI]
    boat : record of BOAT
        Its length. [m]
    weather : record of WEATHER
        Changed in place; what holds for the whole encounter stays. [SI]
    latitude, longitude : float
        Where. [deg]
    now : float
        Since the start of the encounter. [s]

    Returns
    -------
    None
    """
    sky = charts.sky
    _observe_wind(sky, draw, weather, latitude, longitude, now)
    _observe_waves(sky, draw, known, weather, latitude, longitude, now)
    weather.breaker_height = breaker_height(weather.wave_height, weather.peak_period)
    weather.exposure_half_time = half_time(
        wind_chill(weather.air_temperature, weather.wind_speed),
        known.exposure_reference_chill,
        known.exposure_reference_half_time,
        known.exposure_doubling_temperature,
    )
    weather.stream_error_east = _look_up(sky.stream_error, draw, latitude, longitude, now, 0)
    weather.stream_error_north = _look_up(sky.stream_error, draw, latitude, longitude, now, 1)
    _observe_breaking(charts, draw, known, boat, weather, latitude, longitude, now)


@inlined
def _observe_wind(sky, draw, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]
    which = sky.wind_of_draw[draw]
    east = _look_up(sky.wind, which, latitude, longitude, now, 0)
    north = _look_up(sky.wind, which, latitude, longitude, now, 1)
    east += _look_up(sky.wind_error, draw, latitude, longitude, now, 0)
    north += _look_up(sky.wind_error, draw, latitude, longitude, now, 1)
    weather.wind_east = east
    weather.wind_north = north
    weather.wind_speed = (east * east + north * north) ** 0.5


@inlined
def _observe_waves(sky, draw, known, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]
    which = sky.waves_of_draw[draw]
    height = _look_up(sky.waves, which, latitude, longitude, now, 0)
    factor = math.exp(_look_up(sky.wave_error, draw, latitude, longitude, now, 0))
    weather.wave_height = height * factor
    # The steepness is that of the forecast: higher waves than forecast are longer too.
    weather.peak_period = _look_up(sky.waves, which, latitude, longitude, now, 1) * factor**0.5
    weather.zero_crossing_period = known.sea_wave_period_factor * weather.peak_period
    east = _look_up(sky.waves, which, latitude, longitude, now, _EAST)
    north = _look_up(sky.waves, which, latitude, longitude, now, _NORTH)
    long = (east * east + north * north) ** 0.5
    weather.waves_east = east / long if long > 0.0 else 0.0
    weather.waves_north = north / long if long > 0.0 else 0.0


@inlined
def _observe_breaking(charts, draw, known, boat, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]
    sky = charts.sky
    east, north = stream_here(
        sky.streams, sky.streams.values[sky.streams_of_draw[draw]], weather, latitude, longitude, now
    )
    following = east * weather.waves_east + north * weather.waves_north
    depths = charts.depths
    depth = depth_at(depths.depth, depths.south, depths.west, depths.cells_per_degree, latitude, longitude)
    number = tabulated_wave_number(charts.wave_numbers, weather.peak_period, depth, following)
    critical = known.breaking_critical_over_length * boat.length
    high_enough = rayleigh_exceedance(critical / max(weather.wave_height, SMALLEST_WAVES))
    breaks = breaking_chance(steepness(weather.wave_height, number))
    period = weather.zero_crossing_period
    weather.breaking_under_way = capsize_rate(high_enough, breaks, known.breaking_beam_on_under_way, period)
    weather.breaking_adrift = capsize_rate(high_enough, breaks, known.breaking_beam_on_adrift, period)
