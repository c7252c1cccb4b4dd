"""The level of boats and of people aboard along a season, drawn: as it was, and as it may wander on."""

import numpy as np
from numpy.typing import NDArray

from varne.chance import normal
from varne.compiled import compiled
from varne.draws import event_number, uniform
from varne.errors import BadTime
from varne.facts.departures import MONTHS, WEEKDAYS, Departures
from varne.season.truncated import mean_of_truncated
from varne.units import DAY


def dispersion(table: Departures, draws: int, seed: int) -> NDArray[np.float64]:
    """
    Draw the dispersion k of the boats of an active day.

    Parameters
    ----------
    table : Departures
        The fit. [1]
    draws : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw,)
        The variance is mean + mean² / k, before the zero is cut off. [1]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> bool((dispersion(departures(), 5, 1) > 0).all())
    True
    """
    return (
        table.dispersion * np.exp(table.dispersion_log_spread * normals("departures dispersion", draws, 1, seed))[:, 0]
    )


def boats_before_zero(times: NDArray[np.float64], table: Departures, *, draws: int, seed: int) -> NDArray[np.float64]:
    """
    Draw the mean of the negative binomial distribution of the boats of each day, before its zero is cut off.

    With season, weekday and what is not known of the level: the posterior in months of the table, and a walk that
    returns slowly to its middle in months after it.

    Parameters
    ----------
    times : array, shape (day,)
        Any time of each day, since 1970 UTC. [s]
    table : Departures
        The fit. [1]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw, day)
        Boats that arrive, if the day is one on which boats leave. [1]

    Raises
    ------
    BadTime
        If a day lies before the table.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> boats_before_zero(np.array([1.72e9, 1.78e9]), departures(), draws=3, seed=1).shape
    (3, 2)
    """
    months = _months(times, table)
    last = max(int(np.max(months)), table.last_month)
    season = table.boats_season + table.boats_season_spread * normals("departures boats season", draws, MONTHS, seed)
    past = _posterior(
        table.log_boats, table.log_boats_spread, table.log_boats_correlation, _shocks("boats", draws, table, seed)
    )
    middle = table.boats_middle + table.boats_middle_spread * normals("departures boats middle", draws, 1, seed)[:, 0]
    steps = table.boats_innovation * normals("departures boats walk", draws, last - table.last_month, seed)
    start = past[:, -1] - season[:, table.last_month % MONTHS]
    future = _walk(start, middle, table.boats_kept, steps)
    future = future + season[:, np.arange(table.last_month + 1, last + 1) % MONTHS]
    log_level = np.concatenate((past, future), axis=1)[:, months - table.first_month]
    return np.asarray(np.exp(log_level + weekday_factor(times, table)))


def boats_per_active_day(
    times: NDArray[np.float64], table: Departures, *, draws: int, seed: int
) -> NDArray[np.float64]:
    """
    Draw the mean number of boats that arrive on each day, given that any arrives.

    Parameters
    ----------
    times : array, shape (day,)
        Any time of each day, since 1970 UTC. [s]
    table : Departures
        The fit. [1]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw, day)
        1 or more. [1]

    Raises
    ------
    BadTime
        If a day lies before the table.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> bool((boats_per_active_day(np.array([1.72e9]), departures(), draws=3, seed=1) >= 1.0).all())
    True
    """
    before = boats_before_zero(times, table, draws=draws, seed=seed)
    return mean_of_truncated(before, dispersion(table, draws, seed)[:, None])


