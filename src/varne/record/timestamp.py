"""
Time stamps: an authority says that it saw these bytes, and when (RFC 3161).

What is kept is the answer as it came, so that openssl can check the same. Certificates are judged at the time of the
stamp, not at that of the check: a genuine old stamp would fail once the authority's certificate has run out.
"""

import time as clock
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.x509 import (
    Certificate,
    ExtensionNotFound,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.extensions import ExtendedKeyUsage
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

from varne.errors import BadInput, BadToken

_PEM = b"-----BEGIN CERTIFICATE-----"
_GRANTED = 0  # RFC 3161, section 2.4.2
_LARGEST = 1 << 20  # bytes of an answer that are read
_MILLI, _MICRO = 1e-3, 1e-6


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
        If no answer came.

    Examples
    --------
    >>> ask_authority("http://127.0.0.1:9/", Request(b"", 1), tries=1)
    Traceback (most recent call last):
    varne.errors.BadToken: http://127.0.0.1:9/ gave no time stamp in 1 tries (...); the record is whole without it: ...
    """
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"authority is {url!r}; write its address as http://... or https://...")
    why = ""
    for number in range(tries):
        if number:
            pause(wait * 2 ** (number - 1))
        asked = urllib.request.Request(
            url,
            request.written,
            {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=timeout) as answer:
                return bytes(answer.read(_LARGEST))
        except (urllib.error.URLError, OSError, ValueError) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
    raise BadToken(
        f"{url} gave no time stamp in {tries} tries ({why}); the record is whole without it: ask again later."
    )


def read_certificates(written: bytes) -> list[Certificate]:
    """
    Read certificates.

    Parameters
    ----------
    written : bytes
        PEM, one or more; or one in DER. [1]

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
        if _PEM in written:
            return list(load_pem_x509_certificates(written))
        return [load_der_x509_certificate(written)]
    except ValueError:
        raise BadInput("The certificates cannot be read; give a file in PEM, or one certificate in DER.") from None


def check_token(
    token: bytes,
    message: bytes,
    *,
    roots: Sequence[Certificate],
    chain: Sequence[Certificate] = (),
    nonce: int | None = None,
    authority: str | None = None,
) -> Stamped:
    """
    Check a stamp over a message.

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

    Returns
    -------
    Stamped

    Raises
    ------
    BadToken
        If it is no stamp, over other bytes, or not by such an authority: what was expected, what was found.

    Examples
    --------
    >>> check_token(b"", b"", roots=[])
    Traceback (most recent call last):
    varne.errors.BadToken: A time stamp is a TimeStampResp of RFC 3161; this one cannot be read (...).
    """
    answer = _read(token)
    signer = _signer(answer, [*chain, *roots])
    builder = VerifierBuilder(
        roots=list(roots), intermediates=list(chain), nonce=nonce, common_name=authority, tsa_certificate=signer[1]
    )
    info = answer.tst_info
    try:
        builder.build().verify_message(answer, message)
    except (VerificationError, ValueError) as error:
        raise BadToken(_sentence(str(error), answer, message, signer[0])) from None
    return Stamped(
        info.gen_time.timestamp(),
        _accuracy(answer),
        "unknown" if signer[0] is None else signer[0].subject.rfc4514_string(),
        info.policy.dotted_string,
        info.serial_number,
    )


def _read(token: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(token)
        status = answer.status
    except ValueError as error:
        bare = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in token[:20]  # the name of signed data stands at once
        why = "a bare token, which openssl reads with -token_in" if bare else str(error).strip() or "it is empty"
        raise BadToken(f"A time stamp is a TimeStampResp of RFC 3161; this one cannot be read ({why}).") from None
    if status != _GRANTED:
        said = "; ".join(answer.status_string) or "no reason given"
        raise BadToken(f"The authority did not grant the stamp: status {status} ({said}).")
    return answer


def _signer(answer: TimeStampResponse, known: Sequence[Certificate]) -> tuple[Certificate | None, Certificate | None]:
    """The certificate that signed, and the same again where it does not stand in the token itself."""
    try:
        signers = list(answer.signed_data.signer_infos)
        held = [load_der_x509_certificate(one) for one in answer.signed_data.certificates]
    except ValueError as error:
        raise BadToken(f"The certificates of the time stamp cannot be read ({error}).") from None
    if len(signers) != 1:
        raise BadToken(f"A time stamp has one signer; this one has {len(signers)}.")
    wanted = (signers[0].issuer, signers[0].serial_number)
    inside = next((one for one in held if (one.issuer, one.serial_number) == wanted), None)
    if inside is not None:
        return inside, None
    outside = next((one for one in known if (one.issuer, one.serial_number) == wanted), None)
    if outside is None:
        raise BadToken(
            f"The time stamp does not hold the certificate that signed it (serial {wanted[1]}, by "
            f"{wanted[0].rfc4514_string()}); give it beside the roots."
        )
    return outside, None if held else outside


def _sentence(why: str, answer: TimeStampResponse, message: bytes, signer: Certificate | None) -> str:
    """What was expected and what was found, in place of the library's few words."""
    name = "unknown" if signer is None else signer.subject.rfc4514_string()
    if "Mismatch between messages" in why:
        found = answer.tst_info.message_imprint.message.hex()
        return (
            f"The time stamp is over other bytes: it names the hash {found}; these {len(message)} bytes have another."
        )
    if "Nonce" in why:
        return f"The time stamp answers another request: its nonce is {answer.tst_info.nonce}."
    if "name provided" in why:
        return f"The time stamp is by {name}; another authority was expected."
    if "EKU" in why or not _may_stamp(signer):
        return f"The certificate of {name} is not made for time stamping."
    return f"The time stamp of {name} is not borne out by the roots that are trusted, or was changed ({why})."


def _may_stamp(signer: Certificate | None) -> bool:
    try:
        uses = None if signer is None else signer.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except ExtensionNotFound:
        return False
    return uses is None or ExtendedKeyUsageOID.TIME_STAMPING in uses


def _accuracy(answer: TimeStampResponse) -> float | None:
    accuracy: Accuracy | None = answer.tst_info.accuracy
    if accuracy is None:
        return None
    return accuracy.seconds + (accuracy.millis or 0) * _MILLI + (accuracy.micros or 0) * _MICRO
