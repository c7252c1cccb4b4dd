"""Promises about the fit of the people aboard."""

import numpy as np

from varne.season.loads_fit import fit_loads


def test_what_was_put_in_comes_out():
    """From a made series the mean load of every month is found within its error, and the scatter of a day."""
    chance = np.random.default_rng(2)
    days = np.arange("2021-01-01", "2024-01-01", dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(int) - 51 * 12
    level = np.log(30.0) + np.cumsum(chance.normal(0.0, 0.06, 36))
    boats = chance.integers(0, 8, len(days)).astype(float)
    people = np.round(
        boats * np.exp(level[months] + 0.3 / np.sqrt(np.maximum(boats, 1)) * chance.normal(size=len(days)))
    )
    fit = fit_loads(days, people, boats)
    found = fit.mean[:36] + np.tile(fit.mean[36:], 3)
    assert np.mean(np.abs(found - level) < 0.12) > 0.9
    assert abs(fit.day_spread - 0.3) < 0.03
    assert abs(np.log(fit.innovation / 0.06)) < 0.6
