"""What can kill on the way."""

import pytest

from tests.encounter.worlds import NEAR, fixed, mean, outcomes, setting
from varne.encounter.perils import draft_of

WIDE = {"members": (16, 3)}


def deaths(**how):
    return mean(outcomes(["leave"], **WIDE, **how), "deaths")[0]


def test_more_load_higher_waves_and_colder_water_never_help():
    """With all else the same, each of them costs lives."""
    assert deaths(people=30) < deaths(people=45) < deaths(people=60)
    assert deaths(waves="0.2 m") <= deaths(waves="0.5 m") <= deaths(waves="1.0 m")
    assert deaths(water=18) < deaths(water=12) < deaths(water=6)


@pytest.mark.parametrize(
    ("fact", "low", "high"),
    [
        ("crowd_movement_rate", 0.001, 1.0),
        ("structure_base_rate", 1e-6, 1e-2),
        ("crush_rate", 1e-5, 1e-1),
        ("overboard_rate_per_person", 1e-7, 1e-2),
        ("collision_ship_misses_night", 1e-6, 0.2),
        ("boat_leak", 0.01, 30.0),
        ("swamping_relative_motion", 0.1, 0.8),
    ],
)
def test_each_hazard_is_felt(fact, low, high):
    """A hazard made far more frequent costs lives: none of them is disconnected."""
    assert deaths(facts=fixed(**{fact: high})) > deaths(facts=fixed(**{fact: low}))


def test_a_stopped_boat_in_the_lanes_is_struck_more_often():
    """Collision exposure of a drifting boat differs from that of one under way."""
    lanes = {"position": "50 56.5N 001 30.0E", "responders": NEAR, "waves": "0.2 m"}
    struck = {"collision_ship_misses_night": 0.2, "people_accept_stopped": 1e-9, "people_refusal_time": 1e6,
              "rescue_tow_share": 1e-9, "effect_jam_success": 1.0, "effect_jam_crowd": 1.0,
              "effect_crowd_escort": 1.0, "effect_crowd_rescue": 1.0, "effect_jam_overboard": 1.0}  # fmt: skip
    found = outcomes(["escort", "jam"], facts=fixed(**struck), **lanes)
    safe = outcomes(["escort", "jam"], facts=fixed(**{**struck, "collision_ship_misses_night": 1e-9}), **lanes)
    exposure = mean(found, "deaths") - mean(safe, "deaths")
    assert exposure[1] != pytest.approx(exposure[0], rel=0.1)


def test_a_heavier_boat_floats_deeper_until_it_sinks():
    """The table of drafts rises with the mass; beyond its end the boat has sunk."""
    boat = setting(["leave"], members=(2, 1)).world.boats[0]
    drafts = [draft_of(boat, mass) for mass in (500.0, 2000.0, 4000.0, 1e6)]
    assert drafts == sorted(drafts)
    assert drafts[-1] == float("inf")
