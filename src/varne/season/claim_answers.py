"""What a season that has been run answers to a claim."""

from collections.abc import Sequence

import numpy as np

from varne.encounter.outcome import Interval, interval
from varne.season.assumed import follows_from, grounds
from varne.season.claims import ASKED_OF_SEASON, Finding, SeasonQuestion
from varne.season.economics import by_draw, compare_costs, cost_book, grade_of_policy, place_of
from varne.season.exposure import exposure_of
from varne.season.ledger import Ledger
from varne.season.plan import Plan
from varne.season.policy import Policy
from varne.when import format_time

_NOTHING = {True: "cannot be told apart from zero", False: "there is nothing to divide by"}


def season_finding(question: SeasonQuestion, ledger: Ledger, plan: Plan, policies: Sequence[Policy]) -> Finding:
    """
    Read the answer to a claim's question from a season.

    Parameters
    ----------
    question : SeasonQuestion
        Its policies must be in the season. [1]
    ledger : Ledger
        What came of it. [people]
    plan : Plan
        What it was computed from. [SI]
    policies : sequence of Policy
        In the order of the ledger. [SI]

    Returns
    -------
    Finding
        Without a value where it cannot be told apart from zero, or where there is nothing to divide by.

    Raises
    ------
    UnknownName
        If a policy is not in the season.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.season.policy import read_policy
    >>> from varne.season.policy_levels import levels_of
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-07", "source": "c", "grade": "assumed"}
    >>> policy = read_policy(rows, "a.toml")
    >>> days = 86400.0 * np.arange(7)
    >>> levels = levels_of([policy], day_starts=days, draws=2, seed=1, option_names=())
    >>> plan = Plan(0.0, 7, 2, 1, 1, shipped_facts(), departures(), (), levels)
    >>> ledger = empty_ledger(("a",), np.arange(2), 1, plan.week_starts, np.array([1970]))
    >>> season_finding(SeasonQuestion("a", "", "crew_deaths"), ledger, plan, [policy]).value
    Interval(mean=0.0, low=0.0, high=0.0)
    """
    by_name = dict(zip(ledger.policies, policies, strict=True))
    grade = grade_of_policy(by_name[question.policy], plan) if question.policy in by_name else "assumed"
    value = _value(question, ledger, plan, policies, grade)
    beside = f" beside {question.against}" if question.against else ""
    first, last = (format_time(time).partition("T")[0] for time in plan.day_starts[[0, -1]])
    words = f"{question.policy}{beside}, {first} to {last}" + ("" if value else f": {_NOTHING[bool(question.against)]}")
    members = f"{plan.draws} x {plan.replicates} members"
    assumed: tuple[str, ...] = ()
    if question.against:
        assumed = follows_from(grounds(by_name[question.policy], by_name[question.against], plan))
    return Finding(words, value, ASKED_OF_SEASON[question.quantity], members, grade, assumed)


def _value(
    question: SeasonQuestion, ledger: Ledger, plan: Plan, policies: Sequence[Policy], grade: str
) -> Interval | None:
    found: Interval | None
    if question.against:
        book = cost_book(ledger, plan, policies)
        pair = compare_costs(ledger, book, policy=question.policy, reference=question.against, grade=grade)
        found = getattr(pair, question.quantity)
        return found
    if question.quantity.startswith("share_of_"):
        return _share(question, ledger)
    place = place_of(ledger, question.policy)
    found = getattr(exposure_of(ledger, plan, policies)[place], question.quantity)
    return found


def _share(question: SeasonQuestion, ledger: Ledger) -> Interval | None:
    """Deaths by one cause over all deaths, draw by draw."""
    place = place_of(ledger, question.policy)
    season = {
        name: by_draw(ledger.weeks[name][place].sum(axis=1), ledger.replicates).mean(axis=1)
        for name in ("deaths", question.quantity.removeprefix("share_of_"))
    }
    deaths, cause = season.values()
    return interval((cause[deaths > 0.0] / deaths[deaths > 0.0])[:, np.newaxis]) if np.any(deaths > 0.0) else None
