"""Weather of months in tables: what it was like in each month, beside what is published."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.box import SIMPLE_HEAD
from rich.table import Table

from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value
from varne.sea.spells import DayRuns, day_runs, run_lengths, storm_peaks, window_days
from varne.sea.usual import Usual
from varne.sea.weather import Weather
from varne.units import DAY, HOUR

Array = NDArray[np.float64]

_RANGE = (0.05, 0.95)  # quantiles shown
_DAYS_IN_A_YEAR = 365.2425  # Gregorian mean
_NEARLY = 0.99  # of a year


@dataclass(frozen=True, slots=True)
class Month:
    """One month: for each quantity its mean in each member, and what is usual."""

    name: str  # for example 2024-01
    wind: Array  # (member,) mean speed [m/s]
    waves: Array  # (member,) mean significant height [m]
    windows: Array  # (member,) share of days with a weather window [1]
    water: Array  # (member,) [degC]
    air: Array  # (member,) [degC]
    usual: tuple[float, float, float, float]  # wind, waves, water, air
    active: float  # share of days with arrivals in this month, 2021 to 2024


def months_of(weather: Weather, usual: Usual) -> list[Month]:
    """
    Take means month by month.

    Parameters
    ----------
    weather : Weather
        From midnight UTC, of whole days. [SI]
    usual : Usual
        The climate of the place. [SI]

    Returns
    -------
    list of Month
        In order of time.

    Examples
    --------
    >>> from varne.sea.usual import usual_at
    >>> from varne.sea.weather import generate
    >>> week = generate(0.0, 24 * 7, members=np.arange(3), seed=1)
    >>> [month.name for month in months_of(week, usual_at())]
    ['1970-01']
    """
    stamps = weather.time.astype("datetime64[s]").astype("datetime64[M]")
    days, windows = stamps[:: round(DAY / HOUR)], window_days(weather)
    speed = np.hypot(weather.wind_east, weather.wind_north)
    found = []
    for stamp in np.unique(stamps):
        here = stamps == stamp
        by_month = (usual.wind_speed, usual.wave_height, usual.water, usual.air)
        means = [float(monthly_value(values, weather.time[here]).mean()) for values in by_month]
        found.append(
            Month(
                name=str(stamp),
                wind=speed[:, here].mean(axis=1),
                waves=weather.wave_height[:, here].mean(axis=1),
                windows=windows[:, days[: windows.shape[1]] == stamp].mean(axis=1),
                water=weather.water[:, here].mean(axis=1),
                air=weather.air[:, here].mean(axis=1),
                usual=(means[0], means[1], means[2], means[3]),
                active=float(climate_table("active_share").values[int(str(stamp)[5:7]) - 1]),
            )
        )
    return found


def month_table(months: Sequence[Month]) -> Table:
    """
    Show wind, waves and window days of months beside what is usual, and beside days with arrivals.

    Parameters
    ----------
    months : sequence of Month
        In order. [SI]

    Returns
    -------
    Table

    Examples
    --------
    >>> one = np.ones(3)
    >>> month_table([Month("1970-01", one, one, one, one, one, (1.0, 1.0, 1.0, 1.0), 0.3)]).row_count
    1
    """
    table = _table("wind m/s", "usual", "waves m", "usual", "window %", "arrival %")
    for month in months:
        wind, waves, _, _ = month.usual
        windows = spread(month.windows * 100.0, digits=0)
        cells = spread(month.wind), f"{wind:.1f}", spread(month.waves, digits=2), f"{waves:.2f}", windows
        table.add_row(month.name, *cells, f"{month.active * 100.0:.0f}")
    return table


def temperature_table(months: Sequence[Month]) -> Table:
    """
    Show the temperatures of months beside what is usual.

    Parameters
    ----------
    months : sequence of Month
        In order. [SI]

    Returns
    -------
    Table

    Examples
    --------
    >>> one = np.ones(3)
    >>> temperature_table([Month("1970-01", one, one, one, one, one, (1.0, 1.0, 1.0, 1.0), 0.3)]).row_count
    1
    """
    table = _table("water °C", "usual", "air °C", "usual")
    for month in months:
        _, _, water, air = month.usual
        table.add_row(month.name, spread(month.water), f"{water:.1f}", spread(month.air), f"{air:.1f}")
    return table


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("month", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def spread(values: Array, *, digits: int = 1) -> str:
    """
    Write a mean with its range over the members.

    Parameters
    ----------
    values : array, shape (member,)
        [unit]
    digits : int
        Behind the point. [1]

    Returns
    -------
    str
        The mean alone if there is one member; a dash if there is no number.

    Examples
    --------
    >>> spread(np.arange(101.0), digits=0)
    '50 (5-95)'
    >>> spread(np.array([2.0]))
    '2.0'
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return "-"
    mean = f"{known.mean():.{digits}f}"
    if len(values) == 1:
        return mean
    low, high = np.quantile(known, _RANGE)
    return f"{mean} ({low:.{digits}f}-{high:.{digits}f})"


def spell_table(weather: Weather) -> Table:
    """
    Show how long calm and rough last and how many storms come, beside what is published.

    Parameters
    ----------
    weather : Weather
        From midnight UTC, of whole days. [SI]

    Returns
    -------
    Table

    Examples
    --------
    >>> from varne.sea.weather import generate
    >>> spell_table(generate(0.0, 24 * 60, members=np.arange(3), seed=1)).row_count
    9
    """
    table = Table("spells", "here", "beside", "of", "grade", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns[1:3]:
        column.justify = "right"
    runs = [day_runs(days) for days in window_days(weather)]
    years = len(weather.time) * HOUR / (DAY * _DAYS_IN_A_YEAR)
    whole = years > _NEARLY  # runs and storms of a part of a year compare with nothing published
    for name, field, fact, digits in (
        ("mean window run", "run", "active_run", 1),
        ("longest window run", "longest", "active_run_longest", 0),
        ("mean other run", "gap", "quiet_run", 1),
        ("longest other run", "longest_gap", "quiet_run_longest", 0),
        ("window after window", "after_such", "active_after_active", 2),
        ("window after other", "after_other", "active_after_quiet", 2),
    ):
        beside = climate_table(fact)
        low, high = beside.values.min(), beside.values.max()
        here = spread(_each(runs, field), digits=digits)
        published = (f"{low:.{digits}f}-{high:.{digits}f}", "arrivals 2021-24", beside.grade) if whole else ()
        table.add_row(name, here, *published)
    limit, high = (float(climate_table(name).values[0]) for name in ("rough_wave_height", "storm_wave_height"))
    rough = [run_lengths(row > limit) for row in weather.wave_height]
    table.add_row(f"waves > {limit:g} m: mean h", spread(np.array([_mean(one) for one in rough])))
    longest = np.array([one.max(initial=0) for one in rough], np.float64)
    table.add_row(f"waves > {limit:g} m: longest h", spread(longest, digits=0))
    apart = float(climate_table("westhinder_persistence").values[0])
    storms = np.array([len(storm_peaks(row, threshold=high, separation=apart)) / years for row in weather.wave_height])
    buoy = climate_table("westhinder_storms")
    beside_storms = (f"{buoy.values[0]:g}", "Westhinder buoy", buoy.grade) if whole else ()
    table.add_row(f"storms a year > {high:g} m", spread(storms), *beside_storms)
    return table


def _each(runs: Sequence[DayRuns], field: str) -> Array:
    return np.array([getattr(one, field) for one in runs], np.float64)


def _mean(lengths: NDArray[np.int64]) -> float:
    return float(lengths.mean()) if len(lengths) else float("nan")
