"""Promises about waves, against known answers and laws."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.sea.dispersion import wave_number
from varne.sea.waves import (
    breaking_chance,
    expected_highest,
    forristall_exceedance,
    jonswap,
    rayleigh_exceedance,
    steepness,
    young_verhagen,
    zero_crossing_period,
)

TABLE = Path(__file__).parents[1] / "known_answers" / "waves.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
DEEP = 1e5


def value(row, name):
    return float(row[name]) if row[name] else math.nan


def answers(row):
    """What Varne says for a row, and what the row says."""
    model, height = row["model"], value(row, "significant_wave_height_m")
    if model == "rayleigh":
        return [(rayleigh_exceedance(value(row, "height_ratio_1")), "probability_per_wave_1")]
    if model == "forristall_1978":
        return [(forristall_exceedance(value(row, "height_ratio_1")), "probability_per_wave_1")]
    if model == "rayleigh_expected_maximum":
        return [(expected_highest(value(row, "number_of_waves_1")), "expected_max_over_significant_1")]
    if model == "banner_breaking":
        steep = steepness(height, wave_number(value(row, "peak_period_s"), DEEP, 0.0))
        return [(steep, "peak_steepness_1"), (breaking_chance(steep), "breaking_probability_1")]
    if model == "overtopping":
        ratio = 2.0 * value(row, "freeboard_m") / (value(row, "relative_motion_factor_1") * height)
        return [(rayleigh_exceedance(ratio), "probability_per_wave_1")]
    if model == "rayleigh_exceeds_critical_height":
        return [(rayleigh_exceedance(value(row, "critical_height_m") / height), "probability_per_wave_1")]
    wind, fetch = value(row, "wind_speed_10m_m_per_s"), value(row, "fetch_km") * 1e3
    sea = young_verhagen(wind, fetch, value(row, "depth_m")) if model == "young_verhagen_2006" else jonswap(wind, fetch)
    return list(zip(sea, ("out_significant_wave_height_m", "out_peak_period_s"), strict=True))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["model"])
def test_known_answers(row):
    """Every row of the project's known answers comes out to its six digits."""
    for found, column in answers(row):
        assert found == pytest.approx(value(row, column), rel=1e-5)


@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_higher_waves_are_rarer_and_steeper_waves_break_more(one, other):
    """Exceedance falls with height, breaking rises with steepness."""
    low, high = sorted((one, other))
    assert rayleigh_exceedance(high) <= rayleigh_exceedance(low)
    assert forristall_exceedance(high) <= forristall_exceedance(low)
    assert breaking_chance(low) <= breaking_chance(high) <= 1.0


@given(st.floats(1.0, 30.0), st.floats(1e3, 3e5), st.floats(2.0, 100.0))
def test_wind_and_fetch_raise_the_sea(wind, fetch, depth):
    """More wind or more fetch never lowers the sea; deep water limits it less."""
    height, period = young_verhagen(wind, fetch, depth)
    assert young_verhagen(wind * 1.1, fetch, depth)[0] >= height * (1.0 - 1e-9)
    assert young_verhagen(wind, fetch * 1.1, depth)[0] >= height * (1.0 - 1e-9)
    assert young_verhagen(wind, fetch, depth * 1.1)[0] >= height * (1.0 - 1e-9)
    assert period > 0.0
    assert jonswap(wind * 1.1, fetch)[0] >= jonswap(wind, fetch)[0] * (1.0 - 1e-9)


def test_crossing_period_is_shorter_than_the_peak_period():
    """From a grown sea to a young one the mean period is 0.71 to 0.82 of the peak period."""
    ratios = [zero_crossing_period(1.0, peak) for peak in (1.0, 3.3, 7.0)]
    assert ratios == sorted(ratios)
    assert 0.71 < ratios[0] < ratios[-1] < 0.84


def test_every_model_of_the_table_is_asked():
    """No row of the known answers falls through to another model."""
    models = {row["model"] for row in ROWS}
    assert models == {
        "rayleigh", "rayleigh_expected_maximum", "forristall_1978", "banner_breaking", "overtopping",
        "rayleigh_exceeds_critical_height", "young_verhagen_2006", "jonswap",
    }  # fmt: skip
