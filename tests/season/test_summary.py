"""Promises about what a season comes to."""

from dataclasses import replace

import numpy as np
import pytest
from tests.season.made import made
from tests.season.test_economics import plan_of
from tests.season.test_policy import policy

from varne.encounter.outcome import Interval
from varne.encounter.records import CAUSES
from varne.season.summary import COUNTS, WHOLE, contrast_of, in_words, summary_of


@pytest.fixture(scope="module")
def ledger():
    return made(plan_of(policy(), policy(), policy()))


def test_deaths_by_cause_add_up(ledger):
    """In every stretch the causes' means add up to the deaths."""
    for stretch in summary_of(ledger, ledger.policies[1]).stretches:
        total = sum(stretch.by_cause[cause].mean for cause in CAUSES)
        assert total == pytest.approx(stretch.counts["deaths"].known.mean)


def test_years_add_up_to_the_season(ledger):
    """Each week counts to one year."""
    whole, *years = summary_of(ledger, ledger.policies[0]).stretches
    assert whole.name == WHOLE
    for count in COUNTS:
        assert sum(year.counts[count].known.mean for year in years) == pytest.approx(whole.counts[count].known.mean)


def test_an_interval_holds_its_mean(ledger):
    """Of what is not known, and of one future, which is never the narrower."""
    for name in ledger.policies:
        for stretch in summary_of(ledger, name).stretches:
            for one in stretch.counts.values():
                assert one.known.low <= one.known.mean <= one.known.high
                assert one.future is None or (one.future[0] <= one.known.low and one.known.high <= one.future[1])
            assert np.all(stretch.in_one_event_low <= stretch.in_one_event)
            assert np.all(stretch.in_one_event <= stretch.in_one_event_high)


def test_the_toll_is_the_books(ledger):
    """Mean deaths, and the chance of none within its bound, are those of the ledger."""
    name = ledger.policies[2]
    whole = summary_of(ledger, name).whole
    assert np.arange(len(whole.deaths)) @ whole.deaths == pytest.approx(whole.counts["deaths"].known.mean, rel=1e-3)
    assert abs(1.0 - whole.deaths[0] - whole.p_any_death.mean) <= whole.deaths_bound + 1e-9


def test_more_deaths_in_one_event_are_rarer(ledger):
    """The chance of an event with so many deaths or more falls with the number, from that of any fatal event."""
    curve = summary_of(ledger, ledger.policies[0]).whole.in_one_event
    assert np.all(np.diff(curve) <= 0.0) and 0.0 < curve[0] <= 1.0


def test_a_policy_does_not_differ_from_itself(ledger):
    """Paired with itself every difference is exactly zero, and says so."""
    name = ledger.policies[1]
    same = contrast_of(ledger, name, name)
    assert {*same.counts.values(), *same.by_cause.values()} == {Interval(0.0, 0.0, 0.0)}
    assert same.p_fewer_deaths == 0.5
    assert in_words(same.counts["deaths"]) == "no difference"


def test_differences_turn_with_their_direction(ledger):
    """A less B is B less A with the other sign."""
    one, other, _ = ledger.policies
    there, back = contrast_of(ledger, one, other), contrast_of(ledger, other, one)
    assert there.counts["deaths"].mean == -back.counts["deaths"].mean
    assert there.p_fewer_deaths == pytest.approx(1.0 - back.p_fewer_deaths, abs=1e-12)


def test_the_order_of_members_does_not_matter(ledger):
    """Draws in another order give the same summary."""
    turned = replace(ledger, weeks=ledger.weeks[:, ::-1], severity=ledger.severity[:, ::-1])
    one, other = (summary_of(books, ledger.policies[0]).whole for books in (ledger, turned))
    assert one.counts["deaths"].known.high == pytest.approx(other.counts["deaths"].known.high)
    assert one.deaths == pytest.approx(other.deaths)
