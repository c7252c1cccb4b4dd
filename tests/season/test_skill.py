"""Promises about how good forecasts were."""

import numpy as np
import pytest

from varne.season.backtest import Score, Target
from varne.season.skill import periods


def week(ending, crps, other=None):
    scores = [Score("ours", 90.0, crps, 5.0, (False, True, True), (10.0, 40.0, 80.0))]
    if other is not None:
        scores.append(Score("theirs", 110.0, other, np.nan, (True, True, True), (20.0, 50.0, 90.0)))
    return Target(np.datetime64(ending), 100.0, tuple(scores), 0.5, np.ones(7), np.full(7, 0.8))


WEEKS = [week("2023-12-24", 10.0, 14.0), week("2023-12-31", 20.0, 25.0), week("2024-01-07", 60.0)]


def test_years_stand_alone_and_together():
    """A week belongs to the year it ends in; the last period holds all."""
    found = periods(WEEKS)
    assert [(one.name, one.skills[0].targets, one.skills[0].crps) for one in found] == [
        ("2023", 2, 15.0),
        ("2024", 1, 60.0),
        ("2023-2024", 3, 30.0),
    ]
    assert found[2].skills[0].observed == 300.0
    assert found[2].skills[0].inside == (0.0, 1.0, 1.0)
    assert found[0].days == pytest.approx((0.04, -np.log(0.8)))


def test_forecasts_are_compared_on_the_targets_that_both_have():
    """A baseline that is missing in a week is compared in the others alone, and says of how many targets it is."""
    many = [week(np.datetime64("2022-01-02") + 7 * place, 10.0, 14.0 + place % 2) for place in range(20)]
    theirs = periods([*many, week("2022-06-05", 60.0)])[0].skills[1]
    assert theirs.targets == 20
    assert theirs.better[0] == pytest.approx(-4.5)
    assert theirs.better[1] <= theirs.better[0] <= theirs.better[2]
    assert np.isnan(theirs.log_score)
    assert len(periods(WEEKS)[1].skills) == 1


def test_a_few_targets_have_no_interval():
    """Two weeks say nothing about how sure a difference is: none is given."""
    assert periods(WEEKS)[0].skills[1].better is None
