"""
Two disasters replayed on the functions that `assess` runs on: what the model says beside what happened.

These are calibration checks, not validation: the law of survival was fitted to the first and its acute share to the
second. Each is therefore repeated without what was fitted, on Hayward's published curve alone.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.draws import uniforms
from varne.encounter.aftermath import mean_search
from varne.encounter.ensemble import run
from varne.encounter.in_water import Fate, Recovery, number_distribution, number_interval, what_if_in_water
from varne.encounter.options import chosen, read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import lay_out
from varne.evidence import Fact, draw
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, shipped_facts

Array = NDArray[np.float64]
DRAWS, SEED = 2000, 1
EXAMPLES = Path(__file__).parents[1] / "examples"
STANDING_SHIPS = ("severn", "sar_helicopter")  # the lifeboat and the helicopter of December


@cache
def record() -> dict[str, Any]:
    """What is known, and what is not: replays.toml beside this file."""
    return tomllib.loads(Path(__file__).with_name("replays.toml").read_text(encoding="utf-8"))


def unknown(case: str, name: str, draws: int) -> Array:
    """What the record does not say, drawn like a fact. [SI]"""
    return draw(Fact.read(f"replay.{case}.{name}", record()[case]["unknown"][name]), draws, SEED)


def published_only() -> Facts:
    """The facts without those fitted to the two cases: Hayward's curve, no acute share, no factor for the crowd."""
    facts = shipped_facts()
    off = replace(facts["immersion.fitted"], value=0.0, low=0.0, high=0.0)
    return facts.replaced({"immersion.fitted": off})


MODES = {"fitted": shipped_facts, "published only": published_only}


@dataclass(frozen=True, slots=True)
class Beside:
    """A number that happened beside its prediction."""

    mode: str
    what: str
    truth: int
    mean: float
    low: int  # of the 90 % interval, chance included
    high: int
    rank: float  # share of the prediction below the truth, half of the share at it

    @property
    def inside(self) -> bool:
        return self.low <= self.truth <= self.high

    def __str__(self) -> str:
        verdict = "" if self.inside else "   MISSED"
        return (
            f"{self.mode:15} {self.what:34} {self.truth:3d}   {self.mean:5.1f} ({self.low} to {self.high})"
            f"   rank {self.rank:.3f}{verdict}"
        )


def beside(mode: str, what: str, truth: int, expected: Array, people: int) -> Beside:
    chances = number_distribution(expected, people)
    rank = float(chances[:truth].sum() + 0.5 * chances[truth])
    return Beside(mode, what, truth, float(expected.mean()), *number_interval(chances), rank)


def november() -> Scenario:
    return Scenario.read(EXAMPLES / "november_2021.toml")


def after(case: str, moment: str) -> float:
    """Seconds from the water until a moment on record."""
    times = record()[case]
    return float((times[moment] - times["in_water"]).total_seconds())


def reaction(facts: Facts, draws: int) -> Array:
    """From being there until the first is taken out. [s]"""
    return draw(facts["rescue.reaction"], draws, SEED)


def found_recovery(facts: Facts, draws: int) -> Recovery:
    """The fishing vessel that found them."""
    begins = after("november_2021", "found") + reaction(facts, draws)
    return Recovery(record()["november_2021"]["found_by"], begins)


def as_it_was(facts: Facts, draws: int = DRAWS, **otherwise: Any) -> Fate:
    """Nobody came until the find; fields of the scenario may be put otherwise."""
    scenario = november().model_copy(update=otherwise)
    return what_if_in_water(scenario, [found_recovery(facts, draws)], facts=facts, draws=draws, seed=SEED)


def answered(facts: Facts, searches: bool, draws: int = DRAWS) -> Fate:
    """The ship near by answers; it finds the crowd at once, or only by a random search in the dark."""
    case = "november_2021"
    begins = unknown(case, "answer", draws) + unknown(case, "way", draws) + reaction(facts, draws)
    if searches:
        world = lay_out(november(), facts, [], (draws, 1), SEED).world
        by_night = [
            mean_search(known, weather, True, 1.0) for known, weather in zip(world.known, world.weather, strict=True)
        ]
        mean = np.array(by_night)  # located
        begins = begins - mean * np.log(uniforms("replay search", draws, SEED))
    ships = [Recovery(record()[case]["unanswered"], begins), found_recovery(facts, draws)]
    return what_if_in_water(november(), ships, facts=facts, draws=draws, seed=SEED)


