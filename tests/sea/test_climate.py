"""Promises about the climate."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_anchors, monthly_value, weibull_quantile, wind_from
from varne.when import parse_time


def test_the_middle_of_a_month_has_its_mean():
    """In the middle of February and of August the sea is as warm as the table says."""
    months = climate_table("sea_temperature").values
    middles = [parse_time("2026-02-14T12:00Z"), parse_time("2026-08-16T12:00Z")]
    assert monthly_value(months, middles) == pytest.approx([7.1, 16.7], abs=0.1)


@given(st.floats(0.0, 4e9))
def test_a_month_lies_between_its_neighbours(time):
    """No day is colder than the coldest month or warmer than the warmest, and midnight of the new year has no step."""
    months = climate_table("sea_temperature").values
    found = monthly_value(months, [time, time + 60.0])
    assert months.min() <= found.min()
    assert found.max() <= months.max()
    assert abs(found[1] - found[0]) < 0.001


@pytest.mark.parametrize("shape", [1.6, 2.1])
def test_weibull_keeps_its_mean(shape):
    """The mean of the quantiles is the mean that was asked for."""
    chance = (np.arange(200000) + 0.5) / 200000
    assert weibull_quantile(chance, 0.98, shape=shape).mean() == pytest.approx(0.98, rel=1e-3)
    assert (np.diff(weibull_quantile(chance, 0.98, shape=shape)) > 0).all()


def test_the_rose_gives_its_shares():
    """Each sector comes as often as the rose says, and most wind blows from the south-west."""
    share = climate_table("wind_rose").values
    towards = np.degrees(wind_from((np.arange(100000) + 0.5) / 100000, frequency=share))
    count = np.bincount((np.round(towards / 30.0) % 12).astype(int), minlength=12) / 100000
    np.testing.assert_allclose(count, share / share.sum(), atol=2e-4)
    assert np.argmax(count) == 8


def test_the_tables_agree_with_what_is_published():
    """Mean waves are near the Westhinder mean of 1.05 m; mean wind at 10 m is 7.70 m/s by the rose and 7.5 by COADS."""
    assert climate_table("wave_height").values.mean() == pytest.approx(0.99, abs=0.01)
    scale, shape = climate_table("wind_rose_scale").values, climate_table("wind_rose_shape").values
    mean = sum(
        share * a * math.gamma(1.0 + 1.0 / k)
        for share, a, k in zip(climate_table("wind_rose").values, scale, shape, strict=True)
    )
    assert mean * (10.0 / 119.0) ** 0.08 == pytest.approx(7.70, abs=0.03)
    assert climate_table("wind_speed").values.mean() == pytest.approx(7.5, abs=0.05)


@given(st.lists(st.floats(0.0, 30.0), min_size=12, max_size=12))
def test_anchors_keep_the_means_of_the_months(means):
    """Interpolated between the anchors, each month has the mean asked for; between the means it has not."""
    anchors = monthly_anchors(means)
    start, day = 0.0, 86400.0
    for mean, days in zip(means, (31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True):
        hours = np.arange(np.ceil(start / 3600.0) * 3600.0, start + days * day - 1.0, 3600.0)
        assert monthly_value(anchors, hours).mean() == pytest.approx(mean, abs=0.01)
        start += days * day
