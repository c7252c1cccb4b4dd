"""How many boats leave on an active day and how full they are, until the fitted departures take its place."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def boats_per_active_day(times: Array, members: NDArray[np.int64], seed: int) -> Array:
    """Stand-in: the mean of 2024."""
    return np.full((len(members), len(times)), 4.6)


def people_per_boat(times: Array, members: NDArray[np.int64], seed: int) -> Array:
    """Stand-in: the mean of 2024."""
    return np.full((len(members), len(times)), 50.0)


def dispersion(draws: int, seed: int) -> Array:
    """Stand-in: the fit of 2024."""
    return np.full(draws, 1.8)
