"""
Changing the key of a log.

The log notes that a change has begun; an entry introduces the new key, under a checkpoint that both keys sign and that
is kept; then the log names the new key. Who trusts the old key can follow to the new one by that checkpoint. A change
that is interrupted is finished by asking for it again, and nothing else is entered meanwhile.
"""

import json
from pathlib import Path

from varne.errors import BadEntry, BadKey, BadNote, BadRecord
from varne.record.checkpoint import open_checkpoint
from varne.record.disk import put
from varne.record.entry import Draft, make_entry
from varne.record.keep import keep_checkpoint
from varne.record.keys import LOG, SignerKey, new_signer, read_signer, write_signer
from varne.record.lock import Lock
from varne.record.log import SIGNED, Signing
from varne.record.opening import LOCK, key_beside, key_place, open_held
from varne.record.reader import POLICY, SETTINGS, Record


def rotate(folder: Path, new: Path, *, role: str, reason: str, now: float) -> int:
    """
    Change the key of a log.

    Parameters
    ----------
    folder : Path
        Of the log. [1]
    new : Path
        Where the new key goes. [1]
    role : str
        Who changes it. [1]
    reason : str
        Why. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    int
        Number of the entry that introduces the new key.

    Raises
    ------
    BadKey, BadRecord
        If the old key cannot sign, or the new one cannot be written.

    Examples
    --------
    >>> from varne.record.opening import example_log, open_log
    >>> folder = example_log()
    >>> rotate(folder, folder.parent / "new.key", role="records officer", reason="yearly", now=0.0)
    1
    >>> with open_log(folder, now=0.0) as log:
    ...     log.size
    2
    """
    if not reason.strip():
        raise BadEntry("reason is empty; write why the key is changed.")
    make_entry(Draft("key", role, {"reason": reason}, now), logged=now, prev="")  # refused before anything is begun
    record = Record(folder)
    settings = record.settings()
    place = key_beside(folder, new)
    if settings.get("rotating_to", place) != place:
        begun = key_place(folder, settings["rotating_to"])
        raise BadKey(f"A change to the key {begun} was interrupted; finish it first: name that file.")
    old = key_place(folder, settings["key"])
    signing = Signing(read_signer(old), old.with_name(old.name + SIGNED))
    with Lock((folder / LOCK, old.with_name(old.name + ".lock"))) as lock:
        if record.settings() != settings:
            raise BadRecord(f"The key of {folder} was changed by another writer just now; ask again.")
        log = open_held(record, settings["origin"], signing, lock, now)
        signer = _new_key(new, settings)
        with Lock((new.with_name(new.name + ".lock"),)):
            _write_settings(record, {**settings, "rotating_to": place})
            log.sign_also(Signing(signer, new.with_name(new.name + SIGNED)))
            if not _signed_by(record, signer):
                data = {"vkey": signer.verifier.text, "replaces": signing.signer.verifier.text, "reason": reason}
                log.append([Draft("key", role, data, now)], now=now)
            keep_checkpoint(record)
            put(record.disk, [(folder / POLICY, _with_log(record, signer.verifier.text))])
            done = {name: one for name, one in {**settings, "key": place}.items() if name != "rotating_to"}
            _write_settings(record, done)
        return log.size - 1


def _new_key(path: Path, settings: dict[str, str]) -> SignerKey:
    """The new key, made now unless an interrupted change has made it."""
    if "rotating_to" in settings and path.exists():
        return read_signer(path)
    signer = new_signer(settings["origin"], LOG)
    write_signer(signer, path)
    return signer


def _signed_by(record: Record, signer: SignerKey) -> bool:
    try:
        open_checkpoint(record.written_checkpoint(), [signer.verifier])
    except BadNote:
        return False
    return True


def _with_log(record: Record, vkey: str) -> bytes:
    """The policy with one more key of the log, above all else."""
    written = record.disk.read(record.folder / POLICY)
    line = f"log {vkey}\n".encode()
    return written if line in written else line + written


def _write_settings(record: Record, settings: dict[str, str]) -> None:
    put(record.disk, [(record.folder / SETTINGS, (json.dumps(settings, indent=2) + "\n").encode())])
