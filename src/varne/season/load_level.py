"""The people per boat from week to week: a level that wanders, filtered as the weeks come in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from varne.season.series import Weekly

# Natural logarithms before the weeks, middle and spread: scatter of one boat about the mean, of a week about the level,
# and what a week adds to the level. Our choice.
_MIDDLE = np.log(np.array([0.45, 0.05, 0.035]))
_WIDTH = 0.7  # as above
_FIRST_SPREAD = 1.0  # of the logarithm of the first level about the first week; our choice
_NEAR = 1e-2  # the peak is found to within this, in logarithms; our choice


@dataclass(frozen=True, slots=True)
class LoadLevel:
    """The mean of the people per boat after the last week, as a logarithm with a normal error, and the scales."""

    mean: float
    variance: float
    boat_scatter: float  # of one boat, as a share of the mean [1]
    week_scatter: float  # of a week's mean about the level [1]
    innovation: float  # what a week adds to the level, standard deviation [1]


def load_level(weeks: Weekly) -> LoadLevel:
    """
    Filter the people per boat up to the last week given.

    Scales stand at the peak of their posterior; the filter is exact for normal logarithms.

    Parameters
    ----------
    weeks : Weekly
        Consecutive; some with boats. [1]

    Returns
    -------
    LoadLevel

    References
    ----------
    Durbin and Koopman (2012), Time Series Analysis by State Space Methods, section 2.2: the local level model.

    Examples
    --------
    >>> days, nothing = np.arange(30).astype("datetime64[D]"), np.zeros(30)
    >>> weeks = Weekly(days, np.full(30, 400.0), np.full(30, 10.0), nothing, nothing)
    >>> bool(abs(np.exp(load_level(weeks).mean) - 40.0) < 0.5)
    True
    """
    seen = (weeks.boats > 0) & (weeks.people > 0)
    logs = np.log(np.where(seen, weeks.people, 1.0) / np.where(seen, weeks.boats, 1.0))

    def _unlikely(point: NDArray[np.float64]) -> float:
        prior = 0.5 * float(np.sum(((point - _MIDDLE) / _WIDTH) ** 2))
        return prior - _filter(logs, weeks.boats, seen, np.exp(point))[2]

    found = minimize(_unlikely, _MIDDLE, method="Nelder-Mead", options={"xatol": _NEAR, "fatol": _NEAR})
    boat, week, innovation = np.exp(found.x)
    mean, variance, _ = _filter(logs, weeks.boats, seen, np.exp(found.x))
    return LoadLevel(mean, variance, float(boat), float(week), float(innovation))


def _filter(
    logs: NDArray[np.float64], boats: NDArray[np.float64], seen: NDArray[np.bool_], scales: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Mean and variance after the last week, and the logarithm of the chance of the weeks, but for a constant."""
    boat, week, innovation = scales
    mean = float(logs[np.argmax(seen)]) if np.any(seen) else 0.0
    variance, likely = _FIRST_SPREAD**2, 0.0
    for place in range(len(logs)):
        variance += innovation**2
        if seen[place]:
            total = variance + boat**2 / boats[place] + week**2
            surprise = logs[place] - mean
            likely -= 0.5 * (np.log(total) + surprise**2 / total)
            gain = variance / total
            mean += gain * surprise
            variance *= 1.0 - gain
    return mean, float(variance), float(likely)
