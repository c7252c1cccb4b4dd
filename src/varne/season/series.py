"""The series of arrivals: people and boats by day and by week, without gaps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAYS = 7  # of a week, exact
_MONDAY = np.datetime64("1970-01-05")  # the first Monday after the epoch


@dataclass(frozen=True, slots=True)
class Daily:
    """Arrivals of consecutive days."""

    days: NDArray[np.datetime64]  # (day,) datetime64[D], consecutive
    people: NDArray[np.float64]  # (day,) whole numbers [people]
    boats: NDArray[np.float64]  # (day,) whole numbers [1]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Arrivals of consecutive weeks, and what French authorities prevented, where published."""

    endings: NDArray[np.datetime64]  # (week,) datetime64[D], Sundays, consecutive
    people: NDArray[np.float64]  # (week,) whole numbers [people]
    boats: NDArray[np.float64]  # (week,) whole numbers [1]
    people_prevented: NDArray[np.float64]  # (week,) NaN: not published; never taken as zero [people]
    events_prevented: NDArray[np.float64]  # (week,) NaN: not published [1]


@dataclass(frozen=True, slots=True)
class Crossings:
    """What one file holds."""

    daily: Daily | None
    weekly: Weekly | None


def weekday(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """
    Return the day of the week of each day, Monday being 0.

    Parameters
    ----------
    days : array of datetime64[D], shape (day,)
        Calendar days. [day]

    Returns
    -------
    array, shape (day,)
        [1]

    Examples
    --------
    >>> weekday(np.array(["2024-01-01", "2024-01-07"], dtype="datetime64[D]"))
    array([0, 6])
    """
    return np.asarray((days.astype("datetime64[D]") - _MONDAY).astype(np.int64) % DAYS)


def year_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """
    Return the calendar year of each day.

    Parameters
    ----------
    days : array of datetime64[D], shape (day,)
        Calendar days. [day]

    Returns
    -------
    array, shape (day,)
        [year]

    Examples
    --------
    >>> year_of(np.array(["2024-02-01"], dtype="datetime64[D]"))
    array([2024])
    """
    epoch = np.datetime64(0, "Y").item().year
    return np.asarray(days.astype("datetime64[Y]").astype(np.int64) + epoch)


def day_of_year(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """
    Return the day of its year of each day, 1 January being 1.

    Parameters
    ----------
    days : array of datetime64[D], shape (day,)
        Calendar days. [day]

    Returns
    -------
    array, shape (day,)
        [day]

    Examples
    --------
    >>> day_of_year(np.array(["2024-02-01"], dtype="datetime64[D]"))
    array([32])
    """
    return np.asarray((days.astype("datetime64[D]") - days.astype("datetime64[Y]")).astype(np.int64) + 1)


def whole_weeks(daily: Daily) -> Daily:
    """
    Cut a series to whole weeks, Monday to Sunday.

    Parameters
    ----------
    daily : Daily
        Of any days. [1]

    Returns
    -------
    Daily

    Examples
    --------
    >>> days = np.arange("2024-01-01", "2024-01-12", dtype="datetime64[D]")
    >>> len(whole_weeks(Daily(days, np.zeros(11), np.zeros(11))).days)
    7
    """
    first = int(-weekday(daily.days[:1])[0] % DAYS)
    last = first + (len(daily.days) - first) // DAYS * DAYS
    return Daily(daily.days[first:last], daily.people[first:last], daily.boats[first:last])


def weeks_of(daily: Daily) -> Weekly:
    """
    Add up the days of whole weeks; days of weeks that are not whole are left out.

    Parameters
    ----------
    daily : Daily
        Of any days. [1]

    Returns
    -------
    Weekly

    Examples
    --------
    >>> days = np.arange("2024-01-01", "2024-01-15", dtype="datetime64[D]")
    >>> weeks_of(Daily(days, np.ones(14), np.zeros(14))).people
    array([7., 7.])
    """
    whole = whole_weeks(daily)
    people, boats = (counts.reshape(-1, DAYS).sum(axis=1) for counts in (whole.people, whole.boats))
    unknown = np.full(len(people), np.nan)
    return Weekly(whole.days[DAYS - 1 :: DAYS], people, boats, unknown, unknown)
