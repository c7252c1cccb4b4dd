"""Promises about the levels that policies set."""

import numpy as np
import pytest
from tests.season.test_policy import BASIS, DAYS, INTERCEPT, OPTIONS, levels, policy

from varne.errors import BadPolicy
from varne.facts.policies import policy_rows, shipped_policies
from varne.season.levels import NEUTRAL
from varne.season.policy import LEVERS, read_policy
from varne.season.policy_levels import beside, idle_changes, levels_of, options_intercepting


def test_the_reference_changes_no_level():
    """As it was has neutral levels in every draw and on every day."""
    origin, rows = policy_rows("as-it-was")
    found = levels(read_policy(rows, origin))
    assert {name: {float(value)} for name, value in NEUTRAL.items()} == {
        name: set(found.levels[name].ravel().tolist()) for name in NEUTRAL
    }


def test_a_veto_after_it_began_ends_it():
    """Officers act from the day of availability until the day before the veto."""
    doctrine = {"agreed": "2026-01-02", "available_from": "2026-01-04", "vetoed": "2026-01-09", **BASIS}
    found = levels(policy({"intercept": INTERCEPT}, doctrine=doctrine))
    acts = found.levels["intercept_option"][0, found.period_of_day[0], 0] >= 0.0
    assert np.flatnonzero(acts).tolist() == [3, 4, 5, 6, 7]


def test_a_veto_is_as_good_as_no_doctrine_at_all():
    """Vetoed, or agreed and never available: nobody intercepts."""
    nothing = levels(policy())
    for dates in (
        {"agreed": "2026-01-02", "available_from": "2026-01-10", "vetoed": "2026-01-05"},
        {"agreed": "2026-01-02"},
        {"agreed": "2026-01-02", "available_from": "2026-01-10", "delayed_until": "2027-01-01"},
    ):
        found = levels(policy({"intercept": INTERCEPT}, doctrine={**dates, **BASIS}))
        for name in NEUTRAL:
            column = found.levels[name][0, found.period_of_day[0]]
            assert np.array_equal(column, np.broadcast_to(nothing.levels[name][0, 0], column.shape)), name


def test_a_doctrine_acts_from_its_day():
    """Before it is available nobody intercepts; from its first day officers do; those on beaches never wait."""
    doctrine = {"agreed": "2026-01-02", "available_from": "2026-01-05", "delayed_until": "2026-01-10", **BASIS}
    found = levels(policy({"intercept": INTERCEPT, "prevention": 2.0}, doctrine=doctrine))
    share = found.levels["intercept_share"][0, found.period_of_day[0], 0]
    assert share.tolist() == [0.0] * 9 + [0.5] * 22
    assert np.all(found.levels["prevention"][0, found.period_of_day[0]] == 2.0)
    option = found.levels["intercept_option"][0, found.period_of_day[0][-1], 0]
    assert OPTIONS[int(option)] == "jam"


def test_until_is_the_last_day():
    """A change acts on its first and last day and on no other."""
    found = levels(policy({"from": "2026-01-03", "until": "2026-01-05", "supply": 0.5}))
    assert np.flatnonzero(found.levels["supply"][0, found.period_of_day[0], 0] == 0.5).tolist() == [2, 3, 4]


def test_the_same_range_has_the_same_draw_everywhere():
    """The lever names the draw: neither the policy, its place in the list nor its other changes move it."""
    sweep = {"deterrence": {"low": -0.5, "high": 0.1, "grade": "assumed"}}
    alone = levels(policy(sweep), draws=200)
    among = levels(policy(), policy({"prevention": {"low": 0.1, "high": 0.9, "grade": "assumed"}, **sweep}), draws=200)
    drawn = alone.levels["deterrence"][0, 0]
    assert np.array_equal(drawn, among.levels["deterrence"][1, 0])
    assert -0.5 <= drawn.min() < -0.45
    assert 0.05 < drawn.max() <= 0.1
    assert drawn.mean() == pytest.approx(-0.2, abs=0.03)


