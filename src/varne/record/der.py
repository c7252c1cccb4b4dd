"""Elements of ASN.1 in DER: a tag, a length, a content; enough to look into a time stamp."""

from dataclasses import dataclass

from varne.errors import BadToken

SEQUENCE, SET, OCTETS, TIME = 0x30, 0x31, 0x04, 0x18  # X.690, section 8; tags of X.680
_LONG, _MOST_LENGTH_OCTETS = 0x80, 4  # X.690, section 8.1.3.5; no stamp has 2^32 octets
_MORE_TAG = 0x1F  # X.690, section 8.1.2.4: the tag goes on


@dataclass(frozen=True, slots=True)
class Element:
    """A tag, what stands in it, and both as they were written."""

    tag: int
    content: bytes
    written: bytes

    def parts(self) -> tuple["Element", ...]:
        """
        Return the elements that stand in this one.

        Returns
        -------
        tuple of Element

        Raises
        ------
        BadToken
            If something else does.

        Examples
        --------
        >>> [part.content for part in read_elements(bytes.fromhex("3006020101020102"))[0].parts()]
        [b'\\x01', b'\\x02']
        """
        return read_elements(self.content)


def read_elements(written: bytes) -> tuple[Element, ...]:
    """
    Read elements that stand one after the other.

    Parameters
    ----------
    written : bytes
        [1]

    Returns
    -------
    tuple of Element

    Raises
    ------
    BadToken
        If there is something else, or a length is not written in the one way of DER.

    Examples
    --------
    >>> read_elements(write_element(OCTETS, b"abc"))[0].content
    b'abc'
    >>> read_elements(b"\\x04\\x05abc")
    Traceback (most recent call last):
    varne.errors.BadToken: An element of DER at byte 0 has 5 bytes, of which 3 are there.
    """
    found = []
    place = 0
    while place < len(written):
        start, size = _length(written, place)
        if start + size > len(written):
            there = len(written) - start
            raise BadToken(f"An element of DER at byte {place} has {size} bytes, of which {there} are there.")
        found.append(Element(written[place], written[start : start + size], written[place : start + size]))
        place = start + size
    return tuple(found)


def write_element(tag: int, content: bytes) -> bytes:
    """
    Write an element.

    Parameters
    ----------
    tag : int
        [1]
    content : bytes
        [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> write_element(SET, bytes(200))[:4].hex()
    '3181c800'
    """
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG | len(octets)]) + octets + content


def _length(written: bytes, place: int) -> tuple[int, int]:
    """Where the content of an element begins, and how long it is."""
    if written[place] & _MORE_TAG == _MORE_TAG or place + 1 >= len(written):
        raise BadToken(f"There is no element of DER at byte {place}.")
    first = written[place + 1]
    if first < _LONG:
        return place + 2, first
    count = first - _LONG
    octets = written[place + 2 : place + 2 + count]
    size = int.from_bytes(octets, "big")
    if not 0 < count <= _MOST_LENGTH_OCTETS or len(octets) < count or octets[0] == 0 or size < _LONG:
        raise BadToken(f"The element at byte {place} has no length as DER writes it.")
    return place + 2 + count, size
