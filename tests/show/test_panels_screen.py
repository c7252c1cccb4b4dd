"""Promises about panels on a terminal."""

import io

import numpy as np
from rich.console import Console

from varne.compare.panels import Disagreement, panel_ranking
from varne.facts.answers import Answer, Answers
from varne.facts.panels import panels_of, pooled
from varne.facts.tables import shipped_facts
from varne.show.panels_screen import answers_screen, disagreement_words, ranking_screen

DRAWS = np.linspace(0.5, 1.5, 40).reshape(40, 1, 1)


def seen(renderable, width=160):
    console = Console(width=width, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue()


def answer(fact, low, middle, high, unit):
    return Answer(fact, low, middle, high, unit, "Seen", "2026-11-20", "watch officer")


def test_answers_stand_side_by_side():
    """Shipped first, then each panel, the pool last; who did not answer is said."""
    files = [
        Answers("police union", (answer("boat.speed", 4.0, 6.0, 9.0, "kn"),), ("crush.rate",), ()),
        Answers("charity", (answer("effect.crowd_escort", 1.0, 1.5, 2.5, "1"),), (), ()),
    ]
    panels = panels_of(files, shipped_facts())
    text = seen(answers_screen(panels, pooled(panels), shipped_facts()))
    heading = next(line for line in text.splitlines() if "police union" in line)
    assert heading.split() == ["fact", "as", "shipped", "police", "union", "charity", "pool"]
    row = next(line for line in text.splitlines() if "boat.speed" in line)
    assert row.split()[1:] == ["5.0", "6.0", "–", "6.0"]
    assert "4.0 to 9.0" in text
    assert "police union left blank: crush.rate." in text
    assert "effect.crowd_escort was not answered by police union." in text


def test_options_stand_side_by_side():
    """Deaths in 100 boats with interval and place under every panel, and what they disagree about underneath."""
    sides = {"as shipped": np.array([0.01, 0.02]) * DRAWS, "union": np.array([0.03, 0.01]) * DRAWS}
    text = seen(ranking_screen(panel_ranking(sides, ["escort", "board"], "escort"), "40 draws of 1 members, seed 1"))
    row = next(line for line in text.splitlines() if "escort " in line)
    assert row.split() == ["escort", "1.0", "3.0"]
    assert "0.55 to 1.4" in text
    assert "place 2" in text
    assert "In most draws escort is the safer with the shipped numbers, board as union sees it." in text
    assert "asked, not measured" in text
    assert "40 draws" in text


def test_no_disagreement_is_said():
    """Silence is not left to be guessed at."""
    sides = {name: np.array([0.01, 0.02]) * DRAWS for name in ("as shipped", "union")}
    assert "No two of these columns" in seen(ranking_screen(panel_ranking(sides, ["a", "b"], "a"), "40"))


def test_a_disagreement_is_a_sentence():
    """Shipped numbers and the pool are no bodies that see."""
    one = Disagreement("a", "b", ("as shipped", "union", "charity", "court", "pool"), ("ministry", "pool"))
    assert disagreement_words(one) == (
        "a or b? In most draws a is the safer with the shipped numbers and as union, charity and court see it and in "
        "the pool, b as ministry sees it and in the pool."
    )


def test_names_of_options_and_facts_are_never_cut():
    """Also on a narrow terminal."""
    sides = {f"union {number}": np.array([0.01, 0.02]) * DRAWS for number in range(4)}
    assert "flotation" in seen(ranking_screen(panel_ranking(sides, ["flotation", "b"], "b"), "40"), width=60)
