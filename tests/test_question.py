"""A question, read and checked."""

import pytest

from varne.encounter.scenario import Scenario
from varne.errors import BadMembers, BadScenario
from varne.question import open_question, read_members


@pytest.mark.parametrize("members", ["", "0", "1", "400x0", "x", "-5", "1e9", (1, 1), "99999x99999", 2.5])
def test_a_number_of_members_that_cannot_be_is_refused(members):
    """A wrong number is quoted and the remedy said."""
    with pytest.raises(BadMembers, match="write"):
        read_members(members)


def test_a_question_is_opened_without_computing_anything(question):
    """It knows which options apply, and why the others do not."""
    opened = open_question(question, members="4x2", seed=9)
    assert opened.members == (4, 2)
    assert {one.name for one in opened.wanted} == set(opened.why_not)
    assert {one.name for one in opened.encounter.options} == {name for name, why in opened.why_not.items() if not why}


def test_the_fingerprint_is_that_of_the_answer(question, small):
    """What is computed from an opened question has its name."""
    assert open_question(question, members=(20, 5), seed=3).fingerprint() == small.answer.fingerprint


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reference": "escort", "options": ["leave"]}, "not among the options"),
        ({"reference": "shallow"}, "does not apply here"),
    ],
)
def test_a_reference_that_cannot_be_is_refused(question, fields, said):
    """One sentence says why, and what to do."""
    with pytest.raises(BadScenario, match=said):
        open_question(Scenario.of({**question.as_written(), **fields}))


@pytest.mark.parametrize("seed", [-1, 2**63, True])
def test_a_seed_that_cannot_be_is_refused(question, seed):
    """It is quoted, with the range."""
    with pytest.raises(BadMembers, match="seed is"):
        open_question(question, seed=seed)
