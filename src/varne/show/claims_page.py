"""Claims of the debate on the screen: the list, and all that is known and computed of one."""

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from varne.facts.option_tables import shipped_option_rows
from varne.facts.timeline import STANDINGS
from varne.season.claims import (
    BooksQuestion,
    Claim,
    EncounterQuestion,
    FactQuestion,
    Finding,
    Question,
    SeasonQuestion,
)
from varne.show.words import LEVER_WORDS, spoken

NO_EVIDENCE = "No evidence: there is nothing from which Varne could compute an answer."
_KINDS = {EncounterQuestion: "encounters", SeasonQuestion: "seasons", FactQuestion: "facts", BooksQuestion: "books"}
_COMPUTED = {
    EncounterQuestion: "computed, one boat",
    SeasonQuestion: "computed, a season",
    FactQuestion: "number in the tables",
    BooksQuestion: "computed, the books",
}
_BOAT = {"position": "at {}", "time": "{}", "people": "{} aboard", "length": "{} m long", "water": "water {} °C"}
_WORDS = {"quoted": "quoted as the source gives it", "reported": "in our words"}
_STANDINGS = {
    "official": "an official or primary source, or a court",
    "press": "established press or named research",
    "check": "CHECK BEFORE USE: one source alone, an aggregator, or from memory",
}
_LIST = (
    "What would have to be true, what the evidence says and what is computed: varne claims NAME. In quotation marks: "
    "as the source has it; without: in our words. Varne takes no side."
)
_INTERVALS = (
    "Intervals hold 90 % of what is not known. The grade is that of the weakest number used: measured, published, "
    "derived, elicited (asked of experts) or assumed. Varne takes no side."
)


def claims_list(claims: Sequence[Claim]) -> Group:
    """
    Show claims, each name on a line of its own so that it is never cut.

    Parameters
    ----------
    claims : sequence of Claim
        [1]

    Returns
    -------
    Group
        For the screen.

    Examples
    --------
    >>> from varne.season.claims import shipped_claims
    >>> len(claims_list(list(shipped_claims().values())[:2]).renderables)  # three blocks each, and the last line
    7
    """
    shown: list[RenderableType] = []
    for one in claims:
        shown.append(Text(one.name, style="bold", no_wrap=True, overflow="ignore"))
        shown.append(Padding(Text(f"{_sentence(one)} ({one.who}, {one.when})"), (0, 0, 0, 4)))
        line = f"source: {STANDINGS[one.standing]}; answered by: {answered_by(one)}"
        shown.append(Padding(Text(line, style="dim"), (0, 0, 1, 4)))
    return Group(*shown, Text(_LIST))


def answered_by(claim: Claim) -> str:
    """
    Name what a claim is answered by.

    Parameters
    ----------
    claim : Claim
        [1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.season.claims import claim_named
    >>> answered_by(claim_named("gbp-500m")), answered_by(claim_named("rwanda-uncertain"))
    ('facts, seasons', 'no evidence')
    """
    return ", ".join(dict.fromkeys(_KINDS[type(one)] for one in claim.computes)) or "no evidence"


def claim_page(claim: Claim, found: Sequence[Finding]) -> Group:
    """
    Show a claim: who said it, on what it rests, what would have to be true, and what is computed.

    Parameters
    ----------
    claim : Claim
        [1]
    found : sequence of Finding
        One for each thing that the claim asks to be computed. [unit]

    Returns
    -------
    Group
        For the screen.

    Examples
    --------
    >>> from varne.season.claims import claim_named
    >>> claim_page(claim_named("rwanda-uncertain"), ()).renderables[1].row_count
    6
    """
    table = Table("", "", box=SIMPLE, show_header=False, padding=(0, 1, 1, 0))
    rows = [
        ("said by", f"{claim.who}, {claim.when} ({_WORDS[claim.words]})"),
        ("source", claim.source),
        ("standing of the source", _STANDINGS[claim.standing]),
        ("would have to be true", claim.needs),
        ("evidence", claim.evidence),
        *_boats(claim.computes),
        *((_COMPUTED[type(asked)], finding_words(one)) for asked, one in zip(claim.computes, found, strict=True)),
        ("how to read it", claim.reading) if found else ("computed", NO_EVIDENCE),
    ]
    for heading, words in rows:
        table.add_row(heading, Text(words))
    last = [Text(_INTERVALS, style="dim")] if found else []
    return Group(Padding(Text(_sentence(claim), style="bold"), (1, 2, 0, 2)), table, *last)


