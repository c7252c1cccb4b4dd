"""Who tries on a day, when and where, and who is stopped."""

import numpy as np
import pytest
from scipy import stats
from tests.season.small import bench, fixed, plan

from varne.season.attempts import (
    BEFORE_MIDNIGHT,
    MOST_PEOPLE,
    SLOT,
    SLOTS,
    boats_that_come,
    day_is_open,
    gather,
    launch_place,
    launch_time,
    sort_by_launch,
)
from varne.season.levels import neutral_levels
from varne.season.records import ATTEMPT
from varne.units import DAY

DAYS, DRAWS = 8, 40
OPEN = 10.0  # waves and wind in which boats leave, so much above the limits that every day is open
FRESH = {"season_prevented_retry": 1e-6, "season_returned_retry": 1e-6}  # nobody comes a second time


def at_sea(policy, facts=None, days=DAYS):
    """Attempts at sea of every member and day when all are gathered once, and the books."""
    laid = bench(plan({"rougher": OPEN, **policy}, days=days, draws=DRAWS, facts=facts))
    found = {}
    for row in range(DRAWS):
        for day in range(min(days, laid.stretch.days)):
            count = gather(*laid.args, (0, row, day))
            found[row, day] = laid.room.attempts[:count].copy()
    return found, laid


@pytest.fixture(scope="module")
def usual():
    return at_sea({}, fixed(**FRESH))


def every(found):
    return np.concatenate(list(found.values()))


def total(laid, name):
    return laid.course.books.weeks[name].sum()


def keys(attempts):
    return set(attempts["key"].astype(np.int64) + attempts["tries"].astype(np.int64))


def test_a_group_is_there_once(usual):
    """No two attempts of a member share a key and a try."""
    found, _ = usual
    for row in range(DRAWS):
        attempts = np.concatenate([found[row, day] for day in range(DAYS)])
        assert len(keys(attempts)) == len(attempts)


def test_boats_leave_between_the_earliest_and_the_latest_hour_on_a_step(usual):
    """To a half hour, in which the drawn hours may lie, and on steps of the voyage kernel."""
    found, laid = usual
    for (row, day), attempts in found.items():
        fact = laid.course.herd.known[row]
        since = attempts["launched"] - day * DAY
        assert (since >= -fact["season_launch_earliest"]).all()
        assert (since < fact["season_launch_latest"] + SLOT).all()
        assert (since >= -BEFORE_MIDNIGHT).all()
        assert (np.mod(since, laid.stretch.step) == 0.0).all()


def test_attempts_stand_in_the_order_of_their_launch(usual):
    """Boats of a night go one after the other; with equal times the lower key goes first."""
    found, _ = usual
    for attempts in found.values():
        order = np.lexsort((attempts["tries"], attempts["key"], attempts["launched"]))
        assert (order == np.arange(len(attempts))).all()


def test_people_are_whole_and_fit_the_tables(usual):
    """From the fewest that a boat takes to the most that can be followed."""
    attempts = every(usual[0])
    assert (attempts["people"] == np.round(attempts["people"])).all()
    assert attempts["people"].min() >= 4.0
    assert attempts["people"].max() <= MOST_PEOPLE
    assert (attempts["length"] > 0.0).all()


def test_sorting_keeps_everyone():
    """Sorted attempts are those there were, in order, and what lies behind them is not touched."""
    attempts = np.zeros(30, ATTEMPT)
    rng = np.arange(20)
    attempts["launched"][:20] = (rng * 7) % 5 * 120.0
    attempts["key"][:20] = (rng * 11) % 20 * 8.0
    attempts["people"] = np.arange(30)
    before = attempts.copy()
    sort_by_launch(attempts, 20)
    assert sorted(attempts["people"][:20]) == sorted(before["people"][:20])
    assert (np.lexsort((attempts["key"][:20], attempts["launched"][:20])) == rng).all()
    assert (attempts[20:29] == before[20:29]).all()


def test_without_prevention_nobody_is_stopped():
    """Officers who stop nobody: every attempt goes to sea, and no boat is lost."""
    _, laid = at_sea({"prevention": 0.0})
    assert total(laid, "prevented") == total(laid, "boats_lost") == 0.0
    assert total(laid, "attempts") > 0.0


@pytest.mark.parametrize("prevention", [0.3, 1.0, 3.0, 30.0])
def test_more_prevention_lets_no_other_boat_to_sea(prevention):
    """Of those that try for the first time, all who pass stricter officers pass milder ones too."""
    mild, _ = at_sea({"prevention": prevention}, fixed(**FRESH))
    strict, _ = at_sea({"prevention": 2.0 * prevention}, fixed(**FRESH))
    for place, attempts in strict.items():
        assert keys(attempts) <= keys(mild[place]), place
    assert len(every(strict)) < len(every(mild))