def test_fewer_draws_are_the_first_of_more():
    """Running more draws keeps those there were."""
    sweep = policy({"fuller": {"low": 0.0, "high": 1.0, "grade": "assumed"}})
    few, many = (levels(sweep, draws=draws).levels["fuller"][0, 0] for draws in (3, 9))
    assert np.array_equal(few, many[:3])


def test_every_lever_can_be_set():
    """Each lever of the season has a name in a file, and none but those."""
    values = {"intercept": {**INTERCEPT, "waves": "50 cm", "people": 40, "by_day": True}}
    values["rescue"] = {"vessels": 2, "readiness": 0.5}
    values |= {lever: 0.25 for lever in LEVERS if lever not in values}
    found = levels(policy(values))
    record = {name: float(found.levels[name][0, 0, 0]) for name in NEUTRAL}
    assert record["intercept_waves"] == 0.5
    assert record["intercept_by_day"] == 1.0
    assert all(record[name] != value for name, value in NEUTRAL.items())


def test_returns_are_counted_beside_the_levels():
    """A returns scheme changes no level: its people a week are known day by day, with the draw of its range."""
    scheme = policy({"from": "2026-01-10", "returns": {"low": 6, "high": 25, "grade": "assumed"}})
    found = beside(scheme, "returns", day_starts=DAYS, draws=50, seed=1)
    assert np.all(found[:, :9] == 0.0)
    assert np.all((found[:, 9:] >= 6.0) & (found[:, 9:] <= 25.0))
    assert np.all(found[:, 9:] == found[:, 9:10])
    assert np.all(levels(scheme).levels == levels(policy()).levels)


def test_policies_with_more_and_fewer_stretches_stand_side_by_side():
    """Every day of every policy points to its own stretch."""
    many = policy(
        *({"from": f"2026-01-{day:02}", "until": f"2026-01-{day:02}", "supply": day / 16} for day in (3, 7, 11))
    )
    found = levels(policy(), many)
    assert np.all(found.levels["supply"][0, found.period_of_day[0]] == 1.0)
    by_day = found.levels["supply"][1, found.period_of_day[1], 0]
    assert by_day[[2, 6, 10]].tolist() == [3 / 16, 7 / 16, 11 / 16]
    assert by_day.sum() == 21 / 16 + 28.0


def test_a_season_without_days_of_a_change_does_not_know_it():
    """Changes before and after the season do nothing to it."""
    old = policy({"until": "2025-12-31", "supply": 0.5}, {"from": "2026-02-01", "supply": 0.2})
    assert np.all(levels(old).levels["supply"] == 1.0)


def test_a_change_that_never_acts_is_named():
    """By its dates or by its doctrine; one that acts on a single day is not."""
    doctrine = {"agreed": "2026-01-02", "available_from": "2026-03-01", **BASIS}
    late = policy({"intercept": INTERCEPT}, {"from": "2026-01-31", "supply": 0.5}, doctrine=doctrine)
    assert idle_changes(late, DAYS) == ("mine.toml: change 1 acts on no day of this season.",)
    for name in shipped_policies():
        origin, rows = policy_rows(name)
        found = read_policy(rows, origin)
        assert idle_changes(found, found.start + 86400.0 * np.arange(found.days)) == ()


def test_two_policies_of_one_name_are_refused():
    """A result could not say which it is of."""
    with pytest.raises(BadPolicy, match="Two policies are called 'mine'"):
        levels_of([policy(), policy()], day_starts=DAYS, draws=2, seed=1, option_names=OPTIONS)


def test_the_options_asked_for_are_named_once():
    """The table of options can be laid out from what the policies ask for."""
    asked = policy({"intercept": INTERCEPT})
    assert options_intercepting([asked, policy(), asked]) == ("jam",)
