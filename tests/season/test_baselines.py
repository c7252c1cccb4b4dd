"""Promises about the baselines."""

import numpy as np

from varne.season.baselines import COUNTS, ENSEMBLES, baseline_counts, baseline_ensembles

ENDINGS = np.arange("2018-01-07", "2024-12-30", 7, dtype="datetime64[D]")
PEOPLE = np.random.default_rng(3).poisson(500.0, len(ENDINGS)).astype(float)


def test_baselines_look_back_only():
    """What comes in or after the target changes no baseline, at either horizon."""
    for horizon in (1, 4):
        other = PEOPLE.copy()
        other[300 - horizon + 1 :] = 1e6
        for ask in (baseline_ensembles, baseline_counts):
            one, two = (ask(ENDINGS, series, 300, horizon) for series in (PEOPLE, other))
            assert list(one) == list(two) == list(ENSEMBLES if ask is baseline_ensembles else COUNTS)
            for name in one:
                np.testing.assert_array_equal(one[name], two[name])


def test_weeks_too_few_give_none():
    """Where there are not weeks enough a baseline is left out, never made up."""
    assert list(baseline_ensembles(ENDINGS, PEOPLE, 105, 1)) == list(ENSEMBLES[:2])
    assert baseline_counts(ENDINGS, PEOPLE, 105, 1) == {}
