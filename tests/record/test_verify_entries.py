"""Promises about bodies: each is what its leaf commits to, follows the one before, comes from the past, or is named."""

import json
from dataclasses import replace

import pytest
from tests.record.logs import NOW, Altered, drafts, flipped, make_log

from varne.record.entry import Draft, canonical, commit_of, leaf_of
from varne.record.finding import FAILED, REMARK
from varne.record.opening import open_log
from varne.record.packed import write_bodies
from varne.record.reader import Record
from varne.record.redact import redact, withhold
from varne.record.tiles import WIDTH
from varne.record.verify_entries import is_ours, verify_entries

LATER = NOW + 86_400.0


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A small log: the key, five entries, one withheld, one full file of bodies and parts of another."""
    folder = make_log(tmp_path_factory.mktemp("entries"), 5)
    with open_log(folder, now=NOW) as log:
        log.append([replace(draft, withheld=True) for draft in drafts(1)], now=NOW)
        log.append(drafts(260), now=NOW)
        log.append(drafts(2), now=NOW)
    return folder


def test_a_log_as_it_was_written_has_nothing_wrong(log):
    """Given and withheld bodies are told apart; nothing is said of them."""
    found = checked(log, {})
    assert found.findings == ()
    assert found.withheld == (6,)
    assert sorted(found.events) == [index for index in range(269) if index != 6]


@pytest.mark.parametrize("name", ["bodies/000", "bodies/001.p/000", "bodies/001.p/011", "withheld/006"])
def test_a_byte_of_a_body_a_salt_or_a_number_is_named(log, name):
    """A sample of the bytes of each file of bodies: the entry or the file is named, and nothing else."""
    path = log / name
    content = path.read_bytes()
    places = [*range(0, len(content), max(1, len(content) // 70)), len(content) - 1]
    numbers = [int(line.split()[0]) for line in content.splitlines()]
    for place in places:
        found = [one for one in checked(log, {path: flipped(content, place)}).findings if one.state == FAILED]
        assert found, f"byte {place}"
        about = {one.where for one in found} - {name}
        assert about <= {f"entry {number}" for number in numbers}, f"byte {place}"
        assert len(about) <= 2, f"byte {place}"  # the entry, and the one that it was taken for


def test_a_changed_body_and_a_changed_salt_are_named_by_the_entry(log):
    """What the leaf commits to is both."""
    bodies = Record(log).bodies(0)
    for index, (salt, event) in ((3, bodies[3]), (4, bodies[4])):
        for other in ((flipped(salt, 0), event), (salt, event.replace(b"wave_height", b"wave_length"))):
            changed = write_bodies((one, *(other if one == index else body)) for one, body in sorted(bodies.items()))
            found = failures(checked(log, {log / "bodies/000": changed}))
            assert found == {f"entry {index}": "its body is not what the log commits to; body or salt was changed."}


def test_a_body_that_is_missing_is_named(log):
    """One taken out of its file, and a whole file that is gone; a deletion that no entry tells of is a fault."""
    bodies = Record(log).bodies(0)
    without = write_bodies((index, *body) for index, body in sorted(bodies.items()) if index != 3)
    expected = "its body is missing, and no entry says that it was deleted"
    assert failures(checked(log, {log / "bodies/000": without})) == {"entry 3": expected}
    assert failures(checked(log, {log / "withheld/006": None})) == {"entry 6": expected}
    gone = checked(log, {log / "bodies/001.p/011": None})
    assert failures(gone) == {"entry 267": expected, "entry 268": expected}


def test_a_body_that_is_given_twice_is_named(log):
    """Two bodies of one entry in two parts: readers would see one or the other."""
    salt, event = Record(log).bodies(1)[260]
    twice = (log / "bodies/001.p/011").read_bytes() + write_bodies([(260, salt, event)])
    found = failures(checked(log, {log / "bodies/001.p/011": twice}))
    assert found == {"bodies/001.p/011": "holds a second body of entry 260"}


def test_what_was_deleted_and_said_so_is_no_fault(tmp_path):
    """Its number is listed; where a copy of the body is put back, that is said."""
    folder = make_log(tmp_path, 3)
    before = (folder / "bodies/000.p/001").read_bytes()
    with open_log(folder, now=NOW) as log:
        said = redact(log, 2, role="records officer", reason="it named a person", now=NOW)
    assert checked(folder, {}).findings == ()
    assert checked(folder, {}).deleted == (2,)
    back = checked(folder, {folder / "bodies/000.p/001": before})
    assert [(one.state, one.where) for one in back.findings] == [(REMARK, "entry 2")]
    assert f"entry {said} says it was deleted" in back.findings[0].what
    apart = checked(folder, {folder / "withheld/002": write_bodies([(2, *bodies_of(before)[2])])})
    assert {one.where for one in apart.findings} == {"entry 2"}


def test_a_deleted_body_in_a_part_that_is_left_is_found(tmp_path):
    """Parts from before a tile was full are read too: a body that should be gone must not lie there."""
    folder = make_log(tmp_path, 3)
    part = (folder / "bodies/000.p/001").read_bytes()
    with open_log(folder, now=NOW) as log:
        log.append(drafts(300), now=NOW)
        redact(log, 2, role="records officer", reason="it named a person", now=NOW)
    found = checked(folder, {folder / "bodies/000.p/001": part}).findings
    assert {(one.state, one.where) for one in found} == {(REMARK, "bodies/000.p/001"), (REMARK, "entry 2")}


@pytest.mark.parametrize(
    "data",
    [
        {"redacts": 2, "commit": "sha256:" + 64 * "0", "reason": "of another entry"},
        {"redacts": "2", "reason": "no number"},
        {"redacts": [2], "reason": "a list"},
        {"redacts": True, "reason": "true is no number"},
        {"redacts": 10**6, "reason": "there is none"},
        {"redacts": -2, "reason": "counted from behind"},
    ],
)
def test_only_an_entry_that_names_the_commitment_says_that_it_was_deleted(tmp_path, data):
    """What is malformed excuses nothing, and is no traceback either."""
    folder = make_log(tmp_path, 3)
    with open_log(folder, now=NOW) as log:
        log.append([Draft("redaction", "records officer", data, NOW)], now=NOW)
    bodies = bodies_of((folder / "bodies/000.p/001").read_bytes())
    without = write_bodies((index, *body) for index, body in bodies.items() if index != 2)
    assert set(failures(checked(folder, {folder / "bodies/000.p/001": without}))) == {"entry 2"}


def test_an_earlier_entry_cannot_say_that_a_later_one_was_deleted(tmp_path):
    """A deletion that is announced before there is anything to delete is none."""
    folder = make_log(tmp_path)
    with open_log(folder, now=NOW) as log:
        log.append([Draft("redaction", "records officer", {"redacts": 2, "reason": "in advance"}, NOW)], now=NOW)
        log.append(drafts(1), now=NOW)
    assert set(failures(checked(folder, {folder / "bodies/000.p/002": None}))) == {"entry 2"}


def test_a_withheld_body_that_is_given_away_is_said(tmp_path):
    """Both where it lies in two places and where it only lies among those that are given."""
    folder = make_log(tmp_path, 3)
    given = (folder / "bodies/000.p/001").read_bytes()
    with open_log(folder, now=NOW) as log:
        said = withhold(log, 2, role="records officer", reason="it may name a person", now=NOW)
    assert checked(folder, {}).findings == ()
    assert checked(folder, {}).withheld == (2,)
    both = checked(folder, {folder / "bodies/000.p/001": given}).findings
    assert {one.where for one in both} == {"entry 2"}
    assert any(f"though entry {said} says that it is withheld" in one.what for one in both)
    assert any("it lies withheld too" in one.what for one in both)
    back = checked(folder, {folder / "bodies/000.p/001": given, folder / "withheld/002": None}).findings
    assert [one.where for one in back] == ["entry 2"]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("bodies/000.p/007.writing", b"ha", "was being written when the writer stopped"),
        ("bodies/000.p/007.old", b"", "is no file of a log"),
        ("bodies/notes", b"", "is no file of a log"),
        ("withheld/006.writing", b"ha", "was being written when the writer stopped"),
        ("withheld/notes", b"", "is no file of a log"),
        ("withheld/999", b"", "belongs to entries that the checkpoint does not cover"),
        ("bodies/007", b"", "belongs to entries that the checkpoint does not cover"),
    ],
)
def test_strange_files_are_remarks(log, name, content, what):
    """What a crash or a person left condemns nothing, and is named."""
    found = checked(log, {log / name: content})
    assert [(one.state, one.where, one.what) for one in found.findings] == [(REMARK, name, what)]


def test_an_unsigned_tail_is_a_remark(log):
    """Bodies of entries that no checkpoint covers yet."""
    tail = (log / "bodies/001.p/011").read_bytes() + write_bodies([(400, bytes(32), b"{}")])
    found = checked(log, {log / "bodies/001.p/011": tail})
    assert [(one.state, one.where) for one in found.findings] == [(REMARK, "bodies/001.p/011")]


def test_an_event_that_follows_another_entry_is_named(tmp_path):
    """`prev` is the commitment before: entries cannot be put in another order in silence."""
    folder, leaves = forged(tmp_path, 3, lambda event: event | {"prev": "sha256:" + 64 * "0"})
    found = failures(verify_entries(Record(folder), leaves, now=NOW))
    assert set(found) == {"entry 3"}
    assert "follows sha256:000" in found["entry 3"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda event: event | {"schema": "varne.event/v2"}, "varne.event/v2"),
        (lambda event: event | {"logged": "2026-01-31 04:05"}, "logged is '2026-01-31 04:05'"),
        (lambda event: event | {"kind": "gossip"}, "gossip"),
        (lambda event: {**event, "extra": 1}, "extra"),
        (lambda event: event | {"data": []}, "no object"),
    ],
)
def test_an_event_that_commits_rightly_and_is_malformed_is_named(tmp_path, change, what):
    """Whoever holds the key could commit to anything."""
    folder, leaves = forged(tmp_path, 3, change)
    found = failures(verify_entries(Record(folder), leaves, now=NOW))
    assert what in found["entry 3"]
    assert set(found) == {"entry 3"}


def test_an_entry_from_the_future_is_a_fault(log):
    """Five minutes are between two clocks; a day is not."""
    found = verify_entries(Record(log), leaves_of(log), now=NOW - 86_400.0)
    assert set(failures(found)) == {f"entry {index}" for index in range(269)}
    assert failures(verify_entries(Record(log), leaves_of(log), now=NOW - 299.0)) == {}


def test_times_that_are_worth_knowing_are_remarks(tmp_path):
    """Entered long after, and before it happened."""
    folder = make_log(tmp_path)
    with open_log(folder, now=LATER) as log:
        log.append([replace(drafts(1)[0], time=NOW)], now=LATER)  # 24 h after
        log.append([replace(drafts(1)[0], time=LATER + 900.0)], now=LATER)
    found = verify_entries(Record(folder), leaves_of(folder), now=LATER)
    said = {one.where: one.what for one in found.findings if one.state == REMARK}
    assert failures(found) == {}
    assert "24.0 h after it happened" in said["entry 1"]
    assert "after it was logged" in said["entry 2"]


def test_a_leaf_that_cannot_be_read_hides_no_other(log):
    """What its bundle lacks is said elsewhere; the entries about it are still checked."""
    leaves = leaves_of(log)
    leaves[3] = None
    found = verify_entries(Record(log), leaves, now=NOW)
    assert found.findings == ()
    assert 3 not in found.events
    assert {2, 4} <= set(found.events)


def test_logs_of_others_are_told_apart(log):
    """Leaves as Varne writes them make a log ours, also when some were changed; one that was planted does not."""
    leaves = leaves_of(log)
    assert is_ours(leaves)
    assert is_ours([None, b"changed", leaves[5]])
    assert not is_ours([b"a module", b"{}", None])
    assert not is_ours([b"a module", b"{}", leaves[5]])


def checked(folder, altered):
    return verify_entries(Record(folder, Altered(altered)), leaves_of(folder), now=NOW)


def leaves_of(folder):
    record = Record(folder)
    size = record.checkpoint().size
    return [leaf for start in range(0, size, WIDTH) for leaf in record.leaves(start // WIDTH, min(WIDTH, size - start))]


def failures(found):
    return {one.where: one.what for one in found.findings if one.state == FAILED}


def bodies_of(written):
    lines = (line.split(b" ", 2) for line in written.splitlines())
    return {int(number): (bytes.fromhex(salt.decode()), event) for number, salt, event in lines}


def forged(home, index, change):
    """A log whose last entry its keeper made otherwise; its leaf commits to what it says."""
    folder = make_log(home, index)
    path = folder / "bodies/000.p/001"
    bodies = bodies_of(path.read_bytes())
    salt, event = bodies[index]
    bodies[index] = salt, canonical(change(json.loads(event)))
    path.write_bytes(write_bodies((number, *body) for number, body in bodies.items()))
    leaves = leaves_of(folder)
    leaves[index] = leaf_of(commit_of(*bodies[index]))
    return folder, leaves
