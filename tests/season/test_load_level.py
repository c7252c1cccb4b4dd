"""Promises about the people per boat from week to week."""

import numpy as np

from varne.season.load_level import load_level
from varne.season.series import Weekly


def weeks(people, boats):
    nothing = np.zeros(len(people))
    return Weekly(np.arange(len(people)).astype("datetime64[D]"), people, boats, nothing, nothing)


def test_the_level_is_found():
    """The level of the last week lies within its error of what was put in, weeks without boats being passed over."""
    chance = np.random.default_rng(4)
    level = np.log(40.0) + np.cumsum(chance.normal(0.0, 0.03, 150))
    boats = chance.integers(0, 20, 150).astype(float)
    people = np.round(boats * np.exp(level + 0.4 / np.sqrt(np.maximum(boats, 1.0)) * chance.normal(size=150)))
    found = load_level(weeks(people, boats))
    assert abs(found.mean - level[-1]) < 3 * np.sqrt(found.variance)
    assert 0.2 < found.boat_scatter < 0.6


def test_more_boats_say_more():
    """The level is known better where more boats came."""
    few, many = (load_level(weeks(40.0 * np.full(60, n), np.full(60, n))).variance for n in (1.0, 50.0))
    assert many < few
