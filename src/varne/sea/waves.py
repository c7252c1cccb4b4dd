"""Waves: how high single waves are, how they shorten against a stream, when they break, how wind raises them."""

import math

from varne.compiled import compiled

GRAVITY = 9.81  # [m/s²]
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
# Battjes and Janssen (1978), Proc. 16th Coastal Eng. Conf., 569: the highest wave, after Miche (1944).
_HIGHEST, _HIGHEST_OVER_DEPTH = 0.88, 0.73
_ROUNDS = 64
_EXACT = 1e-13
_CLOSE = 1e-8  # a step of Newton's method so small leaves an error of its square
_NO_BOTTOM = 19.0  # wave number times depth beyond which tanh is 1 to the last digit
_DEEP = 300.0  # wave number times depth beyond which sinh overflows and nothing of the bottom is left


@compiled
def rayleigh_exceedance(height_ratio):  # type: ignore[no-untyped-def]
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
def forristall_exceedance(height_ratio):  # type: ignore[no-untyped-def]
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
def expected_highest(number_of_waves):  # type: ignore[no-untyped-def]
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
def group_speed(wave_number, depth):  # type: ignore[no-untyped-def]
    """
    Return how fast the energy of a wave travels through still water.

    Parameters
    ----------
    wave_number : float
        [rad/m]
    depth : float
        [m]

    Returns
    -------
    float
        [m/s]

    References
    ----------
    Airy (1845); Holthuijsen (2007), Waves in Oceanic and Coastal Waters, section 5.4.4.

    Examples
    --------
    >>> round(group_speed(0.1, 1000.0), 4)  # deep water: half the phase speed
    4.9523
    """
    reach = wave_number * depth
    phase_speed = math.sqrt(GRAVITY / wave_number * math.tanh(reach))
    spread = 0.0 if reach > _DEEP else 2.0 * reach / math.sinh(2.0 * reach)
    return 0.5 * phase_speed * (1.0 + spread)


@compiled
def blocked_wave_number(depth, opposing):  # type: ignore[no-untyped-def]
    """
    Return the wave number at which a stream stops a wave: its group speed is that of the stream against it.

    Parameters
    ----------
    depth : float
        [m]
    opposing : float
        Speed of the stream against the waves, above 0. [m/s]

    Returns
    -------
    float
        That of deep water where the water is so shallow that the stream stops every wave. [rad/m]

    References
    ----------
    Peregrine (1976), Adv. Appl. Mech. 16:9.

    Examples
    --------
    >>> round(blocked_wave_number(1000.0, 2.0), 4)  # g / (4 U^2)
    0.6131
    """
    deep = GRAVITY / (4.0 * opposing * opposing)
    if opposing * opposing >= GRAVITY * depth or deep * depth > 2.0 * _NO_BOTTOM:
        return deep
    # In finite depth a group runs at most 1.3 times as fast as in deep water: the root lies below twice the deep one.
    low, high = 0.0, 2.0 * deep
    too_fast, too_slow = math.sqrt(GRAVITY * depth) - opposing, group_speed(high, depth) - opposing
    # False position, with the weight of an end halved each time it stays (Dowell and Jarratt 1971, BIT 11:168).
    stayed = 0
    for _ in range(_ROUNDS):
        middle = (low * too_slow - high * too_fast) / (too_slow - too_fast)
        excess = group_speed(middle, depth) - opposing
        if abs(excess) <= _EXACT * opposing or high - low <= _EXACT * high:
            return middle
        if excess > 0.0:
            low, too_fast = middle, excess
            too_slow = too_slow / 2.0 if stayed == 1 else too_slow
            stayed = 1
        else:
            high, too_slow = middle, excess
            too_fast = too_fast / 2.0 if stayed == 2 else too_fast
            stayed = 2
    return (low + high) / 2.0


@compiled
def still_wave_number(turning, depth):  # type: ignore[no-untyped-def]
    """
    Solve the dispersion relation in still water, ``w^2 = g k tanh(k h)``.

    Parameters
    ----------
    turning : float
        Angular frequency. [rad/s]
    depth : float
        [m]

    Returns
    -------
    float
        [rad/m]

    References
    ----------
    Airy (1845); Holthuijsen (2007), Waves in Oceanic and Coastal Waters, section 5.4.2.

    Examples
    --------
    >>> round(still_wave_number(2.0, 1000.0), 4)  # deep water: w^2 / g
    0.4077
    """
    here = turning * turning / GRAVITY
    if here * depth > _NO_BOTTOM:
        return here
    for _ in range(_ROUNDS):
        own = math.sqrt(GRAVITY * here * math.tanh(here * depth))
        further = here + (turning - own) / group_speed(here, depth)
        if abs(further - here) <= _CLOSE * here:
            return further
        here = further
    return here


