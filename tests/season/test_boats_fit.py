"""Promises about the fit of the boats of active days."""

import numpy as np
import pytest
from scipy.stats import nbinom

from varne.errors import BadInput
from varne.season.boats_fit import fit_boats, weekday

DAYS = np.arange("2021-01-01", "2024-01-01", dtype="datetime64[D]")


def synthetic(seed=5):
    chance = np.random.default_rng(seed)
    months = (DAYS.astype("datetime64[M]").astype(int)) - 51 * 12
    level = 1.5 + np.cumsum(np.r_[0.0, chance.normal(0.0, 0.2, 35)]) * 0.8
    season = 0.4 * np.sin(2 * np.pi * np.arange(12) / 12)
    mean = np.exp(level[months] + season[months % 12] + 0.6 * (weekday(DAYS) == 5))
    boats = nbinom.rvs(1.7, 1.7 / (1.7 + mean), random_state=chance).astype(float)
    return level, season, np.where(chance.random(len(DAYS)) < 0.5, boats, 0.0)


def test_what_was_put_in_comes_out():
    """From a made series the dispersion, the levels with their season and the weekday are found within their errors."""
    level, season, boats = synthetic()
    fit = fit_boats(DAYS, boats)
    assert abs(np.log(fit.dispersion / 1.7)) < 3 * fit.dispersion_spread
    found = fit.mean[:36] + fit.mean[36:48][fit.season_of_level()]
    within = np.abs(found - (level + np.tile(season, 3))) < 2.5 * np.sqrt(np.diag(fit.covariance)[:36])
    assert within.mean() > 0.9
    assert fit.mean[48:].reshape(3, 7)[:, 5].mean() > 0.2


def test_weekdays_start_on_monday():
    """1 January 2024 was a Monday."""
    assert weekday(np.array(["2024-01-01", "2024-01-06"], dtype="datetime64[D]")).tolist() == [0, 5]


def test_a_series_that_starts_in_spring_is_refused():
    """Years are whole, so that every weekday of a year has one factor."""
    with pytest.raises(BadInput, match="starts on 2021-03"):
        fit_boats(DAYS[60:], np.ones(len(DAYS) - 60))
