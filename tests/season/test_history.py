"""Promises about the drawn levels of boats and people aboard."""

import numpy as np
import pytest

from varne.errors import BadTime
from varne.facts.departures import departures
from varne.season.history import boats_before_zero, boats_per_active_day, dispersion, people_per_boat

PAST = np.datetime64("2023-07-05").astype("datetime64[s]").astype(float) + 86400.0 * np.arange(60)
AHEAD = np.datetime64("2025-01-01").astype("datetime64[s]").astype(float) + 86400.0 * np.arange(0, 1000, 30)


def test_the_past_is_known_better_than_what_lies_ahead():
    """Levels of fitted months scatter about their mean by their posterior error, those ahead more and more."""
    table = departures()
    past = np.log(boats_before_zero(PAST, table, draws=2000, seed=1)).std(axis=0)
    ahead = np.log(boats_before_zero(AHEAD, table, draws=2000, seed=1)).std(axis=0)
    assert np.all((past > 0.1) & (past < 0.3))
    assert ahead[0] < ahead[-1] and ahead[-1] > 1.2 * past.max()


def test_one_draw_does_not_depend_on_the_others_or_on_the_days_asked():
    """The first draws of many are those of few, and a day has one value whichever days stand beside it."""
    table = departures()
    for ask in (boats_before_zero, boats_per_active_day, people_per_boat):
        many, few = ask(AHEAD, table, draws=9, seed=3), ask(AHEAD[4:5], table, draws=2, seed=3)
        np.testing.assert_array_equal(many[:2, 4:5], few)
        assert not np.array_equal(ask(AHEAD, table, draws=9, seed=4), many)


def test_an_active_day_has_a_boat():
    """The mean of an active day is at least one boat and more than the mean with the zero."""
    table = departures()
    seen, before = (ask(PAST, table, draws=50, seed=1) for ask in (boats_per_active_day, boats_before_zero))
    assert np.all(seen >= 1.0) and np.all(seen > before)
    assert np.all(dispersion(table, 50, 1) > 0)


@pytest.mark.parametrize(
    ("year", "boats_a_day", "people_a_boat"), [(2022, 6.9, 41.2), (2023, 4.3, 48.9), (2024, 4.6, 53.0)]
)
def test_years_come_out_as_counted(year, boats_a_day, people_a_boat):
    """Boats per active day and people per boat of a year agree with the published counts."""
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    times = days.astype("datetime64[s]").astype(float)
    table = departures()
    boats = boats_per_active_day(times, table, draws=400, seed=1)
    loads = people_per_boat(times, table, draws=400, seed=1)
    np.testing.assert_allclose(boats.mean(), boats_a_day, rtol=0.12)
    np.testing.assert_allclose((boats * loads).sum() / boats.sum(), people_a_boat, rtol=0.05)


def test_a_day_before_the_table_is_refused():
    """No level is made up for days before the first month."""
    with pytest.raises(BadTime, match="start on 2019-01-01"):
        people_per_boat(np.array([1.0e9]), departures(), draws=1, seed=1)
