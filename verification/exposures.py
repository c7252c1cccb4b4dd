"""
Exposures of the boats of 2019 to 2024: fatal events for each boat at sea, by year, cause and severity, draw by draw.

The season engine runs once over the years as they were, with every cause alone: the constants that a cause is
proportional to at one value, relative motion at several. What the calibration asks for is then a sum, and no voyage is
followed in it.

    python -m verification.exposures
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from verification.counted import FIRST_OF_BIN, YEARS, design_facts

from varne.encounter.options import chosen, read_options
from varne.encounter.records import CAUSES
from varne.facts.departures import departures
from varne.facts.launch_places import as_it_was
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import column
from varne.season.crossings import Course, begin, go_on
from varne.season.ledger import empty_ledger
from varne.season.levels import Levels, neutral_levels
from varne.season.plan import Plan, year_of
from varne.units import HOUR
from varne.when import parse_time

Array = NDArray[np.float64]
FILE = Path(__file__).with_name("exposures.npz")
START, DAYS = "2019-01-01T00:00Z", 2192
DRAWS, SEED = 200, 20_260_102
THIN = 8  # one boat in so many is followed: keeps the days and their calm, and takes a quarter of an hour
BLOCK = 200  # members at once: bounds the memory
# Values at which the constants that a cause is proportional to were taken, in SI; small, so that causes do not compete.
DESIGN: Mapping[str, tuple[str, float]] = {
    "launch": ("launch.base", 0.005),
    "structure": ("structure.base_rate", 4e-5 / HOUR),
    "crowd": ("crowd.movement_rate", 1e-3 / HOUR),
    "overboard": ("overboard.rate_per_person", 2e-5 / HOUR),
    "crush": ("crush.rate", 5e-4 / HOUR),
    "boarding": ("crush.at_boarding", 2e-3),
}
MOTIONS = (0.0, 0.05, 0.09, 0.14, 0.2, 0.3)  # of the sea against the side; 0: what leaks in alone
# Runs: which causes can kill in each. The last holds causes whose severity follows from its mean.
RUNS: Mapping[str, tuple[str, ...]] = {
    **{f"water {motion}": ("water",) for motion in MOTIONS},
    "structure": ("structure",),
    "crowd": ("crowd",),
    "ships and breakers": ("collision", "breaking"),
    "rest": ("launch", "overboard", "crush", "boarding", "exposure"),
}


@dataclass(frozen=True, slots=True)
class Exposures:
    """What each draw expects for one boat at sea; arrays (run, draw, year, ...) in the order of RUNS."""

    events: Array  # (..., cause) in the order of CAUSES
    deaths: Array  # (..., cause)
    severity: Array  # (..., bin) events with so many deaths
    boats: Array  # boats that were followed


def plan() -> Plan:
    """The years as they were: no lever moved, boats met as they were met."""
    every = read_options(with_user_options(shipped_option_rows(), as_it_was()), design_facts())
    options = tuple(chosen(every, ["leave", "watched", "escorted"]))
    levels = Levels(("as it was",), np.zeros((1, DAYS), np.int64), neutral_levels(DRAWS).reshape(1, 1, DRAWS))
    return Plan(parse_time(START), DAYS, DRAWS, 1, SEED, design_facts(), departures(), options, levels)


def alone(course: Course, run: str) -> Course:
    """The same days, boats and luck, in which some causes alone can kill."""
    known, boats = course.herd.known.copy(), course.herd.boats.copy()
    causes = RUNS[run]
    for cause, (name, value) in DESIGN.items():
        known[column(name)] = value if cause in causes else 0.0
    known["swamping_relative_motion"] = float(run.removeprefix("water ")) if "water" in causes else 0.0
    if "water" not in causes:
        names = known.dtype.names or ()
        boats[:, names.index("boat_leak")] = 0.0
        known["boat_leak"] = 0.0
    if "breaking" not in causes:
        known["breaking_beam_on_under_way"] = known["breaking_beam_on_adrift"] = 0.0
    if "collision" not in causes:
        known["collision_ship_misses_night"] = known["collision_ship_misses_day"] = 0.0
    if "exposure" not in causes:
        known["exposure_reference_half_time"] = np.inf
    ledger = empty_ledger(
        course.ledger.policies, course.ledger.members, 1, course.ledger.week_starts, course.ledger.years
    )
    books = course.books._replace(
        weeks=ledger.weeks,
        severity=ledger.severity,
        **{name: getattr(course.books, name).copy() for name in ("waiting", "waits", "free_at", "overflow")},
    )
    return Course(course.plan, course.herd._replace(known=known, boats=boats), course.skies, books, ledger)


def thinned(season: Course, seed: int) -> Course:
    """The same season with one boat in so many."""
    fewer = np.random.default_rng(seed).binomial(season.herd.groups, 1.0 / THIN)
    return replace(season, herd=season.herd._replace(groups=fewer))


def followed(season: Plan, draws: int) -> list[Course]:
    """Follow the first draws of a season with every cause at once."""
    course, day = thinned(begin(season, np.arange(draws)), 5), 0
    while day < season.days:
        day = go_on(course, day)
        print(f"day {day} of {season.days}", file=sys.stderr, end="\r")
    return [course]


def measure(draws: int = DRAWS) -> Exposures:
    """Follow the boats of six years under every run."""
    blocks = []
    for first in range(0, draws, BLOCK):
        season = thinned(begin(plan(), np.arange(first, min(first + BLOCK, draws))), first)
        courses = [alone(season, run) for run in RUNS]
        day = 0
        while day < DAYS:
            reached = [go_on(course, day) for course in courses]
            day = reached[0]
            print(f"members from {first}: day {day} of {DAYS}", file=sys.stderr, end="\r")
        blocks.append(summed(courses))
    return Exposures(*(np.concatenate(parts, axis=1) for parts in zip(*blocks, strict=True)))


def summed(courses: list[Course]) -> tuple[Array, Array, Array, Array]:
    """Events and deaths by cause, and events by deaths, of one boat; boats followed: (course, member, year, ...)."""
    year = year_of(courses[0].ledger.week_starts + 3.5 * 86_400.0)  # of the middle of the week
    in_year = np.array([year == one for one in YEARS], dtype=np.float64)
    found: list[list[Array]] = [[], [], [], []]
    for course in courses:
        weeks = course.ledger.weeks[0]
        boats = np.einsum("mw,yw->my", weeks["boats_at_sea"], in_year)
        each = np.maximum(boats, 1.0)[..., np.newaxis]
        for place, kind in enumerate(("events", "deaths")):
            numbers = np.stack([weeks[f"{kind}_{cause}"] for cause in CAUSES], axis=-1)
            found[place].append(np.einsum("mwc,yw->myc", numbers, in_year) / each)
        bins = np.add.reduceat(course.ledger.severity[0], FIRST_OF_BIN, axis=-1)
        found[2].append(bins / each)
        found[3].append(boats)
    return tuple(np.stack(parts) for parts in found)  # type: ignore[return-value]


@cache
def exposures() -> Exposures:
    """The stored exposures: logarithms, to three digits."""
    with np.load(FILE) as stored:
        return Exposures(
            *(np.exp(stored[name].astype(np.float64)) for name in ("events", "deaths", "severity", "boats"))
        )


def store(found: Exposures) -> None:
    kept = {}
    for name in ("events", "deaths", "severity", "boats"):
        logarithm = np.log(np.maximum(getattr(found, name), 1e-12))
        kept[name] = logarithm.astype(np.float16)
    np.savez_compressed(FILE, **kept)


if __name__ == "__main__":
    store(measure())
