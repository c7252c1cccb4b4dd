"""Small encounters for the tests: facts held fixed, options picked, a few members."""

from dataclasses import replace

import numpy as np

from varne.encounter.ensemble import Outcomes, _room, run
from varne.encounter.luck import draw_luck
from varne.encounter.options import chosen, read_options
from varne.encounter.records import Case
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.encounter.voyage import follow
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, shipped_facts

QUESTION = {
    "position": "51 03.0N 001 38.0E",
    "time": "2026-03-14T02:30Z",
    "people": 50,
    "length": 9,
    "wind": "SW 6 kn",
    "waves": "0.3 m",
    "water": 9,
    "horizon": 12,
}
NEAR = [{"vessel": "navy_patrol_vessel", "position": "51 03.5N 001 38.5E"}]


def fixed(**values: float) -> Facts:
    """The shipped facts with some held at a value; names with one underscore for the dot: boat_speed=5."""
    facts = shipped_facts()
    held = {}
    for key, value in values.items():
        name = key.replace("_", ".", 1)
        held[name] = replace(facts[name], value=value, low=value, high=value, shape="exact")
    return facts.replaced(held)


def setting(names=(), *, facts=None, members=(8, 4), seed=1, user=None, **fields) -> Setting:
    facts = facts or shipped_facts()
    options = chosen(read_options(with_user_options(shipped_option_rows(), user or {}), facts), names)
    return lay_out(Scenario.of({**QUESTION, **fields}), facts, options, members, seed)


def outcomes(names=(), **how) -> Outcomes:
    return run(setting(names, **how))


def voyage(asked: Setting, draw: int, option: int, *, steps: int | None = None) -> tuple[Case, np.record]:
    """One member, the first replicate of a draw, followed for some steps: what it reads, and its state then."""
    question = asked.question if steps is None else asked.question._replace(steps=steps)
    luck, state, scratch = _room(asked.world, question)
    world = asked.world
    scratch.group[0] = world.known[draw]["crush_deaths_per_event"]
    member = draw * question.stride
    draw_luck(question.seed, member, world.known[draw], world.boats[draw], luck[0])
    follow(world, question, draw, option, member, luck[0], state[0], scratch)
    sky = world.charts.sky
    case = Case(
        world.known[draw], scratch.weather[0], world.boats[draw], world.phases[draw, option], world.alone[0],
        world.responders[draw], world.senders[option], sky.streams.values[sky.streams_of_draw[draw]], world.havens,
    )  # fmt: skip
    return case, state[0]


def mean(found: Outcomes, field: str) -> np.ndarray:
    return found.members[field].mean(axis=(0, 1))
