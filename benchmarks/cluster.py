"""
A season on one Dask worker and on two: how much of the second is gained.

python -m benchmarks.cluster
"""

from contextlib import ExitStack

from benchmarks.season import plan_of
from benchmarks.timing import best_in_turns
from varne.cluster import _gather, _own_workers
from varne.encounter.ensemble import threads

DAYS = 16  # of 800 members: four blocks, so that each of two workers has more than one


def rows() -> list[tuple[str, str, str]]:
    """What, measured, target; workers are started and warm, as those of a cluster are."""
    if threads() < 2:
        return [("Dask, 2 workers", "not measured: this machine has one core", "at least 0.8")]
    plan, short = plan_of(DAYS), plan_of(1)
    with ExitStack() as stack:
        clients = {many: stack.enter_context(_own_workers(many)) for many in (1, 2)}
        for client in clients.values():
            _gather(client, short, None, None)
        spent = best_in_turns(
            {f"{many}": lambda client=client: _gather(client, plan, None, None) for many, client in clients.items()}
        )
    members = plan.draws * plan.replicates
    return [
        (
            f"season on Dask, {members} members x {DAYS} days, 2 workers beside 1",
            f"efficiency {spent['1'] / spent['2'] / 2:.2f} ({spent['1']:.1f} s and {spent['2']:.1f} s)",
            "at least 0.8",
        )
    ]


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ")
