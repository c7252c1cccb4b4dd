"""Promises about what a record shows."""

import pytest
from tests.duties.made import decided, known

from varne.duties.evidence import gather
from varne.duties.figures import figures_of
from varne.duties.findings import Walk, holds, in_order, seek
from varne.facts.duty_rules import Condition, read_term, rules_of_duties


def walk(*events):
    evidence = gather(events)
    return Walk(evidence, figures_of(evidence), rules_of_duties())


def is_shown(term, *events):
    return seek(read_term(term), walk(*events)).shown


# What a word was said to be, in order of time; then whether it is yes, no and given.
# "forwarded" is done once; "overdue" holds until changed.
@pytest.mark.parametrize(
    ("word", "said", "expected"),
    [
        ("forwarded", [], "---"),
        ("forwarded", [True], "y-g"),
        ("forwarded", [False], "-ng"),
        ("forwarded", [False, True], "y-g"),
        ("forwarded", [True, False], "y-g"),
        ("forwarded", ["unknown"], "---"),
        ("forwarded", [False, "unknown"], "-ng"),
        ("overdue", [True, False], "-ng"),
        ("overdue", [False, True], "y-g"),
        ("overdue", [True, "unknown"], "---"),
        ("overdue", [False, "unknown"], "---"),
        ("grounds", [False], "-n-"),
        ("grounds", ["no lights"], "y-g"),
        ("people_on_board", [[0, 5]], "--g"),
        ("people_on_board", [0], "-ng"),
    ],
    ids=str,
)
def test_a_word_is_what_was_said_of_it(word, said, expected):
    """What was done once stands; of a state the latest counts, unknown included; none in words is no."""
    events = [known(word, value, at) for at, value in enumerate(said)]
    found = [is_shown(f"{word} is {test}", *events) for test in ("yes", "no", "given")]
    assert "".join(letter if one else "-" for letter, one in zip("yng", found, strict=True)) == expected


@pytest.mark.parametrize(
    ("order", "times", "expected"),
    [
        ("before the first", [3], True),
        ("before the first", [4], True),
        ("before the first", [5], False),
        ("before the first", [3, 9], True),
        ("after the first", [3], False),
        ("after the first", [5], True),
        ("after the last", [5], False),
        ("after the last", [8], True),
        ("after the last", [3, 9], True),
    ],
)
def test_order_is_that_of_time(order, times, expected):
    """Of entries at these minutes and decisions at four and eight; at the same moment is in time."""
    events = [decided("escort", 8), *(known("acknowledged", at=at) for at in times), decided("leave", 4)]
    assert is_shown(f"acknowledged is yes {order} decision", *events) is expected


def test_where_the_other_is_not_there_order_says_nothing():
    """What must come before a decision is there when no decision is; what is not there is not shown either way."""
    assert is_shown("acknowledged is yes before the first decision", known("acknowledged"))
    assert not is_shown("acknowledged is yes before the first decision", decided("escort"))


def test_a_state_begins_when_it_was_first_said_to_be_so():
    """Said again it is no new fact: a phase declared in between is still after it."""
    events = [known("overdue", True, 1), known("phase_declared", "alert", 5), known("overdue", True, 9)]
    assert is_shown("phase_declared is given after the last phase_facts", *events)
    assert not is_shown("phase_declared is given after the last phase_facts", *events, known("missing", True, 9))


def test_a_condition_asks_for_all_for_any_and_for_nothing_of_lacking():
    """Each part by itself, and the entries that it rests on."""
    one, two, three = (read_term(f"{word} is yes") for word in ("forwarded", "acknowledged", "held_back"))
    condition = Condition(all=(one,), any=(two, three), lacking=(read_term("decision"),))
    forwarded, acknowledged = known("forwarded"), known("acknowledged")
    assert not holds(condition, walk(forwarded)).shown
    assert not holds(condition, walk(acknowledged)).shown
    assert not holds(condition, walk(forwarded, acknowledged, decided("escort"))).shown
    found = holds(condition, walk(forwarded, acknowledged))
    assert [entry.id for entry in found.entries] == [forwarded["id"], acknowledged["id"]]


def test_a_master_is_known_by_role():
    """By the word, in whatever case; a headmaster is none."""
    for role, expected in (
        ("master", True),
        ("Master of the ferry", True),
        ("patron du canot SNSM", True),
        ("coxswain of the lifeboat", True),
        ("commandant du patrouilleur", True),
        ("ship's captain", True),
        ("headmaster", False),
        ("commander", False),
        ("harbour master", False),
        ("capitaine de gendarmerie", False),
        ("captain of the port", False),
        ("Capitaine de frégate", False),
        ("capitaine de police", False),
    ):
        assert is_shown("master_decided", decided("escort", role=role)) is expected


def test_entries_stand_once_in_order():
    """Whatever shows them twice."""
    entries = gather([known("forwarded", at=5), known("acknowledged", at=3)]).entries
    assert in_order([*reversed(entries), *entries]) == entries
