"""
The boats of 2021 to 2024 as a fleet of voyages, and what the model expects of it beside what was counted.

    python -m verification.fleet
"""

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
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, column, shipped_facts
from varne.sea.climate import wind_from
from varne.units import KNOT
from varne.when import parse_time

Array = NDArray[np.float64]
DEGREE = math.pi / 180.0
CAUSES = (
    "water",
    "structure",
    "crowd",
    "breaking",
    "collision",
    "overboard",
    "crush",
    "boarding",
    "exposure",
    "launch",
)
FOUNDERING = ("water", "structure", "crowd", "breaking", "collision")


@cache
def history() -> dict[str, Any]:
    """What was counted, and what is assumed of the fleet: history.toml beside this file."""
    return tomllib.loads(Path(__file__).with_name("history.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class OneBoat(Facts):
    """The facts of one boat of many: what differs from boat to boat is drawn with its own seed, the rest with all."""

    own_seed: int

    def drawn(self, draws: int, seed: int) -> NDArray[np.void]:
        table, own = Facts.drawn(self, draws, seed), Facts.drawn(self, draws, self.own_seed)
        for name in self.by_name:
            if name.partition(".")[0] in history()["assumed"]["differs"]:
                table[column(name)] = own[column(name)]
        return table


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

    def own_seed(self, seed: int) -> int:
        return seed * 10**9 + round(self.time / 60.0) + self.people

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
    known, boats = setting.world.known.copy(), setting.world.boats.copy()
    if cause != "water":
        known["swamping_relative_motion"] = 0.0
        boats["leak"] = 0.0
    if cause != "structure":
        boats["structure_rate"] = 0.0
    if cause != "crowd":
        known["crowd_movement_rate"] = 0.0
    if cause != "breaking":
        known["breaking_beam_on_under_way"] = 0.0
        known["breaking_beam_on_adrift"] = 0.0
    if cause != "collision":
        known["collision_ship_misses_night"] = 0.0
        known["collision_ship_misses_day"] = 0.0
    if cause != "overboard":
        known["overboard_rate_per_person"] = 0.0
    if cause != "crush":
        known["crush_rate"] = 0.0
    if cause != "boarding":
        known["crush_at_boarding"] = 0.0
    if cause != "exposure":
        known["exposure_reference_half_time"] = np.inf
    if cause != "launch":
        known["launch_base"] = 0.0
    return replace(setting, world=setting.world._replace(known=known, boats=boats))


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected in each epistemic draw of the boats that each voyage stands for: (draw, voyage)."""

    events: Array  # boats with a death
    deaths: Array


def expected(
    facts: Facts, fleet: Sequence[Voyage], members: tuple[int, int], seed: int, causes: Sequence[str] = ()
) -> dict[str, Expected]:
    """
    Expect fatal events and deaths of a fleet under the mixture of responses that happened.

    Returns a result for "all" causes together, and for each named cause as if it alone could kill. A draw holds in
    every voyage, but for what differs from boat to boat.
    """
    shares = history()["assumed"]["responses"]
    options = chosen(read_options(with_user_options(shipped_option_rows(), history()["options"]), facts), list(shares))
    share = np.array([shares[option.name] for option in options])
    sums = {name: np.zeros((2, members[0], len(fleet))) for name in ("all", *causes)}
    for number, voyage in enumerate(fleet):
        scenario = voyage.scenario(history()["assumed"]["horizon_hours"])
        own_seed = voyage.own_seed(seed)
        setting = lay_out(scenario, OneBoat(facts.by_name, own_seed), options, members, seed)
        setting = replace(setting, question=setting.question._replace(seed=np.uint64(own_seed)))
        for name, total in sums.items():
            result = run(setting if name == "all" else alone(setting, name)).members
            for place, field in enumerate(("p_any_death", "deaths")):
                total[place, :, number] = voyage.boats * result[field].mean(axis=1) @ share
    return {name: Expected(*total) for name, total in sums.items()}


@dataclass(frozen=True, slots=True)
class Forecast:
    """A count and what is expected of it: mean over the draws, and 5, 50 and 95 per cent of what could be counted."""

    name: str
    counted: float
    mean: float
    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return (
            f"{self.name:34s} {self.counted:8.0f} {self.mean:9.1f} {self.middle:9.1f} "
            f"  ({self.low:.1f} to {self.high:.1f})"
        )


def forecasts(results: dict[str, Expected], seed: int) -> list[Forecast]:
    """What could have been counted, with chance and with the discrepancies of history.toml, by class and in all."""
    random, allowed = np.random.default_rng(seed), history()["discrepancy"]
    made, events_of_all, deaths_of_all = [], 0.0, 0.0
    for counted in history()["counted"]:
        events = counted["seen"] * sum(results[cause].events.sum(axis=1) for cause in counted["causes"])
        deaths = counted["seen"] * sum(results[cause].deaths.sum(axis=1) for cause in counted["causes"])
        size = (200, len(events))
        seen = random.poisson(events * np.exp(allowed["fleet"] * random.standard_normal(size)))
        spread = np.hypot(allowed["severity_of_events"] / np.sqrt(np.maximum(seen, 1.0)), allowed["severity"])
        each = np.exp(spread * random.standard_normal(size) - spread**2 / 2.0)
        dead = np.maximum(seen, seen * each * deaths / np.maximum(events, 1e-12))
        made.append(_forecast(f"{counted['name']}, events", counted["events"], events, seen))
        made.append(_forecast(f"{counted['name']}, deaths", counted["deaths"], deaths, dead))
        events_of_all, deaths_of_all = events_of_all + seen, deaths_of_all + dead
    every = history()["counted"]
    for what, total in (("events", events_of_all), ("deaths", deaths_of_all)):
        number = sum(row[what] for row in every)
        expected_number = np.array(sum(one.mean for one in made if one.name.endswith(what)))
        made.append(_forecast(f"all, {what}", number, expected_number, np.asarray(total)))
    return made


def _forecast(name: str, counted: float, expected_number: Array, could_be: Array) -> Forecast:
    low, middle, high = np.quantile(could_be, [0.05, 0.5, 0.95])
    return Forecast(name, counted, float(expected_number.mean()), float(low), float(middle), float(high))


if __name__ == "__main__":
    boats = sum(row["boats_at_sea"] for row in history()["year"])
    print(f"{boats} boats, 2021 to 2024; what could have been counted: median and 90 % interval")
    print(f"{'':34s} {'counted':>8s} {'mean':>9s} {'median':>9s}")
    for one in forecasts(expected(shipped_facts(), voyages(16), (200, 2), 7, CAUSES), 1):
        print(one)
