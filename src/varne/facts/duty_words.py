"""The words of the record: what an entry may say so that duties, factors and phases can be told, and how it is read."""

import difflib
import re
import tomllib
import unicodedata
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
    "free words": "words, or false where there are none",
    "count": "a whole number from 0, two of them [low, high], true or false",
    "number": "a number from 0, or two of them [low, high]",
    "share": "a number from 0 to 1, or two of them [low, high]",
    "words or number": "words, a number, or two numbers [low, high]",
    "phase": "none, uncertainty, alert or distress",
}
_IN_WORDS = ("words", "free words", "yes, no or words", "words or number")
_AROUND = " .,:;!*()[]<>\"'«»„“”-–—_\u00a0\u200b\ufeff"  # signs that may stand around words


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
    return read_words(_tables()["words"])


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
    if word.value == "phase":
        phase = value.strip().lower() if isinstance(value, str) else value
        return Reading(given=True, yes=phase != PHASES[0]) if phase in PHASES else _NOTHING
    said = read_words_of(value)
    if isinstance(said, bool):
        words = word.value in ("words", "free words")
        takes = word.value not in ("number", "share", "words or number") and not (words and said)
        return Reading(given=said or not words, yes=said) if takes else _NOTHING
    if word.value in ("count", "number", "share", "words or number"):
        bounds = bounds_of(said, whole=word.value == "count")
        inside = bounds and (word.value == "words or number" or bounds[0] >= 0)
        if bounds and inside and not (word.value == "share" and bounds[1] > 1):
            return Reading(given=True, yes=True if bounds[0] > 0 else False if bounds[1] == 0 else None)
    told = isinstance(said, str) and word.value in _IN_WORDS and said not in ("", UNKNOWN)
    return Reading(given=True, yes=True) if told and (word.value == "free words" or not doubtful(said)) else _NOTHING


def read_words_of(value: object) -> object:
    """
    Read what somebody wrote, in English or French: yes and no as such, what says that it is not known as unknown.

    Parameters
    ----------
    value : object
        As an entry holds it. [unit]

    Returns
    -------
    object
        True, False, the word unknown, or the value, without space around it.

    Examples
    --------
    >>> [read_words_of(text) for text in ("Non.", "oui", "inconnu", " by radio ", 5)]
    [False, True, 'unknown', 'by radio', 5]
    """
    if not isinstance(value, str):
        return value
    return _alone().get(_bare(value), value.strip())


def doubtful(value: object) -> bool:
    """
    Say whether words may mean no, or that it is not known, though they do not stand alone.

    Parameters
    ----------
    value : object
        As an entry holds it. [unit]

    Returns
    -------
    bool

    Examples
    --------
    >>> [doubtful(text) for text in ("not yet", "Pas encore", "No, refused", "by radio", "north of the lane", "no")]
    [True, True, True, False, False, False]
    """
    said = read_words_of(value)
    return isinstance(said, str) and said != UNKNOWN and bool(_doubts().match(_bare(said)))


def _bare(text: str) -> str:
    """Words without the signs around them, in small letters, each letter and apostrophe written in one way."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'").strip()
    return plain.strip(_AROUND) or plain


@cache
def _doubts() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(map(re.escape, _readings()['doubtful']))})(?!\w)")


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in _tables()["readings"].items()}


@cache
def _alone() -> Mapping[str, object]:
    """What words that stand alone mean."""
    means = {"yes": True, "no": False, "unknown": UNKNOWN}
    return {_bare(text): said for name, said in means.items() for text in _readings()[name]}


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("varne.facts").joinpath("duty_words.toml").read_text(encoding="utf-8"))


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
    return reading != _NOTHING or read_words_of(value) == UNKNOWN


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
    if understood(words[what], value):
        return
    if doubtful(value):
        raise BadEntry(
            f'The value of {what} is {value!r}, which may say no; write false, "{UNKNOWN}", or what was done, and the '
            "rest in a field of its own, such as note."
        )
    raise BadEntry(f'The value of {what} is {value!r}; write {VALUES[words[what].value]}, or "{UNKNOWN}".')


def bounds_of(value: object, *, whole: bool) -> tuple[float, float] | None:
    """
    Return the lowest and the highest that a value may be.

    Parameters
    ----------
    value : object
        As an entry holds it. [unit]
    whole : bool
        Whether it counts something. [1]

    Returns
    -------
    (float, float) or None
        Nothing where it is no number.

    Examples
    --------
    >>> bounds_of([50, 55], whole=True), bounds_of("many", whole=True)
    ((50.0, 55.0), None)
    """
    pair = value if isinstance(value, list | tuple) else (value, value)
    if len(pair) != 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in pair):
        return None
    try:
        low, high = (float(one) for one in pair)
    except OverflowError:
        return None
    if not low <= high or (whole and (low < 0 or any(one % 1 for one in (low, high)))):
        return None
    return low, high
