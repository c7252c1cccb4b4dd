"""The rules by which duties, phases and factors are told from a record, as tables: read and checked."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact
from varne.facts.duty_words import words_of_the_record
from varne.facts.provisions import law_at_sea

STATES = ("met", "not met", "cannot tell", "does not apply")
SHOWN = "shown"
_TERM = re.compile(r"(\w+)(?: is (yes|no|given))?(?: (before the first|after the first|after the last) (.+))?")
KINDS = ("known", "decided", "shown", "force", "any", "any of", "log", "times", "late", "revised", "factors")
_VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "of": ("", "this"),
    "chosen": ("", "waits", "acts", "stops", "unclear"),
    "figure": ("", "chosen", "other", "waiting", "several", "any", "not shown", "of another"),
    "to": ("", "this"),
    "verified": ("", "yes", "no"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """What a condition asks of a record: a word with its value, or a finding; perhaps before or after another."""

    name: str
    test: str  # yes, no or given of a word; shown of a finding
    order: str = ""
    other: "Term | None" = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Entries of a kind, with what they must hold."""

    name: str
    says: str
    kind: str
    word: str = ""
    any: tuple[Term, ...] = ()
    of: str = ""
    chosen: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    role: str = ""
    figure: str = ""
    to: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Everything of all, one of any if there is one, nothing of lacking; it follows a phase, if one is named."""

    says: str = ""
    all: tuple[Term, ...] = ()
    any: tuple[Term, ...] = ()
    lacking: tuple[Term, ...] = ()
    follows: str = ""

    def terms(self) -> tuple[Term, ...]:
        """
        Return every term, whatever it stands in.

        Returns
        -------
        tuple of Term

        Examples
        --------
        >>> [term.name for term in rules_of_duties().duties["D04"].starts.terms()]
        ['first_information']
        """
        return (*self.all, *self.any, *self.lacking)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a duty is told."""

    duty: str
    group: str
    each: tuple[str, ...]  # findings: once for each entry
    starts: Condition
    not_met: tuple[Condition, ...]
    does_not_apply: tuple[Condition, ...]
    cannot_tell: tuple[Condition, ...]
    evidence: tuple[Condition, ...]  # in the order of the duty's
    never: Mapping[str, str]  # states that it cannot have, and why


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and what the names in them mean."""

    choices: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, Mapping[str, str]]  # patterns: which roles a word means, and which look like it and are not
    groups: Mapping[str, str]
    findings: Mapping[str, Finding]
    duties: Mapping[str, Rule]
    phases: Mapping[str, tuple[Condition, ...]]
    factors: Mapping[str, tuple[str, ...]]  # words by factor
    scenario: Mapping[str, Mapping[str, Any]]  # fields of an assessment by word


def read_term(text: str) -> Term:
    """
    Read a term.

    Parameters
    ----------
    text : str
        As a condition holds it. [1]

    Returns
    -------
    Term

    Raises
    ------
    BadFact
        If it is none.

    Examples
    --------
    >>> read_term("acknowledged is yes after the last forwarded is yes").other
    Term(name='forwarded', test='yes', order='', other=None)
    >>> read_term("forwarded was yes")
    Traceback (most recent call last):
    varne.errors.BadFact: Term 'forwarded was yes' cannot be read; write a finding, or a word with is yes, no or given.
    """
    parts = _TERM.fullmatch(text)
    if not parts:
        raise BadFact(f"Term {text!r} cannot be read; write a finding, or a word with is yes, no or given.")
    name, test, order, other = parts.groups()
    return Term(name, test or SHOWN, order or "", read_term(other) if other else None)


def read_rules(tables: Mapping[str, Any]) -> Rules:
    """
    Read the rules from their table.

    Parameters
    ----------
    tables : mapping
        What ``duty_rules.toml`` holds. [1]

    Returns
    -------
    Rules
        Checked against the duties, phases and factors of the law and against the words of the record.

    Raises
    ------
    BadFact
        If anything is missing, unknown or without a meaning.

    Examples
    --------
    >>> rules = rules_of_duties()
    >>> len(rules.duties), rules.choices["waits"]
    (12, ('leave', 'monitor'))
    """
    rules = Rules(
        choices={name: tuple(names) for name, names in tables["choices"].items()},
        roles=tables["roles"],
        groups=tables["groups"],
        findings={name: _finding(name, row) for name, row in tables["findings"].items()},
        duties={name: _rule(name, row) for name, row in tables["rules"].items()},
        phases={name: _conditions(rows) for name, rows in tables["phases"].items()},
        factors={name: tuple(row["words"]) for name, row in tables["factors"].items()},
        scenario=tables["scenario"],
    )
    for problem in (*_gaps(rules), *_strangers(rules)):
        raise BadFact(problem)
    return rules


@cache
def rules_of_duties() -> Rules:
    """
    Read the rules that Varne ships.

    Returns
    -------
    Rules

    Examples
    --------
    >>> rules_of_duties().duties["D12"].never
    {'does not apply': 'A record is owed for every event at sea: there is no encounter without one.'}
    """
    return read_rules(tomllib.loads(resources.files("varne.facts").joinpath("duty_rules.toml").read_text("utf-8")))


def _finding(name: str, row: Mapping[str, Any]) -> Finding:
    _check_fields(f"Finding {name!r}", row, Finding.__annotations__)
    for field, known in _VALUES.items():
        if row.get(field, known[0]) not in known:
            raise BadFact(
                f"Finding {name!r} has {field} {row[field]!r}; write one of {', '.join(filter(None, known))}."
            )
    values: dict[str, Any] = {field: tuple(value) if isinstance(value, list) else value for field, value in row.items()}
    return Finding(**{**values, "name": name, "any": _terms(row.get("any", ()))})


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    _check_fields(f"Rule {name}", row, Rule.__annotations__)
    return Rule(
        duty=name,
        group=row["group"],
        each=tuple(row.get("each", ())),
        starts=_condition(row["starts"]),
        not_met=_conditions(row["not_met"]),
        does_not_apply=_conditions(row.get("does_not_apply", ())),
        cannot_tell=_conditions(row.get("cannot_tell", ())),
        evidence=_conditions(row["evidence"]),
        never=row.get("never", {}),
    )


def _conditions(rows: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(_condition(row) for row in rows)


def _condition(row: Mapping[str, Any]) -> Condition:
    _check_fields(f"Condition {row.get('says', '')!r}", row, Condition.__annotations__)
    every, some, lacking = (_terms(row.get(field, ())) for field in ("all", "any", "lacking"))
    return Condition(row.get("says", ""), every, some, lacking, row.get("follows", ""))


def _terms(texts: Sequence[str]) -> tuple[Term, ...]:
    return tuple(read_term(text) for text in texts)


def _check_fields(who: str, row: Mapping[str, Any], known: Iterable[str]) -> None:
    other = sorted(row.keys() - set(known))
    if other:
        raise BadFact(f"{who} has a field {other[0]!r}, which is not known; take it out.")


def _gaps(rules: Rules) -> Iterator[str]:
    """Rows that do not fit those of the law."""
    law = law_at_sea()
    for who, given, wanted in (
        ("Rules", rules.duties, law.duties),
        ("Phases", rules.phases, [phase.id for phase in law.phases]),
        ("Factors", rules.factors, [factor.id for factor in law.factors]),
    ):
        if list(given) != list(wanted):
            yield f"{who} are {', '.join(given)}; give one for each of {', '.join(wanted)}, in this order."
    for name, rule in rules.duties.items():
        if len(rule.evidence) != len(law.duties[name].evidence):
            yield f"Rule {name} has {len(rule.evidence)} items of evidence, the duty {len(law.duties[name].evidence)}."
        if rule.group not in rules.groups:
            yield f"Rule {name} has group {rule.group!r}; write one of {', '.join(rules.groups)}."
        for row in (*rule.not_met, *rule.does_not_apply, *rule.cannot_tell):
            if not row.says:
                yield f"Rule {name} has a row that says nothing; add says = ..."
            if row.lacking and not row.all and not row.any:
                yield f"Rule {name} concludes {row.says!r} from absence alone; name an entry that must be there."
        states = {"not met": rule.not_met, "does not apply": rule.does_not_apply, "met": True, "cannot tell": True}
        for state in STATES:
            if (not states[state]) != (state in rule.never):
                yield f"Rule {name} must have either a row for {state!r} or a reason in never, and not both."
    for phase in law.phases:
        if len(rules.phases[phase.id]) != len(phase.criteria):
            yield f"Phase {phase.id} has {len(rules.phases[phase.id])} rows, but {len(phase.criteria)} criteria."


def _strangers(rules: Rules) -> Iterator[str]:
    """Names that are neither words nor findings."""
    words = words_of_the_record()
    for where, term in terms_of(rules):
        if term.test == SHOWN and term.name not in rules.findings:
            yield f"{where} asks for {term.name!r}, which is no finding; a word needs is yes, is no or is given."
        if term.test != SHOWN and term.name not in words:
            yield f"{where} asks for {term.name!r}, which is no word; add it to duty_words.toml."
    for name in (*(name for names in rules.factors.values() for name in names), *rules.scenario):
        if name not in words:
            yield f"The rubric names {name!r}, which is no word; add it to duty_words.toml."
    for finding in rules.findings.values():
        if finding.role and finding.role not in rules.roles:
            yield f"Finding {finding.name!r} has role {finding.role!r}; write one of {', '.join(rules.roles)}."
    for rule in rules.duties.values():
        yield from (
            f"Rule {rule.duty} is for each {one!r}, no finding." for one in rule.each if one not in rules.findings
        )


def terms_of(rules: Rules) -> Iterator[tuple[str, Term]]:
    """
    Return every term with what asks for it.

    Parameters
    ----------
    rules : Rules
        [1]

    Yields
    ------
    tuple of str and Term
        A duty, phase or finding; terms that order another included.

    Examples
    --------
    >>> sorted({where for where, term in terms_of(rules_of_duties()) if term.name == "proceeding"})
    ['D01', 'D12', 'sign_of_action', 'sign_of_ship']
    """
    for where, term in _outer_terms(rules):
        inner: Term | None = term
        while inner:
            yield where, inner
            inner = inner.other


def _outer_terms(rules: Rules) -> Iterator[tuple[str, Term]]:
    for name, rule in rules.duties.items():
        rows = (rule.starts, *rule.not_met, *rule.does_not_apply, *rule.cannot_tell, *rule.evidence)
        yield from ((name, term) for row in rows for term in row.terms())
    for name, rows in rules.phases.items():
        yield from ((name, term) for row in rows for term in row.terms())
    for name, finding in rules.findings.items():
        yield from ((name, term) for term in finding.any)
