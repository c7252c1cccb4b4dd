"""
Entries: an event in canonical JSON, and the salted commitment to it that stands in the tree.

    event   {"schema":"varne.event/v1","kind":"decided",...}    kept apart, with 32 bytes of salt
    leaf    {"commit":"sha256:...","schema":"varne.leaf/v1"}    commit = SHA-256(salt, event)

Who is given event and salt can check both; where they are withheld or deleted the tree stays as it is, and nobody can
guess the event from its commitment.
"""

import hashlib
import json
import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import rfc8785

from varne.errors import BadEntry

EVENT, LEAF = "varne.event/v1", "varne.leaf/v1"
KINDS = (
    "known", "computed", "shown", "decided", "force", "duty", "export",
    "heartbeat", "correction", "redaction", "key",
)  # fmt: skip
MOST_BYTES = 65_535  # of an event, as FORMATS.md says: what is longer goes into a file
SALT_SIZE = 32
CLOCKS_DIFFER = 300.0  # [s] by which two clocks may differ before one is said to be wrong; a choice of ours
_FIELDS = frozenset(
    (
        "schema",
        "id",
        "time",
        "logged",
        "kind",
        "role",
        "case",
        "run",
        "inputs",
        "outputs",
        "code",
        "env",
        "data",
        "prev",
    )
)
_LEAF = re.compile(rb'\{"commit":"(sha256:[0-9a-f]{64})","schema":"%s"\}' % LEAF.encode())
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**53 - 1  # whole numbers that every reader of JSON holds
Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be entered: an event, before it has its place in a log."""

    kind: str
    role: str  # who says, computed, saw or decided it: never a name
    data: Mapping[str, Any]
    time: float  # when it happened [s]
    case: str = ""
    run: str = ""
    inputs: Files = ()  # names of files and their SHA-256 in hexadecimal
    outputs: Files = ()
    code: str = ""
    env: str = ""
    withheld: bool = False  # the body is kept apart from those that are given away


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf of the tree, and what it commits to; nothing of that where it is withheld or deleted."""

    leaf: bytes
    salt: bytes | None = None
    event: bytes | None = None
    content: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # the event, read

    @property
    def commit(self) -> str:
        """
        Return the commitment, by which the next entry names this one.

        Returns
        -------
        str
            ``sha256:`` and 64 hexadecimal digits.

        Examples
        --------
        >>> make_entry(Draft("heartbeat", "recorder", {}, 0.0), logged=0.0, prev="").commit[:7]
        'sha256:'
        """
        return read_leaf(self.leaf)


def make_entry(draft: Draft, *, logged: float, prev: str) -> Entry:
    """
    Make an entry, with a name and a salt of its own.

    Parameters
    ----------
    draft : Draft
        What happened. [SI]
    logged : float
        Now: seconds since 1970 UTC. [s]
    prev : str
        Commitment of the entry before; empty for the first. [1]

    Returns
    -------
    Entry

    Raises
    ------
    BadEntry
        If a field cannot be written, or all together are too long.

    Examples
    --------
    >>> entry = make_entry(Draft("known", "watch officer", {"what": "people_on_board"}, 0.0), logged=1.5, prev="")
    >>> entry.content["logged"], entry.content["data"]
    ('1970-01-01T00:00:01.500Z', {'what': 'people_on_board'})
    """
    if draft.kind not in KINDS:
        raise BadEntry(f"kind is {draft.kind!r}; the kinds of entry are {', '.join(KINDS)}.")
    if not draft.role.strip():
        raise BadEntry("role is empty; write what the person does, for example 'watch officer'.")
    content = {
        "schema": EVENT,
        "id": secrets.token_hex(16),
        "time": write_moment(draft.time, "time"),
        "logged": write_moment(logged, "logged"),
        "kind": draft.kind,
        "role": draft.role,
        "case": draft.case,
        "run": draft.run,
        "inputs": [{"name": name, "sha256": digest} for name, digest in draft.inputs],
        "outputs": [{"name": name, "sha256": digest} for name, digest in draft.outputs],
        "code": draft.code,
        "env": draft.env,
        "data": dict(draft.data),
        "prev": prev,
    }
    event, salt = canonical(content), secrets.token_bytes(SALT_SIZE)
    if len(event) > MOST_BYTES:
        raise BadEntry(
            f"The entry has {len(event)} bytes; {MOST_BYTES} are the most. "
            "Put long texts into a file and enter its hash."
        )
    return Entry(leaf_of(commit_of(salt, event)), salt, event, read_event(event))


