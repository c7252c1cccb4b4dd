"""One pool of responders a night: who is free to answer for a boat, and until when those who came are busy."""

import math

from varne.afloat.responder import arrival_time, speed_in_waves
from varne.compiled import compiled, inlined
from varne.units import DAY


@compiled
def call_up(stretch, shore, herd, books, room, today, launch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Choose who would answer for a boat: of those who are or will be free, the first to arrive.

    A vessel that is with another boat sails no sooner than it is back and has made ready. The last of the responders is
    a ship that passes by chance.

    Parameters
    ----------
    stretch : Stretch
        The days. [SI]
    shore : Shore
        With where vessels lie. [m]
    herd : Herd
        With the drawn vessels. [SI]
    books : Books
        With when each is free. [s]
    room : Room
        Its weather is read, its responders are filled. [SI]
    today : Today
        Policy, member, day. [1]
    launch : tuple
        Place of the launch [1], its time since the first midnight of the stretch [s], and darkness then [1].

    Returns
    -------
    None
    """
    place, launched, dark = launch
    vessels = herd.vessels[today.row]
    now = stretch.day * DAY + launched
    free_at = books.free_at[today.policy, today.row]
    last = len(room.vessel) - 1
    for slot in range(last):
        room.vessel[slot] = -1
        first = math.inf
        for index in range(len(vessels)):
            arrives = _arrives(shore.vessels[place, index], vessels[index], today.level, free_at[index] - now, dark)
            if arrives < first and not _chosen(room.vessel, slot, index):
                first = arrives
                room.vessel[slot] = index
        responder = room.responders[0, slot]
        responder.x, responder.y = 0.0, 0.0
        responder.ready_after = math.inf
        responder.free_at = 0.0
        responder.attends = 0.0
        responder.speed = 1.0
        if room.vessel[slot] >= 0:
            index = room.vessel[slot]
            _fill(responder, shore.vessels[place, index], vessels[index], today.level, room.weather[0].wave_height)
            responder.ready_after = _ready(vessels[index], today.level, dark)
            responder.free_at = max(free_at[index] - now, 0.0)
    room.responders[0, last] = herd.passing[today.row]
    room.vessel[last] = -1


@inlined
def _chosen(vessel, slots, index):  # type: ignore[no-untyped-def]  # Numba infers its types
    found = False
    for slot in range(slots):
        found = found or vessel[slot] == index
    return found


@inlined
def _ready(vessel, level, dark):  # type: ignore[no-untyped-def]  # Numba infers its types
    return level.rescue_readiness * (vessel.ready_day + dark * (vessel.ready_night - vessel.ready_day))


@inlined
def _arrives(lies, vessel, level, busy, dark):  # type: ignore[no-untyped-def]  # Numba infers its types
    """When it would be at the launch place if told at once, in a calm; infinite if out of reach or not there."""
    away = math.sqrt(lies[0] * lies[0] + lies[1] * lies[1])
    if away > vessel.reach or vessel.post > level.rescue_vessels:
        return math.inf
    return arrival_time(max(_ready(vessel, level, dark), busy), away, vessel.speed)


@inlined
def _fill(responder, lies, vessel, level, wave_height):  # type: ignore[no-untyped-def]  # Numba infers its types
    responder.x = lies[0]
    responder.y = lies[1]
    responder.speed = speed_in_waves(vessel.speed, wave_height, vessel.wave_limit)
    responder.recovery_rate = vessel.recovery_rate
    responder.lift_rate = vessel.lift_rate
    responder.capacity = vessel.capacity
    responder.attends = vessel.attends


@compiled
def release(stretch, books, room, today, launched, turnaround):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Send home those who came to a boat, and note when they are free again.

    Parameters
    ----------
    stretch : Stretch
        The days. [SI]
    books : Books
        Changed in place: when each is free. [s]
    room : Room
        With the responders and the outcome of the voyage. [SI]
    today : Today
        Policy, member, day. [1]
    launched : float
        Since the first midnight of the stretch. [s]
    turnaround : float
        What a vessel needs in harbour. [s]

    Returns
    -------
    float
        Time that responders were away for this boat, all together. [s]
    """
    outcome = room.outcome[0]
    end = stretch.day * DAY + launched + outcome.steps * stretch.step
    away = 0.0
    for slot in range(len(room.vessel) - 1):
        if room.vessel[slot] < 0 or not int(outcome.arrived) & (1 << slot):
            continue
        responder = room.responders[0, slot]
        east, north = responder.x - outcome.x, responder.y - outcome.y
        home = end + math.sqrt(east * east + north * north) / responder.speed
        books.free_at[today.policy, today.row, room.vessel[slot]] = home + turnaround
        away += home - (stretch.day * DAY + launched + outcome.met_at)
    return away
