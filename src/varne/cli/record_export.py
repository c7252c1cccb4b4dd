"""`varne record export|replay`: what leaves a record for a court, and what is computed again from it."""

import sys
import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varne.cli.progress import told_progress
from varne.cli.warned import warn_of_persons
from varne.errors import BadInput

if TYPE_CHECKING:
    from varne.record.reader import Record
    from varne.show.account import Told

Folder = Annotated[Path, typer.Argument(help="Folder of the record.")]


def export(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="Folder to make, or a file that ends in .zip.")],
    to: Annotated[str, typer.Option(help="For whom: a body or a role, no name; it is entered too.")],
    role: Annotated[str, typer.Option(help="What the person does who gives it away.")],
    entry: Annotated[
        list[int] | None, typer.Option(help="Only this entry; may be repeated. All when left out.")
    ] = None,
) -> None:
    """
    Write the bundle of evidence: entries, proofs, stamps, keys, an account in plain words in English and French, and a
    program that checks it with nothing but Python.

    \b
    varne record export log --out bundle.zip --to "the court" --role "records officer"
    """
    from varne.record.entry import Draft, make_entry
    from varne.record.export import export as write
    from varne.record.opening import open_log
    from varne.record.reader import Record
    from varne.show.account import NAMES, account
    from varne.show.language import language

    if out.resolve().is_relative_to(folder.resolve()):
        raise BadInput(f"--out {out} would lie in the record {folder}; name a place outside.")
    if not to.strip():
        raise BadInput("--to is empty; name the body or role that it is for, for example 'the court'.")
    record = Record(folder)
    draft = Draft("export", role, {"to": to, "entries": entry or "all"}, clock.time())
    make_entry(draft, logged=draft.time, prev="")
    warn_of_persons({"to": to, "role": role})
    with open_log(folder, now=clock.time()) as log:  # what cannot be entered is not given away
        told = _told(record, entry or [])
        accounts = {name: account(told, language(code)) for code, name in NAMES.items()}
        size = write(record, out, indices=entry or [], accounts=accounts, asked={"to": to, "role": role})
        log.append([draft], now=clock.time())
    keys = "" if entry is None else ", and of those that introduce keys"
    print(f"written: {out}, a bundle of {len(set(entry or range(size)))} of {size} entries{keys}.")
    print("Whoever has it says: python3 -I verify.py --key KEY, with the key that you gave them by another way:")
    print(f"  {told.keys[-1]}")


def replay(
    folder: Folder,
    entry: Annotated[int, typer.Argument(help="Number of an entry of kind computed.")],
    inputs: Annotated[Path | None, typer.Option(help="Folder with the sea files of the question.")] = None,
) -> None:
    """
    Compute a recorded answer again with the recorded numbers, and say what differs: exit code 0 if it holds, 1 if not.
    """
    from varne.record.reader import Record
    from varne.replaying import TOLERANCE, replay_entry

    with told_progress("replay") as told:
        found = replay_entry(Record(folder), entry, inputs=inputs, progress=told)
    where = "with the recorded code, on the recorded platform" if found.same_place else "elsewhere than it was recorded"
    if found.equal:
        print(f"Entry {entry}: every number is the same, bit for bit, computed {where}.")
    elif found.holds:
        print(f"Entry {entry}: numbers differ by {found.largest:.1e} at most (tolerance {TOLERANCE:.0e}), {where}.")
    else:
        print(f"Entry {entry} is not borne out: numbers differ by {found.largest:.1e} of themselves, {where}.")
    for line in found.differences:
        print(f"  {line}")
    raise typer.Exit(0 if found.holds else 1)


def _told(record: "Record", indices: list[int]) -> "Told":
    from varne.record.export import policy_of, with_what_they_need
    from varne.record.finding import FAILED
    from varne.record.timestamp import read_certificates
    from varne.record.verify import verify
    from varne.record.verify_kept import Believed
    from varne.show.account import Told

    policy = policy_of(record)
    kept = [
        one
        for path in record.disk.files(record.folder / "authorities")
        for one in read_certificates(record.disk.read(path))
    ]
    roots = tuple(one for one in kept if one.issuer == one.subject)
    chain = tuple(one for one in kept if one.issuer != one.subject)
    believed = Believed((), tuple(one.key for one in policy.witnesses), roots, chain)
    found = verify(record, believed, now=clock.time())
    if wrong := next((str(one) for one in found.findings if one.state == FAILED), None):
        print(f"varne: the record does not hold, and the bundle says so too: {wrong}", file=sys.stderr)
    chosen = with_what_they_need(record, indices, found.checkpoint.size)
    events = [{**event, "index": index} for index, event in found.events.items() if index in chosen]
    keys = [event["data"]["vkey"] for event in found.events.values() if event["kind"] == "key"]
    cosigned, stamped = (
        [(one.size, one.who, _moment(one.time)) for one in seen] for seen in (found.cosigned, found.stamped)
    )
    absent = sorted(set(chosen) - {event["index"] for event in events})
    checkpoint = found.checkpoint
    return Told(
        checkpoint.origin, checkpoint.size, checkpoint.root.hex(), keys, events, absent, cosigned, stamped
    )  # fmt: skip


def _moment(time: float) -> str:
    return clock.strftime("%Y-%m-%d %H:%M:%S", clock.gmtime(time))
