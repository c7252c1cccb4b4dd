"""
Checkpoints: the size and the root of a log, signed by it (C2SP tlog-checkpoint v1.0.0).

    example.org/log           the origin: which log
    3                         entries
    base64 of the root
                              an empty line, then signatures
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from varne.errors import BadNote
from varne.record.keys import SignerKey, VerifierKey, from_base64
from varne.record.note import open_note, parse_note, sign_note

_HASH_SIZE = 32  # SHA-256
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")  # no more digits than the largest has
_LARGEST = 2**63 - 1  # what other programs hold in a signed number of 64 bits


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which log, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """
        Return the text that is signed.

        Returns
        -------
        str

        Examples
        --------
        >>> Checkpoint("example.org/log", 0, bytes(32)).text
        'example.org/log\\n0\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\n'
        """
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """
    Read the text of a checkpoint.

    Parameters
    ----------
    text : str
        Above the empty line. [1]

    Returns
    -------
    Checkpoint

    Raises
    ------
    BadNote
        If it is malformed.

    Examples
    --------
    >>> parse_checkpoint(Checkpoint("example.org/log", 7, bytes(32)).text).size
    7
    >>> parse_checkpoint("example.org/log\\n007\\n\\n")
    Traceback (most recent call last):
    varne.errors.BadNote: A checkpoint has three lines or more, none of them empty; this one has 3, of which empty: 1.
    """
    if not text.endswith("\n"):
        raise BadNote(f"A checkpoint ends in a newline; this one ends in {text[-20:]!r}.")
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        found = f"{len(lines)}, of which empty: {lines.count('')}"
        raise BadNote(f"A checkpoint has three lines or more, none of them empty; this one has {found}.")
    origin, size, written = lines[:3]
    if not _NUMBER.fullmatch(size) or int(size) > _LARGEST:
        raise BadNote(f"The second line of a checkpoint is a number of entries below 2^63; this one is {size[:20]!r}.")
    return Checkpoint(origin, int(size), read_hash(written, "The root of a checkpoint"), tuple(lines[3:]))


def read_hash(written: str, what: str) -> bytes:
    """
    Read a hash as notes and proofs write it.

    Parameters
    ----------
    written : str
        Base64 of 32 bytes. [1]
    what : str
        What it is, for the sentence that refuses it. [1]

    Returns
    -------
    bytes

    Raises
    ------
    BadNote
        If it is anything else, or written in another way than the one.

    Examples
    --------
    >>> read_hash("AAAA", "The root")
    Traceback (most recent call last):
    varne.errors.BadNote: The root is base64 of 32 bytes; this one is 'AAAA'.
    """
    found = from_base64(written)
    if len(found) != _HASH_SIZE:
        raise BadNote(f"{what} is base64 of {_HASH_SIZE} bytes; this one is {written!r}.")
    return found


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[SignerKey]) -> bytes:
    """
    Sign a checkpoint.

    Parameters
    ----------
    checkpoint : Checkpoint
        [1]
    signers : sequence of SignerKey
        The log's. [1]

    Returns
    -------
    bytes
        A signed note.

    Raises
    ------
    BadNote
        If a reader would find another checkpoint in it, as where an origin holds a newline, or nobody signs.

    Examples
    --------
    >>> from varne.record.keys import LOG, new_signer
    >>> signer = new_signer("example.org/log", LOG)
    >>> written = sign_checkpoint(Checkpoint("example.org/log", 0, bytes(32)), [signer])
    >>> open_checkpoint(written, [signer.verifier])[0].size
    0
    """
    if parse_checkpoint(checkpoint.text) != checkpoint:
        broken = [line for line in (checkpoint.origin, *checkpoint.extensions) if "\n" in line]
        raise BadNote(f"A line of a checkpoint holds no newline; this one holds {', '.join(map(repr, broken))}.")
    return sign_note(checkpoint.text, signers)


def open_checkpoint(written: bytes, known: Sequence[VerifierKey]) -> tuple[Checkpoint, tuple[VerifierKey, ...]]:
    """
    Read a checkpoint that a known key has signed.

    Parameters
    ----------
    written : bytes
        A signed note. [1]
    known : sequence of VerifierKey
        Keys of logs. [1]

    Returns
    -------
    checkpoint : Checkpoint
    keys : tuple of VerifierKey
        Which have signed it.

    Raises
    ------
    BadNote
        If it is malformed, or not signed as it should be.

    Examples
    --------
    >>> open_checkpoint(b"nothing", [])
    Traceback (most recent call last):
    varne.errors.BadNote: A signed note has an empty line and a line of signature under its text; this one has not.
    """
    text, keys = open_note(written, known)
    return parse_checkpoint(text), keys


def read_checkpoint(written: bytes) -> Checkpoint:
    """
    Read a checkpoint without asking who signed it; nothing that follows from it is proved.

    Parameters
    ----------
    written : bytes
        A signed note. [1]

    Returns
    -------
    Checkpoint

    Raises
    ------
    BadNote
        If it is malformed.

    Examples
    --------
    >>> from varne.record.keys import LOG, new_signer
    >>> written = sign_checkpoint(Checkpoint("example.org/log", 0, bytes(32)), [new_signer("example.org/log", LOG)])
    >>> read_checkpoint(written).origin
    'example.org/log'
    """
    return parse_checkpoint(parse_note(written).text)
