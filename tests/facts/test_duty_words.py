"""Promises about the words of the record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadEntry, BadFact
from varne.facts.duty_words import (
    LASTS,
    VALUES,
    Word,
    check_known,
    read_value,
    read_words,
    understood,
    words_of_the_record,
)

# (kind of value, value): given, yes. None of these is read anywhere else.
READINGS = [
    ("yes or no", True, (True, True)),
    ("yes or no", False, (True, False)),
    ("yes or no", " Yes ", (True, True)),
    ("yes or no", "no", (True, False)),
    ("yes or no", "by radio", (False, None)),
    ("yes or no", 1, (False, None)),
    ("yes, no or words", "by radio", (True, True)),
    ("yes, no or words", "NO", (True, False)),
    ("yes, no or words", 3, (False, None)),
    ("words", "engine failure", (True, True)),
    ("words", "  ", (False, None)),
    ("words", False, (False, False)),
    ("words", True, (False, None)),
    ("words", "none", (False, False)),
    ("words", "not obtained", (False, None)),
    ("free words", "no lights in a lane", (True, True)),
    ("free words", "aucun motif", (False, False)),
    ("yes, no or words", "Non.", (True, False)),
    ("yes, no or words", "not yet", (False, None)),
    ("yes, no or words", "pas encore", (False, None)),
    ("yes, no or words", "?", (False, None)),
    ("yes or no", "oui", (True, True)),
    ("share", 0.4, (True, True)),
    ("share", [0, 1], (True, None)),
    ("share", 40, (False, None)),
    ("count", 0, (True, False)),
    ("count", 3, (True, True)),
    ("count", [0, 3], (True, None)),
    ("count", [2, 3], (True, True)),
    ("count", [3, 2], (False, None)),
    ("count", 1.5, (False, None)),
    ("count", -1, (False, None)),
    ("count", False, (True, False)),
    ("count", "many", (False, None)),
    ("number", 0.4, (True, True)),
    ("number", [0.2, 0.4], (True, True)),
    ("number", -1.0, (False, None)),
    ("number", True, (False, None)),
    ("number", float("nan"), (False, None)),
    ("words or number", -1.5, (True, None)),
    ("words or number", "W 5", (True, True)),
    ("words or number", True, (False, None)),
    ("phase", "distress", (True, True)),
    ("phase", "Alert", (True, True)),
    ("phase", "none", (True, False)),
    ("phase", "mayday", (False, None)),
    ("phase", False, (False, None)),
]
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.floats(), max_size=3)


@pytest.mark.parametrize(("kind", "value", "expected"), READINGS, ids=str)
def test_a_value_is_read_as_its_kind_says(kind, value, expected):
    """Yes, no, something given, or nothing that can be told."""
    found = read_value(Word("x", "x", kind, "once", ""), value)
    assert (found.given, found.yes) == expected


@given(st.sampled_from(sorted(words_of_the_record())), st.sampled_from(["unknown", " UNKNOWN ", "Unknown"]))
def test_unknown_never_becomes_no(name, value):
    """Whatever the word, and however it is written; and it is understood."""
    word = words_of_the_record()[name]
    found = read_value(word, value)
    assert (found.given, found.yes) == (False, None)
    assert understood(word, value)


@given(st.sampled_from(list(VALUES)), ANYTHING)
def test_any_value_is_read_without_an_error(kind, value):
    """A log cannot be changed, so what it holds is read; and a word that is no is never taken from text but no."""
    found = read_value(Word("x", "x", kind, "once", ""), value)
    if isinstance(value, str) and value.strip().lower() not in ("no", "none"):
        assert found.yes is not False


def test_the_kinds_of_the_table_are_those_that_are_read():
    """Every kind of value and both lastings occur, and each has its readings above."""
    words = words_of_the_record().values()
    assert {one.value for one in words} == set(VALUES) == {kind for kind, _, _ in READINGS}
    assert {one.lasts for one in words} == set(LASTS)


def test_a_slip_of_the_pen_is_refused_before_it_is_entered():
    """A name close to a word, and a value of another kind; a name of one's own is taken."""
    for what, value, says in (
        ("people_on_bord", 5, "did you mean 'people_on_board'"),
        ("people_on_board", "many", "people_on_board is 'many'; write a whole number"),
        ("phase_declared", "grave", "none, uncertainty, alert or distress"),
    ):
        with pytest.raises(BadEntry, match=says):
            check_known(what, value)
    for what, value in (("people_on_board", "unknown"), ("grounds", False), ("colour", 5)):
        check_known(what, value)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"value": "words", "lasts": "once"}, "no means"),
        ({"means": "x", "value": "words", "lasts": "for ever"}, "lasts 'for ever'"),
        ({"means": "x", "value": "words", "lasts": "once", "weight": 3}, "a field 'weight'"),
    ],
)
def test_a_row_that_is_not_understood_is_refused(row, says):
    """Named with its field; there is no place for a weight."""
    with pytest.raises(BadFact, match=says):
        read_words({"x": row})
