"""
The bundle of evidence that a court is given: entries, proofs, stamps, keys, and a program that checks them.

    checkpoint, policy, leaves        the signed head, whose keys count, and the hash of every leaf of the log
    entries/<n>.leaf .json .salt      an entry: its leaf, and what the leaf commits to
    entries/<n>.tlog-proof            that it is in the log
    checkpoints/<size>...             earlier heads, that the log grew from them, countersignatures and time stamps
    authorities/, files/              certificates; files that entries name by their hash
    verify.py, COMMANDS.sh, FORMATS.md, README, manifest.json, SHA256SUMS
"""

import base64
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from varne.errors import BadNote, BadRecord
from varne.record.checkpoint import Checkpoint, read_checkpoint
from varne.record.edge import subtree_from
from varne.record.entry import Entry
from varne.record.keep import kept_checkpoints, lines_beside
from varne.record.policy import Policy, check_checkpoint, read_policy
from varne.record.proof import write_proof
from varne.record.reader import CHECKPOINT, POLICY, Record, entry_of
from varne.record.tiles import WIDTH
from varne.record.tree import leaf_hash, prove_consistency, prove_inclusion
from varne.record.verify_kept import tokens_of

SCHEMA = "varne.bundle/v1"
SPECIFICATIONS = (
    "C2SP at commit 5ba5ee8: signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof, tlog-policy"
)
_FRENCH = 'FRENCH: "dict[str, str]" = '
_NO_FRENCH = f"{_FRENCH}{{}}  # in a bundle: the sentences of verifier_fr.json\n"
_STORED = (1980, 1, 1, 0, 0, 0)  # one date for all files of an archive: their own dates say nothing


def export(
    record: Record, target: Path, *, indices: Sequence[int], accounts: Mapping[str, str], asked: Mapping[str, Any]
) -> int:
    """
    Write a bundle, whole or not at all.

    Parameters
    ----------
    record : Record
        [1]
    target : Path
        A folder that does not exist, or a file that ends in ``.zip``. [1]
    indices : sequence of int
        Entries that are asked for, to which those that introduce keys are added; all where it is empty. [1]
    accounts : mapping of str to str
        Texts for people, by the name of their file. [1]
    asked : mapping
        What the manifest says of why and for whom it was made. [1]

    Returns
    -------
    int
        How many entries it covers.

    Raises
    ------
    BadRecord
        If the target exists, an entry does not, or the countersignatures that the policy asks for are missing.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> folder = example_log()
    >>> export(Record(folder), folder.parent / "bundle", indices=(), accounts={}, asked={})
    1
    >>> sorted(path.name for path in (folder.parent / "bundle" / "entries").iterdir())
    ['0.json', '0.leaf', '0.salt', '0.tlog-proof']
    """
    if target.exists():
        raise BadRecord(f"{target} exists; name a folder or a .zip file that does not.")
    written = countersigned(record)
    checkpoint = read_checkpoint(written)
    if strange := [index for index in indices if not 0 <= index < checkpoint.size]:
        raise BadRecord(f"There is no entry {strange[0]}; the log has {checkpoint.size}, counted from 0.")
    chosen = with_what_they_need(record, indices, checkpoint.size)
    try:
        with tempfile.TemporaryDirectory(dir=_above(target), prefix=".exporting-") as draft:
            home = Path(draft) / "bundle"
            _fill(record, home, written, checkpoint, chosen)
            manifest = _manifest(record, checkpoint, chosen, asked)
            for name, text in {**_beside(), **accounts, "manifest.json": manifest}.items():
                (home / name).write_text(text, encoding="utf-8")
            _sum(home)
            _place(home, target)
    except OSError as error:
        raise BadRecord(f"{target} cannot be written ({error.strerror or error}); name a place that can.") from None
    return checkpoint.size


