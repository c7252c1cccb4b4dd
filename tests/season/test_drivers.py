"""What drives a season, by the draws that it has."""

import numpy as np
import pytest

from varne.errors import BadMembers
from varne.facts.departures import departures
from varne.facts.tables import shipped_facts
from varne.season.drivers import SETTING_OUT, season_drivers
from varne.season.ledger import empty_ledger
from varne.season.plan import Plan
from varne.season.policy import read_policy
from varne.season.policy_levels import levels_of

DRAWS, REPLICATES = 200, 3
ROWS = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-07", "source": "c", "grade": "assumed"}


def _plan():
    """Two policies, of which the second leaves open how many set out."""
    change = {"deterrence": {"low": -0.5, "high": 0.0, "grade": "assumed"}, "source": "d", "grade": "assumed"}
    policies = [read_policy(ROWS, "a.toml"), read_policy({**ROWS, "name": "b", "change": [change]}, "b.toml")]
    days = 86400.0 * np.arange(7)
    levels = levels_of(policies, day_starts=days, draws=DRAWS, seed=1, option_names=())
    return Plan(0.0, 7, DRAWS, REPLICATES, 1, shipped_facts(), departures(), (), levels)


def _ledger(deaths):
    ledger = empty_ledger(("a", "b"), np.arange(DRAWS * REPLICATES), REPLICATES, np.zeros(1), np.array([1970]))
    ledger.weeks["deaths"][..., 0] = deaths
    return ledger


def _luck(seed):
    return np.random.default_rng(seed).random((2, DRAWS * REPLICATES))


def test_a_fact_that_decides_is_named_with_its_direction():
    """Deaths that fall with a fact are driven by it, downwards."""
    plan = _plan()
    fact = np.repeat(plan.facts.drawn(DRAWS, 1)["alert_believed"], REPLICATES)
    deaths = 10.0 * (1.0 - fact) + 0.1 * _luck(1)
    first = season_drivers(_ledger(deaths), plan, "a", most=5)[0]
    assert first.drivers[0].name == "alert.believed"
    assert first.drivers[0].direction < -0.9


def test_an_open_lever_drives_its_policy_and_not_its_reference():
    """What a policy leaves open is looked at beside the facts, for that policy."""
    plan = _plan()
    lever = np.repeat(plan.levels.levels["deterrence"][1, 0], REPLICATES)
    deaths = 5.0 + 0.1 * _luck(2)
    deaths[1] += 20.0 * lever
    reference, other = season_drivers(_ledger(deaths), plan, "a", most=5)
    assert [one.name for one in other.drivers][:1] == ["deterrence"]
    assert "deterrence" not in [one.name for one in reference.drivers]


def test_luck_drives_nothing():
    """Where only luck differs no number stands out of the noise."""
    named = [one.name for each in season_drivers(_ledger(_luck(3)), _plan(), "a", most=5) for one in each.drivers]
    assert named == []


def test_how_many_set_out_is_looked_at_as_well():
    """Departures are drawn beside the facts; more of them is more deaths."""
    ledger = _ledger(0.0)
    draws = np.repeat(np.random.default_rng(4).random(DRAWS), REPLICATES)
    ledger.weeks[SETTING_OUT][..., 0] = 1000.0 * draws
    ledger.weeks["deaths"][..., 0] = draws
    first = season_drivers(ledger, _plan(), "a", most=5)[0]
    assert (first.drivers[0].name, round(first.drivers[0].direction, 6)) == (SETTING_OUT, 1.0)


def test_a_policy_that_follows_from_assumption_is_left_out():
    """What was put in is not explained as if it had been found."""
    found = season_drivers(_ledger(_luck(5)), _plan(), "a", untold=["b"], most=5)
    assert [one.option for one in found] == ["a"]


def test_parts_of_a_draw_are_refused():
    """A ledger of some members of a draw has no draws."""
    ledger = empty_ledger(("a",), np.arange(4), REPLICATES, np.zeros(1), np.array([1970]))
    with pytest.raises(BadMembers, match="whole draws"):
        season_drivers(ledger, _plan(), "a", most=5)
