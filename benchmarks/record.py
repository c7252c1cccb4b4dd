"""Measure the record: durable entries, a proof from a million, a whole check: python -m benchmarks.record."""

import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from varne.record.checkpoint import Checkpoint
from varne.record.disk import RealDisk
from varne.record.edge import Edge
from varne.record.entry import Draft
from varne.record.keys import LOG, new_signer
from varne.record.note import sign_note
from varne.record.opening import create_log, open_log
from varne.record.reader import CHECKPOINT, Record
from varne.record.tree import check_inclusion, leaf_hash
from varne.record.verify import verify
from varne.record.verify_kept import Believed

SINGLES, BATCH, ENTRIES, MILLION = 500, 1000, 100_000, 1_000_000
# An entry as a watch officer makes one, of about 700 bytes.
DRAFT = Draft(
    "known", "watch officer",
    {"what": "people_on_board", "value": [40, 60], "source": "caller aboard", "text": "said twice " * 25}, 0.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountingDisk(RealDisk):
    """The disk of this computer, and which files were read of it."""

    seen: list[Path] = field(default_factory=list)

    def read(self, path: Path) -> bytes:
        self.seen.append(path)
        return RealDisk().read(path)


def _synced_files(home: Path, count: int) -> float:
    """Files a second that are written, synced, moved, their folder synced, one after the other: the disk alone."""
    start = time.perf_counter()
    for number in range(count):
        draft = home / f"{number}.writing"
        RealDisk().write(draft, b"x" * 3000)
        RealDisk().rename(draft, home / str(number))
        RealDisk().sync_folder(home)
    return count / (time.perf_counter() - start)


def _appending(home: Path) -> tuple[float, float, float, bool]:
    create_log(home / "log", origin="varne.example/benchmark", key=home / "key", now=0.0)
    with open_log(home / "log", now=0.0) as log:
        start = time.perf_counter()
        for _ in range(SINGLES):
            log.append([DRAFT], now=0.0)
        singles = SINGLES / (time.perf_counter() - start)
        start = time.perf_counter()
        while log.size < ENTRIES:
            log.append([DRAFT] * min(BATCH, ENTRIES - log.size), now=0.0)
        batches = (ENTRIES - SINGLES) / (time.perf_counter() - start)
    start = time.perf_counter()
    found = verify(Record(home / "log"), Believed(), now=0.0)
    return singles, batches, time.perf_counter() - start, found.holds


def _proof(home: Path) -> tuple[float, int]:
    """A proof from a log of a million entries, of which only the tiles and the checkpoint are made."""
    edge = Edge(0, [])
    hashes = [leaf_hash(number.to_bytes(8, "big")) for number in range(MILLION)]
    for tile, content in edge.grow(hashes):
        path = home / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    signer = new_signer("varne.example/million", LOG)
    written = sign_note(Checkpoint(signer.name, MILLION, edge.root()).text, [signer])
    (home / CHECKPOINT).write_bytes(written)
    disk = CountingDisk()
    start = time.perf_counter()
    proof = Record(home, disk).prove(MILLION // 3, MILLION)
    took = time.perf_counter() - start
    check_inclusion(MILLION // 3, MILLION, hashes[MILLION // 3], proof, edge.root())
    return took, len([path for path in disk.seen if path.name != CHECKPOINT])


def rows() -> list[tuple[str, str, str]]:
    """Rows of the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("VARNE_BENCHMARK_DISK")) as folder:
        home = Path(folder)
        (home / "files").mkdir()
        disk = _synced_files(home / "files", SINGLES)
        singles, batches, checked, holds = _appending(home)
        took, tiles = _proof(home / "million")
    assert holds, "the log that was written is one that verifies"
    return [
        ("record, entries one by one, each durable before the next", f"{singles:,.0f}/s", "100/s"),
        ("the same beside single files written and synced on this disk", f"{disk / singles:.1f} files' worth each", ""),
        (f"record, durable entries in batches of {BATCH:,}", f"{batches:,.0f}/s", "2,000/s"),
        (
            f"a proof from a log of {MILLION:,} entries",
            f"{tiles} tiles read, {took * 1000:.1f} ms",
            "the tiles it needs",
        ),
        (f"verify {ENTRIES:,} entries, bodies and all", f"{checked:.1f} s", "seconds"),
    ]


if __name__ == "__main__":
    for what, measured, target in rows():
        print(f"{what}: {measured} (target: {target or 'none'})")
