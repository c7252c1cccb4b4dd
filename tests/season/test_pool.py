"""One pool of responders a night."""

import numpy as np
import pytest
from tests.season.small import bench, fixed, plan

from varne.season.crossings import air_of, begin, go_on
from varne.season.pool import call_up, release
from varne.season.shore import shore, vessels
from varne.season.voyages import one_night
from varne.units import HOUR

POSTS = np.array([post for *_, post in vessels()])
ATTENDING = next(index for index, (vessel, *_, post) in enumerate(vessels()) if vessel.attends and post == 0.0)
EVERY_DAY = {"rougher": 10.0}  # limits so high that boats leave every day
MET = {**EVERY_DAY, "escorted": 1.0, "watched": 0.0}


def called(laid, place, launched=0.0, dark=0.0, row=0):
    """Call up for a launch; who answers, and for each the time until it is under way on a day of usual luck."""
    laid.room.luck["readiness"] = 1.0
    books, room = laid.course.books, laid.room
    call_up(laid.stretch, laid.chart.shore, laid.course.herd, books, room, laid.today(row), (place, launched, dark))
    return room.vessel[:-1].copy(), room.responders["ready_after"][0, :-1].copy()


def usual_arrivals(laid, place, dark, row=0):
    """When each vessel that is free is at the launch place, from its numbers; infinite where it cannot come. [s]"""
    numbers, level = laid.course.herd.vessels[row], laid.today(row).level
    away = np.hypot(*shore().vessels[place].T)
    ready = numbers["ready_day"] + dark * (numbers["ready_night"] - numbers["ready_day"])
    arrives = level["rescue_readiness"] * ready + away / numbers["speed"]
    return np.where((away > numbers["reach"]) | (numbers["post"] > level["rescue_vessels"]), np.inf, arrives)


def keep_only(laid, index):
    """Put every vessel but one out of reach."""
    numbers = laid.course.herd.vessels
    numbers["reach"] = 0.0
    numbers["reach"][:, index] = np.inf


def nights(laid, days, row=0):
    """Voyages of the nights of one member: what decided each, and its outcome, in the order of launches."""
    air, found = air_of(laid.course.skies, laid.stretch), []
    stretch, chart, herd, policies, books, room = laid.args
    for day in range(days):
        count = one_night(stretch, chart, herd, air, policies, books, room, (0, row, day, 0))
        found += [(room.past[one].copy(), room.past_outcome[one].copy()) for one in range(count)]
    return found


def home_at(laid, past, outcome, row=0):
    """When each vessel that came is free again, by its number. [s]"""
    numbers, turnaround = laid.course.herd.vessels[row], laid.course.herd.known[row]["season_turnaround"]
    free = {}
    for slot, index in enumerate(past["vessel"][:-1].astype(int)):
        if int(outcome["arrived"]) >> slot & 1:
            east, north = shore().vessels[int(past["place"]), index] - (outcome["x"], outcome["y"])
            # At most its speed in a calm: waves only make the way home longer.
            home = np.hypot(east, north) / numbers["speed"][index]
            free[index] = past["launched"] + outcome["steps"] * laid.stretch.step + home + turnaround
    return free


@pytest.mark.parametrize("policy", [{}, {"rescue_vessels": 3.0}, {"rescue_vessels": 8.0, "rescue_readiness": 0.5}])
@pytest.mark.parametrize("dark", [0.0, 0.4, 1.0])
def test_those_come_who_usually_are_there_first(policy, dark):
    """From every place the first to arrive of all that reach it, each once, in the order of their arrival."""
    laid = bench(plan(policy, days=1, draws=2))
    for row in range(2):
        for place in range(len(shore().latitude)):
            arrives = usual_arrivals(laid, place, dark, row)
            chosen, _ = called(laid, place, dark=dark, row=row)
            expected = np.argsort(arrives, kind="stable")[: len(chosen)]
            assert chosen.tolist() == expected.tolist()
            assert np.isfinite(arrives[chosen]).all()


def test_a_vessel_out_of_reach_never_comes():
    """Where all are out of reach nobody answers, whatever is called; the ship that passes by chance is still there."""
    laid = bench(plan({**MET, "rescue_vessels": 0.0}, days=3, draws=1))
    laid.course.herd.vessels["reach"] = 0.0
    chosen, ready = called(laid, 5)
    assert (chosen == -1).all()
    assert np.isinf(ready).all()
    assert laid.room.responders[0, -1] == laid.course.herd.passing[0]
    found = nights(laid, 3)
    assert found
    assert all(outcome["arrived"] == 0.0 and np.isinf(outcome["met_at"]) for _, outcome in found)
    assert not laid.course.books.free_at.any()
    assert not laid.course.books.weeks["responder_hours"].any()


@pytest.mark.parametrize("distance", [0.999, 1.001])
def test_reach_is_a_distance(distance):
    """A vessel comes as far as its reach and no farther."""
    laid = bench(plan({}, days=1, draws=1))
    keep_only(laid, ATTENDING)
    laid.course.herd.vessels["reach"][:, ATTENDING] = np.hypot(*shore().vessels[5, ATTENDING]) / distance
    assert called(laid, 5)[0][0] == (ATTENDING if distance < 1.0 else -1)


@pytest.mark.parametrize("added", [0, 1, 4, 8])
def test_posts_are_manned_only_when_the_policy_adds_them(added):
    """Of the posts only the first so many ever have a vessel away; with all of them some are."""
    course = begin(plan({**MET, "rescue_vessels": float(added)}, days=6, draws=2), np.arange(2))
    go_on(course, 0)
    away = (course.books.free_at[0] > 0.0).any(axis=0)
    assert not away[added < POSTS].any()
    assert away[POSTS == 0.0].any()
    if added == 8:
        assert away[POSTS > 0.0].any()


