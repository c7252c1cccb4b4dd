"""How long work takes."""

import time
from collections.abc import Callable, Mapping

REPEATS = 3


def best(work: Callable[[], object]) -> float:
    """Least time of a few runs [s]: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def best_in_turns(
    works: Mapping[str, Callable[[], object]], clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Least time of each of some works [s]; they take turns, so that a busy machine slows all alike."""
    least = dict.fromkeys(works, float("inf"))
    for _ in range(REPEATS):
        for name, work in works.items():
            start = clock()
            work()
            least[name] = min(least[name], clock() - start)
    return least
