"""How many people a boat carries: month by month and by season, fitted to the daily counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from varne.season.boats_fit import MONTHS

_SUM = 1e-2  # the season adds up to zero (in the logarithm) to within this; our choice
_WIDE = 2.0  # spread of the logarithm of the first month's mean before data; our choice
# Natural logarithms of the spread of one boat about the mean, of a month's innovation and of the season before the
# data: middle and spread. Our choice.
_MIDDLE = np.array([-1.2, -2.5, -2.5])
_WIDTH = np.array([1.0, 1.0, 1.0])
_LEAST = 1e-3  # no scale is taken smaller, so that a series without scatter can be fitted; our choice
_NEAR = 1e-3  # the peak is found to within this, in logarithms; our choice


@dataclass(frozen=True, slots=True)
class LoadsFit:
    """The mean of the people on a boat, as logarithms: a normal posterior."""

    first_month: int  # months since January 1970 [1]
    day_spread: float  # standard deviation of the logarithm of one day's mean, for a day of one boat [1]
    innovation: float  # standard deviation of what a month adds to the logarithm of the level [1]
    mean: NDArray[np.float64]  # (effect,) level by month, season by month of the year
    covariance: NDArray[np.float64]  # (effect, effect)

    @property
    def months(self) -> int:
        """
        Return how many months have a level.

        Returns
        -------
        int
            [1]
        """
        return len(self.mean) - MONTHS


def fit_loads(day_starts: NDArray[np.datetime64], people: NDArray[np.float64], boats: NDArray[np.float64]) -> LoadsFit:
    """
    Fit a level that wanders and a season to the people per boat of each day.

    The logarithm of a day's mean is normal with a variance that falls with the number of boats.

    Parameters
    ----------
    day_starts : array of datetime64[D], shape (day,)
        In order, from the first of a January. [day]
    people, boats : arrays, shape (day,)
        Counts; days without boats are left out. [1]

    Returns
    -------
    LoadsFit

    Examples
    --------
    >>> days = np.arange("2023-01-01", "2025-01-01", dtype="datetime64[D]")
    >>> fit = fit_loads(days, np.full(len(days), 80.0), np.full(len(days), 2.0))
    >>> bool(abs(np.exp(fit.mean[5]) - 40.0) < 2.0)
    True
    """
    active = (boats > 0) & (people > 0)
    month = day_starts.astype("datetime64[M]").astype(np.int64)
    first, months = int(month[0]), int(month[-1] - month[0] + 1)
    place = (month - first)[active]
    design = np.zeros((len(place), months + MONTHS))
    design[np.arange(len(place)), place] = 1.0
    design[np.arange(len(place)), months + place % MONTHS] = 1.0
    logs, weights = np.log(people[active] / boats[active]), boats[active]

    def _unlikely(point: NDArray[np.float64]) -> float:
        return 0.5 * float(np.sum(((point - _MIDDLE) / _WIDTH) ** 2)) - _solve(design, logs, weights, point)[0]

    found = minimize(_unlikely, _MIDDLE, method="Nelder-Mead", options={"xatol": _NEAR, "fatol": _NEAR})
    _, mean, covariance = _solve(design, logs, weights, found.x)
    day_spread, innovation, _ = np.exp(found.x)
    return LoadsFit(first, float(day_spread), float(innovation), mean, covariance)


def _solve(
    design: NDArray[np.float64], logs: NDArray[np.float64], weights: NDArray[np.float64], point: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Logarithm of the evidence of the scales at a point, and mean and covariance of the effects; exact."""
    spread, innovation, season = np.maximum(np.exp(point), _LEAST)
    months = design.shape[1] - MONTHS
    differences = np.eye(months) - np.eye(months, k=-1)
    steps = np.full(months, innovation**-2.0)
    steps[0] = _WIDE**-2.0
    precision = np.zeros((months + MONTHS, months + MONTHS))
    precision[:months, :months] = differences.T @ (steps[:, None] * differences)
    precision[months:, months:] = np.eye(MONTHS) / season**2 + 1.0 / _SUM**2
    middle = float(np.average(logs, weights=weights))
    each = weights / spread**2
    information = design.T @ (each[:, None] * design) + precision
    mean = np.linalg.solve(information, design.T @ (each * (logs - middle)))
    left = logs - middle - design @ mean
    volume = np.linalg.slogdet(precision)[1] - np.linalg.slogdet(information)[1]
    fit = float(np.sum(np.log(each)) - each @ left**2 - mean @ precision @ mean + volume)
    covariance = np.linalg.inv(information)
    mean[:months] += middle
    return 0.5 * fit, mean, covariance
