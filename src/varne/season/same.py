"""Voyages that are the same under two policies: computed once, since what depends on the same things is the same."""

from varne.compiled import compiled, inlined


@compiled
def recall(room, known, now, one, option):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Find a voyage of this night and member, under an earlier policy, that all the same things decided.

    The group and its try decide boat, luck and weather; beside them the launch, the people aboard, the response and who
    would answer must be equal to the last bit. The outcome of the voyage found is then the outcome of this one.

    Parameters
    ----------
    room : Room
        Its memory is read; its outcome, state and deaths are filled when there is one. [SI]
    known : int
        How many voyages are remembered. [1]
    now : int
        Key of the group with the number of its try. [1]
    one : record of ATTEMPT
        The launch. [SI]
    option : int
        The response. [1]

    Returns
    -------
    bool
        Whether one was found.
    """
    for index in range(known):
        past = room.past[index]
        if past.key == now and past.option == option and _equal(room, past, one):
            room.outcome[0] = room.past_outcome[index]
            room.state[0].phase = past.phase
            room.state[0].latitude = past.latitude
            room.state[0].longitude = past.longitude
            for deaths in range(int(one.people) + 1):
                room.scratch.deaths[deaths] = room.past_deaths[index, deaths]
            return True
    return False


@inlined
def _equal(room, past, one):  # type: ignore[no-untyped-def]  # Numba infers its types
    same = past.launched == one.launched and past.place == one.place
    same = same and past.people == one.people and past.length == one.length and past.taxi == one.taxi
    for slot in range(len(room.vessel)):
        responder = room.responders[0, slot]
        same = same and past.vessel[slot] == room.vessel[slot]
        same = same and past.ready_after[slot] == responder.ready_after and past.free_at[slot] == responder.free_at
    return same


@compiled
def remember(room, known, now, one, option):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Remember a voyage for the policies that follow, while there is room.

    Parameters
    ----------
    room : Room
        Its memory is changed in place. [SI]
    known : int
        How many voyages are remembered. [1]
    now : int
        Key of the group with the number of its try. [1]
    one : record of ATTEMPT
        The launch. [SI]
    option : int
        The response. [1]

    Returns
    -------
    int
        How many are remembered now.
    """
    if known >= len(room.past):
        return known
    past = room.past[known]
    past.key = now
    past.option = option
    past.launched = one.launched
    past.place = one.place
    past.people = one.people
    past.length = one.length
    past.taxi = one.taxi
    for slot in range(len(room.vessel)):
        past.vessel[slot] = room.vessel[slot]
        past.ready_after[slot] = room.responders[0, slot].ready_after
        past.free_at[slot] = room.responders[0, slot].free_at
    past.phase = room.state[0].phase
    past.latitude = room.state[0].latitude
    past.longitude = room.state[0].longitude
    room.past_outcome[known] = room.outcome[0]
    for deaths in range(int(one.people) + 1):
        room.past_deaths[known, deaths] = room.scratch.deaths[deaths]
    return known + 1
