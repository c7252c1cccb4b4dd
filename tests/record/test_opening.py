"""Promises about opening a log, whatever happened to it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.record import twin

from varne.errors import BadKey, BadRecord
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.disk import RealDisk
from varne.record.entry import Draft
from varne.record.keys import read_signer
from varne.record.opening import create_log, open_log
from varne.record.reader import Record

NOW = 1_769_832_306.789
WRITER = """
import sys, time
from pathlib import Path
from varne.record.opening import open_log
with open_log(Path(sys.argv[1]), now=float(sys.argv[2])) as log:
    print(log.size, flush=True)
    sys.stdin.readline()
"""


def made(home: Path, *, now: float = NOW) -> Path:
    create_log(home / "log", origin="varne.example/test", key=home / "log.key", now=now)
    return home / "log"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path)


def enter(folder: Path, count: int = 1, *, key: Path | None = None, withheld: bool = False) -> None:
    with open_log(folder, now=NOW, key=key) as log:
        log.append([Draft("known", "watch officer", {}, NOW, withheld=withheld)] * count, now=NOW)


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in RealDisk().files(folder) if path.name != ".lock"}


def refused(folder: Path, error: type[Exception], sentence: str, **others) -> None:
    """It is refused in these words, and nothing of it is changed."""
    before = files(folder)
    with pytest.raises(error, match=sentence):
        open_log(folder, now=NOW, **others)
    assert files(folder) == before


def test_a_new_log_holds_one_entry_that_introduces_its_key(folder: Path) -> None:
    """The policy trusts that key, and says that nobody else has countersigned."""
    record = Record(folder)
    (event,) = record.events()
    verifier = read_signer(folder.parent / "log.key").verifier
    assert (event["kind"], event["data"]["vkey"], event["logged"]) == ("key", verifier.text, "2026-01-31T04:05:06.789Z")
    assert (folder / "policy").read_text(encoding="utf-8") == f"log {verifier.text}\nquorum none\n"
    assert record.settings() == {"schema": "varne.record/v1", "origin": "varne.example/test", "key": "../log.key"}
    assert twin.read_log(RealDisk(), folder, verifier).size == 1


def test_a_log_is_made_where_nothing_is(tmp_path: Path, folder: Path) -> None:
    """A folder with something in it, a file, a key that exists or would be given away: refused, and left alone."""
    before = files(tmp_path)
    with pytest.raises(BadRecord, match="is not empty; name a folder that does not exist yet"):
        create_log(folder, origin="varne.example/test", key=tmp_path / "new.key", now=NOW)
    with pytest.raises(BadRecord, match="is not empty"):
        create_log(tmp_path / "log.key", origin="varne.example/test", key=tmp_path / "new.key", now=NOW)
    with pytest.raises(BadKey, match=r"exists, and a key is never written over; name another file"):
        create_log(tmp_path / "other", origin="varne.example/test", key=tmp_path / "log.key", now=NOW)
    with pytest.raises(BadKey, match="which is given away; name a file outside"):
        create_log(tmp_path / "other", origin="varne.example/test", key=tmp_path / "other" / "a" / "key", now=NOW)
    with pytest.raises(BadKey, match="Key name 'my log' holds a space"):
        create_log(tmp_path / "other", origin="my log", key=tmp_path / "new.key", now=NOW)
    with pytest.raises(BadRecord, match=r"cannot be made \(Not a directory\); name a folder that can"):
        create_log(folder / "policy" / "log", origin="varne.example/test", key=tmp_path / "new.key", now=NOW)
    (tmp_path / "new.key").unlink()
    assert files(tmp_path) == before


def test_a_log_that_was_closed_is_opened_as_it_was(folder: Path) -> None:
    """Opening changes nothing, as often as it is done."""
    enter(folder, 300)
    enter(folder, 3, withheld=True)
    before = files(folder)
    for _ in range(2):
        with open_log(folder, now=NOW) as log:
            assert (log.size, log.origin) == (304, "varne.example/test")
    assert files(folder) == before


def test_log_and_key_are_moved_together(folder: Path, tmp_path: Path) -> None:
    """The log says where its key lies as seen from itself; alone it is told where."""
    shutil.copytree(tmp_path, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("elsewhere"))
    moved = tmp_path / "elsewhere" / "log"
    shutil.move(folder, tmp_path / "gone")
    enter(moved)
    assert Record(moved).checkpoint().size == 2
    (tmp_path / "deep" / "down").mkdir(parents=True)
    shutil.move(moved, tmp_path / "deep" / "down" / "log")
    refused(tmp_path / "deep" / "down" / "log", BadKey, r"cannot be read \(No such file or directory\)")
    enter(tmp_path / "deep" / "down" / "log", key=tmp_path / "elsewhere" / "log.key")


def test_a_folder_without_a_log_is_refused(tmp_path: Path) -> None:
    """And no lock is left in it."""
    refused(tmp_path, BadRecord, "is no record; make one with: varne record init")
    assert not (tmp_path / ".lock").exists()


def test_a_second_process_is_told_that_the_log_is_held(folder: Path) -> None:
    """Readers are not kept out; when the first has ended the second may write."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, str(NOW)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        refused(folder, BadRecord, rf"is held by another writer \(process {other.pid}\); wait until it has ended")
        assert [event["kind"] for event in Record(folder).events()] == ["key"]
        other.communicate("\n")
    assert other.returncode == 0
    enter(folder)


