"""Asking a witness to countersign the newest checkpoint of a log, over HTTP or by a file."""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

from varne.errors import BadInput, BadNote, NoAnswer
from varne.record.checkpoint import read_checkpoint
from varne.record.disk import put
from varne.record.keep import keep_checkpoint, kept_checkpoints, lines_beside
from varne.record.keys import VerifierKey
from varne.record.lock import Lock
from varne.record.note import parse_note
from varne.record.post import check_address, post
from varne.record.reader import Record
from varne.record.witness import SIZE, TEXT, Asked, read_answer, write_request

_TRIES = 3  # the first to learn what it saw last, the second to be answered, one more for who was faster
_CONFLICT = 409
_NUMBER = re.compile(rb"(?:0|[1-9][0-9]{0,18})\n?")


def ask_witness(record: Record, url: str, known: Sequence[VerifierKey], *, timeout: float = 30.0) -> Path:
    """
    Have the newest checkpoint countersigned, and keep checkpoint and countersignature.

    Parameters
    ----------
    record : Record
        [1]
    url : str
        Submission prefix of the witness. [1]
    known : sequence of VerifierKey
        Of the witness. [1]
    timeout : float, optional
        For each answer. [s]

    Returns
    -------
    Path
        Where the countersignature is kept.

    Raises
    ------
    BadNote
        If it does not answer, refuses, or answers with another's signature.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> ask_witness(Record(example_log()), "http://127.0.0.1:9", [])
    Traceback (most recent call last):
    varne.errors.BadNote: The witness at http://127.0.0.1:9 does not answer (...); the record is whole without it: ...
    """
    check_address(url, "The witness")
    path = keep_checkpoint(record)
    written = record.disk.read(path)  # what is kept is what is sent, though the log may grow meanwhile
    size = read_checkpoint(written).size
    old = _seen_by(record, known, size)
    for _ in range(_TRIES):
        try:
            reply = post(
                f"{url.rstrip('/')}/add-checkpoint", request_from(record, written, old), kind=TEXT, timeout=timeout
            )
        except NoAnswer as error:
            why = f"does not answer ({error}); the record is whole without it: ask again later."
            raise BadNote(f"The witness at {url} {why}") from None
        if reply.status == 200:
            return accept(record, path, reply.body.decode("utf-8", "replace"), known)
        if reply.status != _CONFLICT or not reply.kind.startswith(SIZE) or not _NUMBER.fullmatch(reply.body):
            raise BadNote(f"The witness at {url} refuses ({reply.status}): {reply.words}")
        last, old = old, int(reply.body)
        if old > size:
            raise BadNote(f"The witness at {url} has seen {old} entries of this log; {size} are here: it has shrunk.")
        if old == last:
            raise BadNote(f"The witness at {url} has seen another log of {old} entries: they are forked. Keep both.")
    raise BadNote(f"The witness at {url} is asked by others at the same time; ask again.")


def request_from(record: Record, written: bytes, old: int) -> bytes:
    """
    Write the request for a checkpoint, for a witness that saw so many entries last.

    Parameters
    ----------
    record : Record
        [1]
    written : bytes
        The checkpoint, as it is kept. [1]
    old : int
        Entries; 0 for a witness that never saw the log. [1]

    Returns
    -------
    bytes

    Raises
    ------
    BadInput
        If the log is smaller.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> request_from(record, record.written_checkpoint(), 0)[:7]
    b'old 0\\n\\n'
    """
    size = read_checkpoint(written).size
    if not 0 <= old <= size:
        raise BadInput(f"The witness is said to have seen {old} entries; the log has {size}.")
    proof = record.prove_growth(old, size) if old > 0 else ()
    return write_request(Asked(old, proof, written))


def accept(record: Record, checkpoint: Path, body: str, known: Sequence[VerifierKey]) -> Path:
    """
    Check an answer and keep its countersignatures beside the checkpoint; lines that stand there stay.

    Parameters
    ----------
    record : Record
        [1]
    checkpoint : Path
        That was countersigned. [1]
    body : str
        The answer. [1]
    known : sequence of VerifierKey
        Of witnesses. [1]

    Returns
    -------
    Path

    Raises
    ------
    BadNote
        If no known witness countersigned this checkpoint.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> accept(record, keep_checkpoint(record), "", [])
    Traceback (most recent call last):
    varne.errors.BadNote: The answer holds no countersignature by a witness that is known here: nobody.
    """
    written = record.disk.read(checkpoint)
    lines = read_answer(body, written, known)
    with Lock(
        (record.folder / ".cosig.lock",)
    ):  # of two that add a line at once neither's is lost: one is told to ask again
        return _added(record, checkpoint, written, lines)


def _added(record: Record, checkpoint: Path, written: bytes, lines: str) -> Path:
    beside = lines_beside(checkpoint)
    before = record.disk.read(beside) if record.disk.exists(beside) else b""
    there = {(line.name, line.key_id) for line in parse_note(written + before).signatures}
    new = [line for line in parse_note(written + lines.encode()).signatures if (line.name, line.key_id) not in there]
    if new:  # a witness that is asked every hour says one thing once: a note of a hundred lines is not read
        put(record.disk, [(beside, before + "".join(line.line for line in new).encode())])
    return beside


def _seen_by(record: Record, known: Sequence[VerifierKey], size: int) -> int:
    """The largest size that a witness is known to have countersigned here; what it says itself counts more."""
    names = {(key.name, key.key_id) for key in known}
    found = 0
    for number, path in kept_checkpoints(record):
        beside = lines_beside(path)
        if number > size or not record.disk.exists(beside):
            continue
        with contextlib.suppress(BadNote):  # a check of the log says what is wrong with it; the witness is asked anyway
            lines = parse_note(record.disk.read(path) + record.disk.read(beside)).signatures
            found = number if any((one.name, one.key_id) in names for one in lines) else found
    return found
