"""
Cosignatures: another body says that it saw a checkpoint, when, and that the log only grew (C2SP tlog-cosignature v1).

    — name base64(four bytes that name the key, eight of the time, a signature)

What is signed is ``cosignature/v1``, a line with the time, and the text of the checkpoint.
"""

import struct
from collections.abc import Sequence

from varne.errors import BadNote
from varne.record.keys import COSIGNER, SignerKey, VerifierKey
from varne.record.note import Note, Signature

_TIME = struct.Struct(">Q")
_SIGNATURE_SIZE = 64
_LATEST = 2**63 - 1


def cosign(text: str, signer: SignerKey, time: int) -> Signature:
    """
    Countersign the text of a checkpoint.

    Parameters
    ----------
    text : str
        Above the empty line. [1]
    signer : SignerKey
        Of kind ``COSIGNER``. [1]
    time : int
        Now, in whole seconds since 1970 UTC. [s]

    Returns
    -------
    Signature

    Raises
    ------
    BadNote
        If the key is not one that countersigns, or the time cannot be written.

    Examples
    --------
    >>> from varne.record.keys import new_signer
    >>> signer = new_signer("witness.example.org", COSIGNER)
    >>> line = cosign("log\\n0\\nhash\\n", signer, 1679315147)
    >>> cosigned_by(Note("log\\n0\\nhash\\n", (line,)), [signer.verifier])[signer.verifier]
    1679315147
    """
    if signer.kind != COSIGNER:
        raise BadNote(f"Key {signer.name} signs logs; a witness has a key of its own, made to countersign.")
    if not 0 <= time <= _LATEST:
        raise BadNote(f"The time of a cosignature is in seconds from 1970, below 2^63; {time} is not: set the clock.")
    return Signature(signer.name, signer.verifier.key_id, _TIME.pack(time) + signer.sign(_message(text, time)))


def cosigned_by(note: Note, known: Sequence[VerifierKey]) -> dict[VerifierKey, int]:
    """
    Say which known witnesses have countersigned a note, and when.

    Parameters
    ----------
    note : Note
        A checkpoint, with lines of witnesses under it. [1]
    known : sequence of VerifierKey
        Those of kind ``COSIGNER`` are looked for. [1]

    Returns
    -------
    dict of VerifierKey to int
        Seconds since 1970 UTC, of its first line. [s]

    Raises
    ------
    BadNote
        If a line of a known witness does not verify.

    Examples
    --------
    >>> cosigned_by(Note("text\\n", ()), [])
    {}
    """
    keys = {(key.name, key.key_id): key for key in known if key.kind == COSIGNER}
    found: dict[VerifierKey, int] = {}
    for line in note.signatures:
        key = keys.get((line.name, line.key_id))
        if key is None:
            continue
        if len(line.signature) != _TIME.size + _SIGNATURE_SIZE:
            size = _TIME.size + _SIGNATURE_SIZE
            raise BadNote(f"A cosignature has {size} bytes; that of {key.name} has {len(line.signature)}.")
        (time,) = _TIME.unpack(line.signature[: _TIME.size])
        if time > _LATEST or not key.verifies(_message(note.text, time), line.signature[_TIME.size :]):
            raise BadNote(f"The cosignature of {key.name} ({key.key_id.hex()}) is not over this checkpoint.")
        found.setdefault(key, time)
    return found


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
