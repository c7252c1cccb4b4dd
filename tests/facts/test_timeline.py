"""Promises about the dated facts."""

import pytest

from varne.errors import BadFact
from varne.facts.timeline import read_timeline, timeline

ROW = {"date": "2024-01", "says": "a", "source": "b", "standing": "press"}


def test_what_is_not_confirmed_is_never_printed_as_a_fact():
    """Every fact known from an aggregator alone says so in its first words."""
    unsure = [one for one in timeline() if one.standing == "check"]
    assert len(unsure) >= 2
    assert all(one.words.startswith("Check before use: ") for one in unsure)


def test_they_stand_in_the_order_of_time():
    """As exact as each date is known."""
    assert [one.date for one in timeline()] == sorted(one.date for one in timeline())


@pytest.mark.parametrize("fields", [{"source": ""}, {"date": "soon"}, {"standing": "sure"}])
def test_a_fact_without_source_date_or_standing_is_refused(fields):
    """One sentence that numbers it."""
    with pytest.raises(BadFact, match=r"^Dated fact 1 has"):
        read_timeline({"dated": [{**ROW, **fields}]})
