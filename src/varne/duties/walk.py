"""The rule of a duty walked over a record: its state, the entries it rests on, and what would settle it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from varne.duties.evidence import Entry
from varne.duties.findings import Walk, holds, in_order, seek
from varne.duties.sentences import DIFFER, HIDDEN, STATES, Said, of_term
from varne.facts.duty_rules import SHOWN, Condition, Rule, Term
from varne.facts.duty_words import read_value, words_of_the_record
from varne.facts.provisions import Duty

# Where a rule is walked for several entries, the first of these that any has.
GRAVEST = ("not met", "cannot tell", "met", "does not apply")


@dataclass(frozen=True, slots=True)
class Missing:
    """What would settle an item: all of some entries, and one of others."""

    item: str  # of the duty's evidence, or when it starts
    all: tuple[Said, ...]
    any: tuple[Said, ...]
    words: tuple[str, ...]  # with which entries would say so


@dataclass(frozen=True, slots=True)
class Checked:
    """A duty as the record tells it."""

    duty: str
    state: str
    says: str  # why
    used: tuple[Entry, ...]
    missing: tuple[Missing, ...]


def check_duty(duty: Duty, rule: Rule, walk: Walk) -> Checked:
    """
    Tell the state of a duty.

    Parameters
    ----------
    duty : Duty
        As the law has it. [1]
    rule : Rule
        How it is told. [1]
    walk : Walk
        The record. [1]

    Returns
    -------
    Checked
        The gravest of those for each entry for which the rule is walked.

    Examples
    --------
    >>> from varne.duties.evidence import Evidence
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> from varne.facts.provisions import law_at_sea
    >>> law, rules = law_at_sea(), rules_of_duties()
    >>> check_duty(law.duties["D05"], rules.duties["D05"], Walk(Evidence(), (), rules)).state
    'cannot tell'
    """
    walk = replace(walk, this=None, ever=True)
    each = in_order(entry for name in rule.each for entry in seek(Term(name, SHOWN), walk).entries)
    found = [_check_once(duty, rule, replace(walk, this=this)) for this in each or (None,)]
    state = next(state for state in GRAVEST if any(one.state == state for one in found))
    gravest = [one for one in found if one.state == state]
    missing = [one for checked in gravest for one in checked.missing]
    return Checked(
        duty.id,
        state,
        gravest[0].says,
        in_order(entry for one in gravest for entry in one.used),
        tuple(one for place, one in enumerate(missing) if one not in missing[:place]),
    )


def _check_once(duty: Duty, rule: Rule, walk: Walk) -> Checked:
    this = (walk.this,) if walk.this else ()
    for state, rows in (("not met", rule.not_met), ("does not apply", rule.does_not_apply)):
        for row in rows:
            found = holds(row, walk)
            if found.shown and walk.evidence.absent and (row.lacking or state == "does not apply"):
                return Checked(duty.id, "cannot tell", HIDDEN, in_order((*this, *found.entries)), ())
            if found.shown:
                return Checked(duty.id, state, row.says, in_order((*this, *found.entries)), ())
    items = ((duty.starts, rule.starts), *zip(duty.evidence, rule.evidence, strict=True))
    used = in_order((*this, *(entry for _, condition in items for entry in _bearing(condition, walk))))
    missing = tuple(_missing(item, condition, walk) for item, condition in items if not holds(condition, walk).shown)
    for row in rule.cannot_tell:
        found = holds(row, walk)
        if found.shown:
            return Checked(duty.id, "cannot tell", row.says, in_order((*used, *found.entries)), missing)
    if not missing and walk.evidence.absent:
        return Checked(duty.id, "cannot tell", HIDDEN, used, ())
    against = in_order(entry for _, condition in items for entry in _denied(condition, walk))
    if not missing and against:
        return Checked(duty.id, "cannot tell", DIFFER, in_order((*used, *against)), ())
    state = "cannot tell" if missing else "met"
    return Checked(duty.id, state, STATES[state], used, missing)


def _denied(condition: Condition, walk: Walk) -> Iterator[Entry]:
    """Entries that say no after the last that said yes, of the words with which a condition is shown."""
    for term in (*condition.all, *condition.any):
        if term.test == "yes" and (yes := seek(Term(term.name, "yes"), walk).entries):
            for entry in walk.evidence.words[term.name]:
                no = read_value(words_of_the_record()[term.name], entry.data["value"]).yes is False
                if no and (entry.at, entry.index) > (yes[-1].at, yes[-1].index):
                    yield entry


def _bearing(condition: Condition, walk: Walk) -> Iterator[Entry]:
    """The entries that show a term; where none does, the latest that uses its word."""
    for term in (*condition.all, *condition.any):
        found = seek(term, walk)
        if found.shown:
            yield from found.entries
        elif term.test != SHOWN:
            yield from walk.evidence.words.get(term.name, ())[-1:]


def _missing(item: str, condition: Condition, walk: Walk) -> Missing:
    every = [term for term in condition.all if not seek(term, walk).shown]
    some = condition.any if not any(seek(term, walk).shown for term in condition.any) else ()
    return Missing(
        item,
        tuple(of_term(term, walk.rules) for term in every),
        tuple(of_term(term, walk.rules) for term in some),
        tuple(dict.fromkeys(_words((*every, *some), walk))),
    )


def _words(terms: Sequence[Term], walk: Walk) -> Iterable[str]:
    for term in terms:
        finding = walk.rules.findings.get(term.name)
        if not finding:
            yield term.name
        elif finding.kind == "known":
            yield finding.word
        elif finding.kind == "any of":
            yield from _words(finding.any, walk)
        elif finding.kind == "factors":
            yield from _words_of_open_factors(walk)


def _words_of_open_factors(walk: Walk) -> Iterator[str]:
    for names in walk.rules.factors.values():
        if not any(name in walk.evidence.words for name in names):
            yield from names
