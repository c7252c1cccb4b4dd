"""Promises about what is usual at a place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import NoData
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value
from varne.sea.usual import tilted, usual_at

EVEN = np.full(12, 1.0 / 12.0)


def mean_vector(shares, speeds):
    middles = np.radians(np.arange(12) * 30.0)
    within = np.sin(np.pi / 12.0) / (np.pi / 12.0)
    along = np.array([np.sin(middles), np.cos(middles)])
    return -within * (along * shares * speeds).sum(axis=1) / (shares * speeds).sum()


@given(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_a_tilted_rose_has_the_vector_asked_for(east, north):
    """Whatever the steadiness, the mean vector comes out and the shares remain shares."""
    speeds = np.linspace(0.7, 1.3, 12)
    rose = tilted(EVEN, speeds, east=east, north=north)
    assert mean_vector(rose, speeds) == pytest.approx([east, north], abs=1e-6)
    assert rose.sum() == pytest.approx(1.0)
    assert (rose > 0).all()


def test_a_rose_that_is_right_is_left_alone():
    """Asked for the vector that it has, a rose does not change."""
    shares = climate_table("wind_rose").values
    shares = shares / shares.sum()
    east, north = mean_vector(shares, np.ones(12))
    np.testing.assert_allclose(tilted(shares, np.ones(12), east=east, north=north), shares, atol=1e-8)


def test_an_impossible_vector_is_refused():
    """No rose of winds blows one way with more than its whole speed."""
    with pytest.raises(NoData, match=r"1\.50"):
        tilted(EVEN, np.ones(12), east=1.5, north=0.0)


def test_each_cell_has_its_own_season():
    """At 1 and at 3 degrees east the means of the months are those of the cells; half-way they are half-way."""
    hours = np.arange(0.0, 365.2425 * 86400.0, 3600.0)
    west, middle, east = (monthly_value(usual_at(51.0, at).wind_speed, hours).mean() for at in (1.0, 2.0, 3.0))
    days = np.array([31.0, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    for found, table in ((west, "wind_speed"), (east, "wind_speed_east")):
        assert found == pytest.approx((climate_table(table).values * days).sum() / days.sum(), abs=0.001)
    assert middle == pytest.approx((west + east) / 2.0)


def test_another_sea_is_refused():
    """Outside the embedded sea there is no climate, and the remedy is named."""
    with pytest.raises(NoData, match="--weather"):
        usual_at(43.0, -9.0)
