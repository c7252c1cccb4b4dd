"""What a panel is asked, and what it answers: three quantiles with a reason, a date and a role."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varne.distribution import finite_number
from varne.errors import BadFact
from varne.facts.persons import check_body, check_role, how_to_reach, looks_like_a_person

QUANTILES = ("low", "middle", "high")  # 5 %, 50 % and 95 %
_KEYS = ("fact", *QUANTILES, "unit", "reason", "date", "role")
_TOP_KEYS = ("panel", "role", "date", "answer")


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a panel is asked for, and why it is worth asking."""

    name: str
    why: str  # for example "drives rescue beside escort: 34 % of the variance"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one respondent of a panel believes of one fact; ``low`` and ``high`` are 5 % and 95 % quantiles."""

    fact: str
    low: float
    middle: float
    high: float
    unit: str
    reason: str
    date: str
    role: str


@dataclass(frozen=True, slots=True)
class Answers:
    """One file of answers: a panel, what it answers, what it leaves blank, and what a reader should look at again."""

    panel: str
    answers: tuple[Answer, ...]
    blank: tuple[str, ...]
    warnings: tuple[str, ...]


def read_answers(path: Path) -> Answers:
    """
    Read a file of answers.

    Parameters
    ----------
    path : Path
        TOML: ``panel``, perhaps ``role`` and ``date``, and tables ``[[answer]]``. [1]

    Returns
    -------
    Answers

    Raises
    ------
    BadFact
        If it cannot be read, or an answer lacks something.
    BadInput
        If a panel or role names a person.

    Examples
    --------
    >>> read_answers(Path("nowhere.toml"))
    Traceback (most recent call last):
    varne.errors.BadFact: Answers nowhere.toml cannot be read (No such file or directory); check its name.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadFact(f"Answers {path} are not UTF-8 text; save the file as UTF-8.") from None
    except OSError as error:
        raise BadFact(f"Answers {path} cannot be read ({error.strerror}); check its name.") from None
    return answers_of(text, str(path))


def answers_of(text: str, origin: str) -> Answers:
    """
    Read answers as written.

    Parameters
    ----------
    text : str
        TOML. [1]
    origin : str
        The file's name, for the errors. [1]

    Returns
    -------
    Answers

    Raises
    ------
    BadFact, BadInput
        As :func:`read_answers`.

    Examples
    --------
    >>> text = 'panel = "rescue service"\\nrole = "watch officer"\\ndate = 2026-11-20\\n'
    >>> one = '[[answer]]\\nfact = "boat.speed"\\nlow = 3\\nmiddle = 5\\nhigh = 8\\nunit = "kn"\\nreason = "Seen"\\n'
    >>> answers_of(text + one, "a.toml").answers[0].high
    8.0
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFact(f"Answers {origin} are not TOML: {error}. Mend that line.") from None
    if extra := [key for key in table if key not in _TOP_KEYS]:
        raise BadFact(f"Answers {origin} have a field {extra[0]!r}; the fields are {', '.join(_TOP_KEYS)}.")
    panel = " ".join(_text(table, "panel").split())
    if not panel:
        raise BadFact(f'Answers {origin} have no panel; write the body that answers, as panel = "rescue service".')
    check_body(panel)
    rows = table.get("answer", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFact(f"Answers {origin} have an answer that is no table; write each under its own [[answer]].")
    names = [_named(row, origin) for row in rows]
    given = [_answer({**_shared(table), **row}, origin) for row in rows if not _is_blank(row)]
    if not given:
        raise BadFact(f"Answers {origin} hold no answer: panel {panel!r} is empty; fill in one question or more.")
    warnings = [f"{one.fact} of panel {panel}: {why} in {one.reason!r}; Varne holds no names of persons."
                for one in given if (why := looks_like_a_person(one.reason))]  # fmt: skip
    answered = {one.fact for one in given}
    return Answers(panel, tuple(given), tuple(name for name in names if name not in answered), tuple(warnings))


def _shared(table: Mapping[str, Any]) -> dict[str, Any]:
    """Role and date, written once at the top for all answers of one respondent."""
    return {key: table[key] for key in ("role", "date") if key in table}


def _text(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key, "")).strip()


def _named(row: Mapping[str, Any], origin: str) -> str:
    if extra := [key for key in row if key not in _KEYS]:
        raise BadFact(f"Answers {origin} have a field {extra[0]!r} in an answer; the fields are {', '.join(_KEYS)}.")
    if name := _text(row, "fact"):
        return name
    raise BadFact(f'Answers {origin} have an answer without a fact; write its name, as fact = "boat.speed".')


def _is_blank(row: Mapping[str, Any]) -> bool:
    """As the questionnaire was written: neither a number nor a reason."""
    return not any(_text(row, key) for key in (*QUANTILES, "reason"))


def _answer(row: Mapping[str, Any], origin: str) -> Answer:
    where = f"{row['fact']} in answers {origin}"
    if missing := [key for key in QUANTILES if not _text(row, key)]:
        raise BadFact(f"Fact {where} is answered in part: it has no {missing[0]}; fill it in, or leave all blank.")
    remedies = {
        "unit": "write the unit of the numbers",
        "reason": "write in one sentence why you believe this",
        "role": 'write what the respondent does, for example "watch officer"',
        "date": "write the day of the answer, as 2026-11-20",
    }
    for key, remedy in remedies.items():
        if not _text(row, key):
            raise BadFact(f"Fact {where} has no {key}; {remedy}.")
    low, middle, high = (_number(where, key, row[key]) for key in QUANTILES)
    if not low < middle < high:
        raise BadFact(
            f"Fact {where} has low {low:g}, middle {middle:g}, high {high:g}; they must rise, and no two be the same."
        )
    role, reason = " ".join(_text(row, "role").split()), " ".join(_text(row, "reason").split())
    check_role(role)
    if contact := how_to_reach(reason):
        raise BadFact(f"Fact {where} has the reason {reason!r}: {contact}; take it out, Varne holds none.")
    return Answer(str(row["fact"]).strip(), low, middle, high, _text(row, "unit"), reason, _date(where, row), role)


def _number(where: str, key: str, value: object) -> float:
    """A number, also one that was written between the quotation marks of the questionnaire."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise BadFact(f"Fact {where} has {key} = {value!r}; write a number with a point, such as 0.5.") from None
    return finite_number(where, key, value)


def _date(where: str, row: Mapping[str, Any]) -> str:
    try:
        return datetime.date.fromisoformat(_text(row, "date")).isoformat()
    except ValueError:
        raise BadFact(
            f"Fact {where} has date {_text(row, 'date')!r}; write the day of the answer, as 2026-11-20."
        ) from None
