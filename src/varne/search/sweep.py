"""Sweep width: how wide a path a lookout searches, and how likely that finds someone."""

import math

from varne.compiled import compiled

_HALF_ROOT_PI = math.sqrt(math.pi) / 2.0
# S = W (-5/8 ln(1 - POD))^(-5/7) in the plans of SAR Denmark, solved for POD with coverage W/S.
_DANISH_SCALE = 8.0 / 5.0
_DANISH_POWER = 7.0 / 5.0


@compiled
def weather_factor(  # type: ignore[no-untyped-def]  # Numba infers its types
    wind_speed, wave_height, moderate_wind, moderate_wave, rough_wind, rough_wave, moderate_share, rough_share
):
    """
    Return the share of the sweep width that wind and waves leave: the tables have two steps.

    Parameters
    ----------
    wind_speed : float
        Mean wind. [m/s]
    wave_height : float
        Height of the seas. [m]
    moderate_wind, rough_wind : float
        Wind above which each step applies. [m/s]
    moderate_wave, rough_wave : float
        Height of the seas above which each step applies. [m]
    moderate_share, rough_share : float
        Share left on each step, for this kind of target. [1]

    Returns
    -------
    float
        1 in fair weather. [1]

    References
    ----------
    Joint Publication 3-50, appendix D, weather correction factors.

    Examples
    --------
    >>> weather_factor(9.0, 0.3, 7.7, 0.6, 12.9, 1.2, 0.5, 0.25)
    0.5
    """
    if wind_speed > rough_wind or wave_height > rough_wave:
        return rough_share
    if wind_speed > moderate_wind or wave_height > moderate_wave:
        return moderate_share
    return 1.0


@compiled
def sweep_width(uncorrected, weather, speed_correction, darkness, night_share, fatigue):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the sweep width on scene: what the table says, less weather, speed, darkness and tiredness.

    Parameters
    ----------
    uncorrected : float
        By daylight in fair weather. [m]
    weather : float
        Share that weather leaves; see :func:`weather_factor`. [1]
    speed_correction : float
        Factor for the speed of an aircraft; 1 for boats. [1]
    darkness : float
        0 by day, 1 by night, between them in twilight. [1]
    night_share : float
        Share of the width by day that is left by night. [1]
    fatigue : float
        Share that tired lookouts leave; 1 when they are fresh. [1]

    Returns
    -------
    float
        Sweep width. [m]

    References
    ----------
    Joint Publication 3-50, appendix D: W = Wu fw fv ff. The share by night is Varne's; the tables hold by day.

    Examples
    --------
    >>> sweep_width(4000.0, 0.5, 1.0, 1.0, 0.25, 0.9)
    450.0
    """
    return uncorrected * weather * speed_correction * (1.0 - darkness * (1.0 - night_share)) * fatigue


@compiled
def coverage(width, speed, duration, area):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often a search could have swept its area.

    Parameters
    ----------
    width : float
        Sweep width. [m]
    speed : float
        Of the searcher. [m/s]
    duration : float
        Time spent searching. [s]
    area : float
        Searched. [m²]

    Returns
    -------
    float
        Coverage ``W v t / A``; infinite in no area. [1]

    References
    ----------
    Koopman (1946), Search and Screening, OEG Report 56.

    Examples
    --------
    >>> coverage(500.0, 5.0, 3600.0, 9e6)
    1.0
    """
    if area <= 0.0:
        return math.inf
    return width * speed * duration / area


@compiled
def random_search(coverage):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the probability of detection of a search without a pattern: the usual, cautious law.

    Parameters
    ----------
    coverage : float
        Effort over area. [1]

    Returns
    -------
    float
        ``1 - exp(-C)``. [1]

    References
    ----------
    Koopman (1946), Search and Screening, OEG Report 56.

    Examples
    --------
    >>> round(random_search(1.0), 6)
    0.632121
    """
    return -math.expm1(-coverage)


@compiled
def inverse_cube(coverage):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the probability of detection of parallel sweeps by eye.

    Parameters
    ----------
    coverage : float
        Effort over area. [1]

    Returns
    -------
    float
        ``erf(sqrt(pi) C / 2)``. [1]

    References
    ----------
    SAROPS, class InverseCube: lateral range curve ``1 - exp(-(W/x)^2 / (4 pi))``.

    Examples
    --------
    >>> round(inverse_cube(1.0), 6)
    0.789909
    """
    return math.erf(_HALF_ROOT_PI * coverage)


@compiled
def definite_range(coverage):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the probability of detection of a perfect lookout on perfect tracks: no search finds more.

    Parameters
    ----------
    coverage : float
        Effort over area. [1]

    Returns
    -------
    float
        The coverage, up to 1. [1]

    References
    ----------
    Koopman (1946), Search and Screening, OEG Report 56.

    Examples
    --------
    >>> definite_range(0.25), definite_range(2.0)
    (0.25, 1.0)
    """
    return min(coverage, 1.0)


@compiled
def sar_denmark(coverage):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the probability of detection as the Danish plans have it.

    Parameters
    ----------
    coverage : float
        Effort over area. [1]

    Returns
    -------
    float
        ``1 - exp(-1.6 C^1.4)``. [1]

    References
    ----------
    Danish Maritime Authority, e-Navigation Prototype Display (EPD) and ArcticWeb: track spacing
    ``S = W (-5/8 ln(1 - POD))^(-5/7)``.

    Examples
    --------
    >>> round(sar_denmark(1.0), 6)
    0.798103
    """
    return -math.expm1(-_DANISH_SCALE * coverage**_DANISH_POWER)


@compiled
def expected_search_time(area, width, speed):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the mean time until a random search finds someone who is in the area.

    Parameters
    ----------
    area : float
        In which they are. [m²]
    width : float
        Sweep width. [m]
    speed : float
        Of the searcher. [m/s]

    Returns
    -------
    float
        ``A / (W v)``; infinite when nothing is swept. [s]

    References
    ----------
    Koopman (1946): detection is a Poisson process of rate ``W v / A``.

    Examples
    --------
    >>> expected_search_time(9e6, 500.0, 5.0)
    3600.0
    """
    swept = width * speed
    if swept <= 0.0:
        return 0.0 if area <= 0.0 else math.inf
    return max(area, 0.0) / swept
