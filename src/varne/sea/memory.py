"""Noise with a memory: a standard normal number for each hour since 1970 that resembles those of the hours before."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.chance import normal
from varne.compiled import compiled
from varne.draws import event_number, uniform

# Choices of the method, not numbers about the world. The hours are cut in blocks; within a block the recursion runs on
# from a start that lies so many memories before the block, so that an hour has one value whoever asks, and the step
# from a block to the next is exp(-8) = 0.0003 standard deviations.
_BLOCK = 8192
_MEMORIES = 8
_COUNTED_FROM = 1_000_000  # hours before 1970 from which the draws are counted, so that no count is negative


@dataclass(frozen=True, slots=True)
class Noise:
    """A stationary normal process: a name that decides its draws, and two times after which it has forgotten."""

    name: str
    hours: float  # decay of the correlation [h]
    smoothing: float  # within which it is smooth, 0 for none [h]


def remember(noise: Noise, first: int, hours: int, *, members: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """
    Return the process for each member and hour; the same whatever other hours or members are asked for.

    Parameters
    ----------
    noise : Noise
        Which. [h]
    first : int
        First hour, counted from 1970-01-01T00:00Z. [h]
    hours : int
        How many. [h]
    members : array, shape (member,)
        Which members, each 0 or more. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (member, hour)
        Mean 0, standard deviation 1. [1]

    References
    ----------
    Uhlenbeck and Ornstein (1930), Phys. Rev. 36:823; its exact form in discrete time, passed through a second one.

    Examples
    --------
    >>> lows = Noise("lows", 35.0, 1.6)
    >>> year = remember(lows, 0, 8766, members=np.arange(2), seed=1)
    >>> bool((remember(lows, 5000, 10, members=np.array([1]), seed=1)[0] == year[1, 5000:5010]).all())
    True
    """
    found = np.empty((len(members), hours))
    keep, smooth = math.exp(-1.0 / noise.hours), math.exp(-1.0 / noise.smoothing) if noise.smoothing > 0 else 0.0
    # Variance of the smoothed process over that of the first one.
    spread = math.sqrt((1.0 - smooth) / (1.0 + smooth) * (1.0 + keep * smooth) / (1.0 - keep * smooth))
    before = math.ceil(_MEMORIES * (noise.hours + noise.smoothing))
    for row, member in enumerate(members):
        _walk(np.uint64(seed), event_number(noise.name), np.uint64(member), first, before, keep, smooth, found[row])
    found /= spread
    return found


@compiled
def _walk(seed, event, member, first, before, keep, smooth, found):  # type: ignore[no-untyped-def]  # Numba infers its types
    scatter = math.sqrt(1.0 - keep * keep)
    last = first + len(found)
    block = first // _BLOCK
    while block * _BLOCK < last:
        hour = block * _BLOCK - before
        level = normal(uniform(seed, event, member, np.uint64(hour + _COUNTED_FROM)))
        even = level
        until = min(last, (block + 1) * _BLOCK)
        for at in range(hour + 1, until):
            level = keep * level + scatter * normal(uniform(seed, event, member, np.uint64(at + _COUNTED_FROM)))
            even = smooth * even + (1.0 - smooth) * level
            if at >= first and at >= block * _BLOCK:
                found[at - first] = even
        block += 1
