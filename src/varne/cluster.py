"""A season spread over the processes of a Dask cluster, of this machine or of many: the same books, bit for bit."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from varne.errors import BadInput
from varne.files.season_blocks import Block, Shelf
from varne.fingerprint import code_and_platform
from varne.season.ledger import Ledger
from varne.season.plan import Plan
from varne.spread import Progress, Spread, Whole, blocks_of, finished, live, on_shelf

try:  # an extra: one machine does without it
    import dask
    import distributed
except ImportError:
    distributed = None  # type: ignore[assignment]  # an extra that may not be installed

# How each worker is started. The library's default also sets MALLOC_TRIM_THRESHOLD_, which turns off the growing
# threshold of glibc's allocator, so that every large array is mapped and faulted in again: measured, up to 3.9 x slower
# (https://github.com/dask/distributed/pull/5098). One thread for each of the others: a worker is one core.
_WORKER_ENVIRONMENT = {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1}
_PATIENCE = 15  # until a scheduler has answered, and then until it has a worker; our choice [s]


class Stopped(Exception):
    """The process that asked for this block has been interrupted."""


def need_dask() -> None:
    """
    Refuse early what cannot be spread.

    Raises
    ------
    BadInput
        If Dask is not installed.

    Examples
    --------
    >>> need_dask()
    """
    if distributed is None:
        raise BadInput(
            "--workers and --cluster need the extra 'cluster'; install it: pip install 'varne[cluster]', or leave them "
            "out: all cores of this machine then work in one process."
        )


def on_processes(workers: int, *, keep: Path | None = None) -> Spread:
    """
    Return how a season is computed by several processes of this machine.

    Parameters
    ----------
    workers : int
        Processes, each with one thread. [1]
    keep : Path, optional
        A folder in which it is kept until it is finished: the same season then goes on from there. [1]

    Returns
    -------
    callable
        Takes a plan and a progress, returns the books of all its members.

    Raises
    ------
    BadInput
        If Dask is not installed.

    Examples
    --------
    >>> callable(on_processes(2))
    True
    """
    need_dask()
    return _spread_over(lambda: _own_workers(workers), keep)


def on_scheduler(address: str, *, keep: Path | None = None) -> Spread:
    """
    Return how a season is computed by the workers of a Dask scheduler.

    Parameters
    ----------
    address : str
        Of the scheduler: tcp://host:port. [1]
    keep : Path, optional
        A folder in which it is kept until it is finished: the same season then goes on from there. [1]

    Returns
    -------
    callable
        Takes a plan and a progress, returns the books of all its members.

    Raises
    ------
    BadInput
        If Dask is not installed.

    Examples
    --------
    >>> callable(on_scheduler("tcp://127.0.0.1:8786"))
    True
    """
    need_dask()
    return _spread_over(lambda: _theirs(address), keep)


def _spread_over(connect: Callable[[], AbstractContextManager[Any]], keep: Path | None) -> Spread:
    def _spread(plan: Plan, progress: Progress) -> Ledger:
        with connect() as client:
            return _gather(client, plan, keep, progress)

    return _spread


@contextmanager
def _own_workers(workers: int) -> Iterator[Any]:
    # Set here, after the import of distributed, which would put its own defaults back, and before a worker starts.
    environment = {"distributed.nanny.pre-spawn-environ": _WORKER_ENVIRONMENT}
    with (
        dask.config.set(environment),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",  # any free port: several may run at once
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _theirs(address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise BadInput(
            f"--cluster {address!r}: no Dask scheduler answers there ({why}); start one with `dask scheduler`, and "
            "give the address that it prints, such as tcp://192.0.2.1:8786."
        ) from None
    with client:
        yield client


def _gather(client: Any, plan: Plan, keep: Path | None, progress: Progress) -> Ledger:
    """Give the blocks to the workers, and put their books together as they come."""
    code = code_and_platform()
    hands = _hands(client, code)
    shelf, blocks = on_shelf(plan, keep, blocks_of(plan.draws * plan.replicates, hands))
    whole, topic = Whole(plan, blocks, progress), f"varne {secrets.token_hex(8)}"
    told = {block: whole.told_of(block) for block in blocks}
    client.subscribe_topic(topic, lambda event: told[tuple(event[1]["block"])](event[1]["day"]))
    stop = distributed.Event(topic, client=client)
    waiting = {
        client.submit(_live_there, plan, block, shelf, topic, code, pure=False, key=f"{topic} {block}"): block
        for block in blocks
    }
    try:
        for future, ledger in distributed.as_completed(waiting, loop=client.loop, with_results=True):
            block = waiting.pop(future)
            whole.take(block, ledger)
            if shelf and not _is_finished(shelf, block, plan):  # no worker sees the folder
                shelf.write(block, plan.days, finished(ledger))
            told[block](plan.days)
    except (
        distributed.KilledWorker,
        OSError,
        distributed.client.FuturesCancelledError,
    ) as lost:
        raise BadInput(_lost(lost, keep)) from None
    finally:
        if waiting and client.status == "running":
            stop.set()
        client.unsubscribe_topic(topic)
    return whole.ledger


def _live_there(plan: Plan, block: Block, shelf: Shelf | None, topic: str, code: str) -> Ledger:
    """Take a block through its season on a worker."""
    if code_and_platform() != code:
        raise BadInput(_other_code(distributed.get_worker().address, code_and_platform(), code))
    stop = distributed.Event(topic)

    def _told(day: int) -> None:
        distributed.get_worker().log_event(topic, {"block": list(block), "day": day})
        if stop.is_set():
            raise Stopped

    return live(plan, block, threads=1, shelf=shelf if shelf and shelf.is_here() else None, told=_told)


def _hands(client: Any, code: str) -> int:
    """How many threads the workers have together, all of which run this very code on a platform like this."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise BadInput(
            f"The scheduler {client.scheduler.address} has no worker after {_PATIENCE} s; start some with "
            "`dask worker`, or leave --cluster out: all cores of this machine then work."
        ) from None
    for worker, said in client.run(code_and_platform, on_error="return").items():
        if said != code:
            raise BadInput(_other_code(worker, said, code))
    return int(sum(client.nthreads().values()))


def _other_code(worker: str, said: object, code: str) -> str:
    return (
        f"Worker {worker} would not give the same numbers bit for bit: it has {said}, and this process {code}; install "
        "the same Varne, with the same constraints, on computers of one kind."
    )


def _lost(error: Exception, keep: Path | None) -> str:
    kept = (
        f"what was done is kept in {keep}: the same command goes on from there"
        if keep
        else "name --out to keep what is done"
    )
    if isinstance(error, distributed.KilledWorker):
        return (
            "Workers were killed again and again over the same members, most often for want of memory (about 1 GB for "
            f"each thread of a worker in three years of five policies); give fewer threads or more memory, {kept}."
        )
    return f"The cluster was lost ({' '.join(str(error).split()) or type(error).__name__}); {kept}."


def _is_finished(shelf: Shelf, block: Block, plan: Plan) -> bool:
    found = shelf.read(block)
    return found is not None and found[0] >= plan.days
