"""What policies rest on, in the report of a season."""

import pytest
from tests.season.made import made

from varne.facts.policies import shipped_policies
from varne.show.language import language
from varne.show.report_season_grounds import grounds_table, levers_in_words
from varne.simulation import simulate


@pytest.fixture(scope="module", name="answer")
def _answer():
    return simulate(list(shipped_policies()), dates=("2026-05-01", "2026-08-31"), members="4x2", spread=made).answer


def test_every_lever_of_every_policy_stands_there_once(answer):
    """With its value, grade and source; levers of one source in one row."""
    rows = grounds_table(answer, language("en")).rows
    for policy in answer.policies:
        told = "; ".join(row[1].under for row in rows if row[0].words == policy.name)
        for one in policy.grounds:
            assert told.count(f"{one.lever} ") == 1
    assert all(row[2].words and row[3].words for row in rows)


def test_assumptions_are_said_in_words_of_the_language():
    """A lever by its words, an option by its name."""
    names = ("deterrence", "what 'jam' does", "what an escort does to a crowd")
    assert levers_in_words(names, language("en")) == "deterrence, what jam does, what an escort does to a crowd"
    french = levers_in_words(names, language("fr"))
    assert french == "dissuasion, ce que fait bloquer, ce qu’une escorte fait à une foule"
