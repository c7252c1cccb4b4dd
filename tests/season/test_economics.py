"""Promises about what policies cost."""

from dataclasses import replace

import numpy as np
import pytest
from tests.season.test_policy import BASIS, DAYS, INTERCEPT, OPTIONS, policy

from varne.draws import uniforms
from varne.encounter.outcome import Interval
from varne.errors import BadMembers, UnknownName
from varne.facts.departures import departures
from varne.facts.tables import shipped_facts
from varne.season.economics import (
    LINES,
    by_draw,
    compare_costs,
    cost_book,
    cost_for_each,
    grade_of_policy,
    known_draws,
    paired_interval,
    told_apart,
)
from varne.season.ledger import Ledger, empty_ledger
from varne.season.plan import Plan
from varne.season.policy_levels import levels_of

DRAWS, REPLICATES = 40, 3
MEMBERS = DRAWS * REPLICATES


def plan_of(*policies, draws=DRAWS):
    named = [replace(one, name=f"{one.name} {number}") for number, one in enumerate(policies)]
    levels = levels_of(named, day_starts=DAYS, draws=draws, seed=1, option_names=OPTIONS)
    return Plan(float(DAYS[0]), len(DAYS), draws, REPLICATES, 1, shipped_facts(), departures(), (), levels)


def ledger_of(plan, names, **counts) -> Ledger:
    """A ledger whose counts are given for the season, (policy,) or (policy, member)."""
    members = np.arange(plan.draws * plan.replicates)
    ledger = empty_ledger(names, members, plan.replicates, plan.week_starts, np.array([2025, 2026]))
    for name, given in counts.items():
        totals = np.asarray(given, dtype=float)
        ledger.weeks[name] = totals.reshape(totals.shape + (1,) * (3 - totals.ndim)) / len(plan.week_starts)
    return ledger


def _money(amount, **fields):
    return {"money": [{"says": "m", "amount": amount, **BASIS, **fields}]}


def test_money_over_its_dates_is_the_money():
    """A sum spread over its dates is spent in full by a season that holds them, and in part by one that does not."""
    whole = policy(**_money("GBP 31k (2024)", **{"from": "2026-01-01", "until": "2026-01-31"}))
    half = policy(**_money("GBP 62k (2024)", **{"from": "2026-01-01", "until": "2026-03-03"}))
    plan = plan_of(whole, half)
    book = cost_book(ledger_of(plan, ("a", "b")), plan, [whole, half])
    assert book.total == pytest.approx(np.full((2, MEMBERS), 31000.0))


def test_a_yearly_sum_is_spread_over_the_year():
    """A month of GBP 365.25 a year is a pound a day; nothing of it falls in a year that the season does not touch."""
    yearly = policy(**_money("GBP 365.25 (2024)", per="year"))
    plan = plan_of(yearly)
    book = cost_book(ledger_of(plan, ("a",)), plan, [yearly])
    assert book.total == pytest.approx(np.full((1, MEMBERS), 31.0))
    assert book.amounts.sum(axis=(0, 1, 2))[0] == pytest.approx(4 * MEMBERS)  # the week of 29 December has 4 days of it


