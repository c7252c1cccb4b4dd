"""A folder of results: written whole, or not at all."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from varne.errors import BadInput


def need_folder(folder: Path) -> None:
    """
    Refuse early a folder that cannot be written to; nothing is made.

    Parameters
    ----------
    folder : Path
        Which may not exist yet. [1]

    Raises
    ------
    BadInput
        If it, or the nearest folder above it that exists, cannot be written to.

    Examples
    --------
    >>> need_folder(Path(tempfile.mkdtemp()) / "a" / "b")
    """
    here = folder.absolute()
    while not here.exists() and here != here.parent:
        here = here.parent
    if not here.is_dir() or not os.access(here, os.W_OK | os.X_OK):
        why = "is no folder" if not here.is_dir() else "may not be written to"
        raise BadInput(f"--out {folder} cannot be written to ({here} {why}); name a folder that can.")


def write_whole(folder: Path, writers: Mapping[str, Callable[[Path], object]]) -> list[Path]:
    """
    Write files so that a reader never sees half of one: each is written beside its place and then moved there.

    Parameters
    ----------
    folder : Path
        Made if it does not exist. [1]
    writers : mapping of str to callable
        By file name: writes the file to the path it is given. [1]

    Returns
    -------
    list of Path
        The files, in order.

    Raises
    ------
    BadInput
        If the folder cannot be written to.

    Examples
    --------
    >>> home = Path(tempfile.mkdtemp())
    >>> [path.name for path in write_whole(home / "out", {"a.txt": lambda path: path.write_text("x")})]
    ['a.txt']
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as draft:
            for name, write in writers.items():
                write(Path(draft) / name)
            for name in writers:
                (Path(draft) / name).replace(folder / name)
    except OSError as error:
        raise BadInput(f"--out {folder} cannot be written to ({error.strerror}); name a folder that can.") from None
    return [folder / name for name in writers]


def write_json(content: Any, path: Path) -> None:
    """
    Write JSON as text that people can read.

    Parameters
    ----------
    content : any
        Dictionaries, lists, text and finite numbers. [1]
    path : Path
        Where. [1]

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "a.json"
    >>> write_json({"a": 1}, path)
    >>> path.read_text()
    '{\\n  "a": 1\\n}\\n'
    """
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
