"""
A log on disk, as anyone can read it.

    checkpoint              the newest, signed
    checkpoint.<size>       kept because it was stamped or countersigned, with .tsr and .cosig beside it
    policy                  whose keys and countersignatures are asked for (C2SP tlog-policy)
    tile/<level>/<number>   hashes
    tile/entries/<number>   leaves
    bodies/<number>         what leaves commit to; while a tile is partial in parts, bodies/<number>.p/<first entry>
    withheld/<number>       bodies that are not given away, one a file
    files/<sha256>          inputs and answers that entries name by their hash
    record.json             origin, and where the key lies
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from varne.errors import BadEntry, BadRecord
from varne.record.checkpoint import Checkpoint, read_checkpoint
from varne.record.disk import DRAFT, Disk, RealDisk
from varne.record.edge import subtree_from
from varne.record.entry import SALT_SIZE, Entry, commit_of, read_event, read_leaf
from varne.record.packed import read_bodies, unpack
from varne.record.tiles import WIDTH, Tile, number_path
from varne.record.tree import prove_consistency, prove_inclusion

CHECKPOINT, POLICY, SETTINGS, WITHHELD = "checkpoint", "policy", "record.json", "withheld"
SCHEMA = "varne.record/v1"
Body = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Record:
    """A log in a folder; nothing of it is checked but what is read."""

    folder: Path
    disk: Disk = field(default_factory=RealDisk)

    def settings(self) -> dict[str, Any]:
        """
        Return what the log says of itself.

        Returns
        -------
        dict
            ``origin``, ``key``.

        Raises
        ------
        BadRecord
            If there is no log, or it was made by a newer Varne.

        Examples
        --------
        >>> Record(Path("nowhere")).settings()
        Traceback (most recent call last):
        varne.errors.BadRecord: nowhere is no record; make one with: varne record init nowhere
        """
        path = self.folder / SETTINGS
        content = self._content(path)
        if content is None:
            raise BadRecord(f"{self.folder} is no record; make one with: varne record init {self.folder}")
        try:
            found = json.loads(content)
            schema = found["schema"]
            sound = isinstance(found["origin"], str) and isinstance(found["key"], str)
        except (ValueError, KeyError, TypeError):
            schema, sound = None, False
        if schema != SCHEMA or not sound:
            raise BadRecord(f"{path} has schema {schema!r}; this Varne reads {SCHEMA!r}, with an origin and a key.")
        return dict(found)

    def written_checkpoint(self) -> bytes:
        """
        Return the newest checkpoint as it is signed.

        Returns
        -------
        bytes

        Raises
        ------
        BadRecord
            If there is none.

        Examples
        --------
        >>> Record(Path("nowhere")).written_checkpoint()
        Traceback (most recent call last):
        varne.errors.BadRecord: nowhere has no checkpoint; name a folder that holds a log.
        """
        content = self._content(self.folder / CHECKPOINT)
        if content is None:
            raise BadRecord(f"{self.folder} has no checkpoint; name a folder that holds a log.")
        return content

    def checkpoint(self) -> Checkpoint:
        """
        Return size and root as the newest checkpoint says; whose signature it bears is not asked.

        Returns
        -------
        Checkpoint

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> Record(example_log()).checkpoint().size
        1
        """
        return read_checkpoint(self.written_checkpoint())

    def read_tile(self, tile: Tile) -> bytes:
        """
        Return the content of a tile, or of the full one that it became.

        Parameters
        ----------
        tile : Tile
            [1]

        Returns
        -------
        bytes

        Raises
        ------
        BadRecord
            If neither is there.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> len(Record(example_log()).read_tile(Tile(0, 0, 1)))
        32
        """
        for path in (tile.path, Tile(tile.level, tile.index).path):
            content = self._content(self.folder / path)
            if content is not None:
                return content
        raise BadRecord(f"{tile.path} is missing in {self.folder}.")

    def leaves(self, index: int, width: int) -> list[bytes]:
        """
        Return the leaves whose hashes a tile at level 0 holds.

        Parameters
        ----------
        index : int
            Of the tile. [1]
        width : int
            How many of them. [1]

        Returns
        -------
        list of bytes

        Raises
        ------
        BadRecord
            If they are not there, or cut off.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> len(Record(example_log()).leaves(0, 1))
        1
        """
        partial = Tile(0, index, width)
        for tile in (partial, Tile(0, index)):
            packed = self._content(self.folder / tile.entries_path)
            if packed is not None:
                try:
                    return unpack(packed, tile.width)[:width]
                except BadRecord as error:
                    raise BadRecord(f"{tile.entries_path}: {error}") from None
        raise BadRecord(f"{partial.entries_path} is missing in {self.folder}.")

    def leaf(self, index: int) -> bytes:
        """
        Return one leaf.

        Parameters
        ----------
        index : int
            Of the entry. [1]

        Returns
        -------
        bytes

        Raises
        ------
        BadRecord
            If there is no such entry.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> Record(example_log()).leaf(7)
        Traceback (most recent call last):
        varne.errors.BadRecord: There is no entry 7; the log has 1, counted from 0.
        """
        size = self.checkpoint().size
        if not 0 <= index < size:
            raise BadRecord(f"There is no entry {index}; the log has {size}, counted from 0.")
        tile, place = divmod(index, WIDTH)
        return self.leaves(tile, min(WIDTH, size - tile * WIDTH))[place]

    def bodies(self, index: int) -> dict[int, Body]:
        """
        Return what the leaves of a tile commit to, where it is kept: salt and event by number of the entry.

        Parameters
        ----------
        index : int
            Of the tile at level 0. [1]

        Returns
        -------
        dict of int to (bytes, bytes)

        Raises
        ------
        BadRecord
            If a file of bodies is malformed.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> sorted(Record(example_log()).bodies(0))
        [0]
        """
        whole = self.folder / "bodies" / number_path(index)
        written = self._contents([whole])
        if not written:
            parts = self._contents([path for path in self.body_files(index) if not path.name.endswith(DRAFT)])
            written = self._contents([whole]) or parts  # the tile may have filled, and its parts gone, meanwhile
        found: dict[int, Body] = {}
        for path, content in written:
            found.update(self._bodies(path, content, range(index * WIDTH, (index + 1) * WIDTH)))
        return found

    def body_files(self, index: int) -> list[Path]:
        """
        Name the files that hold the bodies of a tile: one where it is full, its parts where it is not.

        Parameters
        ----------
        index : int
            Of the tile at level 0. [1]

        Returns
        -------
        list of Path

        Examples
        --------
        >>> Record(Path("nowhere")).body_files(0)
        []
        """
        whole = self.folder / "bodies" / number_path(index)
        if self.disk.exists(whole):
            return [whole]
        return self.disk.files(whole.with_name(whole.name + ".p"))

    def withheld(self, index: int) -> Body | None:
        """
        Return a body that is kept apart.

        Parameters
        ----------
        index : int
            Of the entry. [1]

        Returns
        -------
        (bytes, bytes) or None
            Salt and event.

        Examples
        --------
        >>> Record(Path("nowhere")).withheld(0) is None
        True
        """
        path = self.withheld_path(index)
        content = self._content(path)
        return None if content is None else self._bodies(path, content, (index,)).get(index)

    def withheld_path(self, index: int) -> Path:
        """
        Return where the body of an entry lies when it is kept apart.

        Parameters
        ----------
        index : int
            Of the entry. [1]

        Returns
        -------
        Path

        Examples
        --------
        >>> Record(Path("log")).withheld_path(7).as_posix()
        'log/withheld/007'
        """
        return self.folder / WITHHELD / number_path(index)

    def entry(self, index: int) -> Entry:
        """
        Return an entry, with its body where it is given away, checked against its leaf.

        Parameters
        ----------
        index : int
            [1]

        Returns
        -------
        Entry

        Raises
        ------
        BadRecord
            If it is not there, or the body is not what the leaf commits to.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> Record(example_log()).entry(0).content["kind"]
        'key'
        """
        return entry_of(index, self.leaf(index), self.bodies(index // WIDTH).get(index))

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """
        Go through all entries, with their numbers.

        Returns
        -------
        iterator of (int, Entry)

        Raises
        ------
        BadRecord
            If one is not there, or its body is not what the leaf commits to.

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> [index for index, entry in Record(example_log()).entries()]
        [0]
        """
        size = self.checkpoint().size
        for start in range(0, size, WIDTH):
            leaves = self.leaves(start // WIDTH, min(WIDTH, size - start))
            bodies = self.bodies(start // WIDTH)
            for index, leaf in enumerate(leaves, start):
                yield index, entry_of(index, leaf, bodies.get(index))

    def events(self) -> list[dict[str, Any]]:
        """
        Return all events that are given away, each with the number of its entry as ``index``.

        Returns
        -------
        list of dict

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> [(event["index"], event["kind"]) for event in Record(example_log()).events()]
        [(0, 'key')]
        """
        return [{**entry.content, "index": index} for index, entry in self.entries() if entry.event is not None]

    def prove(self, index: int, size: int) -> tuple[bytes, ...]:
        """
        Prove that an entry is in the log.

        Parameters
        ----------
        index : int
            [1]
        size : int
            Entries, as the checkpoint says under which it is proved: the log may have grown since. [1]

        Returns
        -------
        tuple of bytes

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> Record(example_log()).prove(0, 1)
        ()
        """
        return prove_inclusion(index, size, subtree_from(size, self.read_tile))

    def prove_growth(self, old: int, size: int) -> tuple[bytes, ...]:
        """
        Prove that the log grew from what it was.

        Parameters
        ----------
        old, size : int
            Entries then and later. [1]

        Returns
        -------
        tuple of bytes

        Examples
        --------
        >>> from varne.record.opening import example_log
        >>> Record(example_log()).prove_growth(1, 1)
        ()
        """
        return prove_consistency(old, size, subtree_from(self.checkpoint().size, self.read_tile))

    def kept_file(self, digest: str) -> bytes | None:
        """
        Return a file that entries name by its hash, if it is kept here and is what it was.

        Parameters
        ----------
        digest : str
            SHA-256 in hexadecimal, with or without ``sha256:`` before it. [1]

        Returns
        -------
        bytes or None

        Raises
        ------
        BadRecord
            If it was changed.

        Examples
        --------
        >>> Record(Path("nowhere")).kept_file("sha256:00") is None
        True
        """
        name = digest.removeprefix("sha256:")
        path = self.folder / "files" / name
        content = self._content(path) if name.isalnum() else None
        if content is None:
            return None
        if hashlib.sha256(content).hexdigest() != name:
            raise BadRecord(f"{path.relative_to(self.folder).as_posix()} is not what its name says; it was changed.")
        return content

    def _contents(self, paths: Sequence[Path]) -> list[tuple[Path, bytes]]:
        return [(path, content) for path in paths if (content := self._content(path)) is not None]

    def _content(self, path: Path) -> bytes | None:
        """What a file holds; a writer may take it away between a look and a reading, so it is only read."""
        try:
            return self.disk.read(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise BadRecord(f"{path} cannot be read ({error.strerror or error}); ask its owner.") from None

    def _bodies(self, path: Path, content: bytes, between: Sequence[int]) -> dict[int, Body]:
        try:
            return read_bodies(content, between)
        except BadRecord as error:
            raise BadRecord(f"{path.relative_to(self.folder).as_posix()}: {error}") from None


def entry_of(index: int, leaf: bytes, body: Body | None) -> Entry:
    """
    Put a leaf and its body together.

    Parameters
    ----------
    index : int
        Of the entry. [1]
    leaf : bytes
        As it stands in the log. [1]
    body : (bytes, bytes) or None
        Salt and event. [1]

    Returns
    -------
    Entry

    Raises
    ------
    BadRecord
        If the leaf does not commit to the body, or either is malformed.

    Examples
    --------
    >>> entry_of(3, b"{}", None)
    Traceback (most recent call last):
    varne.errors.BadRecord: Entry 3: A leaf holds a commitment of schema varne.leaf/v1; this one is b'{}'.
    """
    try:
        commit = read_leaf(leaf)
        if body is None:
            return Entry(leaf)
        salt, event = body
        if len(salt) != SALT_SIZE:
            raise BadRecord(f"Entry {index}: its salt has {len(salt)} bytes; one of {SALT_SIZE} is expected.")
        if commit_of(salt, event) != commit:
            raise BadRecord(f"Entry {index}: its body is not what the log commits to; body or salt was changed.")
        return Entry(leaf, salt, event, read_event(event))
    except BadEntry as error:
        raise BadRecord(f"Entry {index}: {error}") from None
