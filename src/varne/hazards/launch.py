"""Surf on the beach at launch or landing."""

import math

from varne.compiled import compiled

_GRAVITY = 9.80665  # standard gravity, exact (CGPM 1901) [m/s²]
# Komar and Gaughan (1972): breaker height from deep-water height and period.
_BREAKER = 0.39
_GRAVITY_POWER = 0.2
_FLUX_POWER = 0.4


@compiled
def breaker_height(wave_height, peak_period):  # type: ignore[no-untyped-def]
    """
    Return the height at which waves break on the beach.

    Parameters
    ----------
    wave_height : float
        In deep water. [m]
    peak_period : float
        Of the waves. [s]

    Returns
    -------
    float
        Of the breakers. [m]

    References
    ----------
    Komar and Gaughan (1972), Airy wave theory and breaker height prediction, Proc. 13th Coastal Eng. Conf., 405.

    Examples
    --------
    >>> round(breaker_height(0.5, 4.0), 3)
    0.616
    """
    if wave_height <= 0.0 or peak_period <= 0.0:
        return 0.0
    flux = peak_period * wave_height * wave_height
    return _BREAKER * _GRAVITY**_GRAVITY_POWER * flux**_FLUX_POWER


@compiled
def shore_break_probability(breaker_height, freeboard, base, exponent):  # type: ignore[no-untyped-def]
    """
    Return the chance that one launch or landing through the surf swamps the boat.

    Parameters
    ----------
    breaker_height : float
        Of the surf. [m]
    freeboard : float
        Of the loaded boat. [m]
    base : float
        Swampings to be expected when the breakers are as high as the freeboard. [1]
    exponent : float
        How steeply they rise with the breakers. [1]

    Returns
    -------
    float
        0 without surf, 1 without freeboard. [1]

    References
    ----------
    Expert prior; no rate of swamping at launches is published.

    Examples
    --------
    >>> round(shore_break_probability(0.6, 0.2, 0.005, 1.5), 4)
    0.0256
    """
    if freeboard <= 0.0:
        return 1.0
    if breaker_height <= 0.0:
        return 0.0
    return -math.expm1(-base * (breaker_height / freeboard) ** exponent)
