"""How long people live in the water."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.facts.tables import shipped_facts
from varne.hazards.immersion import (
    death_after_recovery,
    half_time,
    hayward_time,
    log_logistic,
    lognormal_survival,
    longest_survival,
    survival,
)

HOUR = 3600.0
TEXT = (Path(__file__).parents[1] / "known_answers" / "survival.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))
WATER = st.floats(0.0, 20.0)
TIME = st.floats(0.0, 40.0 * HOUR)


def known(model: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["model"] == model]


def water(row: dict[str, str]) -> float:
    return float(row["water_temperature_degC"])


def test_every_row_of_the_table_has_its_test() -> None:
    """No model of the project's table of survival goes unchecked, here or beside people and exposure."""
    here = {
        "hayward_1975",
        "golden_1996",
        "ukniis_2006_50_percent",
        "ukniis_log_linear_t50",
        "xu_giesbrecht_2018_maximum",
        "varne_log_logistic",
    }
    assert {row["model"] for row in ROWS} == here | {"tikuisis_1995_air", "body_factor_dubois"}


@pytest.mark.parametrize("row", known("hayward_1975"))
def test_hayward_is_the_published_one(row) -> None:
    """Hayward's times agree with every row."""
    assert hayward_time(water(row)) / 60.0 == pytest.approx(float(row["time_min"]), rel=1e-5)


@pytest.mark.parametrize("row", known("ukniis_log_linear_t50"))
def test_half_time_is_the_known_one(row) -> None:
    """The log-linear half time agrees with every row."""
    assert half_time(water(row)) / HOUR == pytest.approx(float(row["time_h"]), rel=1e-5)


@pytest.mark.parametrize("row", known("ukniis_2006_50_percent"))
def test_half_time_passes_through_the_survey(row) -> None:
    """Without an aid the survey's points are met to their rounding; worn, the shipped range reaches its bound."""
    time = half_time(water(row)) / HOUR
    if row["is_lower_bound"] == "yes":
        assert shipped_facts()["immersion.jacket_factor"].high * time > float(row["time_h"])
    else:
        assert time == pytest.approx(float(row["time_h"]), abs=0.05)


@pytest.mark.parametrize("row", known("xu_giesbrecht_2018_maximum"))
def test_longest_survival_is_the_published_one(row) -> None:
    """The curve of longest survival agrees with every row."""
    assert longest_survival(water(row)) / HOUR == pytest.approx(float(row["time_h"]), rel=1e-5)


@pytest.mark.parametrize("row", known("golden_1996"))
def test_golden_is_not_far_from_hayward(row) -> None:
    """Golden's times lie within a factor of 2.3 of Hayward's and below the longest survival."""
    golden = float(row["time_h"]) * HOUR
    assert 1 / 2.3 < golden / hayward_time(water(row)) < 2.3
    assert golden < longest_survival(water(row))


@pytest.mark.parametrize("row", known("varne_log_logistic"))
def test_survival_is_the_known_one(row) -> None:
    """The fitted law agrees with every row."""
    factor = float(row["crowd_factor_1"]) * float(row["body_factor_1"]) * float(row["jacket_factor_1"])
    scale = factor * half_time(water(row))
    share = survival(float(row["time_h"]) * HOUR, float(row["acute_death_1"]), scale, float(row["shape_1"]), math.inf)
    assert share == pytest.approx(float(row["survival_1"]), rel=1e-5)


def test_hayward_stays_away_from_its_pole() -> None:
    """Beyond 20 degC, where the formula runs to infinity, the time at 20 degC stands; below 0 that at 0."""
    assert hayward_time(23.1) == hayward_time(25.0) == hayward_time(20.0)
    assert hayward_time(-1.0) == hayward_time(0.0)


@given(temperature=st.floats(-2.0, 26.0), more=st.floats(0.0, 10.0))
def test_colder_water_never_gives_more_time(temperature, more) -> None:
    """Each curve rises with the temperature, and half the people never outlive the longest survivor."""
    for curve in (hayward_time, half_time, longest_survival):
        assert curve(temperature + more) >= curve(temperature)
    if 5.0 <= temperature <= 15.0:
        assert half_time(temperature) < longest_survival(temperature)


@given(time=TIME, more=TIME, scale=st.floats(0.2 * HOUR, 30.0 * HOUR), acute=st.floats(0.0, 1.0))
def test_nobody_comes_back_to_life(time, more, scale, acute) -> None:
    """Survival never rises with time, starts at all but the acute deaths, and is nothing beyond the cap."""
    cap = 20.0 * HOUR
    share = survival(time, acute, scale, 2.5, cap)
    assert survival(time + more, acute, scale, 2.5, cap) <= share <= 1.0 - acute
    assert survival(0.0, acute, scale, 2.5, cap) == 1.0 - acute
    assert survival(cap + 1.0, acute, scale, 2.5, cap) == 0.0
    assert survival(time, acute, 2.0 * scale, 2.5, cap) >= share


@given(time=st.floats(60.0, 40.0 * HOUR), median=st.floats(HOUR, 20.0 * HOUR), spread=st.floats(1.01, 3.0))
def test_both_laws_have_their_median(time, median, spread) -> None:
    """Half are alive at the median, and what lies as far before as behind it on a log scale adds up to one."""
    assert log_logistic(median, median, 2.5) == lognormal_survival(median, median, spread) == 0.5
    mirror = median * median / time
    assert log_logistic(time, median, 2.5) + log_logistic(mirror, median, 2.5) == pytest.approx(1.0)
    both = lognormal_survival(time, median, spread) + lognormal_survival(mirror, median, spread)
    assert both == pytest.approx(1.0)


def test_limits_of_the_lognormal() -> None:
    """All live at the first moment; without spread all die at the median."""
    assert lognormal_survival(0.0, HOUR, 1.6) == 1.0
    assert lognormal_survival(HOUR - 1.0, HOUR, 1.0) == 1.0
    assert lognormal_survival(HOUR + 1.0, HOUR, 1.0) == 0.0


@given(time=TIME, more=TIME, temperature=WATER)
def test_a_later_recovery_is_never_safer(time, more, temperature) -> None:
    """The chance of death after recovery rises with the time in the water, from its base to its bound."""
    half = half_time(temperature)
    chance = death_after_recovery(time, half, 0.02, 0.1, 0.2)
    assert 0.02 <= chance <= death_after_recovery(time + more, half, 0.02, 0.1, 0.2) <= 0.2
