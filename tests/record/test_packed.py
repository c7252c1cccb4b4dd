"""Promises about entries packed in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadEntry, BadRecord
from varne.record.packed import pack, read_bodies, unpack, write_bodies

BODIES = st.dictionaries(st.integers(256, 511), st.tuples(st.binary(max_size=40), st.binary().map(lambda one: one.replace(b"\n", b""))))  # fmt: skip  # noqa: E501 - one strategy


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_what_is_packed_is_unpacked(entries):
    """Empty entries too."""
    assert unpack(pack(entries), len(entries)) == entries


def test_the_length_stands_before_an_entry_the_larger_byte_first():
    """C2SP tlog-tiles: a big-endian uint16."""
    assert pack([b"", b"a", 258 * b"b"]) == b"\x00\x00" + b"\x00\x01a" + b"\x01\x02" + 258 * b"b"


def test_an_entry_is_as_long_as_two_bytes_can_say():
    """65,535 bytes and not one more."""
    longest = 65_535 * b"x"
    assert unpack(pack([longest]), 1) == [longest]
    with pytest.raises(BadEntry, match="has 65536 bytes; 65535 are the most"):
        pack([b"x", longest + b"x"])


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_off_anywhere_is_refused(entries, data):
    """Whatever a crash or a careless copy leaves, it is not taken for fewer entries."""
    packed = pack(entries)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(BadRecord, match=r"is cut off|entries; \d+ were expected"):
        unpack(packed[:cut], len(entries))


@given(st.lists(st.binary(max_size=20), max_size=5), st.integers(0, 8))
def test_a_bundle_of_more_or_fewer_is_refused(entries, count):
    """The number comes from the name of the file."""
    if count != len(entries):
        with pytest.raises(BadRecord, match=f"the file holds {len(entries)} entries; {count} were expected"):
            unpack(pack(entries), count)


@given(BODIES)
def test_bodies_that_are_written_are_read(bodies):
    """Numbers, salts and events, of any bytes but a newline, which canonical JSON does not have."""
    written = write_bodies((index, salt, event) for index, (salt, event) in bodies.items())
    assert read_bodies(written, range(256, 512)) == bodies


@given(BODIES.filter(bool), st.data())
def test_bodies_cut_off_within_a_line_are_refused(bodies, data):
    """A line ends with a newline; without it nothing of the file is read."""
    written = write_bodies((index, salt, event) for index, (salt, event) in bodies.items())
    cut = data.draw(st.integers(1, len(written) - 1).filter(lambda place: written[place - 1 : place] != b"\n"))
    with pytest.raises(BadRecord, match="the last line is cut off"):
        read_bodies(written[:cut], range(256, 512))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"", "a line is a number, a salt and an event; this one begins b''"),
        (b"300", "this one begins b'300'"),
        (b"300 00", "this one begins b'300 00'"),
        (b"0300 00 {}", "this one begins b'0300 00 {}'"),
        (b"+300 00 {}", "a line is a number"),
        (b"3_00 00 {}", "a line is a number"),
        (b"300 0G {}", "a line is a number"),
        (b"300 AA {}", "a line is a number"),
        (b"300 \xff {}", "a line is a number"),
        (b"255 00 {}", "a body of entry 255 stands where it does not belong, or twice"),
        (b"512 00 {}", "a body of entry 512 stands where it does not belong, or twice"),
        (b"300 00 {}\n300 00 {}", "a body of entry 300 stands where it does not belong, or twice"),
    ],
)
def test_a_strange_line_of_bodies_is_refused(line, sentence):
    """Each body is written in one way, once, in the file of its tile."""
    with pytest.raises(BadRecord, match=sentence.replace("{", r"\{").replace("+", r"\+")):
        read_bodies(line + b"\n", range(256, 512))
