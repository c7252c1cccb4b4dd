"""The voyages of a night: each boat through the voyage kernel, one after the other as they were launched."""

import math

import numpy as np

from varne.compiled import compiled, inlined
from varne.draws import event_number, seed_of
from varne.encounter.attendance import AFTER_STOP, ASHORE
from varne.encounter.ensemble import keep
from varne.encounter.hull import fit_out
from varne.encounter.luck import draw_luck
from varne.encounter.records import Charts, FieldChart, Origin, Question, Scratch, Sky, World
from varne.encounter.sky import observe
from varne.encounter.survival import tabulate
from varne.encounter.voyage import follow
from varne.motion.propulsion import speed_through_water
from varne.sea.coast import GREAT_BRITAIN
from varne.season.attempts import Today, chance_of, gather, try_later
from varne.season.ledger import MOST_DEATHS
from varne.season.pool import call_up, release
from varne.season.records import MOST_TRIES
from varne.season.same import recall, remember
from varne.units import HOUR

ALONE, WATCHED, ESCORTED = 0, 1, 2  # places in the table of options of a plan
_BOAT = event_number("season which boat")
_MET = event_number("season how it is met")
_ORDERED = event_number("season intervention ordered")
_LEAST = 1e-12  # chance that nobody dies below which its logarithm is no longer followed


