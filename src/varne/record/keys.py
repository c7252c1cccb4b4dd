"""
Keys that sign a log and countersign it, as C2SP signed notes write them.

    verifier   name+0123abcd+BASE64              public: its hash, a byte for the kind and 32 of key
    signer     PRIVATE+KEY+name+0123abcd+BASE64  secret: a file that only its owner can read

The base64 may hold a plus itself, so a text is split at the first ones only.
"""

import base64
import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from varne.errors import BadKey
from varne.record.disk import RealDisk, make_folders
from varne.record.edwards import check_public_key

LOG, COSIGNER = 0x01, 0x04  # kinds of key: signed-note v1.0.0 "Signature types", tlog-cosignature v1.0.1
_SECRET_SIZE = 32
_SECRET = "PRIVATE+KEY+"
_MODE = 0o600  # read and written by the owner alone


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whose signatures are believed: a name, the kind of key, and the public key."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """
        Return the four bytes that stand before its signatures.

        Returns
        -------
        bytes

        Examples
        --------
        >>> read_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").key_id.hex()
        'c74f20a3'
        """
        return _key_id(self.name, bytes([self.kind]) + self.public)

    @property
    def text(self) -> str:
        """
        Return the key as it is written.

        Returns
        -------
        str

        Examples
        --------
        >>> text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        >>> read_vkey(text).text == text
        True
        """
        return _written(self.name, bytes([self.kind]) + self.public)

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """
        Say whether this key signed a message.

        Parameters
        ----------
        message : bytes
            Exactly as signed. [1]
        signature : bytes
            64 of them. [1]

        Returns
        -------
        bool

        Examples
        --------
        >>> signer = new_signer("example.org/log", LOG)
        >>> signer.verifier.verifies(b"text", signer.sign(b"text")), signer.verifier.verifies(b"", signer.sign(b"text"))
        (True, False)
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """What signs: a name, the kind of key, and a secret that is never shown."""

    name: str
    kind: int
    secret: bytes

    def __repr__(self) -> str:
        return f"SignerKey({self.name!r}, secret not shown)"

    @property
    def verifier(self) -> VerifierKey:
        """
        Return the public half.

        Returns
        -------
        VerifierKey

        Examples
        --------
        >>> new_signer("example.org/log", LOG).verifier.name
        'example.org/log'
        """
        public = Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.kind, public)

    def sign(self, message: bytes) -> bytes:
        """
        Sign a message.

        Parameters
        ----------
        message : bytes
            [1]

        Returns
        -------
        bytes
            64 of them.

        Examples
        --------
        >>> len(new_signer("example.org/log", LOG).sign(b"text"))
        64
        """
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def check_key_name(name: str) -> None:
    """
    Refuse a name for a new key that a signature line cannot hold, or that a screen cannot show.

    Parameters
    ----------
    name : str
        Of a key. [1]

    Raises
    ------
    BadKey
        If it is empty or holds a space or a plus sign.

    Examples
    --------
    >>> check_key_name("example.org/log")
    >>> check_key_name("my log")
    Traceback (most recent call last):
    varne.errors.BadKey: Key name 'my log' holds a space, a plus or a control sign; write it like 'example.org/log'.
    """
    if not name or "+" in name or any(sign.isspace() or not sign.isprintable() for sign in name):
        what = "is empty" if not name else "holds a space, a plus or a control sign"
        raise BadKey(f"Key name {name!r} {what}; write it like 'example.org/log'.")


def new_signer(name: str, kind: int) -> SignerKey:
    """
    Make a new key from the system's source of chance.

    Parameters
    ----------
    name : str
        Of whom it signs for. [1]
    kind : int
        ``LOG`` or ``COSIGNER``. [1]

    Returns
    -------
    SignerKey

    Raises
    ------
    BadKey
        If the name cannot stand in a signature line.

    Examples
    --------
    >>> new_signer("example.org/log", LOG)
    SignerKey('example.org/log', secret not shown)
    """
    check_key_name(name)
    return SignerKey(name, kind, secrets.token_bytes(_SECRET_SIZE))


def read_vkey(text: str) -> VerifierKey:
    """
    Read a public key.

    Parameters
    ----------
    text : str
        ``name+hash+base64``. [1]

    Returns
    -------
    VerifierKey

    Raises
    ------
    BadKey
        If it is malformed, its hash is not its own, its kind is not known, it is weak, or it is a secret one.

    References
    ----------
    C2SP signed-note v1.0.0, "Verifier keys".

    Examples
    --------
    >>> read_vkey("example.org/log+00000000+AAAA")
    Traceback (most recent call last):
    varne.errors.BadKey: Key 'example.org/log+00000000+AAAA' does not match its own hash (00000000); copy it again.
    """
    if _SECRET in text:
        raise BadKey("What is given is a secret key, which is not shown here; give the public one, name+hash+base64.")
    name, key = _parts(text, text)
    kind, public = key[0], key[1:]
    if kind not in (LOG, COSIGNER):
        raise BadKey(f"Key {text!r} is of kind {kind:#04x}; Varne knows Ed25519 of a log (0x01) and a cosigner (0x04).")
    check_public_key(public)
    return VerifierKey(name, kind, public)


