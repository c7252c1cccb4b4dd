"""`varne record init|append|redact|rotate`: what writes to a record."""

import sys
import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from varne.cli.warned import warn_of_persons
from varne.errors import BadEntry, VarneError

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
    Make a record and its key. Give away what export writes, not the folder: bodies that are withheld lie in it.

    \b
    varne record init log --origin varne.example/dover/2026-031
    """
    from varne.facts.persons_hinted import origin_may_name_a_person
    from varne.record.opening import create_log
    from varne.record.reader import Record
    from varne.show.plain import plain

    place = folder.with_name(f"{folder.name}.key") if key is None else key
    name = origin or f"varne.example/{folder.name}"
    if why := origin_may_name_a_person(name):
        print(
            f"varne: origin: {plain(why)}. A record is called so for good: if that is a person, make another, and use "
            "this one for nothing.",
            file=sys.stderr,
        )
    create_log(folder, origin=name, key=place, now=clock.time())
    vkey = Record(folder).entry(0).content["data"]["vkey"]
    print(f"{folder}: a record of 1 entry, which introduces its key.")
    print(f"{place}: its secret key. Keep it, and keep it to yourself.")
    print(f"Give this public key to whoever will check the record, by another way than the record:\n  {vkey}")


def append(
    folder: Annotated[Path | None, typer.Argument(help="Folder of the record.")] = None,
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
    words: Annotated[bool, typer.Option("--words", help="Say which facts duties are told from: what=...")] = False,
    key: Key = None,
) -> None:
    """
    Enter what is known, decided or done. When this returns, the entry is there to stay.

    \b
    varne record append log known --role "watch officer" --set what=people_on_board --set value=55 \\
                 --set source="caller aboard" --set channel=telephone
    varne record append log decided --role "patrol commander" --set chosen=escort --set reason="too high a sea to stop"
    """
    if fields or words:
        _say_fields() if fields else _say_words()
        return
    if folder is None:
        raise BadEntry("folder is missing; name the record: varne record append FOLDER KIND --role ...")
    from dataclasses import replace

    from varne.cli.record_persons import need_named, offer_to_withhold
    from varne.facts.entry_kinds import strange_choice
    from varne.record.opening import open_log
    from varne.record.reader import Record
    from varne.record.redact import declare

    if batch is None:
        drafts = [_draft(kind, role, _data(data, given), time, case)]
    else:
        strange = {"KIND": kind, "--role": role, "--set": given, "--data": data, "--time": time, "--case": case}
        if beside := [name for name, one in strange.items() if one]:
            raise BadEntry(f"--from {batch} says all of its entries itself; leave {beside[0]} out.")
        drafts = _batch(batch)
    drafts = [replace(draft, withheld=withhold) for draft in drafts]
    need_named(Record(folder), drafts)
    with open_log(folder, now=clock.time(), key=key) as log:
        appended = log.append(drafts, now=clock.time())
        apart = [index for index, draft in enumerate(drafts, appended.first) if draft.withheld]
        declare(log, apart, role=drafts[0].role, now=clock.time())
    for index, (draft, entry) in enumerate(zip(drafts, appended.entries, strict=True), appended.first):
        kept = ", body withheld" if draft.withheld else ""
        print(f"entry {index}: {draft.kind}, logged {entry.content['logged']}, id {entry.content['id']}{kept}")
        if draft.kind == "decided" and (choice := strange_choice(draft.data)):
            print(f"varne: {choice} It is entered all the same.", file=sys.stderr)
    if not withhold:
        offer_to_withhold(folder, appended.first, drafts, key=key)


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

    warn_of_persons({"role": role, "reason": reason})
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

    warn_of_persons({"role": role, "reason": reason})
    index = change(folder, new, role=role, reason=reason, now=clock.time())
    print(f"Entry {index} introduces the new key, which signs from now on:")
    print(f"  {Record(folder).entry(index).content['data']['vkey']}")


def _draft(kind: object, role: object, data: object, time: object, case: object) -> "Draft":
    from varne.facts.duty_words import check_known
    from varne.facts.entry_kinds import check_data
    from varne.record.entry import CLOCKS_DIFFER, Draft, make_entry
    from varne.when import parse_time

    if not isinstance(kind, str) or not kind:
        raise BadEntry("kind is missing; say what is entered: known, decided, force, duty, correction, heartbeat.")
    if not isinstance(role, str) or not role.strip():
        raise BadEntry("role is missing; say what the person does: --role 'watch officer'.")
    if not isinstance(data, dict):
        raise BadEntry(f"data is {data!r}; write an object of fields.")
    if not isinstance(case, str | None):
        raise BadEntry(f"case is {case!r}; write its name.")
    check_data(kind, data)
    data = {"to": [], **data} if kind == "shown" else data
    if kind == "known":
        check_known(str(data["what"]), data["value"])
    now = clock.time()
    draft = Draft(kind, role, data, now if time is None else parse_time(time), case or "")
    make_entry(draft, logged=now, prev="")  # what cannot be entered is said here, where its line is known
    if draft.time > now + CLOCKS_DIFFER:
        print(f"varne: time is {time!r}, which is yet to come; it is entered all the same.", file=sys.stderr)
    return draft


def _data(path: Path | None, given: list[str] | None) -> dict[str, Any]:
    import json

    fields: dict[str, Any] = {}
    if path is not None:
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise BadEntry(f"--data {path} cannot be read ({error.strerror}); check its name.") from None
        except (ValueError, RecursionError) as error:
            raise BadEntry(f"--data {path} cannot be read as JSON ({error}); write an object of fields.") from None
        if not isinstance(fields, dict):
            raise BadEntry(f"--data {path} holds no object of fields; write {{...}}.")
    named: dict[str, Any] = {}
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise BadEntry(f"--set is {text!r}; write a field and its value: value=55.")
        if name in named:
            raise BadEntry(f"--set gives {name!r} twice, last as {value!r}; give each field once.")
        named[name] = _value(value)
    return {**fields, **named}


def _value(text: str) -> Any:
    """What the text is as JSON, for example 55, true, [3, 7] or "55" for a text of digits; words otherwise."""
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if found is None else found


def _batch(path: Path) -> list["Draft"]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadEntry(f"--from {path} cannot be read ({error.strerror}); check its name.") from None
    except UnicodeDecodeError as error:
        raise BadEntry(f"--from {path} is not UTF-8 text (byte {error.start}); write JSON lines.") from None
    drafts = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                drafts.append(_row(line))
            except VarneError as error:
                raise BadEntry(f"--from {path}, line {number}: {error} Nothing was entered.") from None
    return drafts


def _row(line: str) -> "Draft":
    import json

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadEntry(f"It cannot be read as JSON ({error}).") from None
    if not isinstance(row, dict):
        raise BadEntry(f"It is no object of kind, role, data, and perhaps time and case, but {line.strip()[:60]!r}.")
    if strange := sorted(set(row) - {"kind", "role", "data", "time", "case"}):
        raise BadEntry(f"It has {strange[0]!r}; write kind, role, data, and perhaps time and case.")
    return _draft(row.get("kind"), row.get("role"), row.get("data"), row.get("time"), row.get("case"))


def _say_fields() -> None:
    from varne.facts.entry_kinds import entry_kinds

    for kind in entry_kinds().values():
        print(f"{kind.name}: {kind.says}")
        for name, says in kind.needs.items():
            print(f"  {name}: {says}")
        for name, says in kind.may.items():
            print(f"  [{name}]: {says}")


def _say_words() -> None:
    from varne.facts.duty_words import words_of_the_record

    for word in words_of_the_record().values():
        unit = f", {word.unit}" if word.unit else ""
        print(f"{word.name}: {word.means} ({word.value}{unit})")
