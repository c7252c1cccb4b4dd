"""Promises about the regions of the sea."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.atlas.embedded import coast_mask, lane_grid
from varne.earth import distance
from varne.errors import BadPosition
from varne.facts.harbours import harbours
from varne.facts.regions import limits_at_sea
from varne.sea.coast import CONTINENT, GREAT_BRITAIN, nearest_coast
from varne.sea.lanes import lane_at
from varne.sea.regions import HIGH_SEAS, region_at, region_words


@pytest.mark.parametrize(
    ("place", "state", "rescue", "traffic"),
    [
        ((51.10, 1.35), "uk", "uk", "inshore of the lanes"),  # two miles off Dover
        ((51.05, 1.40), "uk", "uk", "south-west lane"),
        ((50.98, 1.438), "fr", None, "separation zone"),  # nearer than two miles to the line: rescue cannot be told
        ((50.948, 1.497), "fr", "fr", "north-east lane"),
        ((50.92, 1.62), "fr", "fr", "inshore of the lanes"),  # off Cap Gris-Nez
        ((51.18, 2.64), "be", "be", "open sea"),  # off Nieuwpoort
        ((50.52, 0.50), HIGH_SEAS, "uk", None),  # mid-Channel off Hastings
        ((50.30, 0.95), HIGH_SEAS, "fr", None),
    ],
)
def test_known_places(place, state, rescue, traffic):
    """Places about which there is no doubt on a chart get that answer."""
    region = region_at(*place)
    assert region.territorial_sea.value == state
    assert traffic is None or region.traffic.value == traffic
    assert rescue is None or (region.rescue_region.value, region.rescue_region.certain) == (rescue, True)
    assert rescue is not None or not region.rescue_region.certain


def test_the_agreed_line_lies_where_both_seas_meet():
    """Each point of the line of 1988 is about as far from either side, 12 miles or less as well as that is known."""
    limits = limits_at_sea()
    reach = limits.breadths["territorial_sea"].value + limits.breadths["territorial_sea"].uncertainty
    for point in limits.lines["uk_france_strait"].points:
        britain = nearest_coast(coast_mask(), *point, codes=(GREAT_BRITAIN,))[2]
        britain = min([britain, *(distance(*point, *bank) for bank in limits.banks["uk"])])
        continent = nearest_coast(coast_mask(), *point, codes=(CONTINENT,))[2]
        assert abs(britain - continent) / 2.0 < 2 * 1852.0, point
        assert max(britain, continent) < reach, point


@pytest.mark.parametrize("offset", [-400.0, -60.0, 60.0, 400.0])
def test_across_the_line_the_answer_changes_and_near_it_cannot_be_told(offset):
    """On either side of the agreed line lies another State's sea; within its uncertainty that cannot be told."""
    (south, west), (north, east) = limits_at_sea().lines["uk_france_strait"].points[2:4]
    length = math.hypot((north - south) * 111195, (east - west) * 69977)
    latitude = (south + north) / 2 + offset * (east - west) * 69977 / length / 111195
    longitude = (west + east) / 2 - offset * (north - south) * 111195 / length / 69977
    region = region_at(latitude, longitude)
    assert region.territorial_sea.value == ("uk" if offset > 0 else "fr")
    assert region.territorial_sea.away == pytest.approx(abs(offset), rel=0.05)
    assert region.territorial_sea.certain == (abs(offset) > 100.0)
    words = region_words(region)
    assert ("cannot tell" in words[0]) == (abs(offset) < 100.0)
    assert "no statement of law" in words[-1]


@settings(max_examples=15)
@given(st.floats(50.3, 51.6), st.floats(0.5, 3.3))
def test_every_place_at_sea_has_an_answer(latitude, longitude):
    """Everywhere at sea each answer is complete, lanes are those of the chart, and no sea is wider than its breadth."""
    try:
        region = region_at(latitude, longitude)
    except BadPosition:
        return
    lanes = lane_grid()
    chart = lanes.code, lanes.flow_towards, lanes.width, lanes.south, lanes.west, lanes.cells_per_degree
    assert (lane_at(*chart, latitude, longitude)[0] > 0) == ("lane" in region.traffic.value.split()[-1:])
    shore = nearest_coast(coast_mask(), latitude, longitude, codes=(GREAT_BRITAIN, CONTINENT))[2]
    bank = min(distance(latitude, longitude, *one) for one in limits_at_sea().banks["uk"])
    if min(shore, bank) > 12 * 1852.0:
        assert region.territorial_sea.value == HIGH_SEAS
    if region.territorial_sea.value != HIGH_SEAS:
        assert region.territorial_sea.value == region.rescue_region.value
    for answer in (region.territorial_sea, region.rescue_region, region.traffic, region.shore_band):
        assert answer.away >= 0.0
        assert answer.uncertainty > 0.0
    assert all(line.endswith(".") for line in region_words(region))


def test_off_each_harbour_lies_the_sea_of_its_country():
    """The water at every harbour belongs to its country."""
    for one in harbours().values():
        codes = (GREAT_BRITAIN,) if one.country == "uk" else (CONTINENT,)
        latitude, longitude, _ = nearest_coast(coast_mask(), one.latitude, one.longitude, codes=codes)
        for north, east in ((0.02, 0.02), (-0.03, 0), (0, -0.03)):
            try:
                region = region_at(latitude + north, longitude + east)
            except BadPosition:
                continue
            assert region.territorial_sea.value == one.country, one.name


def test_the_band_along_the_shore():
    """A hundred metres off the beach is inside, a mile off is outside, and in between it cannot be told."""
    assert region_at(51.03, 1.90).shore_band.value == "outside"
    latitude, longitude, _ = nearest_coast(coast_mask(), 51.03, 1.90, codes=(CONTINENT,))
    band = region_at(latitude + 0.0012, longitude).shore_band
    assert band.value == "inside"
    assert band.certain


def test_land_is_refused():
    """A place ashore has no region of the sea."""
    with pytest.raises(BadPosition):
        region_at(51.13, 1.30)
