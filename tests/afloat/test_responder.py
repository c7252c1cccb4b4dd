"""Those who come to help."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.afloat.responder import Responder, arrival_time, lying_at, nearest, reaches, speed_in_waves
from varne.errors import BadInput
from varne.facts.responders import NUMBERS, stations

ALL = tuple(stations().values())
LATITUDE = st.floats(50.6, 51.5)
LONGITUDE = st.floats(0.8, 2.6)
SPEED = st.floats(0.5, 80.0)
WAY = st.floats(0.0, 4e5)
TIME = st.floats(0.0, 1e5)


def dover() -> Responder:
    return lying_at(stations()["dover"])[0]


@given(latitude=LATITUDE, longitude=LONGITUDE, darkness=st.floats(0.0, 1.0))
def test_the_first_to_arrive_comes_first(latitude, longitude, darkness) -> None:
    """The chosen responders stand in the order in which they arrive, and nobody left out would be sooner."""
    everyone = nearest(ALL, latitude, longitude, 1000, darkness=darkness)
    times = [responder.arrival_time(latitude, longitude, darkness) for responder in everyone]
    assert times == sorted(times)
    assert nearest(ALL, latitude, longitude, 4, darkness=darkness) == everyone[:4]


@given(latitude=LATITUDE, longitude=LONGITUDE)
def test_the_order_of_the_stations_does_not_matter(latitude, longitude) -> None:
    """The choice depends on the stations, not on the order in which they are given."""
    assert nearest(ALL, latitude, longitude, 5) == nearest(ALL[::-1], latitude, longitude, 5)


@given(latitude=LATITUDE, longitude=LONGITUDE)
def test_night_never_brings_anyone_sooner(latitude, longitude) -> None:
    """Every responder arrives no sooner by night than by day."""
    for responder in nearest(ALL, latitude, longitude, 1000):
        day = responder.arrival_time(latitude, longitude, 0.0)
        assert responder.arrival_time(latitude, longitude, 1.0) >= day


def test_an_inshore_boat_is_not_sent_across_the_strait() -> None:
    """A boat whose reach ends before the position is not chosen, however soon it could be under way."""
    off_calais = nearest(ALL, 51.0, 1.8, 1000)
    assert not {responder.vessel.name for responder in off_calais} & {"d_class", "atlantic85"}
    off_walmer = nearest(ALL, 51.21, 1.45, 1000)
    assert {"walmer atlantic85", "walmer d_class"} <= {responder.name for responder in off_walmer}


def test_help_is_asked_for_in_whole_numbers() -> None:
    """None asked for gives none, more than there are gives all within reach, and fewer than none is an error."""
    assert nearest(ALL, 51.0, 1.5, 0) == ()
    assert nearest([], 51.0, 1.5, 3) == ()
    with pytest.raises(BadInput, match="is -1; ask for 0 or more"):
        nearest(ALL, 51.0, 1.5, -1)


def test_every_vessel_of_a_station_can_go() -> None:
    """A station offers each of its vessels once, in harbour, under a name of its own."""
    offered = [responder for station in ALL for responder in lying_at(station)]
    assert len(offered) == sum(len(station.vessels) for station in ALL)
    assert len({responder.name for responder in offered}) == len(offered)
    assert all(responder.in_harbour for responder in offered)
    assert all((r.latitude, r.longitude) == (r.home_latitude, r.home_longitude) for r in offered)


def test_a_responder_at_sea_needs_no_readiness() -> None:
    """What is at sea is under way at once, by day and by night."""
    at_sea = replace(dover(), in_harbour=False)
    assert at_sea.ready_time(0.0) == at_sea.ready_time(1.0) == 0.0
    assert at_sea.arrival_time(51.0, 1.5, 1.0) < dover().arrival_time(51.0, 1.5, 1.0)


def test_a_responder_is_at_its_own_place_as_soon_as_it_is_ready() -> None:
    """With no way to go the arrival is the readiness."""
    responder = dover()
    assert responder.arrival_time(responder.latitude, responder.longitude, 0.0) == responder.ready_time(0.0)


def test_usual_numbers_are_in_si() -> None:
    """A speed comes in metres and a readiness in seconds, whatever the file wrote."""
    assert dover().usual("speed") == pytest.approx(25 * 1852 / 3600)
    assert dover().usual("readiness_day") == 600.0
    assert all(dover().usual(number) > 0 for number in NUMBERS)


@given(ready=TIME, way=WAY, more=WAY, speed=SPEED, faster=st.floats(0.0, 80.0))
def test_a_longer_way_is_never_sooner_and_more_speed_never_later(ready, way, more, speed, faster) -> None:
    """Arrival falls with speed and rises with distance and readiness."""
    usual = arrival_time(ready, way, speed)
    assert ready <= usual <= arrival_time(ready, way + more, speed)
    assert arrival_time(ready, way, speed + faster) <= usual
    assert usual <= arrival_time(ready + 60.0, way, speed)


def test_without_speed_nobody_comes() -> None:
    """A responder without speed never arrives, unless it is there; it is never there at time zero by mistake."""
    assert arrival_time(60.0, 1.0, 0.0) == math.inf
    assert arrival_time(60.0, 0.0, 0.0) == 60.0
    assert not reaches(1e12, 60.0, 0.0, 1.0)


@given(now=TIME, ready=TIME, way=WAY, speed=SPEED)
def test_who_has_arrived_stays_arrived(now, ready, way, speed) -> None:
    """A responder is there from its arrival on, and never before it is ready."""
    assert reaches(now, ready, speed, way) == (now >= arrival_time(ready, way, speed))
    if reaches(now, ready, speed, way):
        assert now >= ready
        assert reaches(now + 1.0, ready, speed, way)


@given(speed=SPEED, waves=st.tuples(st.floats(0, 12), st.floats(0, 12)), limit=st.floats(0.5, 15.0))
def test_higher_waves_never_make_a_vessel_faster(speed, waves, limit) -> None:
    """Speed falls with wave height, from all in a calm through half at the limit, and never becomes nothing."""
    low, high = sorted(waves)
    assert 0.0 < speed_in_waves(speed, high, limit) <= speed_in_waves(speed, low, limit) <= speed
    assert speed_in_waves(speed, 0.0, limit) == speed
    assert speed_in_waves(speed, limit, limit) == speed / 2
