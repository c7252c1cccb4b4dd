"""Text of a record that may name a person: more is warned of than would ever be refused elsewhere."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from varne.facts.persons import is_given_name, is_unknown_name, looks_like_a_person

_RULES = "persons_hinted.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FRENCH = set("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ")


def may_name_a_person(text: str) -> str | None:
    """
    Say why a text may name a person or how to reach one; a word of warning, not a proof in either direction.

    Parameters
    ----------
    text : str
        Any. [1]

    Returns
    -------
    str or None
        Nothing where no person is seen.

    Examples
    --------
    >>> may_name_a_person("le brigadier Petit"), may_name_a_person("jean(at)example.fr")
    ("'brigadier Petit' reads like a person's name", 'it holds an e-mail address')
    >>> may_name_a_person("Le CROSS Gris-Nez a relayé l'appel de Calais") is None
    True
    """
    written = unicodedata.normalize("NFC", _plain_digits(text))
    if why := looks_like_a_person(written) or _marked(written):
        return why
    found = next(_names(written), None)
    return None if found is None else f"'{found}' reads like a person's name"


def origin_may_name_a_person(origin: str) -> str | None:
    """
    Say why the name of a record may name a person, whose parts are written small and without spaces.

    Parameters
    ----------
    origin : str
        Of a record. [1]

    Returns
    -------
    str or None
        Nothing where no person is seen.

    Examples
    --------
    >>> origin_may_name_a_person("varne.example/john.smith")
    "'John Smith' reads like a person's name"
    >>> origin_may_name_a_person("varne.example/dover/2026-031") is None
    True
    """
    words = " ".join(word.capitalize() for word in re.split(r"[\W\d_]+", origin) if word)
    return may_name_a_person(origin) or may_name_a_person(words)


def _plain_digits(text: str) -> str:
    """Digits of any script, wide ones too, as those that numbers are looked for in."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tomllib.loads(resources.files("varne.facts").joinpath(_RULES).read_text(encoding="utf-8"))["marks"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["says"]) for row in rows)


@cache
def _list(name: str) -> frozenset[str]:
    tables = tomllib.loads(resources.files("varne.facts").joinpath(_RULES).read_text(encoding="utf-8"))
    return frozenset(tables[name].split())


@cache
def _places() -> frozenset[str]:
    """Words with a capital in the tables of places: none of them is taken for a surname here."""
    texts = [
        resources.files("varne.facts").joinpath(name).read_text(encoding="utf-8") for name in _list("tables_of_places")
    ]
    return frozenset(word for text in texts for word in _WORD.findall(text) if word[0].isupper())


def _marked(text: str) -> str | None:
    """What follows a word that such a number or date belongs to, or has a form of its own."""
    return next((says for pattern, says in _rules() if pattern.search(text)), None)


def _names(text: str) -> Iterator[str]:
    for run in re.split(r"[!?:;()\[\]\"“”«»/\n.]|\d", text):
        found = list(_WORD.finditer(run))
        words = [one[0] for one in found]
        yield from (word for word in words if _speaks_for_itself(word))
        for place, (one, two) in enumerate(pairwise(found)):
            first, second, between = one[0], two[0], run[one.end() : two.start()]
            if between.strip() == ",":
                last = place + 2 == len(found)
                if last and _is_surname(first) and place == 0 and is_given_name(second):
                    yield f"{first}, {second}"
            elif not between.strip() and _pair(words, place):
                yield f"{first} {second}"


def _speaks_for_itself(word: str) -> bool:
    """O'Brien, al-Hassan, and any word in letters that have no capitals, of which names cannot be told."""
    bare = unicodedata.normalize("NFC", word)
    if re.fullmatch(r"(?:O['’]|[Aa]l-|[Ee]l-)[^\W\d_a-z][^\W\d_]+", bare) and bare.casefold() not in _list("no_names"):
        return True
    caseless = [sign for sign in bare if unicodedata.category(sign) == "Lo" and sign not in "ªº"]
    return len(caseless) >= 2


def _pair(words: list[str], place: int) -> bool:
    first, second = words[place], words[place + 1]
    before = [word.casefold() for word in words[max(0, place - 2) : place]]
    small = first.casefold()
    if small in _list("ranks_too"):
        return _is_surname(second) and not set(before) & _list("posts")
    if small in _list("told_by") and not set(before) & _list("vessels"):
        return is_given_name(second)
    if small in _list("son_of"):
        return _is_surname(second)
    foreign = any(_is_foreign(word) for word in (first, second))
    return foreign and all(_is_surname(word) for word in (first, second))


def _is_foreign(word: str) -> bool:
    """Whether it has letters that neither English nor French has."""
    return any(sign.isalpha() and not sign.isascii() and sign not in _FRENCH for sign in word)


def _is_surname(word: str) -> bool:
    return is_unknown_name(word) and word not in _places()