def november_survival(draws: int = DRAWS) -> list[Beside]:
    rows = []
    case = record()["november_2021"]
    for mode, facts in MODES.items():
        fate = as_it_was(facts(), draws)
        dawn = fate.alive_at(after("november_2021", "dawn"))
        for truth in case["alive_at_dawn"]:
            rows.append(beside(mode, "alive at dawn, 07:26", truth, dawn, case["people"]))
        found = fate.alive_at(after("november_2021", "found"))
        rows.append(beside(mode, "alive when found, 12:49", case["survivors"], found, case["people"]))
        rows.append(beside(mode, "survived", case["survivors"], fate.rescued, case["people"]))
    return rows


def november_otherwise(draws: int = DRAWS) -> list[str]:
    """What the fitted prediction would be, had what is assumed been assumed otherwise."""
    case = record()["november_2021"]
    lines = []
    for says, otherwise in (
        ("water as usual in that month", {"water": None}),
        ("jackets drawn, some working", {"jackets": None}),
        ("women and children drawn", {"women": None, "children": None}),
    ):
        fate = as_it_was(shipped_facts(), draws, **otherwise)
        dawn = beside(
            "fitted", "", case["alive_at_dawn"][1], fate.alive_at(after("november_2021", "dawn")), case["people"]
        )
        end = beside("fitted", "", case["survivors"], fate.rescued, case["people"])
        lines.append(
            f"otherwise: {says:30} at dawn {dawn.mean:.1f} ({dawn.low} to {dawn.high}), "
            f"survived {end.mean:.1f} ({end.low} to {end.high}), rank of 2 {end.rank:.2f}"
        )
    return lines


@dataclass(frozen=True, slots=True)
class Lost:
    """Lives that an answer would have saved, in expectation over chance; interval over the draws, paired."""

    mode: str
    how: str
    would_live: tuple[float, float, float]  # mean, low, high
    lost: tuple[float, float, float]


def lives_lost(draws: int = DRAWS) -> list[Lost]:
    rows = []
    for mode, facts in MODES.items():
        was = as_it_was(facts(), draws)
        for how, searches in (("found at once", False), ("found by a random search in the dark", True)):
            would = answered(facts(), searches, draws)
            rows.append(Lost(mode, how, spread(would.rescued), spread(would.rescued - was.rescued)))
    return rows


def spread(values: Array) -> tuple[float, float, float]:
    low, high = np.quantile(values, [0.05, 0.95])
    return float(values.mean()), float(low), float(high)


def december() -> Scenario:
    return Scenario.read(EXAMPLES / "december_2022.toml").model_copy(
        update={"time": record()["december_2022"]["in_water"].timestamp(), "children": 0}
    )


def december_fate(facts: Facts, draws: int = DRAWS) -> Fate:
    case = "december_2022"
    ships = [Recovery(record()[case]["found_by"], unknown(case, "alongside", draws))]
    ships += [
        Recovery(vessel, unknown(case, name, draws))
        for vessel, name in zip(STANDING_SHIPS, ("lifeboat", "helicopter"), strict=True)
    ]
    return what_if_in_water(december(), ships, facts=facts, draws=draws, seed=SEED)


def december_deaths(draws: int = DRAWS) -> list[Beside]:
    case = record()["december_2022"]
    return [
        beside(mode, "dead", case["dead"], december_fate(facts(), draws).dead, case["people"])
        for mode, facts in MODES.items()
    ]


@dataclass(frozen=True, slots=True)
class Approach:
    """The voyage of that night with a vessel alongside, by how much its coming stirs the crowd."""

    crowd_shift: float  # multiplier on crowd movements
    structure: float  # multiplier on failure of the structure
    deaths: tuple[float, float, float]  # expected: mean, low, high
    any_death: float
    as_many: float  # chance of at least as many deaths as there were


def approaches(members: tuple[int, int] = (200, 20)) -> list[Approach]:
    """What the kernel makes of it: an unprepared approach stirs the crowd 5 to 15 times, by expert prior."""
    case = record()["december_2022"]
    scenario = Scenario.read(EXAMPLES / "december_2022.toml")
    rows = {
        f"approach {number}": {
            "says": "A vessel comes alongside and takes people off.",
            "responder": "sent",
            "phases": [
                {"name": "alongside", "stand_off": "5 m", "takes_off": 1, "alongside": 1}
                | {"crowd_shift": crowd, "structure": structure}
            ],
        }
        for number, (crowd, structure) in enumerate(case["approaches"])
    }
    options = chosen(read_options(with_user_options(shipped_option_rows(), rows), shipped_facts()), list(rows))
    outcomes = run(lay_out(scenario, shipped_facts(), options, members, SEED))
    deaths, any_death = outcomes.members["deaths"], outcomes.members["p_any_death"]
    return [
        Approach(
            crowd,
            structure,
            spread(deaths[:, :, place].mean(axis=1)),
            float(any_death[:, :, place].mean()),
            float(outcomes.deaths[:, place, case["dead"] :].sum(axis=1).mean()),
        )
        for place, (crowd, structure) in enumerate(case["approaches"])
    ]
