"""Promises about public keys as points of a curve."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadKey
from varne.record.edwards import check_public_key

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
# RFC 8032, section 7.1: tests 1, 2, 3, 1024 and SHA(abc).
HONEST = (
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e",
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
)
# The eight points whose order divides the cofactor (libsodium has the same list), each in its one canonical form.
LOW = (
    "0100000000000000000000000000000000000000000000000000000000000000",  # order 1
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # 2
    "0000000000000000000000000000000000000000000000000000000000000000",  # 4
    "0000000000000000000000000000000000000000000000000000000000000080",  # 4
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # 8
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",  # 8
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",  # 8
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",  # 8
)
PRIME = 2**255 - 19
# The same points in a second form: y and the prime added to it, or a sign for an x of zero.
SECOND_FORMS = (
    *((number + PRIME | sign).to_bytes(32, "little").hex() for number in range(19) for sign in (0, 1 << 255)),
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
)
# A good point and one of order eight added: CCTV, "low_order_component_A" without "low_order_A".
MIXED = "6718d0a3d58deaeaefa655eae3f119071deaa2cfebfd0ca28b670f879d657086"


@pytest.mark.parametrize("key", HONEST)
def test_keys_of_the_standard_are_taken(key):
    """RFC 8032 made them by its own rule."""
    check_public_key(bytes.fromhex(key))


@given(st.binary(min_size=32, max_size=32))
def test_every_key_that_was_made_as_it_should_is_taken(secret):
    """Whatever the secret is: a key made by another program is a good point."""
    check_public_key(Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())


@pytest.mark.parametrize("key", LOW)
def test_a_key_of_low_order_is_refused(key):
    """One signature by it would fit many texts; there are eight, and the sentence says what they are."""
    with pytest.raises(BadKey, match=f"{key[:8]}...{key[-8:]} has a low order: one signature fits many texts. Ask"):
        check_public_key(bytes.fromhex(key))


@pytest.mark.parametrize("key", SECOND_FORMS)
def test_a_key_in_a_second_form_is_refused(key):
    """Two texts for one key are two keys to whoever compares them."""
    with pytest.raises(BadKey, match=r"no point of the curve, or not in its canonical form\. Ask its owner"):
        check_public_key(bytes.fromhex(key))


@given(st.integers(0, PRIME - 1), st.sampled_from((0, 1 << 255)))
def test_about_half_of_all_numbers_are_points_and_they_are_taken(y, sign):
    """RFC 8032, 5.1: there is an x where (y^2 - 1) / (d y^2 + 1) is a square, by Euler's rule for squares."""
    d = 37095705934669439343138083508754565189542113879843219016388785533085940283555
    square = pow((y * y - 1) * (d * y * y + 1), (PRIME - 1) // 2, PRIME) in (0, 1)
    key = (y | sign).to_bytes(32, "little")
    assert _taken(key) == (square and key.hex() not in (*LOW, *SECOND_FORMS))


def test_a_point_with_a_part_of_low_order_is_taken():
    """Its owner alone can sign with it; what others could do with it, the check of signatures refuses."""
    check_public_key(bytes.fromhex(MIXED))


@pytest.mark.parametrize("size", [0, 1, 31, 33, 64])
def test_a_key_of_another_length_is_refused(size):
    """The sentence has both numbers."""
    with pytest.raises(BadKey, match=f"has {size} bytes; Ed25519 has 32"):
        check_public_key(bytes(size))


def test_edge_cases_of_others_are_told_apart_by_their_flags():
    """
    All 914 of CCTV, which are made of 22 keys.

    Refused are ``low_order_A`` (the key itself is of low order) and ``non_canonical_A`` (written in a second form).
    ``low_order_component_A`` alone is a key with a part of low order and stays; flags of R and of the residue speak
    of signatures, which are no business of the key's.
    """
    path = VECTORS / "ed25519" / "cctv_ed25519vectors.json"
    if not path.exists():
        pytest.skip("needs the vectors of C2SP/CCTV beside the checkout")
    cases = json.loads(path.read_text(encoding="utf-8"))
    keys = {case["key"]: {"low_order_A", "non_canonical_A"}.isdisjoint(case["flags"] or ()) for case in cases}
    assert (len(cases), len(keys), sum(keys.values())) == (914, 22, 8)
    assert [_taken(bytes.fromhex(key)) for key in keys] == list(keys.values())


def _taken(key):
    try:
        check_public_key(key)
    except BadKey:
        return False
    return True
