"""
Which keys a log has had, and whether whoever trusts one of them may trust the newest.

An entry of kind ``key`` introduces each. The checkpoint that first covers it is kept and signed by both, the old key
and the new: without it nobody who knows only the old one needs to believe the change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varne.errors import BadKey, BadNote
from varne.record.checkpoint import open_checkpoint
from varne.record.finding import OTHER_KEY, Finding, failed, not_checked
from varne.record.keys import VerifierKey, read_vkey
from varne.record.reader import CHECKPOINT, Record


@dataclass(frozen=True, slots=True)
class Introduced:
    """A key, and the entry that introduces it."""

    key: VerifierKey
    index: int


def succession(events: Mapping[int, Mapping[str, Any]]) -> tuple[tuple[Introduced, ...], tuple[Finding, ...]]:
    """
    List the keys that a log has had.

    Parameters
    ----------
    events : mapping of int to mapping
        Events by the number of their entry. [1]

    Returns
    -------
    keys : tuple of Introduced
        The oldest first.
    findings : tuple of Finding
        Where one does not follow from the other.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> keys, findings = succession(dict(enumerate(record.events())))
    >>> [(one.key.name, one.index) for one in keys], findings
    ([('varne.example/test', 0)], ())
    """
    keys: list[Introduced] = []
    findings: list[Finding] = []
    for index, event in events.items():
        if event["kind"] != "key":
            continue
        where = f"entry {index}"
        try:
            key = read_vkey(str(event["data"].get("vkey")))
        except BadKey as error:
            findings.append(failed(where, f"introduces no key: {error}"))
            continue
        before = keys[-1].key.text if keys else None
        if event["data"].get("replaces") != before:
            replaced = event["data"].get("replaces")
            findings.append(failed(where, f"replaces {replaced}; the key in force is {before or 'none yet'}"))
            continue
        keys.append(Introduced(key, index))
    return tuple(keys), tuple(findings)


def followed(
    record: Record, keys: Sequence[Introduced], pinned: Sequence[VerifierKey], *, own: VerifierKey | None = None
) -> tuple[Finding, ...]:
    """
    Follow the changes of key from one that is trusted to the newest.

    Parameters
    ----------
    record : Record
        [1]
    keys : sequence of Introduced
        Of :func:`succession`. [1]
    pinned : sequence of VerifierKey
        Trusted for another reason than that the log says so. [1]
    own : VerifierKey, optional
        Public half of a secret key that lies here because the log names it: whoever gave both could have made both,
        so it is no reason to trust it. [1]

    Returns
    -------
    tuple of Finding
        None where the newest key is trusted.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> keys, _ = succession(dict(enumerate(record.events())))
    >>> followed(record, keys, [keys[0].key])
    ()
    >>> followed(record, keys, [])[0].state
    'not checked'
    """
    if not pinned:
        return (_unknown(keys, own),)
    known = {key.text for key in pinned}
    places = [place for place, one in enumerate(keys) if one.key.text in known]
    if not places:
        asked = ", ".join(sorted(known))
        return (failed("key", f"{OTHER_KEY} is {asked}"),)
    return tuple(
        finding
        for old, new in zip(keys[places[-1] :], keys[places[-1] + 1 :], strict=False)
        if (finding := _step(record, old, new))
    )


def _unknown(keys: Sequence[Introduced], own: VerifierKey | None) -> Finding:
    """Nobody who checks has said whose key it is."""
    newest = keys[-1].key.text if keys else "unknown"
    if own is None:
        what = f"whose it is was not checked: it came with the log. Compare {newest} by another way, or give --key"
        return not_checked("key", what)
    if own not in [one.key for one in keys]:
        return failed("key", f"the secret key that lies here is that of {own.text}; the newest of the log is {newest}")
    what = (
        f"whose it is was not checked: the secret key of this record ({newest}) lies here and signed it; whoever gave "
        "you both could have made both: give --key with the public key that you have by another way"
    )
    return not_checked("key", what)


def _step(record: Record, old: Introduced, new: Introduced) -> Finding | None:
    name = f"{CHECKPOINT}.{new.index + 1}"
    path = record.folder / name
    if not record.disk.exists(path) and record.checkpoint().size == new.index + 1:
        path = record.folder / CHECKPOINT  # the change was interrupted before it was kept
    if not record.disk.exists(path):
        return failed("key", f"the change in entry {new.index} is not borne out: {name}, signed by both, is missing")
    written = record.disk.read(path)
    try:
        for key in (old.key, new.key):
            open_checkpoint(written, [key])
    except BadNote as error:
        return failed(name, f"the change in entry {new.index} is not signed by both keys: {error}")
    return None
