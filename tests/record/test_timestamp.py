"""Promises about time stamps."""

import datetime
import hashlib
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.authority import Authority, need_openssl, openssl_verifies, serve

from varne.errors import BadInput, BadToken, UnnamedAuthority
from varne.record.der import SEQUENCE, read_elements, write_element
from varne.record.timestamp import Request, ask_authority, check_token, new_request, read_certificates
from varne.record.token import take_apart

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors" / "rfc3161"
MESSAGE = b"example.org/log\n7\n...\n"
SIGSTAGE, TEST = "CN=sigstore-tsa,O=sigstore.dev", "CN=Test TSA Timestamping,O=local"
# Who stamped, when (UTC), and whether it holds: RECORD of the tokens, from `openssl ts -reply -text` and the makers'
# own words about each file.
TOKENS = {
    "sigstage/response-sha256": (SIGSTAGE, "2025-05-09T11:58:55", True),
    "sigstage/response-sha384": (SIGSTAGE, "2025-05-09T11:58:55", True),
    "sigstage/response-sha512": (SIGSTAGE, "2025-05-09T11:58:56", True),
    "sigstage/response-no-embedded-cert": (SIGSTAGE, "2025-06-18T08:13:02", True),
    "sigstage/response-invalid-signature": (SIGSTAGE, "2025-05-09T11:58:55", False),
    "sigstore.mock/response-expired": ("O=sigstore.mock,CN=tsa signing", "2023-02-01T00:00:00", True),
    "identrust/issue-104": ("CN=TrustID Timestamp Authority,O=IdenTrust,C=US", "2025-03-11T08:52:08", True),
    "test_tsa/response": (TEST, "2024-10-08T15:40:32", True),
    "test_tsa/other_response": (TEST, "2024-10-31T13:31:44", False),
    "test_tsa/response-injected-certs": (TEST, "2024-10-08T15:40:32", True),
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    need_openssl()
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stamped(authority):
    """A request over the message, and its answer."""
    request = new_request(MESSAGE)
    return request, authority.reply(request.written)


def vector(name):
    """A token, what it is over, and its roots and the rest of its chain."""
    path = VECTORS / f"{name}.tsr"
    if not path.exists():
        pytest.skip("needs the time stamps of rfc3161-client beside the checkout")
    payload = path.with_name("payload")
    message = payload.read_bytes() if payload.exists() else b"hello"
    certificates = read_certificates(path.with_name("ts_chain.pem").read_bytes())
    roots = [one for one in certificates if one.issuer == one.subject]
    return path.read_bytes(), message, roots, [one for one in certificates if one not in roots]


def pem(certificates):
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def seconds(text):
    return int(datetime.datetime.fromisoformat(f"{text}+00:00").timestamp())


def holds(token, message, roots, chain):
    try:
        check_token(token, message, roots=roots, chain=chain)
    except BadToken:
        return False
    return True


def test_a_stamp_that_was_granted_with_modifications_holds(authority, stamped):
    """RFC 3161, section 2.4.2: status 1 is a stamp too; what was rejected is none."""
    _, answer = stamped
    whole = read_elements(answer)[0]
    _, token = whole.parts()
    for status, granted in ((1, True), (0, True), (2, False)):
        said = bytes([0x30, 3, 2, 1, status])
        changed = write_element(SEQUENCE, said + token.written)
        assert holds(changed, MESSAGE, [authority.root], [authority.middle]) is granted, status


@pytest.mark.parametrize("name", [name for name, (_, _, sound) in TOKENS.items() if sound])
def test_a_sound_stamp_whose_root_nobody_named_is_told_from_a_broken_one(name, authority):
    """By elliptic curves and by RSA; the exception names who stamped."""
    token, message, _, chain = vector(name)
    with pytest.raises(BadToken) as told:
        check_token(token, message, roots=[authority.root], chain=chain)
    who = TOKENS[name][0]
    assert isinstance(told.value, UnnamedAuthority) and told.value.authority == who
    with pytest.raises(BadToken) as told:
        check_token(token[:-1] + bytes([token[-1] ^ 1]), message, roots=[authority.root], chain=chain)
    assert not isinstance(told.value, UnnamedAuthority)


@pytest.mark.parametrize("name", TOKENS)
def test_the_published_tokens_come_out_as_they_say(name):
    """Eight of ten hold, also those whose certificates have run out since; they say who and when."""
    token, message, roots, chain = vector(name)
    who, when, good = TOKENS[name]
    if not good:
        with pytest.raises(BadToken, match=r"is not borne out by the roots|not the one whose hash"):
            check_token(token, message, roots=roots, chain=chain)
        return
    found = check_token(token, message, roots=roots, chain=chain, authority=who)
    assert (found.authority, found.time) == (who, seconds(when))


@pytest.mark.parametrize("name", TOKENS)
def test_openssl_agrees_at_the_time_of_the_stamp(name, tmp_path):
    """On the message itself and on another one."""
    token, message, roots, chain = vector(name)
    for words in (message, message + b"\n"):
        theirs = openssl_verifies(tmp_path, token, words, pem(roots), pem(chain), seconds(TOKENS[name][1]))
        assert holds(token, words, roots, chain) is theirs


def test_a_certificate_put_beside_the_signers_does_not_change_who_stamped():
    """Where the name that was put in is the only one trusted, the stamp is refused."""
    token, message, roots, chain = vector("test_tsa/response-injected-certs")
    with pytest.raises(BadToken, match=rf"is by '{TEST}'; expected was 'CN=Spoofed TSA'"):
        check_token(token, message, roots=roots, chain=chain, authority="CN=Spoofed TSA")
    held = [x509.load_der_x509_certificate(one) for one in take_apart(token).certificates]
    for one in held:
        if one not in chain:
            with pytest.raises(BadToken, match="by another certificate"):
                check_token(token, message, roots=roots, chain=chain, certificate=one)
    true = next(one for one in chain if one.subject.rfc4514_string() == TEST)
    assert check_token(token, message, roots=roots, chain=chain, certificate=true).authority == TEST


def test_a_stamp_is_asked_for_given_and_checked(authority, stamped, tmp_path):
    """Our request, its answer, our check, and openssl's; the authority sees the hash alone."""
    request, token = stamped
    found = check_token(
        token, MESSAGE, roots=[authority.root], chain=[authority.middle], nonce=request.nonce, authority="CN=test TSA"
    )
    assert (found.policy, found.accuracy, found.authority) == ("1.2.3.4.1", 1.5, "CN=test TSA")
    assert abs(found.time - datetime.datetime.now(datetime.UTC).timestamp()) < 600
    assert openssl_verifies(tmp_path, token, MESSAGE, authority.root_pem, authority.chain_pem, int(found.time))
    assert MESSAGE not in request.written
    assert hashlib.sha256(MESSAGE).digest() in request.written
    (tmp_path / "q.tsq").write_bytes(request.written)
    shown = subprocess.run(
        [need_openssl(), "ts", "-query", "-in", "q.tsq", "-text"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    assert f"Nonce: 0x{request.nonce:0{(request.nonce.bit_length() + 7) // 8 * 2}X}" in shown
    assert "Certificate required: yes" in shown


def test_two_requests_differ():
    """The number that the answer repeats is drawn anew."""
    assert new_request(MESSAGE).nonce != new_request(MESSAGE).nonce


def test_a_stamp_over_other_bytes_says_both_hashes(authority, stamped):
    """What it names, and what these bytes have."""
    other = MESSAGE.replace(b"7", b"8")
    with pytest.raises(BadToken) as told:
        check_token(stamped[1], other, roots=[authority.root], chain=[authority.middle])
    assert hashlib.sha256(MESSAGE).hexdigest() in str(told.value)
    assert hashlib.sha256(other).hexdigest() in str(told.value)


def test_a_stamp_for_another_request_is_refused(authority, stamped):
    """Both numbers are said."""
    request, token = stamped
    with pytest.raises(BadToken, match=f"nonce is {request.nonce}; expected was 12345"):
        check_token(token, MESSAGE, roots=[authority.root], chain=[authority.middle], nonce=12345)


def test_another_authority_of_the_same_name_is_refused(authority, stamped, tmp_path):
    """Names are nothing without the root."""
    twin = Authority(tmp_path / "twin")
    with pytest.raises(BadToken, match=r"not borne out by the roots that are trusted \(CN=test root\)"):
        check_token(stamped[1], MESSAGE, roots=[twin.root], chain=[twin.middle])
    with pytest.raises(BadToken, match="by another certificate"):
        check_token(stamped[1], MESSAGE, roots=[authority.root], chain=[authority.middle], certificate=twin.certificate)
    with pytest.raises(BadToken, match=r"the roots that are trusted \(none\)"):
        check_token(stamped[1], MESSAGE, roots=[], chain=[authority.middle, authority.root])


def test_the_chain_must_be_whole(authority, stamped):
    """Without the certificate between, or with it for a root, the stamp is not borne out."""
    for roots in ([authority.root], [authority.middle], [authority.certificate]):
        with pytest.raises(BadToken, match="not borne out"):
            check_token(stamped[1], MESSAGE, roots=roots)


def test_what_comes_along_is_never_trusted(authority, tmp_path):
    """A forger's root, in the token or in the chain, makes nothing of a forger's stamp true; nor does a lone signer."""
    forger = Authority(tmp_path / "forger", more="certs=./both.pem\n")
    (forger.folder / "both.pem").write_bytes(forger.bundle)
    alone = Authority(tmp_path / "alone", "lonely TSA")
    own = certificate(alone, subject="lonely TSA", issuer="lonely TSA", key="tsa", by="tsa")
    (alone.folder / "tsa.pem").write_bytes(own.public_bytes(Encoding.PEM))
    for one, chain in ((forger, [forger.middle, forger.root]), (forger, []), (alone, [own]), (alone, [])):
        token = one.reply(new_request(MESSAGE).written)
        assert holds(token, MESSAGE, [one.root if one is forger else own], [])
        with pytest.raises(BadToken, match="not borne out"):
            check_token(token, MESSAGE, roots=[authority.root], chain=chain)


def test_a_token_with_its_chain_is_taken(tmp_path):
    """In whatever order the authority put it, which strict readers refuse; also with the root in it."""
    one = Authority(tmp_path / "long", more="certs=./both.pem\n")
    (one.folder / "both.pem").write_bytes(one.bundle)
    token = one.reply(new_request(MESSAGE).written)
    assert len(take_apart(token).certificates) == 3
    found = check_token(token, MESSAGE, roots=[one.root])
    assert openssl_verifies(tmp_path, token, MESSAGE, one.root_pem, b"", int(found.time))


def test_parts_of_seconds_are_kept(tmp_path):
    """An authority that says milliseconds is taken at its word."""
    one = Authority(tmp_path / "fine", more="clock_precision_digits=3\n")
    times = [
        check_token(one.reply(new_request(MESSAGE).written), MESSAGE, roots=[one.root], chain=[one.middle]).time
        for _ in range(3)
    ]
    assert any(time != int(time) for time in times)
    assert times == sorted(times)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_certificate_that_did_not_hold_then_is_refused(when, tmp_path):
    """Certificates are judged at the time of the stamp: not yet, or no longer."""
    one = Authority(tmp_path / when)
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    span = (now - 9 * day, now - day) if when == "after" else (now + day, now + 9 * day)
    wrong = certificate(one, subject="test TSA", issuer="test middle", key="tsa", by="middle", span=span)
    (one.folder / "tsa.pem").write_bytes(wrong.public_bytes(Encoding.PEM))
    token = one.reply(new_request(MESSAGE).written)
    with pytest.raises(BadToken, match="expired" if when == "after" else "not yet valid"):
        check_token(token, MESSAGE, roots=[one.root], chain=[one.middle])
    assert not openssl_verifies(tmp_path, token, MESSAGE, one.root_pem, one.chain_pem, int(now.timestamp()))


@pytest.mark.parametrize("use", ["none", "other", "both", "not critical"])
def test_a_certificate_for_another_use_cannot_stamp(authority, use, tmp_path):
    """RFC 3161, section 2.3: for time stamping alone, and critical. The stamp names it and is signed with its key."""
    kinds = {
        "none": [], "other": [ExtendedKeyUsageOID.CODE_SIGNING], "not critical": [ExtendedKeyUsageOID.TIME_STAMPING],
        "both": [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING],
    }[use]  # fmt: skip
    wrong = certificate(
        authority, subject="test TSA", issuer="test middle", key="tsa", by="middle", uses=kinds,
        critical=use != "not critical", serial=authority.certificate.serial_number,
    )  # fmt: skip
    token = renamed(authority, wrong)
    with pytest.raises(BadToken, match="not made for time stamping alone"):
        check_token(token, MESSAGE, roots=[authority.root], chain=[authority.middle])
    assert not openssl_verifies(
        tmp_path, token, MESSAGE, authority.root_pem, authority.chain_pem, int(datetime.datetime.now().timestamp())
    )


def test_the_forge_of_these_tests_makes_good_stamps_too(authority):
    """With a certificate as it should be, the stamp that they sign again is taken: they refuse for the reason named."""
    right = certificate(
        authority, subject="test TSA", issuer="test middle", key="tsa", by="middle",
        serial=authority.certificate.serial_number,
    )  # fmt: skip
    assert check_token(renamed(authority, right), MESSAGE, roots=[authority.root], chain=[authority.middle])


def test_a_twin_of_the_certificate_is_told_from_it(authority, tmp_path):
    """Of the same name, serial and key, but not of the hash that was signed."""
    twin = certificate(
        authority, subject="test TSA", issuer="test middle", key="tsa", by="middle",
        serial=authority.certificate.serial_number,
    )  # fmt: skip
    request = tmp_path / "q.tsq"
    authority.openssl("ts", "-query", "-digest", hashlib.sha256(MESSAGE).hexdigest(), "-sha256", "-out", request)
    token = authority.reply(request.read_bytes())
    assert take_apart(token).certificates == ()
    roots = {"roots": [authority.root]}
    with pytest.raises(BadToken, match="does not hold the certificate that signed it"):
        check_token(token, MESSAGE, **roots, chain=[authority.middle])
    with pytest.raises(BadToken, match="is not the one whose hash the time stamp names"):
        check_token(token, MESSAGE, **roots, chain=[authority.middle, twin])
    for chain in ([authority.middle, twin, authority.certificate], [authority.certificate, authority.middle, twin]):
        assert check_token(token, MESSAGE, **roots, chain=chain).authority == "CN=test TSA"


def test_a_refusal_of_the_authority_is_said(authority, tmp_path):
    """With its own words."""
    request = tmp_path / "sha1.tsq"
    authority.openssl("ts", "-query", "-digest", "00" * 20, "-sha1", "-out", request)
    with pytest.raises(BadToken, match=r"did not grant the stamp: status 2 \(Message digest algorithm is not supp"):
        check_token(authority.reply(request.read_bytes()), MESSAGE, roots=[authority.root])


def test_a_bare_token_is_named(authority, stamped):
    """What some keep in place of the answer is refused, with the word by which openssl reads it."""
    bare = read_elements(stamped[1])[0].parts()[1].written
    with pytest.raises(BadToken, match="a bare token, which openssl reads with -token_in"):
        check_token(bare, MESSAGE, roots=[authority.root])


@pytest.mark.parametrize("token", [b"", b"<html>", b"0\x03\x02\x01\x00", write_element(SEQUENCE, b""), bytes(100)])
def test_what_is_no_stamp_is_refused(token):
    """In one sentence."""
    with pytest.raises(BadToken, match="this one cannot be read"):
        check_token(token, MESSAGE, roots=[])


@settings(max_examples=300)
@given(st.data())
def test_a_changed_octet_is_refused_or_changes_nothing(authority, stamped, data):
    """Only what is not signed can differ: certificates and the words of the status."""
    token = stamped[1]
    place, bit = data.draw(st.integers(0, len(token) - 1)), data.draw(st.integers(0, 7))
    changed = bytes([*token[:place], token[place] ^ 1 << bit, *token[place + 1 :]])
    trusted = {"roots": [authority.root], "chain": [authority.middle, authority.certificate]}
    try:
        found = check_token(changed, MESSAGE, **trusted)
    except BadToken:
        return
    assert found == check_token(token, MESSAGE, **trusted)


def test_certificates_are_read_in_pem_and_der(authority):
    """A bundle, one alone, and one in DER whatever its name says."""
    assert read_certificates(b"words before\n" + authority.bundle) == [authority.middle, authority.root]
    assert read_certificates(authority.root.public_bytes(Encoding.DER)) == [authority.root]
    for wrong in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"0\x00"):
        with pytest.raises(BadInput, match="cannot be read"):
            read_certificates(wrong)


def test_an_authority_is_asked_over_http(authority):
    """The answer comes as it was given, and holds."""
    request = new_request(MESSAGE)
    with authority.serve() as url:
        token = ask_authority(url, request)
    assert check_token(token, MESSAGE, roots=[authority.root], chain=[authority.middle], nonce=request.nonce)


def test_a_tired_authority_is_asked_again_after_growing_waits(authority):
    """Twice it cannot; each wait is twice as long."""
    waits = []
    with authority.serve(503, 500) as url:
        token = ask_authority(url, new_request(MESSAGE), tries=3, wait=1.5, pause=waits.append)
    assert waits == [1.5, 3.0]
    assert holds(token, MESSAGE, [authority.root], [authority.middle])


def test_an_authority_that_does_not_answer_is_given_up():
    """After as many tries as were asked for, with its last reason and what follows."""
    waits = []
    said = r"in 3 tries \(it answered 503 .*\); the record is whole without it"
    with serve(lambda body: body, *[503] * 9) as url, pytest.raises(BadToken, match=said):
        ask_authority(url, new_request(MESSAGE), tries=3, pause=waits.append)
    assert len(waits) == 2
    with pytest.raises(BadToken, match=r"in 2 tries \(.*refused\)"):
        ask_authority(url, new_request(MESSAGE), tries=2, pause=waits.append)


def test_a_refusal_is_not_asked_again():
    """Where the address is wrong, more tries change nothing."""
    waits = []
    with serve(lambda body: body, 404) as url, pytest.raises(BadToken, match=r"in 1 tries \(it answered 404"):
        ask_authority(url, new_request(MESSAGE), pause=waits.append)
    assert waits == []


def test_what_is_no_stamp_for_the_request_is_not_kept(authority):
    """A page of words, or a stamp for somebody else, is refused when it comes, also without certificates."""
    other = authority.reply(new_request(b"other").written)
    again = authority.reply(new_request(MESSAGE).written)
    for answer, match in ((b"<html>", "cannot be read"), (other, "another request"), (again, "another request")):
        with serve(lambda _, answer=answer: answer) as url, pytest.raises(BadToken, match=match):
            ask_authority(url, new_request(MESSAGE))


def test_a_server_that_speaks_no_http_is_told():
    """Whatever it says, the sentence is ours."""
    listener = socket.create_server(("127.0.0.1", 0))

    def speak():
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"220 mail.example.org ready\r\n")

    thread = threading.Thread(target=speak)
    thread.start()
    with listener, pytest.raises(BadToken, match="gave no time stamp in 2 tries"):
        ask_authority(
            f"http://127.0.0.1:{listener.getsockname()[1]}/", new_request(MESSAGE), tries=2, pause=lambda wait: None
        )
    thread.join()


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/", "tsa.example.org", ""])
def test_only_addresses_of_the_web_are_asked(url):
    """No file is read in place of an authority."""
    with pytest.raises(BadInput, match="write its address as"):
        ask_authority(url, Request(b"", 1))


def certificate(
    authority, *, subject, issuer, key, by, span=None, uses=(ExtendedKeyUsageOID.TIME_STAMPING,), critical=True,
    serial=None,
):  # fmt: skip
    """A certificate as openssl would not make it."""
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    start, end = span or (now - day, now + 9 * day)
    public = load_pem_private_key((authority.folder / f"{key}.key").read_bytes(), None).public_key()
    builder = x509.CertificateBuilder(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]),
        public, serial or x509.random_serial_number(), start, end,
    )  # fmt: skip
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    return builder.sign(load_pem_private_key((authority.folder / f"{by}.key").read_bytes(), None), SHA256())


