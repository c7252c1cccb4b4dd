"""Promises about the check of a whole log: whatever is wrong makes it fail, whatever is not checked is no pass."""

import shutil
from pathlib import Path

import pytest
from tests.record.authority import Authority
from tests.record.logs import NOW, ORIGIN, Altered, append, drafts, flipped, make_log, tiled_log, tree

from varne.errors import BadNote, BadRecord, VarneError
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.disk import RealDisk
from varne.record.entry import Draft
from varne.record.finding import FAILED, OPEN, REMARK
from varne.record.keep import keep_checkpoint
from varne.record.keys import COSIGNER, LOG, new_signer, read_signer
from varne.record.opening import begin_log, open_log
from varne.record.policy import Log, Policy, Witness
from varne.record.reader import Record
from varne.record.rotate import rotate
from varne.record.timestamp import new_request
from varne.record.tree import leaf_hash, root_of
from varne.record.verify import verify
from varne.record.verify_kept import Believed

WITNESS = new_signer("witness.example", COSIGNER)
LATER = NOW + 1e9  # stamps are of the day on which the test runs


@pytest.fixture
def log(tmp_path):
    """A small log and the public half of its key."""
    folder = make_log(tmp_path, 3)
    return folder, read_signer(tmp_path / "log.key").verifier


def test_all_that_can_be_asked_is_checked_and_holds(tmp_path):
    """Key pinned, stamped and countersigned to the last entry, the policy met: whole, without a word."""
    folder = make_log(tmp_path, 300)
    key = read_signer(tmp_path / "log.key").verifier
    authority = Authority(tmp_path / "authority")
    path = keep_checkpoint(Record(folder))
    text = path.read_text().split("\n\n")[0] + "\n"
    path.with_name("checkpoint.301.cosig").write_text(cosign(text, WITNESS, int(NOW)).line)
    path.with_name("checkpoint.301.tsr").write_bytes(authority.reply(new_request(path.read_bytes()).written))
    policy = Policy((), (Witness("one", WITNESS.verifier),), (), "one")
    believed = Believed((key,), (WITNESS.verifier,), (authority.root,), (authority.middle,), policy)
    found = verify(Record(folder), believed, now=LATER)
    assert found.findings == ()
    assert (found.holds, found.whole) == (True, True)
    assert found.signed_by == (key.text,)
    assert len(found.events) == 301
    assert [one.who for one in found.cosigned] == ["witness.example"]
    assert len(found.stamped) == 1


def test_every_byte_of_the_checkpoint_of_a_thousand_entries_counts(thousand):
    """One bit turned: it does not hold, and the checkpoint is named; or it cannot be read, which a sentence says."""
    path = thousand / "checkpoint"
    content = path.read_bytes()
    key = read_signer(thousand.parent / "log.key").verifier
    for place in range(len(content)):
        record = Record(thousand, Altered({path: flipped(content, place)}))
        try:
            found = verify(record, Believed((key,)), now=NOW)
        except BadNote as error:
            assert str(error).startswith("checkpoint: "), f"byte {place}"
        else:
            named = {one.where for one in found.findings if one.state == FAILED}
            assert "checkpoint" in named, f"byte {place}"


