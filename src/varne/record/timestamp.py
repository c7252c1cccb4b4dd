"""
Time stamps: an authority says that it saw these bytes, and when (RFC 3161).

What is kept is the answer as it came, so that openssl can check the same. Certificates are judged at the time of the
stamp, not at that of the check: a genuine old stamp would fail once the authority's certificate has run out.
"""

import contextlib
import hashlib
import re
import time as clock
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import (
    Certificate,
    DuplicateExtension,
    ExtendedKeyUsage,
    ExtensionNotFound,
    InvalidVersion,
    UnsupportedGeneralNameType,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    Accuracy,
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from varne.errors import BadInput, BadToken, NoAnswer, UnnamedAuthority
from varne.record.post import check_address, post
from varne.record.token import Parts, is_bare, take_apart

_PEM = b"-----BEGIN CERTIFICATE-----"
_GRANTED = (0, 1)  # granted, and granted with modifications: RFC 3161, section 2.4.2
# What the libraries say of certificates and names that are no such things; a serial below 1 is a warning yet.
_UNREADABLE = (
    ValueError, TypeError, KeyError, InvalidVersion, DuplicateExtension, UnsupportedGeneralNameType,
    CryptographyDeprecationWarning,
)  # fmt: skip
_MILLI, _MICRO = 1e-3, 1e-6
_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}
_DONE = 200  # of HTTP
_AGAIN = {408, 429, *range(500, 600)}  # answers of a server after which it is worth while to ask again


@dataclass(frozen=True, slots=True)
class Request:
    """What an authority is sent: the request, and the number that its answer must repeat."""

    written: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp says, once it is checked."""

    time: float  # [s]
    accuracy: float | None  # [s]; nothing where the authority does not say
    authority: str
    policy: str
    serial: int


def new_request(message: bytes) -> Request:
    """
    Ask for a stamp over a message; the authority sees its hash alone.

    Parameters
    ----------
    message : bytes
        Exactly what is to be stamped. [1]

    Returns
    -------
    Request

    Examples
    --------
    >>> new_request(b"a checkpoint").nonce > 0
    True
    """
    builder = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return Request(request.as_bytes(), request.nonce or 0)


def ask_authority(
    url: str,
    request: Request,
    *,
    tries: int = 3,
    wait: float = 2.0,
    timeout: float = 30.0,
    pause: Callable[[float], None] = clock.sleep,
) -> bytes:
    """
    Send a request to an authority, again when the network fails.

    Parameters
    ----------
    url : str
        Of the authority. [1]
    request : Request
        [1]
    tries : int, optional
        How often. [1]
    wait : float, optional
        Before the second try; twice as long before each further one. [s]
    timeout : float, optional
        For an answer. [s]
    pause : callable, optional
        What waits. [1]

    Returns
    -------
    bytes
        The answer as it came.

    Raises
    ------
    BadToken
        If no answer came, or what came is no stamp for this request.

    Examples
    --------
    >>> ask_authority("http://127.0.0.1:9/", Request(b"", 1), tries=1)
    Traceback (most recent call last):
    varne.errors.BadToken: http://127.0.0.1:9/ gave no time stamp in 1 tries (...); the record is whole without it: ...
    """
    check_address(url, "authority")
    why = ""
    for number in range(tries):
        if number:
            pause(wait * 2 ** (number - 1))
        try:
            reply = post(url, request.written, kind="application/timestamp-query", timeout=timeout)
        except NoAnswer as error:
            why = str(error)
            continue
        if reply.status == _DONE:
            _check_answers(reply.body, request)
            return reply.body
        why = f"it answered {reply.status} {reply.words}".strip()
        if reply.status not in _AGAIN:
            break
    raise BadToken(
        f"{url} gave no time stamp in {number + 1} tries ({why}); the record is whole without it: ask again later."
    )


def _check_answers(answer: bytes, request: Request) -> None:
    """What is kept is a stamp for what was asked; whether the authority is believed needs its certificates."""
    info = _read(answer)[0].tst_info
    if info.nonce != request.nonce or info.message_imprint.message not in request.written:
        raise BadToken(
            f"The authority stamped another request: its nonce is {info.nonce}, that of the request {request.nonce}."
        )


def read_certificates(written: bytes, where: str = "") -> list[Certificate]:
    """
    Read certificates.

    Parameters
    ----------
    written : bytes
        PEM, one or more; or one in DER. [1]
    where : str, optional
        What the sentence that refuses it begins with. [1]

    Returns
    -------
    list of Certificate

    Raises
    ------
    BadInput
        If it is neither.

    Examples
    --------
    >>> read_certificates(b"none")
    Traceback (most recent call last):
    varne.errors.BadInput: The certificates cannot be read; give a file in PEM, or one certificate in DER.
    """
    try:
        found = load_pem_x509_certificates(written) if _PEM in written else [load_der_x509_certificate(written)]
        return [_whole(one) for one in found]
    except _UNREADABLE:
        raise BadInput(
            f"{where}The certificates cannot be read; give a file in PEM, or one certificate in DER."
        ) from None


def check_token(
    token: bytes,
    message: bytes,
    *,
    roots: Sequence[Certificate],
    chain: Sequence[Certificate] = (),
    nonce: int | None = None,
    authority: str | None = None,
    certificate: Certificate | None = None,
) -> Stamped:
    """
    Check a stamp over a message.

    Whether a certificate was revoked is not looked up: that needs the authority's lists of the time.

    Parameters
    ----------
    token : bytes
        The answer of an authority (TimeStampResp). [1]
    message : bytes
        What it should be over. [1]
    roots : sequence of Certificate
        That are trusted. [1]
    chain : sequence of Certificate, optional
        Between these and the authority, and its own where the token does not hold it. [1]
    nonce : int, optional
        Of the request. [1]
    authority : str, optional
        Subject of its certificate as RFC 4514 writes it, where only one is trusted. [1]
    certificate : Certificate, optional
        Of the authority, where only this one is trusted. [1]

    Returns
    -------
    Stamped

    Raises
    ------
    BadToken
        If it is no stamp, over other bytes, or not by such an authority: what was expected, what was found.
    UnnamedAuthority
        If all that is wrong with it is that no root leads to who stamped it.

    References
    ----------
    RFC 3161, sections 2.3 and 2.4.2; RFC 5035, section 3.

    Examples
    --------
    >>> check_token(b"", b"", roots=[])
    Traceback (most recent call last):
    varne.errors.BadToken: A time stamp is a TimeStampResp of RFC 3161; this one cannot be read (...).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # lengths of names, which are for the authority to mend
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        answer, parts = _read(token)
        _check_message(answer, message)
        if nonce not in (None, answer.tst_info.nonce):
            found = answer.tst_info.nonce
            raise BadToken(f"The time stamp answers another request: its nonce is {found}; expected was {nonce}.")
        held = list(_held(parts))
        signer = _signer(answer, parts, [*held, *chain, *roots, *([] if certificate is None else [certificate])])
        _check_pinned(signer, authority, certificate)
        _check_use(signer)
        _check_signature(parts, message, signer, roots=roots, between=[*held, *chain])
    return _stamped(answer, parts, signer)


