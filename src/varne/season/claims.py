"""Claims: the public sentences of the debate, who said them, and what Varne computes about them. It takes no side."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from varne.encounter.outcome import Interval
from varne.errors import BadPolicy, UnknownName
from varne.facts.claims import claim_rows
from varne.facts.tables import Facts
from varne.facts.timeline import STANDINGS
from varne.season.books import books_of, break_even, grade_of_books
from varne.season.written import known_fields, number_of, text_of

ENCOUNTERED = {  # what is compared of an encounter, and in what
    "deaths": "deaths aboard in 100 such boats",
    "responder_deaths": "deaths of crews in 100 such boats",
    "responder_serious_injuries": "serious injuries of crews in 100 such boats",
}
ASKED_OF_SEASON = {  # what is read from a season, and in what
    "crossings_averted": "fewer arrivals",
    "lives_saved": "lives saved, negative: lost",
    "cost": "GBP more",
    "cost_per_crossing": "GBP for each crossing averted",
    "cost_per_life": "GBP for each life saved or lost",
    "p_fatal": "chance of at least one fatal intervention in the season",
    "p_fatal_per_team": "chance for one team of at least one fatal intervention in the season",
    "interventions_per_team": "interventions for each team in the season",
    "crew_injuries": "serious injuries of crews in the season",
    "crew_deaths": "deaths of crews in the season",
    "share_of_deaths_crush": "share of deaths by crush",
}
_COMPARED = ("crossings_averted", "lives_saved", "cost", "cost_per_crossing", "cost_per_life")
WORDS = ("quoted", "reported")
_ROW = ("sentence", "words", "who", "when", "source", "standing", "needs", "evidence", "reading", "computes")
_COMPUTES = ("encounter", "option", "reference", "policy", "against", "quantity", "fact", "price")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class EncounterQuestion:
    """One boat, and a way to respond beside another."""

    scenario: Mapping[str, Any]  # fields of a scenario
    option: str
    reference: str
    quantity: str


@dataclass(frozen=True, slots=True)
class SeasonQuestion:
    """A policy, beside another or alone."""

    policy: str
    against: str  # empty: alone
    quantity: str


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A number of the tables."""

    fact: str


@dataclass(frozen=True, slots=True)
class BooksQuestion:
    """The share of boats that must be intercepted until a launch no longer pays, at a price of a place."""

    price: float  # [GBP]


