"""Pictures of the report of a season."""

from xml.etree import ElementTree

import pytest
from tests.season.made import made

from varne.facts.policies import shipped_policies
from varne.show.language import language
from varne.show.report_season_pictures import arrivals_plot, one_event_plot, policies_plot
from varne.simulation import simulate

PLOTS = (policies_plot, one_event_plot, arrivals_plot)


@pytest.fixture(scope="module", name="answer")
def _answer():
    return simulate(list(shipped_policies()), dates=("2026-05-01", "2026-08-31"), members="6x2", spread=made).answer


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("code", ["en", "fr"])
def test_each_is_drawn_and_told_for_every_policy(answer, plot, code):
    """Words name each policy with its numbers, and the picture is one that a page can hold."""
    picture = plot(answer, language(code))
    ElementTree.fromstring(picture.svg)
    for one in answer.policies:
        assert one.name in picture.says and one.name in picture.svg


@pytest.mark.parametrize("plot", PLOTS)
def test_the_same_answer_gives_the_same_picture(answer, plot):
    """Byte for byte."""
    assert plot(answer, language("en")) == plot(answer, language("en"))


def test_words_have_the_numbers_of_the_answer(answer):
    """Expected deaths and arrivals as they stand in the answer."""
    english = language("en")
    for one in answer.policies:
        counts = one.summary.whole.counts
        assert f"{one.name} {english.interval(counts['deaths'].known)}" in policies_plot(answer, english).says
        assert f"{one.name} {english.interval(counts['arrivals'].known)}" in arrivals_plot(answer, english).says


def test_dates_are_written_in_the_language(answer):
    """Months have French names in French."""
    assert "juil." in arrivals_plot(answer, language("fr")).svg
    assert "Jul" in arrivals_plot(answer, language("en")).svg
