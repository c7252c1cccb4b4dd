"""What comes of a designed experiment."""

import numpy as np
import pytest

from varne.compare.design import single_input, swapped_sample, two_samples
from varne.compare.quantities import every_quantity, values_of
from varne.compare.runs import rank_correlation, run_design
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.sample import Encounter
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

FACTS = shipped_facts()


@pytest.fixture(scope="module")
def design(question):
    options = chosen(read_options(shipped_option_rows(), FACTS), ["leave", "escort", "jam"])
    return two_samples(Encounter(question, FACTS, tuple(options)), rows=8, replicates=3, seed=5)


def test_a_swap_is_the_same_as_following_everything_again(design):
    """Following only what can differ loses nothing: the halves are those of all options followed, bit for bit."""
    quantities = every_quantity(3, 1)
    found = run_design(design, quantities, most_facts=3)
    for one in (*found.subjects, *found.facts):
        members = run(swapped_sample(design, one.input)).members
        for column, quantity in enumerate(quantities):
            values = values_of(members, quantity)
            assert (one.halves[0, :, column] == values[:, :1].mean(axis=1)).all()
            assert (one.halves[1, :, column] == values[:, 1:2].mean(axis=1)).all()


def test_the_calibrated_are_never_swapped_one_by_one(design):
    """Numbers that go together are one input."""
    found = run_design(design, every_quantity(3, 1), most_facts=500)
    names = {one.input.name for one in found.facts}
    assert names
    assert not names & set(FACTS.together.names)


def test_effects_touch_only_options_that_have_them(design):
    """The voyages counted are those followed."""
    few = run_design(design, every_quantity(3, 1), most_facts=0)
    samples = 2 * 8 * 3 * 3
    swaps = sum(len(one.input.options) for one in few.subjects) * 8 * 3
    assert few.voyages == samples + swaps
    assert single_input("effect.jam_time", design.encounter).options == {2}


def test_rank_correlation_is_one_for_anything_that_rises():
    """Only the order counts, and the sign turns with it."""
    rising = np.linspace(0.1, 2.0, 20)
    outputs = np.stack([np.exp(rising), -(rising**3), np.ones(20)])
    assert rank_correlation(rising[np.newaxis], outputs)[0] == pytest.approx([1.0, -1.0, 0.0])


def test_single_numbers_are_chosen_by_what_they_are_shown_for(design):
    """A number that moves crews alone does not take the place of one that moves deaths."""
    large = two_samples(design.encounter, rows=256, replicates=2, seed=5)
    named = {}
    for outcome in ("deaths", "crew_harmed"):
        found = run_design(large, every_quantity(3, 1), most_facts=6, single=(outcome,))
        named[outcome] = {one.input.name for one in found.facts}
    assert not [name for name in named["deaths"] if name.startswith("crew.")]
    assert [name for name in named["crew_harmed"] if name.startswith("crew.")]
