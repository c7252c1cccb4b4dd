"""Promises about the tables of a season."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from tests.season.made import made
from tests.season.test_economics import plan_of
from tests.season.test_policy import policy
from varne.errors import BadFile, BadInput
from varne.files import season_tables
from varne.files.season_tables import (
    SEVERITY,
    WEEKS,
    need_parquet,
    read_ledger,
    severity_rows,
    week_rows,
    weeks_frame,
    write_severity,
    write_weeks,
)
from varne.season.ledger import WEEK


@pytest.fixture(scope="module")
def ledger():
    return made(plan_of(policy(), policy(), draws=6))


@pytest.fixture
def folder(ledger, tmp_path):
    write_weeks(ledger, tmp_path / WEEKS)
    write_severity(ledger, tmp_path / SEVERITY)
    return tmp_path


def test_what_is_written_is_read_back(ledger, folder):
    """The books come back bit for bit, members, weeks and years with them."""
    back = read_ledger(folder, policies=ledger.policies, replicates=ledger.replicates)
    assert back.weeks.tobytes() == ledger.weeks.tobytes()
    assert back.severity.tobytes() == ledger.severity.tobytes()
    for name in ("members", "week_starts", "years"):
        assert np.array_equal(getattr(back, name), getattr(ledger, name))


def test_a_row_is_a_member_a_policy_and_a_week(ledger, folder):
    """Each stands once, with its draw, its replicate and its Monday."""
    table = pd.read_parquet(folder / WEEKS)
    assert len(table) == ledger.weeks.size
    assert not table.duplicated(["policy", "member", "week_start"]).any()
    assert (table["draw"] * ledger.replicates + table["replicate"] == table["member"]).all()
    assert {day.weekday() for day in table["week_start"]} == {0}
    assert list(table.columns[5:]) == list(WEEK.names)


def test_the_table_in_memory_is_the_table_on_disk(ledger, folder):
    """The same rows in the same order."""
    disk, memory = pd.read_parquet(folder / WEEKS), weeks_frame(ledger)
    assert list(disk.columns) == list(memory.columns)
    assert np.array_equal(disk["arrivals"], memory["arrivals"])
    assert list(disk["policy"].astype(str)) == list(memory["policy"])


def test_sums_are_kept(ledger):
    """Rows add up to the books."""
    assert week_rows(ledger, 1)["deaths"].sum() == pytest.approx(ledger.weeks["deaths"][1].sum())
    assert severity_rows(ledger, 1)["events"].sum() == pytest.approx(ledger.severity[1].sum())


def test_a_table_that_lacks_a_row_is_refused(ledger, folder):
    """Half a table is an error, never zeros."""
    frame = pd.read_parquet(folder / WEEKS)
    frame.iloc[:-1].to_parquet(folder / WEEKS)
    with pytest.raises(BadFile, match="does not hold each policy, member and week once"):
        read_ledger(folder, policies=ledger.policies, replicates=ledger.replicates)


def test_a_file_that_is_no_table_is_refused(folder, ledger):
    """One sentence, with the file's name."""
    (folder / SEVERITY).write_text("deaths")
    with pytest.raises(BadFile, match=r"severity\.parquet cannot be read"):
        read_ledger(folder, policies=ledger.policies, replicates=ledger.replicates)


def test_without_the_library_it_is_one_sentence(monkeypatch):
    """What is missing is named, with how to get it."""
    monkeypatch.setattr(season_tables, "pyarrow", None)
    with pytest.raises(BadInput, match=r"varne\[analysis\]"):
        need_parquet()


_KILLED = """
import os, sys
from pathlib import Path
from varne.files.folder import write_whole
def half(path):
    path.write_bytes(b"PAR1 half")
    os._exit(9)
write_whole(Path(sys.argv[1]), {"weeks.parquet": half})
"""


def test_a_killed_writer_leaves_no_half_file(tmp_path):
    """A process that dies while it writes leaves nothing under the table's name, and an older table untouched."""
    (tmp_path / WEEKS).write_bytes(b"old")
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert killed.returncode == 9
    assert (tmp_path / WEEKS).read_bytes() == b"old"
