"""The toll of a season: how likely each number of deaths is, from how severe its fatal events are."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FAR = 12  # standard deviations beyond the mean that the table reaches; our choice, so that nothing wraps around
_BLOCK = 64  # members transformed at once, to bound memory; our choice
_LEFT_OVER = 1e-9  # probability beyond the last number that is kept; our choice


def toll(severity: Array) -> Array:
    """
    Return the chance of each number of deaths in a season, over all members: what one future may bring.

    Voyages are independent in a member, and each kills with a small chance: their sum is close to a compound Poisson
    distribution, whose transform is known. It is averaged over members, so it holds what is not known and luck. What
    it is off by lies on the wide side: its mean is exact, and the expected deaths beyond any number are never too few.

    Parameters
    ----------
    severity : array, shape (member, deaths)
        Expected events with 0, 1, 2, ... deaths. [events]

    Returns
    -------
    array, shape (number,)
        Chance of 0, 1, 2, ... deaths. How far it can be off: :func:`bound`. [1]

    References
    ----------
    Le Cam (1960), Pacific Journal of Mathematics 10:1181: sums of rare independent numbers and compound Poisson
    distributions. Shaked and Shanthikumar (2007), Stochastic Orders, chapter 4: a sum of rare independent numbers is
    smaller in the convex order than its compound Poisson distribution.

    Examples
    --------
    >>> toll(np.array([[5.0, 0.5]]))[:2].round(4)  # events with one death: Poisson with mean 0.5
    array([0.6065, 0.3033])
    """
    rates = severity[:, 1:]
    deaths = np.arange(1, rates.shape[1] + 1)
    reach = rates @ deaths + _FAR * np.sqrt(rates @ deaths**2) + 2 * len(deaths) + 2
    length = 2
    while length < reach.max():
        length *= 2
    total = np.zeros(length // 2 + 1, dtype=np.complex128)
    for first in range(0, len(rates), _BLOCK):
        padded = np.zeros((len(rates[first : first + _BLOCK]), length))
        padded[:, 1 : len(deaths) + 1] = rates[first : first + _BLOCK]
        transformed = np.fft.rfft(padded, axis=1)
        total += np.exp(transformed - padded.sum(axis=1, keepdims=True)).sum(axis=0)
    chances = np.clip(np.fft.irfft(total / len(rates), n=length), 0.0, None)
    kept = int(np.searchsorted(np.cumsum(chances), (1 - _LEFT_OVER) * chances.sum())) + 1
    return np.asarray(chances[:kept] / chances[:kept].sum())


def bound(fatal_events: Array, log_no_fatal_event: Array) -> float:
    """
    Return by how much any chance from :func:`toll` can be off: the sum of squared chances that a voyage kills.

    Parameters
    ----------
    fatal_events : array, shape (member,)
        Expected: the sum of the chances p. [events]
    log_no_fatal_event : array, shape (member,)
        Sum of log(1 - p). [1]

    Returns
    -------
    float
        Mean over members of the least of 2 (-log(1 - p) - p), the sum of p, and 1: none is less than the sum of p
        squared, where that is below 1. The mean of the distribution is exact whatever this is. [1]

    References
    ----------
    Le Cam (1960), as in :func:`toll`: the total variation distance is at most the sum of p squared.

    Examples
    --------
    >>> chances = np.full(10, 0.01)
    >>> bool(bound(np.array([chances.sum()]), np.array([np.log1p(-chances).sum()])) >= np.sum(chances**2))
    True
    """
    over = 2 * (-log_no_fatal_event - fatal_events)
    return float(np.clip(np.minimum(over, fatal_events), 0.0, 1.0).mean())


def quantiles(chances: Array, shares: tuple[float, ...]) -> tuple[float, ...]:
    """
    Return the numbers below which given shares of the futures lie.

    Parameters
    ----------
    chances : array, shape (number,)
        Chance of 0, 1, 2, ... [1]
    shares : tuple of float
        [1]

    Returns
    -------
    tuple of float
        The least number that is reached with at least the share. [1]

    Examples
    --------
    >>> quantiles(np.array([0.25, 0.5, 0.25]), (0.05, 0.5, 0.95))
    (0.0, 1.0, 2.0)
    """
    reached = np.cumsum(chances)
    return tuple(float(np.minimum(np.searchsorted(reached, share), len(chances) - 1)) for share in shares)
