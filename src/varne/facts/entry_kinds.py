"""What the entries of a record hold, by kind."""

import difflib
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadEntry
from varne.facts.duty_rules import STATES, rules_of_duties
from varne.facts.option_tables import shipped_option_rows
from varne.facts.persons_hinted import may_name_a_person
from varne.facts.provisions import law_at_sea

_BY_VARNE = ("computed", "shown", "redaction", "key")  # entered by commands of their own
_NOT_SHOWN = ("computed", "why")  # what is said by hand where figures were not shown
_DIGITS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry: what it says, fields it needs, fields it may have, with what each means."""

    name: str
    says: str
    needs: Mapping[str, str]
    may: Mapping[str, str]


@cache
def entry_kinds() -> Mapping[str, EntryKind]:
    """
    Return all kinds, by name.

    Returns
    -------
    mapping of str to EntryKind

    Examples
    --------
    >>> sorted(entry_kinds()["decided"].needs)
    ['chosen', 'reason']
    """
    text = resources.files("varne.facts").joinpath("entry_kinds.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return {name: EntryKind(name, row["says"], row["needs"], row["may"]) for name, row in rows.items()}


def check_data(kind: str, data: Mapping[str, Any]) -> None:
    """
    Refuse an entry by hand that lacks what its kind needs, or says what nobody asked.

    Parameters
    ----------
    kind : str
        [1]
    data : mapping
        Fields of the entry. [1]

    Raises
    ------
    BadEntry
        With the field that is missing or strange, and what it means.

    Examples
    --------
    >>> check_data("decided", {"chosen": "escort", "reason": "the sea is too high to stop it"})
    >>> check_data("decided", {"chosen": "escort"})
    Traceback (most recent call last):
    varne.errors.BadEntry: A 'decided' entry needs reason (why); add --set reason=...
    """
    kinds = entry_kinds()
    by_hand = [name for name in kinds if name not in _BY_VARNE]
    not_shown = kind == "shown" and data.get("shown") is False
    if kind not in by_hand and not not_shown:
        why = "is entered by Varne itself" if kind in kinds else "is not known"
        hint = "; by hand only that figures were not: --set shown=false --set computed=ID --set why=..."
        hint = hint if kind == "shown" else f"; write one of {', '.join(by_hand)}."
        raise BadEntry(f"kind {kind!r} {why}{hint}")
    known = kinds[kind]
    needs = {name: {**known.needs, **known.may}[name] for name in _NOT_SHOWN} if not_shown else known.needs
    for name, says in needs.items():
        if name not in data or str(data[name]).strip() == "":
            raise BadEntry(f"A {kind!r} entry needs {name} ({says}); add --set {name}=...")
    for name in data:
        if name not in known.needs and name not in known.may:
            near = difflib.get_close_matches(name, [*known.needs, *known.may], n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it may have {', '.join([*known.needs, *known.may])}."
            raise BadEntry(f"A {kind!r} entry has no field {name!r}; {hint}")
    if not_shown and data.get("to"):
        raise BadEntry("A 'shown' entry with shown=false has nobody that saw the figures; leave 'to' out.")
    if kind == "duty":
        _check_word("duty", data["duty"], law_at_sea().duties)
        _check_word("state", data["state"], STATES)


def _check_word(name: str, value: Any, known: Collection[str]) -> None:
    if not isinstance(value, str) or value not in known:
        raise BadEntry(f"{name} is {value!r}; write one of {', '.join(known)}.")


def strange_choice(data: Mapping[str, Any]) -> str | None:
    """
    Say of a decision that what was chosen is no option of the tables, by which its figures would be found.

    Parameters
    ----------
    data : mapping
        Fields of an entry of kind ``decided``. [1]

    Returns
    -------
    str or None
        A word of warning, never a reason to refuse an entry.

    Examples
    --------
    >>> strange_choice({"chosen": "escrt", "reason": "the sea is too high to stop it"})
    "chosen is 'escrt', no option of the tables; did you mean 'escort'?"
    >>> strange_choice({"chosen": "Escort"}) is None
    True
    """
    chosen = str(data.get("chosen", "")).strip().lower()
    known = [*shipped_option_rows()["options"], *(one for names in rules_of_duties().choices.values() for one in names)]
    if chosen in known:
        return None
    near = difflib.get_close_matches(chosen, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"these are {', '.join(shipped_option_rows()['options'])}."
    return f"chosen is {data.get('chosen')!r}, no option of the tables; {hint}"


def persons_in(content: Any, place: str) -> Iterator[tuple[str, str]]:
    """
    Say where text of an entry seems to name a person: a word of warning, never a reason to refuse.

    Parameters
    ----------
    content : any
        Fields, lists and text. [1]
    place : str
        Name of the field. [1]

    Returns
    -------
    iterator of (str, str)
        The place, and why.

    Examples
    --------
    >>> list(persons_in({"reason": "ask someone@example.org"}, "data"))
    [('data.reason', 'it holds an e-mail address')]
    """
    if isinstance(content, str):
        digest = content.removeprefix("sha256:")
        plain = len(digest) >= 32 and all(sign in _DIGITS for sign in digest)
        if not plain and (why := may_name_a_person(content)):
            yield place, why
    elif isinstance(content, Mapping):
        for name, one in content.items():
            yield from persons_in(one, f"{place}.{name}")
    elif isinstance(content, list | tuple):
        for number, one in enumerate(content):
            yield from persons_in(one, f"{place}.{number}")
