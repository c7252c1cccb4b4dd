"""All crossings of a season: what the books of every policy, member and week promise."""

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.season.small import JAM, RESCUE, SHALLOW, plan, same

from varne.encounter.records import CAUSES
from varne.errors import BadMembers
from varne.season.attempts import MOST_PEOPLE
from varne.season.crossings import begin, cross, go_on
from varne.season.ledger import MOST_DEATHS, Ledger
from varne.season.levels import Levels
from varne.season.plan import Plan

POLICIES = (
    {},
    {},
    {"since": 9, "prevention": 3.0},
    {"intercept_option": JAM, "intercept_share": 0.8, "intercept_teams": 3.0, "rescue_vessels": 3.0},
    {"intercept_option": SHALLOW, "intercept_share": 0.8, "intercept_teams": 9.0, "lorries": 0.5},
    {"intercept_option": RESCUE, "intercept_share": 0.5, "intercept_teams": 2.0, "escorted": 0.0, "watched": 0.0},
    {"supply": 0.6, "fuller": 0.7, "southward": 1.0, "taxi": 0.3, "rougher": 0.3, "lorries": 0.2, "scarcity": 0.5},
    {"deterrence": -0.4, "prevention": 0.5},
)
PLAN = plan(*POLICIES, days=16, draws=3, replicates=2)
MEMBERS = np.arange(6)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return cross(PLAN, MEMBERS)


def only(places) -> Plan:
    levels = PLAN.levels
    chosen = Levels(tuple(levels.names[place] for place in places), levels.period_of_day[places], levels.levels[places])
    return replace(PLAN, levels=chosen)


def test_nobody_vanishes(ledger):
    """Arrived, brought back, ashore elsewhere, not resolved, dead: together all at sea, in every week of everyone."""
    weeks = ledger.weeks
    fates = ("arrivals", "brought_back", "ashore_elsewhere", "unresolved", "deaths")
    np.testing.assert_allclose(sum(weeks[fate] for fate in fates), weeks["people_at_sea"], rtol=1e-9)
    assert (weeks["people_at_sea"].sum(axis=(1, 2)) > 0.0).all()
    assert all((weeks[fate] >= 0.0).all() for fate in fates)


def test_every_attempt_is_stopped_or_goes_to_sea(ledger):
    """Attempts and their people are those stopped and those at sea; a boat is lost only where one was stopped."""
    weeks = ledger.weeks
    assert (weeks["attempts"] == weeks["prevented"] + weeks["boats_at_sea"]).all()
    assert (weeks["people_attempting"] == weeks["people_prevented"] + weeks["people_at_sea"]).all()
    assert (weeks["boats_lost"] <= weeks["prevented"]).all()
    for part in ("boats_attended", "boats_arrived", "interventions"):
        assert (weeks[part] <= weeks["boats_at_sea"]).all(), part


def test_deaths_by_cause_are_all_deaths(ledger):
    """Every death has one cause, in every week of everyone; and a fatal event has one at least."""
    weeks = ledger.weeks
    np.testing.assert_allclose(sum(weeks[f"deaths_{cause}"] for cause in CAUSES), weeks["deaths"], rtol=1e-9)
    events = sum(weeks[f"events_{cause}"] for cause in CAUSES)
    assert (weeks["fatal_events"] <= events * (1.0 + 1e-9)).all()
    for cause in CAUSES:
        assert ((weeks[f"deaths_{cause}"] > 0.0) == (weeks[f"events_{cause}"] > 0.0)).all(), cause


def test_the_severity_of_events_counts_every_boat_and_every_fatal_event(ledger):
    """Over numbers of deaths it adds up to the boats at sea; from one death on to the fatal events."""
    weeks = ledger.weeks
    severity = ledger.severity.sum(axis=2)
    np.testing.assert_allclose(severity.sum(axis=2), weeks["boats_at_sea"].sum(axis=2), rtol=1e-9)
    np.testing.assert_allclose(severity[..., 1:].sum(axis=2), weeks["fatal_events"].sum(axis=2), rtol=1e-9)
    assert (ledger.severity >= 0.0).all()


