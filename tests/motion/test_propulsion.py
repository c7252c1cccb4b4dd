"""How fast and which way boats go under their engines."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.motion.propulsion import course, speed_through_water

PEOPLE = st.floats(1.0, 120.0)
WAVES = st.floats(0.0, 6.0)
PLACE = st.floats(-1e5, 1e5)


@given(people=PEOPLE, more=st.floats(0.0, 50.0), waves=WAVES, higher=st.floats(0.0, 3.0))
def test_load_and_waves_never_speed_a_boat_up(people, more, waves, higher) -> None:
    """More people or higher waves never raise the speed, which never exceeds the engine's nor stops."""
    speed = speed_through_water(2.6, people, 20.0, 0.1, waves, 0.25)
    assert 0.0 < speed <= 2.6
    assert speed_through_water(2.6, people + more, 20.0, 0.1, waves, 0.25) <= speed
    assert speed_through_water(2.6, people, 20.0, 0.1, waves + higher, 0.25) <= speed


def test_a_boat_within_its_design_keeps_its_speed() -> None:
    """In a flat sea with no more aboard than it is sized for, the boat makes its engine's speed."""
    assert speed_through_water(2.6, 5.0, 20.0, 0.1, 0.0, 0.25) == 2.6
    assert speed_through_water(2.6, 20.0, 20.0, 0.1, 0.0, 0.25) == 2.6


@pytest.mark.parametrize(
    ("east", "north", "degrees"), [(0, 1, 0), (1, 1, 45), (1, 0, 90), (0, -1, 180), (-1, 0, 270), (0, 0, 0)]
)
def test_courses_run_clockwise_from_north(east, north, degrees) -> None:
    """North, east, south and west are 0, 90, 180 and 270 degrees."""
    assert math.degrees(course(5.0, 7.0, 5.0 + east, 7.0 + north)) == pytest.approx(degrees)


@given(x=PLACE, y=PLACE, to_x=PLACE, to_y=PLACE)
def test_a_course_leads_there(x, y, to_x, to_y) -> None:
    """Going the distance on the course ends at the destination."""
    bearing = course(x, y, to_x, to_y)
    distance = math.hypot(to_x - x, to_y - y)
    assert 0.0 <= bearing <= 2.0 * math.pi
    assert x + distance * math.sin(bearing) == pytest.approx(to_x, abs=1e-6)
    assert y + distance * math.cos(bearing) == pytest.approx(to_y, abs=1e-6)