def test_the_usual_share_is_stopped(usual):
    """The share of attempts stopped lies near the fact, whose odds scatter by day and fall for taxi boats."""
    _, laid = usual
    fact = laid.course.herd.known["season_prevented_share"].mean()
    assert 0.7 * fact < total(laid, "prevented") / total(laid, "attempts") < 1.1 * fact


def test_full_deterrence_keeps_everyone_away():
    """At -1 nobody sets out anew, and all who would have are counted as deterred."""
    found, laid = at_sea({"deterrence": -1.0})
    assert len(every(found)) == 0
    assert total(laid, "attempts") == 0.0
    assert total(laid, "people_deterred") > 0.0


@pytest.mark.parametrize("share", [-0.7, -0.2, 0.3, 1.0])
def test_deterrence_changes_those_who_set_out_by_its_share(usual, share):
    """In expectation so many more or fewer attempts; fewer are some of the same, more are all of them and others."""
    found, laid = at_sea({"deterrence": share}, fixed(**FRESH))
    usual_attempts = total(usual[1], "attempts")
    changed = total(laid, "attempts") / usual_attempts
    assert changed == pytest.approx(1.0 + share, abs=4.0 * np.sqrt(abs(share) / usual_attempts) + 1e-12)
    for place, attempts in found.items():
        one, other = keys(attempts), keys(usual[0][place])
        assert one <= other if share < 0.0 else one >= other


def test_those_deterred_are_people_who_would_have_tried(usual):
    """Without a limit on boats, people who try and people deterred are together those who usually try."""
    _, laid = at_sea({"deterrence": -0.5}, fixed(**FRESH))
    both = total(laid, "people_attempting") + total(laid, "people_deterred")
    assert both == total(usual[1], "people_attempting")


@pytest.mark.parametrize("policy", [{"supply": 0.6}, {"scarcity": 0.8, "prevention": 4.0}])
@pytest.mark.parametrize("fuller", [0.0, 0.4, 1.0])
def test_fewer_boats_conserve_people(usual, policy, fuller):
    """In expectation those who try in fuller boats and those left behind are all who would have tried."""
    _, laid = at_sea({**policy, "fuller": fuller}, fixed(**FRESH))
    both = total(laid, "people_attempting") + total(laid, "people_deterred")
    boats = total(usual[1], "attempts")
    assert both / total(usual[1], "people_attempting") == pytest.approx(1.0, abs=4.0 * np.sqrt(0.6 / boats))
    assert total(laid, "attempts") < boats
    if fuller == 1.0:
        assert total(laid, "people_deterred") < 0.02 * total(laid, "people_attempting")  # who no boat can take


def test_who_is_stopped_waits_with_all_who_were_aboard():
    """A boat that took others along is stopped with all of them: as many wait as were stopped, if nobody gives up."""
    policy = {"supply": 0.5, "fuller": 1.0, "prevention": 4.0}
    _, laid = at_sea(policy, fixed(season_prevented_retry=1.0), days=1)
    books = laid.course.books
    waiting = sum(books.waiting[0, row, : books.waits[0, row]]["people"].sum() for row in range(books.waits.shape[1]))
    assert waiting == total(laid, "people_prevented") > 0.0


def test_those_who_give_up_may_take_a_lorry():
    """Lorries take the share of those deterred, and none unless the policy says so."""
    _, none = at_sea({"deterrence": -0.5}, fixed(**FRESH))
    assert total(none, "people_by_lorry") == 0.0
    _, all_of_them = at_sea({"deterrence": -1.0, "lorries": 0.25})
    assert total(all_of_them, "people_by_lorry") == pytest.approx(0.25 * total(all_of_them, "people_deterred"))


@pytest.mark.parametrize("prevention", [0.0, 1.0, 8.0])
def test_boats_that_are_replaced_keep_coming(prevention):
    """Scarcity 0: officers take boats and as many come; supply scales them; never fewer than none."""
    fact = bench(plan({}, days=1, draws=1)).course.herd.known[0]
    level = neutral_levels(1)[0]
    level["prevention"] = prevention
    assert boats_that_come(fact, level) == 1.0
    level["supply"], level["scarcity"] = 0.5, 1.0
    assert 0.0 <= boats_that_come(fact, level) <= 0.5
    assert (boats_that_come(fact, level) < 0.5) == (prevention > 1.0)


