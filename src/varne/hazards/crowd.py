"""People moving to one side of a boat."""

import math

from varne.compiled import inlined


@inlined
def sinking_share(freeboard, beam, mass, metacentric_height, people_mass, move_distance):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share of the people whose move to one side puts that tube under.

    A rigid boat is assumed; a real one flexes, so this is an upper bound.

    Parameters
    ----------
    freeboard : float
        Height of the tubes' upper edge above the water. [m]
    beam : float
        Over both tubes. [m]
    mass : float
        Of boat, engine, people and water aboard. [kg]
    metacentric_height : float
        Above the centre of mass, less the loss by water aboard. [m]
    people_mass : float
        Of all people aboard. [kg]
    move_distance : float
        How far across the boat they move. [m]

    Returns
    -------
    float
        0 when the boat has no freeboard or no upright rest, above 1 when all of them are not enough. [1]

    References
    ----------
    Inclining experiment at the heel whose tangent is ``2 F / B``.

    Examples
    --------
    >>> round(sinking_share(0.207536, 2.2, 4160.0, 1.40106, 3850.0, 0.9), 3)
    0.317
    """
    if people_mass <= 0.0:
        return math.inf
    if freeboard <= 0.0 or metacentric_height <= 0.0:
        return 0.0
    return 2.0 * freeboard / beam * mass * metacentric_height / (people_mass * move_distance)


@inlined
def shift_capsizes(sinking_share, typical_share):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that one movement of the crowd puts a tube under.

    Parameters
    ----------
    sinking_share : float
        Share of the people that is needed. [1]
    typical_share : float
        Mean share that moves; the share is exponentially distributed. [1]

    Returns
    -------
    float
        0 when more people are needed than there are. [1]

    References
    ----------
    Expert prior; no distribution of crowd movements in boats is published.

    Examples
    --------
    >>> round(shift_capsizes(0.1, 0.05), 4)
    0.1353
    >>> shift_capsizes(1.2, 0.05)
    0.0
    """
    if sinking_share >= 1.0:
        return 0.0
    if sinking_share <= 0.0:
        return 1.0
    return math.exp(-sinking_share / typical_share)


@inlined
def capsize_rate(movement_rate, multiplier, sinking_share, typical_share):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often the crowd puts a tube under.

    Parameters
    ----------
    movement_rate : float
        Movements of the crowd when nobody is near. [1/s]
    multiplier : float
        On that rate, for what others do to the boat. [1]
    sinking_share : float
        Share of the people that is needed. [1]
    typical_share : float
        Mean share that moves. [1]

    Returns
    -------
    float
        Capsizes in a second. [1/s]

    References
    ----------
    Expert prior; no rate of crowd movements in boats is published.

    Examples
    --------
    >>> round(capsize_rate(0.1 / 3600.0, 2.0, 0.1, 0.05) * 3600.0, 4)  # in an hour
    0.0271
    """
    return movement_rate * multiplier * shift_capsizes(sinking_share, typical_share)
