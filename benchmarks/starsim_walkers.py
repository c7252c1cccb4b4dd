"""The simple hazard task in Starsim, as its users write it: a module over arrays, with common random numbers."""

from collections.abc import Callable

import numpy as np
import starsim

from benchmarks.walkers import HAZARD, STRIDE, Tally


class Route(starsim.Module):
    """All people on the route."""

    def __init__(self) -> None:
        super().__init__(name="route")
        self.dies = starsim.bernoulli(p=HAZARD)
        self.define_states(starsim.FloatArr("way", default=0.0))

    def step(self) -> None:
        dead, alive = self.dies.split()
        self.way[alive] += STRIDE
        self.sim.people.request_death(dead)


def common_random_numbers(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
    assert starsim.options.crn, "The row says that each person draws numbers of their own; Starsim is set otherwise."
    route = Route()
    # Starsim steps at both ends of its time, so a duration of 199 makes 200 steps.
    sim = starsim.Sim(
        n_agents=walkers, start=0, dur=steps - 1, dt=1, modules=route, rand_seed=seed, verbose=0, copy_inputs=False
    )
    sim.init()

    def walk() -> Tally:
        sim.run()
        ways = route.way.raw[:walkers].astype(np.float64)  # of the dead too
        return Tally(walkers, steps, len(sim.people.auids), float(ways.sum()), float(ways.max()))

    return walk


ENGINES = {"common random numbers": common_random_numbers}
