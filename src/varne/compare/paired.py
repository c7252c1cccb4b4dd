"""The paired difference of two options: the same members, the same luck, so the noise cancels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.outcome import Interval, interval_of_draws, without_luck


@dataclass(frozen=True, slots=True)
class Difference:
    """An option less the reference, in expected deaths, and the share of draws in which it is the safer."""

    expected_deaths: Interval
    p_safer: float


def difference(option: NDArray[np.float64], reference: NDArray[np.float64]) -> Difference:
    """
    Compare two options member by member.

    Parameters
    ----------
    option, reference : array, shape (draw, replicate)
        Expected deaths of each member. [people]

    Returns
    -------
    Difference
        Negative where the option is the safer; draws in which they tie count half. [people]

    Examples
    --------
    >>> difference(np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]]))
    Difference(expected_deaths=Interval(mean=-1.5, low=-1.95, high=-1.05), p_safer=1.0)
    >>> difference(np.ones((2, 1)), np.ones((2, 1))).p_safer
    0.5
    """
    draws = without_luck(option - reference)
    return Difference(interval_of_draws(draws), float(np.mean((draws < 0.0) + 0.5 * (draws == 0.0))))
