"""The responders of an encounter."""

import numpy as np
import pytest

from tests.encounter.worlds import NEAR, QUESTION, setting
from varne.earth import Plane
from varne.encounter.fleet import MOST_RESPONDERS, choose_responders, responder_table
from varne.encounter.scenario import Scenario
from varne.errors import UnknownName

LATITUDE, LONGITUDE = 51.05, 1.6333
PLANE = Plane(LATITUDE, LONGITUDE)


def choose(dark=1.0, **fields):
    return choose_responders(Scenario.of({**QUESTION, **fields}), dark)


def table(responders, waves=0.5, dark=1.0, draws=4):
    return responder_table(responders, PLANE, np.full(draws, waves), dark, 1)


def test_the_first_to_arrive_stands_first():
    """The nearest may not answer the call: which that is follows from readiness and way."""
    found = choose()
    times = [one.arrival_time(LATITUDE, LONGITUDE, 1.0) for one in found]
    assert times == sorted(times)
    assert len(found) == MOST_RESPONDERS


def test_those_given_are_among_them_however_far():
    """A responder that is named is never left out for one that lies nearer."""
    far = [{"vessel": "navy_patrol_vessel", "position": "50 20N 000 30E"}]
    assert any(one.name.startswith("navy_patrol_vessel") for one in choose(responders=far))
    assert choose(responders=NEAR)[0].name == "navy_patrol_vessel 1"
    assert len(choose(responders=NEAR)) == MOST_RESPONDERS


def test_under_way_is_ready_and_in_harbour_is_not():
    """A responder at sea sails at once; one that is moored gets ready first, at night later on average."""
    at_sea = table(choose(responders=NEAR)[:1])
    moored = choose(responders=[{**NEAR[0], "moored": True}])
    moored = [one for one in moored if one.name == "navy_patrol_vessel 1"]
    day, night = table(moored, dark=0.0, draws=400), table(moored, dark=1.0, draws=400)
    assert (at_sea["ready_after"][:, 0] == 0.0).all()
    assert (day["ready_after"][:, 0] > 0.0).all()
    assert night["ready_after"][:, 0].mean() >= day["ready_after"][:, 0].mean()


def test_higher_waves_never_make_a_responder_faster_and_it_always_makes_way():
    """Speed falls with the waves of its draw; nobody stands still for ever."""
    speeds = [table(choose(), waves=height)["speed"] for height in (0.0, 1.0, 2.0, 4.0, 8.0)]
    assert (np.diff(speeds, axis=0) <= 1e-12).all()
    assert np.min(speeds) > 0.0


def test_a_passing_ship_is_always_last():
    """It neither attends nor answers; it finds by chance, and then takes people out."""
    found = table(choose())
    assert found.shape == (4, MOST_RESPONDERS + 1)
    assert (found["attends"][:, -1] == 0.0).all()
    assert (found["recovery_rate"] > 0.0).all()
    assert (found["capacity"][:, -1] > 0.0).all()


def test_a_responder_stands_where_it_is_on_the_plane():
    """Half a minute of latitude north of the boat is half a nautical mile."""
    world = setting(["leave"], members=(2, 1), responders=NEAR).world
    assert np.hypot(world.responders["x"][0, 0], world.responders["y"][0, 0]) == pytest.approx(1095.0, rel=0.02)


def test_an_unknown_class_gets_a_suggestion():
    """A class of vessel is a row of a table."""
    with pytest.raises(UnknownName, match="navy_patrol_vessel"):
        choose(responders=[{**NEAR[0], "vessel": "navy_patrol_vesel"}])
