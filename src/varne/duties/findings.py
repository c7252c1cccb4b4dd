"""What a record shows: each term of a rule sought among the entries; unknown and absent show nothing."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varne.duties.evidence import Entry, Evidence, filled
from varne.duties.figures import Figures, of_another, roles_of
from varne.facts.duty_rules import SHOWN, Condition, Finding, Rules, Term
from varne.facts.duty_words import Word, doubtful, read_value, words_of_the_record
from varne.when import parse_time

_REASON = "reason"


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a term is shown, by which entries, and since which."""

    shown: bool
    entries: tuple[Entry, ...] = ()
    since: tuple[Entry, ...] = ()  # where a state began; each entry of what was done once


NOT_FOUND = Found(shown=False)


@dataclass(frozen=True, slots=True)
class Walk:
    """What a rule is walked over, and the entry that it is walked for."""

    evidence: Evidence
    figures: tuple[Figures, ...]
    rules: Rules
    this: Entry | None = None
    ever: bool = False  # what once was yes stays so: a duty that began does not vanish when its cause does


def seek(term: Term, walk: Walk) -> Found:
    """
    Seek a term.

    Parameters
    ----------
    term : Term
        What a condition asks for. [1]
    walk : Walk
        The record. [1]

    Returns
    -------
    Found

    Examples
    --------
    >>> from varne.facts.duty_rules import read_term, rules_of_duties
    >>> seek(read_term("forwarded is no"), Walk(Evidence(), (), rules_of_duties())).shown
    False
    """
    found = _word(term, walk) if term.test != SHOWN else _finding(walk.rules.findings[term.name], walk)
    if not term.other or not found.shown:
        return found
    moments = [entry.at for entry in seek(term.other, walk).since]
    if not moments:
        return found
    earliest = {"after the first": min(moments), "after the last": max(moments)}.get(term.order, -float("inf"))
    latest = min(moments) if term.order == "before the first" else float("inf")
    entries = tuple(entry for entry in found.entries if earliest <= entry.at <= latest)
    return Found(bool(entries), entries, found.since)


def holds(condition: Condition, walk: Walk) -> Found:
    """
    Say whether a condition holds, and by which entries.

    Parameters
    ----------
    condition : Condition
        Of a rule; that it follows a phase is not asked here. [1]
    walk : Walk
        The record. [1]

    Returns
    -------
    Found

    Examples
    --------
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> holds(Condition(), Walk(Evidence(), (), rules_of_duties())).shown
    True
    """
    every = [seek(term, walk) for term in condition.all]
    some = [found for term in condition.any if (found := seek(term, walk)).shown]
    if (
        not all(found.shown for found in every)
        or (condition.any and not some)
        or any(seek(term, walk).shown or _unclear(term, walk) for term in condition.lacking)
    ):
        return NOT_FOUND
    return Found(shown=True, entries=in_order(entry for found in (*every, *some) for entry in found.entries))


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """
    Return entries in order of time, each once.

    Parameters
    ----------
    entries : iterable of Entry
        [1]

    Returns
    -------
    tuple of Entry

    Examples
    --------
    >>> in_order([])
    ()
    """
    return tuple(sorted({entry.index: entry for entry in entries}.values(), key=lambda one: (one.at, one.index)))


def _unclear(term: Term, walk: Walk) -> bool:
    """Whether something was said of it that cannot be read: then nobody can tell that it is not there."""
    if term.test != SHOWN:
        return term.name in walk.evidence.unclear
    finding = walk.rules.findings[term.name]
    return finding.word in walk.evidence.unclear or any(_unclear(one, walk) for one in finding.any)


def _word(term: Term, walk: Walk) -> Found:
    word, entries = words_of_the_record()[term.name], walk.evidence.words.get(term.name, ())
    lasting = word.lasts != "once"
    if not lasting or (walk.ever and term.test != "given"):
        yes, no = (_that_say(word, entries, test) for test in ("yes", "no"))
        found = {"yes": yes, "no": () if yes else no, "given": _that_say(word, entries, "given")}[term.test]
        return Found(bool(found), found, _beginnings(entries, found) if lasting else found)
    run = _last_run(entries)
    found = _that_say(word, run, term.test)
    return Found(bool(found), found, found[:1])


