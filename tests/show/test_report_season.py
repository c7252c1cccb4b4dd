"""The page of a season."""

import re
from dataclasses import replace

import pytest
from tests.season.made import made

from varne.encounter.outcome import Interval
from varne.facts.policies import shipped_policies
from varne.facts.tables import shipped_facts
from varne.show.language import language
from varne.show.report_picture import Picture
from varne.show.report_season import season_page, season_sentence
from varne.simulation import simulate

ENGLISH = language("en")
PICTURES = dict.fromkeys(("policies", "one_event", "arrivals"), Picture("<svg></svg>", "A picture", "What it shows."))


@pytest.fixture(scope="module", name="answer")
def _answer():
    return simulate(list(shipped_policies()), dates=("2026-05-01", "2026-08-31"), members="6x2", spread=made).answer


def _told(answer, p_fewer, deaths, follows_from=()):
    """The sentence of one policy beside the reference."""
    base, other = (next(one for one in answer.policies if one.name == name) for name in ("as-it-was", "more-rescue"))
    contrast = replace(other.contrast, counts={**other.contrast.counts, "deaths": deaths}, p_fewer_deaths=p_fewer)
    changed = replace(other, contrast=contrast, follows_from=follows_from)
    return season_sentence(replace(answer, policies=(base, changed), draws=400), ENGLISH)


@pytest.mark.parametrize(
    ("p_fewer", "words"),
    [
        (1.0, "more-rescue leads to fewer deaths, -2.0 (-3.0 to -1.0) beside it, in >99\xa0% of the draws"),
        (0.9, "more-rescue probably leads to fewer deaths"),
        (0.6, "Whether more-rescue leads to fewer or more deaths cannot be told"),
        (0.1, "more-rescue probably leads to more deaths"),
        (0.0, "more-rescue leads to more deaths"),
    ],
)
def test_the_sentence_is_as_sure_as_the_draws(answer, p_fewer, words):
    """It says fewer or more only as the draws do."""
    assert words in _told(answer, p_fewer, Interval(-2.0, -3.0, -1.0))


def test_what_follows_from_assumption_has_no_chance(answer):
    """The sentence names the assumption instead."""
    said = _told(answer, 0.9, Interval(-2.0, -3.0, -1.0), ("deterrence",))
    assert "follows from assumption (deterrence)" in said and "of the draws" not in said


def test_no_difference_is_said_to_be_none(answer):
    """Policies that do the same differ by nothing."""
    assert "more-rescue makes no difference to deaths" in _told(answer, 0.5, Interval(0.0, 0.0, 0.0))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_page_has_every_policy_and_what_it_rests_on(answer, code):
    """Policies, fingerprint, texts to compute it again; nothing from anywhere else."""
    page = season_page(
        answer, shipped_facts(), (), PICTURES,
        language=language(code), scored=("How well it forecast.",), again=("varne", {"policy-1.toml": "a = 1 < 2"}),
    )  # fmt: skip
    for name in (*shipped_policies(), *map(str, answer.fingerprint.values()), "How well it forecast.", "a = 1 &lt; 2"):
        assert name in page
    assert re.findall(r'<li><a href="#(\w+)">', page) == re.findall(r'<h2 id="(\w+)">', page)
    assert not re.search(r"<(script|img|link|iframe)\b|src=", page)


def test_few_draws_say_nothing_of_what_drives_it(answer):
    """The page says how many would be needed."""
    page = season_page(answer, shipped_facts(), (), PICTURES, language=ENGLISH, scored=(), again=("", {}))
    assert "With 6 draws nothing can be said of what drives it; 100 are needed." in page


def test_a_sentence_never_tells_what_its_interval_does_not(answer):
    """Where the interval holds zero it cannot be told, however many draws agree."""
    said = _told(answer, 1.0, Interval(-0.1, -0.2, 0.05))
    assert "cannot be told" in said and "of the draws" not in said
