"""What is looked at around an entry by hand: what it names is there, and whom it may name can be kept apart."""

import sys
import time as clock
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from varne.cli.warned import warn_of_persons
from varne.errors import BadEntry, VarneError

if TYPE_CHECKING:
    from varne.record.entry import Draft
    from varne.record.reader import Record

_NAMES = {"correction": "corrects", "shown": "computed"}  # fields that name another entry
_WHY = "it may name a person"


def need_named(record: "Record", drafts: Sequence["Draft"]) -> None:
    """
    Refuse an entry that names another one which is not in the record.

    Parameters
    ----------
    record : Record
        [1]
    drafts : sequence of Draft
        What is to be entered. [SI]

    Raises
    ------
    BadEntry
        With the name that was meant, where a number was given.

    Examples
    --------
    >>> from varne.record.entry import Draft
    >>> from varne.record.opening import example_log
    >>> from varne.record.reader import Record
    >>> need_named(Record(example_log()), [Draft("correction", "recorder", {"corrects": "0", "what": "a slip"}, 0.0)])
    Traceback (most recent call last):
    varne.errors.BadEntry: corrects is '0'; write the name (id) of the entry: that of entry 0 is ...
    """
    given = [(_NAMES[one.kind], str(one.data.get(_NAMES[one.kind]))) for one in drafts if one.kind in _NAMES]
    if not given:
        return
    ids, unknown = _ids(record)
    for field, name in given:
        if name in ids or unknown:  # what is deleted may be what is meant
            continue
        numbered = {str(index): one for one, index in ids.items()}
        if name in numbered:
            raise BadEntry(
                f"{field} is {name!r}; write the name (id) of the entry: that of entry {name} is {numbered[name]}"
            )
        raise BadEntry(
            f"{field} is {name!r}, the name (id) of no entry of {record.folder}; names are told by: varne record show "
            f"{record.folder} --json"
        )


def offer_to_withhold(folder: Path, first: int, drafts: Sequence["Draft"], *, key: Path | None) -> None:
    """
    Warn of entries that seem to name a person, once they are there to stay, and offer to keep their bodies apart.

    Parameters
    ----------
    folder : Path
        Of the record. [1]
    first : int
        Number of the first of the entries. [1]
    drafts : sequence of Draft
        What was entered. [SI]
    key : Path or None
        Where the secret key lies. [1]

    Examples
    --------
    >>> from varne.record.entry import Draft
    >>> offer_to_withhold(Path("log"), 1, [Draft("heartbeat", "recorder", {}, 0.0)], key=None)
    """
    named = [
        index
        for index, one in enumerate(drafts, first)
        if warn_of_persons({"role": one.role, "data": one.data, "case": one.case})
    ]
    if not named:
        return
    by_hand = f"varne record redact {folder} {named[0]} --withhold --role ROLE --reason WHY"
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print(f"varne: it is entered all the same. To keep its body apart: {by_hand}", file=sys.stderr)
        return
    try:
        agreed = typer.confirm("It is entered. Withhold its body now?", default=True, err=True)
    except (typer.Abort, OSError):  # whoever typed has gone: the entry stays
        print(f"\nvarne: it stays entered. To keep its body apart: {by_hand}", file=sys.stderr)
        return
    if agreed:
        _withhold(folder, {index: drafts[index - first].role for index in named}, key, by_hand)


def _withhold(folder: Path, roles: dict[int, str], key: Path | None, by_hand: str) -> None:
    from varne.record.opening import open_log
    from varne.record.redact import withhold

    try:
        with open_log(folder, now=clock.time(), key=key) as log:
            for index, role in roles.items():
                said = withhold(log, index, role=role, reason=_WHY, now=clock.time())
                print(f"The body of entry {index} is withheld; entry {said} says so.")
    except VarneError as error:
        print(f"varne: it is entered, and not withheld: {error} Say: {by_hand}", file=sys.stderr)


def _ids(record: "Record") -> tuple[dict[str, int], bool]:
    """Names of entries and their numbers, withheld ones too; and whether there are some that nobody can tell."""
    from varne.record.entry import read_event

    found: dict[str, int] = {}
    unknown = False
    for index, entry in record.entries():
        body = None if entry.event is not None else record.withheld(index)
        content = entry.content if body is None else read_event(body[1])
        unknown = unknown or not content
        if content:
            found[str(content["id"])] = index
    return found, unknown
