"""`varne record init|append|redact|rotate`: what writes to a record."""

import sys
import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from varne.errors import BadEntry

if TYPE_CHECKING:
    from varne.record.entry import Draft

Folder = Annotated[Path, typer.Argument(help="Folder of the record.")]
Role = Annotated[str, typer.Option(help="What the person does who enters it, for example 'watch officer'; no name.")]
Key = Annotated[Path | None, typer.Option(help="Where the secret key lies, if not where the record says.")]


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    origin: Annotated[
        str | None, typer.Option(help="What the record is called, for good: varne.example/OPERATOR/CASE.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Where its secret key goes; FOLDER.key when left out.")] = None,
) -> None:
    """
    Make a record and its key. The folder can be given away; the key, beside it, never.

    \b
    varne record init log --origin varne.example/dover/2026-031
    """
    from varne.record.opening import create_log
    from varne.record.reader import Record

    place = folder.with_name(f"{folder.name}.key") if key is None else key
    create_log(folder, origin=origin or f"varne.example/{folder.name}", key=place, now=clock.time())
    vkey = Record(folder).entry(0).content["data"]["vkey"]
    print(f"{folder}: a record of 1 entry, which introduces its key.")
    print(f"{place}: its secret key. Keep it, and keep it to yourself.")
    print(f"Give this public key to whoever will check the record, by another way than the record:\n  {vkey}")


