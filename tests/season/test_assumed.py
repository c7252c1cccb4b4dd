"""Promises about what follows from assumption."""

from tests.season.test_economics import plan_of
from tests.season.test_policy import INTERCEPT, policy

from varne.season.assumed import follows_from, grounds


def _found(*changes):
    one, other = policy(*changes), policy()
    return grounds(one, other, plan_of(one, other))


def test_a_policy_that_changes_nothing_rests_on_nothing():
    """No lever differs, and nothing follows."""
    assert _found() == ()
    assert follows_from(()) == ()


def test_deterrence_is_assumption():
    """What people do in answer, assumed, is named."""
    assert follows_from(_found({"deterrence": -0.3})) == ("deterrence",)


def test_lifeboats_are_not():
    """What a policy sets itself is computed; beside an assumption nobody can tell what is whose."""
    assert follows_from(_found({"rescue": {"vessels": 3}})) == ()
    assert follows_from(_found({"rescue": {"vessels": 3}, "deterrence": -0.3})) == ("deterrence",)


def test_what_holds_anyway_is_no_ground():
    """A lever set to what it is without the policy neither adds an assumption nor takes one away."""
    assert _found({"watched": 0.35, "rescue": {"readiness": 1.0}}) == ()
    assert follows_from(_found({"watched": 0.35, "deterrence": -0.3})) == ("deterrence",)


def test_how_often_officers_act_rests_on_what_they_do():
    """Two policies with one way to intercept, more often and less: its effects are assumed all the same."""
    one, other = (policy({"intercept": {**INTERCEPT, "share": share}}) for share in (0.1, 0.9))
    found = grounds(one, other, plan_of(one, other))
    assert {ground.lever for ground in found} == {"intercept_share"}
    assert follows_from(found) == follows_from(_found({"intercept": INTERCEPT})) != ()


def test_the_same_days_are_the_same_change():
    """A date before the season, or none, is no difference."""
    one, other = policy({"prevention": 2.0}), policy({"prevention": 2.0, "from": "2026-01-01"})
    assert grounds(one, other, plan_of(one, other)) == ()


def test_an_escort_in_place_of_a_watch_is_assumption():
    """What an escort does to a crowd is assumed."""
    assert follows_from(_found({"watched": 0.85, "escorted": 0.0})) == ("what an escort does to a crowd",)


def test_what_only_costs_is_no_ground():
    """Officers and returns change no level of the season."""
    assert _found({"returns": 12, "officers": 50}) == ()


def test_a_lever_that_the_reference_sets_counts():
    """Taking an assumption away is an assumption."""
    one, other = policy(), policy({"supply": 0.5})
    found = grounds(one, other, plan_of(one, other))
    assert [ground.of_reference for ground in found] == [True]
    assert follows_from(found) == ("supply",)


def test_officers_rest_on_their_option():
    """Levers of interception follow the grade of what is known of the option, which is named."""
    found = _found({"intercept": INTERCEPT})
    assert follows_from(found) == (f"what {INTERCEPT['option']!r} does",)
