"""Both branches: the computed risk of acting and of not acting, for people aboard and crews, and who saw it when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varne.duties.evidence import Entry, Evidence
from varne.duties.figures import Figures, roles_of
from varne.facts.duty_rules import Rules

BRANCHES = ("not acting", "acting", "not classified")


@dataclass(frozen=True, slots=True)
class Option:
    """The risk of one option; nothing but its name where it does not apply. [people, 1]"""

    name: str
    branch: str  # one of BRANCHES
    grade: str
    why_not: str
    people: Mapping[str, Mapping[str, float]]  # aboard the boat: intervals by outcome
    crews: Mapping[str, Mapping[str, float]]  # of the responders


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: its options by branch, who saw it when, and what was decided after."""

    computed: Entry | None  # none where it is not on record
    members: Mapping[str, int]
    failed: str
    options: tuple[Option, ...]
    shown: tuple[tuple[Entry, tuple[str, ...]], ...]  # with the roles
    not_shown: tuple[Entry, ...]
    decided: tuple[Entry, ...]  # after it was computed


def check_branches(
    rules: Rules, evidence: Evidence, figures: tuple[Figures, ...], answer: Mapping[str, Any] | None = None
) -> tuple[Assessed, ...]:
    """
    Lay out the risk of acting and of not acting.

    Parameters
    ----------
    rules : Rules
        Which options wait and which act. [1]
    evidence : Evidence
        The record. [1]
    figures : tuple of Figures
        On that record. [1]
    answer : mapping, optional
        An assessment as ``schema/assessment.json`` says, on record or not. [1]

    Returns
    -------
    tuple of Assessed
        Those on record in order of time; then the one given, if the record does not hold it.

    Examples
    --------
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> answer = {"members": {"draws": 4, "replicates": 2}, "options": [{"name": "leave", "grade": "published"}]}
    >>> [(one.name, one.branch) for one in check_branches(rules_of_duties(), Evidence(), (), answer)[0].options]
    [('leave', 'not acting')]
    """
    found = [
        Assessed(
            computed=one.computed,
            members=one.computed.data.get("members", {}),
            failed=one.failed,
            options=_options(one.computed.data, rules),
            shown=tuple((entry, roles_of(entry)) for entry in one.shown),
            not_shown=one.not_shown,
            decided=tuple(entry for entry in evidence.of_kind("decided") if entry.at >= one.computed.at),
        )
        for one in figures
    ]
    if answer is not None and not any(_same(one.computed.data, answer) for one in figures):
        found.append(Assessed(None, answer.get("members", {}), "", _options(answer, rules), (), (), ()))
    return tuple(found)


def branch_of(name: str, rules: Rules) -> str:
    """
    Say whether an option acts.

    Parameters
    ----------
    name : str
        Of an option. [1]
    rules : Rules
        Which options wait and which act. [1]

    Returns
    -------
    str
        One of BRANCHES; an option of one's own is not classified.

    Examples
    --------
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> branch_of("escort", rules_of_duties()), branch_of("drone", rules_of_duties())
    ('acting', 'not classified')
    """
    plain = name.strip().lower()
    if plain in rules.choices["waits"]:
        return BRANCHES[0]
    return BRANCHES[1] if plain in rules.choices["acts"] else BRANCHES[2]


def _options(data: Mapping[str, Any], rules: Rules) -> tuple[Option, ...]:
    return tuple(
        Option(
            name=str(row.get("name")),
            branch=branch_of(str(row.get("name")), rules),
            grade=str(row.get("grade", "")),
            why_not=str(row.get("why_not", "")),
            people={key: row[key] for key in ("expected_deaths", "p_any_death", "serious_injuries") if key in row},
            crews=dict(row.get("responders", {})),
        )
        for row in data.get("options", ())
    )


def _same(recorded: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Whether the record holds this assessment: what it takes to compute it again is the same."""
    return bool(recorded.get("fingerprint")) and recorded.get("fingerprint") == answer.get("fingerprint")
