"""The climate of waves that follows from wind, fetch and depth is near what is known of it."""

import numpy as np
import pytest
from verification.wave_climate import (
    MID_STRAIT,
    WESTHINDER,
    annual,
    by_month,
    explained,
    report,
    rose_wind,
    weibull_shape,
)

from varne.facts.climate_tables import climate_table


def test_the_mean_at_westhinder_is_the_published_one():
    """By the Borssele rose the mean Hs is within 5 % of 1.03 to 1.07 m; the duration of the wind was set by it."""
    print(report())
    published = climate_table("westhinder_wave_height").values
    mean = annual(WESTHINDER).total.mean()
    assert 0.95 * published.min() <= mean <= 1.05 * published.max()


def test_the_spread_at_westhinder_is_that_of_belgian_buoys():
    """Set by nothing: wind explains about the published 71 to 77 % of the variance; Weibull shape 1.4 to 1.9."""
    found = annual(WESTHINDER).total
    assert 0.65 <= explained(rose_wind()[0], found) <= 0.90
    assert 1.4 <= weibull_shape(found) <= 1.9


def test_the_season_in_mid_strait_is_that_of_the_table():
    """By COADS each month's mean is within 20 % of the assumed table, the year's within 5 %."""
    assumed = climate_table("wave_height").values
    found = np.array([month.total.mean() for month in by_month(MID_STRAIT)])
    assert found == pytest.approx(assumed, rel=0.2)
    assert found.mean() == pytest.approx(assumed.mean(), rel=0.05)
    assert np.corrcoef(found, assumed)[0, 1] > 0.95


def test_swell_is_the_smaller_part():
    """In the mean of the year swell adds less than a tenth to the height of the wind sea."""
    found = annual(MID_STRAIT)
    assert found.wind_sea.mean() < found.total.mean() < 1.1 * found.wind_sea.mean()