def test_a_boat_holds_no_more_people_than_the_tables_of_deaths():
    """No event is cut for want of places: its bound below is that of people aboard alone."""
    assert MOST_PEOPLE <= MOST_DEATHS


def test_the_mean_of_the_severity_is_all_deaths_but_for_what_is_cut_at_the_people_aboard(ledger):
    """It is never above the deaths, and in summer less than 0.1 % below: nobody dies twice (see test_voyages)."""
    weeks = ledger.weeks
    mean = (ledger.severity.sum(axis=2) @ np.arange(MOST_DEATHS + 1.0)).ravel()
    deaths = weeks["deaths"].sum(axis=2).ravel()
    assert (mean <= deaths * (1.0 + 1e-9)).all()
    assert (mean >= deaths * (1.0 - 1e-3)).all()


def test_the_logarithm_of_no_fatal_event_is_that_of_the_chances(ledger):
    """The logarithm of 1 - p is at most -p, summed over the voyages of every week; of no voyage it is 0."""
    weeks = ledger.weeks
    assert (weeks["log_no_fatal_event"] <= -weeks["fatal_events"] * (1.0 - 1e-12)).all()
    assert (weeks["log_no_fatal_intervention"] <= -weeks["fatal_interventions"] * (1.0 - 1e-12)).all()
    assert (weeks["fatal_interventions"] <= weeks["fatal_events"] * (1.0 + 1e-12)).all()
    assert (weeks["log_no_fatal_event"][weeks["boats_at_sea"] == 0.0] == 0.0).all()


def test_what_officers_answer_for_begins_when_they_come():
    """Ashore they are there from the launch and answer for all of it; at sea for less than the whole voyage."""
    every = {"intercept_share": 1.0, "intercept_teams": 50.0, "intercept_waves": 9.0, "intercept_people": 200.0}
    ashore, sea = ({**every, "intercept_option": option} for option in (SHALLOW, JAM))
    weeks = cross(plan(ashore, sea, days=8, draws=3), np.arange(3)).weeks
    assert (weeks["interventions"].sum(axis=(1, 2)) > 20).all()
    assert weeks[0]["interventions"].sum() == weeks[0]["boats_at_sea"].sum()
    assert weeks[0]["fatal_interventions"].sum() == pytest.approx(weeks[0]["fatal_events"].sum(), rel=1e-9)
    assert weeks[0]["log_no_fatal_intervention"].sum() == pytest.approx(weeks[0]["log_no_fatal_event"].sum(), rel=1e-9)
    assert 0.0 < weeks[1]["fatal_interventions"].sum() < 0.95 * weeks[1]["fatal_events"].sum()


def test_policies_with_the_same_levels_have_the_same_books(ledger):
    """Two that set the same differ by nothing, bit for bit."""
    assert ledger.weeks[0].tobytes() == ledger.weeks[1].tobytes()
    assert ledger.severity[0].tobytes() == ledger.severity[1].tobytes()


def test_a_policy_that_begins_later_changes_nothing_before(ledger):
    """Until the ninth day both are one policy; from then on officers stop more."""
    assert ledger.weeks[2][:, 0].tobytes() == ledger.weeks[0][:, 0].tobytes()
    stopped = ledger.weeks["prevented"].sum(axis=(1, 2))
    assert stopped[2] > stopped[0]


def test_a_member_is_the_same_in_any_company(ledger):
    """Other blocks, another order and other numbers of threads give each member its books, bit for bit."""
    order = np.array([4, 1, 5])
    assert same(
        cross(PLAN, order, workers=1), replace(ledger, weeks=ledger.weeks[:, order], severity=ledger.severity[:, order])
    )
    alone = cross(PLAN, MEMBERS[3:4], workers=3)
    assert alone.weeks.tobytes() == ledger.weeks[:, 3:4].tobytes()


