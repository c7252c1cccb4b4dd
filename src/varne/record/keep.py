"""What a log keeps beside its entries: files that they name by hash, and checkpoints that others have seen."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from varne.errors import BadRecord
from varne.record.checkpoint import read_checkpoint
from varne.record.disk import put
from varne.record.reader import CHECKPOINT, Record


def keep_file(record: Record, content: bytes) -> str:
    """
    Keep a file under its hash; one that is there already stays as it is.

    Parameters
    ----------
    record : Record
        [1]
    content : bytes
        [1]

    Returns
    -------
    str
        SHA-256 in hexadecimal.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> record.kept_file(keep_file(record, b"a scenario"))
    b'a scenario'
    """
    digest = hashlib.sha256(content).hexdigest()
    if record.kept_file(digest) is None:
        _put(record, record.folder / "files" / digest, content)
    return digest


def keep_certificates(record: Record, certificates: Sequence[Certificate]) -> Path | None:
    """
    Keep the certificates of a time-stamp authority under their hash, so that those of another are never written over.

    Parameters
    ----------
    record : Record
        [1]
    certificates : sequence of Certificate
        Root and chain. [1]

    Returns
    -------
    Path or None
        Where they are kept; nothing where there are none.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> keep_certificates(Record(example_log()), []) is None
    True
    """
    if not certificates:
        return None
    written = b"".join(one.public_bytes(Encoding.PEM) for one in certificates)
    path = record.folder / "authorities" / f"{hashlib.sha256(written).hexdigest()}.pem"
    if not record.disk.exists(path):
        put(record.disk, [(path, written)])
    return path


def keep_checkpoint(record: Record) -> Path:
    """
    Keep the newest checkpoint under its size, byte for byte: somebody is about to see it.

    Parameters
    ----------
    record : Record
        [1]

    Returns
    -------
    Path
        Where it is kept.

    Raises
    ------
    BadRecord
        If another root of that size is kept.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> keep_checkpoint(Record(example_log())).name
    'checkpoint.1'
    """
    written = record.written_checkpoint()
    checkpoint = read_checkpoint(written)
    path = record.folder / f"{CHECKPOINT}.{checkpoint.size}"
    if not record.disk.exists(path):
        _put(record, path, written)
    elif read_checkpoint(record.disk.read(path)) != checkpoint:
        raise BadRecord(f"{path} holds another root of {checkpoint.size} entries: the log is forked. Keep both.")
    return path


def kept_checkpoints(record: Record) -> list[tuple[int, Path]]:
    """
    Name the checkpoints that are kept, the smallest first.

    Parameters
    ----------
    record : Record
        [1]

    Returns
    -------
    list of (int, Path)
        Size as the name says it, and where.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> kept_checkpoints(Record(example_log()))
    []
    """
    found = [(path.name.partition(".")[2], path) for path in record.folder.glob(f"{CHECKPOINT}.*")]
    return sorted((int(size), path) for size, path in found if size.isascii() and size.isdigit())


def _put(record: Record, path: Path, content: bytes) -> None:
    try:
        put(record.disk, [(path, content)])
    except FileNotFoundError:  # another process has just kept the same, and moved the draft of both
        if not record.disk.exists(path):
            raise


def lines_beside(checkpoint: Path) -> Path:
    """
    Return where the countersignatures of a checkpoint stand, if there are any.

    Parameters
    ----------
    checkpoint : Path
        One that is kept. [1]

    Returns
    -------
    Path

    Examples
    --------
    >>> lines_beside(Path("log/checkpoint.7")).as_posix()
    'log/checkpoint.7.cosig'
    """
    return checkpoint.with_name(f"{checkpoint.name}.cosig")
