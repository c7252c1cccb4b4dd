"""A forecast beside observations: how far off it was, how sure that is, and what follows for the errors to draw."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, t

from varne.compiled import compiled
from varne.errors import BadFile
from varne.sea.field import Field, field_at
from varne.sea.observations import Observations
from varne.units import HOUR
from varne.when import format_time

Array = NDArray[np.float64]

_FEWEST = 3.0  # independent pairs below which nothing is said; own choice
_LOW, _HIGH = 0.05, 0.95  # exact: ends of a 90 % interval
_STEADY = 2.0  # wind below which a direction means little [m/s]; own choice
_LEAST_HEIGHT = 0.1  # resolution of reported wave heights [m] (NDBC)
LEADS = (0.0, 6.0 * HOUR, 12.0 * HOUR, 24.0 * HOUR, 48.0 * HOUR, math.inf)  # bounds of the groups; own choice [s]
_KENDALL = 3.0  # Kendall (1954), Biometrika 41:403: slope of the bias of a correlation with a lag
_EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Score:
    """How far a forecast was off; everything but the counts is None where too few pairs tell."""

    measure: str  # of what, forecast minus observed
    unit: str
    pairs: int
    effective: float  # independent pairs
    bias: float | None
    bias_low: float | None  # 90 % interval
    bias_high: float | None
    spread: float | None  # standard deviation about the bias
    spread_low: float | None  # 90 % interval
    spread_high: float | None
    rmse: float | None

    @property
    def tells(self) -> bool:
        """
        Whether there are enough independent pairs to say anything.

        Returns
        -------
        bool

        Examples
        --------
        >>> score("speed", "m/s", np.array([0.1])).tells
        False
        """
        return self.bias is not None


@dataclass(frozen=True, slots=True)
class EnsembleScore:
    """How honest the spread of an ensemble was."""

    members: int
    spread_over_error: float | None  # 1 when honest, below when too sure
    coverage: float | None  # share of observations between the 5 % and 95 % quantiles of the members
    expected_coverage: float  # the share an honest ensemble of this size has
    ranks: tuple[int, ...]  # how often an observation had 0, 1, ... members below it
    crps: float | None  # continuous ranked probability score, fair for the number of members [unit]


@dataclass(frozen=True, slots=True)
class Check:
    """A field beside observations of the same quantity."""

    quantity: str
    station: str
    start: float  # of the pairs, since 1970-01-01T00:00Z [s]
    end: float  # [s]
    scores: tuple[Score, ...]
    by_lead: tuple[tuple[float, float, tuple[Score, ...]], ...]  # from, to [s]; empty when `issued` is not known
    ensemble: EnsembleScore | None


def score(measure: str, unit: str, errors: Array) -> Score:
    """
    Sum up errors in order of time: bias, spread, and how sure each is.

    Neighbours in time are alike: the intervals count only independent pairs (:func:`independent`).

    Parameters
    ----------
    measure : str
        Of what. [1]
    unit : str
        Of the errors. [1]
    errors : array, shape (pair,)
        Forecast minus observed. [unit]

    Returns
    -------
    Score

    References
    ----------
    Bayley and Hammersley (1946), Suppl. J. R. Stat. Soc. 8:184: variance and mean of a series with memory.

    Examples
    --------
    >>> one = score("speed", "m/s", np.array([1.0, -1.0, 2.0, 0.0, 1.0, 0.5]))
    >>> one.pairs, round(one.bias, 3), one.bias_low < one.bias < one.bias_high
    (6, 0.583, True)
    """
    effective = independent(errors)
    if effective < _FEWEST:
        return Score(measure, unit, errors.size, effective, None, None, None, None, None, None, None)
    bias = float(errors.mean())
    # The mean of a series with memory follows it: without the correction its spread would look too small.
    spread = math.sqrt(float(np.mean((errors - bias) ** 2)) / (1.0 - 1.0 / effective))
    freedom = effective - 1.0
    half = float(t.ppf(_HIGH, freedom)) * spread / math.sqrt(effective)
    low, high = (spread * math.sqrt(freedom / float(chi2.ppf(end, freedom))) for end in (_HIGH, _LOW))
    rmse = math.sqrt(float(np.mean(errors**2)))
    return Score(measure, unit, errors.size, effective, bias, bias - half, bias + half, spread, low, high, rmse)


def independent(errors: Array) -> float:
    """
    Count how many independent errors a series with memory is worth.

    The autocorrelation is summed up to its first lag at or below 0. In a short series it looks smaller than it is,
    because the mean follows the series; so the count is at most that of a first-order series with the lag of one step
    freed from that bias.

    Parameters
    ----------
    errors : array, shape (pair,)
        In order of time, about equally far apart. [unit]

    Returns
    -------
    float
        From 0 to the number of pairs. [1]

    References
    ----------
    Thiebaux and Zwiers (1984), J. Climate Appl. Meteorol. 23:800, equation 2.1. Kendall (1954), Biometrika 41:403,
    the bias of a correlation with a lag, -(1 + 3 r) / n.

    Examples
    --------
    >>> independent(np.array([1.0, -1.0, 1.0, -1.0]))
    4.0
    """
    count = errors.size
    if count < 2:
        return float(count)
    about = errors - errors.mean()
    variance = float(about @ about)
    if variance <= _EPS**2 * count:
        return 1.0 if np.ptp(errors) == 0.0 else float(count)
    first = float(about[1:] @ about[:-1]) / variance
    freed = min((count * first + 1.0) / max(count - _KENDALL, 1.0), 1.0 - 1.0 / count)
    total = max(1.0, (1.0 + freed) / (1.0 - freed)) if first > 0.0 else 1.0
    return count / max(total, _summed(about, variance))


def _summed(about: Array, variance: float) -> float:
    """Twice the sum of the autocorrelation, and the 1 of lag 0."""
    count, total = about.size, 1.0
    for lag in range(1, count):
        correlation = float(about[lag:] @ about[:-lag]) / variance
        if correlation <= 0.0:
            break
        total += 2.0 * (1.0 - lag / count) * correlation
    return total


def check(observations: Observations, field: Field) -> Check:
    """
    Compare a field with what was observed at a place.

    Wind: speed, logarithm of the speed, direction (where both blow with 2 m/s or more) and both components. Waves:
    logarithms of height and peak period. Temperatures: differences. An ensemble is scored by its mean, and by how
    honest its spread is. Where it is known when the forecast was made, the scores also stand by lead time.

    Parameters
    ----------
    observations : Observations
        At a place within the field. [SI]
    field : Field
        Wind, waves, water or air. [SI]

    Returns
    -------
    Check

    Raises
    ------
    BadFile
        If the place is not known or lies outside the field, nothing was observed at its times, or the quantity is
        one that no buoy observes.

    Examples
    --------
    >>> from varne.sea.field import Source
    >>> hours, none = 3600.0 * np.arange(4), np.full(4, np.nan)
    >>> seen = Observations("62304", (51.103, 1.8), hours, none, none, none, none, none,
    ...     np.array([9.0, 10.0, 9.0, 10.0]), none, Source("a buoy", "measured"), None, ())
    >>> warm = Field("water", np.full((1, 2, 2, 2, 1), 10.0), 1.3, 50.6, 1.0, 1.0, 0.0, 86400.0, None, seen.source)
    >>> check(seen, warm).scores[0].bias
    0.5
    """
    if field.quantity not in _COMPARE:
        raise BadFile(f"{observations.station} does not observe {field.quantity}; check wind, waves, water or air.")
    seen, observed = _COMPARE[field.quantity][0](observations)
    end = field.start + field.interval * (field.values.shape[1] - 1)
    common = seen & (observations.times >= field.start) & (observations.times <= end)
    if not common.any():
        raise BadFile(
            f"{observations.station} has no {field.quantity} between {format_time(field.start)} and "
            f"{format_time(end)}, the times of the forecast; give observations of these times."
        )
    times, known = observations.times[common], observed[common]
    x, y = _place_in(observations, field)
    forecast = _at_place(field.values, x, y, (times - field.start) / field.interval)
    series = _COMPARE[field.quantity][1](forecast.mean(axis=0), known)
    whole = tuple(score(name, unit, errors[used]) for name, unit, errors, used in series)
    groups = []
    if field.issued is not None:
        for first, last in pairwise(LEADS):
            inside = (times - field.issued >= first) & (times - field.issued < last)
            if inside.any():
                scores = tuple(score(name, unit, errors[used & inside]) for name, unit, errors, used in series)
                groups.append((first, last, scores))
    ensemble = None
    if forecast.shape[0] > 1:
        ensemble = ensemble_score(*_COMPARE[field.quantity][2](forecast, known))
    return Check(
        field.quantity, observations.station, float(times[0]), float(times[-1]), whole, tuple(groups), ensemble
    )


def ensemble_score(members: Array, observed: Array) -> EnsembleScore:
    """
    Score the spread of an ensemble.

    Parameters
    ----------
    members : array, shape (member, pair)
        Of the forecast. [unit]
    observed : array, shape (pair,)
        [unit]

    Returns
    -------
    EnsembleScore
        Numbers but the ranks are None where fewer than three independent pairs tell.

    References
    ----------
    Fortin et al. (2014), J. Hydrometeorol. 15:1708: spread and skill. Hamill (2001), Mon. Weather Rev. 129:550: ranks.
    Ferro (2014), Q. J. R. Meteorol. Soc. 140:1917: fair score.

    Examples
    --------
    >>> ensemble_score(np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([2.0, 4.0])).ranks
    (0, 1, 1)
    """
    count = members.shape[0]
    below = (members < observed).sum(axis=0) + (members == observed).sum(axis=0) // 2
    ranks = tuple(int(number) for number in np.bincount(below, minlength=count + 1))
    # Of the count + 1 ranks an honest ensemble fills alike, those that lie between the outer twentieths.
    cut = math.floor(_LOW * (count + 1) + _EPS)
    expected = 1.0 - 2.0 * cut / (count + 1) if cut else (count - 1.0) / (count + 1.0)
    cut = max(cut, 1)
    errors = members.mean(axis=0) - observed
    if independent(errors) < _FEWEST:
        return EnsembleScore(count, None, None, expected, ranks, None)
    variance = float(members.var(axis=0, ddof=1).mean()) * (count + 1) / count
    error = float(np.mean(errors**2))
    covered = float(np.mean((below >= cut) & (below <= count - cut)))
    ordered = np.sort(members, axis=0)
    weights = 2.0 * np.arange(1, count + 1) - count - 1.0
    inner = (weights[:, np.newaxis] * ordered).sum(axis=0) / (count * (count - 1.0))
    crps = float((np.abs(members - observed).mean(axis=0) - inner).mean())
    ratio = math.sqrt(variance / error) if error > 0.0 else math.inf
    return EnsembleScore(count, ratio, covered, expected, ranks, crps)


def _place_in(observations: Observations, field: Field) -> tuple[float, float]:
    if observations.place is None:
        raise BadFile(f"{observations.station} has no position, and its file gives none; give it with --at.")
    latitude, longitude = observations.place
    x, y = (longitude - field.west) / field.step_east, (latitude - field.south) / field.step_north
    rows, columns = field.values.shape[2:4]
    if not (-_EPS <= x <= columns - 1 + _EPS and -_EPS <= y <= rows - 1 + _EPS):
        raise BadFile(
            f"{observations.station} at {latitude:.3f}, {longitude:.3f} lies outside the forecast of {field.quantity}; "
            "give a forecast that covers it."
        )
    return x, y


def _at_place(values: Array, x: float, y: float, when: Array) -> Array:
    """Values of shape (realization, time, component)."""
    found = np.empty((values.shape[0], when.size, values.shape[4]))
    _fill(found, values, x, y, when)
    return found


@compiled
def _fill(found, values, x, y, when):  # type: ignore[no-untyped-def]  # Numba infers its types
    for r in range(found.shape[0]):
        for k in range(found.shape[1]):
            for c in range(found.shape[2]):
                found[r, k, c] = field_at(values[r], x, y, when[k], c)


_Series = list[tuple[str, str, Array, NDArray[np.bool_]]]  # measure, unit, errors, which of them count


def _seen_wind(one: Observations) -> tuple[NDArray[np.bool_], Array]:
    direction = np.where(one.wind_speed == 0.0, 0.0, one.wind_from)
    values = np.stack([-one.wind_speed * np.sin(direction), -one.wind_speed * np.cos(direction)], axis=-1)
    return np.asarray(np.isfinite(values).all(axis=-1)), values


def _compare_wind(forecast: Array, known: Array) -> _Series:
    speeds = np.hypot(*forecast.T), np.hypot(*known.T)
    every = np.ones(known.shape[0], dtype=np.bool_)
    steady = (speeds[0] >= _STEADY) & (speeds[1] >= _STEADY)
    turn = np.arctan2(forecast[:, 0], forecast[:, 1]) - np.arctan2(known[:, 0], known[:, 1])
    middle = math.atan2(np.sin(turn[steady]).sum(), np.cos(turn[steady]).sum()) if steady.any() else 0.0
    turn = middle + np.angle(np.exp(1j * (turn - middle)))  # unwrapped about its mean, so that 359 is near 1 degree
    ratio = np.log(np.where(steady, speeds[0], 1.0) / np.where(steady, speeds[1], 1.0))
    return [
        ("speed", "m/s", speeds[0] - speeds[1], every),
        ("log speed", "1", ratio, steady),
        ("direction", "rad", turn, steady),
        ("towards east", "m/s", forecast[:, 0] - known[:, 0], every),
        ("towards north", "m/s", forecast[:, 1] - known[:, 1], every),
    ]


def _seen_waves(one: Observations) -> tuple[NDArray[np.bool_], Array]:
    return np.isfinite(one.wave_height), np.stack([one.wave_height, one.peak_period], axis=-1)


def _compare_waves(forecast: Array, known: Array) -> _Series:
    clear = (forecast[:, 0] >= _LEAST_HEIGHT) & (known[:, 0] >= _LEAST_HEIGHT)
    timed = clear & (forecast[:, 1] > 0.0) & (known[:, 1] > 0.0)
    ratios = [
        np.log(np.where(used, forecast[:, k], 1.0) / np.where(used, known[:, k], 1.0))
        for k, used in enumerate((clear, timed))
    ]
    series: _Series = [("log height", "1", ratios[0], clear)]
    return [*series, ("log period", "1", ratios[1], timed)] if timed.any() else series


def _seen_water(one: Observations) -> tuple[NDArray[np.bool_], Array]:
    return np.isfinite(one.water), one.water[:, np.newaxis]


def _seen_air(one: Observations) -> tuple[NDArray[np.bool_], Array]:
    return np.isfinite(one.air), one.air[:, np.newaxis]


def _compare_temperature(forecast: Array, known: Array) -> _Series:
    return [("temperature", "degC", forecast[:, 0] - known[:, 0], np.ones(known.shape[0], dtype=np.bool_))]


def _ranked_speed(members: Array, known: Array) -> tuple[Array, Array]:
    return np.hypot(members[..., 0], members[..., 1]), np.hypot(*known.T)


def _ranked_first(members: Array, known: Array) -> tuple[Array, Array]:
    return members[..., 0], known[:, 0]


_Seen = Callable[[Observations], tuple[NDArray[np.bool_], Array]]
_Compare = Callable[[Array, Array], _Series]
_Ranked = Callable[[Array, Array], tuple[Array, Array]]
_COMPARE: dict[str, tuple[_Seen, _Compare, _Ranked]] = {
    "wind": (_seen_wind, _compare_wind, _ranked_speed),
    "waves": (_seen_waves, _compare_waves, _ranked_first),
    "water": (_seen_water, _compare_temperature, _ranked_first),
    "air": (_seen_air, _compare_temperature, _ranked_first),
}
