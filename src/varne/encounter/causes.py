"""
Deaths by cause: what killed, kept beside how many died.

Fields are written out one by one: a kernel cannot walk over the names of a record.
"""

import math

from varne.chance import nobody_of
from varne.compiled import inlined


@inlined
def forget_causes(state):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Begin a voyage: nothing has killed yet.

    Parameters
    ----------
    state : record of STATE
        Changed in place. [people]

    Returns
    -------
    None
    """
    state.deaths_launch = 0.0
    state.events_launch = 0.0
    state.deaths_water = 0.0
    state.events_water = 0.0
    state.deaths_structure = 0.0
    state.events_structure = 0.0
    state.deaths_crowd = 0.0
    state.events_crowd = 0.0
    state.deaths_breaking = 0.0
    state.events_breaking = 0.0
    state.deaths_collision = 0.0
    state.events_collision = 0.0
    state.deaths_overboard = 0.0
    state.events_overboard = 0.0
    state.deaths_crush = 0.0
    state.events_crush = 0.0
    state.deaths_boarding = 0.0
    state.events_boarding = 0.0
    state.deaths_exposure = 0.0
    state.events_exposure = 0.0


@inlined
def blame_foundering(state, known, people, dead):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Share the deaths of those who foundered or were struck in a block among what sank the boat.

    Parameters
    ----------
    state : record of STATE
        With what waits, by cause; its deaths and events by cause are added to. [people, 1]
    known : record
        Drawn facts. [1]
    people : float
        Aboard when the boat was lost. [people]
    dead : float
        Of them, if they fall into the water as they are. [people]

    Returns
    -------
    None
    """
    each = dead / people
    fatal = 1.0 - nobody_of(people, each)
    state.deaths_water += state.pending_water * dead
    state.events_water += state.pending_water * fatal
    state.deaths_structure += state.pending_structure * dead
    state.events_structure += state.pending_structure * fatal
    state.deaths_crowd += state.pending_crowd * dead
    state.events_crowd += state.pending_crowd * fatal
    state.deaths_breaking += state.pending_breaking * dead
    state.events_breaking += state.pending_breaking * fatal
    if state.pending_struck > 0.0:  # some die at once; the rest fare as all who founder
        at_once = known.collision_death_share
        state.deaths_collision += state.pending_struck * (at_once * people + (1.0 - at_once) * dead)
        struck = at_once + (1.0 - at_once) * each
        state.events_collision += state.pending_struck * (1.0 - nobody_of(people, struck))


@inlined
def count_events(state, group):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Turn the deaths that come while a voyage goes on into the chance of at least one, by cause.

    Parameters
    ----------
    state : record of STATE
        Changed in place. [1]
    group : float
        Mean number of people who die together when a crowd crushes. [people]

    Returns
    -------
    None
    """
    group = max(group, 1.0)
    state.events_overboard = -math.expm1(-state.deaths_overboard)
    state.events_exposure = -math.expm1(-state.deaths_exposure)
    state.events_crush = -math.expm1(-state.deaths_crush / group)
    state.events_boarding = -math.expm1(-state.deaths_boarding / group)


@inlined
def keep_causes(state, outcome):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Keep the deaths and fatal events of one member by cause.

    Parameters
    ----------
    state : record of STATE
        The end of the voyage. [people, 1]
    outcome : record of OUTCOME
        Changed in place. [people, 1]

    Returns
    -------
    None
    """
    outcome.deaths_launch = state.deaths_launch
    outcome.events_launch = state.events_launch
    outcome.deaths_water = state.deaths_water
    outcome.events_water = state.events_water
    outcome.deaths_structure = state.deaths_structure
    outcome.events_structure = state.events_structure
    outcome.deaths_crowd = state.deaths_crowd
    outcome.events_crowd = state.events_crowd
    outcome.deaths_breaking = state.deaths_breaking
    outcome.events_breaking = state.events_breaking
    outcome.deaths_collision = state.deaths_collision
    outcome.events_collision = state.events_collision
    outcome.deaths_overboard = state.deaths_overboard
    outcome.events_overboard = state.events_overboard
    outcome.deaths_crush = state.deaths_crush
    outcome.events_crush = state.events_crush
    outcome.deaths_boarding = state.deaths_boarding
    outcome.events_boarding = state.events_boarding
    outcome.deaths_exposure = state.deaths_exposure
    outcome.events_exposure = state.events_exposure
