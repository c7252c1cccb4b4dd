"""`varne record show|checkpoint|prove|verify`: what reads a record, one's own or another's."""

import contextlib
import sys
import time as clock
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.errors import BadInput, BadNote, BadProof, BadRecord

if TYPE_CHECKING:
    from varne.record.keys import VerifierKey
    from varne.record.policy import Policy
    from varne.record.reader import Record
    from varne.record.verify_kept import Believed

Folder = Annotated[Path, typer.Argument(help="Folder of the record.")]
Keys = Annotated[
    list[str] | None, typer.Option("--key", help="Public key you trust: name+0123abcd+BASE64. May be repeated.")
]
PolicyFile = Annotated[Path | None, typer.Option(help="Policy you trust: keys, witnesses, quorum (C2SP tlog-policy).")]
Certificates = Annotated[
    list[Path] | None, typer.Option("--authority", help="Certificates (PEM) of a time-stamp authority you trust.")
]


def show(
    folder: Folder,
    entry: Annotated[int | None, typer.Argument(help="Number of an entry; all are listed when left out.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """List the entries of a record, or show one whole."""
    from varne.record.reader import Record
    from varne.show.plain import plain_json
    from varne.show.record_screen import entries_table

    record = Record(folder)
    if entry is not None:
        event = record.entry(entry).content
        if not event:
            raise BadRecord(_absent(record, entry))
        print(plain_json(dict(event)))
        return
    size = record.checkpoint().size  # before the entries: one that comes meanwhile is not taken for a withheld one
    events = record.events()
    if json:
        print(plain_json(events))
        return
    Console().print(entries_table(events, size), highlight=False, markup=False)


def checkpoint(folder: Folder) -> None:
    """Print the newest checkpoint, and keep it: whoever holds a copy can see later that the record only grew."""
    from varne.record.keep import keep_checkpoint
    from varne.record.reader import Record

    record = Record(folder)
    path = keep_checkpoint(record)
    sys.stdout.write(record.disk.read(path).decode())  # what is kept, though the log may have grown since
    print(f"kept: {path}", file=sys.stderr)


def prove(
    folder: Folder,
    entry: Annotated[int, typer.Argument(help="Number of the entry.")],
    out: Annotated[
        Path | None, typer.Option(help="Write it into this file, NAME.tlog-proof; the leaf beside it.")
    ] = None,
    body: Annotated[
        bool, typer.Option("--body", help="Write what the entry says beside it too: NAME.json and NAME.salt.")
    ] = False,
) -> None:
    """
    Prove that an entry is in the record, in one text that anyone can check offline (C2SP tlog-proof).

    \b
    varne record prove log 7 --out seven.tlog-proof --body
    varne record verify seven.tlog-proof --key 'varne.example/dover+0123abcd+...'
    """
    from varne.files.folder import write_whole
    from varne.record.checkpoint import read_checkpoint
    from varne.record.export import countersigned
    from varne.record.proof import write_proof
    from varne.record.reader import POLICY, Record

    if out is not None and out.suffix in (".leaf", ".json", ".salt"):
        raise BadInput(f"--out is {out}, where the {out.suffix[1:]} goes; end its name with .tlog-proof.")
    if body and out is None:
        raise BadInput("--body needs files to write: --out NAME.tlog-proof")
    record = Record(folder)
    beside = {".leaf": record.leaf(entry), **(_body(record, entry) if body else {})}
    # A log of others has no policy of ours, and asks for no witness.
    head = countersigned(record) if record.disk.exists(folder / POLICY) else record.written_checkpoint()
    # The head is read once: an entry that comes meanwhile is not in what is proved.
    written = write_proof(entry, record.prove(entry, read_checkpoint(head).size), head, None)
    if out is None:
        sys.stdout.write(written.decode())
        return
    files = {out.name: written, **{out.with_suffix(ending).name: content for ending, content in beside.items()}}
    write_whole(out.parent, {name: partial(_put, content) for name, content in files.items()})
    print(f"written: {', '.join(str(out.with_name(name)) for name in files)}")


def _put(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _body(record: "Record", index: int) -> dict[str, bytes]:
    """What the leaf of an entry commits to, by the ending of the file it is written into."""
    from varne.errors import BadEntry
    from varne.record.entry import read_leaf

    try:
        read_leaf(record.leaf(index))
    except BadEntry:
        raise BadInput(f"Entry {index} is no commitment: the leaf is the whole entry; leave --body out.") from None
    found = record.entry(index)
    if found.event is None or found.salt is None:
        raise BadRecord(_absent(record, index))
    return {".json": found.event, ".salt": found.salt}


def verify(
    what: Annotated[Path, typer.Argument(help="Folder of a record or of any tiled log, or a .tlog-proof file.")],
    key: Keys = None,
    policy: PolicyFile = None,
    authority: Certificates = None,
    leaf: Annotated[
        Path | None, typer.Option(help="Of a proof: the file of the entry; beside it, NAME.leaf, when left out.")
    ] = None,
) -> None:
    """
    Check a record, a log or a proof, whole: exit code 0 if all of it was checked and holds, 1 if it does not hold,
    3 if something could not be checked.

    \b
    varne record verify log --key 'varne.example/dover+0123abcd+...' --authority root.pem
    """
    _refuse_bundle(what)
    if what.is_file():
        _verify_proof(what, leaf, key, policy)
        return
    from varne.record.reader import Record
    from varne.record.verify import verify as check
    from varne.show.plain import plain
    from varne.show.record_screen import verified_screen

    believed = _believed(Record(what), key, policy, authority)
    try:
        found = check(Record(what), believed, now=clock.time())
    except BadNote as error:
        print(f"The record does not hold. {plain(str(error))}")
        raise typer.Exit(1) from None
    Console().print(verified_screen(found), highlight=False, markup=False)
    raise typer.Exit(1 if not found.holds else 0 if found.whole else 3)


def trusted(keys: list[str] | None, policy: Path | None) -> "tuple[list[VerifierKey], Policy | None]":
    """
    Read the keys and the policy that somebody trusts.

    Parameters
    ----------
    keys : list of str or None
        Public keys. [1]
    policy : Path or None
        A policy file. [1]

    Returns
    -------
    keys : list of VerifierKey
        Those given by themselves. [1]
    policy : Policy or None

    Raises
    ------
    BadInput
        If the policy cannot be read.

    Examples
    --------
    >>> trusted(None, None)
    ([], None)
    """
    from varne.record.keys import read_vkey
    from varne.record.policy import read_policy

    found = [read_vkey(text) for text in keys or []]
    if policy is None:
        return found, None
    return found, read_policy(_bytes(policy, "--policy"))


def _believed(
    record: "Record", keys: list[str] | None, policy: Path | None, authority: list[Path] | None
) -> "Believed":
    from varne.record.export import policy_of
    from varne.record.opening import own_memory
    from varne.record.reader import POLICY
    from varne.record.timestamp import read_certificates
    from varne.record.verify_kept import Believed

    logs, asked = trusted(keys, policy)
    read = asked
    own = own_memory(record)
    if read is None and record.disk.exists(record.folder / POLICY):
        with contextlib.suppress(BadNote):  # the check says what is wrong with it
            read = policy_of(record)
    witnesses = [] if read is None else [one.key for one in read.witnesses]
    certificates = [
        one
        for path in authority or []
        for one in read_certificates(_bytes(path, "--authority"), f"--authority {path}: ")
    ]
    roots = [one for one in certificates if one.issuer == one.subject]
    chain = [one for one in certificates if one.issuer != one.subject]
    mine, last = own or (None, None)
    given = (tuple(logs), tuple(witnesses), tuple(roots), tuple(chain))
    return Believed(*given, policy=asked, own=mine, signed_last=last)


def _absent(record: "Record", index: int) -> str:
    if record.withheld(index) is not None:
        return (
            f"The body of entry {index} is withheld; it lies in {record.withheld_path(index)}, and is not given away."
        )
    return f"The body of entry {index} is not here: it was deleted, or withheld from whom this copy was given to."


def _refuse_bundle(what: Path) -> None:
    """A bundle is checked by the program in it, which shares no code with Varne; that is its point."""
    import zipfile

    run = "python3 -I verify.py --key KEY"
    if (what / "manifest.json").is_file() and (what / "verify.py").is_file():
        raise BadInput(
            f"{what} is a bundle of evidence, not a record; check it with the program in it: in it say {run}"
        )
    if what.is_file() and zipfile.is_zipfile(what):
        raise BadInput(
            f"{what} is an archive, of a bundle of evidence perhaps, not a record; unpack it (unzip {what}), and in "
            f"the folder say {run}"
        )


def _bytes(path: Path, given: str) -> bytes:
    from varne.record.disk import RealDisk

    try:
        return RealDisk().read(path)
    except OSError as error:
        raise BadInput(f"{given} {path} cannot be read ({error.strerror}); check its name.") from None


def _verify_proof(path: Path, leaf: Path | None, keys: list[str] | None, policy: Path | None) -> None:
    from varne.record.policy import Policy
    from varne.record.proof import check_proof, parse_proof
    from varne.show.plain import plain

    logs, read = trusted(keys, policy)
    if not logs and not (read and read.logs):
        raise BadInput("Whose log is it? Name the key you trust with --key, or a policy with --policy.")
    trust = read or Policy((), (), ())
    entry = path.with_suffix(".leaf") if leaf is None else leaf
    written, content = _bytes(path, "The proof"), _bytes(entry, "--leaf")
    try:
        found = check_proof(written, content, trust, logs=logs)
    except (BadNote, BadProof) as error:
        print(f"The proof does not hold. {plain(str(error))}")
        raise typer.Exit(1) from None
    index, checkpoint = parse_proof(written).index, found.checkpoint
    signed = ", ".join(f"{one.name} (key {one.key_id.hex()})" for one in found.signed_by)
    print(plain(f"{entry} is entry {index} of {checkpoint.origin}, which has {checkpoint.size}; signed by {signed}."))
    if others := sorted({one.name for one in found.signed_by if one.name != checkpoint.origin}):
        print(plain(f"{others[0]} is another name than that of the log: that its key signs for this log is your word."))
    whole = _verify_body(entry, content)
    for witness, when in found.cosigned.items():
        print(f"countersigned by {plain(witness.name)} at {clock.strftime('%Y-%m-%d %H:%M:%SZ', clock.gmtime(when))}")
    if not whole:
        raise typer.Exit(3)


def _verify_body(leaf: Path, content: bytes) -> bool:
    """What the entry says, where that lies beside its leaf; whether nothing of it is left to be checked."""
    from varne.record.reader import entry_of
    from varne.show.plain import plain
    from varne.show.record_screen import said

    event, salt = leaf.with_suffix(".json"), leaf.with_suffix(".salt")
    there = [path for path in (event, salt) if path.exists()]
    if len(there) == 1:
        print(f"not checked: {there[0]} is there, and what belongs to it is not: {event} and {salt} are needed.")
    if len(there) != 2:
        return not there
    try:
        found = entry_of(0, content, (_bytes(salt, "The salt"), _bytes(event, "The event"))).content
    except BadRecord as error:
        why = str(error).partition(": ")[2]
        print(f"The proof does not hold. {event} is not what the entry says: {plain(why)}")
        raise typer.Exit(1) from None
    print(plain(f"{event} is what the entry says, logged {found['logged']}, by {found['role']}: {said(found)}"))
    return True
