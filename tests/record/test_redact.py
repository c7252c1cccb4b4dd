"""Promises about bodies that are withheld or deleted: the tree stays, the log says so, and nothing of them is left."""

import os
import shutil
import stat
from dataclasses import replace

import pytest
from tests.record.logs import NOW, append, drafts, make_log, tree

from varne.errors import BadEntry, BadRecord
from varne.record import redact as acting
from varne.record.entry import Draft
from varne.record.keep import keep_file
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.record.redact import redact, withhold
from varne.record.verify import verify
from varne.record.verify_kept import Believed

SECRET = "a name that should not be here"
WHY = {"role": "records officer", "reason": "it named a person", "now": NOW}


@pytest.fixture
def folder(tmp_path):
    """Two entries, one that names somebody, two more."""
    made = make_log(tmp_path, 2)
    with open_log(made, now=NOW) as log:
        log.append([Draft("known", "watch officer", {"what": "caller", "value": SECRET}, NOW)], now=NOW)
    append(made, 2)
    return made


def test_nothing_of_a_deleted_body_is_left(folder):
    """Neither text nor salt lies in any file; before it did."""
    salt, event = Record(folder).bodies(0)[3]
    assert holds(folder, event) and holds(folder, salt.hex().encode())
    with open_log(folder, now=NOW) as log:
        redact(log, 3, **WHY)
    assert not any(holds(folder, one) for one in (event, salt.hex().encode(), SECRET.encode()))


@pytest.mark.parametrize("act", [redact, withhold])
def test_the_tree_stays_and_the_log_says_what_was_done(folder, act):
    """No tile of before and no other body changes; an entry names what was done, in what role and why."""
    before, bodies = tree(folder), Record(folder).bodies(0)
    with open_log(folder, now=NOW) as log:
        said = act(log, 3, **WHY)
    after = tree(folder)
    assert all(after[name] == content for name, content in before.items() if name.startswith("tile/"))
    left = Record(folder).bodies(0)
    assert {index: left[index] for index in (0, 1, 2, 4, 5)} == {index: bodies[index] for index in (0, 1, 2, 4, 5)}
    assert 3 not in left
    event = Record(folder).entry(said).content
    assert (event["role"], event["data"]["reason"]) == ("records officer", "it named a person")
    assert event["data"]["commit"] == Record(folder).entry(3).commit
    assert verify(Record(folder), Believed(), now=NOW).holds


@pytest.mark.parametrize("first", [None, withhold])
def test_files_that_only_a_deleted_entry_names_go_with_it(folder, first):
    """The answer of one question, which holds the question; what another entry names too stays."""
    record = Record(folder)
    own, shared = (
        keep_file(record, b"a question and its answer"),
        keep_file(record, b"numbers that many were computed with"),
    )
    with open_log(folder, now=NOW) as log:
        for outputs in (own, shared):
            named = (("numbers.json", shared), ("answer.json", outputs))
            log.append([Draft("computed", "recorder", {}, NOW, outputs=named)], now=NOW)
        if first:
            first(log, 6, **WHY)
        redact(log, 6, **WHY)
    assert record.kept_file(own) is None and record.kept_file(shared) is not None
    assert verify(record, Believed(), now=NOW).holds


def test_a_withheld_body_lies_apart_and_is_given_to_nobody(folder):
    """It is not among those that are given away, and is still what its leaf commits to."""
    with open_log(folder, now=NOW) as log:
        withhold(log, 3, **WHY)
    holding = [name for name, content in tree(folder).items() if SECRET.encode() in content]
    assert holding == ["withheld/003"]
    assert verify(Record(folder), Believed(), now=NOW).withheld == (3,)


def test_what_was_withheld_can_be_deleted(folder):
    """Also what was withheld when it was entered."""
    with open_log(folder, now=NOW) as log:
        first = log.append([replace(drafts(1)[0], withheld=True)], now=NOW).first
        withhold(log, 3, **WHY)
        redact(log, 3, **WHY)
        redact(log, first, **WHY)
    assert not (folder / "withheld/003").exists()
    assert not holds(folder, SECRET.encode())
    found = verify(Record(folder), Believed(), now=NOW)
    assert found.holds
    assert (found.withheld, found.deleted) == ((), (3, first))


