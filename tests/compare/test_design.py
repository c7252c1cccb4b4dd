"""A designed experiment."""

import numpy as np
import pytest

from varne.compare.design import (
    RESPONDERS,
    TOGETHER,
    WEATHER,
    facts_in_play,
    first_sample,
    inputs_of,
    only_options,
    second_sample,
    single_input,
    swapped_sample,
    two_samples,
)
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.sample import Encounter
from varne.errors import BadMembers
from varne.evidence import Fact
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import Facts, column, shipped_facts

FACTS = shipped_facts()
NAMES = ["leave", "escort", "jam"]


@pytest.fixture(scope="module")
def design(question):
    options = chosen(read_options(shipped_option_rows(), FACTS), NAMES)
    return two_samples(Encounter(question, FACTS, tuple(options)), rows=8, replicates=2, seed=5)


def test_every_number_in_play_belongs_to_one_input(design):
    """The inputs divide what is not known: nothing is left out, nothing is swapped twice."""
    inputs = inputs_of(design.encounter)
    names = [name for one in inputs for name in one.facts]
    play = set(facts_in_play(FACTS, design.encounter.options))
    assert sorted(names) == sorted(play | set(FACTS.together.names))  # what is drawn together goes together
    assert {"immersion.hayward_weight", "waves.swell_from_west"} <= play  # a choice between two is not known either
    assert {one.name for one in inputs} >= {TOGETHER, WEATHER, RESPONDERS, "boat", "effects"}


def test_what_no_option_uses_is_not_in_play(design):
    """Numbers of options that are not compared, of seasons and of costs cannot move an encounter."""
    play = facts_in_play(FACTS, design.encounter.options)
    assert "effect.jam_crowd" in play
    assert "effect.board_crowd" not in play
    assert not [name for name in play if name.startswith(("cost.", "smuggling."))]


def test_all_inputs_swapped_make_the_second_sample_but_for_luck(design):
    """What is drawn is divided among the inputs: all of the second together are the second."""
    first, second = first_sample(design).world, second_sample(design).world
    for one in inputs_of(design.encounter):
        swapped = swapped_sample(design, one).world
        for name in one.facts - set(FACTS.together.names):
            assert (swapped.known[column(name)] == second.known[column(name)]).all()
        kept = set(facts_in_play(FACTS, design.encounter.options)) - one.facts - set(FACTS.together.names)
        assert all((swapped.known[column(name)] == first.known[column(name)]).all() for name in kept)
        same = (swapped.responders["capacity"] == first.responders["capacity"]).all()
        assert same == (one.name != RESPONDERS)


def test_an_option_that_an_input_cannot_touch_is_the_same_bit_for_bit(design):
    """So it need not be followed again."""
    one = single_input("effect.jam_crowd", design.encounter)
    assert one.options == {NAMES.index("jam")}
    before, after = run(first_sample(design)).members, run(swapped_sample(design, one)).members
    assert (before[:, :, :2] == after[:, :, :2]).all()
    assert (before["deaths"][:, :, 2] != after["deaths"][:, :, 2]).any()


def test_some_options_are_followed_as_among_all(design):
    """Leaving options out moves none of the others."""
    every = run(first_sample(design)).members
    assert (run(only_options(first_sample(design), [0, 2])).members == every[:, :, [0, 2]]).all()


def test_quantiles_of_the_design_fill_the_cube(design):
    """Eight rows of a Sobol sequence have one in each eighth, whatever the number."""
    for chances in design.chances:
        for name in facts_in_play(FACTS, design.encounter.options):
            assert sorted((chances[name] * 8).astype(int)) == list(range(8))


@pytest.mark.parametrize(
    ("rows", "replicates", "said"),
    [(0, 2, "0 rows"), (12, 2, "12 rows; write a power of two"), (8, 1, "1 replicates")],
)
def test_an_empty_or_uneven_design_is_refused(design, rows, replicates, said):
    """One sentence says what to write."""
    with pytest.raises(BadMembers, match=said):
        two_samples(design.encounter, rows=rows, replicates=replicates, seed=1)


def test_a_world_in_which_everything_is_known_has_no_design(question):
    """Where no number has a spread there is nothing to vary."""
    known = {
        fact.name: Fact(**{**{key: getattr(fact, key) for key in Fact.__slots__}, "shape": "exact"}) for fact in FACTS
    }
    with pytest.raises(BadMembers, match="design is empty"):
        two_samples(Encounter(question, Facts(known), ()), rows=8, replicates=2, seed=1)


def test_another_seed_is_another_design(design):
    """The seed names the experiment."""
    other = two_samples(design.encounter, rows=8, replicates=2, seed=6)
    assert not np.array_equal(other.chances[0]["boat.speed"], design.chances[0]["boat.speed"])
