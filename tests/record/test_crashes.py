"""
Promises about a log whose writer dies, whose power fails, whose disk is full.

After each of these the log opens, holds every entry that was acknowledged, byte for byte, and goes on; the batch that
was not acknowledged is there whole or not at all; and no two roots were ever signed for one size.
"""

import itertools
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.record import twin
from tests.record.failing_disk import FailingDisk, Names, PowerLoss

from varne.errors import BadRecord
from varne.record.checkpoint import read_checkpoint
from varne.record.disk import RealDisk, make_folders
from varne.record.entry import Draft
from varne.record.keys import LOG, SignerKey, new_signer, read_signer, write_signer
from varne.record.log import Appended, Log
from varne.record.opening import begin_log, create_log, open_log
from varne.record.reader import Record

NOW = 1_769_832_306.0


def drafts(count: int, *, withheld: bool = False) -> list[Draft]:
    return [Draft("known", "watch officer", {"number": place}, NOW, withheld=withheld) for place in range(count)]


# What is entered, in this order: the sizes at which tiles fill are all met, one at a time and within a batch.
SINGLE, HIDDEN, FILL, LAST, FIRST, ACROSS, MIXED = STEPS = (
    ("one entry", drafts(1)),
    ("one withheld", drafts(1, withheld=True)),
    ("up to 255", drafts(252)),
    ("the 256th", drafts(1)),
    ("the 257th", drafts(1)),
    ("300 across a border of tiles", drafts(300)),
    ("two, one of them withheld", [*drafts(1), *drafts(1, withheld=True)]),
)


@dataclass
class Harbour:
    """A log on a disk that fails; its key and its locks lie on the real one."""

    home: Path
    signer: SignerKey
    acknowledged: list[tuple[bytes, bytes | None, bytes | None]] = field(default_factory=list)  # leaf, salt, event
    disk: FailingDisk = field(init=False)

    def __post_init__(self) -> None:
        self.disk = FailingDisk(self.home)
        make_folders(self.disk, self.key.parent)

    @property
    def folder(self) -> Path:
        return self.home / "log"

    @property
    def key(self) -> Path:
        return self.home / "keys" / "log.key"

    def begin(self, disk: FailingDisk) -> None:
        begin_log(self.folder, self.signer, key=self.key, now=NOW, disk=disk)

    def opened(self, disk: FailingDisk) -> Log:
        return open_log(self.folder, now=NOW, key=self.key, disk=disk)

    def enter(self, disk: FailingDisk, batch: list[Draft]) -> None:
        with self.opened(disk) as log:
            self.acknowledge(log.append(batch, now=NOW))

    def introduced(self, disk: FailingDisk) -> "Harbour":
        """Take the entry that introduces the key as the first and only one that is acknowledged."""
        found = twin.read_log(disk, self.folder, self.signer.verifier)
        assert [json.loads(event)["kind"] for _, event in found.bodies.values()] == ["key"]
        self.acknowledged = [(found.leaves[0], *found.bodies[0])]
        return self

    def acknowledge(self, done: Appended) -> None:
        assert done.first == len(self.acknowledged)
        self.acknowledged += [(entry.leaf, entry.salt, entry.event) for entry in done.entries]

    def check(self, disk: FailingDisk, tried: list[Draft]) -> twin.Found:
        """All that is acknowledged is there as it was; what was tried is there whole or not at all."""
        found = twin.read_log(disk, self.folder, self.signer.verifier)
        kept, count = self.acknowledged, len(self.acknowledged)
        bodies = found.bodies | found.withheld
        assert [(leaf, *bodies[index]) for index, leaf in enumerate(found.leaves[:count])] == kept
        assert found.size in (count, count + len(tried))
        if found.size > count:
            assert [json.loads(bodies[count + place][1])["data"] for place in range(len(tried))] == [
                dict(draft.data) for draft in tried
            ]
            hidden = [count + place for place, draft in enumerate(tried) if draft.withheld]
            assert [index for index in found.withheld if index >= count] == hidden
        self.check_signatures(disk)
        return found

    def check_signatures(self, disk: FailingDisk) -> None:
        """Of all checkpoints that were ever shown, or are remembered, no two of one size have two roots."""
        roots: dict[int, bytes] = {}
        for written in disk.signed:
            checkpoint = read_checkpoint(written)
            assert roots.setdefault(checkpoint.size, checkpoint.root) == checkpoint.root, checkpoint.size

    def goes_on(self, disk: FailingDisk, tried: list[Draft]) -> int:
        """
        The log opens, is as it should be, takes another entry, and has it still when the power fails then.

        Returns the size with which it was opened.
        """
        with self.opened(disk) as log:
            known = self.check(disk, tried)
            done = log.append(drafts(1, withheld=True), now=NOW)
            assert done.first == known.size
        after = disk.after_power_loss(Names.OLD)
        with self.opened(after):
            found = twin.read_log(after, self.folder, self.signer.verifier)
        assert found.leaves == [*known.leaves, done.entries[0].leaf]
        self.check_signatures(after)
        return known.size

    def with_entered(self, done: Appended) -> "Harbour":
        """The same, but that a batch more is acknowledged."""
        found = Harbour(self.home, self.signer, list(self.acknowledged))
        found.acknowledge(done)
        return found


