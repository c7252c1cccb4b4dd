"""Tables of what a stream does to waves, by depth, frequency and stream: fast enough to ask along a voyage."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled, inlined
from varne.sea.dispersion import height_on_stream, wave_number

# The grid of the table: our choice. Depth doubles in two places from 1 m; frequencies are those of periods from 30 s to
# 1 s; streams reach beyond the fastest of the strait at springs. Between its points the number is interpolated.
_PLACES_TO_DOUBLE = 2
_DEPTHS = 2.0 ** (np.arange(15.0) / _PLACES_TO_DOUBLE)  # [m]
_SLOWEST, _FASTEST, _TURNINGS = 2.0 * math.pi / 30.0, 2.0 * math.pi, 64  # [rad/s]
_FURTHEST_STREAM, _STREAMS = 3.0, 41  # [m/s]
_TURNING_STEP = (_FASTEST - _SLOWEST) / (_TURNINGS - 1)
_REFERENCE_HEIGHT = 0.5  # of the waves whose rise is tabulated: against a stream they rise until they break [m]
_STREAM_STEP = 2.0 * _FURTHEST_STREAM / (_STREAMS - 1)


def wave_number_table() -> NDArray[np.float32]:
    """
    Tabulate the wave numbers of waves on a stream.

    Returns
    -------
    array, shape (depth, frequency, stream)
        For :func:`tabulated`. [rad/m]

    Examples
    --------
    >>> bool((wave_number_table() > 0).all())
    True
    """
    return _tables()[0]


def gain_table() -> NDArray[np.float32]:
    """
    Tabulate by how much waves that run from still water onto a stream rise.

    Returns
    -------
    array, shape (depth, frequency, stream)
        For :func:`tabulated`: height over that in still water, of waves of half a metre. [1]

    Examples
    --------
    >>> round(tabulated(gain_table(), 5.0, 128.0, -1.0), 2)  # height_on_stream(0.5, 5, deep, -1) / 0.5
    1.41
    """
    return _tables()[1]


@cache
def _tables() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    shape = (len(_DEPTHS), _TURNINGS, _STREAMS)
    numbers, gains = (np.empty(shape, dtype=np.float32) for _ in range(2))  # small enough to stay at hand
    _fill(numbers, gains, _DEPTHS)
    return numbers, gains


@compiled
def _fill(numbers, gains, depths):  # type: ignore[no-untyped-def]  # Numba infers its types
    depths_known, turnings, streams = numbers.shape
    for depth in range(depths_known):
        for turning in range(turnings):
            period = 2.0 * math.pi / (_SLOWEST + turning * _TURNING_STEP)
            for stream in range(streams):
                following = stream * _STREAM_STEP - _FURTHEST_STREAM
                numbers[depth, turning, stream] = wave_number(period, depths[depth], following)
                gained = height_on_stream(_REFERENCE_HEIGHT, period, depths[depth], following)
                gains[depth, turning, stream] = gained / _REFERENCE_HEIGHT


@inlined
def tabulated(table, period, depth, following):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Look up what a stream does to waves.

    Parameters
    ----------
    table : array, shape (depth, frequency, stream)
        From :func:`wave_number_table` or :func:`gain_table`. [unit]
    period : float
        As seen from a fixed place; from 1 to 30 s, others count as these. [s]
    depth : float
        From 1 to 128 m, others count as these. [m]
    following : float
        Stream along the waves; negative when it runs against them. [m/s]

    Returns
    -------
    float
        Wave numbers mostly within 1 %, to a fifth where a stream all but stops the wave. [unit]

    References
    ----------
    Peregrine (1976), Adv. Appl. Mech. 16:9.

    Examples
    --------
    >>> round(tabulated(wave_number_table(), 5.0, 100.0, 0.0), 3)  # deep water: (2 pi / T)^2 / g
    0.161
    """
    depths, turnings, streams = table.shape
    z = min(max(_PLACES_TO_DOUBLE * math.log2(max(depth, 1.0)), 0.0), depths - 1.0)
    y = min(max((2.0 * math.pi / period - _SLOWEST) / _TURNING_STEP, 0.0), turnings - 1.0)
    x = min(max((following + _FURTHEST_STREAM) / _STREAM_STEP, 0.0), streams - 1.0)
    k, j, i = min(int(z), depths - 2), min(int(y), turnings - 2), min(int(x), streams - 2)
    c, b, a = z - k, y - j, x - i
    shallower = (1.0 - b) * ((1.0 - a) * table[k, j, i] + a * table[k, j, i + 1]) + b * (
        (1.0 - a) * table[k, j + 1, i] + a * table[k, j + 1, i + 1]
    )
    deeper = (1.0 - b) * ((1.0 - a) * table[k + 1, j, i] + a * table[k + 1, j, i + 1]) + b * (
        (1.0 - a) * table[k + 1, j + 1, i] + a * table[k + 1, j + 1, i + 1]
    )
    return (1.0 - c) * shallower + c * deeper
