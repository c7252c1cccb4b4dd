"""What drives a season: drawn numbers and levers against deaths and arrivals, from the draws that it has already."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from varne.compare.design import facts_in_play
from varne.compare.given import Given, given_drivers
from varne.compare.runs import rank_correlation
from varne.encounter.outcome import without_luck
from varne.facts.subjects import subject_of
from varne.facts.tables import column
from varne.season.economics import by_draw, place_of
from varne.season.ledger import Ledger
from varne.season.levels import NEUTRAL
from varne.season.plan import Plan

Array = NDArray[np.float64]
_SURE = 0.9  # of naming no number that has nothing to do with it; our choice
SETTING_OUT = "people_at_sea"  # how many set out: drawn beside the facts, from the fit to the arrivals


def season_drivers(
    ledger: Ledger, plan: Plan, reference: str, *, untold: Sequence[str] = (), most: int
) -> tuple[Given, ...]:
    """
    Find what drives the deaths under the reference, and what drives each policy's difference to it.

    Parameters
    ----------
    ledger : Ledger
        What came of it. [people]
    plan : Plan
        What it was computed from. [SI]
    reference : str
        Policy that the others are compared to. [1]
    untold : sequence of str, optional
        Policies that are left out: their difference follows from assumption. [1]
    most : int
        How many numbers of each are looked at. [1]

    Returns
    -------
    tuple of Given
        Deaths under the reference first; without drivers where there are fewer than a hundred draws.

    Raises
    ------
    BadMembers
        If the ledger holds parts of a draw.
    UnknownName
        If it has no such policy.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.season.policy_levels import levels_of
    >>> levels = levels_of([], day_starts=np.zeros(0), draws=2, seed=1, option_names=())
    >>> plan = Plan(0.0, 7, 2, 2, 1, shipped_facts(), departures(), (), levels)
    >>> found = season_drivers(empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970])), plan, "a", most=3)
    >>> [(one.outcome, one.option, one.drivers) for one in found]
    [('deaths', 'a', ())]
    """
    base = place_of(ledger, reference)
    deaths = [by_draw(one["deaths"].sum(axis=-1), ledger.replicates) for one in ledger.weeks]
    setting_out = by_draw(ledger.weeks[base][SETTING_OUT].sum(axis=-1), ledger.replicates)
    inputs = _drawn(plan, base) | {SETTING_OUT: setting_out.mean(axis=-1)}
    told = [name for name in ledger.policies if name not in untold or name == reference]
    search = _Search(most, len(told), plan.seed)
    found = search._found(inputs, ("deaths", reference, None), deaths[base])
    for place, name in enumerate(ledger.policies):
        if place == base or name not in told:
            continue
        apart = deaths[place] - deaths[base]
        found += search._found(inputs | _levers(plan, place), ("deaths", name, reference), apart)
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """How drivers are sought: how many of each outcome, of how many outcomes."""

    most: int
    outcomes: int
    seed: int

    def _found(self, inputs: dict[str, Array], named: tuple[str, str, str | None], deaths: Array) -> tuple[Given, ...]:
        told = _standing_out(inputs, deaths, self.outcomes)
        return given_drivers(told, {named: deaths}, most=self.most, seed=self.seed)


def _standing_out(inputs: dict[str, Array], deaths: Array, outcomes: int) -> dict[str, Array]:
    """
    Those whose rank correlation none of so many numbers without influence would reach, in nine seasons of ten.

    Over all outcomes of the season: each is given its share of the tenth season.

    A season has many numbers and few draws: without this the largest of pure noise would be named as its drivers.
    """
    varying = {name: values for name, values in inputs.items() if np.ptp(values) > 0.0}
    if not varying:
        return {}
    table, means = np.array(list(varying.values())), without_luck(deaths)
    level = ndtri(1.0 - (1.0 - _SURE) / (2.0 * len(varying) * outcomes)) / np.sqrt(len(means) - 1.0)
    told = np.abs(rank_correlation(table, means[np.newaxis])[:, 0]) > level
    return {name: values for (name, values), stands_out in zip(varying.items(), told, strict=True) if stands_out}


def _drawn(plan: Plan, base: int) -> dict[str, Array]:
    known = plan.facts.drawn(plan.draws, plan.seed)
    play = {*facts_in_play(plan.facts, plan.options)} | {one.name for one in plan.facts if _of_a_season(one.name)}
    facts = {name: np.asarray(known[column(name)], dtype=np.float64) for name in sorted(play)}
    return facts | (_levers(plan, base) if plan.levels.names else {})


def _levers(plan: Plan, place: int) -> dict[str, Array]:
    """Levers of which a policy leaves a range open: their mean over the days, draw by draw."""
    levels = plan.levels.levels[place][plan.levels.period_of_day[place]]
    every = {lever: np.where(np.isfinite(levels[lever]), levels[lever], 0.0).mean(axis=0) for lever in NEUTRAL}
    return {lever: values for lever, values in every.items() if np.ptp(values) > 0.0}


def _of_a_season(name: str) -> bool:
    return subject_of(name) == "season"
