"""How the ranking of options changes across what is not known: who is the safer in how many draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from varne.compare.paired import difference
from varne.encounter.outcome import HIGH

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every option against every other, across the epistemic draws. [1]"""

    options: tuple[str, ...]
    p_safer: Array  # (option, option): chance that the one of the row is safer than that of the column
    within_noise: Array  # (option, option): share of draws in which luck does not let the two be told apart
    p_safest: (
        Array  # (option,): share of draws in which its members have the fewest deaths, luck included; ties are shared
    )
    follows_from: Mapping[tuple[str, str], tuple[str, ...]]  # pairs without a P(safer), and what they follow from
    not_asked: frozenset[tuple[str, str]] = frozenset()  # pairs of which it was not asked whether they do

    def told(self, option: str, than: str) -> bool:
        """
        Return whether a pair has a chance of the one being the safer.

        Parameters
        ----------
        option, than : str
            Names. [1]

        Returns
        -------
        bool
            Not where it follows from assumption, or where that was not asked.

        Examples
        --------
        >>> one = np.full((2, 2), 0.5)
        >>> Ranking(("a", "b"), one, one, np.ones(2), {("a", "b"): ("x",)}).told("a", "b")
        False
        """
        return (option, than) not in self.follows_from and (option, than) not in self.not_asked


def rank(deaths: Array, options: Sequence[str], follows_from: Mapping[tuple[str, str], tuple[str, ...]]) -> Ranking:
    """
    Compare every option with every other.

    In a draw two options are within the noise where the mean of their paired difference is less than 1.64 standard
    errors of the replicates away from 0.

    Parameters
    ----------
    deaths : array, shape (draw, replicate, option)
        Expected deaths of each member. [people]
    options : sequence of str
        Names. [1]
    follows_from : mapping of (str, str) to tuple of str
        Pairs whose difference follows from assumption. [1]

    Returns
    -------
    Ranking

    Examples
    --------
    >>> deaths = np.zeros((4, 2, 2))
    >>> deaths[:3, :, 1] = 1.0
    >>> found = rank(deaths, ["a", "b"], {})
    >>> found.p_safer
    array([[0.5  , 0.875],
           [0.125, 0.5  ]])
    >>> found.within_noise[0, 1], found.p_safest
    (np.float64(0.25), array([0.875, 0.125]))
    """
    count = deaths.shape[2]
    p_safer, noise = np.full((count, count), 0.5), np.ones((count, count))
    for one in range(count):
        for other in range(count):
            if one != other:
                p_safer[one, other] = difference(deaths[:, :, one], deaths[:, :, other]).p_safer
                noise[one, other] = _within_noise(deaths[:, :, one] - deaths[:, :, other])
    means = deaths.mean(axis=1)
    fewest = means == means.min(axis=1, keepdims=True)
    return Ranking(
        tuple(options), p_safer, noise, (fewest / fewest.sum(axis=1, keepdims=True)).mean(axis=0), follows_from
    )


def _within_noise(differences: Array) -> float:
    """Share of draws; with one replicate nothing is known of luck, and no draw tells the two apart."""
    replicates = differences.shape[1]
    if replicates < 2:
        return 1.0
    error = differences.std(axis=1, ddof=1) / np.sqrt(replicates)
    return float(np.mean(np.abs(differences.mean(axis=1)) <= norm.ppf(HIGH) * error))
