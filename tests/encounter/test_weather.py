"""The weather of an encounter."""

from dataclasses import replace

import numpy as np
import pytest

from tests.encounter.worlds import QUESTION, setting
from varne.encounter.scenario import Scenario
from varne.encounter.weather import constant, draw_constants, sources, which_realization
from varne.facts.tables import shipped_facts
from varne.sea.field import Source
from varne.units import KNOT


def draw(**fields):
    """The weather where and when an encounter begins, with nothing known of it but what is given."""
    return setting([], members=(500, 1), **{"wind": None, "waves": None, "water": None, **fields}).world.weather


def test_what_is_given_has_only_the_error_of_a_report():
    """The middle of the draws is what was reported, and nothing lies far from it."""
    found = draw(wind="W 12 kn", waves="0.8 m 4 s", water=7, air=5)
    assert np.median(found["wind_speed"]) == pytest.approx(12 * KNOT, rel=0.05)
    assert np.median(found["wave_height"]) == pytest.approx(0.8, rel=0.05)
    assert (found["peak_period"] == 4.0).all()
    assert np.median(found["water_temperature"]) == pytest.approx(7.0, abs=0.3)
    assert np.median(found["air_temperature"]) == pytest.approx(5.0, abs=0.5)


def test_what_is_not_given_widens_the_answer():
    """Missing weather is drawn from the climate of the month: wider than a report, never a zero."""
    reported, unknown = draw(wind="W 12 kn", waves="0.8 m", water=7), draw()
    for field in ("wind_speed", "wave_height"):
        assert unknown[field].std() > 2.0 * reported[field].std()
        assert (unknown[field] > 0.0).all()
    assert draw(time="2026-08-14T02:30Z")["water_temperature"].mean() > unknown["water_temperature"].mean() + 4.0


def test_waves_go_with_the_wind():
    """More wind, higher waves, also where only the wind is given."""
    found = draw()
    assert np.corrcoef(found["wind_speed"], found["wave_height"])[0, 1] > 0.4
    assert draw(wind="W 30 kn")["wave_height"].mean() > draw(wind="W 5 kn")["wave_height"].mean()


def test_wind_and_waves_go_to_where_the_wind_does_not_come_from():
    """A westerly blows towards the east; the waves run with it, as a unit vector."""
    found = draw(wind="W 12 kn", waves="0.8 m")
    assert (found["wind_east"] > 0.0).mean() > 0.99
    assert abs(found["wind_north"].mean()) < 0.2 * found["wind_east"].mean()
    assert np.hypot(found["waves_east"], found["waves_north"]) == pytest.approx(1.0)
    assert np.hypot(found["wind_east"], found["wind_north"]) == pytest.approx(found["wind_speed"])


def test_a_flat_calm_is_weather_too():
    """No wind and no waves give finite numbers, and periods above 0."""
    found = draw(wind="N 0 kn", waves=0)
    for field in found.dtype.names:
        assert np.isfinite(found[field]).all(), field
    assert (found["zero_crossing_period"] > 0.0).all()


def test_each_part_says_where_it_is_from():
    """Given by the scenario, or by a named climate with its grade."""
    asked = Scenario.of({key: QUESTION[key] for key in ("position", "time", "people", "length", "water")})
    found = sources(asked, {})
    assert found["water"].grade == "elicited"
    assert {found[field].says.split(":")[0] for field in ("wind", "swell", "air")} == {"the climate of the month"}
    assert "raised by the wind" in found["waves"].says
    assert "embedded" in found["streams"].says


def test_what_a_file_brings_is_named_in_place_of_the_climate():
    """A forecast that was brought is the source of its quantity, with its grade."""
    asked = Scenario.of({key: QUESTION[key] for key in ("position", "time", "people", "length")})
    wind = replace(constant("wind", np.zeros((1, 2))), source=Source("wind.nc", "published"))
    assert sources(asked, {"wind": wind})["wind"] == Source("wind.nc", "published")


def test_realizations_are_equally_likely_and_stay_together():
    """Each member of an ensemble is drawn as often, and forecasts of one ensemble give one draw the same member."""
    wind, waves = constant("wind", np.zeros((10, 2))), constant("waves", np.zeros((10, 4)))
    chosen = which_realization("wind", wind, 5000, 1)
    assert np.bincount(chosen, minlength=10) == pytest.approx(np.full(10, 500), abs=100)
    assert (chosen == which_realization("waves", waves, 5000, 1)).all()


def test_a_temperature_that_was_brought_has_the_error_of_a_forecast():
    """Water of 11 degrees in the file is 11 degrees in the draws, give or take what forecasts are wrong by."""
    asked = Scenario.of({key: QUESTION[key] for key in ("position", "time", "people", "length")})
    water = constant("water", np.array([[11.0]]))
    found = draw_constants(asked, shipped_facts().drawn(500, 1), 1, {"water": water})["water_temperature"]
    assert found.mean() == pytest.approx(11.0, abs=0.2)
    assert 0.2 < found.std() < 1.5