def test_a_policy_is_the_same_beside_any_other(ledger):
    """One by one and in another order each policy has the books it has among all: no voyage recalled is another."""
    for place in range(len(POLICIES)):
        alone = cross(only([place]), MEMBERS)
        assert alone.weeks[0].tobytes() == ledger.weeks[place].tobytes(), place
        assert alone.severity[0].tobytes() == ledger.severity[place].tobytes(), place
    turned = list(range(len(POLICIES)))[::-1]
    other = cross(only(turned), MEMBERS)
    assert other.weeks.tobytes() == ledger.weeks[turned].tobytes()


def test_a_draw_is_the_same_among_more_draws(ledger):
    """Members of the first draw do not change when the season has more draws."""
    more = plan(*POLICIES, days=16, draws=9, replicates=2)
    assert cross(more, MEMBERS).weeks.tobytes() == ledger.weeks.tobytes()


@pytest.mark.parametrize("days", [14, 15, 17, 23])
def test_seasons_of_any_length_begin_alike(ledger, days):
    """The first two weeks are those of sixteen days, wherever the last days are cut, bit for bit."""
    other = cross(plan(*POLICIES, days=days, draws=3, replicates=2), MEMBERS)
    assert (
        np.ascontiguousarray(other.weeks[:, :, :2]).tobytes() == np.ascontiguousarray(ledger.weeks[:, :, :2]).tobytes()
    )


@pytest.mark.parametrize("days", [1, 3, 6])
def test_a_shorter_season_has_the_books_of_its_days(ledger, days):
    """Cut on any day, no week has more than in the whole, and what it has happened alike on the days that are left."""
    shorter = cross(plan(*POLICIES, days=days, draws=3, replicates=2), MEMBERS).weeks[:, :, 0]
    day_after = cross(plan(*POLICIES, days=days + 1, draws=3, replicates=2), MEMBERS).weeks[:, :, 0]
    for name in ("attempts", "people_at_sea", "deaths", "arrivals", "responder_hours"):
        assert (shorter[name] <= day_after[name]).all(), name
        assert (day_after[name] <= ledger.weeks[:, :, 0][name]).all(), name


def test_another_seed_is_another_season(ledger):
    """The seed names the experiment."""
    other = cross(plan(*POLICIES, days=16, draws=3, replicates=2, seed=6), MEMBERS)
    assert not same(other, ledger)


def test_progress_is_told_by_days():
    """It rises to the number of days and ends there."""
    told = []
    cross(plan({}, days=10, draws=1), np.arange(1), progress=lambda done, whole: told.append((done, whole)))
    assert told == [(8, 10), (10, 10)]


@pytest.mark.parametrize("members", [[-1], [0, 6]])
def test_members_that_the_season_lacks_are_refused(members):
    """The sentence says which there are."""
    with pytest.raises(BadMembers, match="the season has 6, counted from 0"):
        begin(PLAN, np.array(members))


def test_more_groups_than_there_is_room_for_is_an_error():
    """Nobody is dropped silently: books that overflowed stop the season with one sentence."""
    course = begin(plan({}, days=2, draws=1), np.arange(1))
    course.books.overflow[0, 0] = 1
    with pytest.raises(BadMembers, match="Member 0 under 'policy 0' has more groups on the coast"):
        go_on(course, 0)


def test_no_boat_more_means_no_death_more(ledger):
    """A week without boats at sea has no deaths, no injuries, no hours of responders."""
    weeks = ledger.weeks
    empty = weeks["boats_at_sea"] == 0.0
    for name in ("deaths", "serious_injuries", "crew_injuries", "responder_hours", "arrivals", "interventions"):
        assert not weeks[name][empty].any(), name
    assert math.isfinite(float(weeks["responder_hours"].sum()))
