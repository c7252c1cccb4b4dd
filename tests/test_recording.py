"""Promises about what is entered into a record of an answer."""

import hashlib
import json

import pytest

from tests.recorded import NOW, OPTIONS, asking, few, holds_text, new_record, own_facts
from tests.seas import streams_file
from tests.season.made import made
from varne import recording
from varne.files.numbers_file import numbers_of
from varne.question import with_user_file
from varne.record.asking import Recorded
from varne.record.entry import MOST_BYTES, canonical
from varne.record.verify import verify
from varne.record.verify_kept import Believed
from varne.recording import record_assessment, record_season
from varne.simulation import simulate

LARGEST_SEED = 2**63 - 1


@pytest.fixture
def record(tmp_path):
    return new_record(tmp_path, now=NOW)


def entered(record, found, **more):
    recorded = record_assessment(record.folder, found, asking(), **more)
    return recorded, record.entry(recorded.index).content


def answer_of(record, event):
    return json.loads(record.kept_file(event["data"]["answer"]))


def test_the_figures_of_the_entry_are_those_of_the_answer(record):
    """Six digits of each; question, members, seed, code and platform with them; the entry says who asked and when."""
    found = few(seed=7)
    recorded, event = entered(record, found)
    answer, data = found.as_json(), event["data"]
    assert [row["name"] for row in data["options"]] == list(OPTIONS)
    for row, whole in zip(data["options"], answer["options"], strict=True):
        assert row["expected_deaths"]["mean"] == pytest.approx(whole["expected_deaths"]["mean"], rel=1e-5)
        assert row["expected_deaths"]["high"] == pytest.approx(whole["expected_deaths"]["high"], rel=1e-5)
    assert data["question"] == answer["scenario"] and data["members"] == {"draws": 4, "replicates": 2}
    assert data["fingerprint"] == {name: str(value) for name, value in answer["fingerprint"].items()}
    assert (event["kind"], event["role"], event["code"]) == ("computed", "watch officer", answer["fingerprint"]["code"])
    assert event["id"] == recorded.id and event["time"] == "2026-01-31T04:05:06.000Z"


def test_the_whole_answer_is_kept_under_its_hash(record):
    """Canonical JSON, every digit; the entry names it, and the record holds with it."""
    found = few()
    recorded, event = entered(record, found)
    kept = (record.folder / "files" / recorded.answer.removeprefix("sha256:")).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == recorded.answer.removeprefix("sha256:")
    whole = {**found.as_json(), "fingerprint": event["data"]["fingerprint"]}
    assert json.loads(kept) == json.loads(canonical(whole))
    assert event["outputs"] == [{"name": "answer.json", "sha256": recorded.answer.removeprefix("sha256:")}]
    assert verify(record, Believed(), now=NOW).holds


def test_all_numbers_are_kept_with_it(record, tmp_path):
    """The user's own in their place: the file that they came in need not stay, and is not named."""
    own = own_facts(tmp_path)
    _, event = entered(record, few(facts=own), facts=own)
    digest = next(one["sha256"] for one in event["inputs"] if one["name"] == "numbers.json")
    kept = json.loads(record.kept_file(digest))
    assert kept == json.loads(canonical(numbers_of(*with_user_file(own))))
    assert kept["boat"]["speed"]["value"] == 3.0
    assert holds_text(record.folder, str(tmp_path)) == []


def test_files_of_the_sea_are_named_without_their_folders(record, tmp_path):
    """By name and hash, in the entry and in the answer that is kept: a folder may name whoever works here."""
    file = streams_file(tmp_path / "folder-of-somebody" / "streams.nc")
    _, event = entered(record, few(sea={"streams": str(file)}))
    assert event["data"]["question"]["sea"] == {"streams": ["streams.nc"]}
    assert {"name": "streams.nc", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} in event["inputs"]
    answer = answer_of(record, event)
    assert answer["scenario"]["sea"] == {"streams": ["streams.nc"]}
    assert answer["sea"]["streams"]["source"] == "uo, vo of streams.nc"
    assert holds_text(record.folder, "folder-of-somebody") == []


def test_a_seed_that_json_cannot_hold_is_text(record):
    """Nothing of it is rounded."""
    _, event = entered(record, few(seed=LARGEST_SEED))
    assert event["data"]["fingerprint"]["seed"] == str(LARGEST_SEED)
    assert answer_of(record, event)["fingerprint"]["seed"] == str(LARGEST_SEED)


def test_figures_that_an_entry_has_no_room_for_are_in_the_answer_that_is_kept(record, monkeypatch):
    """The entry is made all the same, and names it."""
    monkeypatch.setattr(recording, "_ROOM", MOST_BYTES)
    _, event = entered(record, few())
    assert "options" not in event["data"]
    assert [row["name"] for row in answer_of(record, event)["options"]] == list(OPTIONS)


def test_the_same_answer_twice_is_kept_once(record):
    """Two entries name one file."""
    found = few()
    first, second = (record_assessment(record.folder, found, asking()) for _ in range(2))
    assert first.answer == second.answer and first.index + 1 == second.index and first.id != second.id
    assert len(list((record.folder / "files").iterdir())) == 2  # the answer, and the numbers


def test_a_season_is_entered_with_its_policies_as_they_are_written(record, tmp_path):
    """Each text is kept under its hash; the folder that a policy lies in stays out."""
    mine = tmp_path / "folder-of-somebody" / "mine.toml"
    mine.parent.mkdir()
    mine.write_text('like = "as-it-was"\nname = "mine"\nsays = "Mine."\n', encoding="utf-8")
    days = ("2026-06-01", "2026-06-30")
    found = simulate(["as-it-was", mine], dates=days, members=(4, 2), seed=LARGEST_SEED, spread=made)
    recorded = record_season(record.folder, found, asking("analyst"))
    event = record.entry(recorded.index).content
    texts = {one["name"]: record.kept_file(one["sha256"]) for one in event["inputs"]}
    assert texts["policy-2.toml"] == mine.read_bytes()
    assert set(texts) == {"policy-1.toml", "policy-2.toml", "numbers.json"}
    assert event["data"]["question"]["policies"] == ["policy-1.toml", "policy-2.toml"]
    assert event["data"]["question"]["seed"] == str(LARGEST_SEED)
    assert (event["data"]["command"], event["data"]["reference"]) == ("season", "as-it-was")
    assert answer_of(record, event)["season"]["reference"] == "as-it-was"
    assert holds_text(record.folder, "folder-of-somebody") == []
    assert isinstance(recorded, Recorded) and verify(record, Believed(), now=NOW).holds
