"""Surf on the beach at launch or landing."""

import math

from varne.compiled import compiled


@compiled
def shore_break_probability(breaker_height, freeboard, base, exponent):  # type: ignore[no-untyped-def]  # Numba infers its types
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
