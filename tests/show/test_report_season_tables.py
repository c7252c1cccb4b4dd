"""Tables of the report of a season."""

import pytest
from tests.season.made import made

from varne.facts.policies import shipped_policies
from varne.season.summary import in_words
from varne.show.language import language
from varne.show.report_season_tables import (
    causes_table,
    change_table,
    many_in_one,
    money_table,
    officers_table,
    people_table,
    season_deaths_table,
)
from varne.simulation import simulate

ENGLISH = language("en")


@pytest.fixture(scope="module", name="answer")
def _answer():
    return simulate(list(shipped_policies()), dates=("2026-05-01", "2026-08-31"), members="6x2", spread=made).answer


@pytest.mark.parametrize("table", [people_table, season_deaths_table, money_table, officers_table])
def test_every_policy_has_its_row(answer, table):
    """In the order of the answer, as many cells as headings; the reference is named."""
    rows = table(answer, ENGLISH).rows
    assert [row[0].words for row in rows] == [one.name for one in answer.policies]
    assert [row[0].words for row in rows if row[0].under] == [answer.reference]
    assert {len(row) for row in rows} == {len(table(answer, ENGLISH).headings)}


def test_numbers_are_those_of_the_answer(answer):
    """The same mean and interval as on the screen."""
    for row, one in zip(season_deaths_table(answer, ENGLISH).rows, answer.policies, strict=True):
        deaths = one.summary.whole.counts["deaths"]
        assert row[1].words == ENGLISH.number(deaths.known.mean)
        assert f"{ENGLISH.number(deaths.known.low)} to {ENGLISH.number(deaths.known.high)}" in row[1].under
        assert row[4].words == ENGLISH.number(many_in_one(one.summary.whole).mean)


def test_the_chance_of_fewer_deaths_stands_only_where_it_was_computed(answer):
    """What follows from assumption names it; what makes no difference has a dash."""
    by_name = {one.name: one for one in answer.policies}
    rows = change_table(answer, ENGLISH).rows
    assert answer.reference not in [row[0].words for row in rows]
    for row in rows:
        one = by_name[row[0].words]
        if one.follows_from:
            assert row[2].words == "follows from assumption" and row[2].under
        elif in_words(one.contrast.counts["deaths"]) == "no difference":
            assert row[2].words == "–"
        else:
            assert row[2].words == ENGLISH.share(one.contrast.p_fewer_deaths, answer.draws)


def test_what_cannot_be_told_from_zero_is_said_to(answer):
    """No difference is read from a mean whose interval holds zero."""
    for row in change_table(answer, ENGLISH).rows:
        one = next(one for one in answer.policies if one.name == row[0].words)
        untold = in_words(one.contrast.counts["arrivals"]) == "cannot be told apart from zero"
        assert ("cannot be told apart" in row[3].under) == untold


def test_causes_add_up_to_the_deaths(answer):
    """The first policy's causes, the most frequent first; those that kill nobody anywhere are left out."""
    first = answer.policies[0].summary.whole
    table = causes_table(answer, ENGLISH)
    assert table.headings[1:] == tuple(one.name for one in answer.policies)
    killing = [cause for cause, deaths in first.by_cause.items() if deaths.high > 0.0]
    assert len(table.rows) == len(killing)
    means = sorted((first.by_cause[cause].mean for cause in killing), reverse=True)
    assert [row[1].words for row in table.rows] == [ENGLISH.number(mean) for mean in means]


def test_french_money_is_written_as_in_france(answer):
    """The sign stands behind the amount."""
    words = [row[1].words for row in money_table(answer, language("fr")).rows]
    assert all(word.endswith("£") for word in words)
