"""Promises about a log as anyone can read it."""

import hashlib
import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from varne.errors import BadRecord
from varne.record.disk import RealDisk, put
from varne.record.entry import Draft, commit_of, leaf_of
from varne.record.log import Log
from varne.record.opening import create_log, example_log, open_log
from varne.record.packed import pack
from varne.record.reader import Record, entry_of
from varne.record.tiles import Tile
from varne.record.tree import check_consistency, check_inclusion, leaf_hash, root_of


class WatchedDisk(RealDisk):
    """The disk of this computer, on which something happens just before one of the operations of a reader."""

    def __init__(self, happens: Callable[[], object], at: int) -> None:
        self.happens, self.at, self.count = happens, at, 0

    def read(self, path: Path) -> bytes:
        self._now()
        return super().read(path)

    def exists(self, path: Path) -> bool:
        self._now()
        return super().exists(path)

    def files(self, folder: Path) -> list[Path]:
        self._now()
        return super().files(folder)

    def _now(self) -> None:
        if self.count == self.at:
            self.happens()
        self.count += 1


def drafts(count: int, *, withheld: bool = False) -> list[Draft]:
    return [Draft("known", "watch officer", {"number": place}, 0.0, withheld=withheld) for place in range(count)]


@pytest.fixture
def log(tmp_path: Path):
    create_log(tmp_path / "log", origin="varne.example/test", key=tmp_path / "log.key", now=0.0)
    with open_log(tmp_path / "log", now=0.0) as opened:
        yield opened


def test_everything_entered_is_read(log: Log) -> None:
    """One by one, in order, and as events with their numbers."""
    entered = [*log.append(drafts(3), now=0.0).entries, *log.append(drafts(300), now=0.0).entries]
    record = Record(log.record.folder)
    assert [entry for _, entry in record.entries()][1:] == entered
    assert [record.entry(index) for index in (1, 255, 256, 303)] == [entered[place] for place in (0, 254, 255, 302)]
    assert [event["index"] for event in record.events()] == list(range(304))
    assert [event["data"] for event in record.events()[1:4]] == [{"number": 0}, {"number": 1}, {"number": 2}]


@pytest.mark.parametrize("index", [-1, 4])
def test_an_entry_that_is_not_there_is_refused(log: Log, index: int) -> None:
    """With how many there are."""
    log.append(drafts(3), now=0.0)
    with pytest.raises(BadRecord, match=rf"^There is no entry {index}; the log has 4, counted from 0\.$"):
        log.record.entry(index)


def test_a_withheld_body_is_not_given_away_with_the_others(log: Log) -> None:
    """Its leaf is there; its body only for who asks for it."""
    (entry,) = log.append(drafts(1, withheld=True), now=0.0).entries
    record = log.record
    assert (record.entry(1).leaf, record.entry(1).event) == (entry.leaf, None)
    assert [event["index"] for event in record.events()] == [0]
    assert record.withheld(1) == (entry.salt, entry.event)
    assert record.withheld(0) is None


def test_a_body_that_is_gone_leaves_the_tree_as_it_was(log: Log) -> None:
    """The root, the proof and every other entry are the same without it."""
    log.append(drafts(4), now=0.0)
    record, root = log.record, log.record.checkpoint().root
    leaf, proof, others = record.leaf(2), record.prove(2, 5), record.events()
    (part,) = [path for path in record.body_files(0) if path.name == "001"]
    lines = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(line for line in lines if not line.startswith(b"2 ")))
    assert record.entry(2).event is None
    assert (record.leaf(2), record.prove(2, 5), record.checkpoint().root) == (leaf, proof, root)
    check_inclusion(2, 5, leaf_hash(leaf), proof, root)
    assert record.events() == [event for event in others if event["index"] != 2]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 255, 256, 257, 300])
