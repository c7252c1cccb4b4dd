"""Officers' exposure: what a season of interventions at sea does to crews, and how likely somebody dies in one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.outcome import Interval, interval_of_draws
from varne.season.economics import by_draw, grade_of_policy, known_draws
from varne.season.ledger import Ledger
from varne.season.plan import Plan
from varne.season.policy import Policy

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Exposure:
    """
    What officers meet in a season under one policy; numbers for each team are None where no team is on duty.

    An intervention counts as fatal when somebody dies on that voyage after it, whatever the cause.
    """

    policy: str
    teams: Interval  # on duty, mean over the days on which there are any
    interventions: Interval  # in the season, by all teams
    crew_injuries: Interval  # serious, of all crews: those who intervene and those who rescue [people]
    crew_deaths: Interval  # [people]
    fatal_interventions: Interval
    p_fatal: Interval  # chance of at least one fatal intervention in the season [1]
    interventions_per_team: Interval | None
    p_fatal_per_team: Interval | None  # the same for one team, the interventions shared out evenly [1]
    grade: str


def exposure_of(ledger: Ledger, plan: Plan, policies: Sequence[Policy]) -> tuple[Exposure, ...]:
    """
    Work out officers' exposure under every policy.

    Parameters
    ----------
    ledger : Ledger
        What came of it. [people, events]
    plan : Plan
        What it was computed from. [SI]
    policies : sequence of Policy
        In the order of the ledger. [SI]

    Returns
    -------
    tuple of Exposure
        In the same order.

    Raises
    ------
    BadMembers
        If the ledger holds parts of a draw.

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
    >>> levels = levels_of([policy], day_starts=days, draws=1, seed=1, option_names=())
    >>> plan = Plan(0.0, 7, 1, 1, 1, shipped_facts(), departures(), (), levels)
    >>> ledger = empty_ledger(("a",), np.arange(1), 1, plan.week_starts, np.array([1970]))
    >>> exposure_of(ledger, plan, [policy])[0].p_fatal_per_team is None
    True
    """
    teams = teams_on_duty(plan)
    return tuple(
        _exposure(ledger, place, teams[place][ledger.draw_of_member], grade_of_policy(policy, plan))
        for place, policy in enumerate(policies)
    )


def chance_of_a_fatal_one(log_no_fatal: Array, *, teams: Array) -> Array:
    """
    Turn the logarithm of the chance that no intervention is fatal into the chance that one is, for one of some teams.

    Parameters
    ----------
    log_no_fatal : array, shape (member,)
        Of the season, all teams together; never above 0. [1]
    teams : array, shape (member,)
        Among whom the interventions are shared out evenly; 1 for all together. [1]

    Returns
    -------
    array, shape (member,)
        [1]

    Examples
    --------
    >>> chance_of_a_fatal_one(np.array([np.log(0.25)]), teams=np.array([2.0]))
    array([0.5])
    """
    assert np.all(log_no_fatal <= 0.0), "a chance is at most 1, its logarithm at most 0"
    return np.asarray(-np.expm1(log_no_fatal / teams))


def teams_on_duty(plan: Plan) -> Array:
    """
    Return how many teams are on duty, over the days on which there are any.

    Parameters
    ----------
    plan : Plan
        With the levels of its policies. [SI]

    Returns
    -------
    array, shape (policy, draw)
        0 for a policy under which nobody intercepts. [1]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 7), dtype=np.int64), neutral_levels(2)[np.newaxis, np.newaxis])
    >>> teams_on_duty(Plan(0.0, 7, 2, 1, 1, shipped_facts(), departures(), (), levels))
    array([[0., 0.]])
    """
    found = []
    for levels, periods in zip(plan.levels.levels, plan.levels.period_of_day, strict=True):
        days = levels[periods]  # (day, draw)
        teams = np.where(days["intercept_option"] >= 0.0, days["intercept_teams"], 0.0)
        found.append(teams.sum(axis=0) / np.maximum(np.count_nonzero(teams, axis=0), 1))
    return np.array(found)


def _exposure(ledger: Ledger, place: int, teams: Array, grade: str) -> Exposure:
    names = "interventions", "crew_injuries", "crew_deaths", "fatal_interventions", "log_no_fatal_intervention"
    season = {name: ledger.weeks[name][place].sum(axis=1) for name in names}
    manned = bool(np.all(teams > 0.0))

    log_none = season["log_no_fatal_intervention"]
    return Exposure(
        ledger.policies[place],
        _spread(ledger, teams),
        _spread(ledger, season["interventions"]),
        _spread(ledger, season["crew_injuries"]),
        _spread(ledger, season["crew_deaths"]),
        _spread(ledger, season["fatal_interventions"]),
        _spread(ledger, chance_of_a_fatal_one(log_none, teams=np.ones_like(teams))),
        _spread(ledger, season["interventions"] / teams) if manned else None,
        _spread(ledger, chance_of_a_fatal_one(log_none, teams=teams)) if manned else None,
        grade,
    )


def _spread(ledger: Ledger, values: Array) -> Interval:
    return interval_of_draws(known_draws(by_draw(values, ledger.replicates)))
