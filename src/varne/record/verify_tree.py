"""
Whether tiles and entries of a log are those its checkpoint was signed over: every file under ``tile/`` is read.

Where an entry and its tile disagree, the one that leads to the signed root is believed and the other named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from varne.errors import BadRecord
from varne.record.checkpoint import Checkpoint
from varne.record.disk import DRAFT
from varne.record.finding import Finding, failed, remark
from varne.record.packed import unpack
from varne.record.reader import Record
from varne.record.tiles import WIDTH, Tile, read_path, tiles_of
from varne.record.tree import leaf_hash, root_of

_HASH_SIZE = 32  # SHA-256


@dataclass(frozen=True, slots=True)
class Tree:
    """Leaves and their hashes as they are on disk, and what was found wrong with them."""

    leaves: tuple[bytes | None, ...]
    hashes: tuple[bytes, ...]  # those that lead to the signed root, if any do
    findings: tuple[Finding, ...]


def verify_tree(record: Record, checkpoint: Checkpoint) -> Tree:
    """
    Check every tile and every entry against a checkpoint.

    Parameters
    ----------
    record : Record
        [1]
    checkpoint : Checkpoint
        Whose signature was checked. [1]

    Returns
    -------
    Tree

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> verify_tree(record, record.checkpoint()).findings
    ()
    """
    findings: list[Finding] = []
    leaves: list[bytes | None] = []
    said: list[bytes] = []  # by tiles
    for start in range(0, checkpoint.size, WIDTH):
        width = min(WIDTH, checkpoint.size - start)
        leaves += _leaves(record, start // WIDTH, width, findings)
        said += _hashes(record, start // WIDTH, width, findings)
    found = [b"" if leaf is None else leaf_hash(leaf) for leaf in leaves]
    by_entries = all(found) and root_of(found) == checkpoint.root
    by_tiles = not by_entries and all(said) and root_of(said) == checkpoint.root
    if not by_entries and not by_tiles:
        what = f"the {checkpoint.size} entries do not lead to the signed root {checkpoint.root.hex()}"
        findings.append(failed("checkpoint", what))
    hashes = said if by_tiles else found
    for index, (entry, tile) in enumerate(zip(found, said, strict=True)):
        if entry and tile and entry != tile:
            where = f"entry {index}" if by_tiles else f"tile/0 at entry {index}"
            where = where if by_tiles or by_entries else f"entry {index} or its tile"
            findings.append(failed(where, f"the tile says {tile.hex()}, the entry hashes to {entry.hex()}"))
    findings += _files(record, hashes, leaves, checkpoint.size)
    return Tree(tuple(leaves), tuple(hashes), tuple(dict.fromkeys(findings)))


def _leaves(record: Record, index: int, width: int, findings: list[Finding]) -> list[bytes | None]:
    try:
        return list(record.leaves(index, width))
    except BadRecord as error:
        findings.append(failed(Tile(0, index, width).entries_path, _without_place(error)))
        return [None] * width


def _hashes(record: Record, index: int, width: int, findings: list[Finding]) -> list[bytes]:
    tile = Tile(0, index, width)
    try:
        content = record.read_tile(tile)
    except BadRecord:
        findings.append(failed(tile.path, "is missing"))
        return [b""] * width
    return [content[place * _HASH_SIZE : (place + 1) * _HASH_SIZE] for place in range(width)]


def _files(record: Record, hashes: Sequence[bytes], leaves: Sequence[bytes | None], size: int) -> list[Finding]:
    """What is said of each file under ``tile/``, whether or not the log still needs it."""
    levels = [list(hashes)]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        levels.append([root_of(below[place : place + WIDTH]) for place in range(0, len(below) - WIDTH + 1, WIDTH)])
    findings: list[Finding] = []
    there: set[Tile] = set()
    for path in record.disk.files(record.folder / "tile"):
        name = path.relative_to(record.folder).as_posix()
        tile = read_path(name)
        if tile is None:
            what = "was being written when the writer stopped" if name.endswith(DRAFT) else "is no file of a log"
            findings.append(remark(name, what))
            continue
        there.add(tile)
        if tile.index * WIDTH + tile.width > size // WIDTH ** max(tile.level, 0):
            findings.append(remark(name, f"belongs to entries that the checkpoint of {size} does not cover"))
        elif tile.level < 0:
            findings += _bundle(record, path, tile, leaves)
        else:
            findings += _tile(record, path, tile, levels[tile.level])
    for tile in tiles_of(size):
        bundle = Tile(-1, tile.index, tile.width)
        if not {tile, Tile(tile.level, tile.index)} & there:
            findings.append(failed(tile.path, "is missing"))
        if tile.level == 0 and not {bundle, Tile(-1, tile.index)} & there:
            findings.append(failed(tile.entries_path, "is missing"))
    return findings


def _bundle(record: Record, path: Path, tile: Tile, leaves: Sequence[bytes | None]) -> list[Finding]:
    name = path.relative_to(record.folder).as_posix()
    start = tile.index * WIDTH
    try:
        held = unpack(record.disk.read(path), tile.width)
    except BadRecord as error:
        return [failed(name, str(error))]
    return [
        failed(name, f"says another entry {start + place} than the log")
        for place, leaf in enumerate(held)
        if leaves[start + place] is not None and leaf != leaves[start + place]
    ]


def _tile(record: Record, path: Path, tile: Tile, hashes: Sequence[bytes]) -> list[Finding]:
    name = path.relative_to(record.folder).as_posix()
    content = record.disk.read(path)
    if len(content) != tile.width * _HASH_SIZE:
        return [failed(name, f"has {len(content)} bytes; {tile.width * _HASH_SIZE} were expected")]
    start = tile.index * WIDTH
    return [
        failed(name, f"its hash {place} is {found.hex()}; {hashes[start + place].hex()} was expected")
        for place in range(tile.width)
        for found in [content[place * _HASH_SIZE : (place + 1) * _HASH_SIZE]]
        if hashes[start + place] and found != hashes[start + place]
    ]


def _without_place(error: BadRecord) -> str:
    return str(error).partition(": ")[2] or str(error)
