"""What a record holds about an encounter: entries as corrected, in order of time, and those that use each word."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from varne.duties.computed import readable
from varne.errors import BadEntry, BadInput
from varne.facts.duty_words import UNKNOWN, read_words_of, understood, words_of_the_record
from varne.when import parse_time

# Kinds of entries about what happened; the others serve the record itself.
HAPPENED = ("known", "computed", "shown", "decided", "force")
VERIFIED = ("yes", "no", "unknown")
_SEEN = ("computed", "shown")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands after corrections; its times are those of the first."""

    index: int  # among the events given
    id: str
    at: float  # when it happened [s]
    time: str
    logged: str  # when it was entered
    kind: str
    role: str
    case: str
    data: Mapping[str, Any]
    corrected_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is on record."""

    entries: tuple[Entry, ...] = ()  # of what happened, in order of time
    words: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)  # of kind known by word, in order of time
    not_understood: tuple[Entry, ...] = ()  # no word of the tables, a value of another kind, figures of another shape
    corrections: tuple[Entry, ...] = ()
    log: str = "unknown"  # one of VERIFIED: whether the log is what it was
    absent: tuple[int, ...] = ()  # numbers of entries whose bodies were deleted or are withheld
    revised: tuple[Entry, ...] = ()  # decisions and uses of force that a later entry corrects or takes back
    opened: float = -math.inf  # when the record was opened, with its first key, where that is told [s]

    @property
    def unclear(self) -> frozenset[str]:
        """
        Return the words of entries that cannot be read: something was said, and nobody can tell what.

        Returns
        -------
        frozenset of str

        Examples
        --------
        >>> Evidence().unclear
        frozenset()
        """
        return frozenset(str(entry.data.get("what")) for entry in self.not_understood if entry.kind == "known")

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """
        Return the entries of a kind.

        Parameters
        ----------
        kind : str
            One of HAPPENED. [1]

        Returns
        -------
        tuple of Entry
            In order of time.

        Examples
        --------
        >>> Evidence().of_kind("decided")
        ()
        """
        return tuple(entry for entry in self.entries if entry.kind == kind)


def cases_of(events: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """
    Return the cases that a record is about.

    Parameters
    ----------
    events : iterable of mapping
        [1]

    Returns
    -------
    tuple of str
        In order of their first event.

    Examples
    --------
    >>> cases_of([{"case": "b"}, {"case": ""}, {"case": "a"}, {"case": "b"}])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(str(event["case"]) for event in events if event.get("case")))


def gather(
    events: Sequence[Mapping[str, Any]],
    *,
    case: str = "",
    until: str = "",
    log: str = "unknown",
    absent: Sequence[int] = (),
) -> Evidence:
    """
    Read the events of a record.

    Parameters
    ----------
    events : sequence of mapping
        As the record holds them, in the order of the log. [1]
    case : str, optional
        Only of this case; may be left out where there is one only. [1]
    until : str, optional
        Only what had been entered by then, as it stood then. [1]
    log : str, optional
        Whether a verifier found the log to be what it was: yes, no or unknown. [1]
    absent : sequence of int, optional
        Numbers of entries whose bodies were deleted or are withheld. [1]

    Returns
    -------
    Evidence

    Raises
    ------
    BadInput
        If the events are of several cases and none is named, or a named one has none.
    BadEntry
        If an event lacks its id, kind or time.
    BadTime
        If a time cannot be read.

    Examples
    --------
    >>> event = {"id": "a", "kind": "known", "time": "2026-01-31T04:00Z", "logged": "2026-01-31T04:01Z"}
    >>> event |= {"role": "watch officer", "data": {"what": "forwarded", "value": True, "source": "own log"}}
    >>> gather([event]).words["forwarded"][0].role
    'watch officer'
    """
    if log not in VERIFIED:
        raise BadInput(f"log is {log!r}; write one of {', '.join(VERIFIED)}.")
    read = [_read(index, event) for index, event in enumerate(events)]
    last = parse_time(until) if until else None
    timely = [one for one in read if last is None or parse_time(one.logged) <= last]
    corrections = [one for one in timely if one.kind == "correction"]
    mine = _of_case([one for one in timely if one.kind in HAPPENED], case, cases_of(events))
    stand = sorted(_corrected(mine, corrections), key=lambda one: (one.at, one.index))
    strange = tuple(one for one in stand if not _understood(one))
    unread = {one.index for one in strange}
    ids = {one.id for one in mine}
    return Evidence(
        # Figures that cannot be read are no figures; a fact in words of its own still stands among what happened.
        entries=tuple(one for one in stand if one.kind != "computed" or one.index not in unread),
        words=_by_word(one for one in stand if one.kind == "known" and one.index not in unread),
        not_understood=strange,
        corrections=tuple(one for one in corrections if _target(one) in ids),
        log=log,
        revised=tuple(
            one for one in mine if one.kind in ("decided", "force") and one.id in set(map(_target, corrections))
        ),
        absent=tuple(absent),
        opened=parse_time(read[0].logged) if read and read[0].kind == "key" else -math.inf,
    )


