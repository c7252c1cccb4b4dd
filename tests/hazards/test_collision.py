"""Ships that run a small boat down."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.facts.tables import shipped_facts
from varne.hazards.collision import (
    collision_chance,
    encounter_rate,
    geometric_diameter,
    relative_speed,
    transit_candidates,
)
from varne.units import DAY, KNOT, NAUTICAL_MILE

# Ships a day, length, beam and speed of the ship, speed of the boat, angle, relative speed, diameter, candidates.
KNOWN = [
    (200, 180, 28, 14, 4, 90, 7.49, 85.6, 0.1002),
    (200, 180, 28, 14, 3, 90, 7.37, 74.4, 0.1141),
    (200, 180, 28, 14, 6, 90, 7.84, 105.8, 0.0863),
    (200, 300, 45, 16, 4, 90, 8.48, 125.7, 0.1457),
    (75, 190, 28, 18, 4, 30, 7.55, 60.9, 0.0419),
]
SPEED = st.floats(0.0, 12.0)
MOVING = st.floats(0.5, 12.0)
ANGLE = st.floats(0.0, math.pi)
CROSSING = st.floats(0.1, math.pi - 0.1)


@pytest.mark.parametrize(
    ("daily", "length", "beam", "ship_knots", "boat_knots", "degrees", "between", "diameter", "candidates"), KNOWN
)
def test_the_table_of_crossings(
    daily, length, beam, ship_knots, boat_knots, degrees, between, diameter, candidates
) -> None:
    """Relative speed, diameter and candidates agree with every row of the project's table."""
    ship, boat, angle = ship_knots * KNOT, boat_knots * KNOT, math.radians(degrees)
    speed = relative_speed(ship, boat, math.cos(angle))
    width = geometric_diameter(float(length), float(beam), ship, 9.0, 2.2, boat, math.cos(angle))
    assert speed == pytest.approx(between, abs=0.006)
    assert width == pytest.approx(diameter, abs=0.06)
    assert transit_candidates(daily / DAY, width, speed, ship, boat, math.cos(angle)) == pytest.approx(
        candidates, abs=6e-5
    )


def test_ships_that_pass_within_half_a_mile() -> None:
    """In the first crossing of the table 2.17 ships pass within half a nautical mile."""
    ship, boat = 14 * KNOT, 4 * KNOT
    speed = relative_speed(ship, boat, 0.0)
    passing = transit_candidates(200 / DAY, NAUTICAL_MILE, speed, ship, boat, 0.0)
    assert passing == pytest.approx(2.17, abs=0.006)


@given(ship=MOVING, boat=MOVING, angle=CROSSING, width=st.floats(1000.0, 20000.0))
def test_the_rate_adds_up_to_the_candidates(ship, boat, angle, width) -> None:
    """The encounter rate times the time spent in the lane is the number of candidates of the whole crossing."""
    flux = 200 / DAY
    speed = relative_speed(ship, boat, math.cos(angle))
    diameter = geometric_diameter(180.0, 28.0, ship, 9.0, 2.2, boat, math.cos(angle))
    time_in_lane = width / (boat * math.sin(angle))
    met = encounter_rate(flux, width, ship, diameter, speed) * time_in_lane
    assert met == pytest.approx(transit_candidates(flux, diameter, speed, ship, boat, math.cos(angle)))


@given(first=SPEED, second=SPEED, angle=ANGLE)
def test_relative_speed_is_symmetric_and_bounded(first, second, angle) -> None:
    """It is the same from both bridges, and lies between the difference and the sum of the speeds."""
    speed = relative_speed(first, second, math.cos(angle))
    assert speed == relative_speed(second, first, math.cos(angle))
    assert abs(first - second) - 1e-6 <= speed <= first + second + 1e-6


@given(ship=SPEED, boat=SPEED, angle=ANGLE)
def test_the_diameter_does_not_depend_on_who_is_who(ship, boat, angle) -> None:
    """Ship and boat exchanged give the same diameter, from a beam to both lengths and beams together."""
    width = geometric_diameter(180.0, 28.0, ship, 9.0, 2.2, boat, math.cos(angle))
    assert width == pytest.approx(geometric_diameter(9.0, 2.2, boat, 180.0, 28.0, ship, math.cos(angle)))
    assert 0.0 <= width <= 180.0 + 28.0 + 9.0 + 2.2


def test_limits() -> None:
    """Head-on the beams add up; a boat that lies still is met at the width it shows, and never gets across."""
    head_on = geometric_diameter(180.0, 28.0, 7.0, 9.0, 2.2, 2.0, -1.0)
    assert head_on == pytest.approx(30.2)
    assert geometric_diameter(180.0, 28.0, 0.0, 9.0, 2.2, 0.0, 0.5) == pytest.approx(30.2)
    assert geometric_diameter(180.0, 28.0, 7.0, 9.0, 2.2, 7.0, 1.0) == pytest.approx(30.2)
    assert geometric_diameter(180.0, 28.0, 7.0, 9.0, 2.2, 0.0, 0.0) == pytest.approx(37.0)
    assert transit_candidates(1e-3, 80.0, 7.0, 7.0, 0.0, 0.0) == math.inf
    assert transit_candidates(1e-3, 80.0, 5.0, 7.0, 2.0, 1.0) == math.inf
    assert transit_candidates(0.0, 80.0, 7.0, 7.0, 0.0, 1.0) == 0.0


def test_shipped_chances_respect_the_absence_of_strikes() -> None:
    """95 % of the draws lie below the bound that 4,289 arrivals without a confirmed strike give (rule of three)."""
    bound = 3.0 / 4289
    assert bound == pytest.approx(7.0e-4, abs=6e-6)
    per_candidate = bound / (2 * 0.1002)
    assert per_candidate == pytest.approx(3.5e-3, abs=5e-5)
    facts = shipped_facts().drawn(20_000, 1)
    for ship in ("collision_ship_misses_night", "collision_ship_misses_day"):
        drawn = facts[ship] * facts["collision_boat_misses"]
        assert (drawn < per_candidate).mean() >= 0.95
    assert collision_chance(0.04, 0.01) == pytest.approx(4e-4)