def test_the_same_process_cannot_write_twice_either(folder: Path, tmp_path: Path) -> None:
    """Nor can a copy of the log with the same key be written beside it."""
    shutil.copytree(folder, tmp_path / "copy")
    with open_log(folder, now=NOW):
        refused(folder, BadRecord, "log is held by another writer")
        refused(tmp_path / "copy", BadRecord, "is held by another writer", key=tmp_path / "log.key")


def test_a_refused_opening_lets_the_log_go(folder: Path) -> None:
    """What keeps it out once, and is mended, keeps it out no longer."""
    with pytest.raises(BadRecord, match="this computer's clock is behind that"):
        open_log(folder, now=0.0)
    enter(folder)


def test_another_key_is_refused(folder: Path, tmp_path: Path) -> None:
    """It has not signed this log."""
    create_log(tmp_path / "other", origin="varne.example/test", key=tmp_path / "other.key", now=NOW)
    refused(folder, BadKey, r"^other\.key is not the key of this log\. ", key=tmp_path / "other.key")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o700])
def test_a_key_that_others_can_use_is_refused(folder: Path, mode: int) -> None:
    """With the command that mends it."""
    key = folder.parent / "log.key"
    key.chmod(mode)
    refused(folder, BadKey, rf"can be used by others \(mode {mode:03o}\); say: chmod 600 ")
    key.chmod(0o600)
    enter(folder)


@pytest.mark.parametrize(
    ("ahead", "opens"), [(0.0, True), (299.0, True), (301.0, False), (3600.0, False), (1e9, False)]
)
def test_a_log_from_the_future_is_refused(tmp_path: Path, ahead: float, opens: bool) -> None:
    """Clocks may differ by five minutes; beyond that one of them is wrong, and times would run backwards."""
    folder = made(tmp_path, now=NOW + ahead)
    if opens:
        enter(folder)
    else:
        refused(folder, BadRecord, r"was logged at 20.*Z, and this computer's clock is behind that: one of them is wro")


def test_an_older_copy_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    """The key remembers more: otherwise it would sign another log of the same size."""
    enter(folder, 2)
    shutil.copytree(folder, tmp_path / "older")
    enter(folder, 3)
    refused(tmp_path / "older", BadRecord, "has shrunk: its key has signed 6 entries, 3 are here. Restore the newest",
            key=tmp_path / "log.key")  # fmt: skip
    enter(folder)


