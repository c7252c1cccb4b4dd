"""What follows when people end up in the water along a voyage: evaluated in blocks, added to the outcomes."""

import math

from varne.chance import add_binomial
from varne.compiled import compiled, inlined
from varne.encounter.attendance import answers, there_at
from varne.encounter.casualties import DEAD, INJURED, LEFT, OVER_AFTER, RESCUED, people_in_water
from varne.encounter.causes import blame_foundering
from varne.encounter.records import InWater
from varne.hazards.crew import crew_injury_rate
from varne.search.sweep import expected_search_time, sweep_width, weather_factor

SOME_LEFT = 0.01  # share of the people who, still in the water at the horizon, make it "not all are safe"


@inlined
def recovery_begins(world, draw, option, luck, state, now, dark, scratch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Work out when each responder begins to take people out of the water, if they fall in now.

    Parameters
    ----------
    world : World
        With the responders. [SI]
    draw, option : int
        Epistemic draw and option. [1]
    luck : record of LUCK
        The alert chain of this member. [1]
    state : record of STATE
        Where it happens and who is there. [SI]
    now : float
        [s]
    dark : float
        1 at night, 0 by day. [1]
    scratch : Scratch
        With the weather; its arrivals are changed in place: after they fell in; infinite for never. [s]

    Returns
    -------
    None
    """
    known = world.known[draw]
    weather = scratch.weather[0]
    arrivals = scratch.arrivals
    last = len(arrivals) - 1
    told = math.inf
    if state.present > 0.0:
        told = 0.0
    elif state.alerted < math.inf:
        told = state.alerted - now
    elif luck.call_water < known.alert_call_when_in_water:
        told = luck.call_delay
        if luck.believed > known.alert_believed:
            told += known.alert_disbelief_delay
    searching = 0.0
    if state.present <= 0.0:
        searching = luck.search * mean_search(known, weather, luck.located < known.alert_located, dark)
    for index in range(last):
        if int(state.arrived) & (1 << index) and state.present > 0.0:
            distance = world.phases[draw, option, int(state.phase)].stand_off
            arrivals[index] = known.rescue_standing_by + distance / known.rescue_search_speed
        elif told < math.inf and answers(known, luck, index):
            coming = there_at(world.responders[draw, index], luck, now + told, state.x, state.y) - now
            arrivals[index] = max(coming, 0.0) + searching + known.rescue_reaction
        else:
            arrivals[index] = math.inf
    arrivals[last] = luck.chance_find


@inlined
def mean_search(known, weather, located, dark):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how long a random search for people in the water takes on average.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    weather : record of WEATHER
        Wind and waves. [SI]
    located : bool
        Whether the call gave a position. [1]
    dark : float
        1 at night, 0 by day; between them as much of each. [1]

    Returns
    -------
    float
        [s]
    """
    left = weather_factor(
        weather.wind_speed,
        weather.wave_height,
        known.search_moderate_wind,
        known.search_moderate_wave,
        known.search_rough_wind,
        known.search_rough_wave,
        known.search_small_moderate,
        known.search_small_rough,
    )
    radius = known.rescue_search_radius if located else known.rescue_unlocated_radius
    area = math.pi * radius * radius
    width = known.rescue_sweep_width_day
    by_day = expected_search_time(
        area, sweep_width(width, left, 1.0, 0.0, known.search_night_share, 1.0), known.rescue_search_speed
    )
    by_night = expected_search_time(
        area, sweep_width(width, left, 1.0, 1.0, known.search_night_share, 1.0), known.rescue_search_speed
    )
    return dark * by_night + (1.0 - dark) * by_day


@inlined
def stand_up(known, people, fate):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let people who fall into water that they can stand in walk ashore, but for some.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    people : float
        How many. [people]
    fate : array, shape (5,)
        Changed in place, as by :func:`varne.encounter.casualties.people_in_water`. [people, s]

    Returns
    -------
    None
    """
    fate[DEAD] = people * known.launch_drowning_share
    fate[LEFT] = 0.0
    fate[RESCUED] = people - fate[DEAD]
    fate[INJURED] = 0.0
    fate[OVER_AFTER] = 0.0


@compiled
def come_ashore(state, country, people):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Count people as ashore.

    Parameters
    ----------
    state : record of STATE
        Changed in place. [people]
    country : int
        1 British, 2 French, 3 other. [1]
    people : float
        How many. [people]

    Returns
    -------
    None
    """
    if country == 1:
        state.ashore_uk += people
    elif country == 2:
        state.ashore_fr += people
    else:
        state.ashore_other += people


@compiled
def settle(world, question, draw, option, luck, state, scratch, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Evaluate what waits: the share of the member that foundered or was struck in this block, and those overboard.

    Parameters
    ----------
    world : World
        Sea, responders, drawn facts. [SI]
    question : Question
        What is asked. [SI]
    draw, option : int
        Epistemic draw and option. [1]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place. [SI]
    scratch : Scratch
        Changed in place. [1]
    now : float
        End of the block. [s]

    Returns
    -------
    None
    """
    horizon = question.step * question.steps
    dark = world.darkness[min(int(now / question.step), question.steps - 1)]
    working = min(state.working / state.aboard, 1.0) if state.aboard > 0.0 else 0.0
    come = False  # whether it is known when responders come to those who fall in within this block
    lost = state.pending + state.pending_struck
    if lost > 0.0:
        when = state.pending_time / lost
        x, y = state.x, state.y
        state.x = state.pending_x / lost
        state.y = state.pending_y / lost
        people = state.pending_people / lost
        standing = world.phases[draw, option, int(max(state.phase, 0.0))].standing > 0.0 and state.present > 0.0
        if standing:
            stand_up(world.known[draw], people, scratch.fate)
        else:
            recovery_begins(world, draw, option, luck, state, when, dark, scratch)
            group = InWater(people, working, state.taken, horizon - when)
            people_in_water(world, draw, group, scratch.arrivals, scratch.alive, scratch.fate)
        state.x, state.y = x, y
        come = not standing
        add_foundering(world, question, draw, state, scratch, when, standing)
    if state.pending_overboard > 0.0:
        if not come:
            recovery_begins(world, draw, option, luck, state, now, dark, scratch)
        group = InWater(1.0, working, 0.0, horizon - now)
        people_in_water(world, draw, group, scratch.arrivals, scratch.alive, scratch.fate)
        fallen = state.pending_overboard
        state.dead += fallen * scratch.fate[DEAD]
        state.deaths_overboard += fallen * scratch.fate[DEAD]
        state.singles += fallen * scratch.fate[DEAD]
        state.in_water += fallen * scratch.fate[LEFT]
        state.rescued += fallen * scratch.fate[RESCUED]
        state.injured += fallen * scratch.fate[INJURED]
    forget_pending(state)


@compiled
def forget_pending(state):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Start a new block: nothing waits to be evaluated.

    Parameters
    ----------
    state : record of STATE
        Changed in place. [SI]

    Returns
    -------
    None
    """
    state.pending = 0.0
    state.pending_struck = 0.0
    state.pending_time = 0.0
    state.pending_x = 0.0
    state.pending_y = 0.0
    state.pending_people = 0.0
    state.pending_overboard = 0.0
    state.pending_water = 0.0
    state.pending_structure = 0.0
    state.pending_crowd = 0.0
    state.pending_breaking = 0.0


@inlined
def add_foundering(world, question, draw, state, scratch, when, standing):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Add the fate of the people of a foundered boat to the outcomes, with the share of the member it has.

    Parameters
    ----------
    world : World
        Drawn facts. [SI]
    question : Question
        What is asked. [SI]
    draw : int
        Epistemic draw. [1]
    state : record of STATE
        Changed in place. [people]
    scratch : Scratch
        With the fate; its counts and hours are changed in place. [1]
    when : float
        When it foundered. [s]
    standing : bool
        Whether its people could stand. [1]

    Returns
    -------
    None
    """
    known = world.known[draw]
    fate = scratch.fate
    lost = state.pending + state.pending_struck
    people = state.pending_people / lost
    last = scratch.safe.shape[1] - 1
    over = (when + fate[OVER_AFTER]) / (question.step * question.steps)
    never = fate[LEFT] > SOME_LEFT * people or over >= 1.0
    scratch.safe[int(state.option), last if never else int(over * last)] += lost
    if people <= 0.0:
        scratch.counts[0] += lost
        return
    killed = known.collision_death_share * state.pending_struck
    spared = lost - killed  # of those struck, some die at once; the rest fare as all who founder
    state.dead += killed * people + spared * fate[DEAD]
    blame_foundering(state, known, people, fate[DEAD])
    state.in_water += spared * fate[LEFT]
    state.injured += spared * fate[INJURED]
    if standing:
        come_ashore(state, question.shore_country, spared * fate[RESCUED])
    else:
        state.rescued += spared * fate[RESCUED]
        alongside = spared * fate[OVER_AFTER] if fate[RESCUED] > 0.0 else 0.0
        expose_crew(known, state, scratch.weather[0].wave_height, known.crew_alongside_rate, 1.0, alongside)
    each = fate[DEAD] / people
    struck = known.collision_death_share + (1.0 - known.collision_death_share) * each
    add_binomial(state.pending, people, each, scratch.counts)
    if state.pending_struck > 0.0:
        add_binomial(state.pending_struck, people, struck, scratch.counts)


@inlined
def expose_crew(known, state, wave_height, contact_rate, resistance, time):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Add the risk to the crew of a responder for a time of work near, alongside or aboard a boat.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    state : record of STATE
        Changed in place. [people]
    wave_height : float
        Significant. [m]
    contact_rate : float
        Serious injuries of one of the crew. [1/s]
    resistance : float
        Multiplier where people resist. [1]
    time : float
        Weighted with the share of the member. [s]

    Returns
    -------
    None
    """
    hurt = time * crew_injury_rate(known.crew_exposed, contact_rate, wave_height, known.crew_wave_growth, resistance)
    state.crew_injured += hurt
    state.crew_dead += hurt * known.crew_death_share
