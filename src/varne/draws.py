"""Random numbers that belong to events, not to the order in which code runs."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
# Philox4x32-10: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. Multipliers and
# Weyl increments of the key are theirs.
_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
# Apart from every event: a counter that no event uses would need a hash of this value in both halves.
_PART = np.uint64(0xFFFFFFFF)
_TO_UNIT = 1.0 / 4503599627370496.0  # 2^-52


@compiled
def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Mix a counter with a key by ten rounds of Philox4x32; the words are 32 bits wide, held in 64.

    Parameters
    ----------
    counter_0, counter_1, counter_2, counter_3 : uint64
        What is counted. [1]
    key_0, key_1 : uint64
        Which stream. [1]

    Returns
    -------
    tuple of four uint64
        Each below 2^32. [1]

    References
    ----------
    Salmon et al. (2011), section 3.3; test vectors of the Random123 distribution.

    Examples
    --------
    >>> zero = np.uint64(0)
    >>> [f"{int(word):08x}" for word in philox(zero, zero, zero, zero, zero, zero)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    for _ in range(10):
        product_0 = _MULTIPLY_0 * counter_0
        product_1 = _MULTIPLY_1 * counter_2
        counter_0 = (product_1 >> _SHIFT) ^ counter_1 ^ key_0
        counter_1 = product_1 & _LOW
        counter_2 = (product_0 >> _SHIFT) ^ counter_3 ^ key_1
        counter_3 = product_0 & _LOW
        key_0 = (key_0 + _WEYL_0) & _LOW
        key_1 = (key_1 + _WEYL_1) & _LOW
    return counter_0, counter_1, counter_2, counter_3


@compiled
def uniform(seed, event, member, step):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the one number that decides an event, on (0, 1), never 0 or 1.

    Parameters
    ----------
    seed : uint64
        Names the whole experiment. [1]
    event : uint64
        What is decided; see :func:`event_number`. [1]
    member : uint64
        Which member it happens to; below 2^32. [1]
    step : uint64
        Which time it happens; below 2^32. [1]

    Returns
    -------
    float
        The same for the same four numbers, for ever and everywhere. [1]

    Examples
    --------
    >>> here = uniform(np.uint64(1), event_number("engine stops"), np.uint64(7), np.uint64(0))
    >>> here == uniform(np.uint64(1), event_number("engine stops"), np.uint64(7), np.uint64(0))
    True
    """
    word_0, word_1, _, _ = philox(
        np.uint64(member), np.uint64(step), event & _LOW, event >> _SHIFT, seed & _LOW, seed >> _SHIFT
    )
    bits = (word_0 << np.uint64(20)) | (word_1 >> np.uint64(12))
    return (float(bits) + 0.5) * _TO_UNIT  # 52 bits and a half: never rounds to 0 or 1


@compiled
def seed_of(seed, number):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Give each of many experiments inside one a seed of its own.

    Parameters
    ----------
    seed : uint64
        Names the whole. [1]
    number : uint64
        Which part. [1]

    Returns
    -------
    uint64
        Names the part. [1]

    Examples
    --------
    >>> seed_of(np.uint64(1), np.uint64(7)) != seed_of(np.uint64(1), np.uint64(8))
    True
    """
    word_0, word_1, _, _ = philox(number & _LOW, number >> _SHIFT, _PART, _PART, seed & _LOW, seed >> _SHIFT)
    return (word_0 << _SHIFT) | word_1


def event_number(name: str) -> np.uint64:
    """
    Number an event by its name, so that a new event never moves the draws of the others.

    Parameters
    ----------
    name : str
        For example ``"engine stops"``. [1]

    Returns
    -------
    uint64
        A hash of the name. [1]

    Examples
    --------
    >>> event_number("engine stops") != event_number("helm")
    np.True_
    """
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


def uniforms(name: str, members: int, seed: int) -> NDArray[np.float64]:
    """
    Return the number that decides an event at its first step, for each member.

    Parameters
    ----------
    name : str
        The event. [1]
    members : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (member,)
        Uniform on (0, 1). [1]

    Examples
    --------
    >>> bool((uniforms("helm", 5, 1)[:3] == uniforms("helm", 3, 1)).all())
    True
    """
    chances = np.empty(members)
    _fill(np.uint64(seed), event_number(name), chances)
    return chances


@compiled
def _fill(seed, event, chances):  # type: ignore[no-untyped-def]  # Numba infers its types
    for member in range(len(chances)):
        chances[member] = uniform(seed, event, np.uint64(member), np.uint64(0))