def from_base64(written: str) -> bytes:
    """
    Read base64 that is written in the one way.

    Parameters
    ----------
    written : str
        [1]

    Returns
    -------
    bytes
        None of them where it is anything else: a second way to write the same would be a second signature.

    Examples
    --------
    >>> from_base64("AAA="), from_base64("AAB="), from_base64("A A=")
    (b'\\x00\\x00', b'', b'')
    """
    try:
        found = base64.b64decode(written, validate=True)
    except ValueError:
        return b""
    return found if base64.b64encode(found).decode() == written else b""


def write_signer(signer: SignerKey, path: Path) -> None:
    """
    Write a secret key into a new file that only its owner can read.

    Parameters
    ----------
    signer : SignerKey
        [1]
    path : Path
        Where nothing stands yet. [1]

    Raises
    ------
    BadKey
        If something stands there, for a secret is never written over, or the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "log.key"
    >>> write_signer(new_signer("example.org/log", LOG), path)
    >>> read_signer(path).name
    'example.org/log'
    """
    text = _SECRET + _written(signer.name, bytes([signer.kind]) + signer.secret, signer.verifier.key_id)
    try:
        make_folders(RealDisk(), path.parent)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    except OSError as error:
        if os.path.lexists(path):
            raise BadKey(f"{path} exists, and a key is never written over; name another file.") from None
        raise BadKey(f"Key {path} cannot be written ({error.strerror}); name a file in a folder that can.") from None
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        RealDisk().sync_folder(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)  # ours, made just now and of no use: the next try must not find it
        raise BadKey(f"Key {path} cannot be written ({error.strerror}); make room, and ask again.") from None


def read_signer(path: Path) -> SignerKey:
    """
    Read a secret key.

    Parameters
    ----------
    path : Path
        Of :func:`write_signer`. [1]

    Returns
    -------
    SignerKey

    Raises
    ------
    BadKey
        If it cannot be read, is malformed, or others than its owner can read or write the file.

    Examples
    --------
    >>> read_signer(Path("nowhere.key"))
    Traceback (most recent call last):
    varne.errors.BadKey: Key nowhere.key cannot be read (No such file or directory); name the file of the key.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = RealDisk().read(path).decode("utf-8").removesuffix("\n")
    except OSError as error:
        raise BadKey(f"Key {path} cannot be read ({error.strerror}); name the file of the key.") from None
    except UnicodeDecodeError:
        raise BadKey(f"{path} is not the file of a key; name the file of the key.") from None
    if mode & ~_MODE:
        raise BadKey(f"Key {path} can be used by others (mode {mode:03o}); say: chmod 600 {path}")
    if not text.startswith(_SECRET):
        raise BadKey(f"{path} is not the file of a secret key; name the file that 'varne record init' has written.")
    hidden = f"in {path}"
    name, key = _parts(text.removeprefix(_SECRET), hidden, public=False)
    kind, secret = key[0], key[1:]
    if kind not in (LOG, COSIGNER) or len(secret) != _SECRET_SIZE:
        raise BadKey(f"Key {hidden} is not an Ed25519 key of a log or a cosigner; make a new one.")
    signer = SignerKey(name, kind, secret)
    if _hash_of(text.removeprefix(_SECRET)) != signer.verifier.key_id:
        raise BadKey(f"Key {hidden} does not match its own hash; restore the file.")
    return signer


def _parts(text: str, shown: str, *, public: bool = True) -> tuple[str, bytes]:
    """Name and key (a byte for the kind, and the key) of a text; the hash is checked where the key is public."""
    found = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    if not found:
        raise BadKey(f"Key {shown!r} is not written as name+hash+base64; copy it again, whole.")
    name, named, written = found.groups()
    _check_read_name(name)
    key = from_base64(written)
    if not key:
        raise BadKey(f"Key {shown!r} is not valid base64; copy it again, whole.")
    if public and _key_id(name, key).hex() != named:
        raise BadKey(f"Key {shown!r} does not match its own hash ({named}); copy it again.")
    return name, key


def _check_read_name(name: str) -> None:
    """
    Refuse what no line of a note can hold, and nothing else.

    C2SP signed-note v1.0.0, "Format": a name is not empty and holds no Unicode space and no plus; others may have given
    their keys names with signs that nobody sees.
    """
    if any(sign.isspace() or "\ud800" <= sign <= "\udfff" for sign in name):
        raise BadKey(f"Key name {name!r} holds a space or half a sign; copy the key again, whole.")


def _hash_of(text: str) -> bytes:
    return bytes.fromhex(text.split("+", 2)[1])


def _key_id(name: str, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]


def _written(name: str, key: bytes, key_id: bytes | None = None) -> str:
    named = _key_id(name, key) if key_id is None else key_id
    return f"{name}+{named.hex()}+{base64.b64encode(key).decode()}"
