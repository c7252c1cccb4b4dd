"""Water coming aboard over the side."""

import math

from varne.compiled import inlined

_DEVIATIONS = 4.0  # significant wave height over the standard deviation of the sea's surface, by definition


@inlined
def wetting_probability(freeboard, wave_height, relative_motion):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that one wave comes over the side.

    Parameters
    ----------
    freeboard : float
        Height of the tubes' upper edge above the water; 0 or less when it is under. [m]
    wave_height : float
        Significant. [m]
    relative_motion : float
        Motion of the sea against the boat's side as a share of the sea's own: 0 for a boat that follows each wave. [1]

    Returns
    -------
    float
        1 when there is no freeboard. [1]

    References
    ----------
    Ochi (1964), deck wetness: the relative motion is Gaussian, its crests Rayleigh: ``exp(-F² / (2 s²))``.

    Examples
    --------
    >>> round(wetting_probability(0.2, 0.5, 0.5), 5)
    0.00598
    """
    if freeboard <= 0.0:
        return 1.0
    spread = relative_motion * wave_height / _DEVIATIONS
    if spread <= 0.0:
        return 0.0
    ratio = freeboard / spread
    return math.exp(-ratio * ratio / 2.0)


@inlined
def water_inflow(freeboard, wave_height, relative_motion, zero_crossing_period, water_per_wave):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how fast water comes over the side.

    Parameters
    ----------
    freeboard : float
        Height of the tubes' upper edge above the water. [m]
    wave_height : float
        Significant. [m]
    relative_motion : float
        Motion of the sea against the boat's side as a share of the sea's own. [1]
    zero_crossing_period : float
        Mean time between waves. [s]
    water_per_wave : float
        Left aboard by one wave that comes over. [m³]

    Returns
    -------
    float
        Mean over many waves. [m³/s]

    References
    ----------
    Ochi (1964), deck wetness, events times the water of each.

    Examples
    --------
    >>> round(water_inflow(0.2, 0.5, 0.5, 2.6, 0.045) * 3600.0, 3)  # in an hour
    0.372
    """
    chance = wetting_probability(freeboard, wave_height, relative_motion)
    if chance <= 0.0:
        return 0.0
    return chance * water_per_wave / zero_crossing_period
