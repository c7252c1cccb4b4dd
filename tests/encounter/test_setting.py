"""The setting of an encounter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.encounter.worlds import QUESTION, fixed, setting
from varne.earth import Plane, distance
from varne.encounter.records import BY_DRAW
from varne.encounter.scenario import Scenario
from varne.encounter.setting import darkness, few_members, find_place
from varne.sea.streams import stream_at


def test_a_place_knows_its_water_and_its_shores():
    """Mid-strait lies deep between two coasts; off Gravelines the French shore is near."""
    strait = find_place(Scenario.of(QUESTION))
    assert 25 < strait.depth < 60
    beach = find_place(Scenario.of({**QUESTION, "position": "51 01.0N 002 06.0E", "start": "beach"}))
    assert beach.country == 2
    assert beach.depth < strait.depth
    assert beach.shore_distance < 1500.0
    assert distance(*beach.back, beach.latitude, beach.longitude) == pytest.approx(
        beach.shore_distance, rel=0.05, abs=50
    )


def test_an_aim_that_is_given_is_kept():
    """Where the boat is bound is the nearest British coast, unless it is said."""
    assert find_place(Scenario.of({**QUESTION, "aim": "51 08N 001 25E"})).aim == pytest.approx(
        (51 + 8 / 60, 1 + 25 / 60)
    )
    assert find_place(Scenario.of(QUESTION)).aim[1] < 1.5


@settings(deadline=None)
@given(hour=st.floats(0.0, 24.0), month=st.integers(1, 12))
def test_darkness_is_a_share(hour, month):
    """0 by day, 1 at night, between them in twilight; midnight is dark and noon is light all year."""
    start = Scenario.of({**QUESTION, "time": f"2026-{month:02d}-14T00:00Z"}).time
    found = darkness(51.0, 1.5, np.array([start, start + 43200.0, start + 3600.0 * hour]))
    assert found[0] == 1.0
    assert found[1] == 0.0
    assert 0.0 <= found[2] <= 1.0


def test_a_smaller_ensemble_is_the_beginning_of_a_larger():
    """Every array by draw is cut, nothing else changes; a draw never moves because there are more."""
    small, large = setting(["leave", "jam"], members=(3, 2)), setting(["leave", "jam"], members=(6, 2))
    cut = few_members(large, 3, 2)
    for name in BY_DRAW:
        assert getattr(cut.world, name).tobytes() == getattr(small.world, name).tobytes(), name
    assert few_members(large, 99, 1).question.replicates == 1
    assert len(few_members(large, 99, 1).world.known) == 6


def test_streams_of_the_window_are_those_of_the_sea():
    """The first hour lies inside the grid in time, also when the stream is early or late; the boat lies in it."""
    world = setting([], members=(4, 1)).world
    streams, origin = world.charts.sky.streams, world.charts.origin
    t = (world.weather["stream_shift"] - streams.start) * streams.times_per_second
    assert (t >= 0.0).all()
    x = (origin.longitude - streams.west) * streams.columns_per_degree
    y = (origin.latitude - streams.south) * streams.rows_per_degree
    assert 0.0 < x < streams.values.shape[3] - 1
    assert 0.0 < y < streams.values.shape[2] - 1
    assert 0.0 < np.hypot(*stream_at(streams.values[0], x, y, 6.0)) < 2.5


def test_the_plane_is_that_of_the_start():
    """Metres on the kernel's plane are those of the Earth module."""
    asked = setting([], members=(2, 1))
    origin, plane = asked.world.charts.origin, Plane(asked.place.latitude, asked.place.longitude)
    there = (origin.latitude + 5000.0 * origin.per_metre_north, origin.longitude + 3000.0 * origin.per_metre_east)
    assert plane.to_plane(*there) == pytest.approx((3000.0, 5000.0), rel=1e-9)


def test_a_fact_held_fixed_moves_no_other():
    """Replacing one fact changes its column and what follows from it, nothing else that is drawn."""
    plain, held = setting([], members=(5, 1)), setting([], members=(5, 1), facts=fixed(boat_speed=5.0))
    for name in plain.world.known.dtype.names:
        assert np.array_equal(plain.world.known[name], held.world.known[name]) == (name != "boat_speed")
    assert np.array_equal(plain.world.weather, held.world.weather)
    assert np.array_equal(plain.world.responders, held.world.responders)
