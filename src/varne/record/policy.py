"""
Policies: whose logs are believed, and how many witnesses must have seen them (C2SP tlog-policy, draft of June 2026).

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> any|all|<k> <member>...
    quorum <name>|none

Lines name only what stands above them; each name is a member of one group at most, so that no witness counts twice.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from varne.errors import BadKey, BadNote
from varne.record.checkpoint import Checkpoint, open_checkpoint
from varne.record.cosignature import cosigned_by
from varne.record.keys import COSIGNER, LOG, VerifierKey, read_vkey
from varne.record.note import parse_note

NONE = "none"
_ALLOWED = re.compile(rb"[\t\n\x20-\x7e\x80-\xff]*")
_BLANK = re.compile(r"[ \t]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")  # no file has as many members
_OCTETS = "surrogateescape"  # names are octets: what is no UTF-8 stays what it is


@dataclass(frozen=True, slots=True)
class Log:
    """A log that is believed."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness, by the name that the policy gives it."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these must have seen a checkpoint."""

    name: str
    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint that a policy believes: who signed it, and who countersigned it when."""

    checkpoint: Checkpoint
    signed_by: tuple[VerifierKey, ...]
    cosigned: Mapping[VerifierKey, int]


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, witnesses, groups of them, and the name of the group or witness that is asked for."""

    logs: tuple[Log, ...]
    witnesses: tuple[Witness, ...]
    groups: tuple[Group, ...]
    quorum: str = NONE

    @property
    def text(self) -> str:
        """
        Return the policy as a file holds it.

        Returns
        -------
        str

        Examples
        --------
        >>> Policy((), (), ()).text
        'quorum none\\n'
        """
        lines: list[tuple[str, ...]] = [("log", one.key.text, one.url) for one in self.logs]
        lines += [("witness", one.name, one.key.text, one.url) for one in self.witnesses]
        lines += [("group", one.name, str(one.least), *one.members) for one in self.groups]
        return "".join(" ".join(filter(None, line)) + "\n" for line in (*lines, ("quorum", self.quorum)))

    def is_met_by(self, seen: Collection[VerifierKey]) -> bool:
        """
        Say whether enough witnesses have seen a checkpoint.

        Parameters
        ----------
        seen : collection of VerifierKey
            Those who have. [1]

        Returns
        -------
        bool

        Examples
        --------
        >>> Policy((), (), ()).is_met_by(())
        True
        """
        met = {NONE: True} | {one.name: one.key in seen for one in self.witnesses}
        for group in self.groups:
            met[group.name] = sum(met[name] for name in group.members) >= group.least
        return met[self.quorum]


def read_policy(written: bytes) -> Policy:
    """
    Read a policy.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]

    Returns
    -------
    Policy

    Raises
    ------
    BadNote
        If a line is malformed, or names what does not stand above it.

    Examples
    --------
    >>> read_policy(b"quorum none\\n").quorum
    'none'
    >>> read_policy(b"quorum all-of-them\\n")
    Traceback (most recent call last):
    varne.errors.BadNote: Line 1 of the policy names 'all-of-them', which no line above it defines.
    """
    return parse_policy(written, _log_key, _witness_key)


def parse_policy(
    written: bytes, log_key: Callable[[str], VerifierKey], witness_key: Callable[[str, str], VerifierKey]
) -> Policy:
    """
    Read a policy whose keys are written in whatever way.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]
    log_key : callable
        From the text of a log's key to the key. [1]
    witness_key : callable
        From the name of a witness and the text of its key to the key. [1]

    Returns
    -------
    Policy

    Raises
    ------
    BadNote
        If a line is malformed, or names what does not stand above it.

    Examples
    --------
    >>> parse_policy(b"# nothing\\nquorum none\\n", _log_key, _witness_key).logs
    ()
    """
    if not _ALLOWED.fullmatch(written):
        raise BadNote("A policy holds text, tabs and newlines; this one holds another control sign.")
    reading = _Reading([], [], [], {NONE}, set(), [])
    lines = written.decode("utf-8", _OCTETS).split("\n")
    if lines.pop():
        raise BadNote("The last line of the policy does not end; a policy ends in a newline.")
    for number, line in enumerate(lines, 1):
        words = [word for word in _BLANK.split(line.strip(" \t")) if word]
        if words and not words[0].startswith("#"):
            try:
                reading._take(words, log_key, witness_key)
            except BadNote as error:
                raise BadNote(f"Line {number} of the policy {error}") from None
            except BadKey as error:
                raise BadNote(f"Line {number} of the policy has a key that cannot be used. {error}") from None
    if len(reading.quorum) != 1:
        raise BadNote(f"A policy has one line of quorum; this one has {len(reading.quorum)}. Write: quorum none")
    return Policy(tuple(reading.logs), tuple(reading.witnesses), tuple(reading.groups), reading.quorum[0])


def check_checkpoint(written: bytes, policy: Policy, *, logs: Sequence[VerifierKey] = ()) -> Witnessed:
    """
    Check a checkpoint against a policy.

    Parameters
    ----------
    written : bytes
        A signed note, with the lines of witnesses under it. [1]
    policy : Policy
        [1]
    logs : sequence of VerifierKey, optional
        Keys of the log, for a policy that lists none; whoever gives them knows which origin they sign for. [1]

    Returns
    -------
    Witnessed

    Raises
    ------
    BadNote
        If no log of the policy signed it, a signature is wrong, or too few witnesses have seen it.

    References
    ----------
    C2SP tlog-policy, "Defining a log": the name of a key that a policy lists is the origin it signs for.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> folder = example_log()
    >>> policy = read_policy((folder / "policy").read_bytes())
    >>> check_checkpoint((folder / "checkpoint").read_bytes(), policy).checkpoint.size
    1
    """
    checkpoint, signed = open_checkpoint(written, _logs_of(policy, logs))
    if policy.logs:
        signed = _for_its_own_log(checkpoint, signed)
    cosigned = cosigned_by(parse_note(written), [one.key for one in policy.witnesses])
    if not policy.is_met_by(cosigned):
        seen = _shown(one.name for one in policy.witnesses if one.key in cosigned)
        missing = _shown(one.name for one in policy.witnesses if one.key not in cosigned)
        raise BadNote(
            f"The quorum {policy.quorum!r} is not met for the checkpoint of {checkpoint.size} entries, signed by "
            f"{_shown(key.name for key in signed)}: countersigned by {seen}, not by {missing}."
        )
    return Witnessed(checkpoint, signed, cosigned)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the lines so far have said."""

    logs: list[Log]
    witnesses: list[Witness]
    groups: list[Group]
    names: set[str]
    members: set[str]
    quorum: list[str]

    def _take(
        self, words: list[str], log_key: Callable[[str], VerifierKey], witness_key: Callable[[str, str], VerifierKey]
    ) -> None:
        match words:
            case ["log", key, *url] if len(url) <= 1:
                self._log(Log(log_key(key), *url))
            case ["witness", name, key, *url] if len(url) <= 1:
                self._define(name)
                self._witness(Witness(name, witness_key(name, key), *url))
            case ["group", name, least, *members]:
                self.groups.append(self._group(name, least, members))
                self._define(name)
            case ["quorum", name]:
                self._need(name)
                self.quorum.append(name)
            case _:
                raise BadNote(f"is {' '.join(words)!r}; write log, witness, group or quorum with what belongs to it.")

    def _log(self, log: Log) -> None:
        if any(one.key.public == log.key.public for one in self.logs):
            raise BadNote(f"names the log {log.key.name} whose key stands above already; take one out.")
        self.logs.append(log)

    def _witness(self, witness: Witness) -> None:
        if any(one.key.public == witness.key.public for one in self.witnesses):
            raise BadNote(f"names the witness {witness.name} whose key stands above already; take one out.")
        self.witnesses.append(witness)

    def _group(self, name: str, least: str, members: list[str]) -> Group:
        if not members:
            raise BadNote(f"is a group {name!r} without members; name one or more.")
        for member in members:
            self._need(member)
            if member == NONE or member in self.members:
                raise BadNote(f"has the member {member!r}, which is in a group already or is nobody.")
            self.members.add(member)
        if least in ("any", "all"):
            return Group(name, 1 if least == "any" else len(members), tuple(members))
        if not _NUMBER.fullmatch(least) or int(least) > len(members):
            raise BadNote(f"asks for {least!r} of {len(members)} members; write any, all, or a number up to that.")
        return Group(name, int(least), tuple(members))

    def _define(self, name: str) -> None:
        if name in self.names:
            raise BadNote(f"defines {name!r}, which is defined already; take another name.")
        self.names.add(name)

    def _need(self, name: str) -> None:
        if name not in self.names:
            raise BadNote(f"names {name!r}, which no line above it defines.")


