"""Small seasons for the tests: a few members, a few days, levels set by hand, and kernels called one by one."""

from dataclasses import dataclass, replace

import numpy as np

from varne.encounter.options import read_options
from varne.facts.departures import departures
from varne.facts.launch_places import as_it_was
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, shipped_facts
from varne.season.attempts import Today
from varne.season.crossings import Course, _room, begin
from varne.season.ledger import Ledger
from varne.season.levels import Levels, neutral_levels
from varne.season.plan import Plan
from varne.season.records import Map, Policies, Room, Stretch
from varne.season.shore import lay_out_map
from varne.season.stretch import lay_out_stretch

START = 1722816000.0  # Monday 5 August 2024
OPTIONS = ("leave", "watched", "escorted", "rescue", "shallow", "jam")
RESCUE, SHALLOW, JAM = 3.0, 4.0, 5.0


def fixed(**values: float) -> Facts:
    """The shipped facts with some held at a value; names with one underscore for the dot: season_turnaround=1."""
    facts = shipped_facts()
    held = {}
    for key, value in values.items():
        name = key.replace("_", ".", 1)
        held[name] = replace(facts[name], value=value, low=value, high=value, shape="exact")
    return facts.replaced(held)


def plan(*policies: dict, days=10, draws=3, replicates=1, seed=5, facts=None, start=START) -> Plan:
    """A season; a policy names its levels, and with ``since`` the day from which they hold."""
    facts = facts or shipped_facts()
    rows = with_user_options(shipped_option_rows(), as_it_was())
    every = read_options(rows, facts)
    levels = np.broadcast_to(neutral_levels(draws), (len(policies), 2, draws)).copy()
    period = np.zeros((len(policies), days), dtype=np.int64)
    for place, policy in enumerate(policies):
        period[place, policy.get("since", 0) :] = 1
        for name, value in policy.items():
            if name != "since":
                levels[name][place, 1] = value
    names = tuple(f"policy {place}" for place in range(len(policies)))
    return Plan(
        start,
        days,
        draws,
        replicates,
        seed,
        facts,
        departures(),
        tuple(every[name] for name in OPTIONS),
        Levels(names, period, levels),
    )


def same(one: Ledger, other: Ledger) -> bool:
    """Whether two ledgers are equal to the last bit."""
    return one.weeks.tobytes() == other.weeks.tobytes() and one.severity.tobytes() == other.severity.tobytes()


@dataclass(frozen=True, slots=True)
class Bench:
    """What the kernels of a season take, laid out for its first stretch."""

    course: Course
    stretch: Stretch
    chart: Map
    policies: Policies
    room: Room

    @property
    def args(self):
        return self.stretch, self.chart, self.course.herd, self.policies, self.course.books, self.room

    def today(self, row=0, day=0, policy=0) -> Today:
        herd, levels = self.course.herd, self.policies.levels
        level = levels[policy, self.policies.period_of_day[policy, day], herd.draws[row]]
        return Today(policy, row, day, day, herd.members[row], level, herd.known[row])


def bench(asked: Plan, members=None) -> Bench:
    rows = np.arange(asked.draws * asked.replicates) if members is None else np.asarray(members)
    levels = Policies(asked.levels.period_of_day, asked.levels.levels)
    course = begin(asked, rows)
    room = _room(len(asked.options), course.herd.known.dtype)
    return Bench(course, lay_out_stretch(asked, 0), lay_out_map(asked.options), levels, room)
