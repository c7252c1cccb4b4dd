"""`varne record export|replay`: what leaves a record for a court, and what is computed again from it."""

import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varne.cli.progress import told_progress

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
    from varne.record.entry import Draft
    from varne.record.export import export as write
    from varne.record.opening import open_log
    from varne.record.reader import Record
    from varne.show.account import NAMES, account
    from varne.show.language import language

    record = Record(folder)
    told = _told(record, entry or [])
    accounts = {name: account(told, language(code)) for code, name in NAMES.items()}
    size = write(record, out, indices=entry or [], accounts=accounts, asked={"to": to, "role": role})
    data = {"to": to, "entries": entry or "all"}
    with open_log(folder, now=clock.time()) as log:
        log.append([Draft("export", role, data, clock.time())], now=clock.time())
    print(f"written: {out}, a bundle of {len(entry or range(size))} of {size} entries.")
    print("Whoever has it says: python3 verify.py --key KEY, with the key that you gave them by another way:")
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
    from varne.record.export import policy_of
    from varne.record.verify import verify
    from varne.record.verify_kept import Believed
    from varne.show.account import Told

    policy = policy_of(record)
    believed = Believed((), tuple(one.key for one in policy.witnesses))
    found = verify(record, believed, now=clock.time())
    chosen = set(indices) or set(range(found.checkpoint.size))
    events = [{**event, "index": index} for index, event in found.events.items() if index in chosen]
    keys = [event["data"]["vkey"] for event in found.events.values() if event["kind"] == "key"]
    seen = [(one.size, one.who, _moment(one.time)) for one in found.cosigned]
    return Told(
        found.checkpoint.origin, found.checkpoint.size, found.checkpoint.root.hex(), keys, events,
        sorted(chosen - {event["index"] for event in events}), seen, [],
    )  # fmt: skip


def _moment(time: float) -> str:
    return clock.strftime("%Y-%m-%d %H:%M:%S", clock.gmtime(time))
