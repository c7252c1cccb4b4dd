"""What the entries of a record hold, by kind."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadEntry
from varne.facts.persons import looks_like_a_person

_BY_VARNE = ("computed", "shown", "redaction", "key")  # entered by commands of their own
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
    if kind not in by_hand:
        why = "is entered by Varne itself" if kind in kinds else "is not known"
        raise BadEntry(f"kind {kind!r} {why}; write one of {', '.join(by_hand)}.")
    known = kinds[kind]
    for name, says in known.needs.items():
        if name not in data or str(data[name]).strip() == "":
            raise BadEntry(f"A {kind!r} entry needs {name} ({says}); add --set {name}=...")
    for name in data:
        if name not in known.needs and name not in known.may:
            near = difflib.get_close_matches(name, [*known.needs, *known.may], n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it may have {', '.join([*known.needs, *known.may])}."
            raise BadEntry(f"A {kind!r} entry has no field {name!r}; {hint}")


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
        if not plain and (why := looks_like_a_person(content)):
            yield place, why
    elif isinstance(content, Mapping):
        for name, one in content.items():
            yield from persons_in(one, f"{place}.{name}")
    elif isinstance(content, list | tuple):
        for number, one in enumerate(content):
            yield from persons_in(one, f"{place}.{number}")
