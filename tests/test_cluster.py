"""Promises about a season spread over processes; everything on the loopback of this machine."""

import os
import signal
import time

import psutil
import pytest

from tests.season.small import same
from tests.test_spread import DAYS, season, whole
from varne import cluster
from varne.cluster import need_dask, on_processes, on_scheduler
from varne.errors import BadInput


def workers():
    """Processes that compute: children of this one that are not helpers of multiprocessing."""
    return [child for child in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(child.cmdline())]


def test_two_workers_give_the_books_of_one_process():
    """Bit for bit; progress comes to its end; no process is left."""
    told = []
    found = on_processes(2)(season(), lambda done, of: told.append((done, of)))
    assert same(found, whole())
    assert told[-1] == (2 * DAYS, 2 * DAYS) and len(told) > 4
    until = time.monotonic() + 10
    while workers() and time.monotonic() < until:
        time.sleep(0.1)
    assert not workers()


def test_a_killed_worker_is_replaced(tmp_path):
    """A worker that dies in the middle takes nothing with it: another goes on, and the books are the same."""
    killed = []

    def told(done, of):
        if done >= 32 and not killed:
            killed.append(workers()[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    found = on_processes(2, keep=tmp_path / "unfinished")(season(), told)
    assert killed and same(found, whole())


def test_a_worker_starts_without_a_trim_threshold():
    """The library's default would make large arrays up to four times slower; and a worker is one core."""
    names = ("MALLOC_TRIM_THRESHOLD_", "OMP_NUM_THREADS")
    with cluster._own_workers(1) as client:
        (found,) = client.run(lambda: [os.environ.get(name) for name in names]).values()
    assert found == [os.environ.get(names[0]), "1"]


def test_the_workers_of_a_scheduler_give_the_same_books(tmp_path):
    """By its address; what no worker's disk holds is kept by the process that asked."""
    with cluster._own_workers(1) as client:
        address = client.scheduler.address
        assert same(on_scheduler(address, keep=tmp_path / "unfinished")(season(), None), whole())
    assert len(list((tmp_path / "unfinished").glob("*.block"))) == 1


def test_other_code_is_refused(monkeypatch):
    """A worker whose numbers might differ computes nothing: which worker, what it has, what is needed."""
    monkeypatch.setattr(cluster, "code_and_platform", lambda: "code of next year")
    with pytest.raises(BadInput, match=r"Worker tcp://127.* would not give the same numbers .* code of next year"):
        on_processes(1)(season(), None)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9"])
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch, address):
    """One sentence that quotes the address."""
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(BadInput, match=f"--cluster '{address}': no Dask scheduler answers there"):
        on_scheduler(address)(season(), None)


def test_without_the_extra_it_is_told(monkeypatch):
    """Before any work, with the words to install it."""
    monkeypatch.setattr(cluster, "distributed", None)
    with pytest.raises(BadInput, match=r"pip install 'varne\[cluster\]'"):
        need_dask()