def people_per_boat(times: NDArray[np.float64], table: Departures, *, draws: int, seed: int) -> NDArray[np.float64]:
    """
    Draw the mean of the people aboard a boat on each day.

    Parameters
    ----------
    times : array, shape (day,)
        Any time of each day, since 1970 UTC. [s]
    table : Departures
        The fit. [1]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw, day)
        Boats scatter about it by ``table.load_spread``. [people]

    Raises
    ------
    BadTime
        If a day lies before the table.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> people_per_boat(np.array([1.72e9]), departures(), draws=200, seed=1).mean() > 50.0
    np.True_
    """
    months = _months(times, table)
    last = max(int(np.max(months)), table.last_month)
    season = table.load_season + table.load_season_spread * normals("departures load season", draws, MONTHS, seed)
    past = _posterior(
        table.log_load, table.log_load_spread, table.log_load_correlation, _shocks("load", draws, table, seed)
    )
    steps = table.load_innovation * normals("departures load walk", draws, last - table.last_month, seed)
    start = past[:, -1] - season[:, table.last_month % MONTHS]
    future = _walk(start, start, 1.0, steps) + season[:, np.arange(table.last_month + 1, last + 1) % MONTHS]
    return np.asarray(np.exp(np.concatenate((past, future), axis=1)[:, months - table.first_month]))


def weekday_factor(times: NDArray[np.float64], table: Departures) -> NDArray[np.float64]:
    """
    Return the logarithm of the factor of each day's weekday on its boats; after the table, that of its last year.

    Parameters
    ----------
    times : array, shape (day,)
        Any time of each day, since 1970 UTC. [s]
    table : Departures
        The fit. [1]

    Returns
    -------
    array, shape (day,)
        [1]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> saturday_and_tuesday = weekday_factor(np.array([1719662400.0, 1719921600.0]), departures())
    >>> bool(saturday_and_tuesday[0] > saturday_and_tuesday[1])
    True
    """
    days = np.floor(np.asarray(times) / DAY).astype(np.int64)
    years = (
        days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + np.datetime64("1970", "Y").item().year
    )
    place = np.clip(years - table.first_year, 0, len(table.boats_weekday) - 1)
    monday = np.datetime64("1970-01-05").astype(np.int64)
    return np.asarray(table.boats_weekday[place, (days - monday) % WEEKDAYS])


def _months(times: NDArray[np.float64], table: Departures) -> NDArray[np.int64]:
    days = np.floor(np.asarray(times) / DAY).astype(np.int64).astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64)
    if np.any(months < table.first_month):
        first = np.int64(table.first_month).astype("datetime64[M]")
        raise BadTime(f"Day {np.min(days)} lies before the fitted months; start on {first}-01 or later.")
    return np.asarray(months)


def _shocks(what: str, draws: int, table: Departures, seed: int) -> NDArray[np.float64]:
    return normals(f"departures {what} past", draws, len(table.log_boats), seed)


def _posterior(
    mean: NDArray[np.float64],
    spread: NDArray[np.float64],
    correlation: NDArray[np.float64],
    shocks: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Paths whose errors have the spread of each month and its correlation with the month before."""
    errors = np.empty_like(shocks)
    errors[:, 0] = shocks[:, 0]
    for month in range(1, shocks.shape[1]):
        kept = correlation[month]
        errors[:, month] = kept * errors[:, month - 1] + np.sqrt(1.0 - kept**2) * shocks[:, month]
    return np.asarray(mean + spread * errors)


def _walk(
    start: NDArray[np.float64], middle: NDArray[np.float64], kept: float, steps: NDArray[np.float64]
) -> NDArray[np.float64]:
    path = np.empty_like(steps)
    level = start
    for month in range(steps.shape[1]):
        level = middle + kept * (level - middle) + steps[:, month]
        path[:, month] = level
    return path


def normals(name: str, draws: int, steps: int, seed: int) -> NDArray[np.float64]:
    """
    Draw standard normal numbers that belong to an event, for each draw and step.

    Parameters
    ----------
    name : str
        The event. [1]
    draws : int
        How many. [1]
    steps : int
        Of each. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw, step)
        [1]

    Examples
    --------
    >>> bool((normals("level", 4, 3, 1)[:2, :2] == normals("level", 2, 2, 1)).all())
    True
    """
    scores = np.empty((draws, steps))
    _fill(np.uint64(seed), event_number(name), scores)
    return scores


@compiled
def _fill(seed, event, scores):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(scores.shape[0]):
        for step in range(scores.shape[1]):
            scores[draw, step] = normal(uniform(seed, event, np.uint64(draw), np.uint64(step)))