def with_what_they_need(record: Record, indices: Sequence[int], size: int) -> list[int]:
    """
    Add to entries those without which they could not be checked: that introduce keys, or say of one that it is withheld
    or deleted.

    Parameters
    ----------
    record : Record
        [1]
    indices : sequence of int
        Entries that are asked for; all where it is empty. [1]
    size : int
        Entries of the log. [1]

    Returns
    -------
    list of int
        In order.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> with_what_they_need(Record(example_log()), [], 1)
    [0]
    """
    if not indices:
        return list(range(size))
    needed = [
        event["index"]
        for event in record.events()
        if event["kind"] == "key" or any(event["data"].get(name) in indices for name in ("redacts", "withholds"))
    ]
    return sorted({*indices, *(index for index in needed if index < size)})


def countersigned(record: Record) -> bytes:
    """
    Return the newest checkpoint with the countersignatures that stand beside it.

    Parameters
    ----------
    record : Record
        [1]

    Returns
    -------
    bytes
        A signed note.

    Raises
    ------
    BadRecord
        If the policy asks for witnesses that have not seen it.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> countersigned(Record(example_log())).count(b"varne.example/test")
    2
    """
    written = record.written_checkpoint()
    size = read_checkpoint(written).size
    beside = lines_beside(record.folder / f"{CHECKPOINT}.{size}")
    if record.disk.exists(beside):
        written += record.disk.read(beside)
    policy = policy_of(record)
    if policy.quorum != "none":
        try:
            check_checkpoint(written, policy)
        except BadNote as error:
            raise BadNote(f"{error} Ask them: varne record witness ask {record.folder}") from None
    return written


def policy_of(record: Record) -> Policy:
    """
    Return the policy that lies with a log.

    Parameters
    ----------
    record : Record
        [1]

    Returns
    -------
    Policy

    Raises
    ------
    BadRecord, BadNote
        If there is none, or it is malformed.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> policy_of(Record(example_log())).quorum
    'none'
    """
    path = record.folder / POLICY
    if not record.disk.exists(path):
        raise BadRecord(f"{path} is missing; restore it: it names the keys of the log.")
    try:
        return read_policy(record.disk.read(path))
    except BadNote as error:
        raise BadNote(f"{path}: {error}") from None


