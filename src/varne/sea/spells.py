"""Spells: how long calm and rough last, days with a weather window, storms, and how long a series remembers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled
from varne.errors import BadTime
from varne.facts.climate_tables import climate_table
from varne.sea.weather import Weather
from varne.units import DAY, HOUR

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DayRuns:
    """How days of one kind follow each other in one year; runs are cut at its ends; NaN where there is no such day."""

    share: float  # of days [1]
    run: float  # mean length [day]
    longest: int  # [day]
    gap: float  # mean length of the runs of other days [day]
    longest_gap: int  # [day]
    after_such: float  # share of days after such a day that are such too [1]
    after_other: float  # share of days after another day that are such [1]


def window_days(weather: Weather) -> Flags:
    """
    Tell on which days night and morning leave a small boat a weather window.

    A day has one when neither the waves nor the hourly wind exceed the limits of ``facts/weather.toml`` in the hours
    that count; it is a statement about the weather, not about whether anybody sets out.

    Parameters
    ----------
    weather : Weather
        From midnight UTC; hours after the last whole day are left out. [SI]

    Returns
    -------
    array, shape (member, day)
        [1]

    Raises
    ------
    BadTime
        If it does not start at midnight or is shorter than a day.

    Examples
    --------
    >>> from varne.sea.weather import generate
    >>> window_days(generate(0.0, 72, members=np.arange(2), seed=1)).shape
    (2, 3)
    """
    waves, wind = window_extremes(weather)
    highest, strongest = (climate_table(f"window_{name}").values[0] for name in ("wave_height", "wind_speed"))
    return np.asarray((waves <= highest) & (wind <= strongest))


def window_extremes(weather: Weather) -> tuple[Array, Array]:
    """
    Return the highest waves and the strongest hourly wind of each day in the hours that count for a window.

    Parameters
    ----------
    weather : Weather
        From midnight UTC; hours after the last whole day are left out. [SI]

    Returns
    -------
    tuple of two arrays, shape (member, day)
        Significant wave height [m] and wind speed [m/s].

    Raises
    ------
    BadTime
        If it does not start at midnight or is shorter than a day.

    Examples
    --------
    >>> from varne.sea.weather import generate
    >>> waves, wind = window_extremes(generate(0.0, 72, members=np.arange(2), seed=1))
    >>> waves.shape
    (2, 3)
    """
    if weather.time[0] % DAY or len(weather.time) * HOUR < DAY:
        raise BadTime("Days with a window are counted from midnight UTC on; give weather of whole days.")
    first, last = (round(hour / HOUR) for hour in climate_table("window_hours").values)
    speed = np.hypot(weather.wind_east, weather.wind_north)
    waves, wind = (_by_day(values)[:, :, first:last].max(axis=-1) for values in (weather.wave_height, speed))
    return waves, wind


def _by_day(values: Array) -> Array:
    hours = round(DAY / HOUR)
    days = values.shape[-1] // hours
    return values[:, : days * hours].reshape(len(values), days, hours)


def run_lengths(flags: Flags) -> NDArray[np.int64]:
    """
    Return the lengths of the runs of true in one series, in order.

    Parameters
    ----------
    flags : array, shape (step,)
        [1]

    Returns
    -------
    array, shape (run,)
        [steps]

    Examples
    --------
    >>> run_lengths(np.array([True, False, True, True]))
    array([1, 2])
    """
    edges = np.diff(np.concatenate(([0], np.asarray(flags, np.int8), [0])))
    return np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)


def day_runs(days: Flags) -> DayRuns:
    """
    Describe how the days of one year follow each other.

    Parameters
    ----------
    days : array, shape (day,)
        True for days of the kind. [1]

    Returns
    -------
    DayRuns

    Examples
    --------
    >>> day_runs(np.array([True, True, False, True, False, False]))
    DayRuns(share=0.5, run=1.5, longest=2, gap=1.5, longest_gap=2, after_such=0.3333333333333333, after_other=0.5)
    """
    runs, gaps = run_lengths(days), run_lengths(~days)
    before, after = days[:-1], days[1:]
    return DayRuns(
        share=float(days.mean()),
        run=_mean(runs),
        longest=int(runs.max(initial=0)),
        gap=_mean(gaps),
        longest_gap=int(gaps.max(initial=0)),
        after_such=_mean(after[before]),
        after_other=_mean(after[~before]),
    )


def _mean(values: NDArray[np.int64] | Flags) -> float:
    return float(values.mean()) if len(values) else float("nan")


def storm_peaks(heights: Array, *, threshold: float, separation: float) -> Array:
    """
    Return the highest waves of each storm in one series: peaks over a threshold that lie apart.

    A storm begins when the waves exceed the threshold and ends when they have been below it for the separation.

    Parameters
    ----------
    heights : array, shape (hour,)
        Significant. [m]
    threshold : float
        [m]
    separation : float
        [s]

    Returns
    -------
    array, shape (storm,)
        [m]

    References
    ----------
    Runs declustering: Coles (2001), An Introduction to Statistical Modeling of Extreme Values, 5.3.2.

    Examples
    --------
    >>> storm_peaks(np.array([1.0, 3.0, 1.0, 4.0, 1.0, 1.0, 1.0, 3.5]), threshold=2.0, separation=2 * 3600.0)
    array([4. , 3.5])
    """
    above = np.flatnonzero(heights > threshold)
    if not len(above):
        return np.empty(0)
    # With one hour below between them two exceedances lie 2 hours apart.
    starts = np.concatenate(([0], np.flatnonzero(np.diff(above) > separation / HOUR) + 1))
    return np.asarray(np.maximum.reduceat(heights[above], starts))


def integral_time(values: Array) -> float:
    """
    Return the integral time scale of one hourly series: its autocorrelation summed to where it first reaches zero.

    Parameters
    ----------
    values : array, shape (hour,)
        [unit]

    Returns
    -------
    float
        An independent series has one hour. [s]

    Raises
    ------
    BadTime
        If the series has fewer than two hours.

    References
    ----------
    Tennekes and Lumley (1972), A First Course in Turbulence, 1.5.

    Examples
    --------
    >>> integral_time(np.array([1.0, -1.0, 1.0, -1.0])) / 3600.0
    1.0
    """
    if len(values) < 2:
        raise BadTime(f"A series of {len(values)} hours has no memory to measure; give two hours or more.")
    return float(HOUR * _sum_to_zero(np.ascontiguousarray(values - np.mean(values), np.float64)))


@compiled
def _sum_to_zero(values):  # type: ignore[no-untyped-def]  # Numba infers its types
    count = len(values)
    power = 0.0
    for value in values:
        power += value * value
    total = 0.0
    for lag in range(count):
        product = 0.0
        for at in range(count - lag):
            product += values[at] * values[at + lag]
        if product <= 0.0:
            break
        total += product / power
    return total
