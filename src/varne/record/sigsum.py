"""
Proofs and policies of Sigsum: the same tree, cosignatures and grammar, with keys in hexadecimal and proofs of its own.

    version=2                        the proof: which log, and the leaf but for its checksum
    log=<hash of key>
    leaf=<hash of key> <signature>

    size=, root_hash=, signature=    the head of the tree, signed as a checkpoint is
    cosignature=<hash of key> <seconds> <signature>

    leaf_index=, node_hash=          the way up; left out in a log of one leaf
"""

import base64
import hashlib
import re
import struct
from collections.abc import Iterable, Sequence

from varne.errors import BadKey, BadNote, BadProof
from varne.record.checkpoint import Checkpoint
from varne.record.edwards import check_public_key
from varne.record.keys import COSIGNER, LOG, VerifierKey, check_key_name
from varne.record.note import Signature
from varne.record.policy import Policy, Witnessed, check_checkpoint, parse_policy
from varne.record.tree import check_inclusion, leaf_hash

_ORIGIN = "sigsum.org/v1/tree/"  # then the hash of the log's key: sigsum-go pkg/types/tree_head.go
_LEAF = b"sigsum.org/v1/tree-leaf\x00"  # what a leaf's signature begins with: Sigsum log.md
_VERSION = 2
_HASH_SIZE, _SIGNATURE_SIZE = 32, 64
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_LARGEST = 2**63 - 1
_SSH = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"  # RFC 4253 section 6.6, RFC 8709 section 4


def read_sigsum_policy(written: bytes) -> Policy:
    """
    Read a policy of Sigsum.

    A log's key gets the name of its origin, a witness's key that of the witness in the policy if a line can hold it.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]

    Returns
    -------
    Policy

    Raises
    ------
    BadNote
        If a line is malformed, or refers to what is not above it.

    References
    ----------
    Sigsum, sigsum-go doc/policy.md.

    Examples
    --------
    >>> read_sigsum_policy(b"log 00\\nquorum none\\n")
    Traceback (most recent call last):
    varne.errors.BadNote: Line 1 of the policy has a key that cannot be used. Key '00' is not 64 hexadecimal digits; ...
    """
    return parse_policy(written, _log_key, _witness_key)


def read_ssh_key(text: str) -> bytes:
    """
    Read a public key as the files of ssh-keygen hold it, which Sigsum uses for submitters.

    Parameters
    ----------
    text : str
        ``ssh-ed25519 <base64> [comment]``. [1]

    Returns
    -------
    bytes
        32 of them.

    Raises
    ------
    BadKey
        If it is of another kind, malformed, or weak.

    Examples
    --------
    >>> read_ssh_key("ssh-rsa AAAA")
    Traceback (most recent call last):
    varne.errors.BadKey: Key 'ssh-rsa AAAA' is not one of ssh-ed25519; make one with: ssh-keygen -t ed25519
    """
    words = text.split()
    try:
        found = base64.b64decode(words[1], validate=True) if words[:1] == ["ssh-ed25519"] else b""
    except (ValueError, IndexError):
        found = b""
    if not found.startswith(_SSH):
        raise BadKey(f"Key {text!r} is not one of ssh-ed25519; make one with: ssh-keygen -t ed25519")
    public = found.removeprefix(_SSH)
    check_public_key(public)
    return public


def check_sigsum_proof(written: bytes, message: bytes, *, submitters: Sequence[bytes], policy: Policy) -> Witnessed:
    """
    Check that a message was logged by one of those who may, in a log that enough witnesses saw.

    Parameters
    ----------
    written : bytes
        The proof. [1]
    message : bytes
        32 of them: the hash of a file, as a rule. [1]
    submitters : sequence of bytes
        Public keys of those who may log it. [1]
    policy : Policy
        From :func:`read_sigsum_policy`. [1]

    Returns
    -------
    Witnessed

    Raises
    ------
    BadProof
        If the proof is malformed, of another message or submitter, or does not lead to the root.
    BadNote
        If the head of the tree is not signed and countersigned as the policy asks.

    References
    ----------
    Sigsum, sigsum-go doc/sigsum-proof.md, "Verifying a proof".

    Examples
    --------
    >>> check_sigsum_proof(b"", bytes(32), submitters=[], policy=Policy((), (), ()))
    Traceback (most recent call last):
    varne.errors.BadProof: A Sigsum proof has two or three parts, with an empty line between them; this one has 1.
    """
    if len(message) != _HASH_SIZE:
        raise BadProof(f"A Sigsum message has {_HASH_SIZE} bytes; this one has {len(message)}: give the file's hash.")
    leaf, head, way = _parts(written)
    origin = _ORIGIN + leaf._hash("log").hex()
    entry = _entry(leaf._words("leaf", 2), message, submitters)
    leaf._end()
    checkpoint = Checkpoint(origin, head._number("size"), head._hash("root_hash"))
    note = _note(checkpoint, head, policy)
    seen = check_checkpoint(note, policy)
    index = way._number("leaf_index") if way else 0
    check_inclusion(index, checkpoint.size, leaf_hash(entry), way._hashes("node_hash") if way else (), checkpoint.root)
    return seen


