"""The manifest of a season's folder: what was asked, what was written, and how to compute it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from varne.errors import BadFile
from varne.season.ledger import WEEK, Ledger

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a season was asked for; files stand beside the manifest."""

    policies: tuple[str, ...]  # files
    names: tuple[str, ...]
    first: str  # day
    last: str  # day
    draws: int
    replicates: int
    seed: int
    reference: str
    facts: str | None  # file
    departures: str | None = None  # file; its levels stand beside it


def manifest_of(asked: Asked, fingerprint: Mapping[str, Any], files: Mapping[str, Path]) -> dict[str, Any]:
    """
    Put a manifest together.

    Parameters
    ----------
    asked : Asked
        [1]
    fingerprint : mapping
        Of facts, policies, code and platform. [1]
    files : mapping of str to Path
        Names in the folder, and where their content lies now. [1]

    Returns
    -------
    dict
        With the SHA-256 of each file.

    Examples
    --------
    >>> asked = Asked((), (), "2024-01-01", "2024-12-31", 2, 1, 1, "a", None)
    >>> sorted(manifest_of(asked, {}, {}))
    ['asked', 'files', 'fingerprint']
    """
    return {
        "asked": asdict(asked),
        "fingerprint": dict(fingerprint),
        "files": {name: _sha256(path) for name, path in sorted(files.items())},
    }


def read_manifest(folder: Path) -> tuple[Asked, dict[str, Any]]:
    """
    Read the manifest of a folder, and check every file that it names.

    Parameters
    ----------
    folder : Path
        Written by ``varne season --out``. [1]

    Returns
    -------
    Asked
    dict
        The fingerprint.

    Raises
    ------
    BadFile
        If there is none, it cannot be read, or a file is missing or has been changed.

    Examples
    --------
    >>> read_manifest(Path("nowhere"))
    Traceback (most recent call last):
    varne.errors.BadFile: nowhere has no manifest.json; name a folder that varne season --out has written.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise BadFile(f"{folder} has no {MANIFEST}; name a folder that varne season --out has written.")
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        rows: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in written["asked"].items()
        }
        asked, files, fingerprint = Asked(**rows), dict(written["files"]), dict(written["fingerprint"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadFile(f"{path} is no manifest of a season; write the season again.") from None
    for name, digest in files.items():
        if not (folder / name).is_file():
            raise BadFile(f"{folder} lacks {name}, which its manifest names; write the season again.")
        if _sha256(folder / name) != digest:
            raise BadFile(f"{folder / name} has been changed since it was written; write the season again.")
    return asked, fingerprint


def what_differs(
    old: Ledger, new: Ledger, fingerprints: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> tuple[str, ...]:
    """
    Say what differs between a season and the same computed again.

    Parameters
    ----------
    old, new : Ledger
        [people, boats, events]
    fingerprints : tuple of mapping
        Of the old one and the new one. [1]

    Returns
    -------
    tuple of str
        A sentence for each difference of the numbers, then why it may be; empty when every number is equal bit for bit.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> what_differs(ledger, ledger, ({"seed": 1}, {"seed": 1}))
    ()
    """
    if old.weeks.shape != new.weeks.shape or old.severity.shape != new.severity.shape:
        return (f"The season has {new.weeks.shape} policies, members and weeks; it had {old.weeks.shape}.",)
    columns = [(f"weeks.{name}", old.weeks[name], new.weeks[name]) for name in WEEK.names or ()]
    found = []
    for name, before, after in [*columns, ("severity.events", old.severity, new.severity)]:
        unequal = _bits(before) != _bits(after)
        if unequal.any():
            most = float(np.max(np.abs(after - before)))
            found.append(f"{name} differs in {int(unequal.sum()):,} of {unequal.size:,} places, by up to {most:.3g}.")
    if found:
        keys = [key for key in fingerprints[0] if fingerprints[0][key] != fingerprints[1].get(key)]
        found += [f"{key} was {fingerprints[0][key]}; it is {fingerprints[1].get(key)}." for key in keys]
    return tuple(found)


def _bits(column: Any) -> Any:
    return np.ascontiguousarray(column).view(np.int64)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
