"""
The simple hazard task: walkers on a route, one hazard draw a step, the same for every engine.

A living walker draws one number at each step. Below HAZARD it dies where it is; else it goes on by STRIDE. What comes
of it has a closed form, so that each engine can be shown to have done the same work.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from varne.compiled import compiled
from varne.draws import event_number, uniform

HAZARD = 0.001  # chance to die in a step: one in five does within 200
STRIDE = 100.0  # [m]
FARTHEST = 4.0  # standard deviations from the closed form: a right engine is beyond it once in 16,000 runs


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a walk; the way counts the steps survived, and so the draws made."""

    walkers: int
    steps: int
    survivors: int
    way: float  # of all walkers together [m]
    longest: float  # way of a walker [m]

    @property
    def draws(self) -> float:
        """Hazard draws made: one for each stride, and one for each death."""
        return self.way / STRIDE + self.walkers - self.survivors


# Builds the walkers from their number, the steps and a seed; what it returns walks them, and only that is timed.
Engine = Callable[[int, int, int], Callable[[], Tally]]


def expected_survivors(walkers: int, steps: int) -> tuple[float, float]:
    """Mean and standard deviation of the number alive at the end: a binomial."""
    alive = (1.0 - HAZARD) ** steps
    return walkers * alive, math.sqrt(walkers * alive * (1.0 - alive))


def expected_draws(walkers: int, steps: int) -> tuple[float, float]:
    """Mean and standard deviation of the number of draws: of each walker until it dies, at most `steps`."""
    # P(at least k draws) = (1 - HAZARD)^(k - 1), so the mean is the sum of it and the mean square that of (2 k - 1) it.
    at_least = (1.0 - HAZARD) ** np.arange(steps)
    mean = at_least.sum()
    square = (at_least * (2.0 * np.arange(steps) + 1.0)).sum()
    return float(walkers * mean), float(math.sqrt(walkers * (square - mean * mean)))


def departures_from_closed_form(tally: Tally) -> dict[str, float]:
    """How far survivors and draws lie from what must come out, in standard deviations."""
    alive, alive_spread = expected_survivors(tally.walkers, tally.steps)
    drawn, drawn_spread = expected_draws(tally.walkers, tally.steps)
    return {"survivors": (tally.survivors - alive) / alive_spread, "draws": (tally.draws - drawn) / drawn_spread}


def what_is_wrong(tally: Tally) -> str:
    """Say in which way a walk is not one that the task makes; empty when it is one."""
    whole = tally.steps * STRIDE
    if tally.longest > whole or (tally.survivors and tally.longest < whole):
        return f"the longest way is {tally.longest:g} m, and {tally.steps} steps make {whole:g} m"
    for name, departure in departures_from_closed_form(tally).items():
        if abs(departure) > FARTHEST:
            return f"{name} lie {departure:.1f} standard deviations from the closed form"
    return ""


class Walker:
    """A walker as plain Python has it."""

    __slots__ = ("chance", "way")

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.way = 0.0

    def step(self) -> bool:
        """Live through one step, or not."""
        if self.chance.random() < HAZARD:
            return False
        self.way += STRIDE
        return True


def plain_objects(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
    chance = random.Random(seed)
    everybody = [Walker(chance) for _ in range(walkers)]

    def walk() -> Tally:
        alive = everybody
        for _ in range(steps):
            alive = [one for one in alive if one.step()]
        ways = [one.way for one in everybody]
        return Tally(walkers, steps, len(alive), sum(ways), max(ways))

    return walk


def compiled_loop(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
    ways = np.zeros(walkers)
    event = event_number("hazard of a walker")

    def walk() -> Tally:
        survivors = int(_walk(np.uint64(seed), event, steps, ways))
        return Tally(walkers, steps, survivors, float(ways.sum()), float(ways.max()))

    return walk


@compiled
def _walk(seed, event, steps, ways):
    survivors = 0
    for walker in range(len(ways)):
        alive = True
        step = 0
        while alive and step < steps:
            alive = uniform(seed, event, np.uint64(walker), np.uint64(step)) >= HAZARD
            if alive:
                ways[walker] += STRIDE
            step += 1
        survivors += alive
    return survivors
