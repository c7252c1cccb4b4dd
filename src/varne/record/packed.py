"""
Entries packed in a file: two bytes of length before each, the larger first (C2SP tlog-tiles v0.1.0, "Log entries").

Beside them, in a form of our own, the bodies that leaves commit to: a line each with the number of the entry, the salt
in hexadecimal and the event, whose canonical JSON holds no newline.
"""

import struct
from collections.abc import Iterable, Sequence

from varne.errors import BadEntry, BadRecord

_LENGTH = struct.Struct(">H")
_MOST_BYTES = 2**16 - 1  # what the length can say


def pack(entries: Iterable[bytes]) -> bytes:
    """
    Pack entries.

    Parameters
    ----------
    entries : iterable of bytes
        [1]

    Returns
    -------
    bytes

    Raises
    ------
    BadEntry
        If one is too long for its length to be written.

    Examples
    --------
    >>> pack([b"ab", b""])
    b'\\x00\\x02ab\\x00\\x00'
    """
    packed = []
    for entry in entries:
        if len(entry) > _MOST_BYTES:
            raise BadEntry(f"An entry has {len(entry)} bytes; {_MOST_BYTES} are the most.")
        packed += [_LENGTH.pack(len(entry)), entry]
    return b"".join(packed)


def unpack(packed: bytes, count: int) -> list[bytes]:
    """
    Take entries out of a file.

    Parameters
    ----------
    packed : bytes
        [1]
    count : int
        How many there are. [1]

    Returns
    -------
    list of bytes

    Raises
    ------
    BadRecord
        If there are more or fewer, or one is cut off.

    Examples
    --------
    >>> unpack(pack([b"ab", b""]), 2)
    [b'ab', b'']
    >>> unpack(b"\\x00\\x02a", 1)
    Traceback (most recent call last):
    varne.errors.BadRecord: entry 0 of the file is cut off: 2 bytes were expected, 1 are there
    """
    entries: list[bytes] = []
    place = 0
    while place < len(packed):
        if place + _LENGTH.size > len(packed):
            raise BadRecord(f"entry {len(entries)} of the file is cut off within its length")
        (length,) = _LENGTH.unpack_from(packed, place)
        place += _LENGTH.size
        entry = packed[place : place + length]
        if len(entry) < length:
            raise BadRecord(
                f"entry {len(entries)} of the file is cut off: {length} bytes were expected, {len(entry)} are there"
            )
        entries.append(entry)
        place += length
    if len(entries) != count:
        raise BadRecord(f"the file holds {len(entries)} entries; {count} were expected")
    return entries


def write_bodies(bodies: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """
    Write what leaves commit to.

    Parameters
    ----------
    bodies : iterable of (int, bytes, bytes)
        Number of the entry, salt, event. [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> write_bodies([(7, b"\\x00\\xff", b"{}")])
    b'7 00ff {}\\n'
    """
    return b"".join(b"%d %s %s\n" % (index, salt.hex().encode(), event) for index, salt, event in bodies)


def read_bodies(written: bytes, between: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
    """
    Read what leaves commit to.

    Parameters
    ----------
    written : bytes
        Of :func:`write_bodies`. [1]
    between : sequence of int
        Numbers of entries that may stand in this file, a range. [1]

    Returns
    -------
    dict of int to (bytes, bytes)
        Salt and event, by the number of the entry.

    Raises
    ------
    BadRecord
        If a line is malformed, or of an entry that does not belong here.

    Examples
    --------
    >>> read_bodies(b"7 00ff {}\\n", range(256))
    {7: (b'\\x00\\xff', b'{}')}
    """
    found: dict[int, tuple[bytes, bytes]] = {}
    lines = written.split(b"\n")
    if lines.pop():
        raise BadRecord("the last line is cut off")
    for line in lines:
        number, _, rest = line.partition(b" ")
        salt, gap, event = rest.partition(b" ")
        try:
            index, salted = int(number), bytes.fromhex(salt.decode("ascii"))
            sound = bool(gap) and str(index).encode() == number and salted.hex().encode() == salt
        except ValueError:
            sound = False
        if not sound:
            raise BadRecord(f"a line is a number, a salt and an event; this one begins {line[:40]!r}")
        if index not in between or index in found:
            raise BadRecord(f"a body of entry {index} stands where it does not belong, or twice")
        found[index] = salted, event
    return found
