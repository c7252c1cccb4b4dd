"""The limits of what a scenario may say."""

import math

import pytest

from varne.facts.limits import limits
from varne.units import in_si


@pytest.mark.parametrize("limit", limits().values(), ids=lambda limit: limit.name)
def test_a_limit_holds_its_ends_and_nothing_beyond(limit):
    """Closed at both ends, in SI; what is not a number lies outside."""
    low, high = in_si(limit.low, limit.unit), in_si(limit.high, limit.unit)
    beyond = 0.001 * (high - low)
    assert limit.holds(low)
    assert limit.holds(high)
    assert not limit.holds(low - beyond)
    assert not limit.holds(high + beyond)
    assert not limit.holds(math.nan)
    assert not limit.holds(math.inf)
    assert limit.says


def test_every_number_of_a_scenario_has_limits():
    """Each quantity that a scenario may hold can be refused."""
    assert set(limits()) == {"people", "length", "wind", "waves", "period", "water", "air", "horizon"}
