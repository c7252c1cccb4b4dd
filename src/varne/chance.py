"""Rates and seconds into probabilities, uniform numbers into waiting times, and counts of deaths into distributions."""

import math

from varne.compiled import compiled, inlined

SMALL = 1e-3  # expected events below which four terms of the exponential series leave an error of 1e-14


@inlined
def probability(rate, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that something with a constant rate happens at least once.

    Parameters
    ----------
    rate : float
        Events in a second. [1/s]
    duration : float
        How long. [s]

    Returns
    -------
    float
        ``1 - exp(-rate * duration)``, exact for small rates. [1]

    Examples
    --------
    >>> round(probability(1e-4, 3600.0), 6)
    0.302324
    """
    expected = rate * duration
    if expected < SMALL:  # the series is then exact to the last digit, and most steps are so
        return expected * (1.0 - expected / 2.0 * (1.0 - expected / 3.0 * (1.0 - expected / 4.0)))
    return -math.expm1(-expected)


@compiled
def waiting_time(chance, rate):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Turn a uniform number into the time until something with a constant rate first happens.

    Parameters
    ----------
    chance : float
        Uniform on (0, 1). [1]
    rate : float
        Events in a second; 0 means never. [1/s]

    Returns
    -------
    float
        Exponentially distributed; infinite when the rate is 0. [s]

    Examples
    --------
    >>> round(waiting_time(0.5, 1.0 / 3600.0))
    2495
    """
    if rate <= 0.0:
        return math.inf
    return -math.log(chance) / rate


@compiled
def normal(chance):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Turn a uniform number into a standard normal one.

    Parameters
    ----------
    chance : float
        Uniform on (0, 1). [1]

    Returns
    -------
    float
        Mean 0, standard deviation 1. [1]

    References
    ----------
    Wichura (1988), algorithm AS 241, PPND7: accurate to about 1 part in 10^7.

    Examples
    --------
    >>> round(normal(0.975), 4)
    1.96
    """
    from_centre = chance - 0.5
    if abs(from_centre) <= 0.425:
        r = 0.180625 - from_centre * from_centre
        above = ((5.9109374720e1 * r + 1.5929113202e2) * r + 5.0434271938e1) * r + 3.3871327179e0
        below = ((6.7187563600e1 * r + 7.8757757664e1) * r + 1.7895169469e1) * r + 1.0
        return from_centre * above / below
    tail = chance if from_centre < 0.0 else 1.0 - chance
    r = math.sqrt(-math.log(tail))
    if r <= 5.0:
        r -= 1.6
        above = ((1.7023821103e-1 * r + 1.3067284816e0) * r + 2.7568153900e0) * r + 1.4234372777e0
        below = (1.2021132975e-1 * r + 7.3700164250e-1) * r + 1.0
    else:
        r -= 5.0
        above = ((1.7337203997e-2 * r + 4.2868294337e-1) * r + 3.0812263860e0) * r + 6.6579051150e0
        below = (1.2258202635e-2 * r + 2.4197894225e-1) * r + 1.0
    size = above / below
    return -size if from_centre < 0.0 else size


@compiled
def negative_binomial(chance, mean, size):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Turn a uniform number into a count with a negative binomial distribution, of variance mean + mean² / size.

    Parameters
    ----------
    chance : float
        Uniform on (0, 1). [1]
    mean : float
        0 or more. [1]
    size : float
        Dispersion: the smaller, the more it scatters. [1]

    Returns
    -------
    int
        The smallest count whose distribution function reaches the chance.

    Examples
    --------
    >>> [negative_binomial(chance, 4.0, 1.8) for chance in (0.05, 0.5, 0.95)]
    [0, 3, 11]
    """
    if mean <= 0.0:
        return 0
    more = mean / (mean + size)
    # Twelve standard deviations below the mean nothing is left, and the chance of 0 may be too small to be held.
    count = max(int(mean - 12.0 * math.sqrt(mean + mean * mean / size)), 0)
    share = math.exp(
        size * math.log(size / (mean + size))
        + (math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1.0) + count * math.log(more))
        * (count > 0)
    )
    reached = share
    # Rounding may keep the sum below a chance near 1: far out the count is what it has come to.
    while reached < chance and (share > 1e-18 or count < mean):
        share *= (count + size) / (count + 1.0) * more
        count += 1
        reached += share
    return count


