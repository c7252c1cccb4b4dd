"""The boat of an encounter in each draw."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.encounter.worlds import QUESTION, fixed
from varne.afloat.hydrostatics import draft
from varne.encounter.hull import draw_boats
from varne.encounter.perils import draft_of
from varne.encounter.scenario import Scenario
from varne.facts.tables import shipped_facts

KNOWN = shipped_facts().drawn(12, 1)


def boats(known=KNOWN, **fields):
    return draw_boats(Scenario.of({**QUESTION, **fields}), known)


@settings(deadline=None, max_examples=40)
@given(length=st.floats(4.0, 15.0), share=st.floats(0.0, 0.95))
def test_the_table_of_drafts_is_the_draft(length, share):
    """Between its places the table agrees with the solved draft within a millimetre."""
    known = KNOWN[:1]
    boat = boats(known, length=length)[0]
    floats = np.count_nonzero(np.isfinite(boat["drafts"])) - 1
    mass = boat["lightest"] + share * floats * boat["mass_step"]
    solved = draft(
        mass, boat["length"], boat["diameter"], boat["inner_width"], known[0]["boat_floor_height"], 2.0,
        known[0]["sea_water_density"],
    )  # fmt: skip
    assert draft_of(boat, mass) == pytest.approx(solved, abs=1e-3)


def test_counts_given_are_kept_and_those_not_given_are_drawn():
    """What is known has no spread; what is not known has one."""
    given_counts = boats(women=10, children=5, jackets=20, people=50)
    assert (given_counts["women"] == 0.2).all()
    assert (given_counts["children"] == 0.1).all()
    drawn = boats(people=50)
    assert np.ptp(drawn["women"]) > 0.0
    assert np.ptp(drawn["working_jackets"]) > 0.0
    assert (drawn["women"] + drawn["children"] <= 1.0 + 1e-12).all()


@settings(deadline=None, max_examples=40)
@given(people=st.integers(1, 200), women=st.none() | st.integers(0, 200), children=st.none() | st.integers(0, 200))
def test_shares_are_shares_whatever_is_given(people, women, children):
    """Men, women and children add up to everyone, also where one is given and the other drawn."""
    women = None if women is None else min(women, people)
    children = None if children is None else min(children, people - (women or 0))
    counts = {name: count for name, count in (("women", women), ("children", children)) if count is not None}
    found = boats(people=people, **counts)
    assert (found["women"] >= 0.0).all()
    assert (found["children"] >= 0.0).all()
    assert (found["women"] + found["children"] <= 1.0 + 1e-12).all()
    assert (found["person_mass"] > 0.0).all()


def test_worse_condition_drives_leak_stops_and_structure_together():
    """The drawn condition of the boat is one number behind several hazards."""
    good, bad = (boats(fixed(boat_condition=value).drawn(3, 1)) for value in (1.0, 2.0))
    for field in ("leak", "stop_rate", "structure_rate"):
        assert bad[field] == pytest.approx(2.0 * good[field])
