"""The weather of an encounter: what was given, else the climate of the month, each drawn with its error."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from varne.compiled import compiled
from varne.draws import uniforms
from varne.encounter.hull import SMALLEST_WAVES
from varne.encounter.records import WEATHER
from varne.encounter.scenario import Scenario
from varne.facts.climate_tables import climate_table
from varne.hazards.exposure import half_time, wind_chill
from varne.hazards.launch import breaker_height
from varne.sea.climate import monthly_value, weibull_quantile, wind_from
from varne.sea.field import Source
from varne.sea.waves import GRAVITY

Array = NDArray[np.float64]


def sources(scenario: Scenario) -> Mapping[str, Source]:
    """
    Say where wind, waves and temperatures come from.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]

    Returns
    -------
    mapping of str to Source

    Examples
    --------
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "water": 7})
    >>> sources(question)["water"].says
    'the scenario'
    """
    tables = {
        "wind": "wind_speed",
        "waves": "wave_height",
        "water": "sea_temperature",
        "air": "air_temperature",
    }
    return {
        field: Source("the scenario", "elicited")
        if getattr(scenario, field) is not None
        else Source(f"the climate of the month: {climate_table(table).says}", climate_table(table).grade)
        for field, table in tables.items()
    }


def draw_weather(scenario: Scenario, known: NDArray[np.void], seed: int) -> NDArray[np.void]:
    """
    Draw the weather of each epistemic draw.

    What is given has the error of a report; what is not is drawn from the climate of the month. Waves that are not
    given go with the wind: their rank in the climate is correlated with its rank.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    structured array of WEATHER, shape (draw,)
        [SI]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "waves": "0.8 m"})
    >>> weather = draw_weather(question, shipped_facts().drawn(100, 1), 1)
    >>> bool((abs(weather["wave_height"] / 0.8 - 1) < 0.5).all())
    True
    """
    weather = np.zeros(len(known), WEATHER)
    speed, blows_from, rank = _wind(scenario, known, seed)
    weather["wind_speed"] = speed
    weather["wind_east"] = -speed * np.sin(blows_from)
    weather["wind_north"] = -speed * np.cos(blows_from)
    weather["waves_east"] = -np.sin(blows_from)  # the waves run downwind
    weather["waves_north"] = -np.cos(blows_from)
    height, period = _waves(scenario, known, seed, rank)
    weather["wave_height"] = height
    weather["peak_period"] = period
    weather["zero_crossing_period"] = known["sea_wave_period_factor"] * period
    weather["water_temperature"] = (
        _temperature(scenario.water, "sea_temperature", scenario.time) + (known["sea_water_temperature_error"])
    )
    weather["air_temperature"] = (
        _temperature(scenario.air, "air_temperature", scenario.time) + (known["sea_air_temperature_error"])
    )
    turned = known["sea_stream_direction"]
    factor = known["sea_stream_speed"] * known["sea_surface_factor"]
    weather["stream_shift"] = known["sea_stream_time_shift"]
    weather["stream_cosine"] = factor * np.cos(turned)
    weather["stream_sine"] = -factor * np.sin(turned)  # bearings turn clockwise
    _fill_derived(weather, known)
    return weather


@compiled
def _fill_derived(weather, known):  # type: ignore[no-untyped-def]
    for draw in range(len(weather)):
        air = weather[draw]
        fact = known[draw]
        air.breaker_height = breaker_height(air.wave_height, air.peak_period)
        air.exposure_half_time = half_time(
            wind_chill(air.air_temperature, air.wind_speed),
            fact.exposure_reference_chill,
            fact.exposure_reference_half_time,
            fact.exposure_doubling_temperature,
        )


def _chances(name: str, draws: int, seed: int) -> Array:
    return uniforms(f"climate {name}", draws, seed)


def _wind(scenario: Scenario, known: NDArray[np.void], seed: int) -> tuple[Array, Array, Array]:
    mean = float(monthly_value(climate_table("wind_speed").values, [scenario.time])[0])
    shape = float(climate_table("wind_speed_shape").values[0])
    if scenario.wind is None:
        chance = _chances("wind speed", len(known), seed)
        rose = climate_table("wind_rose").values
        from_bearing = wind_from(_chances("wind direction", len(known), seed), frequency=rose)
        return weibull_quantile(chance, mean, shape=shape), from_bearing, chance
    speed = scenario.wind[0] * known["sea_wind_speed_error"]
    scale = weibull_quantile([-np.expm1(-1.0)], mean, shape=shape)[0]  # by definition exceeded with chance 1/e
    rank = -np.expm1(-((speed / scale) ** shape))
    return speed, scenario.wind[1] + known["sea_wind_direction_error"], np.clip(rank, 1e-6, 1.0 - 1e-6)


def _waves(scenario: Scenario, known: NDArray[np.void], seed: int, wind_rank: Array) -> tuple[Array, Array]:
    if scenario.waves is None:
        mean = float(monthly_value(climate_table("wave_height").values, [scenario.time])[0])
        shape = float(climate_table("wave_height_shape").values[0])
        together = known["sea_wave_wind_correlation"]
        own = _scores(_chances("wave height", len(known), seed))
        rank = ndtr(together * _scores(wind_rank) + np.sqrt(1.0 - together**2) * own)
        height = weibull_quantile(np.clip(rank, 1e-9, 1.0 - 1e-9), mean, shape=shape)
        given = None
    else:
        height = scenario.waves[0] * known["sea_wave_height_error"]
        given = scenario.waves[1]
    if given is not None:
        return height, np.full(len(known), given)
    # Steepness over the deep-water length g T² / (2 pi) of the peak period.
    return height, np.sqrt(2.0 * np.pi * np.maximum(height, SMALLEST_WAVES) / (GRAVITY * known["sea_wave_steepness"]))


def _scores(chance: Array) -> Array:
    return np.asarray(ndtri(chance), dtype=np.float64)


def _temperature(given: float | None, table: str, time: float) -> float:
    return given if given is not None else float(monthly_value(climate_table(table).values, [time])[0])