@pytest.fixture
def harbour(tmp_path: Path) -> Harbour:
    signer = new_signer("varne.example/test", LOG)
    write_signer(signer, tmp_path / "keys" / "log.key")
    (tmp_path / "log").mkdir()  # for the lock, which the system keeps
    return Harbour(tmp_path, signer)


def grown(harbour: Harbour, steps: int) -> None:
    """A log with the first steps done."""
    harbour.begin(harbour.disk)
    harbour.introduced(harbour.disk)
    for _, batch in STEPS[:steps]:
        harbour.enter(harbour.disk, batch)


def crashed(disk: FailingDisk, work: Callable[[FailingDisk], None], at: int) -> bool:
    """Whether the power failed within the work; where the work ends before it is not."""
    disk.power_fails_at = disk.count + at
    try:
        work(disk)
    except PowerLoss:
        return True
    return False


def outcomes(disk: FailingDisk) -> list[FailingDisk]:
    """What the next program may find."""
    return [
        disk.after_kill(),
        disk.after_power_loss(Names.OLD),
        disk.after_power_loss(Names.NEW),
        *(disk.after_power_loss(Names.EITHER) for _ in range(2)),
    ]


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[name for name, _ in STEPS])
def test_power_may_fail_at_any_operation_of_an_entry(harbour: Harbour, step: int) -> None:
    """Whatever was synced or not, nothing acknowledged is lost, and the log goes on; also if it fails again then."""
    grown(harbour, step)
    batch, count, sizes = STEPS[step][1], len(harbour.acknowledged), Counter[int]()
    for at in itertools.count():
        disk = harbour.disk.copy()
        with harbour.opened(disk) as log:
            if not crashed(disk, lambda _: log.append(batch, now=NOW), at):
                break
        again = disk.after_power_loss(Names.EITHER)
        crashed(again, lambda disk: harbour.opened(disk).close(), disk.chance.randrange(20))
        for after in (*outcomes(disk), again.after_kill() if at % 2 else again.after_power_loss(Names.EITHER)):
            sizes[harbour.goes_on(after, batch)] += 1
    assert at >= 14  # a batch is written, renamed and synced: bodies, bundles, tiles, the key's memory, the checkpoint
    assert set(sizes) == {count, count + len(batch)}, "both came about"


def test_power_may_fail_at_any_operation_of_the_making_of_a_log(harbour: Harbour) -> None:
    """Whoever begins again with the same key has a log, with its key as the first entry."""
    for at in itertools.count():
        disk = harbour.disk.copy()
        if not crashed(disk, harbour.begin, at):
            break
        for after in outcomes(disk):
            harbour.begin(after)
            assert harbour.introduced(after).goes_on(after, []) == 1
    assert at >= 20


def test_beginning_again_takes_nothing_away(harbour: Harbour) -> None:
    """In the folder of a log that has grown all stays as it is, also where a key without memory is refused."""
    grown(harbour, 3)
    before = {path: harbour.disk.read(path) for path in harbour.disk.files(harbour.folder)}
    harbour.begin(harbour.disk)
    assert {path: harbour.disk.read(path) for path in harbour.disk.files(harbour.folder)} == before
    harbour.disk.remove(harbour.key.with_name("log.key.signed"))
    with pytest.raises(BadRecord, match="what the key signed last is not known"):
        harbour.begin(harbour.disk)
    assert {path: harbour.disk.read(path) for path in harbour.disk.files(harbour.folder)} == before


