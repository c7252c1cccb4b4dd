"""What a log keeps beside its entries: files that they name by hash, and checkpoints that others have seen."""

import hashlib
from pathlib import Path

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
        try:
            put(record.disk, [(record.folder / "files" / digest, content)])
        except FileNotFoundError:  # another process has just kept the same file
            if record.kept_file(digest) is None:
                raise
    return digest


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
        put(record.disk, [(path, written)])
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
