"""
A season with full physics: voyage-steps in a second, and what boats, days and members cost.

python -m benchmarks.season
"""

import time
from collections.abc import Mapping

import numpy as np

from benchmarks.timing import best_in_turns
from varne.encounter.ensemble import threads
from varne.encounter.options import chosen, read_options
from varne.facts.departures import departures
from varne.facts.launch_places import as_it_was
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import shipped_facts
from varne.season.crossings import _room, begin, cross
from varne.season.herd import air_of
from varne.season.ledger import Ledger
from varne.season.levels import Levels, neutral_levels
from varne.season.plan import Plan
from varne.season.records import Policies
from varne.season.shore import lay_out_map
from varne.season.stretch import lay_out_stretch, light, streams_of, tides_around
from varne.season.voyages import one_night

START = 1717372800.0  # Monday 3 June 2024: summer for all the days
DAYS, MEMBERS = 8, 400  # one stretch of days whose sea is laid out at once


def plan_of(days: int = DAYS, *, supply: float = 1.0, more: float = 0.0) -> Plan:
    """A season as it was, but for the share of boats that reach the coast and the share by which more set out."""
    every = read_options(with_user_options(shipped_option_rows(), as_it_was()), shipped_facts())
    options = tuple(chosen(every, ["leave", "watched", "escorted"]))
    draws = 2 * MEMBERS
    level = neutral_levels(draws)
    level["supply"], level["deterrence"] = supply, more
    levels = Levels(("as it was",), np.zeros((1, days), np.int64), level.reshape(1, 1, draws))
    return Plan(
        start=START,
        days=days,
        draws=draws,
        replicates=1,
        seed=1,
        facts=shipped_facts(),
        departures=departures(),
        options=options,
        levels=levels,
    )


def boats_of(ledger: Ledger) -> float:
    return float(ledger.weeks["boats_at_sea"].sum())


def steps_of(plan: Plan, members: np.ndarray) -> tuple[float, int]:
    """
    Steps of all voyages of a season under its first policy, and how many voyages there are.

    The ledger does not count steps, so the nights are lived through one by one, and what a night remembers of its
    voyages is added up.
    """
    course, chart = begin(plan, members), lay_out_map(plan.options)
    room = _room(len(plan.options), course.herd.known.dtype)
    policies = Policies(plan.levels.period_of_day, plan.levels.levels)
    steps, voyages, day = 0.0, 0, 0
    while day < plan.days:
        stretch = lay_out_stretch(plan, day)
        air = air_of(course.skies, stretch)
        for row in range(len(members)):
            for night in range(stretch.days):
                place = (0, row, night, 0)
                count = one_night(stretch, chart, course.herd, air, policies, course.books, room, place)
                steps += float(room.past_outcome["steps"][:count].sum())
                voyages += count
        day += stretch.days
    return steps, voyages


def lived(plan: Plan, members: np.ndarray, workers: int = 1) -> Ledger:
    """A season whose sea is laid out anew, as it is for a user."""
    for kept in (streams_of, light, tides_around):
        kept.cache_clear()
    return cross(plan, members, workers=workers)


def rows() -> list[tuple[str, str, str]]:
    """What, measured, target."""
    members, twice, usual = np.arange(MEMBERS), np.arange(2 * MEMBERS), plan_of()
    seasons = {
        "usual": (usual, members),
        "half as many set out": (plan_of(supply=0.5), members),
        "twice as many set out": (plan_of(more=1.0), members),
        "twice the days": (plan_of(2 * DAYS), members),
        "twice the members": (usual, twice),
    }
    boats = {name: boats_of(lived(*season)) for name, season in seasons.items()}
    steps, voyages = steps_of(usual, members)
    assert voyages == boats["usual"], "The steps that are counted are those of the voyages that are timed."
    # Time of the processor: on one core it is what the clock shows when nobody else is there.
    spent = best_in_turns(
        {name: lambda season=season: lived(*season) for name, season in seasons.items()}, time.process_time
    )
    table = [speed_row(steps, voyages, spent["usual"]), further_row(boats, spent, steps / voyages)]
    if threads() > 1:
        shown = best_in_turns({f"{many}": lambda many=many: lived(usual, members, many) for many in (1, threads())})
        gain = shown["1"] / shown[f"{threads()}"]
        table.append((f"the season on {threads()} threads", f"{gain:.2f} x one core", f"{threads()} x"))
    for name in ("half as many set out", "twice as many set out", "twice the days", "twice the members"):
        work = boats[name] / voyages
        target = f"at most {max(work, 1.0):.2g} x"  # at most; the sea costs the same for few boats and many
        table.append((f"{name}, {work:.2f} x the voyages", f"{spent[name] / spent['usual']:.2f} x the time", target))
    return table


def speed_row(steps: float, voyages: int, spent: float) -> tuple[str, str, str]:
    return (
        f"season, {MEMBERS} members x {DAYS} days, one policy, weather and streams included, one core",
        f"{steps / spent / 1e6:.1f} million voyage-steps/s, {voyages / spent:,.0f} voyages/s",
        "10 million",
    )


def further_row(boats: Mapping[str, float], spent: Mapping[str, float], steps: float) -> tuple[str, str, str]:
    """What voyages of `steps` each cost once weather and streams are there, from half as many set out to twice."""
    few, many = "half as many set out", "twice as many set out"
    one = (spent[many] - spent[few]) / (boats[many] - boats[few])
    return "voyages that are added to it", f"{steps / one / 1e6:.1f} million voyage-steps/s", "10 million"


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ")
