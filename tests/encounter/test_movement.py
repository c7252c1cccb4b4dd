"""Where the boat goes."""

import numpy as np
import pytest

from tests.encounter.worlds import fixed, mean, outcomes, setting
from varne.earth import Plane
from varne.encounter.movement import drive, place, shore_reached, velocity
from varne.encounter.records import LUCK, STATE, Case

CALM = {
    "sea_wind_speed_error": 1.0,
    "sea_wind_direction_error": 0.0,
    "leeway_downwind_slope": 0.045,
    "leeway_crosswind_slope": 0.0,
}


def stage(**fields):
    asked = setting(["leave"], members=(2, 1), facts=fixed(**CALM, sea_stream_time_shift=0.0), **fields)
    world = asked.world
    case = Case(
        world.known[0], world.weather[0], world.boats[0], world.phases[0, 0], world.alone[0], world.responders[0], 0,
        world.charts.sky.streams.values[0], world.havens,
    )  # fmt: skip
    state, luck = np.zeros(1, STATE), np.zeros(1, LUCK)
    place(world.charts.origin, state[0], 0.0, 0.0)
    luck["leeway_downwind"] = 0.045
    state["helm_cosine"] = 1.0
    return asked, case, state, luck


def test_a_drifting_boat_goes_with_stream_and_wind():
    """Over the ground: the stream, and 4.5 % of the wind downwind."""
    asked, case, state, luck = stage(wind="W 20 kn")
    still, _ = stage(wind="W 0 kn")[1:3]
    blown = velocity(asked.question, case, asked.world.charts.sky.streams, luck[0], state[0], 0.0, False)
    calm = velocity(asked.question, still, asked.world.charts.sky.streams, luck[0], state[0], 0.0, False)
    assert blown[0] - calm[0] == pytest.approx(0.045 * 20 * 0.514444, rel=1e-5)
    assert blown[1] - calm[1] == pytest.approx(0.0, abs=1e-9)


def test_an_engine_drives_towards_the_aim():
    """Under way the velocity gains the boat's speed in the direction of the aim; held, it does not."""
    asked, case, state, luck = stage()
    state["speed"] = 2.5
    streams = asked.world.charts.sky.streams
    drift = np.array(velocity(asked.question, case, streams, luck[0], state[0], 0.0, False))
    state["engine"] = 1.0
    gained = np.array(velocity(asked.question, case, streams, luck[0], state[0], 0.0, False)) - drift
    aim = np.array([asked.question.aim_x, asked.question.aim_y])
    assert gained == pytest.approx(2.5 * aim / np.hypot(*aim))
    held = velocity(asked.question, case, streams, luck[0], state[0], 0.0, True)
    assert np.array(held) == pytest.approx(drift)
    state["heading_back"] = 1.0
    back = np.array([asked.question.back_x, asked.question.back_y])
    turned = np.array(velocity(asked.question, case, streams, luck[0], state[0], 0.0, False)) - drift
    assert turned == pytest.approx(2.5 * back / np.hypot(*back))


def test_an_engine_stops_starts_and_runs_out_of_fuel():
    """The first stop, a restart or none, and the end of the fuel."""
    known = setting(["leave"], members=(1 + 1, 1), facts=fixed(boat_engine_restart_share=0.5)).world.known[0]
    state, luck = np.zeros(1, STATE), np.zeros(1, LUCK)
    luck["stop_after"], luck["restart_after"], luck["stop_again"], luck["restarts"] = 100.0, 50.0, 1e9, 0.2
    seen = []
    for now in (50.0, 120.0, 160.0, 1e6):
        state["engine"] = 1.0 if now == 50.0 else state["engine"]
        drive(known, luck[0], state[0], now)
        seen.append(float(state["engine"][0]))
    assert seen == [1.0, 0.0, 1.0, 0.0]
    luck["restarts"], state["stopped_for_good"] = 0.9, 0.0
    drive(known, luck[0], state[0], 160.0)
    assert state["stopped_for_good"][0] == 1.0


@pytest.mark.parametrize(
    ("where", "whose"), [((51.13, 1.30), 1), ((50.95, 1.86), 2), ((51.2, 2.9), 3), ((51.0, 1.45), 0)]
)
def test_a_shore_has_a_country(where, whose):
    """Dover is British, Calais French, Ostend neither, the strait no one's."""
    asked, _, state, _ = stage()
    place(asked.world.charts.origin, state[0], *Plane(*_origin(asked)).to_plane(*where))
    assert shore_reached(asked.world.charts.coast, state[0]) == whose


def _origin(asked):
    return asked.world.charts.origin.latitude, asked.world.charts.origin.longitude


def test_a_faster_boat_arrives_sooner():
    """Time to the English coast falls with speed."""
    slow, fast = (outcomes(["leave"], facts=fixed(boat_speed=speed)) for speed in (3.5, 6.5))
    assert mean(fast, "steps")[0] < mean(slow, "steps")[0]
