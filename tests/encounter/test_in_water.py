"""People who are in the water already."""

import numpy as np
import pytest

from varne.encounter.in_water import Recovery, number_distribution, number_interval, what_if_in_water
from varne.encounter.scenario import Scenario
from varne.errors import BadMembers, UnknownName
from varne.facts.tables import shipped_facts
from varne.units import HOUR, MINUTE

DRAWS = 40
CROWD = Scenario.of(
    {"position": "51 03N 1 38E", "time": "2026-03-14T02:30Z", "people": 30, "length": 9, "water": 9, "horizon": 8}
)


def fate(*recoveries):
    return what_if_in_water(CROWD, recoveries, facts=shipped_facts(), draws=DRAWS, seed=2)


def test_everyone_is_out_dead_or_still_there():
    """Rescued, dead and left add up to those who fell in, in every draw."""
    found = fate(Recovery("severn", 30 * MINUTE), Recovery("sar_helicopter", 50 * MINUTE))
    np.testing.assert_allclose(found.rescued + found.dead + found.left, CROWD.people)


def test_unaided_is_the_curve_of_survival():
    """Where nobody comes, those left at the horizon are those alive by the curve; they never become more."""
    nobody = fate()
    assert np.all(nobody.rescued == 0.0)
    np.testing.assert_allclose(nobody.left, nobody.alive_at(8 * HOUR), atol=1e-6 * CROWD.people)
    assert np.all(np.diff(nobody.alive, axis=1) <= 0.0)


def test_who_comes_later_saves_no_more():
    """In every draw a later recovery saves no more, and a second responder no fewer."""
    early = fate(Recovery("fishing_vessel", 10 * MINUTE))
    late = fate(Recovery("fishing_vessel", 3 * HOUR))
    two = fate(Recovery("fishing_vessel", 10 * MINUTE), Recovery("shannon", 30 * MINUTE))
    assert np.all(early.rescued >= late.rescued)
    assert np.all(two.rescued >= early.rescued - 1e-9)


def test_times_may_differ_from_draw_to_draw():
    """A time for each draw is used in that draw; a wrong number of times is refused, and so is an unknown class."""
    times = np.where(np.arange(DRAWS) < 1, 10 * MINUTE, np.inf)
    found = fate(Recovery("severn", times))
    assert found.rescued[0] > 0.0
    assert np.all(found.rescued[1:] == 0.0)
    with pytest.raises(BadMembers, match="give one, or 40"):
        fate(Recovery("severn", times[:3]))
    with pytest.raises(UnknownName, match="severn"):
        fate(Recovery("sevren", 60.0))


def test_the_distribution_of_a_number_keeps_its_mean():
    """A mixture of binomials: it adds up to 1, its mean is that of the draws, and its interval holds the middle."""
    expected = np.linspace(2.0, 20.0, DRAWS)
    chances = number_distribution(expected, CROWD.people)
    assert chances.sum() == pytest.approx(1.0)
    assert chances @ np.arange(CROWD.people + 1) == pytest.approx(expected.mean())
    low, high = number_interval(chances)
    assert low <= expected.mean() <= high
    assert chances[low : high + 1].sum() >= 0.9
