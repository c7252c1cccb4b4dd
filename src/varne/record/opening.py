"""
Making a log, and opening it again after whatever happened to it.

When it is opened the checkpoint is verified, the root is computed from the tiles, and both are held against what the
key remembers to have signed last:

    the key remembers more, and the tiles bear it out    a crash came between signing and publishing: it is published
    the key remembers more, and the tiles do not         the log has shrunk: refused
    the key remembers nothing of a log with entries      it is not known what it signed: refused
    one size and two roots, or no growth from one to
    the other                                            the log is forked: refused

Files beyond the checkpoint were never signed, and go.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from varne.errors import BadKey, BadNote, BadProof, BadRecord, VarneError
from varne.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from varne.record.disk import DRAFT, Disk, RealDisk, make_folders, put
from varne.record.edge import Edge, edge_of, hashes_of, subtree_from
from varne.record.entry import CLOCKS_DIFFER, Draft, read_moment
from varne.record.keys import LOG, SignerKey, VerifierKey, check_key_name, new_signer, read_signer, write_signer
from varne.record.lock import Lock
from varne.record.log import SIGNED, Log, Signing, join_bodies
from varne.record.note import parse_note
from varne.record.reader import CHECKPOINT, POLICY, SCHEMA, SETTINGS, Record, entry_of
from varne.record.tiles import WIDTH, Tile, number_path, read_path
from varne.record.tree import check_consistency, leaf_hash, prove_consistency

LOCK = ".lock"
_HOMES = ("tile", "bodies", "withheld", "files")


def create_log(folder: Path, *, origin: str, key: Path, now: float, disk: Disk | None = None) -> None:
    """
    Make a log whose first entry introduces its key.

    Parameters
    ----------
    folder : Path
        Where no log is yet. [1]
    origin : str
        What the log is called, for example ``varne.example/operator/case``. [1]
    key : Path
        Where its new secret key goes; not into the folder, which is given away. [1]
    now : float
        Seconds since 1970 UTC. [s]
    disk : Disk, optional
        This computer's when left out. [1]

    Raises
    ------
    BadRecord
        If something is there, or the folder cannot be written to.
    BadKey
        If the key exists or lies in the folder.

    Examples
    --------
    >>> Record(example_log()).checkpoint().origin
    'varne.example/test'
    """
    check_key_name(origin)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadRecord(f"{folder} is not empty; name a folder that does not exist yet.")
    key_beside(folder, key)  # refused before it is made
    used = RealDisk() if disk is None else disk
    signer = new_signer(origin, LOG)
    write_signer(signer, key)
    begin_log(folder, signer, key=key, now=now, disk=used)


def begin_log(folder: Path, signer: SignerKey, *, key: Path, now: float, disk: Disk) -> None:
    """
    Make a log for a key that is there already; a log whose making was interrupted is made again.

    Parameters
    ----------
    folder : Path
        [1]
    signer : SignerKey
        [1]
    key : Path
        Where it lies. [1]
    now : float
        Seconds since 1970 UTC. [s]
    disk : Disk
        [1]

    Raises
    ------
    BadRecord
        If the disk refuses.

    Examples
    --------
    >>> home = Path(tempfile.mkdtemp())
    >>> signer = new_signer("varne.example/test", LOG)
    >>> write_signer(signer, home / "key")
    >>> begin_log(home / "log", signer, key=home / "key", now=0.0, disk=RealDisk())
    """
    try:
        make_folders(disk, folder)
        disk.sync_folder(folder.parent)  # a writer that was killed may have made the folder, but not to stay
        written = sign_checkpoint(Checkpoint(signer.name, 0, Edge(0, []).root()), [signer])
        settings = {"schema": SCHEMA, "origin": signer.name, "key": key_beside(folder, key)}
        policy = f"log {signer.verifier.text}\nquorum none\n"
        files = [
            (folder / CHECKPOINT, written),
            (folder / POLICY, policy.encode()),
            (folder / SETTINGS, (json.dumps(settings, indent=2) + "\n").encode()),
        ]
        put(disk, [(path, content) for path, content in files if not disk.exists(path)])
    except OSError as error:
        raise BadRecord(f"{folder} cannot be made ({error.strerror or error}); name a folder that can.") from None
    first = {"vkey": signer.verifier.text, "reason": "the log is opened with this key"}
    with open_log(folder, now=now, key=key, disk=disk) as log:
        if log.size == 0:
            log.append([Draft("key", "recorder", first, now)], now=now)


def open_log(folder: Path, *, now: float, key: Path | None = None, disk: Disk | None = None) -> Log:
    """
    Open a log to write to it.

    Parameters
    ----------
    folder : Path
        [1]
    now : float
        Seconds since 1970 UTC. [s]
    key : Path, optional
        Where the key lies, if not where the log says. [1]
    disk : Disk, optional
        This computer's when left out. [1]

    Returns
    -------
    Log
        To be closed.

    Raises
    ------
    BadRecord
        If another writer has it, it does not agree with itself or with what the key has signed, or comes from the
        future.
    BadKey
        If the key is not its key, or others can read it.

    Examples
    --------
    >>> with open_log(example_log(), now=0.0) as log:
    ...     log.origin
    'varne.example/test'
    >>> open_log(example_log(now=1e9), now=0.0)
    Traceback (most recent call last):
    varne.errors.BadRecord: The last entry of ... was logged at 2001-09-09T01:46:40.000Z, and this computer's clock ...
    """
    record = Record(folder, RealDisk() if disk is None else disk)
    settings = record.settings()
    if "rotating_to" in settings:
        begun = key_place(folder, settings["rotating_to"])
        raise BadRecord(f"A change of key was interrupted; say again: varne record rotate {folder} {begun}")
    path = key_place(folder, settings["key"]) if key is None else key
    signer = read_signer(path)
    signing = Signing(signer, path.with_name(path.name + SIGNED))
    try:
        lock = Lock((folder / LOCK, path.with_name(path.name + ".lock")))
        try:
            log = open_held(record, settings["origin"], signing, lock, now)
            _need_newest(record, settings, signing)
            return log
        except BaseException:
            lock.close()
            raise
    except OSError as error:
        raise BadRecord(
            f"{folder} cannot be opened to write ({error.strerror or error}); it and the folder of its key need room, "
            "and must be yours to write."
        ) from None


def open_held(record: Record, origin: str, signing: Signing, lock: Lock, now: float) -> Log:
    """
    Open a log whose lock is held.

    Parameters
    ----------
    record : Record
        [1]
    origin : str
        As the log says. [1]
    signing : Signing
        Its key. [1]
    lock : Lock
        Held. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    Log

    Raises
    ------
    BadRecord, BadKey
        As :func:`open_log`.

    Examples
    --------
    >>> folder = example_log()
    >>> signing = Signing(read_signer(folder.parent / "log.key"), folder.parent / "log.key.signed")
    >>> open_held(Record(folder), "varne.example/test", signing, Lock(()), 0.0).size
    1
    """
    written = record.written_checkpoint()
    try:
        checkpoint, _ = open_checkpoint(written, [signing.signer.verifier])
    except BadNote as error:
        raise BadKey(f"{signing.remembers.name.removesuffix(SIGNED)} is not the key of this log. {error}") from None
    if checkpoint.origin != origin:
        raise BadRecord(f"The checkpoint is of {checkpoint.origin!r}, the log of {origin!r}; restore the folder.")
    published = _published(record, checkpoint, written, signing)
    edge = _edge(record, published)
    _drop_unsigned(record, published.size)
    for index in range(published.size // WIDTH):
        if record.disk.exists(record.folder / "bodies" / f"{number_path(index)}.p"):
            join_bodies(record, index)
    return Log(record, origin, [signing], edge, _prev(record, published.size, now), lock)


def key_place(folder: Path, written: str) -> Path:
    """
    Return where a key lies that the log names, as briefly as it can be said from here.

    Parameters
    ----------
    folder : Path
        Of the log. [1]
    written : str
        As seen from the log. [1]

    Returns
    -------
    Path

    Examples
    --------
    >>> key_place(Path("log"), "../log.key").as_posix()
    'log.key'
    """
    place = folder / written
    brief = Path(os.path.normpath(place))
    return brief if brief.resolve() == place.resolve() else place  # a link on the way leads elsewhere


def key_beside(folder: Path, key: Path) -> str:
    """
    Return the key's place as seen from the log, so that both can be moved together.

    Parameters
    ----------
    folder : Path
        Of the log. [1]
    key : Path
        Not in it. [1]

    Returns
    -------
    str

    Raises
    ------
    BadKey
        If it would lie in the folder.

    Examples
    --------
    >>> key_beside(Path("log"), Path("log.key"))
    '../log.key'
    >>> key_beside(Path("log"), Path("log/log.key"))
    Traceback (most recent call last):
    varne.errors.BadKey: Key log/log.key would lie in log, which is given away; name a file outside.
    """
    if key.resolve().is_relative_to(folder.resolve()):
        raise BadKey(f"Key {key} would lie in {folder}, which is given away; name a file outside.")
    return os.path.relpath(key.absolute(), folder.absolute())


def own_memory(record: Record) -> tuple[VerifierKey, Checkpoint | None] | None:
    """
    Return the public half of the key that lies beside a log, and the checkpoint that it signed last.

    That shows a log that has shrunk or forked, and nothing else: whoever gave away a log with its secret key could have
    made both. A key in the log's own folder is never one of Varne's, and is not looked at.

    Parameters
    ----------
    record : Record
        [1]

    Returns
    -------
    (VerifierKey, Checkpoint or None) or None
        Nothing where whoever looks is not the keeper.

    Examples
    --------
    >>> own_memory(Record(example_log()))[1].size
    1
    >>> own_memory(Record(Path("nowhere"))) is None
    True
    """
    try:
        path = record.folder / record.settings()["key"]
        if path.resolve().is_relative_to(record.folder.resolve()):
            return None
        signer = read_signer(path)
        remembers = path.with_name(path.name + SIGNED)
        if not record.disk.exists(remembers):
            return signer.verifier, None
        return signer.verifier, open_checkpoint(record.disk.read(remembers), [signer.verifier])[0]
    except (VarneError, OSError):
        return None


def example_log(*, now: float = 0.0) -> Path:
    """
    Make a small log in a folder of its own, for examples.

    Parameters
    ----------
    now : float
        When its first entry is logged. [s]

    Returns
    -------
    Path
        Its folder; the key lies beside it as ``log.key``.

    Examples
    --------
    >>> example_log().name
    'log'
    """
    home = Path(tempfile.mkdtemp())
    create_log(home / "log", origin="varne.example/test", key=home / "log.key", now=now)
    return home / "log"


def _need_newest(record: Record, settings: Mapping[str, Any], signing: Signing) -> None:
    """While a change of key is awaited here the log may have got another; the old one then signs no more."""
    if record.settings() != settings:
        raise BadRecord(f"The key of {record.folder} was changed by another writer just now; ask again.")
    own = [
        line.key_id for line in parse_note(record.written_checkpoint()).signatures if line.name == settings["origin"]
    ]
    known = signing.signer.verifier.key_id
    if known in own[:-1]:  # rotate has the new key sign last
        name = signing.remembers.name.removesuffix(SIGNED)
        raise BadKey(f"{name} was replaced by a newer key; sign with {key_place(record.folder, settings['key'])}.")


def _published(record: Record, checkpoint: Checkpoint, written: bytes, signing: Signing) -> Checkpoint:
    """The newest checkpoint, once the log's and the key's agree."""
    disk, folder = record.disk, record.folder
    newest = f"if this is the newest copy of the log, say: cp {folder / CHECKPOINT} {signing.remembers}"
    if not disk.exists(signing.remembers):
        if checkpoint.size:  # the first entry is remembered before it is published: the memory was lost
            raise BadRecord(
                f"{signing.remembers} is missing, so what the key signed last is not known. Restore it; {newest}"
            )
        put(disk, [(signing.remembers, written)])
        return checkpoint
    remembered = disk.read(signing.remembers)
    try:
        signed, _ = open_checkpoint(remembered, [signing.signer.verifier])
    except BadNote as error:
        raise BadRecord(
            f"{signing.remembers} is not the checkpoint that this key signed last ({str(error).removesuffix('.')}); "
            f"restore it; {newest}"
        ) from None
    if signed.origin != checkpoint.origin:
        raise BadRecord(f"The key remembers to have signed for {signed.origin!r}; {checkpoint.origin!r} needs its own.")
    if signed == checkpoint:
        return checkpoint
    forked = f"{folder} is forked: its key has signed two logs that do not agree, of"
    if signed.size == checkpoint.size:
        raise BadRecord(f"{forked} {signed.size} entries each. Keep both checkpoints: they are evidence.")
    if signed.size > checkpoint.size:
        try:
            sound = edge_of(signed.size, record.read_tile).root() == signed.root
            sound = sound and _grew(record, checkpoint, signed)
        except BadRecord:
            sound = False
        if not sound:
            raise BadRecord(
                f"{folder} has shrunk: its key has signed {signed.size} entries, {checkpoint.size} are here. "
                "Restore the newest copy."
            )
        put(disk, [(folder / CHECKPOINT, remembered)])
        return signed
    if signed.size and not _grew(record, signed, checkpoint):
        raise BadRecord(f"{forked} {signed.size} and {checkpoint.size} entries. Keep both: they are evidence.")
    put(disk, [(signing.remembers, written)])
    return checkpoint


def _grew(record: Record, old: Checkpoint, new: Checkpoint) -> bool:
    if old.size == 0:
        return True
    proof = prove_consistency(old.size, new.size, subtree_from(new.size, record.read_tile))
    try:
        check_consistency(old.size, new.size, old.root, new.root, proof)
    except BadProof:
        return False
    return True


def _edge(record: Record, checkpoint: Checkpoint) -> Edge:
    edge = edge_of(checkpoint.size, record.read_tile)
    if edge.root() != checkpoint.root:
        raise BadRecord(
            f"The tiles of {record.folder} do not lead to the root of its checkpoint of {checkpoint.size} entries; "
            f"they were changed. Say: varne record verify {record.folder}"
        )
    return edge


def _drop_unsigned(record: Record, size: int) -> None:
    """Remove what a crash left, to stay away: drafts, and files that no checkpoint covers or that are not needed."""
    disk, folder = record.disk, record.folder
    files = {path: path.relative_to(folder).as_posix() for path in disk.files(folder)}
    gone = {path for path, name in files.items() if _left_over(name, size)}
    for path in sorted(gone):
        disk.remove(path)
    # A writer that was killed may have made folders without making their names durable. No file in them was
    # acknowledged, so they are empty now; the next writer makes its own, to stay.
    for name in _HOMES[:-1]:
        disk.remove_empty(folder / name)
    # What is gone, now or when an earlier opening was cut short, must stay away: when the power fails it could come
    # back, and stand for another entry of the same number.
    homes = {folder, *(path.parent for path in files.keys() - gone)}
    homes |= {above for home in homes for above in home.parents if folder in above.parents}
    for home in sorted(homes):
        disk.sync_folder(home)


def _left_over(path: str, size: int) -> bool:
    """Whether a file of a log of a size is not, or no longer, part of it."""
    home, _, number = path.partition("/")
    if home == "files":  # these are named by their hash: what is whole is right, and another process may be writing one
        return False
    if home not in _HOMES or path.endswith(DRAFT):
        return path.endswith(DRAFT) and home in (*_HOMES, *(name + DRAFT for name in (CHECKPOINT, POLICY, SETTINGS)))
    if home == "bodies":
        whole, part, first = number.partition(".p/")
        tile = read_path(f"tile/0/{whole}")
        if tile is None:
            return False
        start = tile.index * WIDTH
        return start + int(first) >= size if part and first.isdigit() else start + WIDTH > size
    if home == "withheld":
        found = read_path(f"tile/0/{number}")
        return found is not None and found.index >= size
    tile = read_path(path)
    if tile is None:
        return False
    held: int = size // WIDTH ** max(tile.level, 0)
    became_full = tile.width < WIDTH and (tile.index + 1) * WIDTH <= held
    return became_full or tile.index * WIDTH + tile.width > held


def _prev(record: Record, size: int, now: float) -> str:
    """Commitment of the last entry, which may not come from the future."""
    if size == 0:
        return ""
    index, width = (size - 1) // WIDTH, (size - 1) % WIDTH + 1
    leaf = record.leaves(index, width)[-1]
    if leaf_hash(leaf) != hashes_of(Tile(0, index, width), record.read_tile)[-1]:
        raise BadRecord(f"Entry {size - 1} is not what its tile says; say: varne record verify {record.folder}")
    body = record.bodies(index).get(size - 1) or record.withheld(size - 1)
    entry = entry_of(size - 1, leaf, body)
    logged = read_moment(entry.content["logged"], "logged") if entry.content else now
    if logged > now + CLOCKS_DIFFER:
        raise BadRecord(
            f"The last entry of {record.folder} was logged at {entry.content['logged']}, and this computer's clock "
            "is behind that: one of them is wrong. Set the clock."
        )
    return entry.commit
