"""
Whether bodies are what the leaves commit to, follow one another, and come from the past.

A body that is not there is no fault where the log says why: it is withheld, or an entry says that it was deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varne.errors import BadEntry, BadRecord
from varne.record.entry import read_leaf, read_moment
from varne.record.finding import Finding, failed, remark
from varne.record.packed import read_bodies
from varne.record.reader import Body, Record, entry_of
from varne.record.tiles import WIDTH

_CLOCKS_DIFFER = 300.0  # [s] between the writer's clock and the reader's
_LONG_AFTER = 3600.0  # [s] an entry made so long after the event is worth a remark
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Entries:
    """Events that are given away, by number, and what was found wrong with them."""

    events: Mapping[int, Mapping[str, Any]]
    withheld: tuple[int, ...]
    deleted: tuple[int, ...]
    findings: tuple[Finding, ...]


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
    withheld: list[int] = []
    absent: list[int] = []
    for start in range(0, len(leaves), WIDTH):
        bodies = _bodies(record, start // WIDTH, len(leaves), findings)
        for index in range(start, min(start + WIDTH, len(leaves))):
            leaf = leaves[index]
            if leaf is None:
                continue
            apart = None if index in bodies else _withheld(record, index, findings)
            body = bodies.get(index) or apart
            if body is None:
                absent.append(index)
            elif event := _event(index, leaf, body, findings):
                events[index] = event
                withheld += [index] if apart else []
    findings += _chain(leaves, events)
    findings += _times(events, now)
    deleted = {event["data"].get("redacts"): index for index, event in events.items() if event["kind"] == "redaction"}
    for index in absent:
        if index not in deleted:
            findings.append(failed(f"entry {index}", "its body is missing, and no entry says that it was deleted"))
    for index in deleted.keys() & events.keys():
        where = f"entry {index}"
        findings.append(remark(where, f"its body is still here, though entry {deleted[index]} says it was deleted"))
    given = {index: event for index, event in events.items() if index not in withheld}
    return Entries(given, tuple(withheld), tuple(index for index in absent if index in deleted), tuple(findings))


def _bodies(record: Record, index: int, size: int, findings: list[Finding]) -> dict[int, Body]:
    """Bodies of a tile, file by file, so that what is wrong is named as closely as it can be."""
    found: dict[int, Body] = {}
    start = index * WIDTH
    for path in record.body_files(index):
        name = path.relative_to(record.folder).as_posix()
        if not path.name.isdigit():
            findings.append(remark(name, "was being written when the writer stopped"))
            continue
        for line in record.disk.read(path).splitlines(keepends=True):
            try:
                for number, body in read_bodies(line, range(start, start + WIDTH)).items():
                    if number in found:
                        findings.append(failed(name, f"holds a second body of entry {number}"))
                    elif number >= size:
                        findings.append(remark(name, f"entry {number} is not covered by the checkpoint of {size}"))
                    else:
                        found[number] = body
            except BadRecord as error:
                findings.append(failed(name, str(error)))
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


def _times(events: Mapping[int, Mapping[str, Any]], now: float) -> list[Finding]:
    found = []
    last = 0.0
    for index, event in events.items():
        where = f"entry {index}"
        happened, logged = read_moment(event["time"], "time"), read_moment(event["logged"], "logged")
        if logged > now + _CLOCKS_DIFFER:
            found.append(failed(where, f"was logged at {event['logged']}, which has not come yet: a clock was wrong"))
        elif happened > logged + _CLOCKS_DIFFER:
            found.append(remark(where, f"is of {event['time']}, after it was logged at {event['logged']}"))
        elif logged - happened > _LONG_AFTER:
            found.append(remark(where, f"was logged {(logged - happened) / _HOUR:.1f} h after it happened"))
        if logged < last:
            found.append(
                remark(where, f"was logged at {event['logged']}, before the entry ahead of it: a clock was set")
            )
        last = max(last, logged)
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
    for leaf in leaves:
        try:
            if leaf is not None:
                read_leaf(leaf)
                return True
        except BadEntry:
            continue
    return False
