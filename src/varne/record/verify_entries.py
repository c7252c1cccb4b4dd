"""
Whether bodies are what the leaves commit to, follow one another, and come from the past.

A body that is not there is no fault where the log says why: it is withheld, or an entry says that it was deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from varne.errors import BadEntry, BadRecord
from varne.record.disk import DRAFT
from varne.record.entry import read_leaf
from varne.record.finding import Finding, failed, not_checked, remark
from varne.record.packed import read_bodies
from varne.record.reader import Body, Record, entry_of
from varne.record.tiles import WIDTH, read_path
from varne.record.verify_times import verify_times

_BEYOND = "belongs to entries that the checkpoint does not cover"


@dataclass(frozen=True, slots=True)
class Entries:
    """Events that are given away, by number, and what was found wrong with them."""

    events: Mapping[int, Mapping[str, Any]]
    withheld: tuple[int, ...]
    deleted: tuple[int, ...]
    findings: tuple[Finding, ...]
    logged: Mapping[int, str] = field(default_factory=dict)  # when each was entered, withheld ones too


def verify_entries(record: Record, leaves: Sequence[bytes | None], *, now: float) -> Entries:
    """
    Check every body against its leaf.

    Parameters
    ----------
    record : Record
        [1]
    leaves : sequence of bytes or None
        In order; nothing where a leaf cannot be read. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    Entries

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> verify_entries(record, record.leaves(0, 1), now=0.0).findings
    ()
    """
    findings: list[Finding] = []
    events: dict[int, Mapping[str, Any]] = {}
    withheld: set[int] = set()
    absent: list[int] = []
    parts, apart = _body_files(record, findings), _withheld_files(record, len(leaves), findings)
    for start in range(0, len(leaves), WIDTH):
        bodies = _bodies(record, parts.pop(start // WIDTH, []), start, len(leaves), findings)
        for index in range(start, min(start + WIDTH, len(leaves))):
            leaf = leaves[index]
            if leaf is None:
                continue
            kept = _withheld(record, index, findings) if index in apart else None
            if index in bodies and kept:
                findings.append(remark(f"entry {index}", "its body is given away, though it lies withheld too"))
            body = bodies.get(index) or kept
            if body is None:
                absent.append(index)
            elif event := _event(index, leaf, body, findings):
                events[index] = event
                if index not in bodies:
                    withheld.add(index)
    findings += [remark(_name(record, path), _BEYOND) for paths in parts.values() for path in paths]
    findings += _chain(leaves, events)
    findings += verify_times(events, now)
    deleted = _said_of(events, "redaction", "redacts", leaves)
    withholds = _said_of(events, "correction", "withholds", leaves)
    findings += _kept_or_not(deleted, withholds, absent, events)
    for index, said in withholds.items():
        if index in events and index not in withheld:
            what = f"its body is given away, though entry {said} says that it is withheld"
            findings.append(remark(f"entry {index}", what))
    given = {index: event for index, event in events.items() if index not in withheld}
    gone = tuple(index for index in absent if index in deleted)
    logged = {index: str(event["logged"]) for index, event in events.items()}
    return Entries(given, tuple(sorted(withheld)), gone, tuple(dict.fromkeys(findings)), logged)


def _kept_or_not(
    deleted: Mapping[int, int],
    withheld: Mapping[int, int],
    absent: Sequence[int],
    events: Mapping[int, Mapping[str, Any]],
) -> list[Finding]:
    """Bodies that are missing and should not be, or are there and should not be."""
    missing = "its body is missing, and no entry says that it was deleted"
    findings = [failed(f"entry {index}", missing) for index in absent if index not in {*deleted, *withheld}]
    for index in sorted(set(absent) & withheld.keys() - deleted.keys()):
        findings.append(not_checked(f"entry {index}", f"its body is withheld, as entry {withheld[index]} says"))
    for index in sorted(deleted.keys() & events.keys()):
        what = f"its body is still here, though entry {deleted[index]} says it was deleted"
        findings.append(remark(f"entry {index}", what))
    return findings


def _said_of(
    events: Mapping[int, Mapping[str, Any]], kind: str, field: str, leaves: Sequence[bytes | None]
) -> dict[int, int]:
    """Entries of which a later one says something, by number; the later one names their commitment, too."""
    found: dict[int, int] = {}
    for said, event in events.items():
        data = event["data"]
        index = data.get(field)
        if (
            event["kind"] == kind
            and type(index) is int
            and 0 <= index < said
            and _is(leaves[index], data.get("commit"))
        ):
            found.setdefault(index, said)
    return found


def _is(leaf: bytes | None, commit: object) -> bool:
    try:
        return leaf is not None and read_leaf(leaf) == commit
    except BadEntry:
        return False


def _body_files(record: Record, findings: list[Finding]) -> dict[int, list[Path]]:
    """Files of bodies by tile, the whole one before its parts."""
    found: dict[int, list[Path]] = {}
    for path in record.disk.files(record.folder / "bodies"):
        name = _name(record, path)
        whole, dot, first = name.removeprefix("bodies/").partition(".p/")
        tile = read_path(f"tile/0/{whole}")
        if name.endswith(DRAFT):
            findings.append(remark(name, "was being written when the writer stopped"))
        elif tile is None or tile.width < WIDTH or (dot and not (first.isascii() and first.isdigit())):
            findings.append(remark(name, "is no file of a log"))
        else:
            found.setdefault(tile.index, []).append(path)
    return {index: sorted(paths, key=lambda path: path.parent.name.endswith(".p")) for index, paths in found.items()}


def _withheld_files(record: Record, size: int, findings: list[Finding]) -> set[int]:
    """Entries for which a withheld body lies there."""
    found: set[int] = set()
    for path in record.disk.files(record.folder / "withheld"):
        name = _name(record, path)
        tile = read_path(name.replace("withheld/", "tile/0/", 1))
        if name.endswith(DRAFT):
            findings.append(remark(name, "was being written when the writer stopped"))
        elif tile is None or tile.width < WIDTH:
            findings.append(remark(name, "is no file of a log"))
        elif tile.index >= size:
            findings.append(remark(name, _BEYOND))
        else:
            found.add(tile.index)
    return found


def _bodies(record: Record, paths: Sequence[Path], start: int, size: int, findings: list[Finding]) -> dict[int, Body]:
    """Bodies of a tile, line by line, so that what is wrong is named as closely as it can be."""
    found: dict[int, Body] = {}
    for path in paths:
        name = _name(record, path)
        left = path is not paths[0] and not paths[0].parent.name.endswith(".p")
        if left:
            findings.append(remark(name, "is left from before its tile was full"))
        for line in record.disk.read(path).splitlines(keepends=True):
            try:
                bodies = read_bodies(line, range(start, start + WIDTH))
            except BadRecord as error:
                findings.append(failed(name, str(error)))
                continue
            for number, body in bodies.items():
                if number >= size:
                    findings.append(remark(name, _BEYOND))
                elif number in found and not (left and found[number] == body):
                    findings.append(failed(name, f"holds a second body of entry {number}"))
                else:
                    found[number] = body
    return found


def _withheld(record: Record, index: int, findings: list[Finding]) -> Body | None:
    try:
        return record.withheld(index)
    except BadRecord as error:
        findings.append(failed(f"entry {index}", f"withheld: {error}"))
        return None


def _event(index: int, leaf: bytes, body: Body, findings: list[Finding]) -> Mapping[str, Any] | None:
    try:
        return entry_of(index, leaf, body).content
    except BadRecord as error:
        findings.append(failed(f"entry {index}", str(error).partition(": ")[2]))
        return None


def _chain(leaves: Sequence[bytes | None], events: Mapping[int, Mapping[str, Any]]) -> list[Finding]:
    """Each event names the commitment of the one before."""
    found = []
    for index, event in events.items():
        before = leaves[index - 1] if index else None
        if index and before is None:
            continue
        try:
            expected = "" if before is None else read_leaf(before)
        except BadEntry as error:
            found.append(failed(f"entry {index - 1}", str(error)))
            continue
        if event["prev"] != expected:
            found.append(failed(f"entry {index}", f"follows {event['prev'] or 'nothing'}; {expected} is before it"))
    return found


def is_ours(leaves: Sequence[bytes | None]) -> bool:
    """
    Say whether the entries of a log are commitments as Varne writes them; logs of others hold what they please.

    Parameters
    ----------
    leaves : sequence of bytes or None
        [1]

    Returns
    -------
    bool

    Examples
    --------
    >>> is_ours([b"a module"]), is_ours([])
    (False, False)
    """
    there = [leaf for leaf in leaves if leaf is not None]
    return bool(there) and 2 * sum(_is_commitment(leaf) for leaf in there) >= len(
        there
    )  # one may be changed or planted


def _is_commitment(leaf: bytes) -> bool:
    try:
        read_leaf(leaf)
    except BadEntry:
        return False
    return True


def _name(record: Record, path: Path) -> str:
    return path.relative_to(record.folder).as_posix()
