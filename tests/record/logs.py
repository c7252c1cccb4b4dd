"""Logs that tests check: one of a thousand entries, disks that show a file otherwise than it is, and other's logs."""

from collections.abc import Mapping
from pathlib import Path

from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.disk import RealDisk
from varne.record.edge import Edge
from varne.record.entry import Draft
from varne.record.keys import SignerKey
from varne.record.opening import create_log, open_log
from varne.record.packed import pack
from varne.record.tiles import WIDTH, Tile
from varne.record.tree import leaf_hash
from varne.record.witness_state import WitnessState

NOW = 1_769_832_306.0
ORIGIN = "varne.example/test"
# Entries of each batch: full tiles by batches and by singles; beside the last tile lie older, narrower ones.
BATCHES = (255, *[1] * 20, 400, 99, *[1] * 6, 100, 40, 1, 78)


class Altered(RealDisk):
    """The disk of this computer, but for some files: they hold something else, or are not there."""

    def __init__(self, files: Mapping[Path, bytes | None]) -> None:
        self.changed = dict(files)

    def read(self, path: Path) -> bytes:
        if path not in self.changed:
            return super().read(path)
        content = self.changed[path]
        if content is None:
            raise FileNotFoundError(path)
        return content

    def exists(self, path: Path) -> bool:
        return self.changed[path] is not None if path in self.changed else super().exists(path)

    def files(self, folder: Path) -> list[Path]:
        there = {path for path in super().files(folder) if self.changed.get(path, b"") is not None}
        return sorted(
            there | {path for path, one in self.changed.items() if one is not None and folder in path.parents}
        )


def flipped(content: bytes, place: int) -> bytes:
    """The same with one bit of one byte turned, which bit depends on the place."""
    return content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]


def drafts(count: int, **fields: object) -> list[Draft]:
    return [Draft("known", "watch officer", {"what": "wave_height", "value": number}, NOW) for number in range(count)]


def make_log(home: Path, *batches: int) -> Path:
    """A log with its key beside it; the key's entry comes first, then so many."""
    folder = home / "log"
    create_log(folder, origin=ORIGIN, key=home / "log.key", now=NOW)
    append(folder, *batches)
    return folder


def append(folder: Path, *batches: int) -> None:
    with open_log(folder, now=NOW) as log:
        for count in batches:
            log.append(drafts(count), now=NOW)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tiled_log(folder: Path, signer: SignerKey, entries: list[bytes]) -> Path:
    """A log as others write it: leaves are what they please, narrower tiles are gone."""
    edge = Edge(0, [])
    for tile, content in edge.grow([leaf_hash(entry) for entry in entries]):
        _write(folder / tile.path, content)
    for start in range(0, len(entries), WIDTH):
        part = entries[start : start + WIDTH]
        _write(folder / Tile(0, start // WIDTH, len(part)).entries_path, pack(part))
    _write(
        folder / "checkpoint", sign_checkpoint(Checkpoint("example.org/modules", len(entries), edge.root()), [signer])
    )
    return folder


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def begun(folder: Path, disk: RealDisk | None = None) -> WitnessState:
    """What a witness remembers, from nothing if nothing is there."""
    WitnessState(folder).begin()
    return WitnessState(folder, RealDisk() if disk is None else disk)