def test_boats_do_not_leave_on_a_closed_day():
    """Without a weather window nobody tries; rougher limits open more days and close none."""
    laid = bench(plan({}, days=DAYS, draws=DRAWS))
    herd = laid.course.herd
    usual = np.array([[day_is_open(herd, row, day, 0.0) for day in range(DAYS)] for row in range(DRAWS)])
    rougher = np.array([[day_is_open(herd, row, day, 0.5) for day in range(DAYS)] for row in range(DRAWS)])
    assert 0 < usual.sum() < usual.size
    assert (rougher >= usual).all()
    assert rougher.sum() > usual.sum()
    for row, day in np.argwhere(~usual):
        before = laid.course.books.weeks.tobytes()
        assert gather(*laid.args, (0, row, day)) == 0
        assert laid.course.books.weeks.tobytes() == before


def test_those_who_were_stopped_come_back_when_they_are_ready():
    """A group waits until it is due and for an open day; then it tries once more, with its number of tries."""
    laid = bench(plan({"prevention": 1e9}, days=DAYS, draws=DRAWS, facts=fixed(season_prevented_retry=1.0 - 1e-9)))
    herd, books = laid.course.herd, laid.course.books
    again = 0
    for row in range(DRAWS):
        for day in range(DAYS):
            before = books.waiting[0, row, : books.waits[0, row]].copy()
            gather(*laid.args, (0, row, day))
            after = books.waiting[0, row, : books.waits[0, row]].copy()
            tries = {int(one["key"]): int(one["tries"]) for one in after}
            is_open = day_is_open(herd, row, day, 0.0)
            for one in before:
                ready = is_open and one["due"] <= day * DAY
                assert tries[int(one["key"])] == one["tries"] + ready
                again += ready
            assert is_open or len(after) == len(before)
    assert again > 20
    assert total(laid, "attempts") == total(laid, "prevented")


def test_nobody_who_gives_up_waits():
    """With no second tries the coast is empty after each day."""
    _, laid = at_sea({"prevention": 1e9}, fixed(season_prevented_retry=1e-9))
    assert not laid.course.books.waits.any()


def test_a_group_that_waits_is_ready_after_a_time_of_the_mean_that_the_fact_says():
    """Exponentially distributed: its mean and the median over it."""
    hours = 60.0
    facts = fixed(season_prevented_retry=1.0 - 1e-9, season_retry_delay=hours)
    laid = bench(plan({"prevention": 1e9, "rougher": OPEN}, days=1, draws=400, facts=facts))
    due = []
    for row in range(400):
        gather(*laid.args, (0, row, 0))
        due += list(laid.course.books.waiting["due"][0, row, : laid.course.books.waits[0, row]])
    assert len(due) > 300
    assert stats.kstest(np.array(due) / (hours * 3600.0), "expon").pvalue > 1e-3


@pytest.mark.parametrize("tide", [0.0, 0.8])
def test_without_a_preference_all_half_hours_are_alike(tide):
    """Uniform over the half hours between earliest and latest; with a preference launches follow high water."""
    laid = bench(plan({}, days=4, draws=1, facts=fixed(season_tide_preference=tide)))
    fact = laid.course.herd.known[0]
    times = np.array([launch_time(laid.stretch, fact, 2, 3, (0, key)) for key in range(0, 32000, 8)])
    slots = np.floor((times - 2 * DAY + BEFORE_MIDNIGHT) / SLOT).astype(np.int64)
    begins = np.arange(SLOTS) * SLOT - BEFORE_MIDNIGHT
    possible = (begins >= -fact["season_launch_earliest"]) & (begins < fact["season_launch_latest"])
    shares = possible * np.exp(tide * laid.stretch.tide[2, 3])
    counts = np.bincount(slots, minlength=SLOTS)
    assert not counts[~possible].any()
    expected = len(times) * shares[possible] / shares.sum()
    assert stats.chisquare(counts[possible], expected).pvalue > 1e-3


def test_a_tilt_to_the_south_moves_every_boat_south_or_leaves_it():
    """The same chance never leads to a place farther north under more of a tilt; without one shares are the shares."""
    shares, south = np.array([0.2, 0.5, 0.3]), np.array([0.0, 0.6, 1.0])
    chances = (np.arange(1000) + 0.5) / 1000.0
    tilts = (-1.0, 0.0, 0.5, 2.0)
    places = np.array([[launch_place(shares, south, chance, tilt) for chance in chances] for tilt in tilts])
    assert (np.diff(places, axis=0) >= 0).all()
    assert np.bincount(places[1]) / 1000.0 == pytest.approx(shares)
    odds = [(row == 2).sum() / (row == 0).sum() for row in places]
    assert np.log(odds[2] / odds[1]) == pytest.approx(0.5, abs=0.02)


def test_taxi_boats_are_the_share_that_is_drawn(usual):
    """Of attempts the fact's share and what the policy adds; a policy that adds all makes every boat one."""
    found, _ = at_sea({"taxi": 1.0}, fixed(**FRESH))
    assert (every(found)["taxi"] == 1.0).all()
    assert 0.0 < every(usual[0])["taxi"].mean() < 0.6
