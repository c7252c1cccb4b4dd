"""
Withholding and deleting bodies: the tree stays as it is, and the log says what was done.

A body that is withheld lies apart and is given to nobody without being asked for. A body that is deleted is gone with
its salt: its leaf then says nothing, not even to those who guess.
"""

from collections.abc import Sequence

from varne.errors import BadEntry
from varne.record.disk import put
from varne.record.entry import Draft, read_event
from varne.record.log import Log
from varne.record.packed import read_bodies, write_bodies
from varne.record.reader import WITHHELD, Record
from varne.record.tiles import WIDTH

_AT_ONCE = "withheld when it was entered"
_STAY = ("key", "redaction")  # without these nobody could verify the rest


def redact(log: Log, index: int, *, role: str, reason: str, now: float) -> int:
    """
    Delete a body; the log says first that it is deleted, who asked in what role, and why.

    Parameters
    ----------
    log : Log
        [1]
    index : int
        Of the entry. [1]
    role : str
        Who has it deleted. [1]
    reason : str
        [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    int
        Number of the entry that says so.

    Raises
    ------
    BadEntry
        If there is no such body, no reason, or the log could not be verified without it.

    Examples
    --------
    >>> from varne.record.opening import example_log, open_log
    >>> with open_log(example_log(), now=0.0) as log:
    ...     first = log.append([Draft("known", "watch officer", {"what": "a slip"}, 0.0)], now=0.0).first
    ...     said = redact(log, first, role="records officer", reason="it named a person", now=0.0)
    ...     log.record.entry(first).event is None, log.record.entry(said).content["data"]["redacts"]
    (True, 1)
    """
    record = log.record
    if not reason.strip():
        raise BadEntry("reason is empty; write why the body is deleted.")
    entry = record.entry(index)
    kind = _kind(record, index)
    if kind in _STAY:
        raise BadEntry(f"Entry {index} is of kind {kind!r}; without it the log could not be verified. It stays.")
    said = _said(record, "redaction", {"redacts": index, "commit": entry.commit})
    if kind is None and said is not None:
        raise BadEntry(f"The body of entry {index} is deleted already; entry {said} says so.")
    files = _files_of(record, index)
    if said is None:
        data = {"redacts": index, "commit": entry.commit, "reason": reason}
        said = log.append([Draft("redaction", role, data, now)], now=now).first
    _delete(record, index, files)
    return said


def withhold(log: Log, index: int, *, role: str, reason: str, now: float) -> int:
    """
    Keep a body apart from those that are given away; the log says so, who asked in what role, and why.

    Parameters
    ----------
    log : Log
        [1]
    index : int
        Of the entry. [1]
    role : str
        Who has it withheld. [1]
    reason : str
        [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    int
        Number of the entry that says so.

    Raises
    ------
    BadEntry
        If there is no such body, no reason, or the log could not be verified without it.

    Examples
    --------
    >>> from varne.record.opening import example_log, open_log
    >>> with open_log(example_log(), now=0.0) as log:
    ...     first = log.append([Draft("known", "watch officer", {"what": "a slip"}, 0.0)], now=0.0).first
    ...     said = withhold(log, first, role="records officer", reason="it may name a person", now=0.0)
    ...     log.record.entry(first).event is None, log.record.withheld(first) is None
    (True, False)
    """
    record = log.record
    if not reason.strip():
        raise BadEntry("reason is empty; write why the body is withheld.")
    body = record.bodies(index // WIDTH).get(index)
    if body is None or _kind(record, index) in _STAY:
        raise BadEntry(f"Entry {index} has no body that can be withheld; it is withheld, deleted, or needed to verify.")
    named = {"withholds": index, "commit": record.entry(index).commit}
    said = _said(record, "correction", named)
    if said is None:
        said = log.append([Draft("correction", role, {**named, "reason": reason}, now)], now=now).first
    put(record.disk, [(record.withheld_path(index), write_bodies([(index, *body)]))], private=record.folder / WITHHELD)
    _take_out(record, index)
    return said


def declare(log: Log, indices: Sequence[int], *, role: str, now: float) -> None:
    """
    Have the log say of bodies that were withheld as they were entered that they are: what is missing then is no riddle.

    Parameters
    ----------
    log : Log
        [1]
    indices : sequence of int
        Of the entries. [1]
    role : str
        Who had them withheld. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Examples
    --------
    >>> from varne.record.opening import example_log, open_log
    >>> with open_log(example_log(), now=0.0) as log:
    ...     draft = Draft("known", "watch officer", {"what": "a slip"}, 0.0, withheld=True)
    ...     declare(log, [log.append([draft], now=0.0).first], role="watch officer", now=0.0)
    ...     log.record.entry(2).content["data"]["withholds"]
    1
    """
    named = [{"withholds": index, "commit": log.record.entry(index).commit} for index in indices]
    drafts = [Draft("correction", role, {**one, "reason": _AT_ONCE}, now) for one in named]
    if drafts:
        log.append(drafts, now=now)


def _said(record: Record, kind: str, named: dict[str, object]) -> int | None:
    """The entry that says already what is to be done, where that was interrupted before it was done."""
    for event in record.events():
        if event["kind"] == kind and named.items() <= event["data"].items():
            return int(event["index"])
    return None


def _kind(record: Record, index: int) -> str | None:
    """Kind of an entry; nothing where its body is deleted or withheld."""
    event = record.entry(index).content
    return str(event["kind"]) if event else ("withheld" if record.withheld(index) else None)


def _files_of(record: Record, index: int) -> set[str]:
    """Files that an entry names by their hash and no other entry does, those that are withheld among them."""
    events = {int(event["index"]): event for event in record.events()}
    for absent in set(range(record.checkpoint().size)) - events.keys():
        if body := record.withheld(absent):
            events[absent] = read_event(body[1])
    named = {at: {one["sha256"] for one in (*event["inputs"], *event["outputs"])} for at, event in events.items()}
    return named.pop(index, set()).difference(*named.values())


def _delete(record: Record, index: int, files: set[str]) -> None:
    home = record.folder / "files"
    for digest in sorted(files):
        record.disk.remove(home / digest)
    if files and record.disk.exists(home):
        record.disk.sync_folder(home)
    path = record.withheld_path(index)
    if record.disk.exists(path):
        record.disk.remove(path)
        record.disk.sync_folder(path.parent)
    _take_out(record, index)


def _take_out(record: Record, index: int) -> None:
    """Write the file that holds a body again without it."""
    tile = index // WIDTH
    for path in record.body_files(tile):
        bodies = read_bodies(record.disk.read(path), range(tile * WIDTH, (tile + 1) * WIDTH))
        if bodies.pop(index, None) is not None:
            put(record.disk, [(path, write_bodies((number, *bodies[number]) for number in sorted(bodies)))])