def canonical(content: Any) -> bytes:
    """
    Write JSON in the one way that RFC 8785 allows.

    Parameters
    ----------
    content : any
        Dictionaries, lists, text, finite numbers, true, false, nothing. [1]

    Returns
    -------
    bytes

    Raises
    ------
    BadEntry
        If a value has no such form, with the place where it stands.

    References
    ----------
    RFC 8785.

    Examples
    --------
    >>> canonical({"b": 1.0, "a": "é"}).decode()
    '{"a":"é","b":1}'
    >>> canonical({"data": {"seed": 2**53}})
    Traceback (most recent call last):
    varne.errors.BadEntry: data.seed is 9007199254740992; whole numbers of 2^53 or more are written as text.
    """
    try:
        return rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        where, why = _at_fault(content, ()) or ((), f"cannot be written as JSON ({error})")
        raise BadEntry(f"{'.'.join(where) or 'The entry'} {why}.") from None


def commit_of(salt: bytes, event: bytes) -> str:
    """
    Commit to an event.

    Parameters
    ----------
    salt, event : bytes
        [1]

    Returns
    -------
    str

    Examples
    --------
    >>> commit_of(b"", b"abc")
    'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    """
    return f"sha256:{hashlib.sha256(salt + event).hexdigest()}"


def leaf_of(commit: str) -> bytes:
    """
    Return the leaf that holds a commitment.

    Parameters
    ----------
    commit : str
        [1]

    Returns
    -------
    bytes
        Canonical JSON.

    Examples
    --------
    >>> leaf_of("sha256:00").decode()
    '{"commit":"sha256:00","schema":"varne.leaf/v1"}'
    """
    return f'{{"commit":"{commit}","schema":"{LEAF}"}}'.encode()  # canonical as it stands: names in order, no spaces


def read_leaf(leaf: bytes) -> str:
    """
    Return the commitment that a leaf holds.

    Parameters
    ----------
    leaf : bytes
        As it stands in the log. [1]

    Returns
    -------
    str

    Raises
    ------
    BadEntry
        If it is not written as Varne writes leaves.

    Examples
    --------
    >>> read_leaf(leaf_of("sha256:" + 64 * "0"))[:10]
    'sha256:000'
    >>> read_leaf(b"{}")
    Traceback (most recent call last):
    varne.errors.BadEntry: A leaf holds a commitment of schema varne.leaf/v1; this one is b'{}'.
    """
    found = _LEAF.fullmatch(leaf)
    if not found:
        raise BadEntry(f"A leaf holds a commitment of schema {LEAF}; this one is {leaf[:60]!r}.")
    return found[1].decode()


