"""How fast a body cools for its size."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.afloat.people import body_surface, cooling_factor
from varne.facts.tables import shipped_facts

TEXT = (Path(__file__).parents[1] / "known_answers" / "survival.csv").read_text(encoding="utf-8")
BODIES = [row for row in csv.DictReader(TEXT.splitlines()) if row["model"] == "body_factor_dubois"]
SURFACES = {(175, 75): 1.903, (163, 62): 1.667, (128, 26): 0.967, (95, 14): 0.599}


@pytest.mark.parametrize("row", BODIES)
def test_cooling_factor_is_the_known_one(row) -> None:
    """Man, woman and children of 8 and 3 cool as in every row of the project's table."""
    centimetres, mass = (int(number) for number in re.findall(r"(\d+) (?:cm|kg)", row["note"]))
    assert body_surface(centimetres / 100.0, float(mass)) == pytest.approx(SURFACES[centimetres, mass], abs=6e-4)
    factor = cooling_factor(centimetres / 100.0, float(mass), 1.75, 75.0)
    assert factor == pytest.approx(float(row["body_factor_1"]), abs=6e-3)


def test_the_shipped_factors_are_those_of_the_shipped_bodies() -> None:
    """The factors of women and children in the facts follow from the heights and masses in the facts, within 3 %."""
    facts = {fact.name: fact.value for fact in shipped_facts() if fact.name.startswith("people.")}
    for who in ("woman", "child"):
        factor = cooling_factor(
            facts[f"people.{who}_height"],
            facts[f"people.{who}_mass"],
            facts["people.man_height"],
            facts["people.man_mass"],
        )
        assert factor == pytest.approx(facts[f"people.{who}_factor"], rel=0.03)


@given(height=st.floats(0.6, 2.1), mass=st.floats(5.0, 150.0), more=st.floats(1.0, 1.5))
def test_a_heavier_body_of_the_same_height_cools_more_slowly(height, mass, more) -> None:
    """More mass lasts longer, more height less long, and a body beside itself exactly as long."""
    assert cooling_factor(height, mass, height, mass) == pytest.approx(1.0)
    assert cooling_factor(height, mass * more, height, mass) >= 1.0 - 1e-12
    assert cooling_factor(height * more, mass, height, mass) <= 1.0 + 1e-12
