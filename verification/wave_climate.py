"""The climate of waves that follows from the climate of wind: the numbers of docs/waves.md."""

import math
from dataclasses import dataclass
from functools import cache

import numba
import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import DOMAIN
from varne.atlas.embedded import coast_mask, depth_grid
from varne.draws import uniforms
from varne.facts.climate_tables import climate_table
from varne.facts.tables import shipped_facts
from varne.sea.climate import monthly_value, weibull_quantile, wind_from
from varne.sea.fetch import FetchGrid, fetch_at, fetch_grid
from varne.sea.swell import (
    FROM_NORTH_TOWARDS,
    FROM_WEST_TOWARDS,
    NORTH_ENTRY,
    WEST_ENTRY,
    swell_left,
    swell_run,
    usual_swell,
)
from varne.sea.wind_sea import wind_sea
from varne.when import parse_time

Array = NDArray[np.float64]
MEMBERS = 40_000
WESTHINDER, MID_STRAIT, SANDETTIE = (51.38, 2.44), (51.00, 1.45), (51.103, 1.80)
SHEAR = (10.0 / 119.0) ** 0.08  # of the Borssele rose to 10 m, by its own exponent
MONTHS = [parse_time(f"2025-{month:02d}-15T12:00Z") for month in range(1, 13)]


@dataclass(frozen=True, slots=True)
class Climate:
    """Wave heights of members at one place. [m]"""

    wind_sea: Array
    total: Array
    period: Array  # of the wind sea [s]


@cache
def whole_sea() -> FetchGrid:
    """Fetch over the whole domain."""
    return fetch_grid(coast_mask(), depth_grid(), DOMAIN)


@cache
def facts() -> NDArray[np.void]:
    """Facts of each member."""
    return shipped_facts().drawn(MEMBERS, 1)


def rose_wind() -> tuple[Array, Array]:
    """Speed at 10 m [m/s] and direction [rad] by the Borssele rose, each sector with its own distribution."""
    share = climate_table("wind_rose").values
    bearing = wind_from(uniforms("waves rose", MEMBERS, 1), frequency=share)
    sector = np.round(bearing / (2.0 * math.pi / len(share))).astype(int) % len(share)
    scale, shape = climate_table("wind_rose_scale").values[sector], climate_table("wind_rose_shape").values[sector]
    chance = uniforms("waves speed", MEMBERS, 1)
    return SHEAR * scale * (-np.log1p(-chance)) ** (1.0 / shape), bearing


def season_wind(time: float) -> tuple[Array, Array]:
    """Speed by COADS and the shape of the climate table, direction by the rose: what an encounter draws."""
    bearing = wind_from(uniforms("waves rose", MEMBERS, 1), frequency=climate_table("wind_rose").values)
    mean = float(monthly_value(climate_table("wind_speed").values, [time])[0])
    shape = float(climate_table("wind_speed_shape").values[0])
    return weibull_quantile(uniforms("waves speed", MEMBERS, 1), mean, shape=shape), bearing


def climate(place: tuple[float, float], wind: tuple[Array, Array], swell: Array) -> Climate:
    """Waves of each member at a place, for swell heights at the entry [m]."""
    grid, known = whole_sea(), facts()
    x, y = (place[1] - grid.west) / grid.step_east, (place[0] - grid.south) / grid.step_north
    raised = np.empty((MEMBERS, 2))
    _raise(grid.fetch, grid.depth, (x, y), wind, known["waves_blown"], raised)
    height = known["waves_growth"] * raised[:, 0]
    left = np.where(
        known["waves_swell_from_west"] > 0.0,
        swell_left_of(place, WEST_ENTRY, FROM_WEST_TOWARDS),
        swell_left_of(place, NORTH_ENTRY, FROM_NORTH_TOWARDS),
    )
    return Climate(height, np.hypot(height, left * swell), np.sqrt(known["waves_growth"]) * raised[:, 1])


def swell_left_of(place: tuple[float, float], entry: tuple[float, float], towards: float) -> Array:
    """Share of the swell that each member has left at a place. [1]"""
    run = swell_run(*place, *entry, towards)
    return np.array([swell_left(run, keeps) for keeps in facts()["waves_swell_keeps"]])


@numba.njit(error_model="numpy")
def _raise(fetch, depth, place, wind, blown, raised):
    for member in range(len(blown)):
        room, water = fetch_at(fetch, depth, place[0], place[1], wind[1][member])
        raised[member] = wind_sea(wind[0][member], room, water, blown[member])


def usual(times: list[float]) -> Array:
    """Swell at the entry, members spread over the times. [m]"""
    when = np.resize(np.asarray(times), MEMBERS)
    return usual_swell(uniforms("waves swell", MEMBERS, 1), when)


def by_month(place: tuple[float, float]) -> list[Climate]:
    """The twelve months at a place."""
    return [climate(place, season_wind(time), usual([time])) for time in MONTHS]


def annual(place: tuple[float, float]) -> Climate:
    """The year at a place, by the rose."""
    return climate(place, rose_wind(), usual(MONTHS))


def report() -> str:
    """All results, for docs/waves.md."""
    lines = []
    for name, place in (("Westhinder", WESTHINDER), ("mid strait", MID_STRAIT), ("Sandettie", SANDETTIE)):
        found = annual(place)
        mean, total = found.wind_sea.mean(), found.total.mean()
        shape = weibull_shape(found.total)
        high = np.quantile(found.total, [0.1, 0.5, 0.9, 0.99]).round(2)
        share = explained(rose_wind()[0], found.total)
        lines.append(f"{name}: wind sea {mean:.2f} m, with swell {total:.2f} m, shape {shape:.2f}, quantiles {high}")
        lines.append(
            f"  explained by the wind {share:.2f}, median period of the wind sea {np.median(found.period):.1f} s"
        )
        months = by_month(place)
        lines.append("  wind sea " + " ".join(f"{month.wind_sea.mean():.2f}" for month in months))
        lines.append("  total    " + " ".join(f"{month.total.mean():.2f}" for month in months))
    lines.append("assumed    " + " ".join(f"{value:.2f}" for value in climate_table("wave_height").values))
    return "\n".join(lines)


def explained(speed: Array, heights: Array) -> float:
    """Share of the variance of the wave height that a straight line in the wind speed explains. [1]"""
    return float(np.corrcoef(speed, heights)[0, 1] ** 2)


def weibull_shape(heights: Array) -> float:
    """Shape of Weibull's distribution by the coefficient of variation (Justus 1978). [1]"""
    return float((heights.std() / heights.mean()) ** -1.086)


if __name__ == "__main__":
    print(report())