def read_event(event: bytes) -> dict[str, Any]:
    """
    Read an event and check its form.

    Parameters
    ----------
    event : bytes
        Canonical JSON. [1]

    Returns
    -------
    dict

    Raises
    ------
    BadEntry
        If a field is missing, strange or malformed, it is not canonical, or it was written by a newer Varne.

    Examples
    --------
    >>> read_event(b'{"schema":"varne.event/v2"}')
    Traceback (most recent call last):
    varne.errors.BadEntry: schema is 'varne.event/v2', this Varne reads 'varne.event/v1'; use the one that wrote it.
    """
    try:
        found = json.loads(event, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise BadEntry(f"An event is JSON; this one cannot be read ({error}).") from None
    if not isinstance(found, dict):
        raise BadEntry("An event is a JSON object; this one is not.")
    if found.get("schema") != EVENT:
        raise BadEntry(f"schema is {found.get('schema')!r}, this Varne reads {EVENT!r}; use the one that wrote it.")
    if set(found) != _FIELDS:
        names = ", ".join(sorted(map(repr, set(found) ^ _FIELDS)))
        raise BadEntry(
            f"An event has the fields of {EVENT}, no more and no less; {names} should not be, or is missing."
        )
    if found["kind"] not in KINDS or not isinstance(found["data"], dict):
        raise BadEntry(f"An event of kind {found['kind']!r} is not known, or its data are no object.")
    for name in sorted(_FIELDS - {"data", "inputs", "outputs"}):
        if not isinstance(found[name], str):
            raise BadEntry(f"{name} of an event is text; this one is {found[name]!r}.")
    for name in ("inputs", "outputs"):
        if not _names_files(found[name]):
            raise BadEntry(f"{name} of an event is a list of files, name and sha256 of each in text; this one is not.")
    for name in ("time", "logged"):
        read_moment(found[name], name)
    if canonical(found) != event:  # a name that stands twice, for one, is read in two ways by two readers
        raise BadEntry("An event is written as RFC 8785 says, names once and in order; this one is not.")
    return found


def _names_files(several: object) -> bool:
    if not isinstance(several, list):
        return False
    for one in several:
        if not isinstance(one, dict) or set(one) != {"name", "sha256"}:
            return False
        if not all(isinstance(value, str) for value in one.values()):
            return False
    return True


def write_moment(time: float, name: str) -> str:
    """
    Write a moment to the millisecond, always with as many digits.

    Parameters
    ----------
    time : float
        Seconds since 1970 UTC. [s]
    name : str
        Of the field, for the sentence that refuses it. [1]

    Returns
    -------
    str

    Raises
    ------
    BadEntry
        If there is no such moment.

    Examples
    --------
    >>> write_moment(1769832306.789, "time")
    '2026-01-31T04:05:06.789Z'
    """
    try:
        moment = _EPOCH + timedelta(milliseconds=round(time * 1000))  # whole, so that nothing is cut off in writing
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise BadEntry(f"{name} is {time!r}; write seconds since 1970 that have a date.") from None


def read_moment(written: object, name: str) -> float:
    """
    Read a moment of an event.

    Parameters
    ----------
    written : object
        As :func:`write_moment` writes it. [1]
    name : str
        Of the field. [1]

    Returns
    -------
    float
        Seconds since 1970 UTC. [s]

    Raises
    ------
    BadEntry
        If it is anything else.

    Examples
    --------
    >>> read_moment("2026-01-31T04:05:06.789Z", "time")
    1769832306.789
    """
    try:
        if not _TIME.fullmatch(str(written)):
            raise ValueError
        return datetime.fromisoformat(str(written)).timestamp()
    except ValueError:
        raise BadEntry(f"{name} is {written!r}; a moment is written as 2026-01-31T04:05:06.789Z, in UTC.") from None


def _at_fault(value: Any, place: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """The first place whose value RFC 8785 cannot write, and why."""
    if len(place) > 100:
        return place[:5], "is nested too deep; keep it in a file and enter its hash"
    if isinstance(value, Mapping):
        strange = [ascii(key) for key in value if not isinstance(key, str) or _torn(key)]
        if strange:
            return (*place, strange[0]), "is not a name; the names of fields are whole text"
        inner = list(value.items())
    elif isinstance(value, list | tuple):
        inner = [(str(number), one) for number, one in enumerate(value)]
    else:
        return _fault_of(value, place)
    return next((found for name, one in inner if (found := _at_fault(one, (*place, name)))), None)


def _fault_of(value: Any, place: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    if isinstance(value, str):
        return (place, f"is {value!r}, which holds half a sign; write it again") if _torn(value) else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        too_large = abs(value) > _LARGEST
        return (place, f"is {value}; whole numbers of 2^53 or more are written as text") if too_large else None
    if isinstance(value, float):
        finite = math.isfinite(value)
        return None if finite else (place, f"is {value}; JSON has no such number: leave it out and say why")
    return place, f"is a {type(value).__name__}, which JSON does not have"


def _number(text: str) -> int | float:
    """A number without a point: whole, or one so large that RFC 8785 writes it like that."""
    number = int(text)
    return number if abs(number) <= _LARGEST else float(text)


def _torn(text: str) -> bool:
    """Whether it holds half of a sign that UTF-16 writes in two."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
