"""Promises about what stands in a time stamp beside what is signed."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadToken
from varne.record.der import SEQUENCE, read_elements, write_element
from varne.record.token import Parts, is_bare, take_apart

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors" / "rfc3161"
# Certificates that each token holds, as `openssl ts -reply -token_out | openssl pkcs7 -print_certs` lists them.
HELD = {
    "identrust/issue-104": 2, "sigstage/response-sha256": 1, "sigstage/response-sha384": 1,
    "sigstage/response-sha512": 1, "sigstage/response-no-embedded-cert": 0, "sigstage/response-invalid-signature": 1,
    "sigstore.mock/response-expired": 0, "test_tsa/response": 1, "test_tsa/other_response": 1,
    "test_tsa/response-injected-certs": 3,
}  # fmt: skip


def token(name):
    path = VECTORS / f"{name}.tsr"
    if not path.exists():
        pytest.skip("needs the time stamps of rfc3161-client beside the checkout")
    return path.read_bytes()


@pytest.mark.parametrize("name", HELD)
def test_certificates_are_taken_out_and_put_in(name):
    """The same ones give the same answer where they stood in order; without them nothing else is changed."""
    written = token(name)
    parts = take_apart(written)
    assert len(parts.certificates) == HELD[name]
    assert take_apart(parts.answer) == Parts(parts.answer, (), parts.named, parts.fraction, parts.signed)
    again = take_apart(parts.with_certificates(parts.certificates[::-1]))
    assert again == Parts(parts.answer, tuple(sorted(parts.certificates)), parts.named, parts.fraction, parts.signed)
    if len(parts.certificates) <= 1:
        assert parts.with_certificates(parts.certificates) == written


@pytest.mark.parametrize("name", HELD)
def test_the_signer_names_one_certificate(name):
    """Of those in a token one has the hash that was signed, whatever else was put beside it."""
    parts = take_apart(token(name))
    assert parts.named is not None
    assert [parts.names(one) for one in parts.certificates].count(True) == (1 if parts.certificates else 0)


def test_the_hash_of_a_name_is_that_of_its_kind():
    """SHA-1 names of old authorities are known, as are the newer ones; an unknown kind names nothing."""
    for kind in ("sha1", "sha256", "sha384", "sha512"):
        assert Parts(b"", named=(kind, hashlib.new(kind, b"x").digest())).names(b"x")
        assert not Parts(b"", named=(kind, hashlib.new(kind, b"x").digest())).names(b"y")
    assert not Parts(b"").names(b"")


def test_a_bare_token_is_told_from_an_answer():
    """Signed data stands at once in it, and not behind a status."""
    written = token("test_tsa/response")
    bare = read_elements(written)[0].parts()[1].written
    assert [is_bare(bare), is_bare(written), is_bare(b""), is_bare(b"\x30\x00")] == [True, False, False, False]


@pytest.mark.parametrize("written", [b"", b"\x30", b"\x30\x00", b"text", write_element(SEQUENCE, b"\x30\x00" * 3)])
def test_what_is_no_answer_is_refused(written):
    """In a sentence."""
    with pytest.raises(BadToken, match="as DER writes it"):
        take_apart(written)


@given(st.data())
def test_a_changed_answer_is_taken_apart_or_refused(data):
    """Nothing else happens, whatever octets are changed or cut."""
    written = token("test_tsa/response")
    place, octet = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 255))
    changed = bytes([*written[:place], octet, *written[place + 1 :]])[: data.draw(st.integers(1, len(written)))]
    try:
        parts = take_apart(changed)
    except BadToken:
        return
    assert len(parts.answer) <= len(changed)
