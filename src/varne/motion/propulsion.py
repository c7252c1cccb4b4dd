"""How fast and which way boats go under their engines."""

import math

from varne.compiled import compiled


@compiled
def speed_through_water(engine_speed, people_aboard, design_people, load_exponent, wave_height, wave_slowdown):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the speed of a loaded small boat through the water.

    Parameters
    ----------
    engine_speed : float
        In a flat sea with no more aboard than the boat is sized for. [m/s]
    people_aboard, design_people : float
        Aboard, and what the boat is sized for. [people]
    load_exponent : float
        How steeply speed falls with the load. [1]
    wave_height : float
        Significant. [m]
    wave_slowdown : float
        Logarithm of the factor lost for each metre of waves. [1/m]

    Returns
    -------
    float
        Never above that in a flat sea. [m/s]

    References
    ----------
    Expert prior; no speeds of loaded inflatables are published.

    Examples
    --------
    >>> round(speed_through_water(2.6, 54.0, 20.0, 0.1, 0.5, 0.25), 2)
    2.08
    """
    speed = engine_speed * math.exp(-wave_slowdown * max(wave_height, 0.0))
    if people_aboard <= design_people:
        return speed
    return speed * (design_people / people_aboard) ** load_exponent


@compiled
def course(from_x, from_y, to_x, to_y):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the bearing from one point of the local plane to another.

    Parameters
    ----------
    from_x, to_x : float
        East. [m]
    from_y, to_y : float
        North. [m]

    Returns
    -------
    float
        Clockwise from north, from 0 to a full turn; 0 when both are one point. [rad]

    References
    ----------
    Plane trigonometry.

    Examples
    --------
    >>> round(math.degrees(course(0.0, 0.0, -1.0, 0.0)))
    270
    """
    return math.atan2(to_x - from_x, to_y - from_y) % (2.0 * math.pi)
