"""The weather of an encounter: forecasts, what was given, else the climate of the month, each drawn with its error."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from varne.draws import uniforms
from varne.encounter.records import WEATHER
from varne.encounter.scenario import Scenario
from varne.encounter.sky import SMALLEST_WAVES
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value, weibull_quantile, wind_from
from varne.sea.field import Field, Source, field_at
from varne.sea.waves import GRAVITY

Array = NDArray[np.float64]


def sources(scenario: Scenario, fields: Mapping[str, Field]) -> Mapping[str, Source]:
    """
    Say where wind, waves, streams and temperatures come from.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    fields : mapping of str to Field
        Forecasts that were brought, by quantity. [SI]

    Returns
    -------
    mapping of str to Source

    Examples
    --------
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "water": 7})
    >>> sources(question, {})["water"].says
    'the scenario'
    """
    tables = {
        "wind": "wind_speed",
        "waves": "wave_height",
        "water": "sea_temperature",
        "air": "air_temperature",
    }
    found = {
        field: Source("the scenario", "elicited")
        if getattr(scenario, field) is not None
        else Source(f"the climate of the month: {climate_table(table).says}", climate_table(table).grade)
        for field, table in tables.items()
    }
    found["streams"] = Source("the embedded tidal streams", "derived")
    return found | {quantity: field.source for quantity, field in fields.items()}


def which_realization(quantity: str, field: Field, draws: int, seed: int) -> NDArray[np.int64]:
    """
    Choose for each draw one of the equally likely realizations of a forecast.

    Of two forecasts with as many realizations a draw takes the same: wind and waves of an ensemble stay together.

    Parameters
    ----------
    quantity : str
        For the reader of the call. [1]
    field : Field
        With its realizations. [SI]
    draws : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw,)
        Its number. [1]

    Examples
    --------
    >>> wind = constant("wind", np.zeros((5, 2)))
    >>> sorted(set(which_realization("wind", wind, 100, 1).tolist()))
    [0, 1, 2, 3, 4]
    """
    realizations = len(field.values)
    return np.minimum((uniforms("realization", draws, seed) * realizations).astype(np.int64), realizations - 1)


def constant(quantity: str, values: Array) -> Field:
    """
    Make a field that is the same everywhere and at all times.

    Parameters
    ----------
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS` or of its errors. [1]
    values : array, shape (realization, component)
        In its units. [unit]

    Returns
    -------
    Field

    Examples
    --------
    >>> constant("water", np.array([[7.0]])).values.shape
    (1, 2, 2, 2, 1)
    """
    spread = np.broadcast_to(values[:, np.newaxis, np.newaxis, np.newaxis], (len(values), 2, 2, 2, values.shape[1]))
    return Field(quantity, np.array(spread), 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, None, Source("drawn", "derived"))


def draw_constants(
    scenario: Scenario, known: NDArray[np.void], seed: int, fields: Mapping[str, Field]
) -> NDArray[np.void]:
    """
    Draw what holds for the whole encounter: the temperatures, and the errors of the embedded streams.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]
    seed : int
        Names the experiment. [1]
    fields : mapping of str to Field
        Forecasts that were brought, by quantity. [SI]

    Returns
    -------
    structured array of WEATHER, shape (draw,)
        All else 0. [SI]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "water": 7})
    >>> weather = draw_constants(question, shipped_facts().drawn(100, 1), 1, {})
    >>> bool((abs(weather["water_temperature"] - 7) < 5).all())
    True
    """
    weather = np.zeros(len(known), WEATHER)
    weather["water_temperature"] = _temperature(scenario, "water", known, seed, fields)
    weather["air_temperature"] = _temperature(scenario, "air", known, seed, fields)
    if "streams" in fields:
        weather["stream_cosine"] = 1.0
        return weather
    turned = known["sea_stream_direction"]
    factor = known["sea_stream_speed"] * known["sea_surface_factor"]
    weather["stream_shift"] = known["sea_stream_time_shift"]
    weather["stream_cosine"] = factor * np.cos(turned)
    weather["stream_sine"] = -factor * np.sin(turned)  # bearings turn clockwise
    return weather


def draw_wind_and_waves(scenario: Scenario, known: NDArray[np.void], seed: int) -> tuple[Field, Field]:
    """
    Draw the wind and the waves at the start of each epistemic draw, for a question without a forecast of them.

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
    tuple of Field
        Wind and waves, the same everywhere, a realization for each draw. [SI]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "waves": "0.8 m"})
    >>> wind, waves = draw_wind_and_waves(question, shipped_facts().drawn(100, 1), 1)
    >>> bool((abs(waves.values[..., 0] / 0.8 - 1) < 0.5).all())
    True
    """
    speed, blows_from, rank = _wind(scenario, known, seed)
    east, north = -np.sin(blows_from), -np.cos(blows_from)
    height, period = _waves(scenario, known, seed, rank)
    wind = constant("wind", np.column_stack((speed * east, speed * north)))
    return wind, constant("waves", np.column_stack((height, period, east, north)))  # the waves run downwind


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


def _temperature(
    scenario: Scenario, quantity: str, known: NDArray[np.void], seed: int, fields: Mapping[str, Field]
) -> Array:
    """The temperature where and when the encounter begins; it holds for all of it."""
    if quantity in fields:
        field = fields[quantity]
        x, y = (
            (scenario.position[1] - field.west) / field.step_east,
            (scenario.position[0] - field.south) / field.step_north,
        )
        t = (scenario.time - field.start) / field.interval
        each = np.array([field_at(values, x, y, t, 0) for values in field.values])
        chance = _scores(uniforms(f"error of {quantity} temperature", len(known), seed))
        return np.asarray(
            each[which_realization(quantity, field, len(known), seed)] + known[f"forecast_{quantity}_error"] * chance
        )
    given = getattr(scenario, quantity)
    table = "sea_temperature" if quantity == "water" else "air_temperature"
    usual = float(monthly_value(climate_table(table).values, [scenario.time])[0]) if given is None else given
    return np.asarray(usual + known[f"sea_{quantity}_temperature_error"])
