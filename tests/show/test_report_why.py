"""Why, in a report."""

import pytest
from tests.show.whys import NAMES, OPTIONS, why_answer

from varne.show.language import language
from varne.show.report_why import break_even_table, evidence_table, neutral_table, range_cell, ranking_table

ENGLISH = language("en")


@pytest.fixture(name="why")
def _why(question):
    return why_answer(question)


def test_the_matrix_is_that_of_the_answer(why):
    """Row against column, the noise in brackets; no option against itself."""
    table, _ = ranking_table(why, ENGLISH)
    cells = {(row[0].words, name): cell for row in table.rows for name, cell in zip(OPTIONS, row[1:], strict=True)}
    assert cells["monitor", "leave"].words == "0.99"
    assert cells["leave", "monitor"].under == "(0\xa0%)"
    assert all(cells[name, name].words == "–" for name in OPTIONS)


def test_a_pair_that_follows_from_assumption_has_a_note_instead_of_a_share(why):
    """The note names the assumptions, once for both ways round."""
    table, notes = ranking_table(why, ENGLISH)
    cells = [cell.words for row in table.rows for cell in row]
    assert cells.count("[1]") == 2
    assert notes == (f"[1] follows from assumption: {NAMES[0]}, {NAMES[1]}.",)


def test_ties_stand_with_their_error_and_the_nearest_first(why):
    """What is thought likely comes first; an error without an end says so; what cannot tie is counted."""
    table, lines = break_even_table(why, ENGLISH)
    assert [row[0].under.partition(",")[0] for row in table.rows] == ["boat.speed", NAMES[0]]
    assert table.rows[0][2].under.endswith("or more")
    (leave,) = (line for line in lines if line.startswith("leave"))
    assert "leave beside escort: 1 numbers cannot make a tie" in leave and "1 leave its sign untold" in leave


def test_what_vanishes_without_assumptions_is_said_to(why):
    """Each difference stands beside what is left of it."""
    table = neutral_table(why, ENGLISH)
    assert [(row[0].words, row[3].words) for row in table.rows] == [("leave", "stays"), ("monitor", "vanishes")]


def test_every_number_of_the_evidence_has_grade_source_and_date(why):
    """No number without its source."""
    table = evidence_table(why, ENGLISH)
    assert {row[0].under for row in table.rows} >= {"boat.condition", "boat.speed"}
    assert all(row[2].words and row[3].words and row[3].under for row in table.rows)


def test_a_range_is_that_of_its_fact(why):
    """Its median and 90 % range, in its own unit."""
    fact = why.facts["boat.speed"]
    assert range_cell(fact, ENGLISH).words == f"{fact.value:g} {fact.unit}"
