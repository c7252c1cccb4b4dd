"""Promises about elements of DER."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadToken
from varne.record.der import OCTETS, SEQUENCE, Element, read_elements, write_element


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("0400", ""),
        ("040161", "61"),
        ("047f" + "00" * 127, "00" * 127),
        ("048180" + "00" * 128, "00" * 128),
        ("0481ff" + "00" * 255, "00" * 255),
        ("04820100" + "00" * 256, "00" * 256),
    ],
    ids=range(6),
)
def test_lengths_are_those_of_the_standard(text, content):
    """X.690, section 10.1: the short form below 128, else as few octets as hold it."""
    assert read_elements(bytes.fromhex(text)) == (Element(OCTETS, bytes.fromhex(content), bytes.fromhex(text)),)
    assert write_element(OCTETS, bytes.fromhex(content)).hex() == text


@pytest.mark.parametrize(
    "text",
    [
        "04",
        "0405616263",
        "0480616263",
        "04800000",
        "04810161",
        "047f",
        "0482007f" + "00" * 127,
        "048200",
        "0484ffffffff",
        "04850000000001",
        "3f810161",
        "1f0161",
        "04016104",
    ],
)
def test_what_is_not_der_is_refused(text):
    """Lengths in a second way, without an end, or beyond what is there; tags of many octets."""
    with pytest.raises(BadToken):
        read_elements(bytes.fromhex(text))


@given(st.lists(st.tuples(st.sampled_from([OCTETS, SEQUENCE, 0xA0]), st.binary(max_size=70000)), max_size=4))
def test_what_is_written_is_read(elements):
    """One after the other, and in one another."""
    written = b"".join(write_element(tag, content) for tag, content in elements)
    assert [(one.tag, one.content) for one in read_elements(written)] == elements
    (outer,) = read_elements(write_element(SEQUENCE, written))
    assert outer.parts() == read_elements(written)


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_whole_or_refused(written):
    """No octet is passed over."""
    try:
        found = read_elements(written)
    except BadToken:
        return
    assert b"".join(one.written for one in found) == written
