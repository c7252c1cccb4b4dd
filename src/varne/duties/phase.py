"""The emergency phase: each criterion as the record tells it, the phase they propose, and what a person declared."""

from dataclasses import dataclass

from varne.duties.evidence import Entry, Evidence
from varne.duties.findings import Walk, holds, in_order, seek
from varne.duties.sentences import Said, either, of_term
from varne.facts.duty_rules import SHOWN, Condition, Term
from varne.facts.duty_words import PHASES, read_value, words_of_the_record
from varne.facts.provisions import Law

_OPPOSITE = {"yes": "no", "no": "yes"}
_DECLARED = "phase_declared"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of a phase: met, not met (an entry contradicts it), or cannot tell."""

    phase: str
    says: str
    state: str
    used: tuple[Entry, ...]
    missing: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Phases:
    """What the criteria propose, and what persons declared."""

    criteria: tuple[Criterion, ...]
    proposed: str  # a phase, "none", or "cannot tell"
    declared: tuple[Entry, ...]  # by persons, the latest last


def check_phases(law: Law, walk: Walk) -> Phases:
    """
    Tell each criterion and propose the gravest phase of which one is met.

    Parameters
    ----------
    law : Law
        Phases and criteria. [1]
    walk : Walk
        The record. [1]

    Returns
    -------
    Phases
        A person declares the phase; what is proposed here is what the entries say.

    Examples
    --------
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> from varne.facts.provisions import law_at_sea
    >>> check_phases(law_at_sea(), Walk(Evidence(), (), rules_of_duties())).proposed
    'cannot tell'
    """
    criteria: list[Criterion] = []
    for phase in law.phases:
        reached = _reached([*criteria], walk.evidence)
        for says, condition in zip(phase.criteria, walk.rules.phases[phase.id], strict=True):
            criteria.append(_criterion(phase.id, says, condition, walk, reached))
    met = [one.phase for one in criteria if one.state == "met"]
    none = PHASES[0] if all(one.state == "not met" for one in criteria) else "cannot tell"
    return Phases(tuple(criteria), max(met, key=PHASES.index) if met else none, _declared(walk.evidence))


def _reached(criteria: list[Criterion], evidence: Evidence) -> dict[str, tuple[Entry, ...]]:
    """Phases that were reached, by a criterion or a declaration of that phase or of a graver one: by which entries."""
    found: dict[str, tuple[Entry, ...]] = {}
    met = [(one.phase, one.used) for one in criteria if one.state == "met"]
    for reached, used in (*met, *((_phase_of(entry), (entry,)) for entry in _declared(evidence))):
        for phase in PHASES[1 : PHASES.index(reached) + 1]:
            found.setdefault(phase, used)
    return found


def _declared(evidence: Evidence) -> tuple[Entry, ...]:
    word = words_of_the_record()[_DECLARED]
    return tuple(one for one in evidence.words.get(_DECLARED, ()) if read_value(word, one.data["value"]).given)


def _phase_of(declared: Entry) -> str:
    return str(declared.data["value"]).strip().lower()


def _criterion(
    phase: str, says: str, condition: Condition, walk: Walk, reached: dict[str, tuple[Entry, ...]]
) -> Criterion:
    found = holds(condition, walk)
    follows = not condition.follows or condition.follows in reached
    if found.shown and follows:
        return Criterion(phase, says, "met", in_order((*reached.get(condition.follows, ()), *found.entries)), ())
    against = _contradicted(condition, walk)
    if against:
        return Criterion(phase, says, "not met", against, ())
    every = [term for term in condition.all if not seek(term, walk).shown]
    some = [] if any(seek(term, walk).shown for term in condition.any) else condition.any
    bearing = [walk.evidence.words.get(term.name, ())[-1:] for term in (*condition.all, *condition.any)]
    missing = [of_term(term, walk.rules) for term in every]
    missing += [either(of_term(term, walk.rules) for term in some)] if some else []
    if not follows:
        missing.append(of_term(Term(_DECLARED, "given"), walk.rules))
    return Criterion(phase, says, "cannot tell", in_order(one for found in bearing for one in found), tuple(missing))


def _contradicted(condition: Condition, walk: Walk) -> tuple[Entry, ...]:
    """Entries that say the opposite of one that must be shown, or of each of those of which one must be."""
    every = [entry for term in condition.all for entry in _opposite(term, walk)]
    some = [_opposite(term, walk) for term in condition.any]
    if some and all(some):
        every += [entry for found in some for entry in found]
    return in_order(every)


def _opposite(term: Term, walk: Walk) -> tuple[Entry, ...]:
    assert term.test != SHOWN, "criteria ask for words that can be contradicted"
    return seek(Term(term.name, _OPPOSITE[term.test]), walk).entries
