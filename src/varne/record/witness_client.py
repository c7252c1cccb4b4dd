"""Asking a witness to countersign the newest checkpoint of a log, over HTTP or by a file."""

import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from varne.errors import BadInput, BadNote
from varne.record.checkpoint import read_checkpoint
from varne.record.disk import put
from varne.record.keep import keep_checkpoint
from varne.record.keys import VerifierKey
from varne.record.note import parse_note
from varne.record.reader import Record
from varne.record.witness import SIZE, Asked, read_answer, write_request

_TRIES = 3  # the first to learn what it saw last, the second to be answered, one more for who was faster
_LARGEST = 1 << 20  # bytes of an answer that are read
_CONFLICT = 409


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
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"The witness's address is {url!r}; write http://... or https://...")
    path = keep_checkpoint(record)
    size = read_checkpoint(record.disk.read(path)).size
    old = _seen_by(record, known, size)
    for _ in range(_TRIES):
        status, kind, body = _post(url, request_from(record, old), timeout)
        if status == 200:
            return accept(record, path, body, known)
        if status != _CONFLICT or not kind.startswith(SIZE) or not body.strip().isdigit():
            raise BadNote(f"The witness at {url} refuses ({status}): {body.strip()[:300]}")
        last, old = old, int(body)
        if old > size:
            raise BadNote(f"The witness at {url} has seen {old} entries of this log; {size} are here: it has shrunk.")
        if old == last:
            raise BadNote(f"The witness at {url} has seen another log of {old} entries: they are forked. Keep both.")
    raise BadNote(f"The witness at {url} is asked by others at the same time; ask again.")


def request_from(record: Record, old: int) -> bytes:
    """
    Write the request for the newest checkpoint, for a witness that saw so many entries last.

    Parameters
    ----------
    record : Record
        [1]
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
    >>> request_from(Record(example_log()), 0)[:7]
    b'old 0\\n\\n'
    """
    written = record.written_checkpoint()
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
    lines = read_answer(body, record.disk.read(checkpoint), known)
    beside = checkpoint.with_name(f"{checkpoint.name}.cosig")
    before = record.disk.read(beside).decode() if record.disk.exists(beside) else ""
    if lines not in before:
        put(record.disk, [(beside, (before + lines).encode())])
    return beside


def _seen_by(record: Record, known: Sequence[VerifierKey], size: int) -> int:
    """The largest size that a witness is known to have countersigned here; what it says itself counts more."""
    names = {(key.name, key.key_id) for key in known}
    found = 0
    for path in record.folder.glob("checkpoint.*.cosig"):
        number = path.name.split(".")[1]
        lines = parse_note(record.disk.read(path.with_suffix("")) + record.disk.read(path)).signatures
        if number.isdigit() and int(number) <= size and any((one.name, one.key_id) in names for one in lines):
            found = max(found, int(number))
    return found


def _post(url: str, request: bytes, timeout: float) -> tuple[int, str, str]:
    asked = urllib.request.Request(f"{url.rstrip('/')}/add-checkpoint", request, {"Content-Type": "text/plain"})
    try:
        with urllib.request.urlopen(asked, timeout=timeout) as answer:
            return (
                answer.status,
                answer.headers.get("Content-Type", ""),
                answer.read(_LARGEST).decode("utf-8", "replace"),
            )
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Content-Type", ""), error.read(_LARGEST).decode("utf-8", "replace")
    except (urllib.error.URLError, OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise BadNote(
            f"The witness at {url} does not answer ({why}); the record is whole without it: ask again later."
        ) from None
