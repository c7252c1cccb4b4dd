"""Promises about officers' exposure."""

import numpy as np
import pytest
from tests.season.test_economics import MEMBERS, ledger_of, plan_of
from tests.season.test_policy import INTERCEPT, policy

from varne.season.exposure import chance_of_a_fatal_one, exposure_of, teams_on_duty

OFFICERS = policy({"intercept": {**INTERCEPT, "teams": 5}})


def test_the_chance_of_a_team_is_less_than_that_of_all():
    """Five teams that each escape a fatal intervention with 0.9 all escape with 0.9 to the fifth."""
    plan = plan_of(policy(), OFFICERS)
    ledger = ledger_of(plan, ("a", "b"), interventions=[0.0, 200.0], log_no_fatal_intervention=[0.0, 5 * np.log(0.9)])
    nobody, officers = exposure_of(ledger, plan, [policy(), OFFICERS])
    assert officers.p_fatal.mean == pytest.approx(1.0 - 0.9**5)
    assert officers.p_fatal_per_team.mean == pytest.approx(0.1)
    assert officers.interventions_per_team.mean == pytest.approx(40.0)
    assert (nobody.p_fatal.mean, nobody.p_fatal_per_team, nobody.interventions_per_team) == (0.0, None, None)
    assert officers.grade == "assumed"


def test_the_chance_is_worked_out_member_by_member():
    """The mean of chances, not the chance of a mean."""
    plan = plan_of(OFFICERS)
    logs = np.where(np.arange(MEMBERS) < MEMBERS / 2, 0.0, np.log(0.5))
    found = exposure_of(ledger_of(plan, ("b",), log_no_fatal_intervention=logs[np.newaxis]), plan, [OFFICERS])
    assert found[0].p_fatal.mean == pytest.approx(0.25)


@pytest.mark.parametrize("teams", [1.0, 2.0, 6.0])
def test_more_interventions_never_make_a_death_less_likely(teams):
    """The chance rises with each intervention and stays below 1."""
    logs = -np.linspace(0.0, 5.0, 20)
    found = chance_of_a_fatal_one(logs, teams=np.full(20, teams))
    assert np.all(np.diff(found) > 0.0)
    assert found[0] == 0.0
    assert found[-1] < 1.0


def test_teams_are_counted_on_the_days_they_are_on_duty():
    """Days without any do not thin them out."""
    late = policy({"from": "2026-01-25", "intercept": {**INTERCEPT, "teams": 4}})
    assert np.all(teams_on_duty(plan_of(late)) == 4.0)
    assert np.all(teams_on_duty(plan_of(policy())) == 0.0)
