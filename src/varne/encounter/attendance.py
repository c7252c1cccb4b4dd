"""Who comes to the boat and when, what phase of the response it is in, and who is taken off."""

import math

from varne.compiled import inlined
from varne.encounter.options import MOST_PHASES

AFTER_STOP = MOST_PHASES - 1
SENT, ASHORE = 1, 2


@inlined
def there_at(responder, luck, ordered, x, y):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return when a responder is at a place: ready after its order, and not before it is free; then transit.

    Parameters
    ----------
    responder : record of RESPONDER
        Where it lies, when it is free and how it sails. [SI]
    luck : record of LUCK
        With the factor on its readiness. [1]
    ordered : float
        When it is told, since the start; infinite for never. [s]
    x, y : float
        The place. [m]

    Returns
    -------
    float
        Since the start. [s]
    """
    east = x - responder.x
    north = y - responder.y
    sails = max(ordered + responder.ready_after * luck.readiness, responder.free_at)
    return sails + math.sqrt(east * east + north * north) / responder.speed


@inlined
def raise_alarm(known, luck, state, now, called):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Run the alert chain once: someone calls, the call is believed, it is located.

    "Never alerted" is an outcome: the alarm then never reaches a responder.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place: `alerted` is when responders are told. [s]
    now : float
        [s]
    called : bool
        Whether someone calls. [1]

    Returns
    -------
    None
    """
    if state.present > 0.0:
        state.alerted = min(state.alerted, now)
    elif called:
        told = now + luck.call_delay
        if luck.believed > known.alert_believed:
            told += known.alert_disbelief_delay
        state.alerted = min(state.alerted, told)


@inlined
def answers(known, luck, index):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Tell whether a responder answers the alarm; the nearest may not.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    index : int
        Responders stand nearest first. [1]

    Returns
    -------
    bool
    """
    return index > 0 or luck.answered <= known.alert_answered


@inlined
def arrive(case, luck, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let the responders arrive that were sent or alerted in time.

    Parameters
    ----------
    case : Case
        With the responders, and whether one is sent. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    if state.present > 0.0 and state.alerted > now:
        return  # one responder attends; the others come when there is an alarm
    for index in range(len(case.responders) - 1):
        if int(state.arrived) & (1 << index):
            continue
        responder = case.responders[index]
        ordered = math.inf
        if case.sender == SENT and responder.attends > 0.0:
            ordered = luck.watch_delay
        if answers(known, luck, index):
            ordered = min(ordered, state.alerted)
        if now <= ordered or now < there_at(responder, luck, ordered, state.x, state.y):
            continue
        if state.alerted > now and state.present > 0.0:
            return  # the first that was sent is there
        state.arrived += float(1 << index)
        state.capacity_left += responder.capacity
        state.lift_rate += responder.lift_rate
        state.met_at = min(state.met_at, now)
        if state.present <= 0.0:
            state.present = 1.0
            begin_phase(known, state, 0, now)


@inlined
def begin_phase(known, state, phase, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Enter a phase of the response.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    state : record of STATE
        Changed in place. [SI]
    phase : int
        Place in the time line. [1]
    now : float
        [s]

    Returns
    -------
    None
    """
    state.phase = float(phase)
    state.phase_since = now
    share = known.people_accept_under_way
    if phase == AFTER_STOP:
        share = known.people_accept_stopped
    state.consenting = share * state.aboard
    state.refused_until = now + known.people_refusal_time


@inlined
def end_phase(case, luck, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let a phase that has lasted long enough have its effect, and go on to the next.

    Parameters
    ----------
    case : Case
        With the phases. [SI]
    luck : record of LUCK
        The chances of this member. [1]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]

    Returns
    -------
    bool
        Whether the people stand on the shore.
    """
    known = case.known
    place = int(state.phase)
    phase = case.phases[place]
    if place == AFTER_STOP or now - state.phase_since < phase.lasts:
        return False
    if luck.ashore_effect < phase.ashore:
        return True
    if luck.turn_effect < phase.turns_back:
        state.heading_back = 1.0
    if luck.stop_effect < phase.stops_engine and state.engine > 0.0:
        state.engine = 0.0
        state.stopped_for_good = 1.0
    begin_phase(known, state, place + 1, now)
    if case.phases[place + 1].absent > 0.0:
        state.present = 0.0
    return False


@inlined
def take_off(case, state, now, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Take people off the boat, by consent unless unasked, while there is room; tow it when there is none.

    Parameters
    ----------
    case : Case
        With the phases. [SI]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]
    duration : float
        Length of the step. [s]

    Returns
    -------
    float
        People taken off in this step.
    """
    known = case.known
    phase = case.phases[int(state.phase)]
    if state.present <= 0.0 or phase.takes_off <= 0.0 or state.aboard <= 0.0:
        return 0.0
    if state.towed > 0.0:
        if state.bilge <= known.swamping_alarm_water or state.capacity_left <= 0.0:
            return 0.0
        state.towed = 0.0  # a boat that floods is let go, and its people are taken off
    if now - state.phase_since < known.rescue_reaction:
        return 0.0
    willing = state.consenting
    if phase.unasked > 0.0 or (state.engine <= 0.0 and now >= state.refused_until):
        willing = state.aboard
    off = min(state.lift_rate * duration, willing, state.aboard, state.capacity_left)
    off = max(off, 0.0)
    share = off / state.aboard
    state.working -= share * state.working
    state.aboard -= off
    state.taken += off
    state.consenting -= min(off, state.consenting)
    state.capacity_left -= off
    if int(state.phase) == AFTER_STOP and state.capacity_left <= 0.0 and state.aboard > 0.0:
        take_in_tow(case.havens, state)
    return off


@inlined
def take_in_tow(havens, state):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Take the boat in tow, to the nearest harbour from where it is, whichever side of the strait that is.

    Parameters
    ----------
    havens : array, shape (harbour, 3)
        Where they lie [m], and the code of their country. [1]
    state : record of STATE
        Changed in place. [m]

    Returns
    -------
    None
    """
    state.towed = 1.0
    nearest = math.inf
    for index in range(havens.shape[0]):
        east = havens[index, 0] - state.x
        north = havens[index, 1] - state.y
        away = east * east + north * north
        if away < nearest:
            nearest = away
            state.home_x = havens[index, 0]
            state.home_y = havens[index, 1]
            state.home_country = havens[index, 2]