def _logs_of(policy: Policy, given: Sequence[VerifierKey]) -> Sequence[VerifierKey]:
    keys = [one.key for one in policy.logs] or given
    if not keys:
        raise BadNote("The policy lists no log, so nobody's checkpoint is believed; give the key of the log beside it.")
    return keys


def _for_its_own_log(checkpoint: Checkpoint, keys: tuple[VerifierKey, ...]) -> tuple[VerifierKey, ...]:
    own = tuple(key for key in keys if key.name == checkpoint.origin)
    if not own:
        signed = _shown(key.name for key in keys)
        raise BadNote(
            f"The checkpoint is of the log {checkpoint.origin!r}, but signed with the key of {signed}; "
            "a key in a policy signs for the log of its own name."
        )
    return own


def _shown(names: Iterable[str]) -> str:
    """Names as a screen can show them: octets that are no UTF-8 are written as numbers."""
    return ", ".join(name.encode("utf-8", _OCTETS).decode("utf-8", "backslashreplace") for name in names) or "nobody"


def _log_key(text: str) -> VerifierKey:
    key = read_vkey(text)
    if key.kind != LOG:
        raise BadNote(f"gives the log {key.name} a key that countersigns; a log's is of kind 0x01.")
    return key


def _witness_key(name: str, text: str) -> VerifierKey:
    key = read_vkey(text)
    if key.kind != COSIGNER:
        raise BadNote(f"gives the witness {name} a key that signs logs; a witness's is of kind 0x04.")
    return key