Question = EncounterQuestion | SeasonQuestion | FactQuestion | BooksQuestion


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the debate; ``who`` is an office or a body, never a person."""

    name: str
    sentence: str
    words: str  # quoted or reported
    who: str
    when: str  # as exact as it is known
    source: str
    standing: str
    needs: str  # what would have to be true
    evidence: str
    reading: str  # what the numbers tell of it and what they do not; empty where there is none
    computes: tuple[Question, ...]  # none: no evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """What Varne computes about a claim; no value where it cannot be told, and then the words say why."""

    words: str
    value: Interval | None
    unit: str
    members: str  # how many, or what else it was computed from
    grade: str
    follows_from: tuple[str, ...] = ()  # levers, where it follows from what a policy assumes


def shipped_claims() -> dict[str, Claim]:
    """
    Read the claims that Varne ships.

    Returns
    -------
    dict of str to Claim

    Examples
    --------
    >>> shipped_claims()["rwanda-uncertain"].computes
    ()
    """
    return {name: read_claim(name, row) for name, row in claim_rows().items()}


def claim_named(name: str) -> Claim:
    """
    Find a claim.

    Parameters
    ----------
    name : str
        [1]

    Returns
    -------
    Claim

    Raises
    ------
    UnknownName
        If there is none of that name.

    Examples
    --------
    >>> claim_named("eighty-abord")
    Traceback (most recent call last):
    varne.errors.UnknownName: Claim 'eighty-abord' is not known; did you mean 'eighty-aboard'?
    """
    claims = shipped_claims()
    if name not in claims:
        near = difflib.get_close_matches(name, claims, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the claims are {', '.join(claims)}."
        raise UnknownName(f"Claim {name!r} is not known; {hint}")
    return claims[name]


def read_claim(name: str, row: Mapping[str, Any]) -> Claim:
    """
    Read and check a claim.

    Parameters
    ----------
    name : str
        [1]
    row : mapping
        Its table. [1]

    Returns
    -------
    Claim

    Raises
    ------
    BadPolicy
        If it lacks who said it, when, where, or what would have to be true, or asks for what is not computed.

    Examples
    --------
    >>> read_claim("mine", {"sentence": "It works", "words": "quoted"})
    Traceback (most recent call last):
    varne.errors.BadPolicy: Claim mine has no who; add who = ...
    """
    place = f"Claim {name}"
    known_fields(row, _ROW, place)
    sentence, words, who, when, source, standing, needs, evidence = (text_of(row, field, place) for field in _ROW[:-2])
    if words not in WORDS:
        raise BadPolicy(f"{place} has words {words!r}; write one of {', '.join(WORDS)}.")
    if standing not in STANDINGS:
        raise BadPolicy(f"{place} has standing {standing!r}; write one of {', '.join(STANDINGS)}.")
    if not _DATE.fullmatch(when):
        raise BadPolicy(f"{place} has when = {when!r}; write it as 2025-12-29, 2025-12 or 2025.")
    computes = tuple(_question(one, place) for one in row.get("computes", []))
    reading = text_of(row, "reading", place) if computes else ""
    return Claim(name, sentence, words, who, when, source, standing, needs, evidence, reading, computes)


def resolve(
    claim: Claim,
    *,
    facts: Facts,
    encounter: Callable[[EncounterQuestion], Finding],
    season: Callable[[SeasonQuestion], Finding] | None,
    draws: int,
    seed: int,
) -> tuple[Finding, ...]:
    """
    Compute what a claim asks for, with the functions that answer every other question.

    Parameters
    ----------
    claim : Claim
        [1]
    facts : Facts
        The tables. [unit]
    encounter, season : callable
        Answer a question about one boat, and about a season; None where no season is to be run. [1]
    draws : int
        For the books. [1]
    seed : int
        Names the draws. [1]

    Returns
    -------
    tuple of Finding
        One for each thing computed; none where there is no evidence.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> def nothing(question):
    ...     return Finding("", None, "", "", "assumed")
    >>> claim = claim_named("stopped-42")
    >>> resolve(claim, facts=shipped_facts(), encounter=nothing, season=None, draws=9, seed=1)[0].grade
    'derived'
    """
    return tuple(_finding(one, facts, encounter, season, (draws, seed)) for one in claim.computes)


def _finding(
    question: Question,
    facts: Facts,
    encounter: Callable[[EncounterQuestion], Finding],
    season: Callable[[SeasonQuestion], Finding] | None,
    drawn: tuple[int, int],
) -> Finding:
    match question:
        case EncounterQuestion():
            return encounter(question)
        case SeasonQuestion():
            return season(question) if season else _asks_for_a_season(question)
        case FactQuestion():
            fact = facts[question.fact]
            return Finding(fact.says, Interval(fact.value, fact.low, fact.high), fact.unit, fact.source, fact.grade)
        case BooksQuestion():
            draws, seed = drawn
            found = break_even(books_of(facts, draws=draws, seed=seed), question.price)
            words = (
                f"At GBP {question.price:,.0f} a place a launch pays even when every boat at sea is intercepted in "
                f"{found.pays_anyway:.0%} of the draws, and over all draws stops paying when so many are"
            )
            return Finding(words, found.interception, "share of boats", f"{draws} draws", grade_of_books(facts))


def _asks_for_a_season(question: SeasonQuestion) -> Finding:
    names = " ".join(name for name in (question.policy, question.against) if name)
    words = f"By a season: varne season {names}"
    return Finding(words, None, ASKED_OF_SEASON[question.quantity], "Not run here", "assumed")


def _question(row: Any, place: str) -> Question:
    known_fields(row, _COMPUTES, f"{place}, computes")
    asked = [name for name in ("encounter", "policy", "fact", "price") if name in row]
    if len(asked) != 1:
        raise BadPolicy(f"{place} computes {asked or 'nothing'}; write one of encounter, policy, fact or price.")
    if "fact" in row:
        return FactQuestion(text_of(row, "fact", place))
    if "price" in row:
        return BooksQuestion(number_of(row["price"], "price", place))
    quantity = text_of(row, "quantity", place)
    known = ENCOUNTERED if "encounter" in row else ASKED_OF_SEASON
    if quantity not in known:
        raise BadPolicy(f"{place} computes {quantity!r}; write one of {', '.join(known)}.")
    if "encounter" in row:
        scenario = dict(known_fields(row["encounter"], tuple(row["encounter"]), place))
        return EncounterQuestion(scenario, text_of(row, "option", place), text_of(row, "reference", place), quantity)
    if ("against" in row) != (quantity in _COMPARED):
        fault = "against another policy" if quantity in _COMPARED else "of one policy, without against"
        raise BadPolicy(f"{place} computes {quantity}, which is computed {fault}.")
    return SeasonQuestion(text_of(row, "policy", place), str(row.get("against", "")), quantity)