def _stamped(answer: TimeStampResponse, parts: Parts, signer: Certificate) -> Stamped:
    info = answer.tst_info
    return Stamped(
        info.gen_time.timestamp() + parts.fraction,
        _accuracy(answer),
        signer.subject.rfc4514_string(),
        info.policy.dotted_string,
        info.serial_number,
    )


def _check_pinned(signer: Certificate, authority: str | None, certificate: Certificate | None) -> None:
    name = signer.subject.rfc4514_string()
    if authority not in (None, name):
        raise BadToken(f"The time stamp is by {name!r}; expected was {authority!r}.")
    if certificate not in (None, signer):
        raise BadToken(f"The time stamp is by another certificate of {name!r}: serial {signer.serial_number:x}.")


def _read(token: bytes) -> tuple[TimeStampResponse, Parts]:
    """The answer, without its certificates; and these."""
    try:
        parts = take_apart(token)
        answer = decode_timestamp_response(parts.answer)
        status = answer.status
        if status in _GRANTED:
            _ = answer.tst_info.gen_time, [one.issuer for one in answer.signed_data.signer_infos]  # in full, or not
    except (*_UNREADABLE, BadToken) as error:
        why = "a bare token, which openssl reads with -token_in" if is_bare(token) else str(error)
        raise BadToken(
            f"A time stamp is a TimeStampResp of RFC 3161; this one cannot be read ({why.rstrip('.')})."
        ) from None
    if status not in _GRANTED:
        said = "; ".join(answer.status_string) or "no reason given"
        raise BadToken(f"The authority did not grant the stamp: status {status} ({said}).")
    return answer, parts


def _check_message(answer: TimeStampResponse, message: bytes) -> None:
    imprint = answer.tst_info.message_imprint
    algorithm = _HASHES.get(imprint.hash_algorithm.dotted_string)
    if algorithm is None:
        raise BadToken(
            f"The time stamp is over a hash of kind {imprint.hash_algorithm.dotted_string}; "
            f"known are {', '.join(_HASHES.values())}."
        )
    found = hashlib.new(algorithm, message).hexdigest()
    if imprint.message.hex() != found:
        raise BadToken(
            f"The time stamp is over other bytes: it names the {algorithm} {imprint.message.hex()}; "
            f"that of these {len(message)} bytes is {found}."
        )


def _held(parts: Parts) -> Iterator[Certificate]:
    """Certificates that came along; one that cannot be read is none."""
    for one in parts.certificates:
        with contextlib.suppress(*_UNREADABLE):
            yield _whole(load_der_x509_certificate(one))


