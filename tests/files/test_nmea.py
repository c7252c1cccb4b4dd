"""Promises about AIS sentences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.synthetic_ais import fleet, sentences
from varne.files.ais_log import Gathering
from varne.files.nmea import gather_nmea, time_of

SAMPLE = Path(__file__).parents[3] / "shared" / "sea" / "ais_sample.nm4"
ONE = b"!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"
GOOD = sentences(fleet(1, days=0.1))


def gathered(lines):
    gathering = Gathering()
    gather_nmea(lines, gathering)
    return gathering


def test_a_real_log_is_read_message_by_message():
    """A satellite log of 1,000 lines has the 979 messages that another count found, by type."""
    if not SAMPLE.exists():
        pytest.skip("the sample of AIS is not here")
    read = gathered(SAMPLE.read_bytes().splitlines()).read
    known = {1: 608, 3: 104, 4: 5, 5: 18, 6: 1, 8: 1, 18: 74, 19: 4, 21: 11, 24: 24, 25: 2, 27: 127}
    assert read == {f"type {kind}": count for kind, count in known.items()}


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (b"\\s:42809,c:1635731889,t:1635731965*6A\\" + ONE, 1635731889.0),
        (b"\\g:1-2-77,s:r003,c:1635731889*0A\\" + ONE, 1635731889.0),
        (b"\\c:1635731889123*0A\\" + ONE, 1635731889.123),
        (b"1635731889," + ONE, 1635731889.0),
        (b"1635731889.5 " + ONE, 1635731889.5),
        (b"2021-11-01T01:58:09Z " + ONE, 1635731889.0),
        (b"2021-11-01 01:58:09;" + ONE, 1635731889.0),
        (b"2021-11-01T03:58:09+02:00 " + ONE, 1635731889.0),
        (ONE + b",1635731889", 1635731889.0),
        (ONE, None),
        (b"2021-13-01 01:58:09;" + ONE, None),
    ],
)
def test_the_time_is_found_where_loggers_write_it(line, time):
    """TAG block, leading column and trailing column give the same moment; a line without gives none."""
    assert time_of(line, line.find(b"!")) == time


def test_a_wrong_checksum_is_counted_and_not_used():
    """A sentence of which one sign was changed is refused, and the others are read."""
    broken = GOOD[-1].replace(b"*", b"!*") if b"!*" in GOOD[-1] else GOOD[-1][:-2] + b"00"
    found = gathered([*GOOD[:-1], broken])
    assert found.refused == {"wrong checksum": 1}
    assert found.read == gathered(GOOD[:-1]).read


def test_a_message_of_two_parts_needs_both():
    """The second part alone, or the first alone, is counted as missing its rest."""
    parts = [line for line in GOOD if b",2,1," in line or b",2,2," in line]
    assert gathered(parts[:2]).sizes
    for alone in (parts[:1], parts[1:2]):
        assert not gathered(alone).sizes
        assert gathered(alone).refused == {"part of a message whose rest is missing": 1}
    assert gathered(parts[1::-1]).sizes == gathered(parts[:2]).sizes


@given(st.lists(st.one_of(st.binary(max_size=90), st.sampled_from(GOOD), st.sampled_from(GOOD).map(lambda x: x[:-9]))))
def test_no_line_is_fatal(lines):
    """Whatever bytes stand between them, the good lines are read and the others counted."""
    found = gathered(lines)
    good = sum(line in GOOD and b",1,1," in line for line in lines)
    assert sum(found.read.values()) >= good


@given(st.sampled_from(GOOD), st.integers(0, 200), st.integers(0, 255))
def test_a_changed_sign_is_never_fatal(line, place, sign):
    """One wrong byte anywhere does not end the reading."""
    changed = bytearray(line)
    changed[place % len(changed)] = sign
    gathered([bytes(changed)])
