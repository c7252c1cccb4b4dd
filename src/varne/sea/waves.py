"""Waves: how high single waves are, how often they come, when they break, how wind raises them."""

import math

from varne.compiled import compiled
from varne.sea.dispersion import GRAVITY

_EULER = 0.5772156649015329  # Euler's constant [1], exact to its digits
# Forristall (1978), J. Geophys. Res. 83:2353, equation 8: storms in the Gulf of Mexico.
_FORRISTALL_POWER, _FORRISTALL_SCALE = 2.126, 8.42
# Banner, Babanin and Young (2000), J. Phys. Oceanogr. 30:3145: the steepness at which dominant waves begin to break.
_BREAKING_SCALE, _BREAKING_STEEPNESS, _BREAKING_POWER = 22.0, 0.055, 2.01
# Young and Verhagen (1996), Coastal Eng. 29:47, with the coefficients of Young and Babanin (2006).
_ENERGY_LIMIT, _FREQUENCY_LIMIT = 3.64e-3, 0.133
_DEPTH_TO_ENERGY, _DEPTH_TO_ENERGY_POWER = 0.493, 0.75
_FETCH_TO_ENERGY, _FETCH_TO_ENERGY_POWER, _ENERGY_POWER = 3.13e-3, 0.57, 1.74
_DEPTH_TO_FREQUENCY, _DEPTH_TO_FREQUENCY_POWER = 0.331, 1.01
_FETCH_TO_FREQUENCY, _FETCH_TO_FREQUENCY_POWER, _FREQUENCY_POWER = 5.215e-4, 0.73, -0.37
# Hasselmann et al. (1973), JONSWAP, with the limits of a fully grown sea above.
_JONSWAP_ENERGY, _JONSWAP_FREQUENCY, _JONSWAP_POWER = 1.6e-7, 3.5, -0.33
# DNV-RP-C205 (2014), section 3.5.5: mean zero-crossing over peak period as a cubic in the enhancement of the peak.
_CROSSING = (0.6673, 0.05037, -0.006230, 0.0003341)
PEAK_ENHANCEMENT = 3.3  # mean of JONSWAP [1], Hasselmann et al. (1973)


@compiled
def rayleigh_exceedance(height_ratio):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that a wave is higher than a given share of the significant wave height, in a narrow spectrum.

    Parameters
    ----------
    height_ratio : float
        Wave height over significant wave height. [1]

    Returns
    -------
    float
        For each wave. [1]

    References
    ----------
    Longuet-Higgins (1952), J. Mar. Res. 11:245.

    Examples
    --------
    >>> round(rayleigh_exceedance(1.0), 5)
    0.13534
    """
    return math.exp(-2.0 * height_ratio * height_ratio)


@compiled
def forristall_exceedance(height_ratio):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that a wave is higher than a given share of the significant wave height, in a real sea.

    Parameters
    ----------
    height_ratio : float
        Wave height over significant wave height. [1]

    Returns
    -------
    float
        For each wave; lower than Rayleigh's for high waves. [1]

    References
    ----------
    Forristall (1978), J. Geophys. Res. 83:2353.

    Examples
    --------
    >>> round(forristall_exceedance(2.0), 7)
    5.13e-05
    """
    return math.exp(-((4.0 * height_ratio) ** _FORRISTALL_POWER) / _FORRISTALL_SCALE)


@compiled
def expected_highest(number_of_waves):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the expected height of the highest of many waves over the significant wave height.

    Parameters
    ----------
    number_of_waves : float
        At least 2. [1]

    Returns
    -------
    float
        By Rayleigh's distribution. [1]

    References
    ----------
    Longuet-Higgins (1952), J. Mar. Res. 11:245.

    Examples
    --------
    >>> round(expected_highest(1000.0), 3)
    1.936
    """
    logarithm = math.log(number_of_waves)
    return math.sqrt(logarithm / 2.0) * (1.0 + _EULER / (2.0 * logarithm))


@compiled
def steepness(significant_height, peak_wave_number):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the significant steepness of the dominant waves.

    Parameters
    ----------
    significant_height : float
        [m]
    peak_wave_number : float
        Of the peak period, not of the mean one. [rad/m]

    Returns
    -------
    float
        Half the significant height times the wave number. [1]

    References
    ----------
    Banner, Babanin and Young (2000), J. Phys. Oceanogr. 30:3145.

    Examples
    --------
    >>> from varne.sea.dispersion import wave_number
    >>> round(steepness(1.0, wave_number(4.0, 1000.0, 0.0)), 4)
    0.1258
    """
    return significant_height * peak_wave_number / 2.0


