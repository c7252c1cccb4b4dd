"""Voyages that are the same under two policies."""

import numpy as np
import pytest
from tests.season.small import JAM, RESCUE, SHALLOW, bench, plan

from varne.season.crossings import air_of, cross
from varne.season.records import ATTEMPT, MOST_ATTEMPTS
from varne.season.same import recall, remember
from varne.season.voyages import one_night

DAYS, MEMBERS = 10, np.arange(3)
USUAL = {}
JAMMED = {"intercept_option": JAM, "intercept_share": 0.6, "intercept_teams": 4.0}
SHALLOWS = {"intercept_option": SHALLOW, "intercept_share": 0.9, "intercept_teams": 9.0, "intercept_by_day": 1.0}
MORE_RESCUE = {"rescue_vessels": 4.0, "rescue_readiness": 0.7}
READIER = {"rescue_readiness": 0.4}
TAKEN_OFF = {"intercept_option": RESCUE, "intercept_share": 1.0, "intercept_teams": 2.0, "rescue_vessels": 4.0}
DETERRED = {"deterrence": -0.3, "lorries": 0.4}
MORE_COME = {"deterrence": 0.5}
STOPPED = {"since": 3, "prevention": 2.5, "scarcity": 0.5, "fuller": 0.5}
MOVED = {"southward": 0.8, "taxi": 0.3, "rougher": 0.3}
ALONE = {"escorted": 0.0, "watched": 0.0}

ATTEMPTED = {"key": 8016.0, "launched": 7200.0, "place": 3.0, "people": 40.0, "length": 9.1, "taxi": 0.0}


def books(*policies):
    """The weeks and the severity of each policy, run together: bytes."""
    ledger = cross(plan(*policies, days=DAYS, draws=len(MEMBERS)), MEMBERS)
    return [(ledger.weeks[place].tobytes(), ledger.severity[place].tobytes()) for place in range(len(policies))]


@pytest.mark.parametrize(
    "policies",
    [
        (USUAL, JAMMED),
        (USUAL, MORE_RESCUE),
        (USUAL, READIER),
        (USUAL, DETERRED),
        (USUAL, STOPPED),
        (JAMMED, USUAL, SHALLOWS),
        (MORE_RESCUE, TAKEN_OFF, JAMMED),
        (MORE_COME, DETERRED, USUAL),
        (STOPPED, MOVED, USUAL),
        (ALONE, MORE_RESCUE, ALONE),
    ],
)
def test_nothing_recalled_changes_a_number(policies):
    """Together and in turned order every policy has the books that it has alone, to the last bit."""
    together, turned = books(*policies), books(*policies[::-1])[::-1]
    for place, policy in enumerate(policies):
        assert together[place] == turned[place] == books(policy)[0], place


def test_a_policy_run_twice_sails_once():
    """The second of two equal policies adds nothing to the memory: every voyage of its night was found there."""
    laid = bench(plan(USUAL, USUAL, MORE_RESCUE, days=6, draws=2))
    stretch, chart, herd, policies, kept, room = laid.args
    air, seen = air_of(laid.course.skies, laid.stretch), 0
    for row in range(2):
        for day in range(6):
            night = [stretch, chart, herd, air, policies, kept, room]
            first = one_night(*night, (0, row, day, 0))
            second = one_night(*night, (1, row, day, first))
            other = one_night(*night, (2, row, day, second))
            assert second == first
            assert first <= other <= 2 * first
            seen += first
    assert seen > 10
    assert kept.weeks[0].tobytes() == kept.weeks[1].tobytes()


def one_attempt(**changed):
    attempt = np.zeros(1, ATTEMPT)
    for name, value in {**ATTEMPTED, **changed}.items():
        attempt[name] = value
    return attempt[0]


@pytest.fixture
def room():
    """A room that remembers one voyage."""
    found = bench(plan(USUAL, days=1, draws=1)).room
    found.vessel[:] = np.arange(len(found.vessel))
    found.responders["ready_after"][0] = 600.0 + np.arange(len(found.vessel))
    found.state["phase"], found.state["latitude"], found.state["longitude"] = 2.0, 51.0, 1.5
    found.outcome["deaths"], found.outcome["met_at"] = 0.25, 4000.0
    found.scratch.deaths[:41] = np.arange(41)
    assert remember(found, 0, 8017, one_attempt(), 2) == 1
    for lost in (found.state, found.outcome):
        lost.view(np.float64)[:] = np.nan
    found.scratch.deaths[:] = -1.0
    return found


def test_what_was_remembered_comes_back_whole(room):
    """Outcome, where and how the voyage ended, and the distribution of deaths as far as there were people."""
    assert recall(room, 1, 8017, one_attempt(), 2)
    assert room.outcome["deaths"][0] == 0.25
    assert room.outcome["met_at"][0] == 4000.0
    assert [room.state[name][0] for name in ("phase", "latitude", "longitude")] == [2.0, 51.0, 1.5]
    assert room.scratch.deaths[:41].tolist() == list(range(41))
    assert (room.scratch.deaths[41:] == -1.0).all()


@pytest.mark.parametrize("name", ["launched", "place", "people", "length", "taxi"])
def test_another_launch_is_another_voyage(room, name):
    """One bit of it is enough."""
    changed = one_attempt(**{name: np.nextafter(ATTEMPTED[name], np.inf)})
    assert not recall(room, 1, 8017, changed, 2)
    assert np.isnan(room.outcome["deaths"][0])


@pytest.mark.parametrize(("now", "option", "known"), [(8018, 2, 1), (8017, 3, 1), (8017, 2, 0)])
def test_another_group_try_response_or_night_is_another_voyage(room, now, option, known):
    """Key with its try, and option, must be the same; what no policy of this night has remembered is not there."""
    assert not recall(room, known, now, one_attempt(), option)


@pytest.mark.parametrize("slot", [0, 3, 5])
def test_other_help_is_another_voyage(room, slot):
    """Another vessel, or the same one later, in any place of those who answer."""
    room.responders["ready_after"][0, slot] += 1e-9
    assert not recall(room, 1, 8017, one_attempt(), 2)
    room.responders["ready_after"][0, slot] = 600.0 + slot
    room.responders["free_at"][0, slot] = 60.0
    assert not recall(room, 1, 8017, one_attempt(), 2)
    room.responders["free_at"][0, slot] = 0.0
    assert recall(room, 1, 8017, one_attempt(), 2)
    room.vessel[slot] = 20
    assert not recall(room, 1, 8017, one_attempt(), 2)


def test_a_memory_that_is_full_forgets_nothing(room):
    """What has no room is not kept, and what was kept stays."""
    assert remember(room, MOST_ATTEMPTS, 1, one_attempt(), 0) == MOST_ATTEMPTS
    assert recall(room, 1, 8017, one_attempt(), 2)
