"""Promises about the answer of a season on a terminal."""

import io

import pytest
from rich.console import Console
from tests.season.made import made

from varne.facts.policies import shipped_policies
from varne.show.season_screen import season_screen
from varne.simulation import simulate


def _text(answer, width):
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(season_screen(answer), highlight=False)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def answer():
    return simulate(list(shipped_policies()), dates=("2026-01-01", "2027-12-31"), members="6x2", spread=made).answer


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_is_cut_off(answer, width):
    """Every number of every shipped policy stands whole in 80 columns."""
    text = _text(answer, width)
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width


def test_every_policy_and_what_it_rests_on_is_there(answer):
    """Assumption, doubt, score and fingerprint are on the screen."""
    text = " ".join(_text(answer, 120).split())
    for words in (
        "follows from assumption: deterrence",
        "not told apart",
        "Backtest:",
        "Estimates of a model",
        "seed 1",
    ):
        assert words in text


def test_one_policy_has_no_differences():
    """Alone it is compared with nothing."""
    alone = simulate(["as-it-was"], dates=("2026-01-01", "2026-12-31"), members="4x2", spread=made).answer
    text = _text(alone, 80)
    assert "the same members" not in text and "by year" not in text


def _short(**given):
    names, days = ["as-it-was", "interceptions-at-sea"], ("2024-06-01", "2024-07-31")
    return simulate(names, dates=days, spread=made, **given).answer


def test_a_change_that_never_acts_is_noted_where_it_is_compared():
    """Who reads the difference finds the number of the note beside it, without the name of a file."""
    text = _text(_short(members="6x2"), 80)
    assert "[1] interceptions-at-sea: change 1 acts on no day of this season." in text
    assert text.index("less as-it-was") < text.index("[1]") < text.index("cost [2]")


def test_few_draws_are_told():
    """With few of them nobody takes the ends of an interval for sharp; with the usual number there is no such line."""
    few, usual = (" ".join(_text(_short(members=members), 100).split()) for members in ("6x2", "200x1"))
    assert "With 6 draws the ends of intervals are rough" in few
    assert "are rough, and widened" not in usual


def test_the_grade_and_the_chances_are_explained(answer):
    """Words of the headings have their sentence below."""
    text = " ".join(_text(answer, 80).split())
    for words in ("Grade: the weakest", "P: probability", "share of draws in which fewer are expected to die"):
        assert words in text


def test_no_table_is_without_a_title(answer):
    """Officers and crews stand in tables of their own, each number with its interval."""
    text = _text(answer, 80)
    for title in ("people", "deaths of people aboard", "officers who intervene", "crews of responders"):
        assert f"\n{title}" in text


def test_no_line_begins_with_a_percent_sign(answer):
    """A number keeps its sign, at every width."""
    assert not [line for width in range(80, 130) for line in _text(answer, width).splitlines() if line.startswith("%")]
