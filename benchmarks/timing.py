"""How long work takes."""

import time
from collections.abc import Callable

REPEATS = 3


def best(work: Callable[[], object]) -> float:
    """Least time of a few runs [s]: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
