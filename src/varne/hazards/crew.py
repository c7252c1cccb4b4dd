"""Injuries of the crews who come to help or to stop."""

import math

from varne.compiled import compiled


@compiled
def crew_injury_rate(crew, contact_rate, wave_height, wave_growth, resistance):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many of a responder's crew are seriously hurt in a second.

    Parameters
    ----------
    crew : float
        How many are exposed. [people]
    contact_rate : float
        Serious injuries of one of them in a flat sea, by what they do: near, alongside, boarding. [1/s]
    wave_height : float
        Significant. [m]
    wave_growth : float
        Logarithm of the factor for each metre of waves. [1/m]
    resistance : float
        Factor for people who resist; 1 when they do not. [1]

    Returns
    -------
    float
        Serious injuries in a second. [1/s]

    References
    ----------
    Expert prior; no rate of injury in encounters with small boats is published.

    Examples
    --------
    >>> round(crew_injury_rate(3.0, 1e-4, 1.0, 0.7, 2.0), 6)
    0.001208
    """
    return crew * contact_rate * math.exp(wave_growth * wave_height) * resistance


@compiled
def crew_hurt(crew, expected):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many of a crew are hurt: nobody is hurt twice.

    Parameters
    ----------
    crew : float
        Exposed. [people]
    expected : float
        Injuries if each could be hurt again and again. [people]

    Returns
    -------
    float
        Never more than the crew. [people]

    References
    ----------
    Each of the crew is hurt at random, at the mean rate.

    Examples
    --------
    >>> round(crew_hurt(4.0, 0.01), 5), round(crew_hurt(4.0, 400.0), 5)
    (0.00999, 4.0)
    """
    return -crew * math.expm1(-expected / crew)
