"""Promises about forecasts of weeks that have passed."""

import numpy as np
import pytest
from tests.season.test_arrivals import made

from varne.errors import BadInput
from varne.season.backtest import MODEL, backtest, targets
from varne.season.series import Daily, weeks_of

SERIES = made()
WEEKS = weeks_of(SERIES).endings


def test_a_week_has_one_answer():
    """The scores of a week depend neither on which others are asked for nor on what came later; each is repeatable."""
    places = targets(WEEKS, horizon=1)[:3]
    later = np.arange(len(SERIES.days)) >= (places[-1] + 1) * 7
    other = Daily(SERIES.days, np.where(later, 9.0, SERIES.people), np.where(later, 1.0, SERIES.boats))
    three, alone = list(backtest(SERIES, places, horizon=1)), list(backtest(other, places[-1:], horizon=1))
    assert three[-1].scores[0] == alone[0].scores[0]
    assert three[-1].scores[0].forecast == MODEL
    assert 0.0 < three[-1].pit < 1.0


def test_a_month_is_four_weeks():
    """The target of the longer horizon holds the people of four weeks, and its forecast is for so many."""
    month = next(iter(backtest(SERIES, targets(WEEKS, horizon=4)[:1], horizon=4)))
    assert month.observed == SERIES.people[104 * 7 : 108 * 7].sum()
    assert month.scores[0].mean == pytest.approx(month.observed, rel=0.6)


def test_a_series_without_targets_is_refused():
    """One sentence says how many weeks are needed."""
    with pytest.raises(BadInput, match="needs 104 before"):
        targets(WEEKS, np.datetime64("2030-01-01"), horizon=1)
