"""Duties on a page: what the law asked, what is on record, the ten factors, the phases, and both branches."""

from collections.abc import Mapping
from typing import Any

from varne.duties.check import DutiesAnswer
from varne.show.duty_tables import (
    branch_tables,
    duty_tables,
    phase_sentences,
    phases_table,
    provisions_table,
    rubric_table,
    summary_sentences,
    unread_sentences,
)
from varne.show.language import Language
from varne.show.report import rendered

_SECTIONS = (
    ("duties", "Duties, by who owes them"),
    ("branches", "Acting and not acting"),
    ("distress", "Is it distress?"),
    ("law", "The provisions"),
    ("replay", "How to tell it again"),
)
_LOGS = {
    "yes": "The record was checked and holds.",
    "no": "The record was checked and does not hold: an entry was changed, moved or taken away.",
    "open": "The record agrees with itself; whose key it is, or what stands beside its entries, was not borne out.",
    "unknown": "No record was looked at: what nobody has entered cannot be told.",
}


def duty_page(found: DutiesAnswer, *, language: Language, subject: str, command: str) -> str:
    """
    Write duties as one page that needs nothing else.

    Parameters
    ----------
    found : DutiesAnswer
        [1]
    language : Language
        [1]
    subject : str
        What it was told from: a record, an assessment, a scenario. [1]
    command : str
        With which it is told again. [1]

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> duty_page(check_duties([]), language=language("en"), subject="log", command="varne duties log")[:15]
    '<!doctype html>'
    """
    say = language.say
    page = {
        "title": say("Duties"),
        "question": subject,
        "sentence": say("Not legal advice. No page of Varne says whether an act was within the law."),
        "told": duty_parts(found, language),
        "contents": [{"name": name, "words": say(words)} for name, words in _SECTIONS],
        "method": (),
        "fingerprint": (),
        "command": command,
    }
    return rendered("duties.html", page, language)


def duty_parts(found: DutiesAnswer, language: Language) -> Mapping[str, Any]:
    """
    Return the parts of a page on duties.

    Parameters
    ----------
    found : DutiesAnswer
        [1]
    language : Language
        [1]

    Returns
    -------
    mapping
        Tables and sentences by name.

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> sorted(duty_parts(check_duties([]), language("en")))[:3]
    ['absent', 'branch_note', 'branches']
    """
    told = found.as_json(language.say)
    return {
        "disclaimer": told["disclaimer"],
        "log": language.say(
            _LOGS["open" if found.evidence.entries and found.evidence.log == "unknown" else found.evidence.log]
        ),
        "absent": told["absent"],
        "summary": summary_sentences(told, language),
        "unread": unread_sentences(told, language),
        "groups": duty_tables(told, language),
        "branches": branch_tables(told, language),
        "branch_note": told["branches"]["note"],
        "estimate": told["branches"]["estimate"],
        "rubric": rubric_table(told, language),
        "rule": told["rubric"]["rule"],
        "phases": phases_table(told, language),
        "phase_sentences": phase_sentences(told, language),
        "provisions": provisions_table(told, language),
        "record_rule": told["record_rule"]["text"],
    }
