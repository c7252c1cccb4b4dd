"""What to ask experts."""

import pytest

from varne.elicitation import most_important
from varne.encounter.scenario import Scenario
from varne.errors import BadFact
from varne.question import open_question


def opened(question, options):
    return open_question(Scenario.of({**question.as_written(), "reference": options[0], "options": options}), seed=2)


def test_only_assumed_numbers_are_asked_the_strongest_first(question):
    """Each with the difference that it drives; no more than wanted."""
    asked = opened(question, ["escort", "jam"])
    found = most_important(asked, 5, rows=16)
    assert 0 < len(found) <= 5
    assert {asked.encounter.facts[one.name].grade for one in found} == {"assumed"}
    shares = [int(one.why.rpartition(": ")[2].split()[0]) for one in found]
    assert shares == sorted(shares, reverse=True)
    assert all(one.why.startswith("drives jam beside escort: ") for one in found)


def test_numbers_of_other_options_are_not_asked(question):
    """What is not compared cannot matter."""
    found = most_important(opened(question, ["escort", "monitor"]), 30, rows=8)
    assert not [one.name for one in found if one.name.startswith(("effect.jam", "effect.board", "effect.divert"))]


def test_one_option_alone_has_no_difference_to_drive(question):
    """It is said so, with the remedy."""
    with pytest.raises(BadFact, match="no difference to ask about; name two"):
        most_important(opened(question, ["escort"]), 5)
