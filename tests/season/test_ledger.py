"""The ledger of a season."""

import numpy as np
import pytest

from varne.encounter.records import CAUSES
from varne.season.ledger import MOST_DEATHS, WEEK, empty_ledger


def test_members_know_their_draw():
    """A block of members in the middle of a season belongs to the draws it would belong to in the whole."""
    ledger = empty_ledger(("a",), np.arange(5, 9), 3, np.zeros(2), np.array([2023, 2024]))
    assert ledger.draw_of_member.tolist() == [1, 2, 2, 2]


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_has_its_deaths_and_events(cause):
    """No cause is kept without its column."""
    assert f"deaths_{cause}" in (WEEK.names or ())
    assert f"events_{cause}" in (WEEK.names or ())


def test_an_empty_ledger_holds_every_policy_member_week_and_year():
    """The shapes are those that the docstring says."""
    ledger = empty_ledger(("a", "b"), np.arange(4), 2, np.zeros(53), np.array([2024]))
    assert ledger.weeks.shape == (2, 4, 53)
    assert ledger.severity.shape == (2, 4, 1, MOST_DEATHS + 1)
    assert not ledger.weeks["deaths"].any()