@compiled
def one_night(stretch, chart, herd, air, policies, books, room, place):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Live through one night of one member under one policy.

    Parameters
    ----------
    stretch : Stretch
        The days. [SI]
    chart : Map
        Coast, depths, ships. [SI]
    herd : Herd
        The members. [SI]
    air : Air
        Their weather. [SI]
    policies : Policies
        What each sets. [1]
    books : Books
        Changed in place. [1]
    room : Room
        To work in. [1]
    place : tuple of int
        Policy, member of the block, day of the stretch, and how many of its voyages under earlier policies are
        remembered. [1]

    Returns
    -------
    int
        How many voyages are remembered now.
    """
    policy, row, day, remembered = place
    at_sea = gather(stretch, chart, herd, policies, books, room, (policy, row, day))
    if at_sea <= 0:
        return remembered
    before = remembered
    level = policies.levels[policy, policies.period_of_day[policy, stretch.day + day], herd.draws[row]]
    today = Today(policy, row, day, stretch.day + day, herd.members[row], level, herd.known[row])
    _prepare(stretch, herd, air, room, today)
    interventions = 0
    for number in range(at_sea):
        one = room.attempts[number]
        charts = _charts(stretch, chart, air, room, one)
        _fit_out(stretch, chart, herd, air, room, today, one)
        where = (int(one.place), one.launched, _dark(stretch, one))
        latitude, longitude = chart.shore.latitude[where[0]], chart.shore.longitude[where[0]]
        observe(charts, 0, room.known[0], room.boat[0], room.weather[0], latitude, longitude, 0.0)
        now = int(one.key) + min(int(one.tries), MOST_TRIES)
        seed = seed_of(stretch.seed, np.uint64(now))
        draw_luck(seed, today.member, room.known[0], room.boat[0], room.luck[0])
        call_up(stretch, chart.shore, herd, books, room, today, where)
        option = _response(stretch, room, today, one, interventions, where[2])
        if not recall(room, before, now, one, option):
            _sail(stretch, chart, charts, room, (seed, today.member, option), one)
            remembered = remember(room, remembered, now, one, option)
        ordered = option > ESCORTED
        met = ordered and (chart.senders[option] == ASHORE or room.outcome[0].met_at < math.inf)
        interventions += 1 if ordered else 0
        _write_down(stretch, chart, herd, books, room, today, (option, met), one)
    return remembered


@inlined
def _prepare(stretch, herd, air, room, today):  # type: ignore[no-untyped-def]  # Numba infers its types
    """What holds for all boats of the night: how long people live in the water, and the time lines."""
    dawn = today.day * 24 + air.before
    temperature = air.water[today.row, dawn]
    tabulate(today.fact, temperature, stretch.moments, room.alive[0], room.lives_on[0], room.after_recovery[0])
    options, phases = room.phases.shape[1], room.phases.shape[2]
    for option in range(options):
        for phase in range(phases):
            room.phases[0, option, phase] = herd.phases[today.row, option, phase]
    room.which[0] = today.row


@inlined
def _dark(stretch, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    return stretch.darkness[int((one.launched + stretch.before) / stretch.step)]


@inlined
def _charts(stretch, chart, air, room, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    """The sea as it is from the launch on."""
    place = int(one.place)
    shore, still = chart.shore, chart.still
    sky = Sky(
        0, 1, _later(air.wind, one.launched), _later(air.waves, one.launched), still, chart.fetches,
        _later(stretch.streams, one.launched), still, still, still, room.which, room.which, room.none, room.none,
    )  # fmt: skip
    origin = Origin(shore.latitude[place], shore.longitude[place], shore.per_metre[place, 0], shore.per_metre[place, 1])
    return Charts(origin, sky, chart.coast, chart.depths, chart.traffic, chart.wave_numbers, chart.wave_gains)


@inlined
def _later(field, launched):  # type: ignore[no-untyped-def]  # Numba infers its types
    return FieldChart(
        field.values, field.west, field.south, field.columns_per_degree, field.rows_per_degree,
        field.start - launched, field.times_per_second,
    )  # fmt: skip


@inlined
def _fit_out(stretch, chart, herd, air, room, today, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    """One boat of many, its people, and the air and water it meets."""
    now = int(one.key) + min(int(one.tries), MOST_TRIES)
    room.known[0] = herd.known[today.row]
    which = int(chance_of(stretch, _BOAT, today.member, now) * len(herd.boats))
    for column in herd.differs:
        room.flat[0, column] = herd.boats[which, column]
    fact = room.known[0]
    if one.taxi > 0.0:
        fact.crush_at_boarding *= fact.season_taxi_boarding
    boat = room.boat[0]
    boat.length = one.length
    boat.children = fact.people_child_share
    boat.women = min(fact.people_woman_share, 1.0 - boat.children)
    boat.working_jackets = fact.people_jacket_share * one.people * fact.people_jacket_works
    fit_out(boat, fact)
    room.weather[0] = herd.constants[today.row]
    weather = room.weather[0]
    hour = math.floor(one.launched / HOUR) + air.before
    weather.water_temperature = air.water[today.row, hour]
    weather.air_temperature = air.air[today.row, hour]
    # They are met until the line, however far that is from here.
    speed = speed_through_water(
        fact.boat_speed,
        one.people,
        fact.boat_design_people,
        fact.boat_load_exponent,
        0.0,
        fact.boat_wave_slowdown,
    )
    room.phases[0, WATCHED, 0].lasts = chart.shore.line[int(one.place)] / speed
    room.phases[0, ESCORTED, 0].lasts = chart.shore.line[int(one.place)] / speed


@inlined
def _response(stretch, room, today, one, interventions, dark):  # type: ignore[no-untyped-def]  # Numba infers its types
    """What is ordered for this boat: an intervention within its limits, or how it is met."""
    level = today.level
    now = int(one.key) + min(int(one.tries), MOST_TRIES)
    able = level.intercept_teams * today.fact.season_interventions_each
    within = (
        room.weather[0].wave_height <= level.intercept_waves
        and one.people <= level.intercept_people
        and (level.intercept_by_day <= 0.0 or dark < 1.0)
    )
    wanted = chance_of(stretch, _ORDERED, today.member, now) < level.intercept_share
    if level.intercept_option >= 0.0 and wanted and within and interventions + 1 <= able:
        return int(level.intercept_option)
    chance = chance_of(stretch, _MET, today.member, now)
    if chance < level.escorted:
        return ESCORTED
    if chance < level.escorted + level.watched:
        return WATCHED
    return ALONE


@inlined
def _sail(stretch, chart, charts, room, who, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Run the voyage kernel."""
    seed, member, option = who
    place = int(one.place)
    shore = chart.shore
    question = Question(
        seed, 1, 1, stretch.step, stretch.steps, stretch.block, one.people, 0.0, 0.0, shore.aim[place, 0],
        shore.aim[place, 1], shore.back[place, 0], shore.back[place, 1], 1, shore.country[place],
    )  # fmt: skip
    first = int((one.launched + stretch.before) / stretch.step)
    world = World(
        charts, stretch.darkness[first : first + stretch.steps], room.known, room.weather, room.boat, room.phases,
        chart.alone, chart.senders, room.responders, shore.havens[place], stretch.moments, room.alive, room.lives_on,
        room.after_recovery,
    )  # fmt: skip
    places = int(one.people) + 1
    full = room.scratch
    scratch = Scratch(
        full.weather, full.arrivals, full.alive, full.fate, full.counts[:places], full.extra[:places],
        full.deaths[:places], full.group, full.safe,
    )  # fmt: skip
    scratch.group[0] = room.known[0].crush_deaths_per_event
    follow(world, question, 0, option, member, room.luck[0], room.state[0], scratch)
    keep(room.state[0], scratch, room.outcome[0])


