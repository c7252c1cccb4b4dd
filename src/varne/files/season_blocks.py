"""
What an unfinished season has come to, kept on disk block by block, so that work that was stopped is not lost.

The folder holds ``plan.json`` (which season, and how its members are divided) and a file for each block of members: a
line of JSON, arrays one after the other in NumPy's format, and last the SHA-256 of all that. A file is written beside
its place, forced to the disk and moved there; one whose digest is wrong, or that is another season's, is not there.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadInput
from varne.files.folder import write_json

UNFINISHED = "unfinished"  # name of the folder within that of the results
_PLAN = "plan.json"
_DIGEST = hashlib.sha256().digest_size

Block = tuple[int, int]  # first member, and the one after the last
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder for the blocks of one season."""

    folder: Path
    mark: str  # names the season, see varne.fingerprint.plan_fingerprint

    def is_here(self) -> bool:
        """
        Tell whether this process sees the folder; a computer of a cluster may not.

        Returns
        -------
        bool
        """
        return _plan(self.folder).get("mark") == self.mark

    def write(self, block: Block, day: int, arrays: Arrays) -> None:
        """
        Keep a block, in place of what was kept of it before.

        Parameters
        ----------
        block : tuple of int
            First member, and the one after the last. [1]
        day : int
            From which it goes on. [1]
        arrays : mapping of str to array
            Its books. [people, boats, events]

        Raises
        ------
        BadInput
            If it cannot be written.
        """
        said = {"mark": self.mark, "block": list(block), "day": day, "arrays": list(arrays)}
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".writing-", delete=False) as file:
                whole = _Digested(file)
                whole.write(json.dumps(said).encode() + b"\n")
                for values in arrays.values():
                    np.lib.format.write_array(whole, values, allow_pickle=False)
                file.write(whole.digest.digest())
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self._path(block))
            _force_folder(self.folder)
        except OSError as error:
            raise BadInput(
                f"{self.folder} cannot keep what is computed ({error.strerror}); make room or mend it, and give the "
                "same command again."
            ) from None

    def read(self, block: Block) -> tuple[int, dict[str, NDArray[Any]]] | None:
        """
        Return what is kept of a block.

        Parameters
        ----------
        block : tuple of int
            First member, and the one after the last. [1]

        Returns
        -------
        tuple of int and dict, or None
            From which day it goes on, and its books; None where nothing whole is kept.
        """
        try:
            with self._path(block).open("rb") as file:
                if not _is_whole(file):
                    return None
                said = json.loads(file.readline())
                if (said["mark"], said["block"]) != (self.mark, list(block)):
                    return None
                return int(said["day"]), {name: np.lib.format.read_array(file) for name in said["arrays"]}
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadInput(f"{self._path(block)} cannot be read ({error.strerror}); mend it or delete it.") from None

    def _path(self, block: Block) -> Path:
        return self.folder / f"members-{block[0]}-{block[1] - 1}.block"


def open_shelf(folder: Path, mark: str, blocks: Sequence[Block]) -> tuple[Shelf, list[Block]]:
    """
    Open the folder of an unfinished season, or begin one.

    Parameters
    ----------
    folder : Path
        Made if it does not exist. [1]
    mark : str
        Names the season. [1]
    blocks : sequence of tuple of int
        How its members are to be divided, if it is begun. [1]

    Returns
    -------
    Shelf
    list of tuple of int
        How they are divided: as they were when it was begun.

    Raises
    ------
    BadInput
        If another season is unfinished there, or it cannot be written.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp()) / UNFINISHED
    >>> open_shelf(folder, "a", [(0, 3), (3, 5)])[1], open_shelf(folder, "a", [(0, 5)])[1]
    ([(0, 3), (3, 5)], [(0, 3), (3, 5)])
    >>> open_shelf(folder, "b", [(0, 5)])
    Traceback (most recent call last):
    varne.errors.BadInput: ...unfinished holds another unfinished season ...
    """
    said = _plan(folder)
    if said and said.get("mark") != mark:
        raise BadInput(
            f"{folder} holds another unfinished season (other policies, dates, members, seed, facts, code or "
            "computer); give its own command to finish it, delete the folder, or name another --out."
        )
    try:
        if not said:
            folder.mkdir(parents=True, exist_ok=True)
            said = {"mark": mark, "blocks": [list(block) for block in blocks]}
            draft = folder / f".{_PLAN}-{os.getpid()}"
            write_json(said, draft)
            draft.replace(folder / _PLAN)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written to ({error.strerror}); name a folder that can.") from None
    return Shelf(folder, mark), [(first, last) for first, last in said["blocks"]]


def clear_shelf(folder: Path, mark: str) -> None:
    """
    Delete the folder of a season that is finished; another's is left.

    Parameters
    ----------
    folder : Path
        Which may not exist. [1]
    mark : str
        Names the season. [1]

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp()) / UNFINISHED
    >>> shelf, _ = open_shelf(folder, "a", [(0, 5)])
    >>> clear_shelf(folder, "b"), folder.exists()
    (None, True)
    >>> clear_shelf(folder, "a"), folder.exists()
    (None, False)
    """
    if _plan(folder).get("mark") == mark:
        shutil.rmtree(folder, ignore_errors=True)


def _plan(folder: Path) -> dict[str, Any]:
    """What ``plan.json`` says; empty where there is none. It is never half written, but may be somebody else's."""
    try:
        said = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError):
        return {"mark": None}
    return said if isinstance(said, dict) and "mark" in said else {"mark": None}


class _Digested:
    """A file that knows the SHA-256 of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, part: bytes) -> None:
        """
        Write, and remember.

        Parameters
        ----------
        part : bytes
            What comes next. [1]
        """
        self.digest.update(part)
        self._file.write(part)


def _is_whole(file: IO[bytes]) -> bool:
    """Whether the digest at the end is that of what stands before it; the file is then at its beginning."""
    left, found = file.seek(0, os.SEEK_END) - _DIGEST, hashlib.sha256()
    file.seek(0)
    while left > 0:
        part = file.read(min(left, 1 << 20))
        found.update(part)
        left -= len(part)
    whole = found.digest() == file.read()
    file.seek(0)
    return whole


def _force_folder(folder: Path) -> None:
    """Names of files are the folder's content, which some systems can force to the disk as well."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
