"""Who comes, and what they do."""

import numpy as np
import pytest

from tests.encounter.worlds import NEAR, fixed, mean, outcomes, setting
from varne.encounter.attendance import there_at
from varne.encounter.records import LUCK


def test_a_nearer_responder_is_there_sooner():
    """Readiness, then the way: both cost time."""
    world = setting(["escort"], members=(2, 1), responders=NEAR).world
    luck = np.zeros(1, LUCK)
    luck["readiness"] = 1.0
    responder = world.responders[0, 0].copy()
    near = there_at(responder, luck[0], 0.0, 0.0, 0.0)
    assert there_at(responder, luck[0], 0.0, 20000.0, 0.0) > near
    responder["ready_after"] += 600.0
    assert there_at(responder, luck[0], 0.0, 0.0, 0.0) == near + 600.0


def test_who_is_with_another_boat_sails_when_free():
    """Told before that, it sails at once when it is free; told so late that it would not have been ready, as ever."""
    responder = setting(["escort"], members=(2, 1), responders=NEAR).world.responders[0, 0].copy()
    luck = np.zeros(1, LUCK)
    luck["readiness"] = 1.5
    ready, way = 1.5 * responder["ready_after"], there_at(responder, luck[0], 0.0, 0.0, 0.0)
    responder["free_at"] = 7200.0
    for told in (0.0, 3600.0, 7200.0 - ready, 9000.0):
        alone = way + told
        assert there_at(responder, luck[0], told, 0.0, 0.0) == pytest.approx(max(alone, 7200.0 + way - ready))
    assert there_at(responder, luck[0], np.inf, 0.0, 0.0) == np.inf


def test_without_a_call_nobody_comes_to_leave():
    """`leave` sends nobody: without an alarm or a passing ship nobody is ever aboard a responder."""
    silent = fixed(
        alert_call_when_stopped=1e-12, alert_call_when_flooding=1e-12, alert_call_when_in_water=1e-12,
        alert_chance_find_rate=1e-12,
    )  # fmt: skip
    found = outcomes(["leave", "escort"], facts=silent, responders=NEAR)
    assert mean(found, "aboard_responder")[0] < 1e-6
    assert mean(found, "aboard_responder")[1] > 0.1


def test_disbelief_and_silence_cost_lives():
    """A call that is not believed, or that the nearest does not answer, is worse than one that is."""
    heard = mean(outcomes(["leave"], facts=fixed(alert_believed=1.0, alert_answered=1.0)), "deaths")[0]
    doubted = mean(outcomes(["leave"], facts=fixed(alert_believed=1e-9, alert_answered=1e-9)), "deaths")[0]
    assert doubted > heard


def test_consent_decides_who_is_taken_off_under_way():
    """Staged rescue takes those who consent; those who refuse go on."""
    willing, unwilling = (
        outcomes(["escort", "rescue"], facts=fixed(people_accept_under_way=share, boat_engine_stop_rate=1e-9),
                 responders=NEAR)
        for share in (0.9, 0.1)
    )  # fmt: skip
    assert mean(willing, "aboard_responder")[1] > mean(unwilling, "aboard_responder")[1] + 15
    assert mean(willing, "ashore_uk")[1] < mean(unwilling, "ashore_uk")[1]


def test_the_crew_that_boards_runs_the_greatest_risk():
    """Watching costs a crew nothing, boarding the most; higher waves never lower it."""
    calm = mean(outcomes(["monitor", "flotation", "board"], responders=NEAR), "responder_serious_injuries")
    rough = mean(
        outcomes(["monitor", "flotation", "board"], responders=NEAR, waves="1.2 m"), "responder_serious_injuries"
    )
    assert calm[0] <= calm[1] < calm[2]
    assert rough[2] > calm[2]


def test_flotation_saves_those_who_fall_in():
    """Working jackets handed out lower the deaths of the same members, all else being equal."""
    same = {"effect_crowd_flotation": 1.0, "effect_crowd_escort": 1.0}
    found = outcomes(["escort", "flotation"], facts=fixed(**same), responders=NEAR, members=(12, 4))
    deaths = mean(found, "deaths")
    assert deaths[1] < deaths[0]
