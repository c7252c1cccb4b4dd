"""All numbers that an answer was computed with, as one JSON file that can be read back years later."""

import json
from collections.abc import Mapping
from typing import Any

from varne.distribution import Distribution
from varne.evidence import Fact
from varne.facts.tables import Facts

_WITHOUT_RANGE = ("exact", "choice")


def numbers_of(facts: Facts, rows: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return facts and options as the tables of a facts file.

    Parameters
    ----------
    facts : Facts
        [unit]
    rows : mapping
        Of the options, as :func:`varne.question.with_user_file` returns them. [1]

    Returns
    -------
    dict
        Facts by subject and name; options under ``options``.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> numbers_of(shipped_facts(), {"options": {}})["boat"]["speed"]["unit"]
    'kn'
    """
    tables: dict[str, Any] = {}
    for fact in facts:
        subject, _, name = fact.name.partition(".")
        tables.setdefault(subject, {})[name] = _row(fact)
    return {**tables, "options": json.loads(json.dumps(dict(rows["options"]), default=str))}


def what_differs(recorded: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the recorded rows that differ from those of today, as tables of a facts file.

    Parameters
    ----------
    recorded, present : mapping
        From :func:`numbers_of`. [unit]

    Returns
    -------
    dict
        Empty where all recorded numbers are those of today.

    Examples
    --------
    >>> what_differs({"boat": {"speed": 1, "leak": 2}}, {"boat": {"speed": 3, "leak": 2}})
    {'boat': {'speed': 1}}
    """
    found = {
        subject: {name: row for name, row in table.items() if present.get(subject, {}).get(name) != row}
        for subject, table in recorded.items()
    }
    return {subject: table for subject, table in found.items() if table}


def _row(fact: Fact) -> dict[str, Any]:
    row: dict[str, Any] = {"says": fact.says, **_numbers(fact.distribution)}
    row |= {"unit": fact.unit, "source": fact.source, "grade": fact.grade, "date": fact.date}
    return row if fact.neutral is None else {**row, "neutral": fact.neutral}


def _numbers(known: Distribution) -> dict[str, Any]:
    if known.shape == "pool":
        return {"shape": "pool", "parts": [{**_numbers(part), "source": part.source} for part in known.parts]}
    if known.shape in _WITHOUT_RANGE:
        return {"shape": known.shape, "value": known.value}
    return {"shape": known.shape, "value": known.value, "low": known.low, "high": known.high}
