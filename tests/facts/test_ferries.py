"""Promises about the ferry routes."""

import pytest

from varne.atlas.embedded import coast_mask
from varne.errors import BadFact
from varne.facts.ferries import FerryRoute, ferry_routes
from varne.sea.coast import SEA, code_at

ROW = {
    "says": "A raft", "waypoints": [[51.0, 1.4], [51.0, 1.5]], "sailings_per_day": 2, "spread": 500,
    "spread_at_harbour": 100, "source": "x", "grade": "assumed", "date": "2026-11-25",
}  # fmt: skip


def test_ferries_sail_on_water():
    """Every place along the middle of every route lies at sea."""
    for route in ferry_routes().values():
        for (south, west), (north, east) in zip(route.waypoints, route.waypoints[1:], strict=False):
            for part in range(50):
                place = south + (north - south) * part / 50, west + (east - west) * part / 50
                assert code_at(coast_mask(), *place) == SEA, (route.name, place)


def test_all_sailings_together_are_near_the_published_count():
    """The sailings of all routes are of the order of the 150 a day that RNLI counted across in 1995."""
    assert 75 < sum(route.sailings for route in ferry_routes().values()) * 86400 <= 150


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spread": 0}, "spread 0"),
        ({"sailings_per_day": "many"}, "'many'"),
        ({"waypoints": [[51.0, 1.4]]}, "1 waypoint"),
        ({"waypoints": [[51.0, 1.4], [151.0, 1.4]]}, "151.0"),
        ({"waypoints": [[51.0, 1.4], "Calais"]}, "'Calais'"),
        ({"grade": "sure"}, "'sure'"),
        ({"colour": "red"}, "'colour'"),
    ],
)
def test_a_wrong_row_is_one_sentence(change, words):
    """A field that is missing, unknown or impossible is named and quoted."""
    with pytest.raises(BadFact, match=words):
        FerryRoute.read("raft", {**ROW, **change})
