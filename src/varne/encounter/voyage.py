"""One member under one option, from the start until everyone is ashore, aboard a responder or dead."""

import math

from varne.chance import add_binomial, convolve, group_deaths, nobody_of, probability
from varne.compiled import compiled, inlined
from varne.encounter.aftermath import come_ashore, expose_crew, forget_pending, settle
from varne.encounter.attendance import (
    AFTER_STOP,
    ASHORE,
    arrive,
    begin_phase,
    end_phase,
    raise_alarm,
    take_in_tow,
    take_off,
)
from varne.encounter.causes import count_events, forget_causes
from varne.encounter.movement import drive, haven_reached, place, shore_reached, steer, velocity
from varne.encounter.perils import draft_of, flood, lose_people, sinking_rates, struck_rate, work_out_slow_rates
from varne.encounter.records import Case
from varne.encounter.sky import breakers_here, observe
from varne.hazards.crew import crew_hurt
from varne.hazards.crush import crush_rate
from varne.hazards.launch import shore_break_probability


@compiled
def follow(world, question, draw, option, member, luck, state, scratch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Follow one member under one option.

    Parameters
    ----------
    world : World
        Sea, responders, drawn facts. [SI]
    question : Question
        What is asked. [SI]
    draw, option, member : int
        Epistemic draw, option, member. [1]
    luck : record of LUCK
        The chances of this member, the same under every option. [1]
    state : record of STATE
        Changed in place: the end, and what has come of it. [SI]
    scratch : Scratch
        Room to work in; distributions are added to. [1]

    Returns
    -------
    None
    """
    scratch.weather[0] = world.weather[draw]
    sky = world.charts.sky
    case = Case(
        world.known[draw],
        scratch.weather[0],
        world.boats[draw],
        world.phases[draw, option],
        world.alone[0],
        world.responders[draw],
        world.senders[option],
        sky.streams.values[sky.streams_of_draw[draw]],
        world.havens,
    )
    state.option = float(option)
    set_out(case, world.charts, question, state, scratch)
    step = 0
    landed = 0
    back_ashore = False
    while step < question.steps and state.mass > 1e-12 and state.aboard > 1e-9 and landed == 0:
        now = step * question.step
        if step % question.block == 0:
            settle(world, question, draw, option, luck, state, scratch, now)
            observe(world.charts, draw, case.known, case.boat, case.weather, state.latitude, state.longitude, now)
            steer(question, case, member, luck, state, step)
            work_out_slow_rates(case, state, now)
        phase = state.phase
        present = state.present
        back_ashore = respond(case, question, luck, state, now)
        if state.phase != phase or state.present != present:
            settle_before(world, question, draw, option, luck, state, scratch, (phase, present, now))
            if state.met_at == now:
                state.nobody_before = nobody_so_far(state, scratch)
        if back_ashore:
            landed = question.shore_country
        else:
            sail(case, world.charts, question, luck, state, world.darkness[step], now)
            step += 1
            if state.towed > 0.0:
                landed = haven_reached(state, case.known.rescue_tow_speed * question.step)
                continue
            shore = shore_reached(world.charts.coast, state)
            if shore > 0 and (question.from_beach == 0 or now > case.known.launch_clear_time):
                landed = shore
    now = step * question.step
    state.steps = float(step)
    settle(world, question, draw, option, luck, state, scratch, now)
    if landed > 0:
        if not back_ashore and state.towed <= 0.0:  # no surf in a harbour
            through_surf(case, world.charts, state, scratch, landed, now / (question.step * question.steps))
        finish_ashore(state, landed, now)
    hurt = crew_hurt(case.known.crew_exposed, state.crew_injured)
    state.crew_injured = hurt
    state.crew_dead = hurt * case.known.crew_death_share
    close(question, state, scratch)


@inlined
def nobody_so_far(state, scratch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that nobody has died by now, once nothing waits to be settled.

    Parameters
    ----------
    state : record of STATE
        [1]
    scratch : Scratch
        With the distribution of deaths of what has ended. [1]

    Returns
    -------
    float
        [1]
    """
    events = state.singles + state.crushed / max(scratch.group[0], 1.0)
    return (scratch.counts[0] + state.mass) * math.exp(-events)


@compiled
def settle_before(world, question, draw, option, luck, state, scratch, before):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Settle what waited until the response changed, as it was before the change.

    Parameters
    ----------
    world, question, draw, option, luck, state, scratch : as in :func:`varne.encounter.aftermath.settle`
        [SI]
    before : tuple
        Phase and presence before the change [1], and when it changed [s].

    Returns
    -------
    None
    """
    phase = state.phase
    present = state.present
    state.phase = before[0]
    state.present = before[1]
    settle(world, question, draw, option, luck, state, scratch, before[2])
    state.phase = phase
    state.present = present


@compiled
def set_out(case, charts, question, state, scratch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Put everyone aboard, and from a beach through the surf.

    Parameters
    ----------
    case : Case
        Drawn facts, boat, phases, responders. [SI]
    charts : Charts
        Plane and coast. [1]
    question : Question
        What is asked. [SI]
    state : record of STATE
        Changed in place. [SI]
    scratch : Scratch
        Its counts are emptied. [1]

    Returns
    -------
    None
    """
    known = case.known
    boat = case.boat
    place(charts.origin, state, question.x, question.y)
    state.aboard = question.people
    state.working = boat.working_jackets
    state.taken = 0.0
    state.bilge = 0.0
    state.engine = 1.0
    state.stopped_for_good = 0.0
    state.heading_back = 0.0
    state.present = 0.0
    state.phase = -1.0
    state.phase_since = 0.0
    state.alerted = math.inf
    state.arrived = 0.0
    state.capacity_left = 0.0
    state.lift_rate = 0.0
    state.distress = 0.0
    state.towed = 0.0
    state.home_x = 0.0
    state.home_y = 0.0
    state.home_country = 0.0
    state.mass = 1.0
    state.dead = 0.0
    state.singles = 0.0
    state.crushed = 0.0
    state.in_water = 0.0
    state.rescued = 0.0
    state.injured = 0.0
    state.crew_injured = 0.0
    state.crew_dead = 0.0
    state.ashore_uk = 0.0
    state.ashore_fr = 0.0
    state.ashore_other = 0.0
    state.safe_at = math.inf
    state.met_at = math.inf
    state.nobody_before = 1.0
    forget_pending(state)
    forget_causes(state)
    scratch.counts[:] = 0.0
    if case.sender == ASHORE:
        state.present = 1.0
        begin_phase(known, state, 0, 0.0)
    if question.from_beach > 0:
        phase = case.phases[0]
        multiplier = phase.crush if case.sender == ASHORE else 1.0
        crushed = multiplier * crush_rate(
            question.people, known.crush_reference_people, known.crush_at_boarding, known.crush_exponent
        )
        crushed = min(crushed, question.people)
        state.crushed += crushed
        state.deaths_boarding += crushed
        state.dead += crushed
        state.injured += crushed * known.crush_injuries_per_death
        state.aboard -= crushed
        through_surf(case, charts, state, scratch, question.shore_country, 0.0)


@compiled
def through_surf(case, charts, state, scratch, country, when):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Take the boat through the surf of a beach, out or in: some of it is swamped where people can mostly stand.

    Parameters
    ----------
    case : Case
        Drawn facts, boat, weather. [SI]
    charts : Charts
        The coast. [1]
    state : record of STATE
        Changed in place. [SI]
    scratch : Scratch
        Its counts and hours are added to. [1]
    country : int
        Whose beach: 1 British, 2 French, 3 other. [1]
    when : float
        Share of the horizon that has passed. [1]

    Returns
    -------
    None
    """
    known = case.known
    mass = case.boat.empty_mass + state.aboard * case.boat.person_mass + state.bilge * known.sea_water_density
    freeboard = max(case.boat.diameter - draft_of(case.boat, mass), 0.0)
    breakers = breakers_here(charts, case.weather, state.latitude, state.longitude)
    share = state.mass * shore_break_probability(breakers, freeboard, known.launch_base, known.launch_exponent)
    drowned = known.launch_drowning_share
    state.mass -= share
    state.dead += share * drowned * state.aboard
    state.deaths_launch += share * drowned * state.aboard
    state.events_launch += share * (1.0 - nobody_of(state.aboard, drowned))
    state.rescued += share * state.taken
    come_ashore(state, country, share * (1.0 - drowned) * state.aboard)
    add_binomial(share, state.aboard, drowned, scratch.counts)
    last = scratch.safe.shape[1] - 1
    scratch.safe[int(state.option), last if when >= 1.0 else int(when * last)] += share


@inlined
def respond(case, question, luck, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let responders come, phases end, alarms be raised and people be taken off.

    Parameters
    ----------
    case : Case
        Drawn facts, boat, phases, responders. [SI]
    question : Question
        What is asked. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]

    Returns
    -------
    bool
        Whether the people stand on the shore again.
    """
    known = case.known
    drive(known, luck, state, now)
    troubled = state.engine <= 0.0 or state.bilge > known.swamping_alarm_water
    if state.distress > 0.0 and state.present <= 0.0 and not troubled:
        state.distress = 0.0
        state.alerted = math.inf
    if state.distress <= 0.0 and troubled:
        state.distress = 1.0
        called = luck.call_stopped < known.alert_call_when_stopped
        if state.engine > 0.0:
            called = luck.call_flooding < known.alert_call_when_flooding
        raise_alarm(known, luck, state, now, called)
    if case.sender > 0 or state.alerted < math.inf:
        arrive(case, luck, state, now)
    if state.present <= 0.0:
        return False
    # Officers ashore can neither take anyone off a boat nor tow it: that begins when a responder has come.
    if state.distress > 0.0 and state.phase != AFTER_STOP and state.arrived > 0.0:
        state.alerted = min(state.alerted, now)
        begin_phase(known, state, AFTER_STOP, now)
        if state.towed <= 0.0 and luck.tow < known.rescue_tow_share:
            take_in_tow(case.havens, state)
    if end_phase(case, luck, state, now):
        return True
    if state.present > 0.0:
        if case.phases[int(state.phase)].takes_off > 0.0:  # whoever begins to take people off calls for more
            state.alerted = min(state.alerted, now)
        attend(case, question, state, now)
    return False


@inlined
def attend(case, question, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let the crew do what the phase says for one step: hand out flotation, take people off, run their own risk.

    Parameters
    ----------
    case : Case
        Drawn facts and phases. [SI]
    question : Question
        With the length of a step. [s]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    phase = case.phases[int(state.phase)]
    waves = case.weather.wave_height
    state.working = min(state.working + phase.flotation * question.step, state.aboard)
    off = take_off(case, state, now, question.step)
    if off > 0.0:
        work_out_slow_rates(case, state, now)
        falls = off * known.injury_transfer_fall
        state.injured += state.mass * falls
        expose_crew(known, state, waves, known.crew_alongside_rate, phase.resistance, state.mass * question.step)
        if state.aboard <= 1e-9:
            state.safe_at = now + question.step
    time = state.mass * question.step
    if phase.near > 0.0:
        expose_crew(known, state, waves, known.crew_near_rate, phase.resistance, time)
    if phase.boarding > 0.0:
        expose_crew(known, state, waves, known.crew_boarding_rate, phase.resistance, time)


@inlined
def sail(case, charts, question, luck, state, dark, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Move the boat one step, let water come aboard, and take from the member the share that is lost.

    Parameters
    ----------
    case : Case
        Drawn facts, boat, phases. [SI]
    charts : Charts
        The sea. [SI]
    question : Question
        What is asked. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place. [SI]
    dark : float
        1 at night, 0 by day. [1]
    now : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    boat = case.boat
    phase = case.alone
    if state.present > 0.0:
        phase = case.phases[int(state.phase)]
    taking = phase.takes_off > 0.0 and state.capacity_left > 0.0
    holds = phase.holds > 0.0 or (taking and (state.consenting > 0.0 or phase.unasked > 0.0))
    east, north = velocity(question, case, charts.sky.streams, luck, state, now, holds)
    mass = boat.empty_mass + state.aboard * boat.person_mass + state.bilge * known.sea_water_density
    draft = draft_of(boat, mass)
    lose_people(case, phase, state, now, question.step)
    sinks = math.inf
    struck = 0.0
    by_crowd = by_structure = by_waves = 0.0
    if draft < boat.diameter:
        by_crowd, by_structure, by_waves = sinking_rates(case, phase, state, mass, draft)
        sinks = by_crowd + by_structure + by_waves
        struck = struck_rate(case, charts.traffic, state, east, north, dark)
        flood(case, phase, state, boat.diameter - draft, question.step)
    lost = state.mass * (1.0 if sinks == math.inf else probability(sinks + struck, question.step))
    if lost > 0.0:
        # A share of exactly 1 where nothing else sinks it: a cause that takes no part gets no rounding dust.
        hit = lost * (struck / (sinks + struck)) if sinks < math.inf else 0.0
        state.pending += lost - hit
        if sinks == math.inf:
            state.pending_water += lost
        elif sinks > 0.0:
            each = (lost - hit) / sinks
            state.pending_crowd += each * by_crowd
            state.pending_structure += each * by_structure
            state.pending_breaking += each * by_waves
        state.pending_struck += hit
        state.pending_time += lost * now
        state.pending_x += lost * state.x
        state.pending_y += lost * state.y
        state.pending_people += lost * state.aboard
        state.rescued += lost * state.taken
        state.mass -= lost
    place(charts.origin, state, state.x + east * question.step, state.y + north * question.step)


@compiled
def finish_ashore(state, country, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Land everyone who is still aboard.

    Parameters
    ----------
    state : record of STATE
        Changed in place. [SI]
    country : int
        1 British, 2 French, 3 other. [1]
    now : float
        [s]

    Returns
    -------
    None
    """
    come_ashore(state, country, state.mass * state.aboard)
    state.rescued += state.mass * state.taken
    state.taken = 0.0
    state.aboard = 0.0
    state.safe_at = now


@compiled
def close(question, state, scratch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Count those whom nothing terminal happened to, and put the distribution of deaths together.

    Parameters
    ----------
    question : Question
        What is asked. [SI]
    state : record of STATE
        Changed in place. [SI]
    scratch : Scratch
        Changed in place: `deaths` is the distribution of this member. [1]

    Returns
    -------
    None
    """
    state.rescued += state.mass * state.taken
    scratch.counts[0] += state.mass
    count_events(state, scratch.group[0])
    group_deaths(state.singles, state.crushed, scratch.group[0], scratch.extra)
    convolve(scratch.counts, scratch.extra, scratch.deaths)
    last = scratch.safe.shape[1] - 1
    share = state.safe_at / (question.step * question.steps)
    scratch.safe[int(state.option), last if share >= 1.0 else int(share * last)] += state.mass
