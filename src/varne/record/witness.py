"""
Witnessing: another organisation countersigns a checkpoint when the log grew from the last one it saw
(C2SP tlog-witness v1.0.0, add-checkpoint).

    request     old <size>, the proof of growth a hash a line, an empty line, the checkpoint
    answer      200  lines of countersignatures
                400  the request is malformed, or the old size is larger than the checkpoint
                403  no key that is known for the log has signed
                404  the log is not known
                409  another size was seen last: that size, or two roots of one size
                422  the proof does not prove the growth

What is seen last is kept before the answer is given; to keep it is for the caller.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varne.errors import BadNote, BadProof
from varne.record.checkpoint import Checkpoint, open_checkpoint, read_checkpoint, read_hash
from varne.record.cosignature import cosign, cosigned_by
from varne.record.keys import SignerKey, VerifierKey
from varne.record.note import Note, parse_note
from varne.record.tree import check_consistency, root_of

SIZE = "text/x.tlog.size"
TEXT = "text/plain; charset=utf-8"
MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a witness is asked."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What it answers, and what it must have kept before it does."""

    status: int
    body: str
    kind: str = TEXT
    seen: Checkpoint | None = None


def write_request(asked: Asked) -> bytes:
    """
    Write a request.

    Parameters
    ----------
    asked : Asked
        [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> write_request(Asked(0, (), b"..."))
    b'old 0\\n\\n...'
    """
    lines = [f"old {asked.old}", *(base64.b64encode(one).decode() for one in asked.proof), ""]
    return "".join(f"{line}\n" for line in lines).encode() + asked.checkpoint


def parse_request(written: bytes) -> Asked:
    """
    Read a request.

    Parameters
    ----------
    written : bytes
        [1]

    Returns
    -------
    Asked

    Raises
    ------
    BadNote
        If it is malformed.

    Examples
    --------
    >>> parse_request(b"old 7\\n\\nrest").old
    7
    """
    head, gap, checkpoint = written.partition(b"\n\n")
    try:
        first, *rest = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise BadNote("A request is ASCII above its checkpoint; this one is not.") from None
    old = _OLD.fullmatch(first)
    if not gap or old is None:
        raise BadNote(f"A request begins 'old <size>', hashes and an empty line; this one begins {first[:40]!r}.")
    if len(rest) > MOST_HASHES:
        raise BadNote(f"A request has {MOST_HASHES} hashes at most; this one has {len(rest)}.")
    return Asked(int(old[1]), tuple(read_hash(line, "A hash of a request") for line in rest), checkpoint)


def respond(
    written: bytes,
    *,
    seen: Mapping[str, Checkpoint],
    logs: Mapping[str, Sequence[VerifierKey]],
    signer: SignerKey,
    time: int,
) -> Answer:
    """
    Answer a request.

    Parameters
    ----------
    written : bytes
        The request. [1]
    seen : mapping of str to Checkpoint
        Last seen, by the origin of the log. [1]
    logs : mapping of str to sequence of VerifierKey
        Known logs and their keys, by origin. [1]
    signer : SignerKey
        The witness's. [1]
    time : int
        Now, in whole seconds since 1970 UTC. [s]

    Returns
    -------
    Answer

    Examples
    --------
    >>> from varne.record.keys import COSIGNER, new_signer
    >>> respond(b"", seen={}, logs={}, signer=new_signer("witness.example", COSIGNER), time=0).status
    400
    """
    try:
        asked = parse_request(written)
        new = read_checkpoint(asked.checkpoint)
    except BadNote as error:
        return Answer(400, f"{error}\n")
    if new.origin not in logs:
        return Answer(404, f"The log {new.origin!r} is not known here.\n")
    try:
        open_checkpoint(asked.checkpoint, logs[new.origin])
    except BadNote as error:
        return Answer(403, f"{error}\n")
    if asked.old > new.size:
        return Answer(400, f"The old size {asked.old} is larger than the checkpoint's, {new.size}.\n")
    held = seen.get(new.origin, Checkpoint(new.origin, 0, root_of(())))  # what was never seen is a log without entries
    if asked.old != held.size or (held.size == new.size and held.root != new.root):
        return Answer(409, f"{held.size}\n", SIZE)
    try:
        _check_growth(held, new, asked)
    except BadProof as error:
        return Answer(422, f"{error}\n")
    return Answer(200, cosign(new.text, signer, time).line, TEXT, new)


def read_answer(body: str, checkpoint: bytes, known: Sequence[VerifierKey]) -> str:
    """
    Return the lines of an answer that known witnesses signed over a checkpoint.

    Parameters
    ----------
    body : str
        Of an answer of status 200. [1]
    checkpoint : bytes
        That was sent. [1]
    known : sequence of VerifierKey
        Of witnesses. [1]

    Returns
    -------
    str
        Lines, each with its newline.

    Raises
    ------
    BadNote
        If a line of a known witness does not verify, or there is none.

    Examples
    --------
    >>> from varne.record.keys import COSIGNER, new_signer
    >>> from varne.record.opening import example_log
    >>> read_answer("", (example_log() / "checkpoint").read_bytes(), [])
    Traceback (most recent call last):
    varne.errors.BadNote: The answer holds no countersignature by a witness that is known here: nobody.
    """
    note = parse_note(checkpoint)
    lines = parse_note(checkpoint + body.encode()).signatures[len(note.signatures) :]
    first = {(line.name, line.key_id): line for line in reversed(lines)}  # one of each key: the one that is checked
    found = cosigned_by(Note(note.text, lines), known)
    if not found:
        asked = ", ".join(f"{key.name} ({key.key_id.hex()})" for key in known) or "nobody"
        raise BadNote(f"The answer holds no countersignature by a witness that is known here: {asked}.")
    return "".join(first[key.name, key.key_id].line for key in found)


def _check_growth(held: Checkpoint, new: Checkpoint, asked: Asked) -> None:
    """From nothing everything grows, and nothing is proved; the proof must then be empty."""
    if held.size == 0:
        if asked.proof:
            raise BadProof("The proof of growth from an empty log is empty; this one is not.")
        return
    check_consistency(held.size, new.size, held.root, new.root, asked.proof)
