"""Wind, waves and stream where a boat is: looked up, with the error of the draw, and what follows from them."""

import math
from typing import NamedTuple

from varne.compiled import compiled, inlined
from varne.hazards.breaking import capsize_rate
from varne.hazards.exposure import half_time, wind_chill
from varne.sea.depth import depth_at
from varne.sea.fetch import fetch_at
from varne.sea.field import field_at
from varne.sea.streams import stream_at
from varne.sea.surf import coast_normal, surf
from varne.sea.wave_table import tabulated
from varne.sea.waves import breaking_chance, rayleigh_exceedance, steepness
from varne.sea.wind_sea import combine, wind_sea

_EAST, _NORTH = 2, 3  # components of waves, see varne.sea.field.COMPONENTS
SMALLEST_WAVES = 1e-3  # below which the sea is flat; keeps heights and periods above 0 [m]


class Here(NamedTuple):
    """A place [deg] and a time since the start of the encounter [s]."""

    latitude: float
    longitude: float
    now: float


@inlined
def stream_here(chart, velocity, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]  # Numba infers its types
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


@compiled
def breakers_here(charts, weather, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how high the surf is on the beach at a place: little where the waves run off the land.

    Parameters
    ----------
    charts : Charts
        The coast. [1]
    weather : record of WEATHER
        The waves. [SI]
    latitude, longitude : float
        The beach; where no coast is near the waves are taken to meet it head on. [deg]

    Returns
    -------
    float
        [m]
    """
    coast, origin = charts.coast, charts.origin
    north, east = 1.0 / origin.per_metre_north, 1.0 / origin.per_metre_east
    facing = coast_normal(coast.code, coast.south, coast.west, coast.cells_per_degree, north, east, latitude, longitude)
    calm = weather.waves_east == 0.0 and weather.waves_north == 0.0
    come_from = math.atan2(-weather.waves_east, -weather.waves_north)
    angle = 0.0 if calm or math.isnan(facing) else come_from - facing
    return surf(weather.wave_height, weather.peak_period, angle)[0]


@compiled
def observe(charts, draw, known, boat, weather, latitude, longitude, now):  # type: ignore[no-untyped-def]  # Numba infers its types
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
    here = Here(latitude, longitude, now)
    which = sky.wind_of_draw[draw]
    wind_east = _look_up(sky.wind, which, here, 0) + _look_up(sky.wind_error, draw, here, 0)
    wind_north = _look_up(sky.wind, which, here, 1) + _look_up(sky.wind_error, draw, here, 1)
    weather.wind_east = wind_east
    weather.wind_north = wind_north
    weather.wind_speed = math.sqrt(wind_east * wind_east + wind_north * wind_north)
    if sky.surely == 0:
        weather.stream_error_east = _look_up(sky.stream_error, draw, here, 0)
        weather.stream_error_north = _look_up(sky.stream_error, draw, here, 1)
    velocity = sky.streams.values[sky.streams_of_draw[draw]]
    stream = stream_here(sky.streams, velocity, weather, latitude, longitude, now)
    depths = charts.depths
    depth = depth_at(depths.depth, depths.south, depths.west, depths.cells_per_degree, latitude, longitude)
    if sky.raised > 0:
        _raise_waves(charts, draw, known, weather, here, stream, depth)
    else:
        _forecast_waves(sky, draw, known, weather, here)
    weather.exposure_half_time = half_time(
        wind_chill(weather.air_temperature, weather.wind_speed),
        known.exposure_reference_chill,
        known.exposure_reference_half_time,
        known.exposure_doubling_temperature,
    )
    _observe_breaking(charts.wave_numbers, known, boat, weather, stream, depth)


@inlined
def _look_up(chart, realization, here, component):  # type: ignore[no-untyped-def]  # Numba infers its types
    return field_at(
        chart.values[realization],
        (here.longitude - chart.west) * chart.columns_per_degree,
        (here.latitude - chart.south) * chart.rows_per_degree,
        (here.now - chart.start) * chart.times_per_second,
        component,
    )


@inlined
def _forecast_waves(sky, draw, known, weather, here):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Waves that are given, or forecast: with the error of the draw."""
    which = sky.waves_of_draw[draw]
    factor = math.exp(_look_up(sky.wave_error, draw, here, 0))
    weather.wave_height = _look_up(sky.waves, which, here, 0) * factor
    # The steepness is that of the forecast: higher waves than forecast are longer too.
    weather.peak_period = _look_up(sky.waves, which, here, 1) * math.sqrt(factor)
    weather.zero_crossing_period = known.sea_wave_period_factor * weather.peak_period
    weather.steep_height = weather.wave_height
    weather.steep_period = weather.peak_period
    east = _look_up(sky.waves, which, here, _EAST)
    north = _look_up(sky.waves, which, here, _NORTH)
    if east == 0.0 and north == 0.0:  # without a direction of their own they run with the wind
        east = weather.wind_east
        north = weather.wind_north
    _run_towards(weather, east, north)


@inlined
def _raise_waves(charts, draw, known, weather, here, stream, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Waves that the wind raises over its fetch, against the water as it moves, with the swell there is."""
    sky = charts.sky
    fetches = sky.fetches
    blows_east = weather.wind_east - stream[0]
    blows_north = weather.wind_north - stream[1]
    speed = math.sqrt(blows_east * blows_east + blows_north * blows_north)
    fetch, water = fetch_at(
        fetches.fetch,
        fetches.depth,
        (here.longitude - fetches.west) * fetches.columns_per_degree,
        (here.latitude - fetches.south) * fetches.rows_per_degree,
        math.atan2(-blows_east, -blows_north),
    )
    height, period = wind_sea(speed, fetch, water, known.waves_blown + here.now)
    period *= math.sqrt(known.waves_growth)
    following = (stream[0] * blows_east + stream[1] * blows_north) / speed if speed > 0.0 else 0.0
    rise = tabulated(charts.wave_gains, period, depth, following) ** known.waves_stream_gain
    which = sky.swell_of_draw[draw]
    swell_height, swell_period = _look_up(sky.swell, which, here, 0), _look_up(sky.swell, which, here, 1)
    found = combine(
        height * known.waves_growth * rise, period, swell_height, swell_period, known.sea_wave_period_factor
    )
    weather.wave_height = found[0]
    weather.peak_period = found[1]
    weather.zero_crossing_period = found[2]
    weather.steep_height = found[3]
    weather.steep_period = found[4]
    if found[4] == period:
        _run_towards(weather, blows_east, blows_north)
    else:
        _run_towards(weather, _look_up(sky.swell, which, here, _EAST), _look_up(sky.swell, which, here, _NORTH))


@inlined
def _run_towards(weather, east, north):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Note which way the waves run that may break, as a unit vector; none where there is none."""
    long = math.sqrt(east * east + north * north)
    weather.waves_east = east / long if long > 0.0 else 0.0
    weather.waves_north = north / long if long > 0.0 else 0.0


@inlined
def _observe_breaking(wave_numbers, known, boat, weather, stream, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
    """How often a wave that is high enough breaks, and the boat lies across it."""
    following = stream[0] * weather.waves_east + stream[1] * weather.waves_north
    number = tabulated(wave_numbers, weather.steep_period, depth, following)
    critical = known.breaking_critical_over_length * boat.length
    high_enough = rayleigh_exceedance(critical / max(weather.wave_height, SMALLEST_WAVES))
    breaks = breaking_chance(steepness(weather.steep_height, number))
    period = weather.zero_crossing_period
    weather.breaking_under_way = capsize_rate(high_enough, breaks, known.breaking_beam_on_under_way, period)
    weather.breaking_adrift = capsize_rate(high_enough, breaks, known.breaking_beam_on_adrift, period)
