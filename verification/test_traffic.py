"""Promises about the ships met on a crossing, against the closed form and lanes alone."""

import math

import pytest
from verification.traffic import BOAT_BEAM, BOAT_LENGTH, crossing, meetings, meetings_in_lanes

from varne.hazards.collision import geometric_diameter, relative_speed, transit_candidates
from varne.sea.traffic import FERRY, LANE
from varne.units import DAY, KNOT


@pytest.mark.parametrize("ends", [("gravelines", "dover"), ("boulogne", "folkestone")])
def test_in_the_lanes_nothing_changed(ends):
    """With the ships of the facts the grid meets in the lanes what the chart of lanes met."""
    way = crossing(*ends, 4.0)
    assert meetings(way, 4.0)[LANE] == pytest.approx(meetings_in_lanes(way, 4.0), rel=1e-4)


def test_a_right_crossing_of_two_lanes_is_pedersens():
    """Across both lanes about at right angles the sum along the way is twice the closed form of one lane."""
    way = crossing("boulogne", "folkestone", 4.0)
    speed, boat = 14.0 * KNOT, 4.0 * KNOT
    cosine = math.cos(way[0][2] - math.radians(45.0))
    closing = relative_speed(speed, boat, cosine)
    wide = geometric_diameter(180.0, 28.0, speed, BOAT_LENGTH, BOAT_BEAM, boat, cosine)
    once = transit_candidates(170.0 / DAY, wide, closing, speed, boat, cosine)
    assert meetings(way, 4.0)[LANE] == pytest.approx(2.0 * once, rel=0.2)


def test_ferries_add_to_the_ships_met():
    """A boat from Gravelines to Dover crosses the ferries' way, so it meets more ships than lanes alone say."""
    way = crossing("gravelines", "dover", 4.0)
    met = meetings(way, 4.0)
    assert met[FERRY] > 0.1 * met[LANE]
