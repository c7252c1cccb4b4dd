"""Facts on a terminal."""

from io import StringIO

import pytest
from rich.console import Console

from varne.facts.checked import Checked
from varne.facts.difference import Differences
from varne.facts.tables import shipped_facts
from varne.facts.uses import readers
from varne.show.facts_page import amount, check_page, difference_page, fact_json, fact_page, facts_list

FACTS = shipped_facts()


def shown(renderable, width=80):
    console = Console(width=width, record=True, file=StringIO())
    console.print(renderable, highlight=False)
    return console.export_text()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    """A list of all facts fits, and so does each of them."""
    text = shown(facts_list(list(FACTS)), width)
    text += "".join(shown(fact_page(fact, FACTS, ((), readers(fact.name))), width) for fact in list(FACTS)[:20])
    assert max(map(len, text.splitlines())) <= width


def test_the_list_counts_the_grades():
    """Under the table, from the strongest to the weakest."""
    assert shown(facts_list([FACTS["sea.water_density"], FACTS["boat.speed"]])).rstrip().endswith("1 assumed.")


def test_a_calibrated_number_names_what_it_is_drawn_with():
    """With the correlation of each, as the table has it."""
    fact = FACTS["structure.base_rate"]
    text = " ".join(shown(fact_page(fact, FACTS, ((), ()))).split())
    assert "Drawn together with:" in text
    assert "structure.exponent -0.33" in text
    assert "Used by nothing yet" in text


def test_a_number_says_who_uses_it():
    """Options by phase, files by what they are about."""
    text = " ".join(
        shown(fact_page(FACTS["boat.speed"], FACTS, ((("jam", ("escort",)),), readers("boat.speed")))).split()
    )
    assert "Used by the option jam, phase escort." in text
    assert "Used by the model (encounter/movement.py)" in text


def test_an_exact_number_has_no_range():
    """And no shape through quantiles."""
    assert amount(FACTS["sea.water_density"]) == "1025 kg/m3"


def test_problems_are_all_shown():
    """Each on its line."""
    text = shown(check_page("mine.toml", Checked({}, {}, ("One.", "Two."), ()), FACTS))
    assert "mine.toml is refused: 2 problems." in text
    assert "  One.\n  Two.\n" in text


def test_no_difference_is_said():
    """A sentence rather than an empty table."""
    assert shown(difference_page(Differences((), (), (), ()), ("a", "b"))).strip() == "No fact and no option differs."


def test_json_has_every_field():
    """What the file has, with the subject."""
    assert set(fact_json(FACTS["boat.speed"])) == {
        "name", "says", "value", "low", "high", "shape", "unit", "source", "grade", "date", "neutral", "subject",
    }  # fmt: skip