class _Lines:
    """Lines of ``name=value``, taken one by one."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")[::-1]

    def _words(self, name: str, count: int) -> list[str]:
        line = self._lines.pop() if self._lines else ""
        key, _, value = line.partition("=")
        words = value.split(" ")
        if key != name or len(words) != count:
            raise BadProof(f"A Sigsum proof has here a line {name}= with words: {count}; this one has {line!r}.")
        return words

    def _number(self, name: str) -> int:
        return _number(self._words(name, 1)[0])

    def _hash(self, name: str) -> bytes:
        return _bytes(self._words(name, 1)[0], _HASH_SIZE)

    def _hashes(self, name: str) -> tuple[bytes, ...]:
        return tuple(self._hash(name) for _ in range(len(self._lines)))

    def _cosignatures(self) -> list[tuple[bytes, int, bytes]]:
        rows = [self._words("cosignature", 3) for _ in range(len(self._lines))]
        found = [(_bytes(key, _HASH_SIZE), _number(time), _bytes(one, _SIGNATURE_SIZE)) for key, time, one in rows]
        if len({key for key, _, _ in found}) < len(found):
            raise BadProof("Each witness countersigns once in a Sigsum proof; here one does so twice.")
        return found

    def _end(self) -> None:
        if self._lines:
            raise BadProof(f"A part of a Sigsum proof ends where this one has {self._lines[-1]!r}.")


def _parts(written: bytes) -> tuple[_Lines, _Lines, _Lines | None]:
    """The leaf, the head of the tree and the way up, which a log of one leaf does not have."""
    try:
        text = written.decode("ascii")
    except UnicodeDecodeError:
        raise BadProof("A Sigsum proof is ASCII text; this one is not.") from None
    parts = text.removesuffix("\n").split("\n\n")
    if not text.endswith("\n") or len(parts) not in (2, 3):
        raise BadProof(
            f"A Sigsum proof has two or three parts, with an empty line between them; this one has {len(parts)}."
        )
    leaf, head, *way = (_Lines(part) for part in parts)
    version = leaf._number("version")
    if version != _VERSION:
        raise BadProof(f"The Sigsum proof is of version {version}; Varne reads {_VERSION}: convert it with sigsum-go.")
    single = parts[1].startswith("size=1\n")
    if single is bool(way):
        raise BadProof("A Sigsum proof shows the way up if the log has more than one leaf, and only then.")
    return leaf, head, way[0] if way else None


def _entry(words: list[str], message: bytes, submitters: Sequence[bytes]) -> bytes:
    """The leaf as the log holds it; its signature is that of one who may log."""
    key_hash, signature = _bytes(words[0], _HASH_SIZE), _bytes(words[1], _SIGNATURE_SIZE)
    checksum = hashlib.sha256(message).digest()
    public = next((one for one in submitters if hashlib.sha256(one).digest() == key_hash), None)
    if public is None:
        raise BadProof(f"The leaf was logged by the key with hash {words[0]}, which is not among those who may.")
    check_public_key(public)
    if not VerifierKey("submitter", LOG, public).verifies(_LEAF + checksum, signature):
        raise BadProof(f"The signature of the leaf is not over this message (checksum {checksum.hex()}).")
    return checksum + signature + key_hash


def _note(checkpoint: Checkpoint, head: _Lines, policy: Policy) -> bytes:
    """The head of the tree as a signed note, so that the policy is checked as for any other log."""
    signature = head._words("signature", 1)[0]
    name = checkpoint.origin
    key = next((log.key for log in policy.logs if log.key.name == name), None)
    if key is None:
        raise BadNote(f"The log {name} is not one of the policy.")
    lines = [Signature(name, key.key_id, _bytes(signature, _SIGNATURE_SIZE)), *_lines(head._cosignatures(), policy)]
    return f"{checkpoint.text}\n{''.join(line.line for line in lines)}".encode()


def _lines(cosignatures: Iterable[tuple[bytes, int, bytes]], policy: Policy) -> Iterable[Signature]:
    keys = {hashlib.sha256(one.key.public).digest(): one.key for one in policy.witnesses}
    for key_hash, time, signature in cosignatures:
        if key := keys.get(key_hash):
            yield Signature(key.name, key.key_id, struct.pack(">Q", time) + signature)


def _log_key(text: str) -> VerifierKey:
    public = _public(text)
    return VerifierKey(_ORIGIN + hashlib.sha256(public).hexdigest(), LOG, public)


def _witness_key(name: str, text: str) -> VerifierKey:
    public = _public(text)
    return VerifierKey(_key_name(name, hashlib.sha256(public).hexdigest()), COSIGNER, public)


def _public(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise BadKey(f"Key {text!r} is not 64 hexadecimal digits; copy it again, whole.")
    public = bytes.fromhex(text)
    check_public_key(public)
    return public


def _key_name(name: str, digest: str) -> str:
    """The name of a witness where a line of signature can hold it: most are named so everywhere; else the hash."""
    try:
        check_key_name(name)
    except BadKey:
        return digest
    return name


def _bytes(text: str, size: int) -> bytes:
    if not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text):
        raise BadProof(f"A Sigsum proof has {size} bytes in small hexadecimal digits where this one has {text!r}.")
    return bytes.fromhex(text)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > _LARGEST:
        raise BadProof(f"A Sigsum proof has a number where this one has {text!r}.")
    return int(text)
