"""`varne claims`: the public sentences of the debate, what would have to be true, and what Varne computes of it."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from rich.table import Table

    from varne.season.claims import Claim, EncounterQuestion, Finding, SeasonQuestion
    from varne.simulation import Simulation

_PER = 100  # boats, so that the numbers can be read
_DRAWS = 4000  # of the books


def claims(
    name: Annotated[str | None, typer.Argument(help="One claim, to see all of it and compute what can be.")] = None,
    members: Annotated[str, typer.Option(help="Draws x replicates of each encounter, or a number.")] = "60x20",
    season_members: Annotated[str, typer.Option(help="Draws x replicates of each season.")] = "40x3",
    seed: Annotated[int, typer.Option(help="Names the draws; the same seed gives the same answer.")] = 1,
    dates: Annotated[bool, typer.Option("--dates", help="Print the dated facts about doctrine and deals.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
) -> None:
    """
    List the public sentences of the debate; with a NAME, compute what Varne can say about it. It takes no side.
    """
    console = Console()
    if dates:
        _print(console, json, _dates_json(), lambda: [_dates_table()])
        return
    from varne.season.claims import claim_named, shipped_claims
    from varne.show.claims_page import NO_EVIDENCE, claim_page, claims_list

    if name is None:
        every = list(shipped_claims().values())
        _print(console, json, [_claim_json(one) for one in every], lambda: [claims_list(every)])
        return
    claim = claim_named(name)
    with Console(stderr=True).status("computing what can be computed: a season takes a minute"):
        found = answers(
            claim, members=members, seed=seed, season=partial(season_answer, members=season_members, seed=seed)
        )
    _print(
        console,
        json,
        {**_claim_json(claim), "computed": [asdict(one) for one in found] or NO_EVIDENCE},
        lambda: [claim_page(claim, found)],
    )


def answers(
    claim: "Claim", *, members: str, seed: int, season: "Callable[[SeasonQuestion], Finding] | None" = None
) -> "tuple[Finding, ...]":
    """
    Compute what can be computed about a claim.

    Parameters
    ----------
    claim : Claim
        [1]
    members : str
        Of each encounter. [1]
    seed : int
        Names the draws. [1]
    season : callable, optional
        Answers a question about a season; the command that does is named when left out. [1]

    Returns
    -------
    tuple of Finding

    Examples
    --------
    >>> from varne.season.claims import claim_named
    >>> answers(claim_named("rwanda-uncertain"), members="4x2", seed=1)
    ()
    """
    from varne.facts.tables import shipped_facts
    from varne.season.claims import resolve

    meet = partial(encounter_finding, members=members, seed=seed)
    return resolve(claim, facts=shipped_facts(), encounter=meet, season=season, draws=_DRAWS, seed=seed)


def encounter_finding(question: "EncounterQuestion", *, members: str, seed: int) -> "Finding":
    """
    Compare two ways to respond to the boat of a claim, as `varne assess` does.

    Parameters
    ----------
    question : EncounterQuestion
        [SI]
    members : str
        Draws x replicates. [1]
    seed : int
        Names the draws. [1]

    Returns
    -------
    Finding
        The paired difference in 100 such boats.

    Examples
    --------
    >>> from varne.season.claims import EncounterQuestion
    >>> boat = {"position": "51 03.0N 001 45.0E", "time": "2026-03-14T06:00Z", "people": 80, "length": 10}
    >>> encounter_finding(EncounterQuestion(boat, "leave", "leave", "deaths"), members="3x2", seed=1).value.mean
    0.0
    """
    from varne.assessment import assess
    from varne.encounter.outcome import Interval, interval
    from varne.encounter.scenario import Scenario
    from varne.season.claims import ENCOUNTERED, Finding

    names = list(dict.fromkeys((question.reference, question.option)))
    scenario = Scenario.of({**question.scenario, "reference": question.reference, "options": names})
    found = assess(scenario, members=members, seed=seed)
    shown = {one.name: one for one in found.answer.options}
    drawn = f"{found.answer.draws} x {found.answer.replicates} members"
    words = f"{question.option} beside {question.reference}"
    one = shown[question.option]
    if one.why_not:
        return Finding(f"{words}: {one.why_not}", None, ENCOUNTERED[question.quantity], drawn, one.grade)
    applying = [option.name for option in found.encounter.options]
    values = found.outcomes.members[question.quantity]
    less = interval(values[:, :, applying.index(question.option)] - values[:, :, applying.index(question.reference)])
    value = Interval(_PER * less.mean, _PER * less.low, _PER * less.high)
    return Finding(words, value, f"more {ENCOUNTERED[question.quantity]} (negative: fewer)", drawn, one.grade)


def season_answer(question: "SeasonQuestion", *, members: str, seed: int) -> "Finding":
    """
    Follow the season of the policies of a claim, as `varne season` does, and read the answer from it.

    Parameters
    ----------
    question : SeasonQuestion
        [1]
    members : str
        Draws x replicates. [1]
    seed : int
        Names the draws. [1]

    Returns
    -------
    Finding
        Over the season that the policies are written for.

    Raises
    ------
    UnknownName
        If there is no such policy.

    Examples
    --------
    >>> from varne.season.claims import SeasonQuestion
    >>> season_answer(SeasonQuestion("as-it-wsa", "", "deaths"), members="2x2", seed=1)
    Traceback (most recent call last):
    varne.errors...
    """
    from varne.season.claim_answers import season_finding

    found = _seasons(tuple(name for name in (question.policy, question.against) if name), members, seed)
    return season_finding(question, found.ledger, found.plan, found.policies)


@cache
def _seasons(names: tuple[str, ...], members: str, seed: int) -> "Simulation":
    """A claim may ask two things of one season."""
    from varne.simulation import simulate

    return simulate(names, members=members, seed=seed)


def _print(console: Console, json: bool, content: Any, shown: Callable[[], list[Any]]) -> None:
    if json:
        from json import dumps

        print(dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
        return
    for one in shown():
        console.print(one, highlight=False)


def _claim_json(claim: "Claim") -> dict[str, Any]:
    from varne.facts.timeline import STANDINGS
    from varne.show.claims_page import answered_by

    return {**asdict(claim), "standing": STANDINGS[claim.standing], "answered_by": answered_by(claim)}


def _dates_json() -> list[dict[str, str]]:
    from varne.facts.timeline import STANDINGS, timeline

    return [
        {"date": one.date, "says": one.words, "source": one.source, "standing": STANDINGS[one.standing]}
        for one in timeline()
    ]


def _dates_table() -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table("date", "what", "source", "standing", box=SIMPLE_HEAD, title="Doctrine and deals")
    for row in _dates_json():
        table.add_row(row["date"], row["says"], row["source"], row["standing"])
    return table
