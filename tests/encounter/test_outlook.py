"""The outlook: fields and their errors, laid out for the kernel."""

from dataclasses import replace

import numpy as np
import pytest

from tests.encounter.worlds import QUESTION, fixed, setting
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.outlook import KNOT
from varne.encounter.scenario import Scenario
from varne.encounter.setting import lay_out
from varne.encounter.weather import constant
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

SURE = {
    "forecast_wind_error_start": 1e-9, "forecast_wind_error_growth": 1e-12, "forecast_wave_error_start": 1e-9,
    "forecast_wave_error_growth": 1e-12, "forecast_stream_error": 1e-9,
}  # fmt: skip
START = Scenario.of(QUESTION).time
SOUTH, WEST = Scenario.of(QUESTION).position[0] - 0.5, Scenario.of(QUESTION).position[1] - 0.5


def with_fields(fields, facts=None, members=(40, 1), **asked):
    facts = facts or shipped_facts()
    options = chosen(read_options(shipped_option_rows(), facts), ["leave"])
    return lay_out(Scenario.of({**QUESTION, **asked}), facts, options, members, 1, fields)


def blowing(east, issued=None, held_after=None):
    """The same everywhere, about the place of the boat."""
    wind = constant("wind", np.array([[east, 0.0]]))
    return replace(wind, west=WEST, south=SOUTH, start=START, issued=issued, held_after=held_after)


def spread_at(asked, hours):
    errors = asked.world.charts.sky.wind_error
    return errors.values[:, round(hours * 3600.0 / KNOT)].std()


def test_two_hours_ahead_is_more_certain_than_two_days_ahead():
    """The spread of the error follows the time since the forecast was made, not the time of the encounter."""
    growing = fixed(forecast_wind_error_growth=2.0)  # m/s in a day, more than shipped, to stand out of the noise
    fresh = with_fields({"wind": blowing(8.0, issued=START)}, growing, members=(300, 1))
    stale = with_fields({"wind": blowing(8.0, issued=START - 48 * 3600.0)}, growing, members=(300, 1))
    assert spread_at(fresh, 2.0) < spread_at(fresh, 12.0) < spread_at(stale, 2.0)


def test_an_observation_is_held_and_soon_forgotten():
    """After its last hour an observation is worth less and less, and less than a forecast of the same age."""
    observed = with_fields({"wind": blowing(8.0, held_after=START)}, members=(300, 1))
    forecast = with_fields({"wind": blowing(8.0, issued=START)}, members=(300, 1))
    assert spread_at(observed, 0.0) == pytest.approx(spread_at(forecast, 0.0), rel=0.05)
    assert spread_at(observed, 12.0) > 1.5 * spread_at(forecast, 12.0)


def test_without_error_a_forecast_is_what_every_draw_has():
    """With errors of nothing all draws have the file's wind, waves and stream, to the digit that is left."""
    fields = {
        "wind": blowing(8.0),
        "waves": replace(constant("waves", np.array([[0.7, 4.0, 1.0, 0.0]])), start=START),
        "streams": replace(constant("streams", np.array([[0.4, 0.3]])), start=START),
    }
    world = with_fields(fields, facts=fixed(**SURE)).world
    assert world.weather["wind_speed"] == pytest.approx(8.0, abs=1e-6)
    assert world.weather["wave_height"] == pytest.approx(0.7, abs=1e-6)
    assert (world.weather["stream_shift"] == 0.0).all()
    assert (world.weather["stream_cosine"] == 1.0).all()


def test_an_ensemble_feeds_the_epistemic_draws():
    """Each realization becomes the wind of some draws and of all their replicates."""
    values = np.array([[2.0, 0.0], [6.0, 0.0], [11.0, 0.0]])
    ensemble = replace(constant("wind", values), start=START)
    world = with_fields({"wind": ensemble}, facts=fixed(**SURE), members=(60, 1)).world
    assert set(world.weather["wind_speed"].round(4)) == {2.0, 6.0, 11.0}


def test_the_climate_has_no_error_on_top():
    """A draw from the climate already holds all that is not known."""
    sky = setting([], members=(3, 1), wind=None, waves=None).world.charts.sky
    assert not sky.wind_error.values.any()
    assert not sky.wave_error.values.any()
    assert not sky.stream_error.values.any()


def test_the_answer_with_fields_is_the_same_on_any_number_of_threads():
    """Errors of forecasts belong to their draws: bit for bit."""
    asked = with_fields({"wind": blowing(8.0, issued=START)}, members=(12, 2))
    one, two = run(asked, workers=1), run(asked, workers=3)
    assert (one.members == two.members).all()


def test_a_buoy_further_away_says_less():
    """What was measured 60 km from the boat is less sure there than what was measured beside it."""
    here = with_fields({"wind": blowing(8.0, held_after=START)}, members=(300, 1))
    elsewhere = replace(blowing(8.0, held_after=START), south=SOUTH + 0.5)
    assert spread_at(with_fields({"wind": elsewhere}, members=(300, 1)), 0.0) > 1.2 * spread_at(here, 0.0)


def test_what_is_typed_is_no_surer_than_what_is_measured():
    """Half a day later a wind that was typed is as unsure as one that a light vessel reported."""
    typed = with_fields({}, members=(300, 1), wind="W 16 kn")
    measured = with_fields({"wind": blowing(8.0, held_after=START)}, members=(300, 1))
    assert spread_at(typed, 12.0) == pytest.approx(spread_at(measured, 12.0), rel=0.25)


def test_waves_without_a_direction_run_with_the_wind_that_was_brought():
    """A height that was typed beside a wind from a file: the sea runs where that wind blows, in every draw."""
    world = with_fields({"wind": blowing(8.0)}, facts=fixed(**SURE), members=(30, 1), wind=None).world
    assert world.weather["waves_east"] == pytest.approx(1.0, abs=1e-6)


def test_copies_of_a_forecast_are_no_ensemble():
    """Members that do not differ leave all of the growth to be drawn; members that drift apart leave little."""
    growing = fixed(forecast_wind_error_growth=2.0)
    four_days = START - 96 * 3600.0
    alike = replace(blowing(8.0, issued=four_days), values=np.repeat(blowing(8.0).values, 3, axis=0))
    apart = np.concatenate([blowing(speed).values for speed in (-4.0, 8.0, 20.0)])
    single = with_fields({"wind": blowing(8.0, issued=four_days)}, growing, members=(300, 1))
    copies = with_fields({"wind": alike}, growing, members=(300, 1))
    spread = with_fields({"wind": replace(alike, values=apart)}, growing, members=(300, 1))
    assert spread_at(copies, 6.0) == pytest.approx(spread_at(single, 6.0), rel=1e-9)
    assert spread_at(spread, 6.0) < 0.5 * spread_at(single, 6.0)
