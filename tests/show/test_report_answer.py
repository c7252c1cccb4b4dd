"""The answer in a report: one sentence, and the responses side by side."""

from dataclasses import replace

import pytest

from varne.encounter.outcome import Interval
from varne.show.language import language
from varne.show.report_answer import answer_sentence, deaths_table, harm_table

ENGLISH = language("en")


def _with_best(answer, **changes):
    """The answer of two options, of which the second has fewer deaths."""
    base, best = (next(one for one in answer.options if one.name == name) for name in ("leave", "rescue"))
    best = replace(best, expected_deaths=Interval(0.0, 0.0, 0.0), follows_from=(), **changes)
    return replace(answer, options=(base, best))


@pytest.mark.parametrize(
    ("p_safer", "words"),
    [
        (1.0, "rescue is the safer in >99\xa0% of the draws"),
        (0.96, "rescue is the safer in 96\xa0% of the draws"),
        (0.85, "rescue is probably the safer, in 85\xa0% of the draws"),
        (0.55, "cannot be told: rescue is in 55\xa0% of the draws, leave in the rest"),
        (0.3, "cannot be told: leave is in 70\xa0% of the draws, rescue in the rest"),
        (0.02, "leave is the safer in 98\xa0% of the draws"),
    ],
)
def test_the_sentence_is_as_sure_as_the_draws(small, p_safer, words):
    """Never certain, whatever the draws agree on; it names the safer of the two by the draws."""
    best = next(one for one in small.answer.options if one.name == "rescue")
    many = replace(small.answer, draws=400)
    answer = _with_best(many, difference=replace(best.difference, p_safer=p_safer))
    assert words in answer_sentence(answer, ENGLISH)


def test_a_difference_from_assumption_has_no_chance_in_the_sentence(small):
    """It names the assumption instead."""
    answer = _with_best(small.answer)
    assumed = replace(answer.options[1], follows_from=("effect.crowd_rescue",))
    said = answer_sentence(replace(answer, options=(answer.options[0], assumed)), ENGLISH)
    assert "follows from assumption alone (effect.crowd_rescue)" in said and "of the draws" not in said


def test_the_sentence_has_the_interval_of_both(small):
    """No mean without its interval."""
    shown = [one for one in small.answer.options if one.expected_deaths is not None]
    best = min((one for one in shown if one.name != "leave"), key=lambda one: one.expected_deaths.mean)
    said = answer_sentence(small.answer, ENGLISH)
    for name in ("leave", best.name):
        deaths = next(one.expected_deaths for one in shown if one.name == name)
        assert ENGLISH.interval(deaths, 100.0) in said


def test_one_option_alone_is_told_without_a_comparison(small):
    """There is nothing to be safer than."""
    alone = replace(small.answer, options=small.answer.options[:1])
    assert "safer" not in answer_sentence(alone, ENGLISH)


def test_the_tables_have_every_option_that_applies(small):
    """The same options in the same order, with as many cells as headings."""
    there = [one.name for one in small.answer.options if not one.why_not]
    for table in (deaths_table(small.answer, ENGLISH), harm_table(small.answer, ENGLISH)):
        assert [row[0].words for row in table.rows] == there
        assert {len(row) for row in table.rows} == {len(table.headings)}


def test_numbers_of_the_table_are_those_of_the_answer(small):
    """One computation: the same numbers as everywhere, a hundredfold."""
    table = deaths_table(small.answer, ENGLISH)
    for row in table.rows:
        one = next(one for one in small.answer.options if one.name == row[0].words)
        assert row[1].words == ENGLISH.number(one.expected_deaths.mean, 100.0)
        assert row[4].words == ENGLISH.number(one.p_any_death.mean)


def test_a_chance_stands_only_where_it_was_computed(small):
    """The reference has none, and neither has what follows from assumption."""
    for row in deaths_table(small.answer, ENGLISH).rows:
        one = next(one for one in small.answer.options if one.name == row[0].words)
        if one.name == "leave":
            assert row[3].words == "–"
        elif one.follows_from:
            assert (row[3].words, row[3].under) == ("follows from assumption", ", ".join(one.follows_from))
        else:
            assert row[3].words == ENGLISH.share(one.difference.p_safer, small.answer.draws)


def test_few_draws_that_agree_are_less_sure_than_many(small):
    """Twenty of twenty is more than 95 %, not more than 99."""
    best = next(one for one in small.answer.options if one.name == "rescue")
    said = answer_sentence(_with_best(small.answer, difference=replace(best.difference, p_safer=1.0)), ENGLISH)
    assert small.answer.draws == 20 and ">95\xa0% of the draws" in said
