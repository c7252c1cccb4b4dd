"""Promises about the series of arrivals."""

import numpy as np

from varne.season.series import Daily, day_of_year, weekday, weeks_of, whole_weeks, year_of

DAYS = np.arange("2023-12-27", "2024-01-18", dtype="datetime64[D]")


def test_weeks_run_from_monday_to_sunday_and_lose_nobody():
    """Whole weeks end on Sundays and hold exactly the people of their days."""
    people = np.arange(float(len(DAYS)))
    weeks = weeks_of(Daily(DAYS, people, people))
    assert weekday(weeks.endings).tolist() == [6, 6]
    assert weeks.endings[0] == np.datetime64("2024-01-07")
    inside = (np.datetime64("2024-01-01") <= DAYS) & (np.datetime64("2024-01-14") >= DAYS)
    assert weeks.people.sum() == people[inside].sum() == whole_weeks(Daily(DAYS, people, people)).people.sum()


def test_what_was_not_published_is_not_zero():
    """Weeks added up from days know nothing of preventions."""
    assert np.isnan(weeks_of(Daily(DAYS, DAYS.astype(float), DAYS.astype(float))).people_prevented).all()


def test_days_of_the_year_start_at_one():
    """1 January is day 1 of its own year."""
    assert day_of_year(DAYS[5:6]).tolist() == [1]
    assert year_of(DAYS[4:6]).tolist() == [2023, 2024]
