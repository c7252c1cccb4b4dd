"""Where two options tie."""

from dataclasses import replace

import numpy as np
import pytest

from varne.compare.breakeven import ALWAYS, NEVER, PLAUSIBLE, TIES, begin_search, break_evens
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.sample import Encounter, sample_of
from varne.encounter.setting import lay_out_sample
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import shipped_facts

DRAWS, SEED = 60, 4


def _watching(fact):
    """An option that is an escort in all but the number it takes for how a crowd moves."""
    return {"says": "Watch.", "responder": "sent", "phases": [{"stand_off": "100 m", "crowd_shift": fact}]}


def _found(question, sought, *, escort, other="effect.crowd_monitor"):
    """Break-evens of an escort whose number is held against one that takes another fact."""
    facts = shipped_facts()
    held = replace(facts["effect.crowd_escort"], value=escort, low=escort, high=escort, shape="exact")
    wide = replace(facts["effect.crowd_monitor"], low=0.5, value=1.2, high=3.0)
    facts = facts.replaced({fact.name: fact for fact in (held, wide)})
    rows = with_user_options(shipped_option_rows(), {"near": _watching(other)})
    options = tuple(chosen(read_options(rows, facts), ["escort", "near"]))
    encounter = Encounter(question, facts, options)
    deaths = run(lay_out_sample(encounter, sample_of(facts, DRAWS, SEED), 4)).members["deaths"]
    return break_evens(begin_search(encounter, deaths, replicates=2, seed=SEED), [sought], 0)


def test_two_options_that_differ_in_one_number_tie_where_it_is_the_same(question):
    """An escort at 1.2 ties with the same response at 1.2, found within a twentieth of the spread of the number."""
    (found,) = _found(question, "effect.crowd_monitor", escort=1.2)
    assert (found.status, found.option, found.reference, found.safer_below) == (TIES, "near", "escort", "near")
    assert found.value.mean == pytest.approx(1.2, rel=0.01)
    assert found.value.low <= 1.2 * 1.001
    assert found.value.high >= 1.2 * 0.999
    assert found.chance == pytest.approx(0.5, abs=0.02)


def test_the_difference_at_the_ends_has_the_signs_of_the_answer(question):
    """Below the tie the option is the safer, above it the reference."""
    (found,) = _found(question, "effect.crowd_monitor", escort=1.2)
    assert found.at_low.high < 0.0 < found.at_high.low


def test_what_lies_beyond_the_plausible_never_ties(question):
    """An escort ten times worse than the other can be is not reached within 1 % to 99 % of the number."""
    (found,) = _found(question, "effect.crowd_monitor", escort=30.0)
    assert (found.status, found.value, found.chance, found.safer_below) == (NEVER, None, None, None)
    assert found.at_high.high < 0.0
    assert PLAUSIBLE == (0.01, 0.99)


def test_options_with_the_same_effects_always_tie(question):
    """Where the number moves both alike there is no difference anywhere."""
    (found,) = _found(question, "boat.speed", escort=1.0, other="effect.crowd_escort")
    assert (found.status, found.at_low.mean, found.at_high.mean) == (ALWAYS, 0.0, 0.0)


def test_a_number_read_by_options_alone_is_held_as_if_all_were_laid_out_again(question):
    """The short way of holding a number is the long one, bit for bit."""
    facts = shipped_facts()
    options = tuple(chosen(read_options(shipped_option_rows(), facts), ["escort", "jam"]))
    encounter = Encounter(question, facts, options)
    sample = sample_of(facts, 10, SEED)
    held = replace(sample, known=facts.at(facts.chances(10, SEED), {"effect.jam_crowd": PLAUSIBLE[1]}))
    long = run(lay_out_sample(encounter, held, 2)).members["deaths"].mean(axis=1)
    deaths = run(lay_out_sample(encounter, sample, 2)).members["deaths"]
    (found,) = break_evens(begin_search(encounter, deaths, replicates=2, seed=SEED), ["effect.jam_crowd"], 0)
    assert found.at_high.mean == pytest.approx(float(np.mean(long[:, 1] - long[:, 0])), rel=1e-12)


def test_the_search_begins_with_members_of_the_assessment(question):
    """The few that are followed at each step are the first of each draw, with their luck: bit for bit."""
    facts = shipped_facts()
    options = tuple(chosen(read_options(shipped_option_rows(), facts), ["escort", "jam"]))
    encounter = Encounter(question, facts, options)
    deaths = run(lay_out_sample(encounter, sample_of(facts, 10, SEED), 4)).members["deaths"]
    search = begin_search(encounter, deaths, replicates=1, seed=SEED)
    assert np.array_equal(run(search.setting).members["deaths"][:, 0], deaths[:, 0])
