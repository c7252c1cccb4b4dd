"""Promises about AIS tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadFile
from varne.files.ais_log import Gathering
from varne.files.ais_table import gather_table

HEAD = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Length,Width"
ROW = "1,2024-06-01T00:00:00,51.0,1.5,14.0,227.0,180,28"


def gathered(lines):
    gathering = Gathering()
    gather_table(lines, "a.csv", gathering)
    return gathering


@pytest.mark.parametrize("time", ["2024-06-01T00:00:00", "2024-06-01 00:00:00Z", "01/06/2024 00:00:00", "1717200000"])
def test_a_time_is_read_in_every_form(time):
    """ISO 8601, the Danish day first, and seconds since 1970 are the same moment, in UTC."""
    assert gathered([HEAD, ROW.replace("2024-06-01T00:00:00", time)]).first == 1717200000.0


def test_base_stations_and_buoys_are_no_ships():
    """Rows of the Danish tables that are no ship are counted apart."""
    lines = ["# Timestamp,Type of mobile,MMSI,Latitude,Longitude", "01/06/2024 00:00:00,Base Station,2,51,1.5"]
    assert gathered(lines).read == {"row of something else than a ship": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,then,51.0,1.5,14,,,", "time that cannot be read"),
        ("one,2024-06-01T00:00:00,51.0,1.5,14,,,", "number that cannot be read"),
        ("1,2024-06-01T00:00:00,north,1.5,14,,,", "number that cannot be read"),
        ("1,2024-06-01T00:00:00", "row with missing columns"),
    ],
)
def test_a_wrong_row_is_counted_by_reason(row, reason):
    """A row that cannot be read is counted, and those after it are read."""
    found = gathered([HEAD, row, ROW])
    assert found.refused == {reason: 1}
    assert found.read == {"row": 1}


@given(st.lists(st.text(max_size=60)))
def test_no_row_is_fatal(rows):
    """Whatever stands between them, the good rows before are read."""
    assert gathered([HEAD, ROW, *rows]).read["row"] >= 1


def test_a_missing_column_is_named():
    """A table without positions is refused with the column that it lacks."""
    with pytest.raises(BadFile, match=r"a\.csv has no column for the latitude"):
        gathered(["MMSI,Time", "1,2"])
