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
