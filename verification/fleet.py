"""The boats of 2021 to 2024 as a fleet of voyages, and what the model expects of it beside what was counted."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, qmc

from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.facts.climate_tables import climate_table
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import Facts, shipped_facts
from varne.sea.climate import wind_from
from varne.units import KNOT
from varne.when import parse_time

Array = NDArray[np.float64]
DEGREE = math.pi / 180.0
CAUSES = ("water", "structure", "crowd", "breaking", "collision", "overboard", "crush", "exposure", "launch")
FOUNDERING = ("water", "structure", "crowd", "breaking", "collision")


@cache
def history() -> dict[str, Any]:
    """What was counted, and what is assumed of the fleet: history.toml beside this file."""
    return tomllib.loads(Path(__file__).with_name("history.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Voyage:
    """One voyage that stands for many."""

    year: int
    boats: float  # that it stands for
    people: int
    length: float  # [m]
    latitude: float  # of the beach [deg]
    longitude: float  # [deg]
    time: float  # of the launch, since 1970 UTC [s]
    wind_speed: float  # [m/s]
    wind_from: float  # [rad]
    wave_height: float  # [m]

    def scenario(self, horizon: float) -> Scenario:
        return Scenario.of(
            {
                "position": [self.latitude, self.longitude],
                "time": self.time,
                "people": self.people,
                "length": self.length,
                "wind": f"{self.wind_from / DEGREE:.0f} {self.wind_speed / KNOT:.1f} kn",
                "waves": f"{self.wave_height:.3f} m",
                "start": "beach",
                "horizon": horizon,
            }
        )


def voyages(each_year: int) -> list[Voyage]:
    """The fleet, each year by as many voyages, spread evenly over everything that is assumed of it (Sobol points)."""
    fleet = []
    assumed = history()["assumed"]
    for number, row in enumerate(history()["year"]):
        for point in qmc.Sobol(7, rng=number).random(each_year):
            fleet.append(_voyage(row, assumed, row["boats_at_sea"] / each_year, point))
    return fleet


def _voyage(row: dict[str, Any], assumed: dict[str, Any], boats: float, point: Array) -> Voyage:
    spread = assumed["people_spread"]
    people = max(round(float(norm.ppf(point[0], row["people_per_boat"], spread))), assumed["people_fewest"])
    longer = assumed["length_at_forty"] + (people - 40) * assumed["length_for_each"]
    length = longer + assumed["length_spread"] * (2.0 * point[1] - 1.0)
    month = int(np.searchsorted(np.cumsum(assumed["month_share"]) / sum(assumed["month_share"]), point[2]))
    day = 1 + int(point[2] * 9973) % 28
    hours = assumed["launch_hours"]
    hour = hours[0] + (hours[1] - hours[0]) * point[3]
    start = parse_time(f"{row['year']}-{month + 1:02d}-{day:02d}T00:00Z") + 3600.0 * round(hour, 2)
    rank = assumed["active_days"][month] * point[4] ** assumed["calm_power"]
    beach = assumed["beaches"][int(point[5] * len(assumed["beaches"]))]
    return Voyage(
        row["year"],
        boats,
        people,
        round(length, 1),
        *beach["position"],
        start,
        _weibull("wind_speed", month, rank),
        float(wind_from(np.array([point[6]]), frequency=climate_table("wind_rose").values)[0]),
        _weibull("wave_height", month, rank),
    )


def _weibull(table: str, month: int, rank: float) -> float:
    mean = float(climate_table(table).values[month])
    shape = float(climate_table(f"{table}_shape").values[0])
    return mean / math.gamma(1.0 + 1.0 / shape) * (-math.log1p(-rank)) ** (1.0 / shape)


def alone(setting: Setting, cause: str) -> Setting:
    """The same setting in which one cause alone can kill."""
    known, boats, weather = setting.world.known.copy(), setting.world.boats.copy(), setting.world.weather.copy()
    if cause != "water":
        known["swamping_relative_motion"] = 0.0
        boats["leak"] = 0.0
    if cause != "structure":
        boats["structure_rate"] = 0.0
    if cause != "crowd":
        known["crowd_movement_rate"] = 0.0
    if cause != "breaking":
        boats["breaking"] = 0.0
    if cause != "collision":
        known["collision_ship_misses_night"] = 0.0
        known["collision_ship_misses_day"] = 0.0
    if cause != "overboard":
        known["overboard_rate_per_person"] = 0.0
    if cause != "crush":
        known["crush_rate"] = 0.0
        known["crush_at_boarding"] = 0.0
    if cause != "exposure":
        weather["exposure_half_time"] = np.inf
    if cause != "launch":
        known["launch_base"] = 0.0
    return replace(setting, world=setting.world._replace(known=known, boats=boats, weather=weather))


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of the fleet in each epistemic draw, by year: (draw, year)."""

    events: Array  # boats with a death
    deaths: Array


def expected(
    facts: Facts, fleet: Sequence[Voyage], members: tuple[int, int], seed: int, causes: Sequence[str] = ()
) -> dict[str, Expected]:
    """
    Expect fatal events and deaths of a fleet under the mixture of responses that happened.

    Returns a result for "all" causes together, and for each named cause as if it alone could kill. The same draw holds
    in every voyage: what is not known of one boat is not known of all.
    """
    shares = history()["assumed"]["responses"]
    options = chosen(read_options(shipped_option_rows(), facts), list(shares))
    share = np.array([shares[option.name] for option in options])
    years = sorted({voyage.year for voyage in fleet})
    sums = {name: np.zeros((2, members[0], len(years))) for name in ("all", *causes)}
    for number, voyage in enumerate(fleet):
        setting = lay_out(
            voyage.scenario(history()["assumed"]["horizon_hours"]), facts, options, members, seed * 1000003 + number
        )
        for name, total in sums.items():
            result = run(setting if name == "all" else alone(setting, name)).members
            for place, field in enumerate(("p_any_death", "deaths")):
                total[place, :, years.index(voyage.year)] += voyage.boats * result[field].mean(axis=1) @ share
    return {name: Expected(*total) for name, total in sums.items()}
