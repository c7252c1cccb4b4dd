"""Promises about the model of daily arrivals."""

import numpy as np

from varne.season.arrivals import ACTIVITY_MIDDLE, BOATS_MIDDLE, fit_activity, fit_boats_of_days, past_of
from varne.season.series import Daily

DAYS = np.arange("2021-01-04", "2023-12-25", dtype="datetime64[D]")


def made(seed=3, days=DAYS, after_active=1.0):
    """A series of the model: half of the days quiet, more likely so after a quiet day; negative binomial boats."""
    chance = np.random.default_rng(seed)
    active = np.zeros(len(days))
    for day in range(1, len(days)):
        active[day] = chance.random() < 1.0 / (1.0 + np.exp(0.6 - after_active * active[day - 1]))
    boats = np.array([0.0] * len(days))
    for day in np.flatnonzero(active):
        while boats[day] == 0:
            boats[day] = chance.negative_binomial(1.5, 1.5 / (1.5 + 5.0))
    return Daily(days, np.round(boats * 45.0 * np.exp(0.1 * chance.normal(size=len(days)))), boats)


def test_what_was_put_in_comes_out():
    """The effect of an active yesterday and the level of boats are found within three errors."""
    past = past_of(made(), 1085, 7)
    activity = fit_activity(past, ACTIVITY_MIDDLE)
    error = np.sqrt(np.diag(np.linalg.inv(activity.information))[-2:])
    assert np.all(np.abs(activity.mean[-2:] - [1.0, 0.0]) < 3 * error)
    boats = fit_boats_of_days(past, BOATS_MIDDLE)
    assert abs(boats.mean[: past.levels].mean() - np.log(5.0)) < 0.25


def test_days_ahead_are_not_looked_at():
    """The effects do not change when the days that are not known do."""
    series = made()
    other = Daily(series.days, series.people, np.where(np.arange(len(DAYS)) < 1000, series.boats, 99.0))
    for fit, scales in ((fit_activity, ACTIVITY_MIDDLE), (fit_boats_of_days, BOATS_MIDDLE)):
        one, two = (fit(past_of(daily, 1000, 28), scales).mean for daily in (series, other))
        np.testing.assert_array_equal(one, two)
