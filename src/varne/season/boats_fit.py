"""How many boats come on a day on which boats come: by month, season and weekday, fitted to the daily counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from varne.errors import BadInput
from varne.season.latent import Peak, peak_of_boats, walk
from varne.season.series import weekday

MONTHS = 12  # of a year, exact
WEEKDAYS = 7  # of a week, exact
_SUM = 1e-2  # a set of factors adds up to zero (in the logarithm) to within this; our choice
_FIRST_SPREAD = 1.0  # of the logarithm of the boats on an active day about the first month, before data; our choice
_FEWEST_DAYS = 60  # active days below which nothing is fitted; our choice
# What is not known before the data, natural logarithms of dispersion, monthly innovation, season, weekday in the first
# year, its change from year to year: middle and spread; and the log odds of what is kept from month to month; our
# choice.
_MIDDLE = np.array([0.4, -1.6, -1.6, -2.3, -3.0, 2.0])
_WIDTH = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.5])
_NEAR = 1e-2  # the peak is found to within this, in logarithms; our choice
_STEP = 0.15  # for the curvature about the peak, in logarithms; our choice


@dataclass(frozen=True, slots=True)
class BoatsFit:
    """The boats of an active day, before its zero is cut off, as logarithms of means: a normal posterior."""

    first_month: int  # months since January 1970 [1]
    first_year: int
    dispersion: float  # k of the negative binomial distribution [1]
    dispersion_spread: float  # of its logarithm [1]
    innovation: float  # standard deviation of what a month adds to the logarithm of the level [1]
    innovation_spread: float  # of its logarithm [1]
    kept: float  # share of its distance from its mean that the level keeps from month to month [1]
    mean: NDArray[np.float64]  # (effect,) levels by month, season by month of the year, weekday by year
    covariance: NDArray[np.float64]  # (effect, effect)
    evidence: float  # logarithm, at the peak of the scales

    @property
    def months(self) -> int:
        """
        Return how many months have a level.

        Returns
        -------
        int
            [1]
        """
        return (len(self.mean) - MONTHS) * MONTHS // (MONTHS + WEEKDAYS)

    def season_of_level(self) -> NDArray[np.int64]:
        """
        Return the month of the year, from 0, of each level.

        Returns
        -------
        array, shape (month,)
            [1]
        """
        return (self.first_month + np.arange(self.months)) % MONTHS


def fit_boats(day_starts: NDArray[np.datetime64], boats: NDArray[np.float64]) -> BoatsFit:
    """
    Fit a level that wanders, a season and weekdays to the boats of the days on which any came.

    The counts follow a negative binomial distribution without its zero. The posterior of the effects is normal about
    its peak (Laplace); the scales stand at the peak of their own.

    Parameters
    ----------
    day_starts : array of datetime64[D], shape (day,)
        Whole calendar years, in order. [day]
    boats : array, shape (day,)
        Boats on each; days of 0 are left out. [1]

    Returns
    -------
    BoatsFit

    Raises
    ------
    BadInput
        If fewer days than can be fitted had boats.

    References
    ----------
    Rue, Martino and Chopin (2009), Approximate Bayesian inference for latent Gaussian models, J. R. Stat. Soc. B
    71:319.

    Examples
    --------
    >>> fit_boats(np.array(["2024-01-01"], dtype="datetime64[D]"), np.ones(1))
    Traceback (most recent call last):
    varne.errors.BadInput: The series has 1 days with boats; a fit needs 60 or more: give more months.
    """
    active = boats > 0
    if np.sum(active) < _FEWEST_DAYS:
        raise BadInput(
            f"The series has {np.sum(active)} days with boats; a fit needs {_FEWEST_DAYS} or more: give more months."
        )
    design, years = _design(day_starts, active)
    counts = boats[active]

    def _unlikely(point: NDArray[np.float64]) -> float:
        return 0.5 * float(np.sum(((point - _MIDDLE) / _WIDTH) ** 2)) - _peak(design, counts, years, point).evidence

    found = minimize(_unlikely, _MIDDLE, method="Nelder-Mead", options={"xatol": _NEAR, "fatol": _NEAR})
    peak = _peak(design, counts, years, found.x)
    first = day_starts[0].astype("datetime64[M]").astype(np.int64)
    dispersion, innovation = np.exp(found.x[:2])
    spreads = [_spread(_unlikely, found.x, place) for place in (0, 1)]
    return BoatsFit(
        int(first),
        int(first // MONTHS),
        float(dispersion),
        spreads[0],
        float(innovation),
        spreads[1],
        float(1.0 / (1.0 + np.exp(-found.x[-1]))),
        peak.mean,
        np.asarray(np.linalg.inv(peak.information), dtype=np.float64),
        peak.evidence,
    )


def _design(day_starts: NDArray[np.datetime64], active: NDArray[np.bool_]) -> tuple[NDArray[np.float64], int]:
    """One row a day with boats: its month, its month of the year, its weekday in its year."""
    month = day_starts.astype("datetime64[M]").astype(np.int64)
    if month[0] % MONTHS:
        raise BadInput(f"The series starts on {day_starts[0]}; a fit starts in January: cut its first months.")
    months = int(month[-1] - month[0] + 1)
    years = -(-months // MONTHS)
    months = years * MONTHS
    month = (month - month[0])[active]
    rows = np.arange(len(month))
    design = np.zeros((len(month), months + MONTHS + WEEKDAYS * years))
    design[rows, month] = 1.0
    design[rows, months + month % MONTHS] = 1.0
    design[rows, months + MONTHS + WEEKDAYS * (month // MONTHS) + weekday(day_starts)[active]] = 1.0
    return design, years


def _peak(design: NDArray[np.float64], counts: NDArray[np.float64], years: int, point: NDArray[np.float64]) -> Peak:
    """What the days say of the effects at a point of the scales."""
    size, innovation, season, week, week_change = np.exp(point[:-1])
    kept = 1.0 / (1.0 + np.exp(-point[-1]))
    return peak_of_boats(design, counts, _precision(years, kept, innovation, (season, week, week_change)), size)


def _precision(years: int, kept: float, innovation: float, spreads: tuple[float, float, float]) -> NDArray[np.float64]:
    """What is known of the effects before the data: levels keep their distance from an unknown mean, weekdays drift."""
    season, week, week_change = spreads
    months = years * MONTHS
    level = walk(months, kept, innovation / np.sqrt(1.0 - kept**2), innovation)
    level = np.linalg.inv(np.linalg.inv(level) + _FIRST_SPREAD**2)
    seasonal = np.eye(MONTHS) / season**2 + 1.0 / _SUM**2
    weekly = np.kron(walk(years, 1.0, week, week_change), np.eye(WEEKDAYS))
    weekly += np.kron(np.eye(years), np.full((WEEKDAYS, WEEKDAYS), 1.0 / _SUM**2))
    size = months + MONTHS + WEEKDAYS * years
    whole = np.zeros((size, size))
    whole[:months, :months] = level
    whole[months : months + MONTHS, months : months + MONTHS] = seasonal
    whole[months + MONTHS :, months + MONTHS :] = weekly
    return whole


def _spread(unlikely, peak: NDArray[np.float64], place: int) -> float:  # type: ignore[no-untyped-def]  # Numba infers its types
    """Standard deviation of one scale from the curvature along it."""
    aside = np.zeros(len(peak))
    aside[place] = _STEP
    bend = (unlikely(peak + aside) + unlikely(peak - aside) - 2.0 * unlikely(peak)) / _STEP**2
    return float(1.0 / np.sqrt(max(bend, 1.0)))
