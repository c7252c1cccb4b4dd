"""The weather of an encounter: forecasts, what was given, else the climate of the month, each drawn with its error."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from varne.atlas.charts import Window
from varne.compiled import compiled
from varne.draws import uniforms
from varne.encounter.records import WEATHER
from varne.encounter.scenario import Scenario
from varne.encounter.sky import SMALLEST_WAVES
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value, weibull_quantile, wind_from
from varne.sea.dispersion import GRAVITY
from varne.sea.field import COMPONENTS, Field, Source, field_at
from varne.sea.swell import (
    FROM_NORTH_TOWARDS,
    FROM_WEST_TOWARDS,
    NORTH_ENTRY,
    WEST_ENTRY,
    swell_left,
    swell_run,
    usual_swell,
)

Array = NDArray[np.float64]
_HELD = "the scenario, for the start; held from then on, and less sure with every hour"
_SWELL_POINTS = 9  # along each side of the window; swell changes over tens of kilometres; our choice


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
    tables = {"wind": "wind_speed", "water": "sea_temperature", "air": "air_temperature"}
    found = {
        field: Source(_HELD if field == "wind" else "the scenario", "elicited")
        if getattr(scenario, field) is not None
        else Source(f"the climate of the month: {climate_table(table).says}", climate_table(table).grade)
        for field, table in tables.items()
    }
    found["streams"] = Source("the embedded tidal streams", "derived")
    if scenario.waves is not None:
        found["waves"] = Source(_HELD, "elicited")
    elif "waves" not in fields:
        swell = climate_table("swell_height")
        found["waves"] = Source("raised by the wind over its fetch, by Young and Verhagen (1996, 2006)", "derived")
        found["swell"] = (
            Source(f"the climate of the month: {swell.says}", swell.grade)
            if scenario.swell is None
            else Source("the scenario", "elicited")
        )
    raised = scenario.waves is None and "waves" not in fields
    found |= {quantity: field.source for quantity, field in fields.items() if quantity != "swell" or raised}
    return {quantity: found[quantity] for quantity in COMPONENTS if quantity in found}


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
    return Field(quantity, np.array(spread, order="C"), 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, None, Source("drawn", "derived"))


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


def draw_wind(scenario: Scenario, known: NDArray[np.void], seed: int) -> Field:
    """
    Draw the wind at the start of each epistemic draw: given, with the error of a report, or of the climate.

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
    Field
        The same everywhere, a realization for each draw. [m/s]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "wind": "W 10 m/s"})
    >>> bool((draw_wind(question, shipped_facts().drawn(100, 1), 1).values[..., 0] > 5.0).all())
    True
    """
    if scenario.wind is None:
        mean = float(monthly_value(climate_table("wind_speed").values, [scenario.time])[0])
        shape = float(climate_table("wind_speed_shape").values[0])
        speed = weibull_quantile(_chances("wind speed", len(known), seed), mean, shape=shape)
        rose = climate_table("wind_rose").values
        blows_from = wind_from(_chances("wind direction", len(known), seed), frequency=rose)
    else:
        speed = scenario.wind[0] * known["sea_wind_speed_error"]
        blows_from = scenario.wind[1] + known["sea_wind_direction_error"]
    return constant("wind", np.column_stack((-speed * np.sin(blows_from), -speed * np.cos(blows_from))))


def given_waves(scenario: Scenario, known: NDArray[np.void]) -> Field:
    """
    Draw the waves of a question that gives them, with the error of a report; they run with the wind where they are.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]

    Returns
    -------
    Field
        The same everywhere, a realization for each draw; none at all when the question gives no waves. [m, s, 1]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "waves": "0.8 m 4 s"})
    >>> waves = given_waves(question, shipped_facts().drawn(100, 1)).values
    >>> bool((abs(waves[..., 0] / 0.8 - 1) < 0.5).all()), bool((waves[..., 1] == 4).all())
    (True, True)
    """
    without_direction = np.zeros((len(known), 2))
    if scenario.waves is None:
        return constant("waves", np.column_stack((without_direction, without_direction)))
    height = scenario.waves[0] * known["sea_wave_height_error"]
    period = np.full(len(known), scenario.waves[1] or 0.0)
    if scenario.waves[1] is None:
        # Steepness over the deep-water length g T² / (2 pi) of the peak period.
        long = 2.0 * np.pi * np.maximum(height, SMALLEST_WAVES) / known["sea_wave_steepness"]
        period = np.sqrt(long / GRAVITY)
    return constant("waves", np.column_stack((height, period, without_direction)))


def draw_swell(scenario: Scenario, known: NDArray[np.void], window: Window, seed: int) -> Field:
    """
    Draw the swell: given, with the error of a report, or of the season, which loses height on its way into the strait.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]
    window : Window
        To be covered. [deg]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Field
        A realization for each draw. [m, s, 1]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9})
    >>> draw_swell(question, shipped_facts().drawn(3, 1), Window(1.0, 2.0, 50.5, 51.5), 1).values.shape
    (3, 2, 9, 9, 4)
    """
    if scenario.swell is not None:
        height, period, comes_from = scenario.swell
        drawn = height * known["sea_wave_height_error"]
        same = np.ones(len(known))
        towards = np.column_stack((-np.sin(comes_from) * same, -np.cos(comes_from) * same))
        return constant("swell", np.column_stack((drawn, period * same, towards)))
    entering = usual_swell(_chances("swell", len(known), seed), [scenario.time])
    latitude, longitude = (
        np.linspace(low, high, _SWELL_POINTS)
        for low, high in ((window.south, window.north), (window.west, window.east))
    )
    values = np.empty((len(known), 2, _SWELL_POINTS, _SWELL_POINTS, 4))
    _spread_swell(values, entering, known, latitude, longitude)
    return Field(
        "swell", values, window.west, window.south, float(longitude[1] - longitude[0]),
        float(latitude[1] - latitude[0]), 0.0, 1.0, None, Source("the climate of the month", "assumed"),
    )  # fmt: skip


@compiled
def _spread_swell(values, entering, known, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(len(values)):
        fact = known[draw]
        entry, towards = NORTH_ENTRY, FROM_NORTH_TOWARDS
        if fact.waves_swell_from_west > 0.0:
            entry, towards = WEST_ENTRY, FROM_WEST_TOWARDS
        for row in range(len(latitude)):
            for column in range(len(longitude)):
                run = swell_run(latitude[row], longitude[column], entry[0], entry[1], towards)
                values[draw, :, row, column, 0] = entering[draw] * swell_left(run, fact.waves_swell_keeps)
        values[draw, :, :, :, 1] = fact.waves_swell_period
        values[draw, :, :, :, 2] = math.sin(towards)
        values[draw, :, :, :, 3] = math.cos(towards)


def _chances(name: str, draws: int, seed: int) -> Array:
    return uniforms(f"climate {name}", draws, seed)


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