def _beginnings(entries: Sequence[Entry], found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of entries in order, those that were found and follow none that was: where a state began, each time."""
    at = {entry.index for entry in found}
    before = (None, *entries[:-1])
    return tuple(
        one for one, last in zip(entries, before, strict=False) if one.index in at and not (last and last.index in at)
    )


def _that_say(word: Word, entries: Sequence[Entry], test: str) -> tuple[Entry, ...]:
    wanted = {"yes": True, "no": False}
    readings = [(entry, read_value(word, entry.data["value"])) for entry in entries]
    if test == "given" and word.value != "words":
        return tuple(entry for entry, reading in readings if reading.given)
    return tuple(entry for entry, reading in readings if reading.yes is wanted.get(test, True))


def _last_run(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The latest entries that all give the same value: the state as it stands, since it stands."""
    start = len(entries)
    while start and entries[start - 1].data["value"] == entries[-1].data["value"]:
        start -= 1
    return tuple(entries[start:])


def _finding(finding: Finding, walk: Walk) -> Found:
    if finding.kind == "any of":
        parts = [found for term in finding.any if (found := seek(term, walk)).shown]
        entries = in_order(entry for part in parts for entry in part.entries)
        return Found(bool(parts), entries, in_order(entry for part in parts for entry in part.since))
    if finding.kind == "log":
        return Found(walk.evidence.log == finding.verified)
    if finding.kind == "times":
        entries = walk.evidence.entries
        return Found(
            bool(entries) and all(one.endswith("Z") for entry in entries for one in (entry.time, entry.logged))
        )
    if finding.kind == "factors":
        return _factors(walk)
    if finding.kind == "revised":
        return Found(bool(walk.evidence.revised), walk.evidence.revised, walk.evidence.revised)
    if finding.kind == "late":
        those = _late(walk)
        return Found(bool(those), those, those)
    those = _figures(finding, walk) if finding.kind == "shown" else _entries(finding, walk)
    return Found(bool(those), those, those)


def _factors(walk: Walk) -> Found:
    latest = {
        factor: [
            walk.evidence.words[name][-1]
            for name in names
            if name in walk.evidence.words and filled(walk.evidence.words[name][-1].data.get("source"))
        ]
        for factor, names in walk.rules.factors.items()
    }
    return Found(all(latest.values()), in_order(entry for found in latest.values() for entry in found))


def _late(walk: Walk) -> tuple[Entry, ...]:
    """
    What cannot be told to have been written at the time.

    That is the entry for which a rule is walked, where it says that it happened before the record was opened; and
    whatever says that it happened before that entry, and was entered after it.
    """
    this = walk.this
    if this is None:
        return ()
    entered = parse_time(this.logged)
    late = [one for one in walk.evidence.entries if one.at < this.at and parse_time(one.logged) > entered]
    revised = this.kind == "decided" and this.corrected_by  # a reason, perhaps, that was given afterwards
    return in_order((*([this] if revised or this.at < walk.evidence.opened else ()), *late))


def _entries(finding: Finding, walk: Walk) -> tuple[Entry, ...]:
    if finding.kind == "known":
        term = Term(finding.word, "yes")
        found = _word(term, walk).entries
    elif finding.kind == "any":
        found = walk.evidence.entries[:1]  # that there is one is enough
    else:
        found = walk.evidence.of_kind(finding.kind)
    return tuple(entry for entry in found if _fits(finding, entry, walk))


def _fits(finding: Finding, entry: Entry, walk: Walk) -> bool:
    return (
        (not finding.of or entry is walk.this)
        and (not finding.role or _is_of(finding.role, entry.role, walk.rules))
        and (not finding.chosen or _chooses(finding.chosen, entry, walk.rules))
        and all(_tells(entry, field) for field in finding.has)
        and not any(_tells(entry, field) for field in finding.lacks)
    )


def _tells(entry: Entry, field: str) -> bool:
    """Whether a field is filled in; a reason may begin with a no, what was done or given may not."""
    value = entry.data.get(field)
    return filled(value) and (field == _REASON or not doubtful(value))


def _is_of(what: str, role: str, rules: Rules) -> bool:
    words = " ".join(re.findall(r"\w+", role.casefold()))
    pattern, other = rules.roles[what]["is"], rules.roles[what]["but"]
    return bool(re.fullmatch(pattern, words)) and not re.search(rf"\b({other})\b", words)


def _chooses(what: str, decided: Entry, rules: Rules) -> bool:
    chosen = choice_of(decided)
    if what == "unclear":
        return not any(chosen in names for names in rules.choices.values())
    return chosen in rules.choices[what]


def choice_of(decided: Entry) -> str:
    """
    Return the option that a decision chose.

    Parameters
    ----------
    decided : Entry
        Of kind decided. [1]

    Returns
    -------
    str
        As options are written, or words.

    Examples
    --------
    >>> choice_of(Entry(0, "a", 0.0, "", "", "decided", "", "", {"chosen": " Escort "}))
    'escort'
    """
    return str(decided.data.get("chosen", "")).strip().lower()


def _figures(finding: Finding, walk: Walk) -> tuple[Entry, ...]:
    """The showings of figures that a finding asks for, no later than the decision for which the rule is walked."""
    by = walk.this.at if walk.this else math.inf
    if finding.figure == "not shown":
        return in_order(entry for one in walk.figures if one.computed.at <= by for entry in one.not_shown)
    seen = in_order(
        entry for one in walk.figures if _holds_figure(finding.figure, one, walk, by) for entry in one.seen_by(by)
    )
    if finding.to == "this" and walk.this:
        role = _plain_role(walk.this.role)
        return tuple(entry for entry in seen if role in map(_plain_role, roles_of(entry)))
    return seen


def _plain_role(role: str) -> str:
    return " ".join(re.findall(r"\w+", role.casefold().replace("_", " ")))


def _holds_figure(figure: str, figures: Figures, walk: Walk, by: float) -> bool:
    names = {name.lower() for name in figures.options}
    another = of_another(figures.computed, walk.evidence, by)
    if figure == "of another":
        return another
    waiting = names & set(walk.rules.choices["waits"])
    chosen = {choice_of(walk.this)} if walk.this and walk.this.kind == "decided" else set()
    return (
        not another
        and {
            "any": bool(names),
            "waiting": bool(waiting),
            "several": bool(waiting) and len(names) > 1,
            "chosen": bool(chosen & names),
            "other": bool(chosen) and bool(names - chosen),
        }[figure]
    )