def renamed(authority, new):
    """A stamp of the authority that names another certificate of its key and serial, holds it, and is signed again."""
    token = authority.reply(new_request(MESSAGE).written)
    parts = take_apart(token)
    kind, old = parts.named
    status, inner = read_elements(parts.answer)[0].parts()
    name, wrapped = inner.parts()
    data = wrapped.parts()[0].parts()
    version, who, digest, attributes, algorithm, _ = data[-1].parts()[0].parts()
    fresh = attributes.content.replace(old, hashlib.new(kind, new.public_bytes(Encoding.DER)).digest())
    key = load_pem_private_key((authority.folder / "tsa.key").read_bytes(), None)
    # RFC 5652, section 5.4: what is signed are the attributes as a SET.
    signature = write_element(0x04, key.sign(write_element(0x31, fresh), ec.ECDSA(SHA256())))
    signer = [version.written, who.written, digest.written, write_element(0xA0, fresh), algorithm.written, signature]
    signers = write_element(0x31, write_element(0x30, b"".join(signer)))
    held = write_element(0xA0, new.public_bytes(Encoding.DER))
    signed = write_element(0x30, b"".join(part.written for part in data[:-1]) + held + signers)
    inner = write_element(0x30, name.written + write_element(0xA0, signed))
    return write_element(0x30, status.written + inner)
