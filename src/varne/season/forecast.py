"""A forecast of arrivals from the days before: drawn days, and the distribution of people in a week or a month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, expit

from varne.chance import negative_binomial
from varne.compiled import compiled
from varne.draws import event_number, uniform
from varne.season.arrivals import LAGS, fit_activity, fit_boats_of_days, past_of
from varne.season.history import normals
from varne.season.load_level import LoadLevel
from varne.season.series import DAYS, Daily
from varne.season.truncated import log_negative_binomial

_LEAST = 1e-6  # a dispersion or an excess variance is not taken smaller; our choice


@dataclass(frozen=True, slots=True)
class Forecast:
    """People who arrive over the days ahead: equally likely negative binomial distributions, and draws of them."""

    boats: NDArray[np.float64]  # (member,) over all days ahead [1]
    means: NDArray[np.float64]  # (member,) of people, given the boats [people]
    sizes: NDArray[np.float64]  # (member,) dispersion k of people, given the boats [1]
    people: NDArray[np.float64]  # (member,) one draw of each [people]
    log_odds: NDArray[np.float64]  # (member, day) that a day is active, but for the days before it [1]
    lag_effects: NDArray[np.float64]  # (member, 2) of an active day one and two days before, in log odds [1]

    def log_chance(self, people: float) -> float:
        """
        Return the logarithm of the chance of a count: the mean over members of their negative binomial chances.

        Parameters
        ----------
        people : float
            Whole number. [people]

        Returns
        -------
        float
            [1]

        Examples
        --------
        >>> one = np.ones(1)
        >>> forecast = Forecast(one, 3.0 * one, 1.5 * one, one, np.zeros((1, 7)), np.zeros((1, 2)))
        >>> round(sum(np.exp(forecast.log_chance(float(count))) for count in range(300)), 6)
        np.float64(1.0)
        """
        some = self.boats > 0
        quiet = float(np.sum(~some)) if people == 0 else 0.0
        each = np.exp(
            log_negative_binomial(np.full(int(np.sum(some)), float(people)), self.means[some], self.sizes[some])
        )
        return float(np.log(max((quiet + float(np.sum(each))) / len(self.boats), np.finfo(float).tiny)))

    def chance_below_or_at(self, people: float) -> float:
        """
        Return the chance of so many people or fewer.

        Parameters
        ----------
        people : float
            Whole number; below 0 the chance is 0. [people]

        Returns
        -------
        float
            [1]

        Examples
        --------
        >>> one = np.ones(1)
        >>> forecast = Forecast(one, 3.0 * one, 1.5 * one, one, np.zeros((1, 7)), np.zeros((1, 2)))
        >>> bool(abs(forecast.chance_below_or_at(0.0) - np.exp(forecast.log_chance(0.0))) < 1e-9)
        True
        """
        if people < 0:
            return 0.0
        some = self.boats > 0
        share = self.sizes[some] / (self.sizes[some] + self.means[some])
        reached = betainc(self.sizes[some], people + 1.0, share)
        return float((np.sum(~some) + np.sum(reached)) / len(self.boats))

    def chance_of_active(self, before: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Return the chance that each day is active, given whether the days before it were.

        Parameters
        ----------
        before : array, shape (day, 2)
            Of the first days ahead: whether one and two days before were active, 1 or 0. [1]

        Returns
        -------
        array, shape (day,)
            [1]

        Examples
        --------
        >>> one = np.ones(1)
        >>> forecast = Forecast(one, one, one, one, np.zeros((1, 1)), np.ones((1, 2)))
        >>> forecast.chance_of_active(np.zeros((1, 2)))
        array([0.5])
        """
        return np.asarray(expit(self.log_odds[:, : len(before)] + self.lag_effects @ before.T).mean(axis=0))


