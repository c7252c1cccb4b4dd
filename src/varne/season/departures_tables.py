"""From fits of boats and people aboard to the tables of departures that a season draws from."""

import numpy as np
from numpy.typing import NDArray

from varne.facts.departures import MONTHS, WEEKDAYS, Departures
from varne.season.boats_fit import BoatsFit, fit_boats
from varne.season.loads_fit import LoadsFit, fit_loads


def fit_departures(
    day_starts: NDArray[np.datetime64],
    people: NDArray[np.float64],
    boats: NDArray[np.float64],
    *,
    regime: NDArray[np.bool_],
    load_spread: float,
) -> Departures:
    """
    Fit the tables of departures to a daily series.

    Parameters
    ----------
    day_starts : array of datetime64[D], shape (day,)
        In order, from the first of a January to the last day of a month. [day]
    people, boats : arrays, shape (day,)
        Arrivals. [1]
    regime : array of bool, shape (day,)
        Days, from the first of a January on, that decide how much the level moves and how much days scatter. [1]
    load_spread : float
        Between boats, standard deviation: no daily table shows it. [people]

    Returns
    -------
    Departures

    Examples
    --------
    >>> days = np.arange("2022-01-01", "2024-01-01", dtype="datetime64[D]")
    >>> boats = 1.0 + np.arange(len(days)) * 7 % 11
    >>> table = fit_departures(days, 40.0 * boats, boats, regime=days >= days[0], load_spread=12.5)
    >>> len(table.log_boats), bool(abs(np.exp(table.log_load[3]) - 40.0) < 1.0)
    (24, True)
    """
    whole = fit_boats(day_starts, boats)
    scales = fit_boats(day_starts[regime], boats[regime])
    loads = fit_loads(day_starts, people, boats)
    load_scales = fit_loads(day_starts[regime], people[regime], boats[regime])
    months = loads.months
    years = whole.months // MONTHS
    return Departures(
        whole.first_month,
        *_with_season(whole, whole.months, months),
        *_with_season(loads, months, months),
        *_season(whole, whole.months),
        *_season(loads, months),
        whole.first_year + np.datetime64(0, "Y").item().year,
        whole.mean[whole.months + MONTHS :].reshape(years, WEEKDAYS),
        scales.dispersion,
        scales.dispersion_spread,
        scales.innovation,
        scales.kept,
        *_middle(scales),
        load_scales.innovation,
        load_spread,
    )


def _season(fit: BoatsFit | LoadsFit, place: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    here = slice(place, place + MONTHS)
    return fit.mean[here], np.sqrt(np.diag(fit.covariance)[here])


def _with_season(
    fit: BoatsFit | LoadsFit, place: int, months: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean, spread and correlation with the month before of level plus season."""
    pick = np.zeros((months, len(fit.mean)))
    pick[np.arange(months), np.arange(months)] = 1.0
    pick[np.arange(months), place + (fit.first_month + np.arange(months)) % MONTHS] = 1.0
    covariance = pick @ fit.covariance @ pick.T
    spread = np.sqrt(np.diag(covariance))
    correlation = np.concatenate(([0.0], np.diag(covariance, -1) / (spread[1:] * spread[:-1])))
    return pick @ fit.mean, spread, correlation


def _middle(fit: BoatsFit) -> tuple[float, float]:
    """To which value the level returns: mean and spread, given the levels."""
    months = fit.months
    weight = np.full(months, (1.0 - fit.kept) ** 2 / fit.innovation**2)
    weight[0] = (1.0 - fit.kept**2) / fit.innovation**2
    levels = fit.mean[:months]
    steps = np.concatenate(([levels[0]], (levels[1:] - fit.kept * levels[:-1]) / (1.0 - fit.kept)))
    total = 1.0 + float(np.sum(weight))  # 1: what is known before the data, as in the fit
    return float(np.sum(weight * steps)) / total, total**-0.5