def test_who_waits_at_sea_is_under_way_at_once():
    """A post needs no time to get ready; a crew ashore needs its own, by day or night, times what the policy sets."""
    laid = bench(plan({"rescue_vessels": 8.0, "rescue_readiness": 0.5}, days=1, draws=1))
    numbers = laid.course.herd.vessels[0]
    for dark, time in ((0.0, "ready_day"), (1.0, "ready_night")):
        for place in range(len(shore().latitude)):
            chosen, ready = called(laid, place, dark=dark)
            assert ready == pytest.approx(0.5 * numbers[time][chosen])
            assert (ready[POSTS[chosen] > 0.0] == 0.0).all()


@pytest.mark.parametrize("still", [-1.0, 0.0, 0.5, 9.0])
def test_with_one_vessel_help_waits_while_it_is_away(still):
    """It sails no sooner than it is free of the other boat; how soon its crew is ready is its own."""
    laid = bench(plan({}, days=1, draws=1))
    keep_only(laid, ATTENDING)
    _, alone = called(laid, 5, launched=2 * HOUR)
    laid.course.books.free_at[0, 0, ATTENDING] = (2.0 + still) * HOUR
    where = (5, 2 * HOUR, 0.0)
    call_up(laid.stretch, laid.chart.shore, laid.course.herd, laid.course.books, laid.room, laid.today(), where)
    assert laid.room.vessel[0] == ATTENDING
    assert laid.room.responders["ready_after"][0, 0] == alone[0]
    assert laid.room.responders["free_at"][0, 0] == pytest.approx(max(still, 0.0) * HOUR)


def test_another_comes_first_while_the_nearest_is_away():
    """A vessel that is away falls back in the order of arrival, and is called when it is home again."""
    laid = bench(plan({}, days=1, draws=1))
    chosen, _ = called(laid, 5)
    laid.course.books.free_at[0, 0, chosen[0]] = 30 * HOUR
    assert called(laid, 5, launched=1 * HOUR)[0].tolist()[:5] == chosen.tolist()[1:]
    assert called(laid, 5, launched=30 * HOUR)[0].tolist() == chosen.tolist()


def test_those_who_came_are_free_when_they_are_home_and_ready_again():
    """End of the voyage, way home, turnaround; who was called and did not come stays free."""
    laid = bench(plan({}, days=1, draws=1))
    chosen, _ = called(laid, 5, launched=HOUR)
    outcome = laid.room.outcome[0]
    outcome["arrived"], outcome["steps"], outcome["met_at"] = 0b101, 100.0, 2000.0
    outcome["x"], outcome["y"] = 3000.0, 9000.0
    away = release(laid.stretch, laid.course.books, laid.room, laid.today(), HOUR, 1800.0)
    free, expected, hours = laid.course.books.free_at[0, 0], np.zeros(len(POSTS)), 0.0
    for slot in (0, 2):
        responder = laid.room.responders[0, slot]
        home = np.hypot(responder["x"] - 3000.0, responder["y"] - 9000.0) / responder["speed"]
        expected[chosen[slot]] = HOUR + 100 * laid.stretch.step + home + 1800.0
        hours += 100 * laid.stretch.step + home - 2000.0
    assert free == pytest.approx(expected)
    assert away == pytest.approx(hours)


def test_nobody_is_at_two_boats_at_once():
    """Night after night a vessel that came to a boat is under way to the next no earlier than it is home and ready."""
    laid = bench(plan({**MET, "rescue_vessels": 2.0}, days=6, draws=2))
    free, held = np.zeros(len(POSTS)), 0
    for past, outcome in nights(laid, 6):
        came = [slot for slot in range(len(past["vessel"]) - 1) if int(outcome["arrived"]) >> slot & 1]
        for slot in came:
            index = int(past["vessel"][slot])
            assert past["launched"] + past["free_at"][slot] >= free[index] - 1e-6
            held += free[index] > past["launched"]
        if came:
            first = min(free[int(past["vessel"][slot])] for slot in came)
            assert past["launched"] + outcome["met_at"] >= first
        for index, when in home_at(laid, past, outcome).items():
            free[index] = when
    assert held > 10  # many had to wait for a vessel that was away


def test_a_boat_among_many_is_met_no_earlier_than_alone():
    """One vessel for the whole coast: the same boat with the same luck waits as long or longer when others left too."""
    facts = fixed(season_prevented_retry=1e-6, season_returned_retry=1e-6)
    met = []
    for boats in (1, 12):
        laid = bench(plan({**MET, "prevention": 0.0}, days=6, draws=1, facts=facts))
        keep_only(laid, ATTENDING)
        laid.course.herd.groups[:] = boats
        met.append({past["key"].item(): outcome["met_at"].item() for past, outcome in nights(laid, 6)})
    alone, among = met
    assert len(alone) == 6
    assert len(among) == 72
    assert all(among[key] >= alone[key] for key in alone)
    assert sum(among[key] > alone[key] for key in alone) >= 2
    assert sum(np.isfinite(when) for when in alone.values()) > sum(np.isfinite(among[key]) for key in alone)


def test_one_vessel_is_with_one_boat_after_the_other():
    """It meets no boat before it has left the last one, been home and made ready again."""
    laid = bench(plan(MET, days=6, draws=1))
    keep_only(laid, ATTENDING)
    free, boats = 0.0, 0
    for past, outcome in nights(laid, 6):
        if outcome["arrived"] > 0.0:
            assert past["launched"] + outcome["met_at"] > free
            free = home_at(laid, past, outcome)[ATTENDING]
            boats += 1
    assert boats > 3
