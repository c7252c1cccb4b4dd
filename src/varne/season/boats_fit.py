"""How many boats come on a day on which boats come: by month, season and weekday, fitted to the daily counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from varne.errors import BadInput
from varne.season.truncated import log_truncated, slope_and_information

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
_ROUNDS = 40  # of Newton's method at most; our choice


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
        return 0.5 * float(np.sum(((point - _MIDDLE) / _WIDTH) ** 2)) - _peak(design, counts, years, point)[0]

    found = minimize(_unlikely, _MIDDLE, method="Nelder-Mead", options={"xatol": _NEAR, "fatol": _NEAR})
    evidence, mean, information = _peak(design, counts, years, found.x)
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
        mean,
        np.asarray(np.linalg.inv(information), dtype=np.float64),
        evidence,
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


def weekday(day_starts: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """
    Return the day of the week of each day, Monday being 0.

    Parameters
    ----------
    day_starts : array of datetime64[D], shape (day,)
        Calendar days. [day]

    Returns
    -------
    array, shape (day,)
        [1]

    Examples
    --------
    >>> weekday(np.array(["2024-01-01", "2024-01-07"], dtype="datetime64[D]"))
    array([0, 6])
    """
    monday = np.datetime64("1970-01-05")
    return np.asarray((day_starts.astype("datetime64[D]") - monday).astype(np.int64) % WEEKDAYS)


def _peak(
    design: NDArray[np.float64], counts: NDArray[np.float64], years: int, point: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Logarithm of the evidence of the scales at a point, and peak and curvature of the effects."""
    size, innovation, season, week, week_change = np.exp(point[:-1])
    kept = 1.0 / (1.0 + np.exp(-point[-1]))
    precision = _precision(years, kept, innovation, (season, week, week_change))
    effects = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        slope, weight = slope_and_information(counts, np.exp(design @ effects), size)
        information = design.T @ (weight[:, None] * design) + precision
        step = np.linalg.solve(information, design.T @ slope - precision @ effects)
        effects = effects + step * min(1.0, 2.0 / max(float(np.max(np.abs(step))), 1e-6))
        if np.max(np.abs(step)) < 1e-6:
            break
    likely = float(np.sum(log_truncated(counts, np.exp(design @ effects), size)))
    volume = np.linalg.slogdet(precision)[1] - np.linalg.slogdet(information)[1]
    return likely - 0.5 * float(effects @ precision @ effects) + 0.5 * float(volume), effects, information


def _precision(years: int, kept: float, innovation: float, spreads: tuple[float, float, float]) -> NDArray[np.float64]:
    """What is known of the effects before the data: levels keep their distance from an unknown mean, weekdays drift."""
    season, week, week_change = spreads
    months = years * MONTHS
    level = _walk(months, kept, innovation / np.sqrt(1.0 - kept**2), innovation)
    level = np.linalg.inv(np.linalg.inv(level) + _FIRST_SPREAD**2)
    seasonal = np.eye(MONTHS) / season**2 + 1.0 / _SUM**2
    weekly = np.kron(_walk(years, 1.0, week, week_change), np.eye(WEEKDAYS))
    weekly += np.kron(np.eye(years), np.full((WEEKDAYS, WEEKDAYS), 1.0 / _SUM**2))
    size = months + MONTHS + WEEKDAYS * years
    whole = np.zeros((size, size))
    whole[:months, :months] = level
    whole[months : months + MONTHS, months : months + MONTHS] = seasonal
    whole[months + MONTHS :, months + MONTHS :] = weekly
    return whole


def _walk(steps: int, kept: float, first: float, innovation: float) -> NDArray[np.float64]:
    """Precision of a walk that keeps a share of where it was."""
    differences = np.eye(steps) - kept * np.eye(steps, k=-1)
    weights = np.full(steps, innovation**-2.0)
    weights[0] = first**-2.0
    return np.asarray(differences.T @ (weights[:, None] * differences))


def _spread(unlikely, peak: NDArray[np.float64], place: int) -> float:  # type: ignore[no-untyped-def]
    """Standard deviation of one scale from the curvature along it."""
    aside = np.zeros(len(peak))
    aside[place] = _STEP
    bend = (unlikely(peak + aside) + unlikely(peak - aside) - 2.0 * unlikely(peak)) / _STEP**2
    return float(1.0 / np.sqrt(max(bend, 1.0)))