def append(
    folder: Folder,
    kind: Annotated[
        str | None, typer.Argument(help="known, decided, force, duty, correction, export or heartbeat.")
    ] = None,
    role: Annotated[str, typer.Option(help="What the person does who says or decided it; no name.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="A field: what=people_on_board, value=55. Values may be JSON. May be repeated."),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="JSON file with the fields; --set replaces them.")] = None,
    time: Annotated[str | None, typer.Option(help="When it happened, UTC: 2026-03-14T02:30Z; now.")] = None,
    case: Annotated[str, typer.Option(help="Name of the case it belongs to.")] = "",
    withhold: Annotated[bool, typer.Option("--withhold", help="Keep its body apart from what is given away.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option("--from", help="JSON lines instead: kind, role, data, and perhaps time and case, one entry each."),
    ] = None,
    fields: Annotated[bool, typer.Option("--fields", help="Say what the entries of each kind hold.")] = False,
    key: Key = None,
) -> None:
    """
    Enter what is known, decided or done. When this returns, the entry is there to stay.

    \b
    varne record append log known --role "watch officer" --set what=people_on_board --set value=55 \\
                 --set source="caller aboard" --set channel=telephone
    varne record append log decided --role "patrol commander" --set chosen=escort --set reason="too high a sea to stop"
    """
    if fields:
        _say_fields()
        return
    from varne.record.opening import open_log

    drafts = _batch(batch) if batch is not None else [_draft(kind, role, _data(data, given), time, case)]
    if withhold:
        from dataclasses import replace

        drafts = [replace(draft, withheld=True) for draft in drafts]
    elif _warned(drafts) and _wants_to_withhold(drafts):
        from dataclasses import replace

        drafts = [replace(draft, withheld=bool(_persons(draft))) for draft in drafts]
    with open_log(folder, now=clock.time(), key=key) as log:
        appended = log.append(drafts, now=clock.time())
    for index, (draft, entry) in enumerate(zip(drafts, appended.entries, strict=True), appended.first):
        kept = ", body withheld" if draft.withheld else ""
        print(f"entry {index}: {draft.kind}, logged {entry.content['logged']}, id {entry.content['id']}{kept}")


def redact(
    folder: Folder,
    entry: Annotated[int, typer.Argument(help="Number of the entry.")],
    role: Role,
    reason: Annotated[str, typer.Option(help="Why; it is entered too.")],
    withhold: Annotated[
        bool, typer.Option("--withhold", help="Keep the body apart instead of deleting it for good.")
    ] = False,
    key: Key = None,
) -> None:
    """Delete the body of an entry for good, or withhold it; the tree stays valid, and an entry says what was done."""
    from varne.record.opening import open_log
    from varne.record.redact import redact as delete
    from varne.record.redact import withhold as keep_apart

    act = keep_apart if withhold else delete
    with open_log(folder, now=clock.time(), key=key) as log:
        said = act(log, entry, role=role, reason=reason, now=clock.time())
    done = "is withheld" if withhold else "is deleted, with its salt"
    print(f"The body of entry {entry} {done}; entry {said} says so.")


def rotate(
    folder: Folder,
    new: Annotated[Path, typer.Argument(help="Where the new secret key goes.")],
    role: Role,
    reason: Annotated[str, typer.Option(help="Why; it is entered too.")],
) -> None:
    """Change the key of a record; both keys sign the change, so that whoever trusts the old one can follow."""
    from varne.record.reader import Record
    from varne.record.rotate import rotate as change

    index = change(folder, new, role=role, reason=reason, now=clock.time())
    print(f"Entry {index} introduces the new key, which signs from now on:")
    print(f"  {Record(folder).entry(index).content['data']['vkey']}")


def _draft(kind: object, role: object, data: object, time: object, case: object) -> "Draft":
    from varne.facts.entry_kinds import check_data
    from varne.record.entry import Draft
    from varne.when import parse_time

    if not isinstance(kind, str) or not kind:
        raise BadEntry("kind is missing; say what is entered: known, decided, force, duty, correction, heartbeat.")
    if not isinstance(role, str) or not role.strip():
        raise BadEntry("role is missing; say what the person does: --role 'watch officer'.")
    if not isinstance(data, dict):
        raise BadEntry(f"data is {data!r}; write an object of fields.")
    check_data(kind, data)
    happened = clock.time() if time is None else parse_time(time)
    return Draft(kind, role, data, happened, str(case or ""))


def _data(path: Path | None, given: list[str] | None) -> dict[str, Any]:
    import json

    fields: dict[str, Any] = {}
    if path is not None:
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadEntry(f"--data {path} cannot be read as JSON ({error}).") from None
        if not isinstance(fields, dict):
            raise BadEntry(f"--data {path} holds no object of fields.")
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise BadEntry(f"--set is {text!r}; write a field and its value: value=55.")
        fields[name] = _value(value)
    return fields


def _value(text: str) -> Any:
    """A number, true or false, a list or an object where the text is one as JSON; words otherwise."""
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(found, str) or found is None else found


def _batch(path: Path) -> list["Draft"]:
    import json

    drafts = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadEntry(f"--from {path} cannot be read ({error}).") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            strange = sorted(set(row) - {"kind", "role", "data", "time", "case"})
        except (ValueError, TypeError) as error:
            raise BadEntry(f"--from {path}, line {number}, is no JSON object ({error}); nothing was entered.") from None
        if strange:
            raise BadEntry(f"--from {path}, line {number}, has {strange[0]!r}; write kind, role, data, time, case.")
        try:
            draft = _draft(row.get("kind"), row.get("role"), row.get("data"), row.get("time"), row.get("case"))
        except BadEntry as error:
            raise BadEntry(f"--from {path}, line {number}: {error} Nothing was entered.") from None
        drafts.append(draft)
    return drafts


def _persons(draft: "Draft") -> list[tuple[str, str]]:
    from varne.facts.entry_kinds import persons_in

    return [*persons_in(draft.role, "role"), *persons_in(draft.data, "data"), *persons_in(draft.case, "case")]


def _warned(drafts: list["Draft"]) -> bool:
    """Whether a text seems to name a person; it is said, and never a reason to refuse."""
    found = [one for draft in drafts for one in _persons(draft)]
    for where, why in found:
        print(f"varne: {where}: {why}. A record holds roles and counts, no person's data.", file=sys.stderr)
    return bool(found)


def _wants_to_withhold(drafts: list["Draft"]) -> bool:
    if sys.stdin.isatty() and sys.stderr.isatty():
        return typer.confirm("Enter it with its body withheld?", default=True, err=True)
    print(
        "varne: it is entered all the same. To keep its body apart: varne record redact FOLDER ENTRY --withhold",
        file=sys.stderr,
    )
    return False


def _say_fields() -> None:
    from varne.facts.entry_kinds import entry_kinds

    for kind in entry_kinds().values():
        print(f"{kind.name}: {kind.says}")
        for name, says in kind.needs.items():
            print(f"  {name}: {says}")
        for name, says in kind.may.items():
            print(f"  [{name}]: {says}")
