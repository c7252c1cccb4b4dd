"""Dispersion: how long and how fast waves are, in still water and on a stream, and how a stream raises them."""

import math

from varne.compiled import compiled

GRAVITY = 9.81  # [m/s²]
# Battjes and Janssen (1978), Proc. 16th Coastal Eng. Conf., 569: the highest wave, after Miche (1944).
_HIGHEST, _HIGHEST_OVER_DEPTH = 0.88, 0.73
_ROUNDS = 64
_EXACT = 1e-13
_CLOSE = 1e-8  # a step of Newton's method so small leaves an error of its square
_NO_BOTTOM = 19.0  # wave number times depth beyond which tanh is 1 to the last digit
_DEEP = 300.0  # wave number times depth beyond which sinh overflows and nothing of the bottom is left


@compiled
def group_speed(wave_number, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
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
def blocked_wave_number(depth, opposing):  # type: ignore[no-untyped-def]  # Numba infers its types
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
def still_wave_number(turning, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
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
def wave_number(period, depth, following):  # type: ignore[no-untyped-def]  # Numba infers its types
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
def highest_wave(peak_wave_number, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
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
def height_on_stream(significant_height, period, depth, following):  # type: ignore[no-untyped-def]  # Numba infers its types
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
    if speed <= _CLOSE * abs(following):  # stopped, but for rounding
        return limit if significant_height > 0.0 else 0.0
    still = group_speed(still_wave_number(turning, depth), depth)
    own = math.sqrt(GRAVITY * number * math.tanh(number * depth))
    return min(significant_height * math.sqrt(own / turning * still / speed), limit)
