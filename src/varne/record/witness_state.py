"""What a witness remembers: for each log the last checkpoint it countersigned, kept before it answers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from varne.errors import BadNote, BadRecord
from varne.record.checkpoint import Checkpoint, parse_checkpoint
from varne.record.disk import Disk, RealDisk, put
from varne.record.keys import SignerKey, VerifierKey
from varne.record.lock import Lock
from varne.record.witness import Answer, respond

_PREFIX = "seen."
_BEGUN = "seen.begun"  # in every memory: an empty folder is not taken for one
_SAYS = b"A witness remembers here what it countersigned. Whoever restores this folder restores the newest copy.\n"


@dataclass(frozen=True, slots=True)
class WitnessState:
    """A folder with a file for each log; one process at a time answers from it."""

    folder: Path
    disk: Disk = field(default_factory=RealDisk)

    def seen(self) -> dict[str, Checkpoint]:
        """
        Return what was seen last, by the origin of the log.

        Returns
        -------
        dict of str to Checkpoint

        Raises
        ------
        BadRecord
            If a file of it was changed.

        Examples
        --------
        >>> WitnessState(Path("nowhere")).seen()
        {}
        """
        found: dict[str, Checkpoint] = {}
        for path in self.disk.files(self.folder):
            if path.name.startswith(_PREFIX) and path.suffix == ".checkpoint":
                one = self._read(path)
                found[one.origin] = one
        return found

    def begin(self) -> None:
        """
        Make the memory of a new witness; one that is there stays as it is.

        Examples
        --------
        >>> import tempfile
        >>> WitnessState(Path(tempfile.mkdtemp()) / "seen").begin()
        """
        path = self.folder / _BEGUN
        if not self.disk.exists(path):
            put(self.disk, [(path, _SAYS)])

    def check(self) -> None:
        """
        Refuse to go on without a memory: a witness that lost it would countersign another history of the same log.

        Raises
        ------
        BadRecord
            If it is missing.

        Examples
        --------
        >>> WitnessState(Path("nowhere")).check()
        Traceback (most recent call last):
        varne.errors.BadRecord: nowhere is missing, so what was countersigned is not known; restore it. ...
        """
        if not any(path.name.startswith(_PREFIX) for path in self.disk.files(self.folder)):
            lost = "is empty" if self.disk.exists(self.folder) else "is missing"
            raise BadRecord(
                f"{self.folder} {lost}, so what was countersigned is not known; restore it. A new witness has a key "
                "of its own: varne record witness init"
            )

    def _read(self, path: Path) -> Checkpoint:
        """A file that is no checkpoint is never taken for a log that was not seen."""
        try:
            one = parse_checkpoint(self.disk.read(path).decode("utf-8"))
        except (BadNote, UnicodeDecodeError) as error:
            raise BadRecord(f"{path} does not hold what the witness saw last ({error}); restore it.") from None
        if self._path(one.origin) != path:
            raise BadRecord(f"{path} is of the log {one.origin!r}, not of that its name says; restore it.")
        return one

    def answer(
        self, request: bytes, *, logs: Mapping[str, Sequence[VerifierKey]], signer: SignerKey, time: int
    ) -> Answer:
        """
        Answer a request; what it makes us remember is there to stay before this returns.

        Parameters
        ----------
        request : bytes
            [1]
        logs : mapping of str to sequence of VerifierKey
            Known logs and their keys, by origin. [1]
        signer : SignerKey
            The witness's. [1]
        time : int
            Seconds since 1970 UTC. [s]

        Returns
        -------
        Answer

        Raises
        ------
        BadRecord
            If another process answers from this folder, or the memory is missing.

        Examples
        --------
        >>> import tempfile
        >>> from varne.record.keys import COSIGNER, new_signer
        >>> state = WitnessState(Path(tempfile.mkdtemp()))
        >>> state.begin()
        >>> state.answer(b"", logs={}, signer=new_signer("witness.example", COSIGNER), time=0).status
        400
        """
        self.check()
        with Lock((self.folder / ".lock",)):
            found = respond(request, seen=self.seen(), logs=logs, signer=signer, time=time)
            if found.seen is not None:
                put(self.disk, [(self._path(found.seen.origin), found.seen.text.encode())])
            return found

    def _path(self, origin: str) -> Path:
        return self.folder / f"{_PREFIX}{hashlib.sha256(origin.encode()).hexdigest()}.checkpoint"