def forecast(
    daily: Daily,
    known: int,
    ahead: int,
    *,
    scales: tuple[NDArray[np.float64], NDArray[np.float64]],
    load: LoadLevel,
    members: int,
    seed: int,
) -> Forecast:
    """
    Forecast the people who arrive over the days ahead.

    Parameters
    ----------
    daily : Daily
        From a Monday on; only its known days are looked at. [1]
    known : int
        Days that are known. [1]
    ahead : int
        Days to forecast, whole weeks. [1]
    scales : tuple of two arrays, shapes (sample, 4) and (sample, 5)
        Of activity and of boats, natural logarithms, sampled from known days. [1]
    load : LoadLevel
        People per boat after the last known week. [1]
    members : int
        How many are drawn. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Forecast

    Examples
    --------
    >>> from varne.season.arrivals import ACTIVITY_MIDDLE, BOATS_MIDDLE
    >>> days = np.arange("2024-01-01", "2024-03-04", dtype="datetime64[D]")
    >>> made = forecast(
    ...     Daily(days, 40.0 * (np.arange(63) % 3), np.arange(63.0) % 3), 56, 7, members=50, seed=1,
    ...     scales=(ACTIVITY_MIDDLE[None], BOATS_MIDDLE[None]), load=LoadLevel(3.7, 0.01, 0.4, 0.05, 0.03),
    ... )
    >>> made.people.shape
    (50,)
    """
    past = past_of(daily, known, ahead)
    name = f"arrivals {daily.days[0] + known}"
    activity = _effects([fit_activity(past, one) for one in scales[0]], members, f"{name} activity", seed)
    levels = _effects([fit_boats_of_days(past, one) for one in scales[1]], members, f"{name} boats", seed)
    which = np.arange(members) % len(scales[1])
    odds = activity[:, :-LAGS] @ past.shared[known:].T
    means = np.exp(levels @ past.shared[known:].T)
    before = past.boats[: -LAGS - 1 : -1] > 0
    boats = np.zeros(members)
    event = event_number(name)
    lags = np.ascontiguousarray(activity[:, -LAGS:])
    _run(np.uint64(seed), event, (odds, lags, before.astype(np.float64)), (means, np.exp(scales[1][which, 0])), boats)
    return _with_people(boats, odds, lags, load, (ahead, name, seed))


def _effects(peaks, members: int, name: str, seed: int) -> NDArray[np.float64]:  # type: ignore[no-untyped-def]  # Numba infers its types
    """Draws of the effects; members take the samples of the scales in turn."""
    scores = normals(name, members, len(peaks[0].mean), seed)
    drawn = np.empty_like(scores)
    for place, peak in enumerate(peaks):
        drawn[place :: len(peaks)] = peak.drawn(scores[place :: len(peaks)])
    return drawn


def _with_people(
    boats: NDArray[np.float64],
    odds: NDArray[np.float64],
    lags: NDArray[np.float64],
    load: LoadLevel,
    what: tuple[int, str, int],
) -> Forecast:
    """People aboard: the level goes on wandering to the middle of the days ahead."""
    ahead, name, seed = what
    weeks = ahead / DAYS
    spread = np.sqrt(load.variance + load.innovation**2 * (1.0 + weeks) / 2.0)
    level = np.exp(load.mean + spread * normals(f"{name} load", len(boats), 1, seed)[:, 0])
    means = np.maximum(boats * level, _LEAST)
    variance = boats * (load.boat_scatter * level) ** 2 + (load.week_scatter * means) ** 2 / weeks
    sizes = np.maximum(means**2 / np.maximum(variance - means, _LEAST), _LEAST)
    people = np.zeros(len(boats))
    _people(np.uint64(seed), event_number(f"{name} people"), means, sizes, people)
    return Forecast(boats, means, sizes, np.where(boats > 0, people, 0.0), odds, lags)


@compiled
def _run(seed, event, activity, counts, boats):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Day by day: active or not, and if so how many boats; adds them up."""
    odds, lags, before = activity
    means, sizes = counts
    for member in range(len(boats)):
        yesterday, day_before = before[0], before[1]
        for day in range(odds.shape[1]):
            log_odds = odds[member, day] + lags[member, 0] * yesterday + lags[member, 1] * day_before
            chance = uniform(seed, event, np.uint64(member), np.uint64(2 * day))
            active = 1.0 if chance * (1.0 + np.exp(-log_odds)) < 1.0 else 0.0
            if active > 0.0:
                size, mean = sizes[member], means[member, day]
                zero = np.exp(-size * np.log1p(mean / size))
                luck = uniform(seed, event, np.uint64(member), np.uint64(2 * day + 1))
                boats[member] += max(negative_binomial(zero + luck * (1.0 - zero), mean, size), 1)
            day_before = yesterday
            yesterday = active


@compiled
def _people(seed, event, means, sizes, people):  # type: ignore[no-untyped-def]  # Numba infers its types
    for member in range(len(people)):
        luck = uniform(seed, event, np.uint64(member), np.uint64(0))
        people[member] = negative_binomial(luck, means[member], sizes[member])
