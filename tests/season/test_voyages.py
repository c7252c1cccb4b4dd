"""The voyages of a night: what is ordered for each boat, what comes of it, and the same boat as an encounter."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from tests.season.small import JAM, OPTIONS, RESCUE, START, bench, plan

from varne.afloat.responder import lying_at
from varne.chance import group_deaths
from varne.draws import seed_of
from varne.earth import Plane
from varne.encounter.casualties import RESULTS
from varne.encounter.ensemble import SAFE_INTERVALS, run
from varne.encounter.fleet import responder_table
from varne.encounter.hull import draw_boats
from varne.encounter.luck import draw_luck
from varne.encounter.records import CAUSES, CLASSES, LUCK, STATE, Scratch, Sky
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.encounter.sky import observe
from varne.encounter.survival import tabulate_survival
from varne.encounter.voyage import follow
from varne.facts.launch_places import launch_places
from varne.facts.responders import stations
from varne.motion.propulsion import speed_through_water
from varne.season.crossings import air_of
from varne.season.herd import DAY_BEFORE
from varne.season.stretch import HORIZON
from varne.season.voyages import ALONE, ESCORTED, WATCHED, one_night
from varne.units import DAY, HOUR

DAYS, DRAWS = 8, 3
JANUARY = 1704067200.0  # Monday 1 January 2024
OPEN = {"rougher": 10.0}  # limits so high that boats leave every day
LOST = ("launch", "water", "structure", "crowd", "breaking", "collision")  # causes by which the boat is lost
ALWAYS = {**OPEN, "intercept_option": JAM, "intercept_share": 1.0, "intercept_teams": 1e9}


def nights(policy, days=DAYS, draws=DRAWS, start=START):
    """Every night of every member: what decided its voyages, their outcomes, their distributions of deaths."""
    laid = bench(plan(policy, days=days, draws=draws, start=start))
    stretch, chart, herd, policies, books, room = laid.args
    air, found = air_of(laid.course.skies, stretch), {}
    for row in range(draws):
        for day in range(days):
            count = one_night(stretch, chart, herd, air, policies, books, room, (0, row, day, 0))
            found[row, day] = (room.past[:count].copy(), room.past_outcome[:count].copy(), room.past_deaths[:count])
            found[row, day] = tuple(part.copy() for part in found[row, day])
    return laid, found


def waves_at(laid, row, launched):
    """Significant wave height of a member at a launch: between the hours on a straight line. [m]"""
    heights = laid.course.skies.wave_height[row].astype(float)
    return np.interp(launched / HOUR + DAY_BEFORE, np.arange(len(heights)), heights)


def dark_at(laid, launched):
    return laid.stretch.darkness[((launched + laid.stretch.before) / laid.stretch.step).astype(int)]


def groups_met(found, option):
    return {(row, int(key)) for (row, _), (past, *_) in found.items() for key in past["key"][past["option"] == option]}


@pytest.fixture(scope="module")
def usual():
    return nights({**OPEN, "intercept_option": RESCUE, "intercept_share": 0.3, "intercept_teams": 3.0})


@pytest.fixture(scope="module")
def winter():
    return nights({**OPEN, "escorted": 0.0, "watched": 0.0}, draws=6, start=JANUARY)


@pytest.mark.parametrize("teams", [0.0, 0.4, 1.0, 2.0])
def test_never_more_interventions_than_teams_can_carry_out(teams):
    """Each night as many as teams times what each can do, in whole numbers, or all boats; first come, first stopped."""
    laid, found = nights({**ALWAYS, "prevention": 0.0, "intercept_teams": teams})
    counts = []
    for (row, _), (past, *_) in found.items():
        able = int(teams * laid.course.herd.known[row]["season_interventions_each"])
        stopped = past["option"] == JAM
        assert stopped.sum() == min(able, len(past))
        assert stopped[:able].all()
        counts.append(len(past) > able)
    assert sum(counts) > 3  # nights on which they could not do all


@pytest.mark.parametrize("limit", [0.2, 0.5, 1.0])
def test_no_intervention_in_waves_above_the_limit(limit):
    """With teams without end every boat below the limit at its launch is stopped, and none above."""
    laid, found = nights({**ALWAYS, "intercept_waves": limit})
    stopped, waves = [], []
    for (row, _), (past, *_) in found.items():
        stopped += list(past["option"] == JAM)
        waves += list(waves_at(laid, row, past["launched"]))
    assert stopped == [height <= limit for height in waves]
    assert 0 < sum(stopped) < len(stopped)


@pytest.mark.parametrize("rank", [0.2, 0.7])
def test_no_intervention_against_more_people_than_the_limit(rank):
    """With teams without end every boat with so many people or fewer is stopped, and none with more."""
    _, found = nights(ALWAYS)
    limit = np.quantile(np.concatenate([past["people"] for past, *_ in found.values()]), rank, method="lower")
    _, found = nights({**ALWAYS, "intercept_people": limit})
    every = np.concatenate([past for past, *_ in found.values()])
    assert limit in every["people"]  # one has just so many
    assert ((every["option"] == JAM) == (every["people"] <= limit)).all()
    assert 0 < (every["option"] == JAM).sum() < len(every)


def test_only_by_day_means_never_in_the_dark():
    """Where it is to be light, no boat that leaves at night is stopped, and every one that leaves in any light is."""
    laid, found = nights({**ALWAYS, "intercept_by_day": 1.0})
    every = np.concatenate([past for past, *_ in found.values()])
    assert ((every["option"] == JAM) == (dark_at(laid, every["launched"]) < 1.0)).all()
    assert 0 < (every["option"] == JAM).sum() < len(every)


def test_a_larger_share_stops_the_same_boats_and_others():
    """The chance that decides on a boat is its own: who is stopped under a small share is stopped under a larger."""
    first = {**OPEN, "prevention": 0.0, "intercept_option": JAM, "intercept_teams": 1e9}
    met = [groups_met(nights({**first, "intercept_share": share})[1], JAM) for share in (0.0, 0.3, 0.7, 1.0)]
    assert not met[0]
    tried = groups_of_first_tries(nights({**first, "intercept_share": 1.0})[1])
    kept = [one & tried for one in met]
    assert kept[1] < kept[2] < kept[3]


def groups_of_first_tries(found):
    return {(row, int(key)) for (row, _), (past, *_) in found.items() for key in past["key"] if int(key) % 8 == 0}


@pytest.mark.parametrize(
    ("policy", "options"),
    [
        ({"escorted": 1.0, "watched": 0.0}, {ESCORTED}),
        ({"escorted": 0.0, "watched": 1.0}, {WATCHED}),
        ({"escorted": 0.0, "watched": 0.0}, {ALONE}),
        ({"escorted": 0.4, "watched": 0.3}, {ALONE, WATCHED, ESCORTED}),
    ],
)
def test_boats_that_nobody_stops_are_met_as_the_policy_says(policy, options):
    """Escorted, watched, or alone until they call, in these shares."""
    _, found = nights({**OPEN, **policy})
    met = np.concatenate([past["option"] for past, *_ in found.values()])
    assert set(met) == options
    for option, name in ((ESCORTED, "escorted"), (WATCHED, "watched")):
        spread = 4.0 * np.sqrt(0.25 / len(met))
        assert (met == option).mean() == pytest.approx(policy[name], abs=spread)


def test_nobody_vanishes_on_a_voyage(usual):
    """Ashore, aboard a responder or the boat, in the water, or dead: together all who left, boat by boat."""
    fates = ("ashore_uk", "ashore_fr", "ashore_other", "aboard_boat", "aboard_responder", "in_water", "deaths")
    for past, outcome, deaths in usual[1].values():
        np.testing.assert_allclose(sum(outcome[fate] for fate in fates), past["people"], rtol=1e-9)
        assert all((outcome[fate] >= 0.0).all() for fate in fates)
        np.testing.assert_allclose(sum(outcome[f"deaths_{cause}"] for cause in CAUSES), outcome["deaths"], rtol=1e-9)
        for one, table, any_death in zip(past, deaths, outcome["p_any_death"], strict=True):
            chances = table[: int(one["people"]) + 1]
            assert chances.sum() == pytest.approx(1.0, abs=1e-9)
            assert (chances >= 0.0).all()
            assert any_death == 1.0 - chances[0]


def test_the_week_is_the_sum_of_its_voyages(usual):
    """Deaths, boats, people and chances of a death, as the voyages of its nights have them."""
    laid, found = usual
    weeks = laid.course.books.weeks[0]
    for row in range(DRAWS):
        of_week = [[], []]
        for day in range(DAYS):
            of_week[laid.stretch.weeks[day]].append(found[row, day])
        for week, voyages in zip(weeks[row], of_week, strict=True):
            outcome = np.concatenate([one for _, one, _ in voyages])
            past = np.concatenate([one for one, *_ in voyages])
            assert week["boats_at_sea"] == len(past)
            assert week["people_at_sea"] == past["people"].sum()
            assert week["deaths"] == pytest.approx(outcome["deaths"].sum())
            assert week["fatal_events"] == pytest.approx(outcome["p_any_death"].sum())
            assert week["boats_attended"] == np.isfinite(outcome["met_at"]).sum()


def in_harbour():
    """Everyone who may answer, in the order of the season; no policy adds a post here."""
    return [one for station in stations().values() for one in lying_at(station)]


def by_hand(laid, asked, row, past, *, sea_of_the_season=True) -> Setting:
    """
    Lay out the last voyage of a night as an encounter of its own.

    What an encounter does for itself: the place, the shores, the harbours and the ships; all facts, drawn with the seed
    of the season; the boat, its people and its table of drafts; the time lines; the chances to survive; who the
    responders are on its plane, and how fast in these waves.

    What is given: wind, waves and temperatures of the member; the numbers of this boat among the many; who is called
    and when they are free; that the first phase lasts to the line; the seed of its luck; and, unless left out, streams
    and light of the season, which have another mesh in space and time.
    """
    stretch, room, herd = laid.stretch, laid.room, laid.course.herd
    air = air_of(laid.course.skies, stretch)
    launched, at = float(past["launched"]), int(past["place"])
    place = list(launch_places().values())[at]
    scenario = Scenario.of(
        {
            "position": [place.latitude, place.longitude],
            "time": START + launched,
            "people": int(past["people"]),
            "length": float(past["length"]),
            "start": "beach",
            "horizon": f"{HORIZON / HOUR} h",
        }
    )
    setting = lay_out(scenario, asked.facts, asked.options, (asked.draws, 1), asked.seed)
    world, question = setting.world, setting.question
    known = world.known
    for number in herd.differs:
        name = known.dtype.names[number]
        known[name][row] = room.known[name][0]
    if past["taxi"]:
        known["crush_at_boarding"][row] *= known["season_taxi_boarding"][row]
    boats = draw_boats(scenario, known)
    which = np.full(asked.draws, row)
    wind, waves, streams = (
        chart._replace(start=chart.start - launched) for chart in (air.wind, air.waves, stretch.streams)
    )
    still = laid.chart.still._replace(values=np.repeat(laid.chart.still.values, asked.draws, axis=0))
    none = np.zeros(asked.draws, np.int64)
    if not sea_of_the_season:
        streams = world.charts.sky.streams
    sky = Sky(0, 1, wind, waves, still, laid.chart.fetches, streams, still, still, still, which, which, none, none)
    charts = world.charts._replace(sky=sky)
    weather = world.weather.copy()
    hour = int(launched // HOUR) + DAY_BEFORE
    weather["water_temperature"], weather["air_temperature"] = air.water[row, hour], air.air[row, hour]
    there = charts.origin.latitude, charts.origin.longitude
    observe(charts, row, known[row], boats[row], weather[row], *there, 0.0)
    midnight = weather.copy()
    midnight["water_temperature"] = air.water[row, int((launched + stretch.before) // DAY) * 24 + DAY_BEFORE]
    alive, lives_on, after_recovery = tabulate_survival(midnight, known, world.moments)
    first = int((launched + stretch.before) / stretch.step)
    darkness = stretch.darkness[first : first + question.steps] if sea_of_the_season else world.darkness
    everyone = in_harbour()
    assert (past["vessel"][:-1] >= 0.0).all()
    answering = [everyone[int(index)] for index in past["vessel"][:-1]]
    responders = responder_table(answering, Plane(*there), weather["wave_height"], float(darkness[0]), asked.seed)
    for name in ("ready_after", "free_at"):
        responders[name][row] = past[name]
    fact = known[row]
    speed = speed_through_water(
        fact["boat_speed"],
        past["people"],
        fact["boat_design_people"],
        fact["boat_load_exponent"],
        0.0,
        fact["boat_wave_slowdown"],
    )
    phases = world.phases.copy()
    for option in (WATCHED, ESCORTED):
        phases["lasts"][row, option, 0] = laid.chart.shore.line[at] / speed
    world = world._replace(
        charts=charts,
        weather=weather,
        boats=boats,
        phases=phases,
        darkness=darkness,
        responders=responders,
        alive=alive,
        lives_on=lives_on,
        after_recovery=after_recovery,
    )
    seed = np.uint64(seed_of(np.uint64(asked.seed), np.uint64(past["key"])))
    return replace(setting, world=world, question=question._replace(seed=seed))


@dataclass(frozen=True, slots=True)
class Last:
    """The last voyage of a night: what the season makes of it, and the same as an encounter of its own."""

    row: int
    past: np.void
    outcome: np.void
    deaths: np.ndarray
    weather: np.void  # at the launch, as the season sees it
    setting: Setting
    with_its_own_sea: Setting


@pytest.fixture(scope="module")
def last_voyages():
    """The last voyages of all nights: only of those it is still known what was laid out for them."""
    policy = {"intercept_option": JAM, "intercept_share": 0.2, "intercept_teams": 9.0, "escorted": 0.3, "watched": 0.4}
    asked = plan(policy, days=DAYS, draws=DRAWS)
    laid = bench(asked)
    stretch, chart, herd, policies, books, room = laid.args
    air, found = air_of(laid.course.skies, stretch), []
    for row in range(DRAWS):
        for day in range(DAYS):
            count = one_night(stretch, chart, herd, air, policies, books, room, (0, row, day, 0))
            if count:
                past, outcome, deaths = (
                    part[count - 1].copy() for part in (room.past, room.past_outcome, room.past_deaths)
                )
                found.append(
                    Last(
                        row=row,
                        past=past,
                        outcome=outcome,
                        deaths=deaths,
                        weather=room.weather[0].copy(),
                        setting=by_hand(laid, asked, row, past),
                        with_its_own_sea=by_hand(laid, asked, row, past, sea_of_the_season=False),
                    )
                )
    return found


def test_a_voyage_of_the_season_is_that_of_an_encounter(last_voyages):
    """To the last bit in every number, deaths and their distribution: the same kernel reads the same (see by_hand)."""
    met = set()
    for one in last_voyages:
        option, people = int(one.past["option"]), int(one.past["people"])
        assert one.setting.world.weather[one.row].tobytes() == one.weather.tobytes()
        encounter = run(one.setting)
        there = encounter.members[one.row, 0, option]
        for name in one.outcome.dtype.names:
            assert there[name] == one.outcome[name], (name, OPTIONS[option])
        assert (encounter.deaths[one.row, option] == one.deaths[: people + 1]).all()
        met.add(OPTIONS[option])
    assert met == {"leave", "watched", "escorted", "jam"}


def test_the_streams_and_the_light_of_the_season_are_as_good_as_those_of_an_encounter(last_voyages):
    """With its own, which have another mesh in space and time, an encounter has the deaths to a per cent."""
    for one in last_voyages:
        option = int(one.past["option"])
        there = run(one.with_its_own_sea).members[one.row, 0, option]
        assert there["deaths"] == pytest.approx(one.outcome["deaths"], rel=1e-2)
        assert there["p_any_death"] == pytest.approx(one.outcome["p_any_death"], rel=1e-2)
        assert there["steps"] == pytest.approx(one.outcome["steps"], abs=1.0)


def follow_with_room(one, people):
    """The same voyage, with tables of deaths as long as for so many people; end of the voyage, and its tables."""
    world, question = one.setting.world, one.setting.question
    scratch = Scratch(
        weather=world.weather[:1].copy(),
        arrivals=np.zeros(world.responders.shape[1]),
        alive=np.zeros(CLASSES),
        fate=np.zeros(RESULTS),
        counts=np.zeros(people + 1),
        extra=np.zeros(people + 1),
        deaths=np.zeros(people + 1),
        group=world.known["crush_deaths_per_event"][one.row : one.row + 1].copy(),
        safe=np.zeros((len(OPTIONS), SAFE_INTERVALS + 1)),
    )
    luck, state = np.zeros(1, LUCK), np.zeros(1, STATE)
    draw_luck(question.seed, one.row, world.known[one.row], world.boats[one.row], luck[0])
    follow(world, question, one.row, int(one.past["option"]), one.row, luck[0], state[0], scratch)
    return state[0], scratch


def mean(chances):
    return float(chances @ np.arange(len(chances)))


def test_a_table_of_deaths_that_is_long_enough_has_the_deaths_as_its_mean(last_voyages):
    """Cut at the people aboard it has less: exactly those above, who are put on all aboard, as nobody dies twice."""
    for one in last_voyages:
        people, deaths = int(one.past["people"]), one.outcome["deaths"]
        state, full = follow_with_room(one, 20 * people)
        assert state["dead"] == deaths
        assert mean(full.deaths) == pytest.approx(deaths, abs=1e-9)
        twice = mean(np.append(0.0, full.deaths[people + 1 :]))
        assert mean(one.deaths[: people + 1]) == pytest.approx(deaths - twice, abs=1e-9)


def falls_short(laid, found):
    """Deaths less the mean of their distribution, the bound of that, and the deaths: of every voyage."""
    for (row, _), (past, outcome, deaths) in found.items():
        group = laid.course.herd.known[row]["crush_deaths_per_event"]
        for one, end, table in zip(past, outcome, deaths, strict=True):
            people = int(one["people"])
            lost = sum(end[f"events_{cause}"] for cause in LOST)
            crushed = end["deaths_crush"] + end["deaths_boarding"]
            singles = end["deaths_overboard"] + end["deaths_exposure"]
            before = np.zeros(20 * people)
            group_deaths(singles, crushed, group, before)
            too_many = mean(np.append(0.0, before[people + 1 :]))
            missing = end["deaths"] - mean(table[: people + 1])
            yield missing, lost * (singles + crushed) + too_many, end["deaths"]


def test_the_mean_of_the_severity_falls_short_of_the_deaths_by_those_who_would_die_twice(usual, winter):
    """
    At most the chance that the boat is lost times the deaths before, and those before beyond the people aboard.

    Those who die when the boat is lost are counted as if nobody had died before; those who die before, of cold,
    overboard or crushed, come at random and without an end. In summer it is little; in winter, where most of a boat die
    of cold, some parts in a thousand of its deaths, and below one per cent of those of a season.
    """
    shares = []
    for laid, found in (usual, winter):
        missing, bound, deaths = np.array(list(falls_short(laid, found))).T
        assert (missing >= -1e-9).all()
        assert (missing <= bound + 1e-9).all()
        shares.append(missing.sum() / deaths.sum())
    assert 0.0 < shares[0] < 1e-4
    assert shares[0] < shares[1] < 1e-2
