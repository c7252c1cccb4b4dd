"""What generated weather is like: each figure that is published about this sea, measured on many possible years."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import gamma, ndtri
from scipy.stats import genpareto, weibull_min

from varne.draws import uniforms
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value
from varne.sea.spells import DayRuns, day_runs, integral_time, storm_peaks, window_days
from varne.sea.usual import usual_at
from varne.sea.weather import Weather, generate, wind_score
from varne.units import HOUR
from varne.when import parse_time

YEARS = 200
START = parse_time("2021-01-01T00:00Z")
HOURS = 8760
SECTORS = 12
WAYS = "east", "north"
BORSSELE = "Borssele, published"
BUOY = "Westhinder, published"
USUAL = usual_at()
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
RUNS = {
    "run": ("active_run", "mean run of window days [day]"),
    "longest": ("active_run_longest", "longest run of window days [day]"),
    "gap": ("quiet_run", "mean run of other days [day]"),
    "longest_gap": ("quiet_run_longest", "longest run of other days [day]"),
    "after_such": ("active_after_active", "window day after a window day [1]"),
    "after_other": ("active_after_quiet", "window day after another day [1]"),
}


def table_of(name: str) -> Array:
    return climate_table(name).values


@cache
def many_years() -> Weather:
    return generate(START, HOURS, members=np.arange(YEARS), seed=1)


def speed() -> Array:
    return np.hypot(many_years().wind_east, many_years().wind_north)


def month_of_hours() -> Array:
    return many_years().time.astype("datetime64[s]").astype("datetime64[M]").astype(int) % 12


def by_month(values: Array) -> Array:
    """Means (month, member)."""
    month = month_of_hours()
    return np.array([values[:, month == number].mean(axis=1) for number in range(12)])


def usual_by_month(values: Array) -> Array:
    found = monthly_value(values, many_years().time)
    return np.array([found[month_of_hours() == number].mean() for number in range(12)])


def sectors() -> Array:
    blows_from = np.arctan2(-many_years().wind_east, -many_years().wind_north)
    return np.round(blows_from / (2.0 * np.pi) * SECTORS).astype(int) % SECTORS


def rose() -> tuple[Array, Array, Array]:
    """Share, mean speed over the mean of all, and Weibull shape in each sector."""
    sector, wind = sectors(), speed()
    shares = np.bincount(sector.ravel(), minlength=SECTORS) / sector.size
    means = np.array([wind[sector == number].mean() for number in range(SECTORS)]) / wind.mean()
    fits = [weibull_min.fit(wind[sector == number][::50], floc=0)[0] for number in range(SECTORS)]
    return shares, means, np.array(fits)


def borssele() -> tuple[Array, Array, Array]:
    shares, shape = table_of("wind_rose"), table_of("wind_rose_shape")
    shares = shares / shares.sum()
    means = table_of("wind_rose_scale") * gamma(1.0 + 1.0 / shape)
    return shares, means / (shares @ means), shape


def lags() -> Array:
    return np.round(table_of("correlation_lags") / HOUR).astype(int)


def correlation(scores: Array, at: Array) -> Array:
    """Autocorrelation (member, lag) at lags of whole hours."""
    left = scores - scores.mean(axis=1, keepdims=True)
    power = (left**2).mean(axis=1)
    return np.stack([(left[:, : -int(lag)] * left[:, int(lag) :]).mean(axis=1) / power for lag in at], axis=1)


def wind_scores() -> Array:
    return wind_score(speed(), many_years().time, USUAL)


def wave_scores() -> Array:
    shape = table_of("wave_height_shape")[0]
    scale = monthly_value(USUAL.wave_height, many_years().time) / gamma(1.0 + 1.0 / shape)
    return -ndtri(np.exp(-((many_years().wave_height / scale) ** shape)))


@cache
def memory() -> Array:
    """Integral time scale of the waves of each year [h]."""
    return np.array([integral_time(row) / HOUR for row in many_years().wave_height])


def wind_explains(most: int = 7) -> Array:
    """Share of the variance of the waves that the wind explains so many hours before."""
    wind, waves = speed(), many_years().wave_height
    pairs = [(wind[:, : HOURS - lag], waves[:, lag:]) for lag in range(most)]
    return np.array([np.corrcoef(one.ravel(), other.ravel())[0, 1] ** 2 for one, other in pairs])


@cache
def storms() -> tuple[Array, Array]:
    """Storms in each year, and how far all their peaks lie above the threshold [m]."""
    high, apart = table_of("storm_wave_height")[0], table_of("westhinder_persistence")[0]
    peaks = [storm_peaks(row, threshold=high, separation=apart) for row in many_years().wave_height]
    return np.array([len(one) for one in peaks], float), np.concatenate(peaks) - high


def storm_tail() -> tuple[float, float]:
    """Shape and scale [m] of a generalised Pareto distribution of those excesses."""
    shape, _, scale = genpareto.fit(storms()[1], floc=0.0)
    return float(shape), float(scale)


@cache
def spells() -> tuple[DayRuns, ...]:
    return tuple(day_runs(days) for days in window_days(many_years()))


def partly_used(share: float, waves: float) -> tuple[DayRuns, ...]:
    """Days used when the windows are wider and each is left unused with a chance of its own, whatever the cause."""
    wind = speed().reshape(YEARS, -1, 24)[:, :, :12].max(axis=-1)
    heights = many_years().wave_height.reshape(YEARS, -1, 24)[:, :, :12].max(axis=-1)
    windows = (heights <= waves) & (wind <= table_of("window_wind_speed")[0])
    used = uniforms("verification: window used", windows.size, 1).reshape(windows.shape) < share
    return tuple(day_runs(days) for days in windows & used)


def each(runs: tuple[DayRuns, ...], field: str) -> Array:
    return np.array([getattr(one, field) for one in runs], float)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    says: str
    found: str
    beside: str
    source: str


def _range(values: Array, digits: int = 2) -> str:
    low, high = np.quantile(values, [0.05, 0.95])
    return f"{values.mean():.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _worst(found: Array, beside: Array, unit: str) -> str:
    return f"differs by at most {np.abs(found - beside).max():.2g} {unit}"


def _monthly(says: str, values: Callable[[], Array], table: str, unit: str, source: str) -> Line:
    found = by_month(values()).mean(axis=1)
    beside = usual_by_month(getattr(USUAL, table))
    return Line(says, _worst(found, beside, unit), f"{beside.min():.2f} to {beside.max():.2f} {unit}", source)


def report() -> list[Line]:
    weather = many_years()
    shares, means, shapes = rose()
    wanted = borssele()
    explains = wind_explains()
    shape, _ = storm_tail()
    tail = table_of("westhinder_storm_tail")
    east, north = (by_month(one).mean(axis=1) for one in (weather.wind_east, weather.wind_north))
    lines = [
        _monthly("mean wind of each month", speed, "wind_speed", "m/s", "COADS, published"),
        Line(
            "mean east and north component of each month",
            _worst(
                np.array([east, north]),
                np.array([table_of("wind_towards_east"), table_of("wind_towards_north")]),
                "m/s",
            ),
            "-0.8 to 3.0 m/s",
            "COADS, published",
        ),
        _monthly("mean waves of each month", lambda: weather.wave_height, "wave_height", "m", "assumed"),
        _monthly("mean water temperature", lambda: weather.water, "water", "°C", "COADS, published"),
        _monthly("mean air temperature", lambda: weather.air, "air", "°C", "COADS, published"),
        Line("share of each sector", _worst(shares, wanted[0], ""), "0.046 to 0.191", BORSSELE),
        Line(
            "mean wind of each sector over the mean",
            _worst(means, wanted[1], ""),
            "0.77 to 1.20",
            "Borssele, published",
        ),
        Line("Weibull shape of each sector", _worst(shapes, wanted[2], ""), "2.01 to 2.43", BORSSELE),
        Line("mean wave height [m]", _range(weather.wave_height.mean(axis=1)), "1.03 to 1.07", BUOY),
        Line("integral time scale of waves [h]", _range(memory(), 0), "115.7 (26 to 253)", BUOY),
        Line("wind explains of the waves", f"{explains.max():.2f}", "0.71 to 0.77", BUOY),
        Line("wind leads the waves by [h]", f"{explains.argmax()}", "0 to 3", BUOY),
        Line("storms in a year", _range(storms()[0], 1), "13.4", "Westhinder, published; threshold chosen"),
        Line("shape of the storms' excess", f"{shape:.2f}", f"{tail[0]:.3f}", BUOY),
        Line(
            "mean excess of storms [m]",
            f"{storms()[1].mean():.2f}",
            f"{tail[1] / (1.0 - tail[0]):.2f}",
            "derived from it",
        ),
    ]
    for scores, table, says in (
        (wind_scores(), "wind_correlation", "wind"),
        (wave_scores(), "wave_correlation", "waves"),
    ):
        found, beside = correlation(scores, lags()).mean(axis=0), table_of(table)
        for hours in (6, 24, 72):
            at = list(lags()).index(hours)
            words = f"autocorrelation of {says} after {hours} h"
            lines.append(Line(words, f"{found[at]:.2f}", f"{beside[at]:.2f}", "coastDat-2, derived"))
    for field, (table, says) in RUNS.items():
        beside = table_of(table)
        digits = 0 if "longest" in field else 2
        span = f"{beside.min():g} to {beside.max():g}"
        lines.append(Line(says, _range(each(spells(), field), digits), span, "arrivals 2021-2024"))
    return lines


def markdown() -> str:
    rows = [f"| {line.says} | {line.found} | {line.beside} | {line.source} |" for line in report()]
    return "\n".join(["| figure | generated, 200 years | beside | of |", "|---|---|---|---|", *rows])


if __name__ == "__main__":
    print(markdown())
