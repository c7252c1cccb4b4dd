"""
Signed notes: a text, an empty line, and lines of signatures (C2SP signed-note v1.0.0).

    text, which ends in a newline

    — name base64(four bytes that name the key, then the signature)

Signatures of unknown keys are passed over; one of a known key that does not verify condemns the whole note, and a note
that no known key has signed says nothing at all.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from varne.errors import BadNote
from varne.record.keys import LOG, SignerKey, VerifierKey, from_base64

_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)\n")
_MOST_SIGNATURES = 100  # as the Go checksum database does; sixteen must be taken
_ID_SIZE = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """A line under a note: the name, the four bytes that name the key, and what it signed with."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """
        Return the line, with its newline.

        Returns
        -------
        str

        Examples
        --------
        >>> Signature("example.org/log", bytes(4), b"abc").line
        '— example.org/log AAAAAGFiYw==\\n'
        """
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the lines under it; nothing of it is to be believed before :func:`open_note` has looked."""

    text: str
    signatures: tuple[Signature, ...]


def parse_note(written: bytes) -> Note:
    """
    Take a note apart; no signature is checked.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]

    Returns
    -------
    Note

    Raises
    ------
    BadNote
        If it is malformed: what was expected, and where.

    Examples
    --------
    >>> parse_note("text\\n\\n— name AAAAAGFiYw==\\n".encode()).text
    'text\\n'
    >>> parse_note(b"text")
    Traceback (most recent call last):
    varne.errors.BadNote: A signed note has an empty line and a line of signature under its text; this one has not.
    """
    try:
        note = written.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadNote(f"A signed note is UTF-8 text; byte {error.start} of this one is not.") from None
    if stray := next((sign for sign in note if sign < " " and sign != "\n"), None):
        raise BadNote(f"A signed note holds no control sign but newlines; this one holds {stray!r}.")
    text, gap, under = note.rpartition("\n\n")
    if not gap or not under:
        raise BadNote("A signed note has an empty line and a line of signature under its text; this one has not.")
    lines = under.splitlines(keepends=True)
    if len(lines) > _MOST_SIGNATURES:
        raise BadNote(f"A note with {len(lines)} signatures is not looked at; {_MOST_SIGNATURES} are the most.")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def open_note(written: bytes, known: Sequence[VerifierKey]) -> tuple[str, tuple[VerifierKey, ...]]:
    """
    Return the text of a note, and which keys have signed it.

    Parameters
    ----------
    written : bytes
        As it stands in a file. [1]
    known : sequence of VerifierKey
        Keys that sign texts as they are (kind ``LOG``). [1]

    Returns
    -------
    text : str
    keys : tuple of VerifierKey
        In the order of their lines, each once.

    Raises
    ------
    BadNote
        If it is malformed, a known key's signature is wrong, or no known key has signed.

    Examples
    --------
    >>> from varne.record.keys import new_signer
    >>> signer = new_signer("example.org/log", LOG)
    >>> text, keys = open_note(sign_note("text\\n", [signer]), [signer.verifier])
    >>> text, [key.name for key in keys]
    ('text\\n', ['example.org/log'])
    """
    note = parse_note(written)
    keys = {(key.name, key.key_id): key for key in known if key.kind == LOG}
    found: dict[VerifierKey, None] = {}
    for line in note.signatures:
        key = keys.get((line.name, line.key_id))
        if key is None:
            continue
        # signed-note v1.0.0, "Signatures": every line of a known key must verify, also a second one.
        if not key.verifies(note.text.encode(), line.signature):
            raise BadNote(f"The signature of {key.name} ({key.key_id.hex()}) is not over this text: it was changed.")
        found[key] = None
    if not found:
        signed = ", ".join(f"{line.name} ({line.key_id.hex()})" for line in note.signatures)
        asked = ", ".join(f"{key.name} ({key.key_id.hex()})" for key in known) or "nobody"
        raise BadNote(f"The note is signed by {signed}, but by none that is believed here: {asked}.")
    return note.text, tuple(found)


def sign_note(text: str, signers: Sequence[SignerKey]) -> bytes:
    """
    Sign a text.

    Parameters
    ----------
    text : str
        Which ends in a newline. [1]
    signers : sequence of SignerKey
        Of kind ``LOG``, in the order of their lines. [1]

    Returns
    -------
    bytes

    Raises
    ------
    BadNote
        If the text cannot stand in a note, nobody signs, or a key is one that countersigns.

    Examples
    --------
    >>> from varne.record.keys import new_signer
    >>> sign_note("text\\n", [new_signer("example.org/log", LOG)]).decode().splitlines()[2][:18]
    '— example.org/log '
    """
    _check_signable(text, signers)
    lines = [Signature(key.name, key.verifier.key_id, key.sign(text.encode())).line for key in signers]
    return f"{text}\n{''.join(lines)}".encode()


def _check_signable(text: str, signers: Sequence[SignerKey]) -> None:
    if not text.endswith("\n") or any(sign < " " and sign != "\n" for sign in text):
        raise BadNote(f"A text to sign ends in a newline and holds no other control sign; this one is {text[-20:]!r}.")
    if not signers:
        raise BadNote("A note is signed by one key or more; none is given.")
    if other := next((key.name for key in signers if key.kind != LOG), None):
        # Whoever could have any text signed by it could have a cosignature written in its name.
        raise BadNote(f"Key {other} countersigns; a text is signed by a key of its own, made for a log.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadNote(
            f"A text to sign is UTF-8; sign {error.start} of this one, {text[error.start]!r}, is not."
        ) from None


def _signature(line: str) -> Signature:
    shown = line.rstrip("\n")
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    found = _LINE.fullmatch(line)
    if not found:
        raise BadNote(f"A line of signature is '— name base64' and a newline; this one is {shown!r}.")
    name, written = found.groups()
    both = from_base64(written)
    if len(both) <= _ID_SIZE:
        raise BadNote(f"The signature in {shown!r} is not valid base64 of more than {_ID_SIZE} bytes.")
    return Signature(name, both[:_ID_SIZE], both[_ID_SIZE:])
