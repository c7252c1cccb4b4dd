"""Promises about what a season answers to a claim."""

import numpy as np
import pytest
from tests.season.test_economics import MEMBERS, ledger_of, plan_of
from tests.season.test_policy import INTERCEPT, policy

from varne.errors import UnknownName
from varne.season.claim_answers import season_finding
from varne.season.claims import ASKED_OF_SEASON, SeasonQuestion
from varne.season.economics import compare_costs, cost_book
from varne.season.exposure import exposure_of

POLICIES = [policy(), policy({"intercept": INTERCEPT})]
PLAN = plan_of(*POLICIES)
COUNTS = {
    "arrivals": [100.0, 80.0],
    "deaths": [2.0, 3.0],
    "deaths_crush": [0.5, 1.5],
    "log_no_fatal_intervention": [0.0, -0.6],
    "interventions": [0.0, 60.0],
}
LEDGER = ledger_of(PLAN, ("a", "b"), **COUNTS)


def ask(name, against, quantity):
    return season_finding(SeasonQuestion(name, against, quantity), LEDGER, PLAN, POLICIES)


def test_it_is_the_number_of_the_comparison_and_of_the_exposure():
    """No second calculation: the same functions, the same numbers."""
    book = cost_book(LEDGER, PLAN, POLICIES)
    pair = compare_costs(LEDGER, book, policy="b", reference="a", grade="assumed")
    assert ask("b", "a", "crossings_averted").value == pair.crossings_averted
    assert ask("b", "a", "cost_per_crossing").value == pair.cost_per_crossing
    assert ask("b", "", "p_fatal_per_team").value == exposure_of(LEDGER, PLAN, POLICIES)[1].p_fatal_per_team


def test_a_share_of_deaths_is_one_cause_over_all():
    """Half of the deaths of b are by crush."""
    assert ask("b", "", "share_of_deaths_crush").value.mean == pytest.approx(0.5)


def test_what_cannot_be_told_is_said():
    """No value and words that say why."""
    found = ask("a", "a", "cost_per_crossing")
    assert found.value is None
    assert "cannot be told apart from zero" in found.words
    assert "nothing to divide by" in ask("a", "", "p_fatal_per_team").words


@pytest.mark.parametrize("quantity", ASKED_OF_SEASON)
def test_every_quantity_has_an_answer(quantity):
    """Each that a claim may ask for is found, in a unit."""
    compared = quantity in ("crossings_averted", "lives_saved", "cost", "cost_per_crossing", "cost_per_life")
    found = ask("b", "a" if compared else "", quantity)
    assert found.value is not None
    assert np.isfinite(found.value.mean)
    assert found.members == f"{MEMBERS // 3} x 3 members"


def test_a_policy_that_was_not_run_is_refused():
    """One sentence."""
    with pytest.raises(UnknownName, match="'x' is not in this season"):
        season_finding(SeasonQuestion("x", "a", "cost"), LEDGER, PLAN, POLICIES)


def test_what_follows_from_an_assumption_alone_says_so():
    """Arrivals that change because deterrence was put in are marked with that lever; a policy alone is not."""
    deterred = policy({"deterrence": -0.2})
    policies = [policy(), deterred]
    plan = plan_of(*policies)
    ledger = ledger_of(plan, ("a", "b"), **COUNTS)
    found = season_finding(SeasonQuestion("b", "a", "crossings_averted"), ledger, plan, policies)
    assert found.follows_from == ("deterrence",)
    assert season_finding(SeasonQuestion("b", "", "crew_deaths"), ledger, plan, policies).follows_from == ()
