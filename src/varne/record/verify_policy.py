"""Whether the policy that lies with a log fits it, and whether a policy that is asked for is met."""

from collections.abc import Sequence

from varne.errors import BadNote
from varne.record.cosignature import cosigned_by
from varne.record.finding import Finding, failed, not_checked, remark
from varne.record.keep import kept_checkpoints, lines_beside
from varne.record.keys import VerifierKey
from varne.record.note import parse_note
from varne.record.policy import NONE, Policy, read_policy
from varne.record.reader import POLICY, Record


def verify_policy(record: Record, keys: Sequence[VerifierKey], asked: Policy | None, size: int) -> tuple[Finding, ...]:
    """
    Check the policies of a log.

    Parameters
    ----------
    record : Record
        [1]
    keys : sequence of VerifierKey
        That the log has had, the newest last; none where that is not known. [1]
    asked : Policy or None
        What whoever checks asks for. [1]
    size : int
        Of the newest checkpoint. [1]

    Returns
    -------
    tuple of Finding

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> verify_policy(Record(example_log()), (), None, 1)
    ()
    """
    return (*_own(record, keys), *_met(record, asked, size))


def _own(record: Record, keys: Sequence[VerifierKey]) -> list[Finding]:
    """It is not signed, so all that it can be held against are the keys of the log."""
    path = record.folder / POLICY
    if not record.disk.exists(path):
        return []
    try:
        named = [log.key for log in read_policy(record.disk.read(path)).logs]
    except BadNote as error:
        return [failed(POLICY, str(error))]
    if not keys or keys[-1] in named:
        return []
    if set(keys) & set(named):  # between two steps of a change of key
        return [remark(POLICY, f"does not name the newest key of the log, {keys[-1].text}")]
    return [failed(POLICY, f"names no key of the log; {keys[-1].text} is its newest")]


def _met(record: Record, asked: Policy | None, size: int) -> list[Finding]:
    if asked is None or asked.quorum == NONE:
        return []
    witnesses = [one.key for one in asked.witnesses]
    met = max((one for one, seen in _seen(record, witnesses) if asked.is_met_by(seen)), default=0)
    if met == size:
        return []
    what = f"its quorum {asked.quorum!r} is met by no checkpoint that covers the last {size - met} of {size} entries"
    return [not_checked(POLICY, what)]


def _seen(record: Record, witnesses: Sequence[VerifierKey]) -> list[tuple[int, dict[VerifierKey, int]]]:
    """Which witnesses countersigned the checkpoints that are kept; what is wrong with one is said elsewhere."""
    found = []
    for size, path in kept_checkpoints(record):
        beside = lines_beside(path)
        if record.disk.exists(beside):
            try:
                note = parse_note(record.disk.read(path) + record.disk.read(beside))
                found.append((size, cosigned_by(note, witnesses)))
            except BadNote:
                continue
    return found
