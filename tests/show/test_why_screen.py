"""Why, on a terminal."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from tests.show.whys import why_answer

from varne.compare.breakeven import TIES
from varne.show.why_screen import why_screen


def shown(answer, width=80):
    console = Console(width=width, record=True, file=StringIO())
    console.print(why_screen(answer), highlight=False)
    return console.export_text()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(question, width):
    """Nothing is cut off at eighty columns."""
    assert max(map(len, shown(why_answer(question), width).splitlines())) <= width


def test_a_pair_that_follows_from_assumption_shows_no_share(question):
    """The note names the assumption instead."""
    text = shown(why_answer(question))
    assert "[1] no share: it follows from assumption: effect.crowd_escort" in " ".join(text.split())
    assert "0.64" not in text


def test_ties_stand_with_their_error_and_what_cannot_tie_is_counted(question):
    """An open end is said in words, not as infinity."""
    text = " ".join(shown(why_answer(question)).split())
    assert "1.03 to 1.05" in text
    assert "5 or more" in text
    assert "inf" not in text
    assert "leave and escort: 1 cannot; 1 leave the sign untold with so many draws." in text


def test_the_stored_draws_alone_make_a_page_of_their_own(question):
    """Only what is beyond noise is named."""
    text = shown(why_answer(question, effort=False))
    assert "by the stored draws alone" in text
    assert "boat.condition" in text
    assert "nothing beyond noise" in text
    assert "What would have to be true" not in text


def test_many_ties_are_cut_and_counted(question):
    """Those nearest to what is thought likely come first; how many are left is said."""
    answer = why_answer(question)
    (tie,) = (one for one in answer.break_evens if one.fact == "effect.crowd_escort")
    many = tuple(replace(tie, chance=0.5 + place / 100.0) for place in range(30))
    text = shown(replace(answer, break_evens=many))
    assert "6 more, further from what is thought likely" in text
    assert all(one.status == TIES for one in many)


def test_names_of_numbers_stand_whole_in_eighty_columns(question):
    """They are what is given to --fact: none is broken or cut."""
    console = Console(width=80, file=StringIO(), color_system=None)
    answer = why_answer(question)
    long = "effect.structure_standing"
    drives = tuple(replace(one, facts=(replace(one.facts[0], name=long),)) for one in answer.drives)
    console.print(why_screen(replace(answer, drives=drives)), highlight=False)
    text = console.file.getvalue()
    assert long in text and "effect.crowd_escort" in text
    assert max(map(len, text.splitlines())) <= 80
