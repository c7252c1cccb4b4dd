"""One writer at a time: advisory locks that the system lets go when a writer ends, however it ends."""

import contextlib
import fcntl
import os
from pathlib import Path
from types import TracebackType

from varne.errors import HeldRecord


class Lock:
    """Files that this process alone holds until it closes them."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        """
        Take hold of files, made where they are not.

        Parameters
        ----------
        paths : tuple of Path
            The files. [1]

        Raises
        ------
        HeldRecord
            If another process holds one, or this one does already.
        OSError
            If one cannot be made, or its file system knows no locks.

        Examples
        --------
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / ".lock"
        >>> with Lock((path,)):
        ...     Lock((path,))
        Traceback (most recent call last):
        varne.errors.HeldRecord: ... is held by another writer (process ...); wait until it has ended.
        """
        self._held: list[int] = []
        try:
            for path in paths:
                self._held.append(_hold(path))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """
        Let go.

        Examples
        --------
        >>> Lock(()).close()
        """
        while self._held:
            os.close(self._held.pop())


def _hold(path: Path) -> int:
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(number, 20, 0).decode(errors="replace").strip() or "unknown"
        os.close(number)
        raise HeldRecord(
            f"{path.parent} is held by another writer (process {holder}); wait until it has ended."
        ) from None
    except BaseException:
        os.close(number)
        raise
    with contextlib.suppress(OSError):  # the number helps whom the lock keeps out; a full disk is no reason to fail
        os.ftruncate(number, 0)
        os.pwrite(number, str(os.getpid()).encode(), 0)
    return number
