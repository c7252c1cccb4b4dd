"""Forecasts of weeks that have passed, each from the days before it alone, and their scores beside the baselines."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.draws import event_number, uniform
from varne.errors import BadInput
from varne.season.arrivals import LAGS, past_of
from varne.season.baselines import baseline_counts, baseline_ensembles
from varne.season.forecast import Forecast, forecast
from varne.season.load_level import load_level
from varne.season.scales import sample_scales
from varne.season.scores import coverage, crps_of_ensemble, negative_binomial_scores
from varne.season.series import DAYS, Daily, Weekly, weeks_of, whole_weeks

WEEKS_BEFORE = 104  # that a week needs before it to be forecast; our choice
_REGIME = np.datetime64("2019-12-30")  # days before are of another regime; chosen on 2022 (docs/backtest.md)
_QUARTER = 13  # weeks for which the scales are kept before they are sampled anew
_SAMPLES = 16  # of the scales; our choice
MEMBERS = 4000  # of each forecast; our choice
SEED = 1  # our choice
MODEL = "Varne"


@dataclass(frozen=True, slots=True)
class Score:
    """One forecast of one target."""

    forecast: str
    mean: float  # [people]
    crps: float  # [people]
    log_score: float  # NaN: it gives no distribution of counts [1]
    inside: tuple[bool, ...]  # the central 50, 90 and 99 %
    width: tuple[float, ...]  # [people]


@dataclass(frozen=True, slots=True)
class Target:
    """One week, or as many as the horizon holds, and what was forecast of it."""

    ending: np.datetime64  # of its first week, a Sunday
    observed: float  # [people]
    scores: tuple[Score, ...]  # the model first
    pit: float  # where what came lies in the model's distribution, randomised [1]
    active: NDArray[np.float64]  # (day,) of the first week: 1 where anybody arrived
    chance_of_active: NDArray[np.float64]  # (day,) given the days before each [1]


def targets(
    endings: NDArray[np.datetime64],
    first: np.datetime64 | None = None,
    last: np.datetime64 | None = None,
    *,
    horizon: int,
) -> NDArray[np.int64]:
    """
    Return which weeks can be forecast: those with enough weeks before them whose horizon has passed.

    Parameters
    ----------
    endings : array of datetime64[D], shape (week,)
        Ends of the whole weeks of the series. [day]
    first, last : datetime64[D], optional
        Between which a week ends. [day]
    horizon : int
        Weeks that a target holds. [1]

    Returns
    -------
    array, shape (target,)
        Places of weeks in the whole weeks of the series. [1]

    Raises
    ------
    BadInput
        If there is none.

    Examples
    --------
    >>> targets(np.arange("2020-01-12", "2022-02-07", 7, dtype="datetime64[D]"), horizon=1)
    array([104, 105, 106, 107, 108])
    """
    places = np.arange(WEEKS_BEFORE, max(len(endings) - horizon + 1, WEEKS_BEFORE))
    from_day, to_day = (endings[:1] if first is None else first), (endings[-1:] if last is None else last)
    places = places[(endings[places] >= from_day) & (endings[places] <= to_day)]
    if not len(places):
        raise BadInput(
            f"The series has {len(endings)} whole weeks and none to forecast: a target needs {WEEKS_BEFORE} before it "
            f"and its {horizon} within the series and the dates; give more days or other dates."
        )
    return np.asarray(places)


def backtest(daily: Daily, places: NDArray[np.int64], *, horizon: int, seed: int = SEED) -> Iterator[Target]:
    """
    Forecast each target from the days before it and score the forecast beside the baselines.

    Scales are sampled anew every 13 weeks, counted from 1970 so that the answer for a week does not depend on which
    others are asked for; levels are filtered anew every week. Nothing of or after a target is looked at.

    Parameters
    ----------
    daily : Daily
        The series. [1]
    places : array, shape (target,)
        From :func:`targets`. [1]
    horizon : int
        Weeks that a target holds. [1]
    seed : int
        Names the experiment. [1]

    Yields
    ------
    Target

    Examples
    --------
    >>> days = np.arange("2020-01-06", "2022-02-07", dtype="datetime64[D]")
    >>> boats = np.arange(len(days)) % 4 * 1.0
    >>> series = Daily(days, 30.0 * boats, boats)
    >>> [len(target.scores) for target in backtest(series, np.array([104]), horizon=1)]
    [3]
    """
    whole = whole_weeks(daily)
    weeks = weeks_of(whole)
    sums = np.convolve(weeks.people, np.ones(horizon), mode="valid")
    quarter, scales = -1, None
    for place in places:
        number = int(weeks.endings[place].astype(np.int64)) // DAYS
        if number // _QUARTER != quarter or scales is None:
            quarter = number // _QUARTER
            scales = _scales(whole, int(place) - number % _QUARTER, seed)
        made = forecast_of(whole, int(place), horizon, scales, seed)
        observed = float(sums[place])
        scores = (_own_score(made, observed), *_baseline_scores(weeks.endings, sums, int(place), horizon))
        days = slice(int(place) * DAYS, (int(place) + 1) * DAYS)
        yield Target(
            weeks.endings[place],
            observed,
            scores,
            _pit(made, observed, number, seed),
            (whole.people[days] > 0).astype(np.float64),
            made.chance_of_active(_before(whole, int(place))),
        )


def baselines_alone(weekly: Weekly, places: NDArray[np.int64], *, horizon: int) -> Iterator[Target]:
    """
    Score the baselines where weeks alone are known and the model has no days to learn from.

    Parameters
    ----------
    weekly : Weekly
        The series. [1]
    places : array, shape (target,)
        From :func:`targets`. [1]
    horizon : int
        Weeks that a target holds. [1]

    Yields
    ------
    Target

    Examples
    --------
    >>> endings = np.arange("2020-01-12", "2022-02-07", 7, dtype="datetime64[D]")
    >>> people = 1.0 + np.arange(len(endings)) % 5
    >>> weeks = Weekly(endings, people, people, people, people)
    >>> [len(target.scores) for target in baselines_alone(weeks, np.array([104]), horizon=1)]
    [2]
    """
    sums = np.convolve(weekly.people, np.ones(horizon), mode="valid")
    for place in places:
        scores = tuple(_baseline_scores(weekly.endings, sums, int(place), horizon))
        yield Target(weekly.endings[place], float(sums[place]), scores, np.nan, np.zeros(0), np.zeros(0))


def forecast_of(
    whole: Daily, place: int, horizon: int, scales: tuple[NDArray[np.float64], NDArray[np.float64]], seed: int
) -> Forecast:
    """
    Forecast the weeks from one on.

    Parameters
    ----------
    whole : Daily
        Whole weeks; only those before are looked at. [1]
    place : int
        The first week that is not known. [1]
    horizon : int
        How many weeks. [1]
    scales : tuple of two arrays
        Sampled from days before. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Forecast

    Examples
    --------
    >>> from varne.season.arrivals import ACTIVITY_MIDDLE, BOATS_MIDDLE
    >>> days = np.arange("2020-01-06", "2022-02-07", dtype="datetime64[D]")
    >>> boats = np.arange(len(days)) % 4 * 1.0
    >>> scales = ACTIVITY_MIDDLE[None], BOATS_MIDDLE[None]
    >>> len(forecast_of(Daily(days, 30.0 * boats, boats), 105, 1, scales, 1).people) == MEMBERS
    True
    """
    seen = _seen(whole, place)
    known = len(seen.days)
    load = load_level(weeks_of(seen))
    return forecast(seen, known, horizon * DAYS, scales=scales, load=load, members=MEMBERS, seed=seed)


def _seen(whole: Daily, place: int) -> Daily:
    """Days before a week, from the regime on, but at least the weeks that a target needs."""
    first = max(int((_REGIME - whole.days[0]).astype(np.int64)), 0) // DAYS
    days = slice(max(min(first, place - WEEKS_BEFORE), 0) * DAYS, place * DAYS)
    return Daily(whole.days[days], whole.people[days], whole.boats[days])


def _scales(whole: Daily, place: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    seen = _seen(whole, max(place, WEEKS_BEFORE - _QUARTER))
    return sample_scales(past_of(seen, len(seen.days), 0), seed, _SAMPLES)


def _before(whole: Daily, place: int) -> NDArray[np.float64]:
    """Whether one and two days before each day of a week were active."""
    days = place * DAYS + np.arange(DAYS)
    return np.stack([(whole.boats[days - lag] > 0).astype(np.float64) for lag in range(1, LAGS + 1)], axis=1)


def _own_score(made: Forecast, observed: float) -> Score:
    inside, width = coverage(observed, made.people)
    return Score(
        MODEL,
        float(made.people.mean()),
        crps_of_ensemble(observed, made.people),
        -made.log_chance(observed),
        (inside[0.5], inside[0.9], inside[0.99]),
        (width[0.5], width[0.9], width[0.99]),
    )


def _baseline_scores(
    endings: NDArray[np.datetime64], sums: NDArray[np.float64], place: int, horizon: int
) -> Iterator[Score]:
    observed = float(sums[place])
    for name, ensemble in baseline_ensembles(endings, sums, place, horizon).items():
        inside, width = coverage(observed, ensemble)
        crps = crps_of_ensemble(observed, ensemble)
        yield Score(name, float(ensemble.mean()), crps, np.nan, tuple(inside.values()), tuple(width.values()))
    for name, (mean, size) in baseline_counts(endings, sums, place, horizon).items():
        crps, log_score, inside, width = negative_binomial_scores(observed, mean, size)
        yield Score(name, mean, crps, log_score, tuple(inside.values()), tuple(width.values()))


def _pit(made: Forecast, observed: float, number: int, seed: int) -> float:
    below = made.chance_below_or_at(observed - 1.0)
    luck = uniform(np.uint64(seed), event_number("randomised PIT"), np.uint64(number), np.uint64(0))
    return float(below + luck * (made.chance_below_or_at(observed) - below))