def forked(tmp_path: Path, one: int, other: int) -> Path:
    """A log, and a copy with a copy of the key that went on by itself; the key's memory is of the first."""
    folder = made(tmp_path)
    enter(folder, 2)
    shutil.copytree(tmp_path, tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))
    enter(folder, one)
    enter(tmp_path / "copy" / "log", other)
    return tmp_path / "copy" / "log"


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        (2, 2, "is forked: its key has signed two logs that do not agree, of 5 entries each. Keep both checkpoints"),
        (2, 3, "is forked: its key has signed two logs that do not agree, of 5 and 6 entries. Keep both"),
        (2, 300, "is forked: its key has signed two logs that do not agree, of 5 and 303 entries. Keep both"),
        (3, 2, "has shrunk: its key has signed 6 entries, 5 are here"),
        (300, 2, "has shrunk: its key has signed 303 entries, 5 are here"),
    ],
)
def test_two_histories_of_one_key_are_refused(tmp_path: Path, one: int, other: int, sentence: str) -> None:
    """Of one size, or one longer than the other: they are evidence, and are left as they are."""
    copy = forked(tmp_path, one, other)
    refused(copy, BadRecord, sentence, key=tmp_path / "log.key")
    refused(tmp_path / "log", BadRecord, "is forked|has shrunk", key=tmp_path / "copy" / "log.key")
    enter(tmp_path / "log")


def test_a_checkpoint_of_the_other_history_is_not_taken_for_an_earlier_one(tmp_path: Path) -> None:
    """The tiles bear out what the key remembers, but it did not grow from what the log says."""
    copy = forked(tmp_path, 3, 2)
    shutil.copy(copy / "checkpoint", tmp_path / "log" / "checkpoint")
    refused(tmp_path / "log", BadRecord, "has shrunk: its key has signed 6 entries, 5 are here")


def test_a_key_serves_one_log(folder: Path, tmp_path: Path) -> None:
    """A second log of another name needs a key of its own."""
    checkpoint, signer = Record(folder).checkpoint(), read_signer(tmp_path / "log.key")
    other = sign_checkpoint(Checkpoint("varne.example/other", 1, checkpoint.root), [signer])
    (tmp_path / "log.key.signed").write_bytes(other)
    refused(folder, BadRecord, "The key remembers to have signed for 'varne.example/other'; 'varne.example/test' needs")


def test_what_the_key_signed_last_is_published(folder: Path, tmp_path: Path) -> None:
    """A crash came between signing and publishing: the entries are there, and nothing is signed twice."""
    older = (folder / "checkpoint").read_bytes()
    enter(folder, 300)
    newest = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").write_bytes(older)
    with open_log(folder, now=NOW) as log:
        assert log.size == 301
    assert (folder / "checkpoint").read_bytes() == newest


def test_a_key_that_remembers_less_learns_what_the_log_says(folder: Path, tmp_path: Path) -> None:
    """Its memory may be restored from an older copy: the log, which grew from there, is believed."""
    remembers = tmp_path / "log.key.signed"
    older = remembers.read_bytes()
    enter(folder, 5)
    newest = remembers.read_bytes()
    remembers.write_bytes(older)
    open_log(folder, now=NOW).close()
    assert remembers.read_bytes() == newest


def test_a_key_that_has_lost_its_memory_signs_nothing(folder: Path, tmp_path: Path) -> None:
    """An older copy of the log would be signed a second time; that it is the newest is for its keeper to say."""
    remembers = tmp_path / "log.key.signed"
    remembers.unlink()
    refused(
        folder, BadRecord, "log.key.signed is missing, so what the key signed last is not known.*say: cp .*checkpoint"
    )
    remembers.write_bytes((folder / "checkpoint").read_bytes())
    enter(folder)


def test_what_no_checkpoint_covers_is_removed(folder: Path) -> None:
    """Drafts, bodies, bundles and tiles that a crash left; nothing else."""
    enter(folder, 3)
    enter(folder, 1, withheld=True)
    before = files(folder)
    left = [
        "tile/0/000.p/9", "tile/0/000", "tile/0/001.p/7", "tile/1/000.p/1", "tile/entries/000.p/9", "tile/entries/000",
        "tile/entries/001.p/7", "tile/0/000.p/5.writing", "bodies/000.p/005", "bodies/000", "bodies/001.p/000",
        "bodies/000.p/001.writing", "withheld/005", "withheld/004.writing", "checkpoint.writing", "policy.writing",
        "record.json.writing",
    ]  # fmt: skip
    for name in left:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"left by a crash")
    kept = folder / "notes.txt"
    kept.write_bytes(b"somebody's own")
    open_log(folder, now=NOW).close()
    assert files(folder) == {**before, Path("notes.txt"): b"somebody's own"}
    assert not (folder / "bodies" / "001.p").exists()