def test_a_sample_of_the_bytes_of_all_bodies_of_a_thousand_entries_counts(thousand):
    """One bit turned in each of sixty places, spread over all of them: entry or file is named."""
    files = sorted(path for path in (thousand / "bodies").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in files)
    start = 0
    for path in files:
        content = path.read_bytes()
        for place in range(-start % (size // 60), len(content), size // 60):
            found = verify(Record(thousand, Altered({path: flipped(content, place)})), Believed(), now=NOW)
            named = [one.where for one in found.findings if one.state == FAILED]
            assert named, f"{path.name}, byte {place}"
            name = path.relative_to(thousand).as_posix()
            assert any(where.startswith("entry ") or where == name for where in named)
        start += len(content)


def test_whose_key_it_is_must_be_known_from_elsewhere(log):
    """That a log names its own key proves nothing: it holds, and is not whole."""
    folder, key = log
    found = verify(Record(folder), Believed(), now=NOW)
    assert (found.holds, found.whole) == (True, False)
    assert [one.where for one in found.findings if one.state == OPEN] == ["key"]
    pinned = verify(Record(folder), Believed((key,)), now=NOW)
    assert (pinned.holds, pinned.whole) == (True, True)
    other = verify(Record(folder), Believed((new_signer(ORIGIN, LOG).verifier,)), now=NOW)
    assert not other.holds
    assert [one.where for one in other.findings if one.state == FAILED] == ["key"]


def test_a_checkpoint_by_the_replaced_key_alone_does_not_hold(tmp_path):
    """Keys are changed because they were stolen: what the old one signs after that counts for nothing."""
    folder = make_log(tmp_path, 3)
    rotate(folder, tmp_path / "new.key", role="records officer", reason="stolen", now=NOW)
    append(folder, 1)
    old, new = (read_signer(tmp_path / name) for name in ("log.key", "new.key"))
    written = sign_checkpoint(Record(folder).checkpoint(), [old])
    stolen = Record(folder, Altered({folder / "checkpoint": written}))
    for pinned in (old, new):
        assert verify(Record(folder), Believed((pinned.verifier,)), now=NOW).whole
        found = verify(stolen, Believed((pinned.verifier,)), now=NOW)
        assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint"]
        assert f"which entry 4 replaced by {new.verifier.text}" in found.findings[0].what


def test_a_change_of_key_that_a_thief_enters_alone_does_not_hold(log, tmp_path):
    """He goes on with a true log under a key of his own, which an entry introduces; the old key did not sign it."""
    folder, key = log
    thief = new_signer(ORIGIN, LOG)
    data = {"vkey": thief.verifier.text, "replaces": key.text, "reason": "so I say"}
    with open_log(folder, now=NOW) as writing:
        writing.append([Draft("key", "thief", data, NOW)], now=NOW)
        writing.append(drafts(1), now=NOW)
    for name in ("checkpoint", "checkpoint.5"):
        leaves = Record(folder).leaves(0, 6)[: 6 if name == "checkpoint" else 5]
        root = root_of([leaf_hash(leaf) for leaf in leaves])
        (folder / name).write_bytes(sign_checkpoint(Checkpoint(ORIGIN, len(leaves), root), [thief]))
    found = verify(Record(folder), Believed((key,)), now=NOW)
    assert not found.holds
    assert any("not signed by both keys" in one.what for one in found.findings)


def test_a_log_whose_first_entry_introduces_no_key_does_not_hold(log):
    """Nobody could say whose it is."""
    folder, _ = log
    found = verify(Record(folder, Altered({folder / "bodies/000.p/000": None})), Believed(), now=NOW)
    assert {"entry 0", "key", "checkpoint"} >= {one.where for one in found.findings if one.state == FAILED} >= {"key"}


def test_a_log_that_was_set_back_is_told_by_what_was_kept(log, tmp_path):
    """An older copy of all files but the checkpoint that somebody keeps."""
    folder, key = log
    older = tree(folder)
    append(folder, 2)
    kept = keep_checkpoint(Record(folder)).read_bytes()
    shutil.rmtree(folder)
    for name, content in older.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert verify(Record(folder), Believed((key,)), now=NOW).holds  # nobody can see it by the log alone
    (folder / "checkpoint.6").write_bytes(kept)
    found = verify(Record(folder), Believed((key,)), now=NOW)
    assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint.6"]
    assert "it has shrunk" in next(one.what for one in found.findings if one.state == FAILED)


def test_a_log_that_was_forked_is_told_by_what_was_kept(tmp_path):
    """Two histories under one key: each holds, and not beside the other's checkpoint."""
    one = make_log(tmp_path / "one", 3)
    begin_log(tmp_path / "two" / "log", read_signer(tmp_path / "one" / "log.key"), key=copied_key(tmp_path), now=NOW,
              disk=RealDisk())  # fmt: skip
    two = tmp_path / "two" / "log"
    append(two, 3)
    key = read_signer(tmp_path / "one" / "log.key").verifier
    kept = keep_checkpoint(Record(one)).read_bytes()
    assert verify(Record(two), Believed((key,)), now=NOW).holds
    (two / "checkpoint.4").write_bytes(kept)
    found = verify(Record(two), Believed((key,)), now=NOW)
    assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint.4"]
    assert "the log is forked" in next(one.what for one in found.findings if one.state == FAILED)


def test_a_log_from_the_future_does_not_hold(log):
    """Its keeper's clock or ours is wrong: nobody can tell, so it is no pass."""
    folder, key = log
    found = verify(Record(folder), Believed((key,)), now=NOW - 3600.0)
    assert {one.where for one in found.findings if one.state == FAILED} == {f"entry {index}" for index in range(4)}


def test_an_unsigned_tail_does_not_condemn_a_log(log):
    """The writer stopped after the files and before the checkpoint."""
    folder, key = log
    written = (folder / "checkpoint").read_bytes()
    append(folder, 2)
    (folder / "checkpoint").write_bytes(written)
    found = verify(Record(folder), Believed((key,)), now=NOW)
    assert (found.holds, found.whole) == (True, True)
    assert {"tile/0/000.p/6", "tile/entries/000.p/6", "bodies/000.p/004"} <= {
        one.where for one in found.findings if one.state == REMARK
    }


def test_a_changed_file_that_an_entry_names_is_told(log):
    """Files are part of what is checked."""
    folder, key = log
    (folder / "files").mkdir()
    (folder / "files" / ("0" * 64)).write_bytes(b"an answer")
    found = verify(Record(folder), Believed((key,)), now=NOW)
    assert [one.where for one in found.findings if one.state == FAILED] == [f"files/{'0' * 64}"]


def test_a_quorum_that_is_asked_for_and_not_met_is_no_pass(log):
    """The log does not wait for witnesses, so it is no fault of it."""
    folder, key = log
    policy = Policy((), (Witness("one", WITNESS.verifier),), (), "one")
    found = verify(Record(folder), Believed((key,), (WITNESS.verifier,), policy=policy), now=NOW)
    assert (found.holds, found.whole) == (True, False)


def test_a_log_of_others_without_a_key_is_not_checked(tmp_path):
    """It agrees with itself, and nobody knows whose it is; a wrong key is a fault."""
    signer = new_signer("example.org/modules", LOG)
    folder = tiled_log(tmp_path, signer, [b"one", b"two"])
    found = verify(Record(folder), Believed(), now=NOW)
    assert (found.holds, found.whole) == (True, False)
    assert {one.where for one in found.findings if one.state == OPEN} == {"key", "checkpoint"}
    assert found.events == {}
    other = new_signer("example.org/modules", LOG)
    assert not verify(Record(folder), Believed((other.verifier,)), now=NOW).holds


def test_a_key_in_a_policy_signs_for_the_log_of_its_own_name(tmp_path):
    """Who may sign for one log signs for no other; whoever gives a key by hand knows for which log it signs."""
    origin = "example.org/modules"
    right, other = (new_signer(name, LOG) for name in (origin, "example.org/other"))
    folder = tiled_log(tmp_path, other, [b"one", b"two"])
    both = Policy((Log(right.verifier), Log(other.verifier)), (), ())
    for policy in (both, Policy((Log(other.verifier),), (), ())):
        found = verify(Record(folder), Believed(policy=policy), now=NOW)
        assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint"], found.findings
        assert found.signed_by == ()
    by_hand = verify(Record(folder), Believed((other.verifier,)), now=NOW)
    assert by_hand.holds and ("key", REMARK) in {(one.where, one.state) for one in by_hand.findings}
    named = tiled_log(tmp_path / "named", right, [b"one"])
    found = verify(Record(named), Believed(policy=both), now=NOW)
    assert (found.holds, found.whole, found.signed_by) == (True, True, (right.verifier.text,))
    assert "key" not in {one.where for one in found.findings}


def test_a_record_has_the_name_of_its_key(log, tmp_path):
    """A record that introduces the key of another, and is signed with it, does not hold, whatever is trusted."""
    folder, key = log
    data = {"vkey": new_signer("varne.example/other", LOG).verifier.text, "replaces": key.text, "reason": "b"}
    with open_log(folder, now=NOW) as writing:
        writing.append([Draft("key", "thief", data, NOW)], now=NOW)
    found = verify(Record(folder), Believed((key,)), now=NOW)
    assert any(one.where == "entry 4" and "this is the log" in one.what for one in found.findings)
    listed = Policy((Log(key),), (), ())
    assert verify(Record(make_log(tmp_path / "two", 1)), Believed(policy=listed), now=NOW).holds is False
    assert verify(Record(folder), Believed(policy=Policy((), (), ())), now=NOW).holds is False


def test_a_log_that_has_no_checkpoint_or_none_that_can_be_read_is_told(tmp_path, log):
    """In a sentence that names it."""
    folder, _ = log
    with pytest.raises(BadRecord, match="has no checkpoint"):
        verify(Record(tmp_path / "nowhere"), Believed(), now=NOW)
    for content in (b"", b"nothing", b"\xff", (folder / "checkpoint").read_bytes()[:40]):
        with pytest.raises(BadNote, match=r"^checkpoint: "):
            verify(Record(folder, Altered({folder / "checkpoint": content})), Believed(), now=NOW)


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/000.p/4", "tile/entries/000.p/1", "bodies/000.p/000", "policy"])
def test_a_file_that_cannot_be_read_is_named(log, name):
    """Whatever the disk says of it."""
    folder, _ = log
    with pytest.raises(VarneError, match=Path(name).name):
        verify(Record(folder, _Refusing(folder / name)), Believed(), now=NOW)


class _Refusing(RealDisk):
    """A disk that does not give one file away."""

    def __init__(self, path):
        self.path = path

    def read(self, path):
        if path == self.path:
            raise PermissionError(13, "Permission denied", str(path))
        return super().read(path)


def copied_key(home):
    """A key in two places, as only a thief or a fool has it: what it remembers to have signed is in one."""
    (home / "two").mkdir()
    return Path(shutil.copy(home / "one" / "log.key", home / "two" / "log.key"))


def test_that_nobody_outside_has_seen_a_log_is_said(log):
    """Its order is then proved only to those who kept an older checkpoint."""
    found = verify(Record(log[0]), Believed(), now=NOW)
    said = {one.where: one.what for one in found.findings if one.state == REMARK}
    assert "kept an older checkpoint" in said["witness"] and "keeper's clock" in said["time"]


def test_what_the_key_remembers_shows_that_a_log_has_shrunk_or_forked(log):
    """Nothing else is taken from it: that of another log says nothing of this one."""
    folder, key = log
    root = root_of([leaf_hash(leaf) for leaf in Record(folder).leaves(0, 4)])
    cases = ((ORIGIN, 4, root, ""), (ORIGIN, 5, root, "has shrunk"), (ORIGIN, 4, bytes(32), "is forked"),
             (ORIGIN, 3, root, "is forked"), ("varne.example/other", 9, root, ""))  # fmt: skip
    for origin, size, signed, why in cases:
        last = Checkpoint(origin, size, signed)
        found = verify(Record(folder), Believed(own=key, signed_last=last), now=NOW)
        wrong = [one.what for one in found.findings if one.state == FAILED]
        assert not found.whole and bool(wrong) == bool(why) and all(why in what for what in wrong), (origin, size)


class Growing(RealDisk):
    """A disk on which another writer goes on just after the newest checkpoint was read."""

    def __init__(self, folder, entries):
        self.folder, self.entries, self.begun = folder, entries, False

    def read(self, path):
        content = super().read(path)
        if path.name == "checkpoint" and not self.begun:
            self.begun = True
            append(self.folder, self.entries)
            keep_checkpoint(Record(self.folder))
        return content


@pytest.mark.parametrize("entries", [1, 300])
def test_a_log_that_grows_while_it_is_checked_holds(tmp_path, entries):
    """What was kept meanwhile is of the log to come; partial tiles may have gone, and stand in full ones."""
    folder = make_log(tmp_path, 3)
    keep_checkpoint(Record(folder))
    found = verify(Record(folder, Growing(folder, entries)), Believed(), now=NOW)
    assert found.holds, found.findings
    assert found.checkpoint.size == 4
