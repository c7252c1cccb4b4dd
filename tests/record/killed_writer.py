"""
A log whose writers are killed, again and again: `python -m tests.record.killed_writer <folder> <key> <kills> <seed>`.

Each writer is a fork of this program, which says what was acknowledged, and is killed at a moment drawn by chance. Then
the log is opened, and everything that it gained is held against what the writer said. It ends in one line of JSON.

Of 25 writers one waits until the disk has synced. What a kill leaves does not depend on it, as it would when the power
fails, and without the waiting the kills fall on the work.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.record import twin

from varne.record.disk import Disk, RealDisk
from varne.record.entry import Draft, Entry
from varne.record.finding import FAILED
from varne.record.keys import read_signer
from varne.record.opening import create_log, open_log
from varne.record.reader import Record
from varne.record.tree import node_hash
from varne.record.verify import verify
from varne.record.verify_kept import Believed

NOW = 1_769_832_306.0
LONGEST = 0.03  # [s] that a writer lives
SIZES = (1, 1, 1, 1, 2, 7, 50)


class HastyDisk(RealDisk):
    """The disk of this computer, which is not asked to sync."""

    def write(self, path: Path, content: bytes, *, mode: int = 0o666) -> None:
        path.write_bytes(content)

    def sync_folder(self, folder: Path) -> None:
        assert folder.is_dir()


class Peaks:
    """Roots of whole subtrees, the largest first: what a root needs of a tree that grows."""

    def __init__(self) -> None:
        self.roots: list[tuple[int, bytes]] = []

    def push(self, leaf: bytes) -> None:
        size, root = 1, leaf
        while self.roots and self.roots[-1][0] == size:
            size, root = 2 * size, node_hash(self.roots.pop()[1], root)
        self.roots.append((size, root))

    def root(self) -> bytes:
        *rest, (_, found) = self.roots
        for _, root in reversed(rest):
            found = node_hash(root, found)
        return found


def batches(seed: str) -> Iterator[list[Draft]]:
    """What a writer enters, the same whenever it is asked for with the same seed."""
    chance = random.Random(seed)
    while True:
        yield [
            Draft("known", "watch officer", {"what": "wave_height", "value": chance.random()}, NOW,
                  withheld=chance.random() < 0.02)
            for _ in range(chance.choice(SIZES))
        ]  # fmt: skip


def digest(entries: Sequence[tuple[bytes, bytes, bytes]]) -> str:
    return hashlib.sha256(b"".join(part for entry in entries for part in entry)).hexdigest()


def write(folder: Path, disk: Disk, seed: str, told: int) -> None:
    """Enter batch after batch and tell each that is acknowledged, until killed."""
    with open_log(folder, now=NOW, disk=disk) as log:
        os.write(told, b"open\n")
        for batch in batches(seed):
            done = log.append(batch, now=NOW)
            known = digest([_parts(entry) for entry in done.entries])
            os.write(told, f"{done.first} {len(done.entries)} {known}\n".encode())


def killed(folder: Path, disk: Disk, seed: str) -> list[str]:
    """Start a writer, kill it, and return what it told."""
    chance = random.Random(f"kill {seed}")
    hears, told = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(hears)
        try:
            write(folder, disk, seed, told)
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(hears, "rb") as heard:
        first = heard.readline() if chance.random() < 0.7 else b""  # the others may die while they open the log
        time.sleep(chance.uniform(0.0, LONGEST))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        assert os.WIFSIGNALED(status), f"the writer ended by itself, {status}"
        lines = (first + heard.read()).decode()
    return [line for line in lines.splitlines(keepends=True) if line.endswith("\n") and line != "open\n"]


def check(record: Record, size: int, before: int, seed: str, told: list[str]) -> tuple[list[bytes], bool]:
    """Hold what the log gained against what was told; return its leaves, and whether a batch came that was not told."""
    gained = [_stored(record, size, index) for index in range(before, size)]
    place, expected = 0, batches(seed)
    for line, batch in zip(told, expected, strict=False):
        first, count, known = line.split()
        assert (int(first), int(count)) == (before + place, len(batch))
        assert digest(gained[place : place + len(batch)]) == known, f"entries from {first} on are not what was told"
        place += len(batch)
    rest = gained[place:]
    if rest:
        batch = next(expected)
        assert [json.loads(event)["data"] for _, _, event in rest] == [dict(draft.data) for draft in batch]
    return [leaf for leaf, _, _ in gained], bool(rest)


def main(folder: Path, key: Path, kills: int, seed: str) -> None:
    create_log(folder, origin="varne.example/killed", key=key, now=NOW)
    verifier, peaks, found = read_signer(key).verifier, Peaks(), Counter[str]()
    size = 1
    peaks.push(twin.leaf_hashes([Record(folder).leaf(0)])[0])
    for number in range(kills):
        disk = HastyDisk() if number % 25 else RealDisk()
        told = killed(folder, disk, f"{seed} {number}")
        left = set(RealDisk().files(folder))
        try:
            with open_log(folder, now=NOW, disk=disk) as log:
                checkpoint = log.record.checkpoint()
                leaves, untold = check(log.record, log.size, size, f"{seed} {number}", told)
            for leaf in twin.leaf_hashes(leaves):
                peaks.push(leaf)
            size += len(leaves)
            assert (checkpoint.size, checkpoint.root) == (size, peaks.root()), "the root is another"
            if number % 100 == 99 or number == kills - 1:
                assert twin.read_log(RealDisk(), folder, verifier).size == size
        except Exception as error:
            raise AssertionError(f"after kill {number} of seed {seed!r}, {folder}: {error}") from error
        found["told"] += len(told)
        found["there, though not told"] += untold
        found["cut short"] += any(path.exists() is False for path in left)
    verified = verify(Record(folder), Believed(logs=(verifier,)), now=NOW)
    assert (verified.checkpoint.size, [str(one) for one in verified.findings if one.state == FAILED]) == (size, [])
    print(json.dumps({**found, "kills": kills, "entries": size}))


def _parts(entry: Entry) -> tuple[bytes, bytes, bytes]:
    assert entry.salt is not None
    assert entry.event is not None
    return entry.leaf, entry.salt, entry.event


_KEPT: dict[tuple[int, int], tuple[list[bytes], dict[int, tuple[bytes, bytes]]]] = {}


def _stored(record: Record, size: int, index: int) -> tuple[bytes, bytes, bytes]:
    """An entry as it lies on the disk; a tile is read once for each size."""
    tile = index // twin.WIDTH
    if (size, tile) not in _KEPT:
        _KEPT.clear()
        _KEPT[size, tile] = record.leaves(tile, min(twin.WIDTH, size - tile * twin.WIDTH)), record.bodies(tile)
    leaves, bodies = _KEPT[size, tile]
    salt, event = bodies.get(index) or record.withheld(index) or (b"", b"")
    leaf = leaves[index % twin.WIDTH]
    assert json.loads(leaf)["commit"] == "sha256:" + hashlib.sha256(salt + event).hexdigest()
    return leaf, salt, event


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
