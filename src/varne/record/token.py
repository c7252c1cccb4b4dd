"""
What stands in a time stamp beside what is signed: certificates, and which of them the signer says is its own.

    TimeStampResp   status, and a token if it is granted            RFC 3161, section 2.4.2
    token           name of signed data, [0] of the data            RFC 5652, section 3
    signed data     version, digests, what is signed,               RFC 5652, section 5.1
                    [0] certificates, [1] revocations, signers
    signer          version, who, digest, [0] signed attributes,    RFC 5652, section 5.3
                    of which one names its certificate by hash      RFC 5035, section 3

Certificates and revocations are not signed: they are taken out, and those that the check may use are put in, in the
order of DER. So neither their order nor a twin of the signer's hinders it, and none that comes along is ever trusted.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varne.errors import BadToken
from varne.record.der import OCTETS, SEQUENCE, SET, TIME, Element, read_elements, write_element

_INSIDE = (0xA0, 0xA1)  # [0] and [1], constructed
_BEFORE = 3  # parts of signed data that stand before the certificates
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
# RFC 2634 section 5.4 (SHA-1) and RFC 5035 section 3 (SHA-256, unless another is named): id-aa-signingCertificate, V2
_CERTIFICATE_NAMED = {
    bytes.fromhex("2a864886f70d010910020c"): "sha1",
    bytes.fromhex("2a864886f70d010910022f"): "sha256",
}
_HASHES = {  # 2.16.840.1.101.3.4.2.1 to 3
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}


_DIGEST = bytes.fromhex("2a864886f70d010904")  # 1.2.840.113549.1.9.4: RFC 5652, section 11.2
_GRANTED = bytes.fromhex("3003020100")  # PKIStatusInfo of status 0


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signature is over, in which way: RFC 5652, section 5.4."""

    content: bytes
    attributes: bytes  # as a set, which is how they are signed
    digest: bytes  # that they say the content has
    hashed: str  # by which hash; empty where it is not known
    signature: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """
    The answer without certificates, these, the hash that names the signer's own, the fraction of the second, and what
    is signed.
    """

    answer: bytes
    certificates: tuple[bytes, ...] = ()
    named: tuple[str, bytes] | None = None
    fraction: float = 0.0  # [s]
    signed: Signed | None = None

    def names(self, certificate: bytes) -> bool:
        """
        Say whether this is the certificate that the signer says is its own.

        Parameters
        ----------
        certificate : bytes
            In DER. [1]

        Returns
        -------
        bool

        Examples
        --------
        >>> Parts(b"", named=("sha256", hashlib.sha256(b"x").digest())).names(b"x")
        True
        >>> Parts(b"").names(b"x")
        False
        """
        return self.named is not None and hashlib.new(self.named[0], certificate).digest() == self.named[1]

    def with_certificates(self, certificates: Iterable[bytes]) -> bytes:
        """
        Return the answer with certificates in it, as granted.

        RFC 3161, section 2.4.2: a stamp that was granted with modifications (status 1) is one; the library knows status
        0 alone.

        Parameters
        ----------
        certificates : iterable of bytes
            In DER. [1]

        Returns
        -------
        bytes

        Examples
        --------
        >>> signed = write_element(SEQUENCE, b"".join(write_element(OCTETS, part) for part in (b"1", b"2", b"3", b"4")))
        >>> token = write_element(SEQUENCE, write_element(OCTETS, b"name") + write_element(0xA0, signed))
        >>> answer = write_element(SEQUENCE, write_element(OCTETS, b"status") + token)
        >>> Parts(answer).with_certificates([b"bb", b"aa"]).endswith(b"aabb" + write_element(OCTETS, b"4"))
        True
        """
        whole = _only(read_elements(self.answer))
        before, after = _data(whole)[:_BEFORE], _data(whole)[_BEFORE:]
        held = write_element(_INSIDE[0], b"".join(sorted(set(certificates))))  # X.690, section 11.6: in order
        return _with_data(
            whole, (*(part.written for part in before), held, *(part.written for part in after)), status=_GRANTED
        )


