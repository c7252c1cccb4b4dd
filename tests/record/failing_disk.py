"""
A disk in memory that loses power, dies under a writer, or is full: what a log must live through.

What it holds stands in two ways: as a program sees it, and as it would be after the power has failed. Content is safe
when :meth:`write` returns; a name, new, moved or gone, is safe when the folder that holds it was synced, and until then
each name by itself may come back as it was or as it is.

    lost power      each name that was not synced is old or new, by chance; what was being written is torn
    killed          the program ends, the disk lives on: names stay as the program saw them, still not safe
    full            every operation that needs room is refused, and what was being written is torn
"""

import errno
import random
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TypeGuard

from varne.record.log import SIGNED
from varne.record.reader import CHECKPOINT


class PowerLoss(BaseException):
    """The end of the program: no handler of errors may see it as one."""


class Names(Enum):
    """What becomes of names that were not synced."""

    OLD = auto()
    NEW = auto()
    EITHER = auto()


@dataclass
class File:
    content: bytes


@dataclass
class Folder:
    live: dict[str, "File | Folder"] = field(default_factory=dict)  # as a program sees it
    safe: dict[str, "File | Folder"] = field(default_factory=dict)  # as it is after the power has failed


class FailingDisk:
    """A disk whose operations are counted, and of which one, or all from one on, fails."""

    def __init__(self, home: Path, seed: int = 0) -> None:
        self.top = Folder()
        self.chance = random.Random(seed)
        self.count = 0
        self.power_fails_at: int | None = None
        self.full_from: int | None = None
        self.full_until: int | None = None
        self.done: list[str] = []  # operations, in words
        self.signed: list[bytes] = []  # checkpoints that somebody may have seen, or that the key will remember
        folder = self.top
        for name in home.parts[1:]:  # the place where tests put things is there, and stays
            folder.live[name] = folder.safe[name] = inner = Folder()
            folder = inner

    # What a program asks of a disk.

    def read(self, path: Path) -> bytes:
        found = self._find(path)
        if not isinstance(found, File):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return found.content

    def exists(self, path: Path) -> bool:
        return self._find(path) is not None

    def files(self, folder: Path) -> list[Path]:
        found = self._find(folder)
        return sorted(_files(found, folder)) if isinstance(found, Folder) else []

    def write(self, path: Path, content: bytes, *, mode: int = 0o666) -> None:
        file = self._folder(path.parent).live.setdefault(path.name, File(b""))
        assert isinstance(file, File)
        file.content = self._torn(content)
        self._needs_room(f"write {path}")
        self._done(f"write {path}")
        file.content = content

    def rename(self, old: Path, new: Path) -> None:
        self._needs_room(f"rename {new}")
        self._folder(new.parent).live[new.name] = self._folder(old.parent).live.pop(old.name)
        if new.name == CHECKPOINT:  # readers see it at once
            self.signed.append(self.read(new))
        self._done(f"rename {new}")

    def sync_folder(self, folder: Path) -> None:
        found = self._folder(folder)
        self._needs_room(f"sync {folder}")
        self._done(f"sync {folder}")
        found.safe = dict(found.live)
        self.signed += [file.content for name, file in found.safe.items() if _is_signed(name, file)]

    def make_folder(self, folder: Path, *, mode: int = 0o777) -> None:
        self._needs_room(f"make {folder}")
        self._folder(folder.parent).live.setdefault(folder.name, Folder())
        self._done(f"make {folder}")

    def remove(self, path: Path) -> None:
        if self.exists(path):
            del self._folder(path.parent).live[path.name]
            self._done(f"remove {path}")

    def remove_empty(self, folder: Path) -> None:
        found = self._find(folder)
        if isinstance(found, Folder):
            for name in list(found.live):
                self.remove_empty(folder / name)
            if not found.live:
                del self._folder(folder.parent).live[folder.name]
                self._done(f"remove {folder}")

    # What tests do to it.

    def copy(self) -> "FailingDisk":
        """The same disk once more, in the same state, with all of its operations before it."""
        top = _copied(self.top, {})
        assert isinstance(top, Folder)
        return self._of(top)

    def after_kill(self) -> "FailingDisk":
        """The disk that the next program finds when only the one before it has ended."""
        found = self.copy()
        found.signed += [found.read(path) for path in found.files(Path("/")) if path.name.endswith(SIGNED)]
        return found

    def after_power_loss(self, names: Names) -> "FailingDisk":
        """The disk that the next program finds, all of it safe."""
        found = self._of(_survived(self.top, names, self.chance))
        found.signed += [found.read(path) for path in found.files(Path("/")) if path.name.endswith(SIGNED)]
        return found

    def _of(self, top: Folder) -> "FailingDisk":
        found = FailingDisk(Path("/"), seed=self.chance.getrandbits(32))
        found.top, found.signed = top, list(self.signed)
        return found

    def _needs_room(self, what: str) -> None:
        here, last = self.count, self.full_until
        if self.full_from is not None and self.full_from <= here and (last is None or here < last):
            self.count += 1
            self.done.append(f"refused: {what}")
            raise OSError(errno.ENOSPC, "No space left on device", what)

    def _done(self, what: str) -> None:
        here, self.count = self.count, self.count + 1
        self.done.append(what)
        if here == self.power_fails_at:
            raise PowerLoss(what)

    def _torn(self, content: bytes) -> bytes:
        """What may be there of a file that is being written: part of it, then nothing, zeros or rubbish."""
        part = content[: self.chance.randint(0, len(content))]
        rest = len(content) - len(part)
        return part + self.chance.choice((b"", bytes(rest), self.chance.randbytes(rest)))

    def _find(self, path: Path) -> "File | Folder | None":
        found: File | Folder | None = self.top
        for name in path.parts[1:]:
            found = found.live.get(name) if isinstance(found, Folder) else None
        return found

    def _folder(self, path: Path) -> Folder:
        found = self._find(path)
        if not isinstance(found, Folder):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return found


def _is_signed(name: str, file: "File | Folder") -> TypeGuard[File]:
    return isinstance(file, File) and (name == CHECKPOINT or name.endswith(SIGNED))


def _files(folder: Folder, path: Path) -> list[Path]:
    found: list[Path] = []
    for name, inner in folder.live.items():
        found += _files(inner, path / name) if isinstance(inner, Folder) else [path / name]
    return found


def _copied(one: "File | Folder", known: dict[int, "File | Folder"]) -> "File | Folder":
    """A file that has two names stays one file."""
    if id(one) not in known:
        known[id(one)] = fresh = File(one.content) if isinstance(one, File) else Folder()
        if isinstance(one, Folder) and isinstance(fresh, Folder):
            fresh.live = {name: _copied(inner, known) for name, inner in one.live.items()}
            fresh.safe = {name: _copied(inner, known) for name, inner in one.safe.items()}
    return known[id(one)]


def _survived(folder: Folder, names: Names, chance: random.Random) -> Folder:
    found = Folder()
    for name in sorted(folder.live.keys() | folder.safe.keys()):
        new = names is Names.NEW or (names is Names.EITHER and chance.random() < 0.5)
        inner = (folder.live if new else folder.safe).get(name)
        if isinstance(inner, Folder):
            inner = _survived(inner, names, chance)
        if inner is not None:
            found.safe[name] = File(inner.content) if isinstance(inner, File) else inner
    found.live = dict(found.safe)
    return found