def finding_words(one: Finding) -> str:
    """
    Write what was computed: the number, its interval, how many members, its grade, and what it is not.

    Parameters
    ----------
    one : Finding
        [unit]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.encounter.outcome import Interval
    >>> finding_words(Finding("board beside escort", Interval(-2, -9, 1), "more deaths (negative: fewer)", "4", "b"))
    'board beside escort: 2.0 fewer deaths (9.0 fewer to 1.0 more). 4, grade b. Zero is within: the sign is not known.'
    """
    basis = f"{one.members.rstrip('.')}, grade {one.grade}."
    if one.value is None:
        return f"{one.words} ({one.unit}). {basis}"
    value = one.value
    more, fewer, unit = _both_ways(one.unit)
    if fewer:
        number = (
            f"{_way(value.mean, more, fewer, unit)} ({_way(value.low, more, fewer)} to {_way(value.high, more, fewer)})"
        )
    elif value.low == value.high and not one.members.endswith("members"):
        number = f"{_plain(value.mean, unit)} (as published: an exact number, no interval)"
    else:
        number = f"{_plain(value.mean, unit)} ({_plain(value.low, unit)} to {_plain(value.high, unit)})"
        number += "" if unit in ("1", "GBP") else f" {unit.removeprefix('GBP ').removeprefix('share ')}"
    told = [" Zero is within: the sign is not known."] if value.low < 0.0 < value.high else []
    if one.follows_from:
        levers = " and ".join(dict.fromkeys(_lever(name) for name in one.follows_from))
        told.append(
            f" ASSUMPTION: it follows from what is assumed of {levers}, and is no evidence for it; the range that was "
            "tried carries no probability, so the middle of the answer has no more weight than its ends."
        )
    return f"{one.words}: {number}. {basis}{''.join(told)}"


def _boats(asked: Iterable[Question]) -> list[tuple[str, str]]:
    """The boats that are computed, and what the ways to respond mean; each once."""
    met = [one for one in asked if isinstance(one, EncounterQuestion)]
    says = shipped_option_rows()["options"]
    rows = dict.fromkeys(
        ", ".join(_BOAT.get(name, f"{name} {{}}").format(value) for name, value in one.scenario.items()) for one in met
    )
    ways = dict.fromkeys(name for one in met for name in (one.reference, one.option))
    meant = " ".join(f"{name}: {says[name]['says']}" for name in ways if name in says)
    return [("the boat", boat) for boat in rows] + ([("ways to respond", meant)] if meant else [])


def _both_ways(unit: str) -> tuple[str, str, str]:
    """The word for above zero, the one for below, and of what; no words where it is never below."""
    if unit.endswith(" (negative: fewer)"):
        return "more", "fewer", unit.removeprefix("more ").removesuffix(" (negative: fewer)")
    if unit == "fewer arrivals":
        return "fewer", "more", "arrivals"
    return ("lives saved", "lives lost", "") if unit.startswith("lives saved") else ("", "", unit)


def _way(value: float, more: str, fewer: str, unit: str = "") -> str:
    return f"{spoken(abs(value))} {fewer if value < 0.0 else more} {unit}".rstrip()


def _plain(value: float, unit: str) -> str:
    if unit == "1" or unit.startswith(("share ", "chance ")):
        return f"{100.0 * value:.0f}%" if abs(value) >= 0.1 or value == 0.0 else f"{spoken(100.0 * value)}%"
    return f"GBP {spoken(value)}" if unit.startswith("GBP") else spoken(value)


def _lever(name: str) -> str:
    return LEVER_WORDS.get(name.partition("_")[0], name)


def _sentence(claim: Claim) -> str:
    return f"“{claim.sentence}”" if claim.words == "quoted" else claim.sentence
