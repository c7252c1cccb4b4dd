"""Promises about what a witness remembers."""

import multiprocessing
import os
from pathlib import Path

import pytest
from tests.record.logs import begun
from tests.record.test_witness import FORKED, LOGS, NOW, WITNESS, checkpoint_of, request

from varne.errors import BadRecord
from varne.record.disk import RealDisk
from varne.record.lock import Lock
from varne.record.witness_state import WitnessState


def ask(state, body, time=NOW):
    return state.answer(body, logs=LOGS, signer=WITNESS, time=time)


def test_what_was_seen_outlives_the_witness(tmp_path):
    """Another witness on the same folder goes on where the first was."""
    assert WitnessState(tmp_path / "new" / "state").seen() == {}
    assert ask(begun(tmp_path / "new" / "state"), request(0, 5)).status == 200
    again = WitnessState(tmp_path / "new" / "state")
    assert again.seen() == {"example.org/log": checkpoint_of(5)}
    assert ask(again, request(0, 8)).body == "5\n"
    assert ask(again, request(5, 8, leaves=FORKED)).status == 422
    assert ask(again, request(5, 8)).status == 200
    assert WitnessState(tmp_path / "new" / "state").seen() == {"example.org/log": checkpoint_of(8)}


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_a_witness_that_lost_its_memory_signs_nothing(folder, tmp_path):
    """It would countersign another history of a log that it has seen; whoever makes a new one says so."""
    state = WitnessState(tmp_path / folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadRecord, match=r"is (missing|empty), so what was countersigned is not known; restore it"):
        ask(state, request(0, 5))
    state.begin()
    assert ask(state, request(0, 5)).status == 200
    state.begin()
    assert state.seen() == {"example.org/log": checkpoint_of(5)}


def test_logs_are_remembered_apart(tmp_path):
    """Whatever their origins look like."""
    state = begun(tmp_path)
    origins = ["example.org/log", "../../escape", "a/b", "name with spaces", "."]
    logs = dict.fromkeys(origins, LOGS["example.org/log"])
    for size, origin in enumerate(origins, 1):
        assert state.answer(request(0, size, origin=origin), logs=logs, signer=WITNESS, time=NOW).status == 200
    assert {origin: one.size for origin, one in state.seen().items()} == dict(
        zip(origins, range(1, len(origins) + 1), strict=True)
    )
    assert {path.parent for path in tmp_path.rglob("*")} == {tmp_path}


def test_a_refusal_leaves_no_trace(tmp_path):
    """Nothing is remembered that was not countersigned."""
    state = begun(tmp_path)
    ask(state, request(0, 5))
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.name != ".lock"}
    for body in (request(0, 8), request(5, 8, leaves=FORKED), b"", request(9, 8)):
        assert ask(state, body).status != 200
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.name != ".lock"} == before


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"words", b"example.org/log\n5\n", b"other.example\n0\n" + b"A" * 43 + b"=\n"]
)
def test_a_memory_that_was_changed_is_never_taken_for_none(content, tmp_path):
    """Then everything could be countersigned again, a forked log too: it is refused until it is restored."""
    state = begun(tmp_path)
    ask(state, request(0, 5))
    (path,) = tmp_path.glob("seen.*.checkpoint")
    path.write_bytes(content)
    with pytest.raises(BadRecord, match="restore it"):
        ask(state, request(0, 8))


def test_it_is_kept_before_it_is_said(tmp_path):
    """Where the disk refuses, nothing is countersigned, and nothing was seen."""

    class Full(RealDisk):
        def rename(self, old: Path, new: Path) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        ask(begun(tmp_path, Full()), request(0, 5))
    assert WitnessState(tmp_path).seen() == {}
    assert ask(begun(tmp_path), request(0, 5)).status == 200


def test_content_and_name_are_synced_before_it_is_said(tmp_path):
    """Written and synced beside its place, moved, the folder synced: in this order."""
    steps = []

    class Watched(RealDisk):
        def write(self, path: Path, content: bytes, *, mode: int = 0o666) -> None:
            steps.append("write")
            super().write(path, content, mode=mode)

        def rename(self, old: Path, new: Path) -> None:
            steps.append("rename")
            super().rename(old, new)

        def sync_folder(self, folder: Path) -> None:
            steps.append("sync")
            super().sync_folder(folder)

    ask(begun(tmp_path, Watched()), request(0, 5))
    assert steps[-3:] == ["write", "rename", "sync"]


def test_one_process_answers_at_a_time(tmp_path):
    """While another holds the folder the answer is a sentence."""
    with Lock((tmp_path / ".lock",)), pytest.raises(BadRecord, match="held by another"):
        ask(begun(tmp_path), request(0, 5))


def _race(folder, body, gate, found):
    gate.wait()
    while True:
        try:
            status = ask(begun(Path(folder)), body).status
        except BadRecord:
            continue
        found.put((os.getpid(), status))
        return


@pytest.mark.parametrize("number", range(3))
def test_of_two_processes_that_race_one_wins(number, tmp_path):
    """Two growths from the same size, of which one is of a forked log: never both are countersigned."""
    state = begun(tmp_path)
    ask(state, request(0, 3))
    context = multiprocessing.get_context("fork")
    gate, found = context.Event(), context.Queue()
    bodies = [request(3, 8), request(3, 9, leaves=FORKED)]
    racers = [context.Process(target=_race, args=(str(tmp_path), body, gate, found)) for body in bodies]
    for racer in racers:
        racer.start()
    gate.set()
    statuses = sorted(found.get(timeout=30)[1] for _ in racers)
    for racer in racers:
        racer.join()
    assert statuses == [200, 409]
    assert state.seen()["example.org/log"].size in (8, 9)