def test_bodies_of_a_full_tile_are_put_together_where_a_crash_kept_them_apart(folder: Path) -> None:
    """So are its tiles: what the full one holds is not kept beside it."""
    enter(folder, 200)
    parts = {path: path.read_bytes() for path in RealDisk().files(folder) if ".p" in path.parent.name}
    enter(folder, 60)
    before = files(folder)
    whole = folder / "bodies" / "000"
    lines = whole.read_bytes().splitlines(keepends=True)
    for path, content in parts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    last = folder / "bodies" / "000.p" / "201"
    last.write_bytes(b"".join(lines[201:]))
    whole.unlink()
    open_log(folder, now=NOW).close()
    assert files(folder) == before


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("tile/0/001.p/45", BadRecord, "do not lead to the root of its checkpoint of 301 entries; they were changed"),
        ("tile/1/000.p/1", BadRecord, "do not lead to the root .* Say: varne record verify "),
        ("tile/entries/001.p/45", BadRecord, "Entry 300 is not what its tile says; say: varne record verify "),
        ("bodies/001.p/000", BadRecord, "the last line is cut off|Entry 300: its body is not what"),
        ("checkpoint", BadKey, "log.key is not the key of this log"),
        ("record.json", BadRecord, "has schema None; this Varne reads"),
    ],
)
def test_a_changed_file_at_the_edge_of_the_log_keeps_it_shut(
    folder: Path, name: str, error: type[Exception], sentence: str
) -> None:
    """Nothing is built on what was changed; what lies further back is for the verification."""
    enter(folder, 300)
    flipped(folder / name)
    refused(folder, error, sentence)


def test_a_missing_tile_keeps_the_log_shut(folder: Path) -> None:
    """With its name."""
    enter(folder, 300)
    (folder / "tile" / "1" / "000.p" / "1").unlink()
    refused(folder, BadRecord, r"tile/1/000\.p/1 is missing in ")


def test_a_checkpoint_of_another_log_is_refused(folder: Path) -> None:
    """The settings say which log it is."""
    settings = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    (folder / "record.json").write_text(json.dumps({**settings, "origin": "varne.example/other"}), encoding="utf-8")
    refused(folder, BadRecord, "The checkpoint is of 'varne.example/test', the log of 'varne.example/other'; restore")


def test_a_change_of_key_that_was_interrupted_is_finished_first(folder: Path) -> None:
    """Nothing is entered meanwhile."""
    settings = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    (folder / "record.json").write_text(json.dumps({**settings, "rotating_to": "../new.key"}), encoding="utf-8")
    refused(folder, BadRecord, "A change of key was interrupted; say again: varne record rotate ")


def test_a_memory_that_is_not_of_this_key_is_refused(folder: Path, tmp_path: Path) -> None:
    """It may stand for what the log has lost, so it is not written over."""
    create_log(tmp_path / "other", origin="varne.example/test", key=tmp_path / "other.key", now=NOW)
    for memory in (b"", b"nothing", (tmp_path / "other.key.signed").read_bytes()):
        (tmp_path / "log.key.signed").write_bytes(memory)
        refused(folder, BadRecord, r"key\.signed is not the checkpoint that this key signed last .*; restore it; ")
        assert (tmp_path / "log.key.signed").read_bytes() == memory
    (tmp_path / "log.key.signed").write_bytes((folder / "checkpoint").read_bytes())
    enter(folder)


@pytest.mark.parametrize("withheld", [False, True])
def test_the_last_entry_may_have_lost_its_body(folder: Path, withheld: bool) -> None:
    """Deleted as it may be, the next entry follows on its commitment."""
    enter(folder, withheld=withheld)
    path = folder / ("withheld/001" if withheld else "bodies/000.p/001")
    commit = Record(folder).entry(1).commit
    path.unlink()
    enter(folder)
    assert Record(folder).entry(2).content["prev"] == commit