def test_what_is_counted_costs_its_price():
    """Arrivals and teams times their price, each draw with its own."""
    officers = policy({"intercept": INTERCEPT, "officers": 100})
    plan = plan_of(policy(), officers)
    book = cost_book(ledger_of(plan, ("a", "b"), arrivals=[10.0, 20.0]), plan, [policy(), officers])
    drawn = plan.facts.drawn(DRAWS, 1)[np.arange(MEMBERS) // REPLICATES]
    lines = dict(zip(LINES, book.amounts.sum(axis=3), strict=True))
    assert lines["cost.reception"][1] == pytest.approx(20.0 * drawn["cost_reception"])
    assert lines["cost.team_day"][1] == pytest.approx(31 * 6 * drawn["cost_team_day"])
    assert lines["cost.officer_day"][1] == pytest.approx(31 * 100 * drawn["cost_officer_day"])
    assert np.all(lines["cost.team_day"][0] == 0.0)


def test_a_comparison_turned_round_is_the_opposite():
    """Cost, crossings and lives of a against b are those of b against a with the sign turned."""
    plan = plan_of(policy(), policy({"intercept": INTERCEPT}))
    rng = np.arange(2 * MEMBERS).reshape(2, MEMBERS)
    counts = {"arrivals": 100 + 7 * (rng % 13), "deaths": 0.1 + 0.01 * (rng % 17)}
    ledger = ledger_of(plan, ("a", "b"), **counts)
    book = cost_book(ledger, plan, [policy(), policy({"intercept": INTERCEPT})])
    there = compare_costs(ledger, book, policy="b", reference="a", grade="assumed")
    back = compare_costs(ledger, book, policy="a", reference="b", grade="assumed")
    for name in ("cost", "crossings_averted", "lives_saved"):
        one, other = getattr(there, name), getattr(back, name)
        assert (one.mean, one.low, one.high) == pytest.approx((-other.mean, -other.high, -other.low))
    assert there.p_fewer_deaths == pytest.approx(1.0 - back.p_fewer_deaths)


def test_a_policy_beside_itself_costs_and_saves_nothing():
    """The paired difference of the same thing is exactly zero, and says that nothing can be told."""
    plan = plan_of(policy(), policy())
    ledger = ledger_of(plan, ("a", "b"), arrivals=[50.0, 50.0], deaths=[1.0, 1.0])
    book = cost_book(ledger, plan, [policy(), policy()])
    found = compare_costs(ledger, book, policy="b", reference="a", grade="assumed")
    assert found.cost == found.lives_saved == Interval(0.0, 0.0, 0.0)
    assert (found.cost_per_crossing, found.cost_per_life, found.p_fewer_deaths) == (None, None, 0.5)
    assert len(found.words) == 2


def test_luck_alone_is_not_told_apart_from_zero():
    """A difference that is nothing but the noise of a few members has no price."""
    noise = np.sin(1.0 + 37.0 * np.arange(30)).reshape(10, 3)
    assert not told_apart(noise)
    assert paired_interval(noise).low < 0.0 < paired_interval(noise).high
    assert cost_for_each(np.full((10, 3), 1e6), noise) is None
    assert told_apart(noise + 3.0)


def test_luck_never_makes_a_difference_look_exact():
    """Where nothing but luck is seen what is left is the error of the mean, not zero; many draws make it vanish."""
    for draws in (10, 1000):
        noise = uniforms("noise", 4 * draws, 1).reshape(draws, 4)
        found = known_draws(noise)
        assert found.mean() == pytest.approx(noise.mean())
        error = noise.mean(axis=1).std() / np.sqrt(draws)
        assert 0.9 * error < found.std() < 6.0 * error
    certain = np.repeat(uniforms("unknown", 50, 1)[:, np.newaxis], 4, axis=1)
    assert known_draws(certain) == pytest.approx(certain[:, 0])


def test_the_price_is_the_ratio_draw_by_draw():
    """GBP 1m for 1, 2 or 4 lives is GBP 1m to 250,000 each; the mean is that of the sums."""
    saved = np.repeat([1.0, 2.0, 4.0], 20)[:, np.newaxis]
    found = cost_for_each(np.full((60, 1), 1e6), saved)
    assert (found.low, found.high) == (250000.0, 1e6)
    assert found.mean == pytest.approx(3e6 / 7.0)
    assert cost_for_each(np.full((60, 1), 1e6), -saved) == found  # for each life lost


def test_a_draw_that_gains_nothing_costs_without_end():
    """The upper end is infinite, not a number that hides it."""
    saved = np.array([*np.linspace(1.0, 2.0, 96), -0.1, -0.1, -0.1, -0.1])[:, np.newaxis]
    found = cost_for_each(np.full((100, 1), 1e6), saved)
    assert found is not None
    assert found.high < np.inf
    more = np.array([*np.linspace(1.0, 2.0, 90), *[-0.1] * 10])[:, np.newaxis]
    assert cost_for_each(np.full((100, 1), 1e6), more) is None


def test_parts_of_a_draw_and_unknown_policies_are_refused():
    """One sentence each."""
    with pytest.raises(BadMembers, match="5 members are no whole draws of 2"):
        by_draw(np.zeros(5), 2)
    plan = plan_of(policy())
    ledger = ledger_of(plan, ("a",))
    with pytest.raises(UnknownName, match="'x' is not in this season; it has a"):
        compare_costs(ledger, cost_book(ledger, plan, [policy()]), policy="x", reference="a", grade="assumed")


def test_a_policy_is_as_well_known_as_its_weakest_number():
    """Costs are assumed, and so is every policy."""
    assert grade_of_policy(policy(), plan_of(policy())) == "assumed"
