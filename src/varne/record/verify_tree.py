"""
Whether tiles and entries of a log are those its checkpoint was signed over: every file under ``tile/`` is read.

Where an entry and its tile disagree, the one that leads to the signed root is believed and the other named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from varne.errors import BadRecord
from varne.record.checkpoint import Checkpoint
from varne.record.disk import DRAFT
from varne.record.finding import Finding, failed, remark
from varne.record.packed import unpack
from varne.record.reader import Record
from varne.record.tiles import WIDTH, Tile, read_path, tiles_of
from varne.record.tree import leaf_hash, root_of

_HASH_SIZE = 32  # SHA-256
_MOST_MISSING = 1000  # tiles; a size that more are missing for was never that of this folder


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
        Whose signature is checked elsewhere. [1]

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
    files = _files(record)
    size = checkpoint.size
    if size > WIDTH * (len(files) + _MOST_MISSING):
        what = f"says {size} entries, more than {len(files)} files under tile/ hold: it was changed, or they are gone"
        return Tree((), (), (failed("checkpoint", what),))
    findings: list[Finding] = []
    leaves: list[bytes | None] = []
    said: list[bytes] = []  # by tiles
    for start in range(0, size, WIDTH):
        width = min(WIDTH, size - start)
        leaves += _leaves(record, start // WIDTH, width, findings)
        said += _hashes(record, start // WIDTH, width, findings)
    found = [b"" if leaf is None else leaf_hash(leaf) for leaf in leaves]
    by_entries = all(found) and root_of(found) == checkpoint.root
    by_tiles = not by_entries and all(said) and root_of(said) == checkpoint.root
    if not by_entries and not by_tiles:
        findings.append(failed("checkpoint", f"the {size} entries do not lead to its root {checkpoint.root.hex()}"))
        findings += [
            failed(f"entry {index} or its tile", f"the tile says {tile.hex()}, the entry hashes to {entry.hex()}")
            for index, (entry, tile) in enumerate(zip(found, said, strict=True))
            if entry and tile and entry != tile
        ]
    hashes = said if by_tiles else found
    findings += _wrong_files(record, files, hashes)
    findings += _missing_files(files, size)
    return Tree(tuple(leaves), tuple(hashes), tuple(dict.fromkeys(findings)))


def wrong_in_tile(name: str, tile: Tile, content: bytes, hashes: Sequence[bytes]) -> list[Finding]:
    """
    Say what is wrong in a tile.

    Parameters
    ----------
    name : str
        Of its file. [1]
    tile : Tile
        That the name says. [1]
    content : bytes
        Of the file. [1]
    hashes : sequence of bytes
        That its level has, empty where one is not known; the tile may go on beyond them. [1]

    Returns
    -------
    list of Finding

    Examples
    --------
    >>> [one.what for one in wrong_in_tile("tile/0/000.p/1", Tile(0, 0, 1), bytes(31), [bytes(32)])]
    ['has 31 bytes; 32 were expected']
    """
    if len(content) != tile.width * _HASH_SIZE:
        return [failed(name, f"has {len(content)} bytes; {tile.width * _HASH_SIZE} were expected")]
    expected = hashes[tile.index * WIDTH : tile.index * WIDTH + tile.width]
    if content.startswith(b"".join(expected)) and all(expected):
        return []
    return [
        failed(name, f"its hash {place} is {held.hex()}; {one.hex()} was expected")
        for place, one in enumerate(expected)
        for held in [content[place * _HASH_SIZE : (place + 1) * _HASH_SIZE]]
        if one and held != one
    ]


def wrong_in_bundle(name: str, tile: Tile, packed: bytes, hashes: Sequence[bytes]) -> list[Finding]:
    """
    Say what is wrong in a bundle of entries.

    Parameters
    ----------
    name : str
        Of its file. [1]
    tile : Tile
        That the name says. [1]
    packed : bytes
        Content of the file. [1]
    hashes : sequence of bytes
        Of all leaves, empty where one is not known; the bundle may go on beyond them. [1]

    Returns
    -------
    list of Finding

    Examples
    --------
    >>> from varne.record.packed import pack
    >>> wrong_in_bundle("tile/entries/000.p/1", Tile(-1, 0, 1), pack([b"a"]), [leaf_hash(b"a")])
    []
    >>> [one.where for one in wrong_in_bundle("tile/entries/000.p/1", Tile(-1, 0, 1), pack([b"b"]), [leaf_hash(b"a")])]
    ['entry 0']
    """
    try:
        held = [leaf_hash(leaf) for leaf in unpack(packed, tile.width)]
    except BadRecord as error:
        return [failed(name, str(error))]
    start = tile.index * WIDTH
    expected = hashes[start : start + tile.width]
    return [
        failed(f"entry {index}", f"in {name} it hashes to {one.hex()}; the log was signed over {wanted.hex()}")
        for index, (one, wanted) in enumerate(zip(held, expected, strict=False), start)
        if wanted and one != wanted
    ]


def _leaves(record: Record, index: int, width: int, findings: list[Finding]) -> list[bytes | None]:
    try:
        return list(record.leaves(index, width))
    except BadRecord as error:
        name, _, what = str(error).partition(": ")
        if what:  # that it is missing is said of its file
            findings.append(failed(name, what))
        return [None] * width


def _hashes(record: Record, index: int, width: int, findings: list[Finding]) -> list[bytes]:
    tile = Tile(0, index, width)
    try:
        content = record.read_tile(tile)
    except BadRecord:
        findings.append(failed(tile.path, "is missing"))
        return [b""] * width
    return [content[place * _HASH_SIZE : (place + 1) * _HASH_SIZE] for place in range(width)]


def _files(record: Record) -> dict[str, Tile | None]:
    """Files under ``tile/``, and which tile each is; none where the name is that of no tile."""
    names = (path.relative_to(record.folder).as_posix() for path in record.disk.files(record.folder / "tile"))
    return {name: read_path(name) for name in names}


def _wrong_files(record: Record, files: dict[str, Tile | None], hashes: Sequence[bytes]) -> list[Finding]:
    """What is said of each file, whether or not the log still needs it."""
    levels = [list(hashes)]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        parts = (below[place : place + WIDTH] for place in range(0, len(below) - WIDTH + 1, WIDTH))
        levels.append([root_of(part) if all(part) else b"" for part in parts])
    findings: list[Finding] = []
    for name, tile in files.items():
        if tile is None:
            what = "was being written when the writer stopped" if name.endswith(DRAFT) else "is no file of a log"
            findings.append(remark(name, what))
            continue
        level = levels[max(tile.level, 0)] if tile.level < len(levels) else []
        if tile.index * WIDTH + tile.width > len(level):
            findings.append(remark(name, f"holds more than the {len(hashes)} entries that the checkpoint covers"))
        if tile.index * WIDTH < len(level):
            check = wrong_in_bundle if tile.level < 0 else wrong_in_tile
            content = _read(record, name)
            findings += [] if content is None else check(name, tile, content, level)
    return findings


def _read(record: Record, name: str) -> bytes | None:
    """A file that was listed; nothing where it has gone since, because a writer has filled its tile."""
    try:
        return record.disk.read(record.folder / name)
    except FileNotFoundError:
        if record.disk.exists(record.folder / name.partition(".p/")[0]):
            return None
        raise


def _missing_files(files: dict[str, Tile | None], size: int) -> list[Finding]:
    there = set(files.values())
    findings: list[Finding] = []
    for tile in tiles_of(size):
        if not {tile, Tile(tile.level, tile.index)} & there:
            findings.append(failed(tile.path, "is missing"))
        if tile.level == 0 and not {Tile(-1, tile.index, tile.width), Tile(-1, tile.index)} & there:
            findings.append(failed(tile.entries_path, "is missing"))
    return findings
