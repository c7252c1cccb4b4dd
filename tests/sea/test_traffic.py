"""Promises about the ships of the strait."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.embedded import lane_grid
from varne.facts.ferries import ferry_routes
from varne.facts.tables import shipped_facts
from varne.sea.field import Source
from varne.sea.lanes import lane_at
from varne.sea.traffic import (
    COUNTED,
    FERRY,
    LANE,
    MOST_STREAMS,
    STREAM,
    TrafficGrid,
    beside_embedded,
    embedded_traffic,
    ships_across,
    streams_at,
    traffic_cell,
)
from varne.units import DAY, KNOT

# Across one lane each, from inside the separation zone to beyond the outer edge.
TRANSECTS = {
    "south-west off Dover": ((51.075, 1.285), (50.983, 1.437)),
    "north-east off Gris-Nez": ((50.983, 1.437), (50.90, 1.575)),
    "south-west off Dungeness": ((50.88, 1.02), (50.745, 1.135)),
}


@pytest.mark.parametrize("name", TRANSECTS)
def test_every_transect_of_a_lane_counts_its_ships(name):
    """Integrated across a lane, wherever and at whatever angle, the rate is the ships of the lane."""
    (south, west), (north, east) = TRANSECTS[name]
    expected = shipped_facts()["traffic.ships_per_day_each_lane"].value
    for turn in (-0.02, 0.0, 0.02):
        across = ships_across(embedded_traffic(), (south, west + turn), (north, east - turn))
        assert across[LANE] * DAY == pytest.approx(expected, rel=0.06), turn


@pytest.mark.parametrize(
    ("route", "start", "end"),
    [
        ("dover_calais", (50.96, 1.62), (51.035, 1.70)),
        ("newhaven_dieppe", (50.25, 0.45), (50.42, 0.78)),
        ("dover_dunkirk", (51.02, 1.95), (51.12, 1.95)),
    ],
)
def test_a_transect_of_a_ferry_route_counts_its_sailings(route, start, end):
    """Integrated across a ferry route the rate is its sailings, whichever lane lies below."""
    across = ships_across(embedded_traffic(), start, end)[FERRY]
    assert across == pytest.approx(ferry_routes()[route].sailings, rel=0.03)


def test_the_lanes_are_those_of_the_chart():
    """Where the chart has a lane the first stream goes its way, elsewhere there is none."""
    traffic, lanes = embedded_traffic(), lane_grid()
    first = traffic.streams[..., 0]
    assert np.array_equal(first["rate"] > 0.0, lanes.code > 0)
    assert np.allclose(first["east"], np.where(lanes.code, np.sin(lanes.flow_towards), 0.0), atol=1e-6)
    assert set(np.unique(first["kind"])) == {LANE}


def test_an_empty_cell_has_no_ships_and_a_full_one_is_complete():
    """A rate is never negative, and a stream that has one has speed, length, beam and a course."""
    streams = embedded_traffic().streams
    assert streams.shape[2] == MOST_STREAMS
    full = streams[streams["rate"] > 0.0]
    assert np.all(streams["rate"] >= 0.0)
    for name in ("speed", "length", "beam"):
        assert np.all(full[name] > 0.0)
    assert np.all(streams["rate"][..., 1:] < 200.0 / DAY / 300.0)
    assert COUNTED not in np.unique(full["kind"])


def test_ferries_cross_at_their_speed_both_ways():
    """In mid strait the Calais ferries sail along the course from Dover, both ways, at the speed of the facts."""
    ferries = [one for one in streams_at(embedded_traffic(), 51.04, 1.57) if one.kind == FERRY]
    busiest = max(ferries, key=lambda one: one.rate)
    assert busiest.both_ways == 1
    assert math.degrees(math.atan2(busiest.east, busiest.north)) % 360.0 == pytest.approx(117, abs=3)
    assert busiest.speed == pytest.approx(shipped_facts()["traffic.ferry_speed"].value * KNOT)


@given(st.floats(45.0, 55.0), st.floats(-5.0, 8.0))
def test_a_cell_is_found_inside_and_nowhere_else(latitude, longitude):
    """The kernel finds the cell that the chart of lanes finds, and none outside."""
    traffic, lanes = embedded_traffic(), lane_grid()
    grid = traffic.south, traffic.west, traffic.cells_per_degree
    row, column = traffic_cell(traffic.streams, *grid, latitude, longitude)
    chart = lanes.code, lanes.flow_towards, lanes.width, lanes.south, lanes.west, lanes.cells_per_degree
    code, _, width = lane_at(*chart, latitude, longitude)
    if row < 0:
        assert column < 0
        assert code == 0
    elif code > 0:
        assert traffic.streams[row, column, 0].rate == pytest.approx(traffic.lane_ships / width, rel=1e-5)
    assert (len(streams_at(traffic, latitude, longitude)) > 0) <= (row >= 0)


def test_a_transect_outside_the_grid_counts_nothing():
    """Beyond the sea that Varne knows no ships are counted."""
    assert ships_across(embedded_traffic(), (48.0, -5.0), (48.5, -5.0)).tolist() == [0.0, 0.0, 0.0]


def test_where_nothing_was_heard_the_embedded_ships_stay():
    """A receiver that hears half of the strait counts that half, and takes no ship away from the other."""
    embedded = embedded_traffic()
    streams = np.zeros((40, 60, MOST_STREAMS), STREAM)
    streams["rate"][:, 30:, 0] = 1e-6
    streams["kind"] = COUNTED
    found = beside_embedded(TrafficGrid(streams, 50.7, 1.0, 50.0, 0.0, Source("AIS", "measured")))
    heard = streams_at(found, 51.0, 1.9)
    assert heard["rate"][0] == pytest.approx(1e-6)
    assert heard["kind"][0] == COUNTED
    for place in ((51.0, 1.45), (50.9, 1.3), (51.4, 1.8)):
        assert (streams_at(found, *place) == streams_at(embedded, *place)).all()
    assert "where nothing was heard" in found.source.says
    assert found.source.grade == embedded.source.grade