def _whole(certificate: Certificate) -> Certificate:
    """Read what we look at: the library reads a certificate bit by bit, when it is asked, and fails then."""
    _ = certificate.issuer, certificate.subject, certificate.serial_number, certificate.extensions
    return certificate


def _signer(answer: TimeStampResponse, parts: Parts, known: Iterable[Certificate]) -> Certificate:
    """The certificate of the signer's issuer and serial; its hash is signed too, so that no twin takes its place."""
    signers = list(answer.signed_data.signer_infos)
    if len(signers) != 1:
        raise BadToken(f"A time stamp has one signer; this one has {len(signers)}.")
    wanted = (signers[0].issuer, signers[0].serial_number)
    found = [one for one in known if (one.issuer, one.serial_number) == wanted]
    if not found:
        raise BadToken(
            f"The time stamp does not hold the certificate that signed it (serial {wanted[1]:x}, by "
            f"{wanted[0].rfc4514_string()}); give it beside the roots."
        )
    named = [one for one in found if parts.names(one.public_bytes(Encoding.DER))]
    if not named:
        raise BadToken(
            f"The certificate of {found[0].subject.rfc4514_string()} (serial {wanted[1]:x}) is not the one whose hash "
            "the time stamp names; ask the authority for it."
        )
    return named[0]


def _check_use(signer: Certificate) -> None:
    """RFC 3161, section 2.3: it is made for time stamping, for nothing else, and says so critically."""
    try:
        use = signer.extensions.get_extension_for_class(ExtendedKeyUsage)
        fit = use.critical and list(use.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    except ExtensionNotFound:
        fit = False
    if not fit:
        name = signer.subject.rfc4514_string()
        raise BadToken(f"The certificate of {name} is not made for time stamping alone, so it cannot stamp.")


def _check_signature(
    parts: Parts,
    message: bytes,
    signer: Certificate,
    *,
    roots: Sequence[Certificate],
    between: Iterable[Certificate],
) -> None:
    """
    Signature and chain, at the time of the stamp.

    The library trusts every self-signed certificate that it is given beside the answer, as root, intermediate or
    authority: so it is given the roots alone, and all others in the answer, where none is trusted.
    """
    others = [one for one in between if (one.issuer, one.serial_number) != (signer.issuer, signer.serial_number)]
    answer = parts.with_certificates(one.public_bytes(Encoding.DER) for one in (signer, *others))
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(decode_timestamp_response(answer), message)
    except (VerificationError, ValueError) as error:
        trusted = ", ".join(one.subject.rfc4514_string() for one in roots) or "none"
        if not _leads(signer, roots, others) and _signs(parts, signer):
            name = signer.subject.rfc4514_string()
            why = f"is not borne out by the roots that are trusted ({trusted}): none of them leads to it."
            raise UnnamedAuthority(f"The time stamp of {name} {why}", name) from None
        raise BadToken(
            f"The time stamp of {signer.subject.rfc4514_string()} is not borne out by the roots that are trusted "
            f"({trusted}), or was changed: {_reason(str(error))}."
        ) from None


def _leads(signer: Certificate, roots: Sequence[Certificate], others: Sequence[Certificate]) -> bool:
    """Whether one certificate after the other, by name and signature, leads from the signer to a root."""
    reached, new = set[Certificate](), {signer}
    while new:
        if new & set(roots):
            return True
        reached |= new
        new = {above for one in new for above in (*roots, *others) if _issued(above, one)} - reached
    return False


def _issued(above: Certificate, one: Certificate) -> bool:
    try:
        one.verify_directly_issued_by(above)
    except (*_UNREADABLE, InvalidSignature):
        return False
    return True


def _signs(parts: Parts, signer: Certificate) -> bool:
    """Whether the stamp is signed with the key of a certificate, whoever issued that."""
    signed, key = parts.signed, signer.public_key()
    if signed is None or not signed.hashed or hashlib.new(signed.hashed, signed.content).digest() != signed.digest:
        return False
    kinds = {"sha256": SHA256(), "sha384": SHA384(), "sha512": SHA512()}
    kind = kinds[signed.hashed]
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signed.signature, signed.attributes, ECDSA(kind))
        elif isinstance(key, RSAPublicKey):
            key.verify(signed.signature, signed.attributes, PKCS1v15(), kind)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _reason(why: str) -> str:
    """The words that matter in what the library hands on from openssl."""
    found = re.findall(r'(?:reason: |data: "Verify error: ?|data: ")"?([^"]+)"', why)
    return "; ".join(found) or why


def _accuracy(answer: TimeStampResponse) -> float | None:
    accuracy: Accuracy | None = answer.tst_info.accuracy
    if accuracy is None:
        return None
    return accuracy.seconds + (accuracy.millis or 0) * _MILLI + (accuracy.micros or 0) * _MICRO
