"""Promises about files that are there after the power has failed."""

import os
from pathlib import Path

import pytest
from tests.record.failing_disk import FailingDisk, Names, PowerLoss

from varne.record.disk import DRAFT, Disk, RealDisk, make_folders, put


@pytest.fixture(params=["the disk of this computer", "the disk in memory"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Disk:
    """What tests put in the place of the disk does what the disk does."""
    return RealDisk() if "computer" in request.param else FailingDisk(tmp_path)


def test_files_are_written_read_listed_moved_and_removed(disk: Disk, tmp_path: Path) -> None:
    """The same on both disks."""
    put(disk, [(tmp_path / "a" / "b" / "c", b"1"), (tmp_path / "a" / "d", b"2"), (tmp_path / "e", b"3")])
    assert disk.files(tmp_path / "a") == [tmp_path / "a" / "b" / "c", tmp_path / "a" / "d"]
    assert [disk.read(path) for path in disk.files(tmp_path)] == [b"1", b"2", b"3"]
    disk.rename(tmp_path / "e", tmp_path / "a" / "d")
    assert (disk.read(tmp_path / "a" / "d"), disk.exists(tmp_path / "e")) == (b"3", False)
    disk.remove(tmp_path / "a" / "d")
    disk.remove(tmp_path / "a" / "d")
    assert disk.files(tmp_path) == [tmp_path / "a" / "b" / "c"]
    assert disk.exists(tmp_path / "a" / "b")
    assert disk.files(tmp_path / "nowhere") == []


def test_what_is_not_there_cannot_be_read_written_into_or_synced(disk: Disk, tmp_path: Path) -> None:
    """The error is that of the system."""
    with pytest.raises(FileNotFoundError):
        disk.read(tmp_path / "a")
    with pytest.raises(FileNotFoundError):
        disk.write(tmp_path / "folder" / "a", b"")
    with pytest.raises(FileNotFoundError):
        disk.sync_folder(tmp_path / "folder")
    with pytest.raises(FileNotFoundError):
        disk.make_folder(tmp_path / "folder" / "inner")


@pytest.mark.parametrize("through_a_link", [False, True])
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path, through_a_link: bool) -> None:
    """Whoever hands over a folder could put one in the place of a file, and a check would never end."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/tty")):
        link = tmp_path / f"link-{path.name}"
        link.symlink_to(path)
        with pytest.raises(OSError, match=r"no regular file|No such"):
            RealDisk().read(link if through_a_link else path)
    with pytest.raises(IsADirectoryError):
        RealDisk().read(tmp_path)


def test_only_folders_without_a_file_are_removed(disk: Disk, tmp_path: Path) -> None:
    """At any depth, and the folder itself when nothing is left in it."""
    make_folders(disk, tmp_path / "a" / "b" / "c")
    make_folders(disk, tmp_path / "a" / "d")
    put(disk, [(tmp_path / "a" / "d" / "file", b"x")])
    disk.remove_empty(tmp_path / "a")
    assert disk.exists(tmp_path / "a" / "d" / "file")
    assert not disk.exists(tmp_path / "a" / "b")
    disk.remove(tmp_path / "a" / "d" / "file")
    disk.remove_empty(tmp_path / "a")
    assert not disk.exists(tmp_path / "a")
    disk.remove_empty(tmp_path / "a")


def test_what_is_put_is_there_after_a_loss_of_power(tmp_path: Path) -> None:
    """Files, the folders made for them, and what was written over."""
    disk = FailingDisk(tmp_path)
    put(disk, [(tmp_path / "a", b"old")])
    put(disk, [(tmp_path / "a", b"new"), (tmp_path / "b" / "c" / "d", b"x")])
    after = disk.after_power_loss(Names.OLD)
    assert {path: after.read(path) for path in after.files(tmp_path)} == {
        tmp_path / "a": b"new",
        tmp_path / "b" / "c" / "d": b"x",
    }


@pytest.mark.parametrize("names", Names)
def test_a_file_is_whole_or_as_it_was_wherever_the_power_fails(tmp_path: Path, names: Names) -> None:
    """Only drafts, which nobody reads, are ever torn; and files appear in the order in which they are put."""
    first, second = tmp_path / "a", tmp_path / "b" / "c"
    seen = set()
    for at in range(100):
        disk = FailingDisk(tmp_path, seed=at)
        put(disk, [(first, b"old")])
        disk.power_fails_at = disk.count + at
        try:
            put(disk, [(first, b"new"), (second, b"content")])
        except PowerLoss:
            after = disk.after_power_loss(names)
            found = {path: after.read(path) for path in after.files(tmp_path) if not path.name.endswith(DRAFT)}
            assert found[first] in (b"old", b"new")
            assert found.get(second, b"content") == b"content"
            alive = disk.after_kill()
            assert alive.read(first) == b"new" or not alive.exists(second)
            seen.add(found[first])
        else:
            break
    assert at == 8, "one folder made and synced, two files written and moved, two folders synced"
    assert seen == {b"old", b"new"}


def test_content_is_synced_before_its_name_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of what is asked of the system: content, name, folder."""
    asked = []
    sync, move = os.fsync, Path.replace

    def synced(number: int) -> None:
        asked.append(f"sync {Path(f'/proc/self/fd/{number}').readlink().name}")
        sync(number)

    def moved(old: Path, new: Path) -> Path:
        asked.append(f"move to {new.name}")
        return move(old, new)

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs a system that names the files a program has open")
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    put(RealDisk(), [(tmp_path / "a", b"x")])
    assert asked == [f"sync a{DRAFT}", "move to a", f"sync {tmp_path.name}"]
