"""
A proof that an entry is in a log, in one text that is checked offline (C2SP tlog-proof, draft of May 2026).

    c2sp.org/tlog-proof@v1
    extra <base64>            may be left out; nobody vouches for it
    index <n>
    one hash in base64 a line, the leaf's sister first
                              an empty line
    the checkpoint, with its signatures
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from varne.errors import BadNote, BadProof
from varne.record.checkpoint import read_hash
from varne.record.keys import VerifierKey, from_base64
from varne.record.policy import Policy, Witnessed, check_checkpoint
from varne.record.tree import check_inclusion, leaf_hash

_VERSION = "c2sp.org/tlog-proof@v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_MOST_HASHES = 64  # no log has more than 2^63 entries


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says; nothing of it is checked yet."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None


def write_proof(index: int, hashes: Sequence[bytes], checkpoint: bytes, extra: bytes | None) -> bytes:
    """
    Write a proof.

    Parameters
    ----------
    index : int
        Of the entry. [1]
    hashes : sequence of bytes
        From :func:`varne.record.tree.prove_inclusion`. [1]
    checkpoint : bytes
        A signed note. [1]
    extra : bytes or None
        Of the application; not vouched for, and left out where it is empty. [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> write_proof(0, [], b"...", None).decode().splitlines()[:2]
    ['c2sp.org/tlog-proof@v1', 'index 0']
    """
    lines = [_VERSION]
    lines += [] if not extra else [f"extra {base64.b64encode(extra).decode()}"]
    lines += [f"index {index}", *(base64.b64encode(one).decode() for one in hashes)]
    return "".join(f"{line}\n" for line in (*lines, "")).encode() + checkpoint


def parse_proof(written: bytes) -> Proof:
    """
    Take a proof apart; nothing is checked.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]

    Returns
    -------
    Proof

    Raises
    ------
    BadProof
        If it is malformed.

    Examples
    --------
    >>> parse_proof(write_proof(7, [bytes(32)], b"checkpoint", b"more")).extra
    b'more'
    >>> parse_proof(b"a proof")
    Traceback (most recent call last):
    varne.errors.BadProof: A proof has an empty line and a checkpoint under its hashes; this one has not.
    """
    head, gap, checkpoint = written.partition(b"\n\n")
    if not gap:
        raise BadProof("A proof has an empty line and a checkpoint under its hashes; this one has not.")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise BadProof("A proof is ASCII above its checkpoint; this one is not.") from None
    if lines.pop(0) != _VERSION:
        raise BadProof(f"A proof begins with {_VERSION}; this one begins with {head[:40]!r}.")
    extra = _extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else None
    number = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if not _NUMBER.fullmatch(number):
        raise BadProof("The line 'index <n>' of a proof is missing or is no number without leading zeros.")
    if len(lines) > _MOST_HASHES:
        raise BadProof(f"A proof has {_MOST_HASHES} hashes at most; this one has {len(lines)}.")
    try:
        hashes = tuple(read_hash(line, "A hash of a proof") for line in lines)
    except BadNote as error:
        raise BadProof(str(error)) from None
    return Proof(int(number), hashes, checkpoint, extra)


def check_proof(written: bytes, leaf: bytes, policy: Policy, *, logs: Sequence[VerifierKey] = ()) -> Witnessed:
    """
    Check that an entry is in a log that a policy believes.

    Parameters
    ----------
    written : bytes
        A proof. [1]
    leaf : bytes
        The entry as it stands in the log. [1]
    policy : Policy
        [1]
    logs : sequence of VerifierKey, optional
        Keys of the log, for a policy that lists none; whoever gives them knows which origin they sign for. [1]

    Returns
    -------
    Witnessed
        The checkpoint, who signed it, and who countersigned.

    Raises
    ------
    BadProof
        If it does not follow that the entry is there.
    BadNote
        If the checkpoint is not one that the policy believes.

    Examples
    --------
    >>> from varne.record.export import countersigned, policy_of
    >>> from varne.record.opening import example_log
    >>> from varne.record.reader import Record
    >>> record = Record(example_log())
    >>> proof = write_proof(0, record.prove(0, 1), countersigned(record), None)
    >>> check_proof(proof, record.leaf(0), policy_of(record)).checkpoint.size
    1
    """
    proof = parse_proof(written)
    hashed = leaf_hash(leaf)
    found = check_checkpoint(proof.checkpoint, policy, logs=logs)
    checkpoint = found.checkpoint
    check_inclusion(proof.index, checkpoint.size, hashed, proof.hashes, checkpoint.root)
    return found


def _extra(line: str) -> bytes:
    extra = from_base64(line.removeprefix("extra "))
    if not extra:
        raise BadProof("The line 'extra' of a proof is base64; this one is not.")
    return extra
