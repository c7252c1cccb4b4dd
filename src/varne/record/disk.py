"""Files that are there after the power has failed: written beside their place, synced, moved, the folder synced."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

DRAFT = ".writing"  # ends the name of a file that is not whole yet
OPEN_FILE, OPEN_FOLDER = 0o666, 0o777  # as far as the system's mask lets others
_OWN_FILE, _OWN_FOLDER = 0o600, 0o700


class Disk(Protocol):
    """What a log asks of a disk; tests put one in its place that fails, fills up or loses power."""

    def read(self, path: Path) -> bytes:
        """
        Return what a file holds.

        Parameters
        ----------
        path : Path
            [1]
        """

    def exists(self, path: Path) -> bool:
        """
        Say whether a file or folder is there.

        Parameters
        ----------
        path : Path
            [1]
        """

    def files(self, folder: Path) -> list[Path]:
        """
        Name all files under a folder, at any depth, in order.

        Parameters
        ----------
        folder : Path
            [1]
        """

    def write(self, path: Path, content: bytes, *, mode: int = OPEN_FILE) -> None:
        """
        Write a file and sync its content; that its name stays needs :meth:`sync_folder`.

        Parameters
        ----------
        path : Path
            [1]
        content : bytes
            [1]
        mode : int, optional
            Who may read it. [1]
        """

    def rename(self, old: Path, new: Path) -> None:
        """
        Move a file to a place, in one step, over what stood there.

        Parameters
        ----------
        old, new : Path
            [1]
        """

    def sync_folder(self, folder: Path) -> None:
        """
        Make the names in a folder durable.

        Parameters
        ----------
        folder : Path
            [1]
        """

    def make_folder(self, folder: Path, *, mode: int = OPEN_FOLDER) -> None:
        """
        Make one folder, in one that exists.

        Parameters
        ----------
        folder : Path
            [1]
        mode : int, optional
            Who may look into it. [1]
        """

    def remove(self, path: Path) -> None:
        """
        Remove a file; nothing where there is none.

        Parameters
        ----------
        path : Path
            [1]
        """

    def remove_empty(self, folder: Path) -> None:
        """
        Remove a folder and those under it, as far as they hold no file.

        Parameters
        ----------
        folder : Path
            [1]
        """


class RealDisk:
    """The disk of this computer."""

    def read(self, path: Path) -> bytes:
        """
        Return what a file holds; a pipe or a device in its place is refused, and not waited for.

        Parameters
        ----------
        path : Path
            [1]

        Returns
        -------
        bytes

        Raises
        ------
        OSError
            If it cannot be read, or is no file.

        Examples
        --------
        >>> RealDisk().read(Path(os.devnull))
        Traceback (most recent call last):
        OSError: [Errno 22] it is no regular file: '/dev/null'
        """
        _check_regular(path.stat().st_mode, path)  # before it is opened: to open a device may do something
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as file:
            _check_regular(os.fstat(number).st_mode, path)
            return file.read()

    def exists(self, path: Path) -> bool:
        """
        Say whether a file or folder is there.

        Parameters
        ----------
        path : Path
            [1]

        Returns
        -------
        bool

        Examples
        --------
        >>> RealDisk().exists(Path("nowhere"))
        False
        """
        return path.exists()

    def files(self, folder: Path) -> list[Path]:
        """
        Name all files under a folder, at any depth, in order.

        Parameters
        ----------
        folder : Path
            [1]

        Returns
        -------
        list of Path

        Examples
        --------
        >>> RealDisk().files(Path("nowhere"))
        []
        """
        return [Path(path) for path in sorted(f"{home}/{name}" for home, _, names in os.walk(folder) for name in names)]

    def write(self, path: Path, content: bytes, *, mode: int = OPEN_FILE) -> None:
        """
        Write a file and sync its content.

        Parameters
        ----------
        path : Path
            [1]
        content : bytes
            [1]
        mode : int, optional
            Who may read it. [1]

        Raises
        ------
        OSError
            If the disk refuses it.

        Examples
        --------
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "a"
        >>> RealDisk().write(path, b"x")
        >>> path.read_bytes()
        b'x'
        """
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
        with os.fdopen(number, "wb") as file:
            if mode != OPEN_FILE:  # a draft that a writer left may be open to others
                os.fchmod(number, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """
        Move a file to a place, in one step, over what stood there.

        Parameters
        ----------
        old, new : Path
            [1]

        Examples
        --------
        >>> import tempfile
        >>> home = Path(tempfile.mkdtemp())
        >>> RealDisk().write(home / "a", b"x")
        >>> RealDisk().rename(home / "a", home / "b")
        >>> [path.name for path in home.iterdir()]
        ['b']
        """
        old.replace(new)

    def sync_folder(self, folder: Path) -> None:
        """
        Make the names in a folder durable.

        Parameters
        ----------
        folder : Path
            [1]

        Examples
        --------
        >>> import tempfile
        >>> RealDisk().sync_folder(Path(tempfile.mkdtemp()))
        """
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def make_folder(self, folder: Path, *, mode: int = OPEN_FOLDER) -> None:
        """
        Make one folder, in one that exists.

        Parameters
        ----------
        folder : Path
            [1]
        mode : int, optional
            Who may look into it. [1]

        Examples
        --------
        >>> import tempfile
        >>> home = Path(tempfile.mkdtemp())
        >>> RealDisk().make_folder(home / "a")
        >>> RealDisk().exists(home / "a")
        True
        """
        folder.mkdir(mode, exist_ok=True)

    def remove(self, path: Path) -> None:
        """
        Remove a file; nothing where there is none.

        Parameters
        ----------
        path : Path
            [1]

        Examples
        --------
        >>> RealDisk().remove(Path("nowhere"))
        """
        with contextlib.suppress(FileNotFoundError):
            path.unlink()

    def remove_empty(self, folder: Path) -> None:
        """
        Remove a folder and those under it, as far as they hold no file.

        Parameters
        ----------
        folder : Path
            [1]

        Examples
        --------
        >>> import tempfile
        >>> home = Path(tempfile.mkdtemp())
        >>> RealDisk().make_folder(home / "a")
        >>> RealDisk().remove_empty(home / "a")
        >>> RealDisk().exists(home / "a")
        False
        """
        for home, _, _ in os.walk(folder, topdown=False):
            with contextlib.suppress(OSError):  # it holds something
                Path(home).rmdir()


def _check_regular(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))


def put(disk: Disk, files: Iterable[tuple[Path, bytes]], *, private: Path | None = None) -> None:
    """
    Write files so that each is whole or not there, whatever happens; when this returns they are there to stay.

    Parameters
    ----------
    disk : Disk
        [1]
    files : iterable of (Path, bytes)
        Where, and what. Their names appear in this order. [1]
    private : Path, optional
        A folder that nobody but its owner may look into, nor read the files in it. [1]

    Raises
    ------
    OSError
        If the disk refuses one; those whose names have appeared are whole.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> put(RealDisk(), [(home / "a" / "b", b"x"), (home / "c", b"y")])
    >>> [path.relative_to(home).as_posix() for path in RealDisk().files(home)]
    ['a/b', 'c']
    """
    written = []
    for path, content in files:
        make_folders(disk, path.parent, private=private)
        draft = path.with_name(path.name + DRAFT)
        disk.write(draft, content, mode=_OWN_FILE if private in path.parents else OPEN_FILE)
        written.append((draft, path))
    for draft, path in written:
        disk.rename(draft, path)
    for folder in dict.fromkeys(path.parent for _, path in written):
        disk.sync_folder(folder)


def make_folders(disk: Disk, folder: Path, *, private: Path | None = None) -> None:
    """
    Make a folder and those above it, to stay.

    Parameters
    ----------
    disk : Disk
        [1]
    folder : Path
        [1]
    private : Path, optional
        One among them that nobody but its owner may look into. [1]

    Examples
    --------
    >>> import tempfile
    >>> make_folders(RealDisk(), Path(tempfile.mkdtemp()) / "a" / "b")
    """
    missing = []
    while not disk.exists(folder):
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        disk.make_folder(one, mode=_OWN_FOLDER if private in (one, *one.parents) else OPEN_FOLDER)
        disk.sync_folder(one.parent)