@pytest.mark.parametrize("lasting", [True, False], ids=["until there is room", "once"])
@pytest.mark.parametrize("step", range(len(STEPS)), ids=[name for name, _ in STEPS])
def test_the_disk_may_be_full_at_any_operation_of_an_entry(harbour: Harbour, step: int, lasting: bool) -> None:
    """It is said in a sentence; what is said not to be entered is not, and what was entered before is not lost."""
    grown(harbour, step)
    batch, count, said = STEPS[step][1], len(harbour.acknowledged), Counter[str]()
    for at in itertools.count():
        disk = harbour.disk.copy()
        with harbour.opened(disk) as log:
            disk.full_from = disk.count + at
            disk.full_until = None if lasting else disk.full_from + 1
            try:
                done = log.append(batch, now=NOW)
            except BadRecord as error:
                done, sentence = None, str(error)
                with pytest.raises(BadRecord, match="open it again"):
                    log.append(batch, now=NOW)
            refused = disk.count > disk.full_from
            disk.full_from = None
        if not refused:
            break
        if done is None:
            assert f"{harbour.folder} cannot be written to (No space left on device); " in sentence
            nothing = "; nothing was entered. Make room, and open it again." in sentence
            assert nothing or "which shows when it is opened again" in sentence
            size = harbour.goes_on(disk, [] if nothing else batch)
            said["nothing was entered" if nothing else "entered" if size > count else "in doubt, and not"] += 1
        else:  # the batch was entered, and only then the disk was full
            assert harbour.with_entered(done).goes_on(disk, []) == count + len(batch)
            said["after it was entered"] += 1
    assert said["nothing was entered"] >= 9
    assert said["in doubt, and not"] and said["entered"]
    assert bool(said["after it was entered"]) == (count // 256 < (count + len(batch)) // 256)


def test_a_log_on_a_full_disk_is_not_opened_and_opens_when_there_is_room(harbour: Harbour) -> None:
    """What a crash left to be done may need room; that is said, and nothing is lost."""
    grown(harbour, 3)
    disk = harbour.disk.copy()
    remembered = disk.read(harbour.key.with_name("log.key.signed"))
    with harbour.opened(disk) as log:
        log.append(LAST[1], now=NOW)
        newer = disk.read(harbour.key.with_name("log.key.signed"))
    assert newer != remembered
    disk.write(harbour.key.with_name("log.key.signed"), remembered)  # opening writes it anew
    disk.full_from = disk.count
    with pytest.raises(BadRecord, match=r"cannot be opened to write \(No space left on device\); it and the folder"):
        harbour.opened(disk)
    disk.full_from = None
    assert harbour.goes_on(disk, LAST[1]) == 256


def test_a_file_that_may_not_grow_is_refused_in_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    """On a real disk: bundles of entries grow until the system refuses one; then there is room again."""
    folder = tmp_path / "log"
    create_log(folder, origin="varne.example/test", key=tmp_path / "log.key", now=0.0)
    said = _program("limited_writer", folder, 4096)
    count = len(said["acknowledged"])
    assert 20 < count < 60  # a leaf has about a hundred bytes
    assert said["said"] == [
        f"{folder} cannot be written to (File too large); nothing was entered. Make room, and open it again.",
        f"{folder} is closed, or its last batch failed; open it again.",
    ]
    with open_log(folder, now=0.0) as log:
        assert log.append(drafts(1), now=0.0).first == 1 + count
    entries = [entry.commit for _, entry in Record(folder).entries()]
    assert entries[1:-1] == said["acknowledged"]
    assert twin.read_log(RealDisk(), folder, read_signer(tmp_path / "log.key").verifier).size == 2 + count


def test_five_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """One log, its writers killed at any moment: each time it opens, holds what was told, and goes on growing."""
    found = _program("killed_writer", tmp_path / "log", tmp_path / "log.key", 500, "varne")
    assert found["kills"] == 500
    assert found["told"] > 50
    assert found["cut short"] > 20, "the kills came when nothing was being written"
    assert found["entries"] > found["told"]


def _program(name: str, *arguments: object) -> dict[str, Any]:
    """What a program beside this file says last."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.record.{name}", *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
