"""Sweep width and probability of detection."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.search.sweep import (
    coverage,
    definite_range,
    expected_search_time,
    inverse_cube,
    random_search,
    sar_denmark,
    sweep_width,
    weather_factor,
)

TEXT = (Path(__file__).parents[1] / "known_answers" / "search.csv").read_text(encoding="utf-8")
KNOWN = list(csv.DictReader(TEXT.splitlines()))
LAWS = {
    "pod_random": random_search,
    "pod_inverse_cube": inverse_cube,
    "pod_definite_range": definite_range,
    "pod_sar_denmark": sar_denmark,
}
SHARE = st.floats(0.0, 1.0)
COVERAGE = st.floats(0.0, 20.0)
STEPS = (7.7, 0.6, 12.9, 1.2, 0.5, 0.25)


@pytest.mark.parametrize("row", [row for row in KNOWN if row["problem"] in LAWS])
def test_every_law_gives_its_known_answers(row) -> None:
    """Each law of detection gives the value worked out for it beforehand."""
    found = LAWS[row["problem"]](float(row["coverage_1"]))
    assert found == pytest.approx(float(row["pod_1"]), abs=5e-7)


@given(first=COVERAGE, second=COVERAGE)
def test_more_coverage_never_finds_less(first, second) -> None:
    """Every law rises with coverage, from nothing to certainty."""
    low, high = sorted((first, second))
    for law in LAWS.values():
        assert 0.0 <= law(low) <= law(high) <= 1.0


def test_no_effort_finds_nobody_and_endless_effort_everybody() -> None:
    """Every law starts at 0 and ends at 1."""
    for law in LAWS.values():
        assert law(0.0) == 0.0
        assert law(math.inf) == 1.0


@given(effort=COVERAGE)
def test_no_law_beats_a_perfect_lookout(effort) -> None:
    """No lookout finds more than the definite range law, and none of these patterns less than random search."""
    assert random_search(effort) <= definite_range(effort) + 1e-15
    assert random_search(effort) <= inverse_cube(effort) + 1e-15
    assert inverse_cube(effort) <= definite_range(effort) + 1e-15


@given(width=st.floats(1.0, 1e4), weather=SHARE, darkness=SHARE, night=SHARE, fatigue=SHARE)
def test_no_correction_widens_the_sweep(width, weather, darkness, night, fatigue) -> None:
    """Weather, darkness and tiredness only ever narrow the sweep."""
    assert 0.0 <= sweep_width(width, weather, 1.0, darkness, night, fatigue) <= width * (1 + 1e-12)


@given(night=SHARE)
def test_night_leaves_exactly_its_share(night) -> None:
    """By day the table holds, by night its share, and twilight lies between."""
    assert sweep_width(1000.0, 1.0, 1.0, 0.0, night, 1.0) == 1000.0
    assert sweep_width(1000.0, 1.0, 1.0, 1.0, night, 1.0) == pytest.approx(1000.0 * night, abs=1e-9)
    assert sweep_width(1000.0, 1.0, 1.0, 0.5, night, 1.0) == pytest.approx(500.0 * (1.0 + night))


@given(winds=st.tuples(st.floats(0, 40), st.floats(0, 40)), waves=st.tuples(st.floats(0, 8), st.floats(0, 8)))
def test_worse_weather_never_widens_the_sweep(winds, waves) -> None:
    """More wind or higher seas never raise the weather factor."""
    calm, windy = sorted(winds)
    low, high = sorted(waves)
    assert weather_factor(windy, high, *STEPS) <= weather_factor(calm, low, *STEPS)


def test_weather_steps_stand_where_the_table_has_them() -> None:
    """On a limit the better step still holds; above it, in wind or in waves, the worse one."""
    assert weather_factor(7.7, 0.6, *STEPS) == 1.0
    assert weather_factor(7.8, 0.0, *STEPS) == 0.5
    assert weather_factor(0.0, 0.7, *STEPS) == 0.5
    assert weather_factor(13.0, 0.0, *STEPS) == 0.25
    assert weather_factor(0.0, 1.3, *STEPS) == 0.25


def test_the_mean_search_time_is_the_mean_of_the_random_law() -> None:
    """The mean time to detection is the integral over time of the chance not yet to have found."""
    area, width, speed = 2.5e7, 400.0, 6.0
    step = 10.0
    undetected = (1.0 - random_search(coverage(width, speed, (index + 0.5) * step, area)) for index in range(60_000))
    assert step * math.fsum(undetected) == pytest.approx(expected_search_time(area, width, speed), rel=1e-5)


def test_who_sweeps_nothing_never_finds() -> None:
    """Without a sweep width or speed the search lasts for ever, never zero seconds."""
    assert expected_search_time(1e6, 0.0, 5.0) == math.inf
    assert expected_search_time(1e6, 100.0, 0.0) == math.inf
    assert expected_search_time(0.0, 100.0, 5.0) == 0.0
    assert coverage(100.0, 5.0, 10.0, 0.0) == math.inf
