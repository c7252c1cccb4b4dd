"""People in the water: who is taken out, who dies, who is still there at the horizon."""

import numpy as np

from varne.compiled import inlined
from varne.encounter.records import BODIES, CLASSES

# Places of the result of people_in_water.
DEAD, LEFT, RESCUED, INJURED, OVER_AFTER = 0, 1, 2, 3, 4
RESULTS = 5


@inlined
def body_shares(boat, working_share, alive):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Divide one person into the classes of body and flotation.

    Parameters
    ----------
    boat : record of BOAT
        With the shares of women and children. [1]
    working_share : float
        Share of the people who wear a jacket that works. [1]
    alive : array, shape (class,)
        Changed in place: shares that add up to 1. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> from varne.encounter.records import BOAT
    >>> boat = np.zeros(1, BOAT)[0]
    >>> boat["women"], boat["children"] = 0.2, 0.1
    >>> alive = np.zeros(6)
    >>> body_shares(boat, 0.5, alive)
    >>> alive.round(2)
    array([0.35, 0.35, 0.1 , 0.1 , 0.05, 0.05])
    """
    for body in range(BODIES):
        share = boat.women if body == 1 else boat.children
        if body == 0:
            share = 1.0 - boat.women - boat.children
        alive[2 * body] = share * (1.0 - working_share)
        alive[2 * body + 1] = share * working_share


@inlined
def lifted_between(responders, arrivals, start, end):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Count how many people the responders there can lift out in a stretch of time, and how many they can hold.

    Parameters
    ----------
    responders : array of RESPONDER, shape (responder,)
        How fast they lift and how many they hold. [SI]
    arrivals : array, shape (responder,)
        When each begins to recover people, after they fell in. [s]
    start, end : float
        The stretch. [s]

    Returns
    -------
    tuple of float
        Lifts [people]; room aboard those who have come [people].
    """
    lifts = 0.0
    room = 0.0
    for index in range(len(arrivals)):
        if arrivals[index] < end:
            responder = responders[index]
            lifts += responder.recovery_rate * (end - max(start, arrivals[index]))
            room += responder.capacity
    return lifts, room


@inlined
def first_arrival(arrivals):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return when the first responder begins to recover people.

    Parameters
    ----------
    arrivals : array, shape (responder,)
        When each begins. [s]

    Returns
    -------
    float
        Infinite when nobody comes. [s]

    Examples
    --------
    >>> float(first_arrival(np.array([np.inf, 600.0])))
    600.0
    """
    first = np.inf
    for arrival in arrivals:
        first = min(first, arrival)
    return first


@inlined
def people_in_water(world, draw, group, arrivals, alive, result):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Follow people from the moment they fall in until they are out, dead, or the horizon comes.

    Survival by class is a table of chances to live from one moment to the next; those alive are lifted out in
    proportion, as the responders arrive, as fast as they lift and while they have room.

    Parameters
    ----------
    world : World
        Survival tables and responders. [SI]
    draw : int
        Epistemic draw. [1]
    group : InWater
        How many, with what flotation, for how long. [people, s]
    arrivals : array, shape (responder,)
        When each begins to recover people. [s]
    alive : array, shape (class,)
        Room to work in. [people]
    result : array, shape (5,)
        Changed in place: expected dead, left in the water, rescued alive, seriously injured [people], and when
        the last was out, dead or given up [s].

    Returns
    -------
    None
    """
    body_shares(world.boats[draw], group.working_share, alive)
    # Until somebody comes nothing but the curves of survival acts: go there in one stride.
    first = min(first_arrival(arrivals), group.longest)
    last = len(world.moments) - 1
    moment = min(np.searchsorted(world.moments, first, side="right") - 1, last)
    left = 0.0
    for index in range(CLASSES):
        alive[index] *= group.people * world.alive[draw, index, moment]
        left += alive[index]
    dead = group.people - left
    over_after = world.moments[moment]
    lifted_total = group.taken
    rescued = 0.0
    injured = 0.0
    while moment < last and left > 1e-9 * group.people and world.moments[moment] < group.longest:
        moment += 1
        start = world.moments[moment - 1]
        end = world.moments[moment]
        lives_on = 0.0
        for index in range(CLASSES):
            alive[index] *= world.lives_on[draw, index, moment]
            lives_on += alive[index]
        dead += left - lives_on
        left = lives_on
        over_after = end
        lifts, room = lifted_between(world.responders[draw], arrivals, start, end)
        lifts = min(lifts, room - lifted_total)
        if lifts > 0.0 and left > 0.0:
            out = min(lifts, left)
            for index in range(CLASSES):
                alive[index] *= 1.0 - out / left
            left -= out
            lifted_total += out
            dies_later = out * world.after_recovery[draw, moment]
            dead += dies_later
            rescued += out - dies_later
            chilled = min(1.0, end / world.known[draw].injury_cold_after)
            injured += (out - dies_later) * world.known[draw].injury_cold_share * chilled
    result[DEAD] = dead
    result[LEFT] = left
    result[RESCUED] = rescued
    result[INJURED] = injured
    result[OVER_AFTER] = over_after