@compiled
def breaking_chance(significant_steepness):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that a dominant wave breaks.

    Parameters
    ----------
    significant_steepness : float
        Of :func:`steepness`. [1]

    Returns
    -------
    float
        At most 1. [1]

    References
    ----------
    Banner, Babanin and Young (2000), J. Phys. Oceanogr. 30:3145; coefficients recalled.

    Examples
    --------
    >>> round(breaking_chance(0.125759), 4), breaking_chance(0.05)
    (0.1073, 0.0)
    """
    above = max(significant_steepness - _BREAKING_STEEPNESS, 0.0)
    return min(_BREAKING_SCALE * above**_BREAKING_POWER, 1.0)


@compiled
def zero_crossing_period(peak_period, peak_enhancement):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the mean time between waves of a JONSWAP spectrum.

    Parameters
    ----------
    peak_period : float
        [s]
    peak_enhancement : float
        From 1, a fully grown sea, to 7; 3.3 is the mean. [1]

    Returns
    -------
    float
        0.71 to 0.82 of the peak period. [s]

    References
    ----------
    DNV-RP-C205 (2014), section 3.5.5.

    Examples
    --------
    >>> round(zero_crossing_period(1.0, 1.0), 3), round(zero_crossing_period(1.0, 3.3), 3)
    (0.712, 0.778)
    """
    first, second, third, fourth = _CROSSING
    return peak_period * (first + peak_enhancement * (second + peak_enhancement * (third + peak_enhancement * fourth)))


@compiled
def young_verhagen(wind_speed, fetch, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the sea that a steady wind raises over a fetch in water of finite depth.

    Parameters
    ----------
    wind_speed : float
        At 10 m, above 0. [m/s]
    fetch : float
        Open water upwind. [m]
    depth : float
        Mean along the fetch. [m]

    Returns
    -------
    significant_height : float
        [m]
    peak_period : float
        [s]

    References
    ----------
    Young and Verhagen (1996), Coastal Eng. 29:47; Young and Babanin (2006), J. Phys. Oceanogr. 36:376.

    Examples
    --------
    >>> height, period = young_verhagen(8.0, 40e3, 30.0)
    >>> round(height, 3), round(period, 2)
    (0.737, 3.89)
    """
    square = wind_speed * wind_speed
    water, room = GRAVITY * depth / square, GRAVITY * fetch / square
    shallow = math.tanh(_DEPTH_TO_ENERGY * water**_DEPTH_TO_ENERGY_POWER)
    grown = math.tanh(_FETCH_TO_ENERGY * room**_FETCH_TO_ENERGY_POWER / shallow)
    energy = _ENERGY_LIMIT * (shallow * grown) ** _ENERGY_POWER * square * square / (GRAVITY * GRAVITY)
    shallow = math.tanh(_DEPTH_TO_FREQUENCY * water**_DEPTH_TO_FREQUENCY_POWER)
    grown = math.tanh(_FETCH_TO_FREQUENCY * room**_FETCH_TO_FREQUENCY_POWER / shallow)
    frequency = _FREQUENCY_LIMIT * (shallow * grown) ** _FREQUENCY_POWER * GRAVITY / wind_speed
    return 4.0 * math.sqrt(energy), 1.0 / frequency


@compiled
def jonswap(wind_speed, fetch):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the sea that a steady wind raises over a fetch in deep water.

    Parameters
    ----------
    wind_speed : float
        At 10 m, above 0. [m/s]
    fetch : float
        Open water upwind. [m]

    Returns
    -------
    significant_height : float
        [m]
    peak_period : float
        [s]

    References
    ----------
    Hasselmann et al. (1973), Dtsch. Hydrogr. Z. A8(12).

    Examples
    --------
    >>> height, period = jonswap(8.0, 40e3)
    >>> round(height, 3), round(period, 2)
    (0.817, 4.14)
    """
    square = wind_speed * wind_speed
    room = GRAVITY * fetch / square
    energy = min(_JONSWAP_ENERGY * room, _ENERGY_LIMIT) * square * square / (GRAVITY * GRAVITY)
    frequency = max(_JONSWAP_FREQUENCY * room**_JONSWAP_POWER, _FREQUENCY_LIMIT) * GRAVITY / wind_speed
    return 4.0 * math.sqrt(energy), 1.0 / frequency