def _fill(record: Record, home: Path, written: bytes, checkpoint: Checkpoint, chosen: Sequence[int]) -> None:
    for name in ("entries", "checkpoints", "authorities", "files"):
        (home / name).mkdir(parents=True)
    size = checkpoint.size
    leaves = [
        leaf for start in range(0, size, WIDTH) for leaf in record.leaves(start // WIDTH, min(WIDTH, size - start))
    ]
    (home / CHECKPOINT).write_bytes(written)
    (home / POLICY).write_bytes(record.disk.read(record.folder / POLICY))
    (home / "leaves").write_text("".join(f"{leaf_hash(leaf).hex()}\n" for leaf in leaves), encoding="utf-8")
    subtree = subtree_from(size, record.read_tile)
    for index in chosen:
        entry = entry_of(index, leaves[index], record.bodies(index // WIDTH).get(index))
        _entry(record, home, index, entry)
        proof = write_proof(index, prove_inclusion(index, size, subtree), written, None)
        (home / "entries" / f"{index}.tlog-proof").write_bytes(proof)
    for old, path in kept_checkpoints(record):
        if 0 < old <= size:
            place = home / "checkpoints" / str(old)
            place.write_bytes(record.disk.read(path))
            grown = prove_consistency(old, size, subtree)
            lines = "".join(f"{base64.b64encode(one).decode()}\n" for one in grown)
            place.with_name(f"{old}.consistency").write_text(lines, encoding="utf-8")
            beside = lines_beside(path)
            for one in [*([beside] if record.disk.exists(beside) else []), *tokens_of(record, path)]:
                name = one.name.removeprefix(f"{CHECKPOINT}.")
                (home / "checkpoints" / name).write_bytes(record.disk.read(one))
    for path in record.disk.files(record.folder / "authorities"):
        (home / "authorities" / path.name).write_bytes(record.disk.read(path))


def _entry(record: Record, home: Path, index: int, entry: Entry) -> None:
    place = home / "entries"
    (place / f"{index}.leaf").write_bytes(entry.leaf)
    if entry.event is None or entry.salt is None:
        return
    (place / f"{index}.json").write_bytes(entry.event)
    (place / f"{index}.salt").write_bytes(entry.salt)
    for digest in _files_of(index, entry.content):
        content = record.kept_file(digest)
        if content is not None:
            (home / "files" / digest.removeprefix("sha256:")).write_bytes(content)


def _files_of(index: int, event: Mapping[str, Any]) -> list[str]:
    """Hashes of the files that an event names; whoever wrote the log may have put anything there."""
    named = [
        one for side in (event["inputs"], event["outputs"]) for one in (side if isinstance(side, list) else [side])
    ]
    found = [one.get("sha256") if isinstance(one, dict) else None for one in named]
    if strange := [one for one, digest in zip(named, found, strict=True) if not isinstance(digest, str)]:
        raise BadRecord(
            f"Entry {index} names the file {strange[0]!r}, which has no SHA-256; the log was not written by Varne. "
            "Export other entries than that."
        )
    return [digest for digest in found if isinstance(digest, str)]


def _manifest(record: Record, checkpoint: Checkpoint, chosen: Sequence[int], asked: Mapping[str, Any]) -> str:
    withheld, replays = [], []
    for index in chosen:
        event = record.entry(index).content
        if not event:
            withheld.append(index)
        elif event["kind"] == "computed":
            kept = {name: event[name] for name in ("inputs", "outputs", "code", "env")}
            replays.append({"entry": index, **kept, "seed": _seed(event["data"])})
    content = {
        "schema": SCHEMA,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "entries": list(chosen),
        "withheld": withheld,
        "replay": replays,
        "times": "All times are UTC (ISO 8601). 'time' is when an event happened, 'logged' when it was entered.",
        "specifications": f"{SPECIFICATIONS}; RFC 6962, RFC 8785, RFC 3161, RFC 8032",
        **asked,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _seed(told: Mapping[str, Any]) -> Any:
    fingerprint = told.get("fingerprint")
    return fingerprint.get("seed") if isinstance(fingerprint, dict) else None


def program() -> str:
    """
    Return the verifier as a bundle carries it: one file, with its French in it.

    Returns
    -------
    str

    Examples
    --------
    >>> "juste" in program()
    True
    """
    french = json.dumps(json.loads(_ours("verifier_fr.json")), ensure_ascii=False, indent=4)  # as Python writes it, too
    before, found, after = _ours("verifier.py").partition(_NO_FRENCH)
    assert found, "the verifier has a place for its French"
    return f"{before}{_FRENCH}{french}\n{after}"


def _ours(name: str) -> str:
    return resources.files("varne.record").joinpath(name).read_text(encoding="utf-8")


def _beside() -> dict[str, str]:
    """Texts that are the same in every bundle."""
    return {"verify.py": program(), **{name: _ours(name) for name in ("FORMATS.md", "COMMANDS.sh")}}


def _sum(home: Path) -> None:
    files = sorted(path for path in home.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(home).as_posix()}\n" for path in files
    ]
    (home / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _place(home: Path, target: Path) -> None:
    if target.suffix != ".zip":
        shutil.move(home, target)
        return
    packed = home.with_name("bundle.zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in home.rglob("*") if one.is_file()):
            name = f"{target.stem}/{path.relative_to(home).as_posix()}"
            archive.writestr(zipfile.ZipInfo(name, _STORED), path.read_bytes(), zipfile.ZIP_DEFLATED)
    packed.replace(target)


def _above(target: Path) -> Path:
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    return target.absolute().parent
