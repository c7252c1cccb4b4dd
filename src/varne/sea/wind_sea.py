"""The sea that wind raises, limited by fetch, depth and duration, alone and with swell."""

import math

from varne.compiled import inlined
from varne.sea.dispersion import GRAVITY
from varne.sea.waves import young_verhagen

SHORTEST = 0.5  # period of a flat sea: no wave that a boat feels is shorter; our choice [s]
# Coastal Engineering Manual (2015), EM 1110-2-1100, II-2-2: drag, and the fetch that a duration is worth.
_DRAG, _DRAG_RISE = 1.1e-3, 3.5e-5  # [1, s/m]
_DURATION_TO_FETCH, _DURATION_POWER = 5.23e-3, 1.5
# A young sea holds its energy when fetch times squared wind does (JONSWAP 1973), and the fetch of a duration goes as
# its power times the root of the wind: so much time is a change of wind worth.
_CHANGE_POWER = (2.0 + 0.5) / _DURATION_POWER
_NOTHING = 1e-6  # wind, fetch, depth or time below which the sea is flat [SI]


@inlined
def equivalent_fetch(wind_speed, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the fetch over which a steady wind raises the same sea as in a given time over open water.

    Parameters
    ----------
    wind_speed : float
        At 10 m, above 0. [m/s]
    duration : float
        How long it has blown. [s]

    Returns
    -------
    float
        [m]

    References
    ----------
    Coastal Engineering Manual (2015), EM 1110-2-1100, part II, chapter 2; the formula as coded in ScientiMate 2.0.

    Examples
    --------
    >>> round(equivalent_fetch(10.0, 6.0 * 3600.0))
    32089
    """
    friction = wind_speed * math.sqrt(_DRAG + _DRAG_RISE * wind_speed)
    scaled = GRAVITY * duration / friction
    return _DURATION_TO_FETCH * scaled * math.sqrt(scaled) * friction * friction / GRAVITY


@inlined
def least_duration(wind_speed, fetch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how long a wind must blow before the fetch limits the sea: the inverse of :func:`equivalent_fetch`.

    Parameters
    ----------
    wind_speed : float
        At 10 m, above 0. [m/s]
    fetch : float
        [m]

    Returns
    -------
    float
        [s]

    References
    ----------
    Coastal Engineering Manual (2015), EM 1110-2-1100, part II, chapter 2.

    Examples
    --------
    >>> round(least_duration(10.0, equivalent_fetch(10.0, 7200.0)))
    7200
    """
    friction = wind_speed * math.sqrt(_DRAG + _DRAG_RISE * wind_speed)
    scaled = GRAVITY * fetch / (friction * friction) / _DURATION_TO_FETCH
    return scaled ** (1.0 / _DURATION_POWER) * friction / GRAVITY


@inlined
def duration_after(duration, old_speed, new_speed, turned, interval):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return for how long the wind of now would have had to blow to raise the sea of now, a moment later.

    A wind that has turned by more than 45 degrees begins anew. A stronger wind would have needed less time for what
    there is, a weaker one more.

    Parameters
    ----------
    duration : float
        The same a moment ago, at most :func:`least_duration` of the fetch where that is to be told apart. [s]
    old_speed, new_speed : float
        Of the wind, a moment ago and now. [m/s]
    turned : float
        By how much the wind differs from the way the sea runs, any turn. [rad]
    interval : float
        Between the moments. [s]

    Returns
    -------
    float
        [s]

    References
    ----------
    Derived from Hasselmann et al. (1973) and the Coastal Engineering Manual (2015).

    Examples
    --------
    >>> duration_after(7200.0, 8.0, 8.0, 0.1, 1800.0)
    9000.0
    >>> duration_after(7200.0, 8.0, 8.0, 1.0, 1800.0)
    1800.0
    """
    if math.cos(turned) < math.sqrt(0.5) or new_speed <= _NOTHING or old_speed <= _NOTHING:
        return interval
    return duration * (old_speed / new_speed) ** _CHANGE_POWER + interval


@inlined
def wind_sea(wind_speed, fetch, depth, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the sea that the wind has raised: over the fetch, or over what its duration is worth if that is less.

    Without wind, fetch, water or time the sea is flat and its period is :data:`SHORTEST`, which no period falls below.

    Parameters
    ----------
    wind_speed : float
        At 10 m, against the water where that moves. [m/s]
    fetch : float
        Effective fetch upwind. [m]
    depth : float
        Mean depth upwind. [m]
    duration : float
        How long the wind has blown from there; infinite for a sea at rest with its wind. [s]

    Returns
    -------
    significant_height : float
        [m]
    peak_period : float
        [s]

    References
    ----------
    Young and Verhagen (1996), Coastal Eng. 29:47; Young and Babanin (2006), J. Phys. Oceanogr. 36:376; Coastal
    Engineering Manual (2015).

    Examples
    --------
    >>> height, period = wind_sea(8.0, 40e3, 30.0, math.inf)
    >>> round(height, 3), round(period, 2)
    (0.737, 3.89)
    >>> wind_sea(0.0, 40e3, 30.0, 3600.0)
    (0.0, 0.5)
    """
    if wind_speed <= _NOTHING or fetch <= _NOTHING or depth <= _NOTHING or duration <= _NOTHING:
        return 0.0, SHORTEST
    worth = equivalent_fetch(wind_speed, duration)
    # In this order a duration that is not a number stays one.
    height, period = young_verhagen(wind_speed, fetch if fetch < worth else worth, depth)
    return height, max(period, SHORTEST)


@inlined
def combine(sea_height, sea_period, swell_height, swell_period, crossing):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return what boats meet when wind sea and swell run together.

    Energies add. The peak is that of the component with the higher spectral peak, which goes as the square of its
    height times its period. The mean zero-crossing period is exact for spectra that add. Waves break by the steeper
    component alone: a long swell must not hide a short steep sea, so its height and period are returned too.

    Parameters
    ----------
    sea_height, swell_height : float
        Significant. [m]
    sea_period, swell_period : float
        Of the peaks, above 0. [s]
    crossing : float
        Zero-crossing period over peak period, of each. [1]

    Returns
    -------
    significant_height : float
        Of both. [m]
    peak_period : float
        Of the component with the higher peak. [s]
    zero_crossing_period : float
        Of both. [s]
    steep_height : float
        Significant height of the component that is steeper in deep water. [m]
    steep_period : float
        Its peak period. [s]

    References
    ----------
    Holthuijsen (2007), Waves in Oceanic and Coastal Waters, sections 4.2.2 and 3.5.3: moments of spectra add.

    Examples
    --------
    >>> height, peak, mean, steep_height, steep_period = combine(0.6, 3.5, 0.8, 9.0, 0.745)
    >>> round(height, 2), peak, round(mean, 2), steep_height, steep_period
    (1.0, 9.0, 3.86, 0.6, 3.5)
    """
    sea, swell = sea_height * sea_height, swell_height * swell_height
    sea_turns, swell_turns = sea / (sea_period * sea_period), swell / (swell_period * swell_period)
    total = sea + swell
    peak = sea_period if sea * sea_period >= swell * swell_period else swell_period
    mean = crossing * (math.sqrt(total / (sea_turns + swell_turns)) if total > _NOTHING * _NOTHING else peak)
    # Steepness goes as height over squared period: its square as energy over the fourth power.
    if sea_turns / (sea_period * sea_period) >= swell_turns / (swell_period * swell_period):
        return math.sqrt(total), peak, mean, sea_height, sea_period
    return math.sqrt(total), peak, mean, swell_height, swell_period
