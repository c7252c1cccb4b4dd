"""
Writing a log so that nothing acknowledged is ever lost, and nothing is signed twice.

For every batch, each step durable before the next:

    1. events are made canonical, committed to, hashed
    2. bodies and entry bundles
    3. tiles, level 0 first
    4. what was written is read back, and the root computed from it
    5. the checkpoint: signed, kept beside the key as the last that it signed, then put into the log
       only now does the caller learn the numbers of the entries
    6. witnesses and time stamps come later, and the log does not wait for them

A crash loses at most what was not acknowledged; if it came within step 5 the entries are there after all.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType

from varne.errors import BadEntry, BadRecord
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.disk import put
from varne.record.edge import Edge, edge_of
from varne.record.entry import Draft, Entry, make_entry
from varne.record.keys import SignerKey
from varne.record.lock import Lock
from varne.record.packed import pack, write_bodies
from varne.record.reader import CHECKPOINT, WITHHELD, Record
from varne.record.tiles import WIDTH, Tile, number_path
from varne.record.tree import leaf_hash

SIGNED = ".signed"  # after the name of a key: the last checkpoint that it signed


@dataclass(frozen=True, slots=True)
class Signing:
    """A key of the log, and the file in which it remembers what it signed last."""

    signer: SignerKey
    remembers: Path


@dataclass(frozen=True, slots=True)
class Appended:
    """What was acknowledged: the number of the first entry, the entries, and the checkpoint over them."""

    first: int
    entries: tuple[Entry, ...]
    checkpoint: bytes


class Log:
    """A log that this process alone writes; :func:`varne.record.opening.open_log` opens it."""

    def __init__(
        self, record: Record, origin: str, signings: Sequence[Signing], edge: Edge, prev: str, lock: Lock
    ) -> None:
        self.record = record
        self.origin = origin
        self._signings = tuple(signings)
        self._edge = edge
        self._prev = prev
        self._lock = lock
        self._whole = True

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def size(self) -> int:
        """
        Return how many entries are acknowledged.

        Returns
        -------
        int

        Examples
        --------
        >>> from varne.record.opening import example_log, open_log
        >>> with open_log(example_log(), now=0.0) as log:
        ...     log.size
        1
        """
        return self._edge.size

    def close(self) -> None:
        """
        Let another writer have the log.

        Examples
        --------
        >>> from varne.record.opening import example_log, open_log
        >>> open_log(example_log(), now=0.0).close()
        """
        self._whole = False
        self._lock.close()

    def sign_also(self, signing: Signing) -> None:
        """
        Have checkpoints signed by one more key from now on, as when keys change.

        Parameters
        ----------
        signing : Signing
            [1]

        Examples
        --------
        >>> from varne.record.keys import LOG, new_signer
        >>> from varne.record.opening import example_log, open_log
        >>> folder = example_log()
        >>> with open_log(folder, now=0.0) as log:
        ...     log.sign_also(Signing(new_signer(log.origin, LOG), folder.parent / "new.signed"))
        ...     log.append([Draft("heartbeat", "recorder", {}, 0.0)], now=0.0).checkpoint.count(b"varne.example/test")
        3
        """
        self._signings = (*self._signings, signing)

    def append(self, drafts: Sequence[Draft], *, now: float) -> Appended:
        """
        Enter events, all or none of them; when this returns they are there to stay.

        Parameters
        ----------
        drafts : sequence of Draft
            In order. [SI]
        now : float
            Seconds since 1970 UTC. [s]

        Returns
        -------
        Appended

        Raises
        ------
        BadEntry
            If one cannot be entered; none is.
        BadRecord
            If the disk refuses, or an earlier batch failed and the log was not opened again since.

        Examples
        --------
        >>> from varne.record.opening import example_log, open_log
        >>> with open_log(example_log(), now=0.0) as log:
        ...     log.append([Draft("heartbeat", "recorder", {}, 0.0)], now=0.0).first
        1
        """
        if not self._whole:
            raise BadRecord(f"{self.record.folder} is closed, or its last batch failed; open it again.")
        if not drafts:
            raise BadEntry("Nothing is to be entered; give one entry or more.")
        first, entries = self._edge.size, self._made(drafts, now)
        self._whole = False  # until all of it is done
        try:
            edge = self._stored(first, entries, [draft.withheld for draft in drafts])
        except OSError as error:
            raise BadRecord(f"{self._refused(error)}; nothing was entered. Make room, and open it again.") from None
        try:
            written = self._signed(edge)
        except OSError as error:
            raise BadRecord(
                f"{self._refused(error)}; the batch from entry {first} on is entered or not, which shows when it is "
                "opened again. Make room, open it, and look before you enter it once more."
            ) from None
        self._edge, self._prev, self._whole = edge, entries[-1].commit, True
        # The batch is entered: what cannot be tidied now must not look like a failure of it, and waits for the opening.
        with contextlib.suppress(OSError, BadRecord):
            self._tidy(first)
        return Appended(first, entries, written)

    def _refused(self, error: OSError) -> str:
        return f"{self.record.folder} cannot be written to ({error.strerror or error})"

    def _made(self, drafts: Sequence[Draft], now: float) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        prev = self._prev
        for draft in drafts:
            entries.append(make_entry(draft, logged=now, prev=prev))
            prev = entries[-1].commit
        return tuple(entries)

    def _stored(self, first: int, entries: tuple[Entry, ...], withheld: Sequence[bool]) -> Edge:
        """Steps 2 to 4; until then nothing of it counts."""
        disk, folder = self.record.disk, self.record.folder
        leaves = [entry.leaf for entry in entries]
        put(disk, self._body_files(first, entries, withheld), private=folder / WITHHELD)
        put(disk, self._bundles(first, leaves))
        edge = self._edge.copy()
        put(disk, [(folder / tile.path, content) for tile, content in edge.grow([leaf_hash(leaf) for leaf in leaves])])
        if not self._reads_back(first, leaves, edge):
            raise BadRecord(f"{folder} does not hold what was just written; nothing was entered. Check the disk.")
        return edge

    def _signed(self, edge: Edge) -> bytes:
        """Step 5; from here on it may count, also when this fails."""
        checkpoint = Checkpoint(self.origin, edge.size, edge.root())
        written = sign_checkpoint(checkpoint, [one.signer for one in self._signings])
        put(self.record.disk, [(one.remembers, written) for one in self._signings])
        put(self.record.disk, [(self.record.folder / CHECKPOINT, written)])
        return written

    def _body_files(self, first: int, entries: Sequence[Entry], withheld: Sequence[bool]) -> list[tuple[Path, bytes]]:
        files: list[tuple[Path, bytes]] = []
        bodies = [(first + place, entry.salt or b"", entry.event or b"") for place, entry in enumerate(entries)]
        apart = {first + place for place, kept in enumerate(withheld) if kept}
        for tile, group in groupby(bodies, lambda body: body[0] // WIDTH):
            given = [body for body in group if body[0] not in apart]
            if given:
                home = self.record.folder / "bodies" / f"{number_path(tile)}.p"
                files.append((home / f"{given[0][0] % WIDTH:03d}", write_bodies(given)))
        files += [(self.record.withheld_path(body[0]), write_bodies([body])) for body in bodies if body[0] in apart]
        return files

    def _bundles(self, first: int, leaves: list[bytes]) -> list[tuple[Path, bytes]]:
        start = first - first % WIDTH
        before = self.record.leaves(first // WIDTH, first - start) if first > start else []
        every = before + leaves
        return [
            (self.record.folder / Tile(0, (start + place) // WIDTH, len(part)).entries_path, pack(part))
            for place in range(0, len(every), WIDTH)
            for part in [every[place : place + WIDTH]]
        ]

    def _reads_back(self, first: int, leaves: list[bytes], edge: Edge) -> bool:
        size = edge.size
        start = first - first % WIDTH
        try:
            found = [
                leaf
                for place in range(start, size, WIDTH)
                for leaf in self.record.leaves(place // WIDTH, min(WIDTH, size - place))
            ]
            return found[first - start :] == leaves and edge_of(size, self.record.read_tile).root() == edge.root()
        except BadRecord:
            return False

    def _tidy(self, first: int) -> None:
        """Bodies of tiles that are full now go into one file, and what a full tile holds need not stand beside it."""
        disk, folder = self.record.disk, self.record.folder
        for index in range(first // WIDTH, self.size // WIDTH):
            join_bodies(self.record, index)
            level, place = 0, index
            while True:
                for path in (Tile(level, place).path, *([Tile(0, place).entries_path] if level == 0 else [])):
                    for partial in disk.files(folder / f"{path}.p"):
                        disk.remove(partial)
                if place % WIDTH != WIDTH - 1:
                    break
                level, place = level + 1, place // WIDTH


def join_bodies(record: Record, index: int) -> None:
    """
    Put the parts of the bodies of a full tile into one file.

    Parameters
    ----------
    record : Record
        [1]
    index : int
        Of the tile. [1]

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> join_bodies(Record(example_log()), 0)
    """
    whole = record.folder / "bodies" / number_path(index)
    if not record.disk.exists(whole):
        bodies = record.bodies(index)
        put(record.disk, [(whole, write_bodies((number, *bodies[number]) for number in sorted(bodies)))])
    parts = whole.with_name(whole.name + ".p")
    if record.disk.exists(parts):
        record.disk.sync_folder(whole.parent)  # it may be there since a crash, but not to stay, and then parts go first
        for part in record.disk.files(parts):
            record.disk.remove(part)
        record.disk.sync_folder(parts)  # or a body that is deleted later could come back with its part