@compiled
def wave_number(period, depth, following):  # type: ignore[no-untyped-def]
    """
    Solve the dispersion relation of waves on a stream, ``(w - k U)^2 = g k tanh(k h)``.

    In deep water the root is known. Elsewhere Newton's method starts from it, on the side on which its steps never
    pass the root.

    Parameters
    ----------
    period : float
        As seen from a fixed place. [s]
    depth : float
        [m]
    following : float
        Stream along the waves; negative when it runs against them. [m/s]

    Returns
    -------
    float
        Rises against the stream; where the stream stops the wave it is that of the stopped wave, and never below
        that of still water. [rad/m]

    References
    ----------
    Peregrine (1976), Adv. Appl. Mech. 16:9; Holthuijsen (2007), section 7.3.4.

    Examples
    --------
    >>> round(wave_number(5.0, 1000.0, 0.0), 4)  # deep water: (2 pi / T)^2 / g
    0.161
    >>> round(wave_number(5.0, 1000.0, -1.0), 4)
    0.2232
    """
    turning = 2.0 * math.pi / period
    inside = GRAVITY + 4.0 * turning * following
    if inside <= 0.0:
        return max(blocked_wave_number(depth, -following), still_wave_number(turning, depth))
    root = 2.0 * turning / (math.sqrt(GRAVITY) + math.sqrt(inside))
    here = root * root
    if here * depth > _NO_BOTTOM:
        return here
    for _ in range(_ROUNDS):
        reach = here * depth
        bottom = math.tanh(reach)
        own = math.sqrt(GRAVITY * here * bottom)
        slope = 0.5 * own / here * (1.0 + reach * (1.0 - bottom * bottom) / bottom) + following
        if slope <= 0.0:
            return max(blocked_wave_number(depth, -following), still_wave_number(turning, depth))
        further = here - (own + here * following - turning) / slope
        if abs(further - here) <= _CLOSE * here:
            return further
        here = further
    return here if following >= 0.0 else min(here, blocked_wave_number(depth, -following))


@compiled
def highest_wave(peak_wave_number, depth):  # type: ignore[no-untyped-def]
    """
    Return the height beyond which waves of a length break.

    Parameters
    ----------
    peak_wave_number : float
        [rad/m]
    depth : float
        [m]

    Returns
    -------
    float
        A seventh of the length in deep water, 0.73 of the depth in shallow. [m]

    References
    ----------
    Miche (1944); Battjes and Janssen (1978), Proc. 16th Coastal Eng. Conf., 569.

    Examples
    --------
    >>> round(highest_wave(0.2, 1000.0), 2), round(highest_wave(0.001, 2.0), 2)
    (4.4, 1.46)
    """
    room = _HIGHEST / peak_wave_number
    return room * math.tanh(_HIGHEST_OVER_DEPTH * depth / room)


@compiled
def height_on_stream(significant_height, period, depth, following):  # type: ignore[no-untyped-def]
    """
    Return the height of waves that have run from still water onto a stream: the flux of their action is kept.

    Against the stream they rise, at most to the height at which they break, to which a stream that stops them brings
    them too. It holds for waves that come from outside the stream. A sea raised where the whole water moves has no
    still water behind it.

    Parameters
    ----------
    significant_height : float
        In still water of the same depth. [m]
    period : float
        As seen from a fixed place. [s]
    depth : float
        [m]
    following : float
        Stream along the waves; negative when it runs against them. [m/s]

    Returns
    -------
    float
        Significant. [m]

    References
    ----------
    Longuet-Higgins and Stewart (1961), J. Fluid Mech. 10:529; Bretherton and Garrett (1968), Proc. R. Soc. A 302:529;
    Peregrine (1976), Adv. Appl. Mech. 16:9.

    Examples
    --------
    >>> round(height_on_stream(0.5, 5.0, 1000.0, -1.0), 3)
    0.705
    >>> round(height_on_stream(0.5, 5.0, 1000.0, 1.0), 3)
    0.404
    """
    turning = 2.0 * math.pi / period
    number = wave_number(period, depth, following)
    limit = highest_wave(number, depth)
    speed = group_speed(number, depth) + following
    if speed <= 0.0:
        return limit if significant_height > 0.0 else 0.0
    still = group_speed(still_wave_number(turning, depth), depth)
    own = math.sqrt(GRAVITY * number * math.tanh(number * depth))
    return min(significant_height * math.sqrt(own / turning * still / speed), limit)


@compiled
def steepness(significant_height, peak_wave_number):  # type: ignore[no-untyped-def]
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
    >>> round(steepness(1.0, wave_number(4.0, 1000.0, 0.0)), 4)
    0.1258
    """
    return significant_height * peak_wave_number / 2.0


@compiled
def breaking_chance(significant_steepness):  # type: ignore[no-untyped-def]
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
def zero_crossing_period(peak_period, peak_enhancement):  # type: ignore[no-untyped-def]
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
def young_verhagen(wind_speed, fetch, depth):  # type: ignore[no-untyped-def]
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
def jonswap(wind_speed, fetch):  # type: ignore[no-untyped-def]
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
