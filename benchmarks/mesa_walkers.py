"""The simple hazard task in Mesa, as its users write it: agents that step, and are removed when they die."""

from collections.abc import Callable

import mesa

from benchmarks.walkers import HAZARD, STRIDE, Tally


class Walker(mesa.Agent):
    """An agent on the route."""

    def __init__(self, model: "Route") -> None:
        super().__init__(model)
        self.way = 0.0

    def step(self) -> None:
        if self.random.random() < HAZARD:
            self.model.ways_of_the_dead.append(self.way)
            self.remove()
        else:
            self.way += STRIDE


class Route(mesa.Model):
    """All agents, in the order in which they were made or in one that is shuffled at each step."""

    def __init__(self, walkers: int, seed: int, method: str) -> None:
        super().__init__(seed=seed)
        self.method = method
        self.ways_of_the_dead: list[float] = []
        Walker.create_agents(self, walkers)

    def step(self) -> None:
        getattr(self.agents, self.method)("step")


def _engine(method: str) -> Callable[[int, int, int], Callable[[], Tally]]:
    def build(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
        route = Route(walkers, seed, method)

        def walk() -> Tally:
            for _ in range(steps):
                route.step()
            ways = [*route.ways_of_the_dead, *(one.way for one in route.agents)]
            return Tally(walkers, steps, len(route.agents), sum(ways), max(ways))

        return walk

    return build


ENGINES = {"`do`": _engine("do"), "`shuffle_do`": _engine("shuffle_do")}
