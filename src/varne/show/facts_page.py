"""Facts on a terminal: a list of them, one of them with all who use it, and what differs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.evidence import GRADES, Fact
from varne.facts.checked import Checked
from varne.facts.difference import Changed, Differences
from varne.facts.subjects import WORDS, subject_of
from varne.facts.tables import Facts
from varne.facts.uses import Source
from varne.show.fact_picture import sketch
from varne.show.words import spoken_closely

_AS_WRITTEN = 6  # figures: more than any fact has
Uses = tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[Source, ...]]  # options with their phases, and files


def facts_list(facts: Sequence[Fact]) -> RenderableType:
    """
    List facts.

    Parameters
    ----------
    facts : sequence of Fact
        In the order in which they are shown. [unit]

    Returns
    -------
    renderable
        A table, and under it how many there are of each grade.

    Examples
    --------
    >>> type(facts_list([])).__name__
    'Group'
    """
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("number", "value, 90 % range", "grade", "what it is"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "number")
    for fact in facts:
        table.add_row(fact.name, amount(fact), fact.grade, fact.says)
    counted = Counter(fact.grade for fact in facts)
    grades = ", ".join(f"{counted[grade]} {grade}" for grade in GRADES if counted[grade])
    return Group(table, Text(f"{len(facts)} facts: {grades}." if facts else "No facts.", style="dim"))


def amount(fact: Fact) -> str:
    """
    Write a fact's value with its 90 % range and unit.

    Parameters
    ----------
    fact : Fact
        [unit]

    Returns
    -------
    str

    Examples
    --------
    >>> amount(Fact("boat.speed", "s", 5.0, 3.5, 7.0, "lognormal", "kn", "x", "assumed", "2026-11-25"))
    '5 (3.5 to 7) kn'
    """
    unit = "" if fact.unit == "1" else f" {fact.unit}"
    low, value, high = (spoken_closely(one, _AS_WRITTEN) for one in (fact.low, fact.value, fact.high))
    if fact.low == fact.high:
        return f"{value}{unit}"
    return f"{value} ({low} to {high}){unit}"


def fact_page(fact: Fact, facts: Facts, uses: Uses) -> RenderableType:
    """
    Show one fact.

    Parameters
    ----------
    fact : Fact
        [unit]
    facts : Facts
        All of them, with what is drawn together. [unit]
    uses : tuple
        Options with the phases in which they use it, and files of the model that read it. [1]

    Returns
    -------
    renderable

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> type(fact_page(shipped_facts()["boat.speed"], shipped_facts(), ((), ()))).__name__
    'Group'
    """
    lines: list[RenderableType] = [Text(fact.name, style="bold"), Text(fact.says), Text()]
    lines += [Text(line) for line in sketch(fact) if line]
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for heading, words in _fields(fact):
        table.add_row(Text(heading, style="dim"), words)
    lines += [Text(), table, Text()]
    if fact.parts:
        lines += [Text(f"A pool of {len(fact.parts)} views with equal weight:")]
        lines += [
            Text(f"  {_view(part.value, part.low, part.high, fact.unit)}: {part.source or part.shape}")
            for part in fact.parts
        ]
    lines += [Text(line) for line in (*_together(fact, facts), *_used(fact, uses))]
    return Group(*lines)


def _fields(fact: Fact) -> list[tuple[str, str]]:
    found = [("value", amount(fact)), ("shape", _shape(fact)), ("grade", fact.grade), ("source", fact.source)]
    found += [("looked at", fact.date), ("subject", f"{subject_of(fact.name)}: {WORDS[subject_of(fact.name)]}")]
    if fact.neutral is not None:
        found.append(("neutral", f"{spoken_closely(fact.neutral)}, where it has no effect of its own"))
    return found


def _shape(fact: Fact) -> str:
    if fact.shape == "exact":
        return "exact"
    if fact.shape == "choice":
        return f"choice: true in {100 * fact.value:g} of 100 draws"
    return f"{fact.shape}, through its 5 %, 50 % and 95 % quantiles"


def _view(value: float, low: float, high: float, unit: str) -> str:
    named = "" if unit == "1" else f" {unit}"
    return f"{spoken_closely(value)} ({spoken_closely(low)} to {spoken_closely(high)}){named}"


def _together(fact: Fact, facts: Facts) -> list[str]:
    together = facts.together
    if fact.name not in together.names:
        return []
    row = together.correlation[together.names.index(fact.name)]
    others = [
        f"{name} {weight:+.2f}"
        for name, weight in zip(together.names, row, strict=True)
        if name != fact.name and weight != 0.0
    ]
    return [f"Drawn together with: {', '.join(others) or 'others, uncorrelated'} (correlation of the normal scores)."]


def _used(fact: Fact, uses: Uses) -> list[str]:
    options, sources = uses
    if not options and not sources:
        return ["Used by nothing yet: no option and no code reads it."]
    lines = [f"Used by the option {name}, phase {' and '.join(phases)}." for name, phases in options]
    kinds = {"hazards": "the hazard"}
    return lines + [
        f"Used by {kinds.get(one.part, 'the model')} ({one.part}/{one.file}): {one.says}." for one in sources
    ]


def check_page(path: str, checked: Checked, shipped: Facts) -> RenderableType:
    """
    Show what a facts file would change, or everything that is wrong with it.

    Parameters
    ----------
    path : str
        Its name. [1]
    checked : Checked
        [unit]
    shipped : Facts
        What it would replace. [unit]

    Returns
    -------
    renderable

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> type(check_page("mine.toml", Checked({}, {}, (), ()), shipped_facts())).__name__
    'Group'
    """
    if checked.problems:
        count = len(checked.problems)
        head = f"{path} is refused: {count} {'problem' if count == 1 else 'problems'}."
        return Group(Text(head, style="bold"), *(Text(f"  {problem}") for problem in checked.problems))
    lines = [
        Text(f"  {name}: {amount(shipped[name])}, {shipped[name].grade} -> {amount(fact)}, {fact.grade}")
        for name, fact in checked.facts.items()
    ]
    lines += [Text(f"  option {name}: {row.get('says', '')}") for name, row in checked.options.items()]
    lines += [
        Text(f"  {name} is read by no code: unless an option uses it, it changes nothing.", style="dim")
        for name in checked.unused
    ]
    head = f"{path} is in order: facts: {len(checked.facts)}, options: {len(checked.options)}."
    return Group(Text(head, style="bold"), *lines)


def difference_page(found: Differences, names: tuple[str, str]) -> RenderableType:
    """
    Show what differs between two collections of facts.

    Parameters
    ----------
    found : Differences
        [unit]
    names : tuple of str
        Of the two. [1]

    Returns
    -------
    renderable

    Examples
    --------
    >>> type(difference_page(Differences((), (), (), ()), ("shipped", "mine.toml"))).__name__
    'Group'
    """
    before, after = names
    parts: list[RenderableType] = []
    if found.changed:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for heading in ("number", before, after, "median", "also differs"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "number")
        for one in found.changed:
            also = ", ".join(field for field in one.fields if field not in ("value", "low", "high"))
            table.add_row(one.name, amount(one.before), amount(one.after), _by_how_much(one), also)
        parts.append(table)
    for only, name in ((found.only_before, before), (found.only_after, after)):
        if only:
            parts.append(Text(f"Only in {name}: {', '.join(only)}."))
    if found.options:
        parts.append(Text(f"Options that differ: {', '.join(found.options)}."))
    return Group(*(parts or [Text("No fact and no option differs.")]))


def _by_how_much(one: Changed) -> str:
    if one.factor is None or "value" not in one.fields:
        return "" if one.factor is not None else spoken_closely(one.after.value - one.before.value)
    return f"x {spoken_closely(one.factor)}"


def facts_json(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """
    Return facts as JSON can hold them.

    Parameters
    ----------
    facts : sequence of Fact
        [unit]

    Returns
    -------
    list of dict

    Examples
    --------
    >>> facts_json([])
    []
    """
    return [fact_json(fact) for fact in facts]


def fact_json(fact: Fact) -> dict[str, Any]:
    """
    Return one fact as JSON can hold it.

    Parameters
    ----------
    fact : Fact
        [unit]

    Returns
    -------
    dict
        With its subject.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> fact_json(shipped_facts()["boat.speed"])["subject"]
    'boat'
    """
    parts = [
        {"value": part.value, "low": part.low, "high": part.high, "shape": part.shape, "source": part.source}
        for part in fact.parts
    ]
    written: Mapping[str, Any] = {
        name: getattr(fact, name)
        for name in ("name", "says", "value", "low", "high", "shape", "unit", "source", "grade", "date", "neutral")
    }
    return {**written, "subject": subject_of(fact.name), **({"parts": parts} if parts else {})}