def is_bare(token: bytes) -> bool:
    """
    Say whether this is a token without the answer that it came in.

    Parameters
    ----------
    token : bytes
        [1]

    Returns
    -------
    bool

    Examples
    --------
    >>> is_bare(write_element(SEQUENCE, write_element(0x06, _SIGNED_DATA)))
    True
    >>> is_bare(b"")
    False
    """
    try:
        return read_elements(token)[0].parts()[0].content == _SIGNED_DATA
    except (BadToken, IndexError):
        return False


def take_apart(answer: bytes) -> Parts:
    """
    Take the certificates out of an answer.

    Parameters
    ----------
    answer : bytes
        TimeStampResp. [1]

    Returns
    -------
    Parts

    Raises
    ------
    BadToken
        If it is not written as DER writes it.

    Examples
    --------
    >>> refused = bytes.fromhex("30053003020102")
    >>> take_apart(refused).answer == refused
    True
    """
    try:
        if not answer:
            raise BadToken("it is empty")
        whole = _only(read_elements(answer))
        if len(whole.parts()) == 1:
            return Parts(answer)
        data = _data(whole)
        kept = [part for part in data if part.tag not in _INSIDE]
        held = [part for part in data if part.tag == _INSIDE[0]]
        return Parts(
            _with_data(whole, (part.written for part in kept)),
            tuple(one.written for part in held for one in part.parts()),
            _named(_only(kept[-1].parts())),
            _fraction(kept[2]),
            _signed(kept[2], _only(kept[-1].parts())),
        )
    except (ValueError, IndexError, BadToken) as error:
        raise BadToken(f"The time stamp is not written as DER writes it ({error}).") from None


def _only(elements: Sequence[Element]) -> Element:
    (one,) = elements
    return one


def _data(answer: Element) -> tuple[Element, ...]:
    """What stands in the signed data of an answer."""
    _, token = answer.parts()
    _, wrapped = token.parts()
    return _only(wrapped.parts()).parts()


def _with_data(answer: Element, parts: Iterable[bytes], *, status: bytes | None = None) -> bytes:
    """The answer with other parts in its signed data, and perhaps another status."""
    said, token = answer.parts()
    name, wrapped = token.parts()
    data = write_element(wrapped.tag, write_element(SEQUENCE, b"".join(parts)))
    return write_element(SEQUENCE, (status or said.written) + write_element(SEQUENCE, name.written + data))


def _named(signer: Element) -> tuple[str, bytes] | None:
    """Hash of the first certificate in the signed attribute that names the signer's own."""
    for attributes in (part for part in signer.parts() if part.tag == _INSIDE[0]):
        for attribute in attributes.parts():
            name, values = attribute.parts()
            if name.content in _CERTIFICATE_NAMED:
                certificates = _only(values.parts()).parts()[0]
                identity = certificates.parts()[0].parts()
                return _hash(identity, _CERTIFICATE_NAMED[name.content])
    return None


def _hash(identity: Sequence[Element], usual: str) -> tuple[str, bytes] | None:
    if identity[0].tag == OCTETS:
        return usual, identity[0].content
    algorithm = _HASHES.get(identity[0].parts()[0].content)
    return None if algorithm is None else (algorithm, identity[1].content)


def _signed(encapsulated: Element, signer: Element) -> Signed | None:
    """Nothing where no attributes are signed: RFC 3161 asks for them."""
    content = _only(_only(encapsulated.parts()[1:]).parts()).content
    parts = signer.parts()
    attributes = next((part for part in parts if part.tag == _INSIDE[0]), None)
    if attributes is None:
        return None
    rows = (attribute.parts() for attribute in attributes.parts())
    said = next((_only(values.parts()).content for name, values in rows if name.content == _DIGEST), b"")
    hashed = _HASHES.get(parts[2].parts()[0].content, "")
    signature = [part.content for part in parts if part.tag == OCTETS][-1]
    return Signed(content, write_element(SET, attributes.content), said, hashed, signature)


def _fraction(signed: Element) -> float:
    """Of the second at which it was stamped: the library reads whole seconds."""
    content = _only(read_elements(_only(signed.parts()[1].parts()).content))
    time = _only([part for part in content.parts() if part.tag == TIME])
    _, point, digits = time.content.decode("ascii").removesuffix("Z").partition(".")
    return int(digits) / 10 ** len(digits) if point else 0.0