def test_entries_and_growth_are_proved(log: Log, size: int) -> None:
    """Proofs read from tiles are those that a check of the tree accepts."""
    if size > 1:
        log.append(drafts(size - 1), now=0.0)
    record = log.record
    checkpoint = record.checkpoint()
    hashes = [leaf_hash(entry.leaf) for _, entry in record.entries()]
    for index in {0, size // 2, size - 1}:
        check_inclusion(index, size, hashes[index], record.prove(index, size), checkpoint.root)
    for old in {1, (size + 1) // 2, size}:
        proof = record.prove_growth(old, size)
        check_consistency(old, size, root_of(hashes[:old]), checkpoint.root, proof)


def test_a_reader_sees_a_whole_log_whenever_a_writer_fills_a_tile(log: Log) -> None:
    """Between any two looks of the reader at the disk; it reads the log of the checkpoint that it read."""
    log.append(drafts(200), now=0.0)
    known = {path: path.read_bytes() for path in log.record.disk.files(log.record.folder)}
    before = [entry for _, entry in log.record.entries()]
    log.append(drafts(60), now=0.0)
    filled = {path: path.read_bytes() for path in log.record.disk.files(log.record.folder)}

    def restored(files: dict[Path, bytes], others: dict[Path, bytes]) -> None:
        for path, content in files.items():
            path.write_bytes(content)
        for path in others.keys() - files.keys():
            path.unlink(missing_ok=True)

    for at in itertools.count():
        restored(known, filled)
        disk = WatchedDisk(lambda: restored(filled, known), at)
        record = Record(log.record.folder, disk)
        found = [entry for _, entry in record.entries()]
        assert found[:201] == before
        assert len(found) in (201, 261)
        assert len(record.prove(7, len(found))) in (8, 9)
        if disk.count <= at:
            break
    assert at > 5


def test_drafts_of_a_writer_are_not_read(log: Log) -> None:
    """What a writer is writing, or had half written when it was killed, is no part of the log."""
    log.append(drafts(2), now=0.0)
    before = log.record.events()
    for name in ("bodies/000.p/003.writing", "checkpoint.writing", "tile/0/000.p/3.writing"):
        (log.record.folder / name).write_bytes(b"3 00")
    assert log.record.events() == before


def test_full_tiles_stand_for_the_partial_ones_they_became(log: Log) -> None:
    """An older checkpoint is still read when its partial tile has become a full one."""
    log.append(drafts(255), now=0.0)
    record = log.record
    assert not (record.folder / Tile(0, 0, 200).path).exists()
    full = record.read_tile(Tile(0, 0))
    assert len(full) == 256 * 32
    assert record.read_tile(Tile(0, 0, 200)) == full
    assert record.leaves(0, 200) == record.leaves(0, 256)[:200]


def replaced(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def test_a_body_that_was_changed_is_refused(log: Log) -> None:
    """One figure in it is enough."""
    log.append(drafts(1), now=0.0)
    replaced(log.record.folder / "bodies" / "000.p" / "001", b'{"number":0}', b'{"number":9}')
    with pytest.raises(BadRecord, match="Entry 1: its body is not what the log commits to; body or salt was changed"):
        log.record.entry(1)
    with pytest.raises(BadRecord, match="Entry 1: its body is not"):
        log.record.events()


def test_files_that_are_malformed_are_named(log: Log) -> None:
    """So that they can be restored."""
    log.append(drafts(1), now=0.0)
    log.append(drafts(1, withheld=True), now=0.0)
    folder = log.record.folder
    put(RealDisk(), [(folder / "bodies" / "000.p" / "001", b"1 00"), (folder / "withheld" / "002", b"7 00 {}\n")])
    with pytest.raises(BadRecord, match=r"^bodies/000\.p/001: the last line is cut off"):
        log.record.bodies(0)
    with pytest.raises(BadRecord, match=r"^withheld/002: a body of entry 7 stands where it does not belong"):
        log.record.withheld(2)
    put(RealDisk(), [(folder / "tile" / "entries" / "000.p" / "3", b"\x00\x02a")])
    with pytest.raises(BadRecord, match=r"^tile/entries/000\.p/3: entry 0 of the file is cut off"):
        log.record.leaves(0, 3)
    (folder / "tile" / "entries" / "000.p" / "3").unlink()
    with pytest.raises(BadRecord, match=r"tile/entries/000\.p/3 is missing in "):
        log.record.leaves(0, 3)
    (folder / "tile" / "0" / "000.p" / "3").unlink()
    with pytest.raises(BadRecord, match=r"tile/0/000\.p/3 is missing in "):
        log.record.prove(0, 3)


def test_an_event_of_a_newer_varne_is_not_guessed_at() -> None:
    """The leaf commits to it, and still this program cannot say what it means."""
    event, salt = b'{"schema":"varne.event/v2"}', bytes(32)
    with pytest.raises(BadRecord, match=r"^Entry 3: schema is 'varne.event/v2', this Varne reads 'varne.event/v1'"):
        entry_of(3, leaf_of(commit_of(salt, event)), (salt, event))


def test_leaves_of_others_are_refused_with_their_number(log: Log) -> None:
    """A log that holds something else than commitments is no log of Varne's."""
    put(RealDisk(), [(log.record.folder / "tile" / "entries" / "000.p" / "1", pack([b"a module"]))])
    with pytest.raises(BadRecord, match=r"^Entry 0: A leaf holds a commitment .* this one is b'a module'"):
        log.record.entry(0)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (b"{", "has schema None; this Varne reads 'varne.record/v1', with an origin and a key"),
        (b"\xff", "has schema None"),
        (b"[]", "has schema None"),
        (b'{"schema":"varne.record/v9","origin":"a","key":"b"}', "has schema 'varne.record/v9'; this Varne reads"),
        (b'{"schema":"varne.record/v1","origin":"a"}', "with an origin and a key"),
        (b'{"schema":"varne.record/v1","origin":7,"key":"b"}', "with an origin and a key"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, settings: bytes, sentence: str) -> None:
    """Also those of a newer Varne."""
    (tmp_path / "record.json").write_bytes(settings)
    with pytest.raises(BadRecord, match=sentence):
        Record(tmp_path).settings()


def test_a_folder_that_holds_no_log_is_told(tmp_path: Path) -> None:
    """With how to make one."""
    with pytest.raises(BadRecord, match="is no record; make one with: varne record init"):
        Record(tmp_path).settings()
    with pytest.raises(BadRecord, match="has no checkpoint; name a folder that holds a log"):
        Record(tmp_path).events()
    (tmp_path / "checkpoint").mkdir()
    with pytest.raises(BadRecord, match=r"checkpoint cannot be read \(Is a directory\)"):
        Record(tmp_path).events()


def test_a_file_is_kept_under_its_hash_and_refused_when_it_was_changed() -> None:
    """With or without the name of the hash before it; a path is no hash."""
    record = Record(example_log())
    name = hashlib.sha256(b"a scenario").hexdigest()
    assert record.kept_file(name) is None
    put(RealDisk(), [(record.folder / "files" / name, b"a scenario")])
    assert record.kept_file(name) == record.kept_file(f"sha256:{name}") == b"a scenario"
    assert record.kept_file("../record.json") is None
    put(RealDisk(), [(record.folder / "files" / name, b"another")])
    with pytest.raises(BadRecord, match=f"files/{name} is not what its name says; it was changed"):
        record.kept_file(name)


def test_a_log_can_be_read_without_its_key(log: Log) -> None:
    """What is given away is the folder alone."""
    log.append(drafts(2), now=0.0)
    (log.record.folder.parent / "log.key").unlink()
    assert json.loads(log.record.entry(2).event or b"")["data"] == {"number": 1}