@compiled
def add_binomial(share, people, chance, counts):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Add a share of a binomial distribution to a distribution of counts.

    A number of people that is not whole is rounded up and the chance lowered, so that the mean is kept.

    Parameters
    ----------
    share : float
        Weight of this event. [1]
    people : float
        How many are exposed. [people]
    chance : float
        Chance of each. [1]
    counts : array, shape (count,)
        Probability of each count; changed in place. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> import numpy as np
    >>> counts = np.zeros(4)
    >>> add_binomial(0.5, 2.0, 0.5, counts)
    >>> counts
    array([0.125, 0.25 , 0.125, 0.   ])
    """
    whole = math.ceil(people - 1e-9)
    if whole <= 0 or chance <= 0.0:
        counts[0] += share
        return
    each = min(chance * people / whole, 1.0)
    if each >= 1.0:
        counts[whole] += share
        return
    # From the mode outwards would be needed for thousands of people; a hundred or so do not underflow.
    odds = each / (1.0 - each)
    if each <= 0.5:
        term = share * math.exp(whole * math.log1p(-each))
        for count in range(whole + 1):
            counts[count] += term
            term *= odds * (whole - count) / (count + 1)
    else:
        term = share * math.exp(whole * math.log(each))
        for count in range(whole, -1, -1):
            counts[count] += term
            term *= count / (odds * (whole - count + 1))


@inlined
def nobody_of(people, chance):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that nobody of a group dies, as :func:`add_binomial` has it.

    Parameters
    ----------
    people : float
        How many; a part of a person counts as a person who is as much less likely to die. [people]
    chance : float
        Of each to die. [1]

    Returns
    -------
    float
        [1]

    Examples
    --------
    >>> round(nobody_of(2.0, 0.1), 9)
    0.81
    """
    whole = math.ceil(people - 1e-9)
    if whole <= 0:
        return 1.0
    each = min(chance * people / whole, 1.0)
    return math.exp(whole * math.log1p(-each)) if each < 1.0 else 0.0


@compiled
def group_deaths(singles, grouped, group, counts):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Make the distribution of a number of deaths that come one by one, and in groups, each at random.

    Parameters
    ----------
    singles : float
        Expected deaths that come one by one. [1]
    grouped : float
        Expected deaths that come in groups. [1]
    group : float
        Mean size of a group, geometrically distributed from 1. [1]
    counts : array, shape (count,)
        Changed in place: probability of each number; what lies beyond the end is in the last place. [1]

    Returns
    -------
    None

    References
    ----------
    Panjer (1981), Recursive evaluation of a family of compound distributions, ASTIN Bull. 12:22.

    Examples
    --------
    >>> import numpy as np
    >>> counts = np.zeros(5)
    >>> group_deaths(0.0, 0.3, 3.0, counts)
    >>> counts.round(4)
    array([0.9048, 0.0302, 0.0206, 0.0141, 0.0303])
    """
    counts[:] = 0.0
    group = max(group, 1.0)
    rate = singles + grouped / group
    counts[0] = math.exp(-rate)
    if rate <= 0.0:
        return
    alone = singles / rate
    again = 1.0 - 1.0 / group
    left = 1.0 - counts[0]
    last = len(counts) - 1
    for count in range(1, last):
        size_share = (1.0 - alone) / group
        total = 0.0
        for size in range(1, count + 1):
            total += size * (size_share + (alone if size == 1 else 0.0)) * counts[count - size]
            size_share *= again
        counts[count] = rate / count * total
        left -= counts[count]
        if left < 1e-13:
            break
    counts[last] += max(left, 0.0)


@compiled
def convolve(first, second, into):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Add two independent counts.

    Parameters
    ----------
    first, second : array, shape (count,)
        Their distributions; the second is short in the sense that it soon falls to nothing. [1]
    into : array, shape (count,)
        Changed in place; what lies beyond the end is in the last place. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> import numpy as np
    >>> into = np.zeros(3)
    >>> convolve(np.array([0.5, 0.5, 0.0]), np.array([0.5, 0.5, 0.0]), into)
    >>> into
    array([0.25, 0.5 , 0.25])
    """
    into[:] = 0.0
    last = len(into) - 1
    for extra in range(last + 1):
        share = second[extra]
        if share <= 0.0:
            continue
        for count in range(last + 1 - extra):
            into[count + extra] += share * first[count]
        for count in range(last + 1 - extra, last + 1):
            into[last] += share * first[count]
