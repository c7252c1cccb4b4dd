"""The provisions and the duties that follow from them, as tables: texts, sources, and how surely each was read."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from varne.errors import BadFact

_TEXTS = ("status_note", "note")  # may be empty
LANGUAGES = ("en", "fr")  # in which texts are quoted


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision or a holding: its text or a paraphrase of it, where that was read, and how surely."""

    id: str
    instrument: str
    provision: str
    jurisdiction: str
    language: str
    text_kind: str
    text: str
    source: tuple[str, ...]
    status: str
    status_note: str
    note: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what to whom, when it starts and ends, and which evidence shows that it was met."""

    id: str
    title: str
    owed_by: str
    owed_to: str
    starts: str
    ends: str
    evidence: tuple[str, ...]
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the ten factors of distress."""

    id: str
    question: str
    varne_fields: str
    value: str


@dataclass(frozen=True, slots=True)
class Phase:
    """An emergency phase and its criteria."""

    id: str
    criteria: tuple[str, ...]
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that Varne says about the law: not legal advice."""

    disclaimer: str
    status_values: Mapping[str, str]
    text_kinds: Mapping[str, str]
    provisions: Mapping[str, Provision]
    duties: Mapping[str, Duty]
    rubric_basis: str
    rubric_rule: str
    factors: tuple[Factor, ...]
    phases: tuple[Phase, ...]  # the gravest last
    record_rule: str
    record_provisions: tuple[str, ...]


Row = TypeVar("Row", Provision, Duty, Factor, Phase)


def read_law(provisions: Mapping[str, Any], duties: Mapping[str, Any]) -> Law:
    """
    Read provisions and duties from their tables.

    Parameters
    ----------
    provisions : mapping
        What ``provisions.toml`` holds. [1]
    duties : mapping
        What ``duties.toml`` holds. [1]

    Returns
    -------
    Law
        Checked.

    Raises
    ------
    BadFact
        If a field is missing or unknown, a status has no meaning, or duties and provisions do not name each other.

    Examples
    --------
    >>> law = law_at_sea()
    >>> len(law.provisions), len(law.duties), len(law.factors), len(law.phases)
    (35, 12, 10, 3)
    """
    rubric, rule = duties["rubric"], duties["record_rule"]
    law = Law(
        disclaimer=provisions["disclaimer"],
        status_values=provisions["status_values"],
        text_kinds=provisions["text_kinds"],
        provisions={name: _row(Provision, name, row) for name, row in provisions["provisions"].items()},
        duties={name: _row(Duty, name, row) for name, row in duties["duties"].items()},
        rubric_basis=rubric["basis"],
        rubric_rule=rubric["rule"],
        factors=tuple(_row(Factor, row.get("id", ""), row) for row in rubric["factors"]),
        phases=tuple(_row(Phase, name, row) for name, row in duties["phases"].items()),
        record_rule=rule["text"],
        record_provisions=tuple(rule["provisions"]),
    )
    for problem in _problems(law):
        raise BadFact(problem)
    return law


@cache
def law_at_sea() -> Law:
    """
    Read the provisions and duties that Varne ships.

    Returns
    -------
    Law

    Examples
    --------
    >>> law_at_sea().duties["D01"].title
    'Assist people in danger at sea'
    """
    return read_law(*(_table(name) for name in ("provisions.toml", "duties.toml")))


def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resources.files("varne.facts").joinpath(name).read_text(encoding="utf-8"))


def _row(kind: type[Row], name: str, row: Mapping[str, Any]) -> Row:
    wanted = [field for field in kind.__annotations__ if field != "id"]
    for field in wanted:
        if field not in row:
            raise BadFact(f"{kind.__name__} {name!r} has no {field}; add {field} = ...")
    for field in row:
        if field not in kind.__annotations__:
            raise BadFact(f"{kind.__name__} {name!r} has a field {field!r}, which is not known; take it out.")
    values: dict[str, Any] = {"id": name}
    for field in wanted:
        values[field] = tuple(row[field]) if isinstance(row[field], list) else row[field]
    return kind(**values)


def _problems(law: Law) -> Iterator[str]:
    yield from _unclear_provisions(law)
    ids = [factor.id for factor in law.factors]
    yield from (f"Factor {one!r} stands twice; give each an id of its own." for one in ids if ids.count(one) > 1)
    for duty in law.duties.values():
        yield from _unknown(f"Duty {duty.id}", duty.provisions, law.provisions)
        for name in law.provisions.keys() & duty.provisions:
            if duty.id not in law.provisions[name].duties:
                yield f"Duty {duty.id} names provision {name!r}, which does not name it; add it to its duties."
    for phase in law.phases:
        yield from _unknown(f"Phase {phase.id}", phase.provisions, law.provisions)
    yield from _unknown("The rubric", (law.rubric_basis,), law.provisions)
    yield from _unknown("The record rule", law.record_provisions, law.provisions)


def _unclear_provisions(law: Law) -> Iterator[str]:
    for one in law.provisions.values():
        for field, known in (("status", law.status_values), ("text_kind", law.text_kinds), ("language", LANGUAGES)):
            if getattr(one, field) not in known:
                yield (
                    f"Provision {one.id!r} has {field} {getattr(one, field)!r}, which has no meaning; "
                    f"write one of {', '.join(known)}."
                )
        for field in one.__annotations__:
            if field not in (*_TEXTS, "duties") and not getattr(one, field):
                yield f"Provision {one.id!r} has an empty {field}; say what was read and where."
        if one.status != "verified" and not one.status_note:
            yield f"Provision {one.id!r} is {one.status} without a status_note; say what is missing."
        yield from _unknown(f"Provision {one.id!r}", one.duties, law.duties)
        for name in law.duties.keys() & one.duties:
            if one.id not in law.duties[name].provisions:
                yield f"Provision {one.id!r} names duty {name}, which does not name it; add it to its provisions."


def _unknown(who: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    return (f"{who} names {name!r}, which is in no table; check its name." for name in names if name not in known)
