"""Ships that run a small boat down."""

import math

from varne.compiled import inlined


@inlined
def relative_speed(speed_1, speed_2, cosine):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the speed at which two vessels move against each other.

    Parameters
    ----------
    speed_1, speed_2 : float
        Of the ship and of the boat. [m/s]
    cosine : float
        Of the angle between their courses. [1]

    Returns
    -------
    float
        0 when both move as one. [m/s]

    References
    ----------
    Pedersen (1995), Collision and grounding mechanics, WEMT'95: law of cosines.

    Examples
    --------
    >>> round(relative_speed(7.2022, 2.0578, 0.0), 2)
    7.49
    """
    square = speed_1 * speed_1 + speed_2 * speed_2 - 2.0 * speed_1 * speed_2 * cosine
    return math.sqrt(max(square, 0.0))


@inlined
def geometric_diameter(length_1, beam_1, speed_1, length_2, beam_2, speed_2, cosine):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the width of the strip, across the relative motion, within which two vessels touch.

    Parameters
    ----------
    length_1, beam_1 : float
        Of the ship. [m]
    speed_1 : float
        Of the ship. [m/s]
    length_2, beam_2 : float
        Of the boat. [m]
    speed_2 : float
        Of the boat; 0 for one that lies still. [m/s]
    cosine : float
        Of the angle between their courses. [1]

    Returns
    -------
    float
        The sum of the beams when nothing moves against the other. [m]

    References
    ----------
    Pedersen (1995), Collision and grounding mechanics, WEMT'95: geometrical collision diameter.

    Examples
    --------
    >>> round(geometric_diameter(180.0, 28.0, 7.2022, 9.0, 2.2, 2.0578, 0.0), 1)
    85.6
    """
    between = relative_speed(speed_1, speed_2, cosine)
    if between <= 0.0:
        return beam_1 + beam_2
    sine = math.sqrt(max(1.0 - cosine * cosine, 0.0)) / between
    across_1 = sine * speed_1
    across_2 = sine * speed_2
    return (
        length_1 * across_2
        + length_2 * across_1
        + beam_2 * math.sqrt(max(1.0 - across_1 * across_1, 0.0))
        + beam_1 * math.sqrt(max(1.0 - across_2 * across_2, 0.0))
    )


@inlined
def transit_candidates(flux, diameter, relative_speed, speed_1, speed_2, cosine):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many ships are met on a collision course in one crossing of a lane, if neither side acts.

    Parameters
    ----------
    flux : float
        Ships that pass along the lane. [1/s]
    diameter : float
        Width of the strip within which the two touch. [m]
    relative_speed : float
        Of ship and boat. [m/s]
    speed_1, speed_2 : float
        Of the ships and of the boat. [m/s]
    cosine : float
        Of the angle between their courses. [1]

    Returns
    -------
    float
        Infinite for a boat that never gets across. [1]

    References
    ----------
    Pedersen (1995), Collision and grounding mechanics, WEMT'95: ``Q D V / (V1 V2 sin θ)``.

    Examples
    --------
    >>> round(transit_candidates(200.0 / 86400.0, 85.59, 7.49, 7.2022, 2.0578, 0.0), 3)
    0.1
    """
    if flux <= 0.0:
        return 0.0
    across = speed_1 * speed_2 * math.sqrt(max(1.0 - cosine * cosine, 0.0))
    if across <= 0.0:
        return math.inf
    return flux * diameter * relative_speed / across


@inlined
def encounter_rate(flux, lane_width, ship_speed, diameter, relative_speed):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often a boat inside a lane meets a ship on a collision course, if neither side acts.

    Parameters
    ----------
    flux : float
        Ships that pass along the lane. [1/s]
    lane_width : float
        Over which they are spread. [m]
    ship_speed : float
        Of the ships. [m/s]
    diameter : float
        Width of the strip within which the two touch. [m]
    relative_speed : float
        Of ship and boat. [m/s]

    Returns
    -------
    float
        Ships in a second: their number on each area times the area swept. [1/s]

    References
    ----------
    Pedersen (1995), Collision and grounding mechanics, WEMT'95, before its integral over the crossing.

    Examples
    --------
    >>> round(encounter_rate(200.0 / 86400.0, 8000.0, 7.2022, 85.59, 7.49) * 3600.0, 4)  # in an hour
    0.0927
    """
    return flux / (lane_width * ship_speed) * diameter * relative_speed


@inlined
def collision_chance(ship_misses, boat_misses):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that a ship on a collision course strikes the boat.

    Parameters
    ----------
    ship_misses : float
        Chance that the ship does not see the boat or does not avoid it. [1]
    boat_misses : float
        Chance that the boat does not avoid the ship. [1]

    Returns
    -------
    float
        Both must fail. [1]

    References
    ----------
    Chain in place of the causation factors of IWRAP, which assume a visible target and a watch on both sides.

    Examples
    --------
    >>> round(collision_chance(0.04, 0.01), 6)
    0.0004
    """
    return ship_misses * boat_misses
