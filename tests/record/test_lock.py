"""Promises about one writer at a time."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from varne.errors import BadRecord
from varne.record.lock import Lock

OPEN = Path("/proc/self/fd")  # where the system has it: the files that this process has open
HOLDER = """
import sys, time
from pathlib import Path
from varne.record.lock import Lock
with Lock((Path(sys.argv[1]),)):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the lock."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path / "a"], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def held_by(folder: Path, process: int) -> str:
    return re.escape(f"{folder} is held by another writer (process {process}); wait until it has ended.")


def test_a_second_process_is_told_who_has_it(tmp_path: Path, holder) -> None:
    """And gets it when the first has ended, however it ended."""
    with pytest.raises(BadRecord, match=held_by(tmp_path, holder.pid)):
        Lock((tmp_path / "a",))
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    Lock((tmp_path / "a",)).close()


def test_the_same_process_is_kept_out_too(tmp_path: Path) -> None:
    """Two writers in one program are two writers."""
    with Lock((tmp_path / "a",)), pytest.raises(BadRecord, match=held_by(tmp_path, os.getpid())):
        Lock((tmp_path / "a",))
    Lock((tmp_path / "a",)).close()


def test_all_are_held_or_none(tmp_path: Path) -> None:
    """One that cannot be had lets the others go."""
    with Lock((tmp_path / "b",)):
        with pytest.raises(BadRecord, match="held by another writer"):
            Lock((tmp_path / "a", tmp_path / "b"))
        Lock((tmp_path / "a",)).close()
    with pytest.raises(FileNotFoundError):
        Lock((tmp_path / "a", tmp_path / "nowhere" / "b"))
    Lock((tmp_path / "a",)).close()


def test_letting_go_twice_lets_nothing_else_go(tmp_path: Path) -> None:
    """The second time is nothing."""
    lock = Lock((tmp_path / "a",))
    lock.close()
    with Lock((tmp_path / "a",)):
        lock.close()
        with pytest.raises(BadRecord):
            Lock((tmp_path / "a",))


def test_a_file_system_without_locks_is_not_taken_for_another_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of the system comes out, and no file stays open."""

    def none(number: int, how: int) -> None:
        raise OSError(37, "No locks available")

    before = len(list(OPEN.iterdir())) if OPEN.exists() else 0
    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", none)
        with pytest.raises(OSError, match="No locks available"):
            Lock((tmp_path / "a",))
    assert before == (len(list(OPEN.iterdir())) if OPEN.exists() else 0)


def test_a_full_disk_keeps_nobody_from_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of the process is missing from the sentence then, and the lock holds all the same."""

    def full(number: int, content: bytes, place: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with (
        Lock((tmp_path / "a",)),
        pytest.raises(BadRecord, match=re.escape(f"{tmp_path} is held by another writer (process unknown)")),
    ):
        Lock((tmp_path / "a",))
