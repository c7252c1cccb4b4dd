"""Promises about the coast."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.atlas.charts import DOMAIN, CoastMask, Window
from varne.atlas.embedded import coast_mask
from varne.earth import distance
from varne.errors import BadPosition
from varne.sea.coast import (
    check_at_sea,
    check_in_domain,
    code_at,
    country,
    distance_to_land,
    land_code,
    nearest_sea,
    nearest_uk_coast,
    shore_distance,
)

LAND = {(51.13, 1.30): 1, (50.95, 1.86): 2, (50.868, 1.59): 2, (50.92, 0.965): 1, (51.35, 1.1): 1, (51.52, 3.6): 2}
WATER = [(51.00, 1.45), (50.87, 1.56), (50.90, 0.99), (51.33, 1.45)]


@pytest.mark.parametrize("place", LAND)
def test_known_land_is_land(place):
    """Dover, Calais, Gris-Nez, Dungeness, Thanet and Walcheren are land of the right country."""
    assert code_at(coast_mask(), *place) == LAND[place]


@pytest.mark.parametrize("place", WATER)
def test_known_water_is_water(place):
    """Mid strait, and water close under Gris-Nez, Dungeness and Thanet, is sea."""
    assert code_at(coast_mask(), *place) == 0
    check_at_sea(coast_mask(), *place)


def test_a_start_on_land_is_refused_with_the_nearest_water():
    """The error quotes the position and says where the water is."""
    with pytest.raises(BadPosition, match=r"51 07\.8N 001 18\.0E is on land, .* nearest water is at 51 0"):
        check_at_sea(coast_mask(), 51.13, 1.30)


@pytest.mark.parametrize("place", [(48.0, -5.0), (50.5, 0.0), (52.05, 2.0), (51.0, 3.7), (float("nan"), 1.0)])
def test_a_place_outside_is_refused_with_the_domain(place):
    """Beyond the box or the open lines the error quotes the domain."""
    with pytest.raises(BadPosition, match=r"0\.10 W to 3\.60 E and 49\.70 to 52\.10 N"):
        check_in_domain(*place)


def test_a_beach_start_goes_to_the_water():
    """From the dunes of Gravelines the start moves to water within a kilometre."""
    latitude, longitude = nearest_sea(coast_mask(), 51.0095, 2.1)
    assert code_at(coast_mask(), latitude, longitude) == 0
    assert distance(51.0095, 2.1, latitude, longitude) < 1000.0


def test_a_start_far_inland_is_refused():
    """A start more than a kilometre from the water is refused, with a beach to give instead."""
    with pytest.raises(BadPosition, match=r"km from the water; a beach lies within 1 km of it: give"):
        nearest_sea(coast_mask(), 50.9, 2.0)


@given(st.floats(50.7, 51.2), st.floats(1.0, 2.0))
@settings(max_examples=20, deadline=None)
def test_the_nearest_coast_is_the_nearest(latitude, longitude):
    """No cell of Great Britain lies nearer than the one that was found."""
    mask = coast_mask()
    _, _, away = nearest_uk_coast(mask, latitude, longitude)
    row, column = np.nonzero(mask.code[::7, ::7] == 1)
    north = (mask.south + (7 * row + 0.5) / 1000.0 - latitude) * 111195.0
    east = (mask.west + (7 * column + 0.5) / 1000.0 - longitude) * 111195.0 * np.cos(np.radians(latitude))
    # Within 60 km a plane is right to half a per cent; a cell is 0.1 km.
    assert away <= np.hypot(north, east).min() * 1.005 + 150.0


def test_from_mid_strait_the_uk_is_near_dover():
    """From 51 N 1.6 E the nearest British coast is the South Foreland."""
    latitude, longitude, away = nearest_uk_coast(coast_mask(), 51.0, 1.6)
    assert (latitude, longitude) == (pytest.approx(51.14, abs=0.02), pytest.approx(1.37, abs=0.03))
    assert away == pytest.approx(float(distance(51.0, 1.6, latitude, longitude)))


def test_landfall_has_a_country():
    """Dover is the United Kingdom, Calais France, Ostend and Walcheren neither; the sea is refused."""
    assert country(51.13, 1.30, code=1) == "uk"
    assert country(51.0, 2.40, code=2) == "fr"
    assert country(51.22, 2.92, code=2) == "other"
    with pytest.raises(BadPosition, match="not on land"):
        country(51.0, 1.45, code=0)


def test_distance_to_land_is_in_metres():
    """Three miles south-east of Dover the land is as far as the nearest cell says, and on land it is zero."""
    shore = distance_to_land(coast_mask(), Window(1.2, 1.6, 50.95, 51.2))
    grid = shore.distance, shore.south, shore.west, shore.cells_per_degree
    _, _, away = nearest_uk_coast(coast_mask(), 51.08, 1.40)
    assert shore_distance(*grid, 51.08, 1.40) == pytest.approx(away, abs=100.0)
    assert shore_distance(*grid, 51.13, 1.30) == 0.0


def test_a_window_out_of_sight_of_land_is_far_from_it():
    """Without land in sight the distance is infinite, never zero."""
    open_sea = CoastMask(np.zeros((100, 100), np.uint8), 50.0, 1.0, 1000.0, "")
    assert np.isinf(distance_to_land(open_sea, Window(1.02, 1.08, 50.02, 50.08)).distance).all()


@given(st.floats(49.0, 53.0), st.floats(-1.0, 4.0))
def test_lookup_is_the_cell(latitude, longitude):
    """The compiled lookup reads the cell that the position lies in, or the edge of the mask."""
    mask = coast_mask()
    row = min(max(int((latitude - mask.south) * 1000.0), 0), 2399)
    column = min(max(int((longitude - mask.west) * 1000.0), 0), 3699)
    assert land_code(mask.code, mask.south, mask.west, 1000.0, latitude, longitude) == mask.code[row, column]


def test_the_mask_covers_the_domain():
    """The mask has a cell for every 0.001 degree of the domain, and 46 % of it is sea."""
    assert coast_mask().code.shape == (2400, 3700)
    assert (coast_mask().south, coast_mask().west) == (DOMAIN.south, DOMAIN.west)
    assert np.mean(coast_mask().code == 0) == pytest.approx(0.4626, abs=0.0005)
