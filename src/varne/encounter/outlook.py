"""The outlook: wind, waves and streams of the hours to come, with their errors, laid out for the kernel."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import Window
from varne.atlas.embedded import coast_mask, depth_grid
from varne.earth import distance
from varne.encounter.records import Fetches, FieldChart, Sky
from varne.encounter.scenario import Scenario
from varne.encounter.weather import constant, draw_swell, draw_wind, given_waves, which_realization
from varne.facts.tables import Facts
from varne.sea.error_update import member_variance
from varne.sea.fetch import fetch_grid
from varne.sea.field import ERROR_COMPONENTS, Field
from varne.sea.forecast_error import correlated_errors, spread_of_report, spread_with_lead
from varne.units import in_si

Array = NDArray[np.float64]
_NOTHING = np.zeros((2, 2, 2), dtype=np.float32)
NO_FETCH = Fetches(_NOTHING, _NOTHING, 0.0, 0.0, 1.0, 1.0)  # where the waves are known it is not read
KNOT = 1800.0  # between two values of an error, and never longer than a block of the kernel; our choice [s]
# For each quantity its error, and the facts of the subject "forecast" that say how large it is.
_ERRORS = {"wind": "wind_error", "waves": "wave_error", "streams": "stream_error"}
_NAMES = {"wind": "wind", "waves": "wave", "streams": "stream"}


def lay_out_sky(
    scenario: Scenario,
    known: NDArray[np.void],
    facts: Facts,
    fields: Mapping[str, Field],
    *,
    streams: Field,
    window: Window,
    seed: int,
) -> Sky:
    """
    Lay out wind, waves and streams, each with its error.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]
    facts : Facts
        Numbers about the world. [unit]
    fields : mapping of str to Field
        Forecasts that were brought, by quantity. [SI]
    streams : Field
        Brought, or embedded. [m/s]
    window : Window
        What a boat can reach. [deg]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Sky

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> facts, box = shipped_facts(), Window(1.0, 2.0, 50.5, 51.5)
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "wind": "SW 10 kn"})
    >>> still = constant("streams", np.zeros((1, 2)))
    >>> sky = lay_out_sky(question, facts.drawn(3, 1), facts, {}, streams=still, window=box, seed=1)
    >>> sky.wind.values.shape, sky.wind_error.values.shape
    ((3, 2, 2, 2, 2), (3, 49, 3, 2, 2))
    """
    draws = len(known)
    drawn_fields = {
        "wind": draw_wind(scenario, known, seed),
        "waves": given_waves(scenario, known),
        "swell": draw_swell(scenario, known, window, seed),
        "streams": streams,
    }
    used = {quantity: fields.get(quantity, field) for quantity, field in drawn_fields.items()}
    own = np.arange(draws)
    which = {
        quantity: which_realization(quantity, field, draws, seed) if quantity in fields else own
        for quantity, field in used.items()
    }
    charts = {
        quantity: chart_of(field, scenario.time if quantity in fields else 0.0) for quantity, field in used.items()
    }
    raised = scenario.waves is None and "waves" not in fields
    errors = {
        quantity: chart_of(_error(quantity, scenario, known, facts, fields, window, seed), 0.0) for quantity in _ERRORS
    }
    return Sky(
        raised=int(raised),
        surely=int("streams" not in fields),
        wind=charts["wind"],
        waves=charts["waves"],
        swell=charts["swell"],
        fetches=fetches(window) if raised else NO_FETCH,
        streams=chart_of(streams, scenario.time),
        wind_error=errors["wind"],
        wave_error=errors["waves"],
        stream_error=errors["streams"],
        wind_of_draw=which["wind"],
        waves_of_draw=which["waves"],
        swell_of_draw=which["swell"],
        streams_of_draw=which_realization("streams", streams, draws, seed),
    )


@lru_cache(maxsize=4)  # some places and hours are asked about again and again
def fetches(window: Window) -> Fetches:
    """
    Lay out how far the wind runs over water, for the kernel.

    Parameters
    ----------
    window : Window
        What a boat can reach. [deg]

    Returns
    -------
    Fetches

    Examples
    --------
    >>> fetches(Window(1.4, 1.6, 50.9, 51.1)).fetch.shape[2]
    36
    """
    grid = fetch_grid(coast_mask(), depth_grid(), window)
    return Fetches(grid.fetch, grid.depth, grid.west, grid.south, 1.0 / grid.step_east, 1.0 / grid.step_north)


def chart_of(field: Field, begins: float) -> FieldChart:
    """
    Lay a field out as the kernel reads it.

    Parameters
    ----------
    field : Field
        [unit]
    begins : float
        Start of the encounter, in the time of the field. [s]

    Returns
    -------
    FieldChart

    Examples
    --------
    >>> chart_of(constant("water", np.array([[7.0]])), 60.0).start
    -60.0
    """
    return FieldChart(
        values=np.array(field.values, order="C"),  # one kind of array, so that kernels are compiled once
        west=field.west,
        south=field.south,
        columns_per_degree=1.0 / field.step_east,
        rows_per_degree=1.0 / field.step_north,
        start=field.start - begins,
        times_per_second=1.0 / field.interval,
    )


def _error(
    quantity: str, scenario: Scenario, known: NDArray[np.void], facts: Facts, fields: Mapping[str, Field],
    window: Window, seed: int,
) -> Field:  # fmt: skip
    """The error to be added: of a forecast or an observation that was brought, or of a value that is held."""
    name = _NAMES[quantity]
    knots = KNOT * np.arange(round(scenario.horizon / KNOT) + 1.0)
    memory = known[f"forecast_{name}_error_memory"]
    reach = facts[f"forecast.{name}_error_length"]
    length = in_si(reach.value, reach.unit)
    if quantity in fields and fields[quantity].held_after is None:
        spread = _spread_of_forecast(fields[quantity], quantity, scenario.time + knots, known)
    elif quantity in fields:
        age = scenario.time + knots - (fields[quantity].held_after or 0.0)
        # What is measured elsewhere differs from what is here as two places of one weather do.
        apart = -np.expm1(-(_away(fields[quantity], scenario) ** 2) / (2.0 * length**2))
        start = np.hypot(
            known[f"forecast_{name}_error_start"], known[f"forecast_report_{name}_scatter"] * np.sqrt(apart)
        )
        spread = spread_of_report(
            age,
            start=start,
            scatter=known[f"forecast_report_{name}_scatter"],
            memory=known[f"forecast_report_{name}_memory"],
        )
        memory = known[f"forecast_report_{name}_memory"]
    elif quantity != "streams" and getattr(scenario, quantity) is not None:
        # A value holds for the start, with the error of a report (facts/sea.toml); nobody has said that it lasts.
        nothing = np.zeros(len(known))
        spread = spread_of_report(
            knots,
            start=nothing,
            scatter=known[f"forecast_report_{name}_scatter"],
            memory=known[f"forecast_report_{name}_memory"],
        )
        memory = known[f"forecast_report_{name}_memory"]
    else:
        return constant(_ERRORS[quantity], np.zeros((len(known), len(ERROR_COMPONENTS[_ERRORS[quantity]]))))
    return correlated_errors(
        _ERRORS[quantity], spread, window=window, length=length, memory=memory, interval=KNOT, seed=seed
    )


def _away(field: Field, scenario: Scenario) -> float:
    """How far the place of an observation is from the boat: a place is a field of two rows and two columns. [m]"""
    middle = field.south + field.step_north / 2.0, field.west + field.step_east / 2.0
    return float(distance(*middle, *scenario.position))


def _spread_of_forecast(field: Field, quantity: str, times: Array, known: NDArray[np.void]) -> Array:
    name = _NAMES[quantity]
    nothing = np.zeros(len(known))
    if quantity == "streams":
        return spread_with_lead(times, start=known["forecast_stream_error"], growth=nothing)
    issued = field.start if field.issued is None else field.issued
    start, growth = known[f"forecast_{name}_error_start"], known[f"forecast_{name}_error_growth"]
    if len(field.values) == 1:
        return spread_with_lead(times - issued, start=start, growth=growth)
    # The members of an ensemble drift apart by themselves: only what they lack of the growth is drawn on top.
    apart = np.interp(times, field.start + field.interval * np.arange(field.values.shape[1]), member_variance(field))
    grown = spread_with_lead(times - issued, start=nothing, growth=growth) ** 2
    return np.asarray(np.sqrt(start[:, np.newaxis] ** 2 + np.maximum(grown - apart, 0.0)))
