"""Wet people in the wind aboard an open boat."""

import csv
import math
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.hazards.exposure import exposure_rate, half_time, wind_chill

HOUR = 3600.0
TEXT = (Path(__file__).parents[1] / "known_answers" / "survival.csv").read_text(encoding="utf-8")
TIKUISIS = [row for row in csv.DictReader(TEXT.splitlines()) if row["model"] == "tikuisis_1995_air"]
# Published table of wind chill (Environment Canada): air, wind in km/h at 10 m, wind chill to the degree.
CHILL = [(0, 20, -5), (-10, 10, -15), (-10, 30, -20), (-20, 50, -35), (-40, 60, -64), (5, 40, -1)]
AIR = st.floats(-20.0, 28.0)
WIND = st.floats(0.0, 30.0)


@pytest.mark.parametrize(("air", "wind", "chill"), CHILL)
def test_wind_chill_is_the_published_one(air, wind, chill) -> None:
    """The table of Environment Canada is met to the degree."""
    assert wind_chill(float(air), wind / 3.6) == pytest.approx(chill, abs=0.55)


@given(air=AIR, wind=WIND, more=st.floats(0.0, 10.0))
def test_wind_and_cold_never_warm(air, wind, more) -> None:
    """More wind or colder air never raises the temperature felt, which is never above the air's."""
    felt = wind_chill(air, wind)
    assert felt <= air
    assert wind_chill(air, wind + more) <= felt + 1e-9
    assert wind_chill(air - more, wind) <= felt + 1e-9


def test_the_case_of_lampedusa() -> None:
    """A half time of 33.5 h and a shape of 2 give 22 of 98 dead in 18 h, and 3 and 5 % in crossings of 6 and 8 h."""
    case = half_time(-4.0, -4.0, 33.5 * HOUR, 3.0)
    dead = {hours: 1.0 - 1.0 / (1.0 + (hours * HOUR / case) ** 2) for hours in (6, 8, 18)}
    assert dead[18] == pytest.approx(22 / 98, abs=2e-3)
    assert dead[6] == pytest.approx(0.031, abs=6e-4)
    assert dead[8] == pytest.approx(0.054, abs=6e-4)


@pytest.mark.parametrize("shape", [1.0, 1.5, 2.0, 2.6])
def test_the_rate_adds_up_to_the_log_logistic(shape) -> None:
    """The rate summed over time gives back the share of the log-logistic law."""
    time = np.linspace(0.0, 18.0 * HOUR, 20_001)
    middle = (time[1:] + time[:-1]) / 2.0
    rates = np.array([exposure_rate(moment, 33.0 * HOUR, shape) for moment in middle])
    alive = math.exp(-float(np.sum(rates * np.diff(time))))
    assert alive == pytest.approx(1.0 / (1.0 + (18.0 / 33.0) ** shape), rel=1e-5)


def test_limits() -> None:
    """Nobody dies of cold at the first moment; a rise by the doubling temperature doubles the time."""
    assert exposure_rate(0.0, 33.0 * HOUR, 2.0) == 0.0
    assert half_time(-1.0, -4.0, 33.0 * HOUR, 3.0) == pytest.approx(66.0 * HOUR)


@given(time=st.floats(0.0, 24.0 * HOUR), felt=st.floats(-20.0, 20.0), more=st.floats(0.0, 10.0))
def test_warmth_never_raises_the_rate(time, felt, more) -> None:
    """The rate of death by cold never rises with the temperature felt."""
    cold, warm = (half_time(chill, -4.0, 33.0 * HOUR, 2.7) for chill in (felt, felt + more))
    assert warm >= cold
    assert exposure_rate(time, warm, 2.0) <= exposure_rate(time, cold, 2.0) * (1.0 + 1e-12)


def test_the_ranking_of_tikuisis() -> None:
    """Within each clothing the cases of Tikuisis stand in the order of their wind chill, which is all he claims."""
    assert len(TIKUISIS) == 10
    for _, rows in groupby(TIKUISIS, key=lambda row: row["clothing"]):
        cases = [
            (wind_chill(float(row["air_temperature_degC"]), float(row["wind_km_per_h"]) / 3.6), float(row["time_h"]))
            for row in rows
        ]
        times = [time for _, time in sorted(cases)]
        assert times == sorted(times)
        ours = [half_time(chill, -4.0, 33.0 * HOUR, 2.7) for chill, _ in sorted(cases)]
        assert ours == sorted(ours)
