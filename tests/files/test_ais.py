"""Promises about reading AIS files."""

import gzip
import random
from functools import cache

import numpy as np
import pytest

from tests.files.synthetic_ais import fleet, sentences, table
from varne.errors import BadFile, NoData
from varne.files.ais import read_ais


@cache
def few():
    return fleet(12)


def written(path, lines):
    packed = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\n"
    path.write_bytes(gzip.compress(packed) if path.suffix == ".gz" else packed)
    return path


def same(one, other):
    names = ("ship", "time", "latitude", "longitude", "speed")
    pairs = [(getattr(one.reports, name), getattr(other.reports, name)) for name in names]
    close = all(np.allclose(a, b, atol=2e-6) for a, b in pairs)
    return (
        close
        and one.sizes == other.sizes
        and (one.first, one.last, one.hours) == (other.first, other.last, other.hours)
    )


def test_every_ship_and_its_size_is_read(tmp_path):
    """Sentences with TAG blocks give every ship, its size in two parts, its places and its speed."""
    log = read_ais([written(tmp_path / "a.nmea", sentences(few()))])
    assert len(np.unique(log.reports.ship)) == 24
    assert set(log.sizes.values()) == {(180.0, 28.0)}
    assert log.read == {"type 1": len(few()), "type 5": 24}
    assert log.refused == {}
    assert log.reports.latitude.min() == pytest.approx(min(fix.latitude for fix in few()), abs=1e-5)


def test_a_table_says_the_same_as_sentences(tmp_path):
    """CSV of either authority, packed or not, gives the answer of NMEA."""
    nmea = read_ais([written(tmp_path / "a.nmea", sentences(few()))])
    for name, danish in (("a.csv", False), ("b.csv", True), ("c.csv.gz", True)):
        assert same(read_ais([written(tmp_path / name, table(few(), danish=danish))]), nmea), name


def test_order_and_files_make_no_difference(tmp_path):
    """Single-part lines in any order, in one file or two, one of them packed, are the same log."""
    lines = [line for line in sentences(few()) if b",2,1," not in line and b",2,2," not in line]
    whole = read_ais([written(tmp_path / "a.nmea", lines)])
    random.Random(1).shuffle(lines)
    half = len(lines) // 2
    parts = [written(tmp_path / "b.nmea.gz", lines[half:]), written(tmp_path / "c.nmea", lines[:half])]
    assert same(read_ais(parts), whole)
    assert same(read_ais(parts[::-1]), whole)


def test_progress_tells_every_byte(tmp_path):
    """The bytes told add up to the size of the file."""
    path, told = written(tmp_path / "a.nmea", sentences(few())), []
    read_ais([path], progress=told.append)
    assert sum(told) == path.stat().st_size


@pytest.mark.parametrize(
    ("name", "lines", "error", "words"),
    [
        ("a.txt", ["hello", "world"], BadFile, "no AIS"),
        ("a.nmea", ["!AIVDM,rubbish"], BadFile, "no line that is whole AIS"),
        ("a.nmea", ["!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"], BadFile, "no times"),
        ("a.csv", ["MMSI,LAT,LON", "1,51,1.5"], BadFile, "no column for the time"),
        ("a.csv", ["MMSI,Time,LAT,LON", "1,2024-06-01T00:00:00,10,1.5"], NoData, "1 position outside the sea"),
        ("a.csv.gz", None, BadFile, "cannot be read"),
        ("b.nmea", ["1717200000 !AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"], NoData, "Dover Strait"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path, name, lines, error, words):
    """A file of another kind, without times, or from elsewhere is refused in one sentence."""
    path = written(tmp_path / name, lines) if lines else tmp_path / name
    if not lines:
        path.write_bytes(b"\x1f\x8bbroken")
    with pytest.raises(error, match=words) as refused:
        read_ais([path])
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")
