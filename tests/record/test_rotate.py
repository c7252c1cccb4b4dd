"""Promises about changing the key of a log: both sign it, trust follows, and what is interrupted is finished."""

import json

import pytest
from tests.record.logs import NOW, ORIGIN, append, make_log, tree

from varne.errors import BadEntry, BadKey, BadNote, BadRecord
from varne.record import rotate as rotating
from varne.record.checkpoint import open_checkpoint
from varne.record.keys import read_signer
from varne.record.opening import open_log
from varne.record.policy import read_policy
from varne.record.reader import Record
from varne.record.rotate import rotate
from varne.record.verify import verify
from varne.record.verify_kept import Believed

WHY = {"role": "records officer", "reason": "yearly", "now": NOW}
STEPS = ("_write_settings", "_new_key", "keep_checkpoint", "_with_log")


@pytest.fixture
def folder(tmp_path):
    return make_log(tmp_path, 2)


def test_both_keys_sign_the_change_and_the_new_one_what_follows(folder, tmp_path):
    """The checkpoint that first covers the entry is kept; after it the old key signs no more."""
    index = rotate(folder, tmp_path / "new.key", **WHY)
    old, new = (read_signer(tmp_path / name).verifier for name in ("log.key", "new.key"))
    kept = (folder / f"checkpoint.{index + 1}").read_bytes()
    assert [open_checkpoint(kept, [key])[0].size for key in (old, new)] == [4, 4]
    append(folder, 1)
    written = (folder / "checkpoint").read_bytes()
    assert open_checkpoint(written, [new])[0].size == 5
    with pytest.raises(BadNote, match="none that is believed"):
        open_checkpoint(written, [old])


def test_the_entry_names_both_keys_and_why(folder, tmp_path):
    """Whoever reads the log sees who changed what."""
    index = rotate(folder, tmp_path / "new.key", **WHY)
    event = Record(folder).entry(index).content
    assert event["kind"] == "key"
    assert event["role"] == "records officer"
    assert event["data"] == {
        "vkey": read_signer(tmp_path / "new.key").verifier.text,
        "replaces": read_signer(tmp_path / "log.key").verifier.text,
        "reason": "yearly",
    }
    assert read_policy((folder / "policy").read_bytes()).logs[0].key == read_signer(tmp_path / "new.key").verifier


@pytest.mark.parametrize("changes", [1, 3])
def test_trust_in_any_key_of_before_follows_to_the_newest(folder, tmp_path, changes):
    """One change, and several."""
    names = ["log.key", *(f"{number}.key" for number in range(changes))]
    for name in names[1:]:
        rotate(folder, tmp_path / name, **WHY)
        append(folder, 1)
    for name in names:
        found = verify(Record(folder), Believed(logs=(read_signer(tmp_path / name).verifier,)), now=NOW)
        assert found.holds
        assert found.whole
        assert found.signed_by == (read_signer(tmp_path / names[-1]).verifier.text,)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_interrupted_change_is_finished_by_asking_again(folder, tmp_path, monkeypatch, step, when):
    """Wherever it stops: nothing else is entered meanwhile, the log holds, and one entry introduces the key."""
    done = getattr(rotating, step)

    def stop(*arguments):
        if when == "after":
            done(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(rotating, step, stop)
    with pytest.raises(KeyboardInterrupt):
        rotate(folder, tmp_path / "new.key", **WHY)
    monkeypatch.undo()
    old = read_signer(tmp_path / "log.key").verifier
    assert verify(Record(folder), Believed(logs=(old,)), now=NOW).holds
    begun = "rotating_to" in Record(folder).settings()
    if begun:
        with pytest.raises(BadRecord, match="A change of key was interrupted"):
            open_log(folder, now=NOW)
    new = tmp_path / "new.key"
    if new.exists() and not begun:  # the key was made and nothing more: it is never written over
        with pytest.raises(BadKey, match="exists"):
            rotate(folder, new, **WHY)
        new = tmp_path / "newer.key"
    rotate(folder, new, **WHY)
    append(folder, 1)
    kinds = [event["kind"] for event in Record(folder).events()]
    assert kinds == ["key", "known", "known", "key", "known"]
    found = verify(Record(folder), Believed(logs=(old,)), now=NOW)
    assert found.holds
    assert found.signed_by == (read_signer(new).verifier.text,)


def test_an_interrupted_change_cannot_become_another(folder, tmp_path, monkeypatch):
    """The file that was named first is asked for."""
    monkeypatch.setattr(rotating, "keep_checkpoint", lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rotate(folder, tmp_path / "new.key", **WHY)
    monkeypatch.undo()
    with pytest.raises(BadKey, match=r"new\.key was interrupted; finish it first"):
        rotate(folder, tmp_path / "other.key", **WHY)
    assert not (tmp_path / "other.key").exists()


@pytest.mark.parametrize(
    ("name", "fields", "error"),
    [
        ("new.key", {"reason": " "}, (BadEntry, "reason is empty")),
        ("new.key", {"role": ""}, (BadEntry, "role is empty")),
        ("log/new.key", {}, (BadKey, "given away")),
        ("log.key", {}, (BadKey, "log.key exists")),
    ],
)
def test_what_is_refused_changes_nothing(folder, tmp_path, name, fields, error):
    """Not a file of the log, and no key is made."""
    before = tree(tmp_path)
    with pytest.raises(error[0], match=error[1]):
        rotate(folder, tmp_path / name, **{**WHY, **fields})
    after = tree(tmp_path)
    assert {name for name in after.keys() | before.keys() if after.get(name) != before.get(name)} <= {"log/.lock"}


def test_a_key_is_not_changed_while_somebody_writes(folder, tmp_path):
    """One writer at a time."""
    with open_log(folder, now=NOW), pytest.raises(BadRecord, match="held by another writer"):
        rotate(folder, tmp_path / "new.key", **WHY)
    assert not (tmp_path / "new.key").exists()


def test_the_log_and_its_keys_can_be_moved_together(folder, tmp_path):
    """The key's place is kept as seen from the log."""
    rotate(folder, tmp_path / "new.key", **WHY)
    assert json.loads((folder / "record.json").read_text())["key"] == "../new.key"
    assert read_signer(tmp_path / "new.key").name == ORIGIN


def test_the_replaced_key_signs_no_more(folder, tmp_path):
    """Also where it is named by hand, and though the checkpoint of the change bears its signature."""
    rotate(folder, tmp_path / "new.key", **WHY)
    with pytest.raises(BadKey, match="was replaced by a newer key"):
        open_log(folder, now=NOW, key=tmp_path / "log.key")
