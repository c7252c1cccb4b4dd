"""Promises about the manifest of a season's folder."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.season.made import made
from tests.season.test_economics import plan_of
from tests.season.test_policy import policy
from varne.errors import BadFile
from varne.files.folder import write_json
from varne.files.season_manifest import MANIFEST, Asked, manifest_of, read_manifest, what_differs

ASKED = Asked(("policy-1.toml",), ("a",), "2024-01-01", "2024-12-31", 200, 5, 1, "a", None)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "policy-1.toml").write_text("name = 'a'")
    files = {"policy-1.toml": tmp_path / "policy-1.toml"}
    write_json(manifest_of(ASKED, {"seed": 1}, files), tmp_path / MANIFEST)
    return tmp_path


def test_it_reads_back(folder):
    """What was asked, and the fingerprint."""
    assert read_manifest(folder) == (ASKED, {"seed": 1})


def test_a_manifest_without_tables_of_departures_is_read(folder):
    """A folder written before a user could bring them has the shipped ones."""
    written = json.loads((folder / MANIFEST).read_text())
    del written["asked"]["departures"]
    (folder / MANIFEST).write_text(json.dumps(written))
    assert read_manifest(folder)[0].departures is None


def test_a_changed_file_is_noticed(folder):
    """A single letter is enough."""
    (folder / "policy-1.toml").write_text("name = 'b'")
    with pytest.raises(BadFile, match=r"policy-1\.toml has been changed"):
        read_manifest(folder)


def test_a_missing_file_is_noticed(folder):
    """It is named."""
    (folder / "policy-1.toml").unlink()
    with pytest.raises(BadFile, match=r"lacks policy-1\.toml"):
        read_manifest(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"asked": {}, "files": {}, "fingerprint": {}})])
def test_what_is_no_manifest_is_refused(folder, text):
    """One sentence, never a trace."""
    (folder / MANIFEST).write_text(text)
    with pytest.raises(BadFile, match="no manifest of a season"):
        read_manifest(folder)


def test_the_least_difference_is_told():
    """One bit of one number, with its column, and why it may be."""
    ledger = made(plan_of(policy(), draws=4))
    weeks = ledger.weeks.copy()
    weeks["deaths"][0, 0, 0] = np.nextafter(weeks["deaths"][0, 0, 0], 1e9)
    other = replace(ledger, weeks=weeks)
    assert what_differs(ledger, ledger, ({"code": "x"}, {"code": "y"})) == ()
    told = what_differs(ledger, other, ({"code": "x", "seed": 1}, {"code": "y", "seed": 1}))
    assert told[0].startswith("weeks.deaths differs in 1 of")
    assert told[1:] == ("code was x; it is y.",)


def test_seasons_of_another_size_differ():
    """Other members or weeks are told as such."""
    few, more = (made(plan_of(policy(), draws=draws)) for draws in (2, 4))
    assert "it had" in what_differs(few, more, ({}, {}))[0]
