"""
Whether a log is what it says it is: signature, tiles, entries, bodies, keys, and what others saw of it.

What could not be checked is said, and is no pass. What is never proved this way: that what was entered is true, that
nothing was kept out, and who typed it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from varne.errors import BadNote, BadRecord
from varne.record.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from varne.record.finding import FAILED, OPEN, Finding, failed, not_checked, remark
from varne.record.keep import kept_checkpoints
from varne.record.keys import VerifierKey
from varne.record.note import parse_note
from varne.record.reader import CHECKPOINT, Record
from varne.record.succession import Introduced, followed, succession
from varne.record.verify_entries import Entries, is_ours, verify_entries
from varne.record.verify_files import verify_files
from varne.record.verify_kept import Believed, Seen, missing_stamps, verify_kept
from varne.record.verify_policy import verify_policy
from varne.record.verify_times import seen_before
from varne.record.verify_tree import Tree, verify_tree


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a log says."""

    checkpoint: Checkpoint
    signed_by: tuple[str, ...]
    events: Mapping[int, Mapping[str, Any]]
    withheld: tuple[int, ...]
    deleted: tuple[int, ...]
    cosigned: tuple[Seen, ...]
    stamped: tuple[Seen, ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """
        Say whether nothing was found that condemns the log.

        Returns
        -------
        bool

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> verify(Record(example_log()), Believed(), now=0.0).holds
        True
        """
        return not any(one.state == FAILED for one in self.findings)

    @property
    def whole(self) -> bool:
        """
        Say whether everything could be checked.

        Returns
        -------
        bool

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> verify(Record(example_log()), Believed(), now=0.0).whole  # nobody said whose key it is
        False
        """
        return not any(one.state == OPEN for one in self.findings)


def verify(record: Record, believed: Believed, *, now: float) -> Verified:
    """
    Check a log, whole.

    Parameters
    ----------
    record : Record
        Of Varne, or any log of tiles by others. [1]
    believed : Believed
        Whose word counts. Without keys of logs a log of Varne is checked by those it introduces itself, and that
        is said. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    Verified

    Raises
    ------
    BadNote
        If the checkpoint cannot be read at all.
    BadRecord
        If a file cannot be read.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> verify(Record(example_log()), Believed(), now=0.0).checkpoint.size
    1
    """
    try:
        return _verified(record, believed, now)
    except OSError as error:
        why = error.strerror or error
        raise BadRecord(f"{error.filename} cannot be read ({why}); a log is checked where all of it can be.") from None


def _verified(record: Record, believed: Believed, now: float) -> Verified:
    kept_before = kept_checkpoints(record)  # before the newest: a writer may go on meanwhile
    written = record.written_checkpoint()
    try:
        checkpoint = read_checkpoint(written)
    except BadNote as error:
        raise BadNote(f"{CHECKPOINT}: {error}") from None
    tree = verify_tree(record, checkpoint)
    pinned, foreign = _pinned(believed, checkpoint.origin)
    believed = replace(believed, logs=pinned)
    entries, keys, findings = _entries(record, tree, believed, now)
    findings += [*_of_other_logs(keys, checkpoint.origin), *foreign]
    logs = tuple(one.key for one in keys) or pinned
    signed, wrong = _signed(written, logs, keys)
    kept = verify_kept(record, checkpoint.origin, tree.hashes, replace(believed, logs=logs), kept_before, now=now)
    findings += [
        *wrong,
        *kept.findings,
        *seen_before(entries.logged, (*kept.cosigned, *kept.stamped)),
        *verify_policy(record, [one.key for one in keys], believed.policy, checkpoint.size),
        *missing_stamps(record, checkpoint.size, believed=believed),
    ]
    given = (entries.events, entries.withheld, entries.deleted)
    return Verified(checkpoint, signed, *given, kept.cosigned, kept.stamped, (*tree.findings, *findings))


def _pinned(believed: Believed, origin: str) -> tuple[tuple[VerifierKey, ...], list[Finding]]:
    """
    Keys that are trusted to sign for this log; what is wrong where a policy names none.

    C2SP tlog-policy, "Defining a log": a key in a policy signs for the log of its own name. Whoever gives a key by hand
    knows for which log it signs, as for the checksum database of Go, whose key and origin differ.
    """
    named = () if believed.policy is None else tuple(one.key for one in believed.policy.logs)
    pinned = (*believed.logs, *(key for key in named if key.name == origin))
    if pinned or not named:
        return pinned, []
    names = ", ".join(sorted({key.name for key in named}))
    what = f"is of the log {origin!r}; the policy names {names}, and a key in it signs for the log of its own name"
    return (), [failed(CHECKPOINT, what)]


def _of_other_logs(keys: Sequence[Introduced], origin: str) -> list[Finding]:
    """A log of Varne has the name of its key."""
    return [
        failed(f"entry {one.index}", f"introduces a key of {one.key.name!r}; this is the log {origin!r}")
        for one in keys
        if one.key.name != origin
    ]


def _signed(
    written: bytes, logs: Sequence[VerifierKey], keys: Sequence[Introduced]
) -> tuple[tuple[str, ...], list[Finding]]:
    """Who signed the newest checkpoint, and what is wrong with that."""
    if not logs:
        signed = ", ".join(f"{line.name} ({line.key_id.hex()})" for line in parse_note(written).signatures)
        return (), [not_checked(CHECKPOINT, f"is signed by {signed}, and no key is known: give --key")]
    try:
        checkpoint, by = open_checkpoint(written, logs)
    except BadNote as error:
        return (), [failed(CHECKPOINT, str(error))]
    signed_by = tuple(key.text for key in by)
    if keys and keys[-1].key not in by:
        what = f"is signed by {signed_by[0]}, which entry {keys[-1].index} replaced by {keys[-1].key.text}"
        return signed_by, [failed(CHECKPOINT, what)]
    others = [] if keys else sorted({key.name for key in by if key.name != checkpoint.origin})
    what = "is another name than that of the log: that its key signs for this log is your word"
    return signed_by, [remark("key", f"{name} {what}") for name in others]


def _entries(
    record: Record, tree: Tree, believed: Believed, now: float
) -> tuple[Entries, tuple[Introduced, ...], list[Finding]]:
    """Bodies and keys of a log of Varne; of another's log neither is known."""
    if not is_ours(tree.leaves):
        return Entries({}, (), (), ()), (), [] if believed.logs else list(followed(record, (), ()))
    entries = verify_entries(record, tree.leaves, now=now)
    keys, wrong = succession(entries.events)
    findings = [
        *entries.findings,
        *wrong,
        *followed(record, keys, believed.logs, own=believed.own),
        *verify_files(record, entries.events),
    ]
    if not keys:
        findings.append(failed("key", "no entry introduces the key of the log; entry 0 should"))
    return entries, keys, findings
