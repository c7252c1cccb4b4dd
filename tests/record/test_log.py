"""Promises about writing a log."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record import twin
from tests.record.failing_disk import FailingDisk, Names

from varne.errors import BadEntry, BadRecord
from varne.record.checkpoint import open_checkpoint
from varne.record.disk import RealDisk, put
from varne.record.entry import Draft
from varne.record.keys import LOG, new_signer, read_signer, write_signer
from varne.record.log import Log, join_bodies
from varne.record.opening import begin_log, create_log, open_log
from varne.record.packed import write_bodies
from varne.record.reader import Record
from varne.record.tiles import tiles_of

NOW = 1_769_832_306.789


def draft(text: str = "", *, withheld: bool = False) -> Draft:
    return Draft("known", "watch officer", {"text": text}, NOW, withheld=withheld)


@pytest.fixture
def log(tmp_path: Path):
    create_log(tmp_path / "log", origin="varne.example/test", key=tmp_path / "log.key", now=NOW)
    with open_log(tmp_path / "log", now=NOW) as opened:
        yield opened


def files(log: Log) -> dict[str, bytes]:
    folder = log.record.folder
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in log.record.disk.files(folder)}


def verifier(log: Log):
    return read_signer(log.record.folder.parent / "log.key").verifier


def test_what_is_acknowledged_is_numbered_signed_and_on_disk(log: Log) -> None:
    """The caller learns the first number, the entries and the checkpoint over them."""
    one, more = log.append([draft("a")], now=NOW), log.append([draft("b"), draft("c")], now=NOW)
    assert (one.first, more.first, log.size) == (1, 2, 4)
    checkpoint, keys = open_checkpoint(more.checkpoint, [verifier(log)])
    assert (checkpoint.origin, checkpoint.size, keys) == ("varne.example/test", 4, (verifier(log),))
    assert log.record.written_checkpoint() == more.checkpoint
    assert (log.record.folder.parent / "log.key.signed").read_bytes() == more.checkpoint
    found = twin.read_log(RealDisk(), log.record.folder, verifier(log))
    assert found.leaves[1:] == [entry.leaf for entry in (*one.entries, *more.entries)]
    assert found.bodies[3] == (more.entries[1].salt, more.entries[1].event)


def test_each_entry_names_the_one_before_it(log: Log) -> None:
    """Within a batch, from batch to batch, and when the log was opened again."""
    entries = [log.record.entry(0), *log.append([draft(), draft(withheld=True), draft()], now=NOW).entries]
    entries += log.append([draft()], now=NOW).entries
    log.close()
    with open_log(log.record.folder, now=NOW) as again:
        entries += again.append([draft()], now=NOW).entries
    assert [entry.content["prev"] for entry in entries] == ["", *(entry.commit for entry in entries[:-1])]


def test_moments_of_the_event_and_of_its_entry_are_both_kept(log: Log) -> None:
    """It happened then, and was entered now."""
    (entry,) = log.append([Draft("known", "watch officer", {}, NOW - 60.0)], now=NOW + 0.001).entries
    assert entry.content["time"] == "2026-01-31T04:04:06.789Z"
    assert entry.content["logged"] == "2026-01-31T04:05:06.790Z"


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=120), min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_log_is_whole_however_its_entries_came(tmp_path: Path, batches: list[list[bool]]) -> None:
    """Batches of any size, any of them withheld: read by the specification alone it is what was entered."""
    key = tmp_path / "log.key"
    if not key.exists():
        write_signer(new_signer("varne.example/test", LOG), key)
        (tmp_path / "log").mkdir()  # for the lock
    disk = FailingDisk(tmp_path)
    begin_log(tmp_path / "log", read_signer(key), key=key, now=NOW, disk=disk)
    with open_log(tmp_path / "log", now=NOW, disk=disk, key=key) as log:
        entries = [log.record.entry(0)]
        for batch in batches:
            entries += log.append([draft(withheld=apart) for apart in batch], now=NOW).entries
    found = twin.read_log(disk, tmp_path / "log", read_signer(key).verifier)
    assert found.leaves == [entry.leaf for entry in entries]
    assert found.bodies | found.withheld == {place: (one.salt, one.event) for place, one in enumerate(entries)}
    assert sorted(found.withheld) == [place for place, apart in enumerate(sum(batches, [False])) if apart]


@pytest.mark.parametrize("size", [2, 255, 256, 257, 513])
def test_a_log_that_was_written_in_one_batch_has_the_files_of_the_specification_and_no_other(
    log: Log, size: int
) -> None:
    """Full tiles and bundles stand alone; their parts are gone."""
    log.append([draft() for _ in range(size - 1)], now=NOW)
    expected = {tile.path for tile in tiles_of(size)} | {tile.entries_path for tile in tiles_of(size) if not tile.level}
    assert {path for path in files(log) if path.startswith("tile/")} >= expected
    full = {path.partition(".p/")[0] for path in files(log) if ".p/" in path} & files(log).keys()
    assert not full
    assert {path for path in files(log) if "/" not in path} == {".lock", "checkpoint", "policy", "record.json"}
    assert [path for path in files(log) if path.startswith("bodies/") and ".p/" not in path] == [
        f"bodies/{place:03d}" for place in range(size // 256)
    ]


def test_withheld_bodies_lie_apart(log: Log) -> None:
    """One a file, and none of their words among those that are given away."""
    log.append([draft("given"), draft("apart", withheld=True), draft("given"), draft("apart", withheld=True)], now=NOW)
    apart = {path for path, content in files(log).items() if b"apart" in content}
    assert apart == {"withheld/002", "withheld/004"}
    assert b"given" in files(log)["bodies/000.p/001"]


def test_an_entry_that_is_too_long_is_refused_before_anything_is_written(log: Log) -> None:
    """None of its batch is entered, and the log takes the next; one of 65,535 bytes is taken."""
    (entry,) = log.append([draft()], now=NOW).entries
    room = 65_535 - len(entry.event or b"")
    before = files(log)
    with pytest.raises(BadEntry, match="has 65536 bytes; 65535 are the most"):
        log.append([draft("good"), draft((room + 1) * "x")], now=NOW)
    assert files(log) == before
    done = log.append([draft(room * "x")], now=NOW)
    assert (done.first, len(done.entries[0].event or b"")) == (2, 65_535)
    assert twin.read_log(RealDisk(), log.record.folder, verifier(log)).size == 3


@pytest.mark.parametrize("bad", [Draft("guess", "x", {}, NOW), Draft("known", "x", {"seed": 2**53}, NOW)])
def test_all_of_a_batch_is_entered_or_none(log: Log, bad: Draft) -> None:
    """One that cannot be entered keeps the others out, and leaves the log as it was."""
    before = files(log)
    with pytest.raises(BadEntry):
        log.append([draft(), bad, draft()], now=NOW)
    assert files(log) == before
    assert log.append([draft()], now=NOW).first == 1


def test_nothing_is_not_entered(log: Log) -> None:
    """An empty batch would be signed for nothing."""
    with pytest.raises(BadEntry, match="Nothing is to be entered; give one entry or more"):
        log.append([], now=NOW)


def test_a_closed_log_takes_nothing(log: Log) -> None:
    """Another writer may have it by then."""
    log.close()
    with pytest.raises(BadRecord, match="is closed, or its last batch failed; open it again"):
        log.append([draft()], now=NOW)


class ForgetfulDisk(RealDisk):
    """A disk that says it has written, and has not."""

    def __init__(self, part: str) -> None:
        self.part = part

    def write(self, path: Path, content: bytes, *, mode: int = 0o666) -> None:
        super().write(path, bytes(len(content)) if self.part in path.as_posix() else content, mode=mode)


@pytest.mark.parametrize("part", ["tile/0/", "tile/entries/"])
def test_what_was_written_is_read_back_before_it_is_signed(log: Log, part: str) -> None:
    """A disk that lies is found out; nothing is signed, and the log has what it had when it is opened on a good one."""
    log.append([draft()], now=NOW)
    signed = log.record.written_checkpoint()
    log.close()
    with open_log(log.record.folder, now=NOW, disk=ForgetfulDisk(part)) as lying:
        with pytest.raises(BadRecord, match=r"does not hold what was just written; nothing was entered\."):
            lying.append([draft()], now=NOW)
        with pytest.raises(BadRecord, match="open it again"):
            lying.append([draft()], now=NOW)
    assert log.record.written_checkpoint() == signed
    with open_log(log.record.folder, now=NOW) as again:
        assert again.append([draft()], now=NOW).first == 2
    assert twin.read_log(RealDisk(), log.record.folder, verifier(log)).size == 3


def test_what_is_given_away_says_where_the_key_lies_and_not_what_it_is(log: Log) -> None:
    """No file of the folder holds the secret, and the key is its owner's alone."""
    log.append([draft()], now=NOW)
    key = log.record.folder.parent / "log.key"
    secret = key.read_text(encoding="utf-8").strip().split("+", 4)[4]  # base64 may hold a plus
    assert not [path for path, content in files(log).items() if secret.encode() in content]
    assert json.loads(files(log)["record.json"])["key"] == "../log.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_parts_of_bodies_go_when_what_they_became_is_there_to_stay(tmp_path: Path) -> None:
    """And do not come back, or a body that is deleted later would; where a crash came between them too."""
    disk = FailingDisk(tmp_path)
    part, whole = tmp_path / "log" / "bodies" / "000.p" / "000", tmp_path / "log" / "bodies" / "000"
    put(disk, [(part, write_bodies([(0, bytes(32), b"{}")]))])
    disk.write(whole, disk.read(part))  # as a writer leaves it that is killed before it syncs the folder
    join_bodies(Record(tmp_path / "log", disk), 0)
    after = disk.after_power_loss(Names.OLD)
    assert after.files(tmp_path) == [whole]
    assert after.read(whole) == b"0 " + 64 * b"0" + b" {}\n"
