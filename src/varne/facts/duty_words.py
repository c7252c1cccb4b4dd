"""The words of the record: what an entry may say so that duties, factors and phases can be told, and how it is read."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadEntry, BadFact

UNKNOWN = "unknown"
PHASES = ("none", "uncertainty", "alert", "distress")  # the gravest last
LASTS = ("until changed", "once")
# How a value of each kind is written, for messages and pages.
VALUES = {
    "yes or no": "true or false",
    "yes, no or words": "true, false, or words, which count as yes",
    "words": "words, or false where there are none",
    "count": "a whole number from 0, two of them [low, high], true or false",
    "number": "a number from 0, or two of them [low, high]",
    "words or number": "words, a number, or two numbers [low, high]",
    "phase": "none, uncertainty, alert or distress",
}
_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Word:
    """What an entry of kind known may carry as its name."""

    name: str
    means: str  # a plain statement, to be followed by the value
    value: str  # one of VALUES
    lasts: str  # one of LASTS
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value says: whether anything, and yes, no, or neither."""

    given: bool
    yes: bool | None


_NOTHING = Reading(given=False, yes=None)


def read_words(rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Word]:
    """
    Read the words from their table.

    Parameters
    ----------
    rows : mapping of str to mapping
        By name. [1]

    Returns
    -------
    mapping of str to Word
        Checked.

    Raises
    ------
    BadFact
        If a row lacks a field or has one that is not known.

    Examples
    --------
    >>> read_words({"seen": {"means": "It was seen", "value": "words", "lasts": "ever"}})
    Traceback (most recent call last):
    varne.errors.BadFact: Word 'seen' has lasts 'ever'; write one of until changed; once.
    """
    words = {}
    for name, row in rows.items():
        missing = [field for field in ("means", "value", "lasts") if not row.get(field)]
        if missing:
            raise BadFact(f"Word {name!r} has no {missing[0]}; add {missing[0]} = ...")
        for field, known in (("value", tuple(VALUES)), ("lasts", LASTS)):
            if row[field] not in known:
                raise BadFact(f"Word {name!r} has {field} {row[field]!r}; write one of {'; '.join(known)}.")
        other = sorted(row.keys() - {"means", "value", "lasts", "unit"})
        if other:
            raise BadFact(f"Word {name!r} has a field {other[0]!r}, which is not known; take it out.")
        words[name] = Word(name, row["means"], row["value"], row["lasts"], row.get("unit", ""))
    return words


@cache
def words_of_the_record() -> Mapping[str, Word]:
    """
    Read the words that Varne ships.

    Returns
    -------
    mapping of str to Word

    Examples
    --------
    >>> words_of_the_record()["forwarded"].means
    'The information was passed on to the rescue centre in charge'
    """
    text = resources.files("varne.facts").joinpath("duty_words.toml").read_text(encoding="utf-8")
    return read_words(tomllib.loads(text)["words"])


def read_value(word: Word, value: object) -> Reading:
    """
    Read what an entry says by a word.

    Parameters
    ----------
    word : Word
        Its kind of value. [1]
    value : object
        As the entry holds it. [unit]

    Returns
    -------
    Reading
        Nothing where it is unknown or cannot be understood: never no.

    Examples
    --------
    >>> words = words_of_the_record()
    >>> read_value(words["forwarded"], "by telephone").yes, read_value(words["forwarded"], "unknown").yes
    (True, None)
    >>> read_value(words["people_on_board"], [0, 5])
    Reading(given=True, yes=None)
    """
    said = _plain(value)
    if word.value == "phase":
        return Reading(given=True, yes=said != PHASES[0]) if said in PHASES else _NOTHING
    if isinstance(said, bool):
        takes = word.value not in ("number", "words or number") and not (word.value == "words" and said)
        return Reading(given=said or word.value != "words", yes=said) if takes else _NOTHING
    if word.value in ("count", "number", "words or number"):
        bounds = _bounds(said, whole=word.value == "count")
        if bounds and (word.value != "number" or bounds[0] >= 0):
            return Reading(given=True, yes=True if bounds[0] > 0 else False if bounds[1] == 0 else None)
    words = isinstance(said, str) and word.value in ("words", "yes, no or words", "words or number")
    return Reading(given=True, yes=True) if words and said not in ("", UNKNOWN) else _NOTHING


def understood(word: Word, value: object) -> bool:
    """
    Say whether a value is of the kind that a word takes.

    Parameters
    ----------
    word : Word
        Its kind of value. [1]
    value : object
        As the entry holds it. [unit]

    Returns
    -------
    bool
        Also for unknown, and for no words.

    Examples
    --------
    >>> understood(words_of_the_record()["people_found"], "unknown"), understood(words_of_the_record()["grounds"], 5)
    (True, False)
    """
    reading = read_value(word, value)
    return reading != _NOTHING or _plain(value) == UNKNOWN


def check_known(what: str, value: object) -> None:
    """
    Refuse an entry that no rule would understand, before it is made.

    Parameters
    ----------
    what : str
        A name; one that is none of the words is taken as it is, unless it is close to one. [1]
    value : object
        As the entry would hold it. [unit]

    Raises
    ------
    BadEntry
        If the name is a slip of the pen, or the value of another kind than the word takes.

    Examples
    --------
    >>> check_known("forwaded", True)
    Traceback (most recent call last):
    varne.errors.BadEntry: The fact 'forwaded' is no word of the record; did you mean 'forwarded'?
    >>> check_known("forwarded", 5)
    Traceback (most recent call last):
    varne.errors.BadEntry: The value of forwarded is 5; write true, false, or words, which count as yes, or "unknown".
    >>> check_known("colour of the boat", "grey")
    """
    words = words_of_the_record()
    if what not in words:
        near = difflib.get_close_matches(what, words, n=1, cutoff=0.85)
        if near:
            raise BadEntry(f"The fact {what!r} is no word of the record; did you mean {near[0]!r}?")
        return
    if not understood(words[what], value):
        raise BadEntry(f'The value of {what} is {value!r}; write {VALUES[words[what].value]}, or "{UNKNOWN}".')


def _plain(value: object) -> object:
    """Text without space around it, yes and no as such."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    return _SAID.get(text.lower(), text.lower() if text.lower() in (*PHASES, UNKNOWN) else text)


def _bounds(value: object, *, whole: bool) -> tuple[float, float] | None:
    """The lowest and the highest that a value may be."""
    pair = value if isinstance(value, list | tuple) else (value, value)
    if len(pair) != 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in pair):
        return None
    low, high = (float(one) for one in pair)
    if not low <= high or (whole and (low < 0 or any(one % 1 for one in (low, high)))):
        return None
    return low, high