def filled(value: object) -> bool:
    """
    Say whether a field of an entry tells something.

    Parameters
    ----------
    value : object
        [unit]

    Returns
    -------
    bool

    Examples
    --------
    >>> [filled(value) for value in ("by radio", 0, "", "aucun", "?", False, None, [])]
    [True, True, False, False, False, False, False, False]
    """
    said = read_words_of(value)
    return said is not None and said is not False and said not in ("", UNKNOWN) and said != []


def _read(index: int, event: Mapping[str, Any]) -> Entry:
    for name in ("id", "kind", "time", "logged"):
        if not isinstance(event.get(name), str) or not event[name]:
            raise BadEntry(f"Event {index} has {name} {event.get(name)!r}; an event of a record has one.")
    data = event.get("data")
    return Entry(
        index=index,
        id=event["id"],
        at=parse_time(event["time"]),
        time=event["time"],
        logged=event["logged"],
        kind=event["kind"],
        role=str(event.get("role", "")),
        case=str(event.get("case", "")),
        data=data if isinstance(data, Mapping) else {},  # what was taken out for privacy says nothing
    )


def _of_case(entries: Sequence[Entry], case: str, cases: Sequence[str]) -> list[Entry]:
    if not case and len(cases) > 1:
        raise BadInput(f"The record is of several cases ({', '.join(cases)}); name one.")
    if case and case not in cases:
        remedy = f"write one of {', '.join(cases)}" if cases else "no entry names a case: leave it out"
        raise BadInput(f"case is {case!r}, of which the record holds nothing; {remedy}.")
    return [entry for entry in entries if not case or entry.case == case]


def _corrected(entries: Sequence[Entry], corrections: Sequence[Entry]) -> list[Entry]:
    """
    Apply corrections to what they correct, other corrections included.

    The latest in the log is read first: a correction that was itself taken back does nothing. One with data changes
    the fields that it names, one without takes the entry back. Figures stay as they were computed and shown: what
    somebody saw, and who saw it, cannot be changed by hand afterwards; they can be taken back.
    """
    gone: set[str] = set()
    changes: dict[str, list[Entry]] = {}
    for one in sorted(corrections, key=lambda entry: entry.index, reverse=True):
        if one.id in gone:
            continue
        now = _changed(one, changes.get(one.id, ()))
        target, data = _target(now), now.data.get("data")
        if isinstance(data, Mapping):
            changes.setdefault(target, []).insert(0, replace(one, data=data))
        else:
            gone.add(target)
    return [_changed(one, changes.get(one.id, ())) for one in entries if one.id not in gone]


def _target(correction: Entry) -> str:
    """The name of what is corrected; nothing has a name that is no text."""
    target = correction.data.get("corrects")
    return target if isinstance(target, str) else ""


def _changed(entry: Entry, changes: Sequence[Entry]) -> Entry:
    data = dict(entry.data)
    for change in changes if entry.kind not in _SEEN else ():
        data.update(change.data)
    return replace(entry, data=data, corrected_by=tuple(change.id for change in changes))


def _understood(entry: Entry) -> bool:
    if entry.kind == "computed":
        return readable(entry.data)
    name, known = entry.data.get("what"), words_of_the_record()
    return entry.kind != "known" or (
        isinstance(name, str) and name in known and understood(known[name], entry.data.get("value"))
    )


def _by_word(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    words: dict[str, list[Entry]] = {}
    for entry in entries:
        words.setdefault(entry.data["what"], []).append(entry)
    return {name: tuple(found) for name, found in words.items()}
