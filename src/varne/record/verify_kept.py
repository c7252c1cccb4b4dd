"""Whether what others saw of a log still holds: checkpoints that were kept, countersignatures and stamps over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.x509 import Certificate

from varne.errors import BadNote, BadRecord, BadToken, UnnamedAuthority
from varne.record.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from varne.record.cosignature import cosigned_by
from varne.record.entry import CLOCKS_DIFFER
from varne.record.finding import WRONG_CLOCK, Finding, failed, not_checked, remark
from varne.record.keep import kept_checkpoints, lines_beside
from varne.record.keys import VerifierKey
from varne.record.note import parse_note
from varne.record.policy import Policy
from varne.record.reader import CHECKPOINT, Record
from varne.record.timestamp import check_token
from varne.record.tree import root_of

_OWN_CLOCK = "its times are those of its keeper's clock"
_OWN_WORD = "its order is proved only to those who kept an older checkpoint"


@dataclass(frozen=True, slots=True)
class Seen:
    """What another body said of the log: which checkpoint it saw, and when."""

    size: int
    who: str
    time: float


@dataclass(frozen=True, slots=True)
class Believed:
    """Whose word counts: keys of the log, keys of witnesses, roots and chains of authorities, and a quorum."""

    logs: Sequence[VerifierKey] = ()  # by hand, whatever their names; those of the policy stand in it
    witnesses: Sequence[VerifierKey] = ()
    roots: Sequence[Certificate] = ()
    chain: Sequence[Certificate] = ()
    policy: Policy | None = None  # whose quorum is asked for, and whose keys sign for the logs of their names
    own: VerifierKey | None = None  # of the secret key that the log names and that lies here; it vouches for nobody
    signed_last: Checkpoint | None = None  # what that key remembers: it shows that a log has shrunk or forked


@dataclass(frozen=True, slots=True)
class Kept:
    """Who countersigned, who stamped, and what was found wrong."""

    cosigned: tuple[Seen, ...]
    stamped: tuple[Seen, ...]
    findings: tuple[Finding, ...]


def verify_kept(
    record: Record,
    origin: str,
    hashes: Sequence[bytes],
    believed: Believed,
    kept: Sequence[tuple[int, Path]],
    *,
    now: float,
) -> Kept:
    """
    Check all checkpoints that were kept, and what stands beside them.

    Parameters
    ----------
    record : Record
        [1]
    origin : str
        Of the log. [1]
    hashes : sequence of bytes
        Of its leaves. [1]
    believed : Believed
        [1]
    kept : sequence of (int, Path)
        From :func:`varne.record.keep.kept_checkpoints`, asked before the newest checkpoint was read. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    Kept

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> verify_kept(Record(example_log()), "varne.example/test", [], Believed(), [], now=0.0).findings
    ()
    """
    cosigned: list[Seen] = []
    stamped: list[Seen] = []
    findings: list[Finding] = []
    for size, path in kept:
        try:
            written = record.disk.read(path)
            # Where nobody's key is known, that none is believed is said of the newest checkpoint.
            checkpoint = open_checkpoint(written, believed.logs)[0] if believed.logs else read_checkpoint(written)
            _agree(checkpoint, size, origin, hashes)
        except (BadNote, BadRecord) as error:
            findings.append(failed(path.name, str(error)))
            continue
        seen, wrong = _lines(record, path, written, believed.witnesses)
        cosigned += [Seen(size, key, time) for key, time in seen]
        findings += wrong
        for token in tokens_of(record, path):
            named, wrong = _token(record, token, written, believed)
            stamped += [Seen(size, who, time) for who, time in named]
            findings += wrong
    findings += _orphans(record)
    if believed.signed_last is not None and believed.signed_last.origin == origin:
        findings += _remembered(believed.signed_last, hashes)
    late = [one for one in (*cosigned, *stamped) if one.time > now + CLOCKS_DIFFER]
    findings += [failed(f"checkpoint.{one.size}", f"{one.who} saw it {WRONG_CLOCK}") for one in late]
    return Kept(tuple(cosigned), tuple(stamped), tuple(findings))


def tokens_of(record: Record, checkpoint: Path) -> list[Path]:
    """
    Name the time stamps over a checkpoint.

    Parameters
    ----------
    record : Record
        [1]
    checkpoint : Path
        One that was kept. [1]

    Returns
    -------
    list of Path
        ``checkpoint.<size>.tsr``, and more with a number before the ending.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> folder = example_log()
    >>> tokens_of(Record(folder), folder / "checkpoint.1")
    []
    """
    return sorted(path for path in record.folder.glob(f"{checkpoint.name}.*") if path.suffix == ".tsr")


def _agree(checkpoint: Checkpoint, size: int, origin: str, hashes: Sequence[bytes]) -> None:
    if checkpoint.origin != origin or checkpoint.size != size:
        raise BadRecord(f"is of {checkpoint.size} entries of {checkpoint.origin!r}; its name says {size} of {origin!r}")
    if size > len(hashes):
        raise BadRecord(f"was signed over {size} entries; the log has {len(hashes)}: it has shrunk")
    if root_of(hashes[:size]) != checkpoint.root:
        raise BadRecord(
            f"was signed over the root {checkpoint.root.hex()}; the first {size} entries of the log lead to "
            f"{root_of(hashes[:size]).hex()}: the log is forked"
        )


def _remembered(last: Checkpoint, hashes: Sequence[bytes]) -> list[Finding]:
    """What the key signed last, against the log."""
    if last.size > len(hashes):
        what = f"has signed {last.size} entries, {len(hashes)} are here: the log has shrunk"
        return [failed("key", what)]
    if root_of(hashes[: last.size]) != last.root:
        what = f"has signed the root {last.root.hex()} over {last.size} entries, which those here do not lead to"
        return [failed("key", f"{what}: the log is forked")]
    return []


def _orphans(record: Record) -> list[Finding]:
    """Countersignatures and stamps that stand beside no checkpoint prove nothing any more."""
    kept = {path.name for _, path in kept_checkpoints(record)}
    beside = sorted(path.name for ending in ("cosig", "tsr") for path in record.folder.glob(f"{CHECKPOINT}.*.{ending}"))
    over = {name: ".".join(name.split(".")[:2]) for name in beside}
    return [failed(name, f"is over {one}, which is missing") for name, one in over.items() if one not in kept]


def _lines(
    record: Record, path: Path, written: bytes, witnesses: Sequence[VerifierKey]
) -> tuple[list[tuple[str, float]], list[Finding]]:
    """Countersignatures beside a checkpoint: who and when, and what is wrong with them."""
    beside = lines_beside(path)
    if not record.disk.exists(beside):
        return [], []
    try:
        note = parse_note(written + record.disk.read(beside))
        found = cosigned_by(note, witnesses)
    except BadNote as error:
        return [], [failed(beside.name, str(error))]
    logs = {line.line for line in parse_note(written).signatures}
    known = {(key.name, key.key_id) for key in found}
    strange = [line for line in note.signatures if line.line not in logs and (line.name, line.key_id) not in known]
    findings = [
        not_checked(beside.name, f"{line.name} ({line.key_id.hex()}) countersigned; the policy has no such witness")
        for line in strange
    ]
    return [(key.name, float(time)) for key, time in found.items()], findings


def _token(
    record: Record, path: Path, written: bytes, believed: Believed
) -> tuple[list[tuple[str, float]], list[Finding]]:
    if not believed.roots:
        what = "needs the certificates of the authority that stamped it; give --authority"
        if believed.chain:
            what = "needs the root of the authority that stamped it; none of the certificates given is one"
        return [], [not_checked(path.name, what)]
    try:
        stamp = check_token(record.disk.read(path), written, roots=believed.roots, chain=believed.chain)
    except UnnamedAuthority as error:
        return [], [not_checked(path.name, f"stamped by an authority that you did not name ({error.authority})")]
    except BadToken as error:
        return [], [failed(path.name, str(error))]
    return [(stamp.authority, stamp.time)], []


def missing_stamps(record: Record, size: int, *, believed: Believed | None = None) -> tuple[Finding, ...]:
    """
    Say which checkpoints nobody outside has seen.

    Parameters
    ----------
    record : Record
        [1]
    size : int
        Of the newest checkpoint. [1]
    believed : Believed, optional
        Whoever names an authority asks for its stamp: that there is none is no pass then. [1]

    Returns
    -------
    tuple of Finding

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> [one.where for one in missing_stamps(Record(example_log()), 1)]
    ['time', 'witness']
    """
    kept = kept_checkpoints(record)
    stamped = [one for one, path in kept if tokens_of(record, path)]
    cosigned = [one for one, path in kept if record.disk.exists(lines_beside(path))]
    if believed is not None and (believed.roots or believed.chain) and not stamped:
        asked = not_checked("time", f"no checkpoint is stamped by an authority, and one was named: {_OWN_CLOCK}")
        return (asked, *_unseen("witness", "countersigned", _OWN_WORD, max(cosigned, default=0), size))
    return (
        *_unseen("time", "stamped by an authority", _OWN_CLOCK, max(stamped, default=0), size),
        *_unseen("witness", "countersigned", _OWN_WORD, max(cosigned, default=0), size),
    )


def _unseen(where: str, done: str, means: str, newest: int, size: int) -> tuple[Finding, ...]:
    if newest == 0:
        return (remark(where, f"no checkpoint is {done}: {means}"),)
    return (remark(where, f"the last {size - newest} of {size} entries are in no checkpoint {done}"),) * (newest < size)