@inlined
def _write_down(stretch, chart, herd, books, room, today, response, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Add what became of a boat and its people to the ledger; a group that is back in France may try again."""
    option, intervened = response
    outcome = room.outcome[0]
    week = books.weeks[today.policy, today.row, stretch.weeks[today.day]]
    week.boats_at_sea += 1.0
    week.people_at_sea += one.people
    met_at_line = room.state[0].phase != AFTER_STOP and WATCHED <= option <= ESCORTED
    british = met_at_line or _british(chart, room.state[0].latitude, room.state[0].longitude)
    arrived = outcome.ashore_uk + (outcome.aboard_responder if british else 0.0)
    back = outcome.ashore_fr + (0.0 if british else outcome.aboard_responder)
    week.arrivals += arrived
    week.brought_back += back
    week.ashore_elsewhere += outcome.ashore_other
    week.unresolved += outcome.aboard_boat + outcome.in_water
    week.boats_arrived += 1.0 if arrived >= 0.5 * one.people else 0.0
    week.boats_attended += 1.0 if outcome.met_at < math.inf else 0.0
    week.deaths += outcome.deaths
    week.serious_injuries += outcome.serious_injuries
    week.crew_deaths += outcome.responder_deaths
    week.crew_injuries += outcome.responder_serious_injuries
    nobody = math.log(min(max(1.0 - outcome.p_any_death, _LEAST), 1.0))
    week.fatal_events += outcome.p_any_death
    week.log_no_fatal_event += nobody
    if intervened:  # what happened before someone came is not theirs; officers ashore are there from the first
        before = math.log(max(outcome.nobody_before, _LEAST)) if chart.senders[option] != ASHORE else 0.0
        since = min(nobody - before, 0.0)
        week.interventions += 1.0
        week.fatal_interventions += 1.0 - math.exp(since)
        week.log_no_fatal_intervention += since
    _by_cause(week, outcome)
    places = int(one.people) + 1
    severity = books.severity[today.policy, today.row, stretch.years[today.day]]
    for deaths in range(places):
        severity[min(deaths, MOST_DEATHS)] += room.scratch.deaths[deaths]
    away = release(stretch, books, room, today, one.launched, today.fact.season_turnaround)
    week.responder_hours += away / HOUR
    if back >= 0.5 * one.people:
        group = (int(one.key), int(one.tries), one.people)
        try_later(stretch, books, today, group, today.fact.season_returned_retry)


@inlined
def _british(chart, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    sides = chart.sides
    row = int((latitude - sides.south) * sides.cells_per_degree)
    column = int((longitude - sides.west) * sides.cells_per_degree)
    row = min(max(row, 0), sides.code.shape[0] - 1)
    column = min(max(column, 0), sides.code.shape[1] - 1)
    return sides.code[row, column] == GREAT_BRITAIN


@inlined
def _by_cause(week, outcome):  # type: ignore[no-untyped-def]  # Numba infers its types
    # Field by field: a record knows its fields by name only, and a kernel cannot walk over names.
    week.deaths_launch += outcome.deaths_launch
    week.events_launch += outcome.events_launch
    week.deaths_water += outcome.deaths_water
    week.events_water += outcome.events_water
    week.deaths_structure += outcome.deaths_structure
    week.events_structure += outcome.events_structure
    week.deaths_crowd += outcome.deaths_crowd
    week.events_crowd += outcome.events_crowd
    week.deaths_breaking += outcome.deaths_breaking
    week.events_breaking += outcome.events_breaking
    week.deaths_collision += outcome.deaths_collision
    week.events_collision += outcome.events_collision
    week.deaths_overboard += outcome.deaths_overboard
    week.events_overboard += outcome.events_overboard
    week.deaths_crush += outcome.deaths_crush
    week.events_crush += outcome.events_crush
    week.deaths_boarding += outcome.deaths_boarding
    week.events_boarding += outcome.events_boarding
    week.deaths_exposure += outcome.deaths_exposure
    week.events_exposure += outcome.events_exposure