def test_a_body_of_a_full_tile_is_deleted_too(folder):
    """Where bodies lie in one file, and where their tile is not full yet."""
    append(folder, 250, 100)
    with open_log(folder, now=NOW) as log:
        for index in (3, 255, 256, 300):
            redact(log, index, **WHY)
    assert not holds(folder, SECRET.encode())
    found = verify(Record(folder), Believed(), now=NOW)
    assert found.holds
    assert found.deleted == (3, 255, 256, 300)


@pytest.mark.parametrize("act", [redact, withhold])
def test_what_the_log_is_verified_by_stays(folder, act):
    """Entries that introduce keys or say what was deleted."""
    with open_log(folder, now=NOW) as log:
        said = redact(log, 3, **WHY)
        for index in (0, said):
            with pytest.raises(BadEntry, match="verif"):
                act(log, index, **WHY)
        assert log.size == said + 1


@pytest.mark.parametrize("act", [redact, withhold])
def test_what_cannot_be_done_is_refused_and_enters_nothing(folder, act):
    """No reason, no such entry, done already."""
    with open_log(folder, now=NOW) as log:
        with pytest.raises(BadEntry, match="reason is empty"):
            act(log, 3, role="records officer", reason=" ", now=NOW)
        for index in (6, 999, -1):
            with pytest.raises((BadEntry, BadRecord), match=f"ntry {index}"):
                act(log, index, **WHY)
        redact(log, 3, **WHY)
        size = log.size
        with pytest.raises(BadEntry, match="3"):
            act(log, 3, **WHY)
        assert log.size == size


@pytest.mark.parametrize("act", [redact, withhold])
def test_what_was_interrupted_is_finished_by_asking_again(folder, act, monkeypatch):
    """The log said so already: it is not said a second time, and then it is done."""

    def fail(*_):
        raise OSError("the power fails")

    monkeypatch.setattr(acting, "_take_out", fail)
    with open_log(folder, now=NOW) as log, pytest.raises(OSError, match="power"):
        act(log, 3, **WHY)
    monkeypatch.undo()
    assert verify(Record(folder), Believed(), now=NOW).holds
    size = Record(folder).checkpoint().size
    with open_log(folder, now=NOW) as log:
        assert act(log, 3, **WHY) == size - 1
    assert Record(folder).checkpoint().size == size
    assert 3 not in Record(folder).bodies(0)


def test_only_an_entry_of_its_kind_says_that_a_body_was_deleted(folder):
    """One that merely holds the same words excuses no deletion: a true one is entered first."""
    commit = Record(folder).entry(3).commit
    with open_log(folder, now=NOW) as log:
        log.append([Draft("known", "watch officer", {"redacts": 3, "commit": commit}, NOW)], now=NOW)
        log.append([Draft("redaction", "records officer", {"redacts": 3, "commit": "sha256:"}, NOW)], now=NOW)
        size = log.size
        assert redact(log, 3, **WHY) == size
    assert verify(Record(folder), Believed(), now=NOW).holds


def test_nobody_can_guess_a_deleted_body_from_its_leaf(folder, tmp_path):
    """Two logs in which the same is entered and deleted hold other leaves: salt goes with the body."""
    other = make_log(tmp_path / "other", 2)
    assert Record(folder).leaf(1) != Record(other).leaf(1)
    shutil.rmtree(other)


def holds(folder, text):
    return any(text in content for content in tree(folder).values())


@pytest.mark.parametrize("when", ["entered", "later", "over a draft"])
def test_a_body_that_is_withheld_is_its_owners_alone(tmp_path, when):
    """Its file and the folder it lies in, whatever the system would let others do; the rest is as it was."""
    before = os.umask(0o022)
    try:
        folder = make_log(tmp_path, 3)
        if when == "over a draft":
            (folder / "withheld").mkdir(mode=0o700)
            (folder / "withheld" / "004.writing").write_text("left by a writer")
        with open_log(folder, now=NOW) as log:
            if when == "later":
                withhold(log, 2, role="records officer", reason="it may name a person", now=NOW)
            else:
                log.append([replace(drafts(1)[0], withheld=True)], now=NOW)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "withheld").iterdir()}
    assert modes == {"002" if when == "later" else "004": 0o600}
    assert stat.S_IMODE((folder / "withheld").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "bodies").stat().st_mode) == 0o755
    assert stat.S_IMODE((folder / "checkpoint").stat().st_mode) == 0o644
