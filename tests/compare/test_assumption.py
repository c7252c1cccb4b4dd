"""What follows from assumption alone."""

from dataclasses import replace

import numpy as np

from varne.compare.assumption import assumed_effects, follows_from, neutralised, without_assumptions
from varne.compare.paired import difference
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.setting import lay_out
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import shipped_facts

FACTS = shipped_facts()


def _setting(question, names, user=None):
    rows = with_user_options(shipped_option_rows(), user or {})
    options = chosen(read_options(rows, FACTS), names)
    return options, lay_out(question, FACTS, options, (30, 4), 1)


def test_neutral_effects_make_escort_and_a_near_watch_the_same(question):
    """With every assumed multiplier at 1, options that differ by multipliers only do not differ at all."""
    near = {"near": {"says": "Watch.", "responder": "sent", "phases": [
        {"stand_off": "100 m", "crowd_shift": "effect.crowd_monitor"}]}}  # fmt: skip
    options, setting = _setting(question, ["escort", "near"], near)
    names = sorted({*assumed_effects(options[0], FACTS), *assumed_effects(options[1], FACTS)})
    deaths = run(neutralised(setting, options, FACTS, names)).members["deaths"]
    assert np.array_equal(deaths[:, :, 0], deaths[:, :, 1])
    found = follows_from(setting, options, FACTS, 0)
    assert set(found[1]) <= {"effect.crowd_escort", "effect.crowd_monitor"}
    assert found[1]


def test_a_difference_that_stays_does_not_follow_from_assumption(question):
    """Having a responder near when people fall in is worth lives whatever the multipliers are."""
    options, setting = _setting(question, ["leave", "escort"])
    deaths = run(setting).members["deaths"]
    found = difference(deaths[:, :, 1], deaths[:, :, 0])
    assert found.expected_deaths.high < 0.0
    assert follows_from(setting, options, FACTS, 0) == {}


def test_what_nothing_is_taken_from_never_vanishes(question):
    """Options without assumed effects are the same with and without: no pair is said to follow from assumption."""
    names = ["leave", "escort", "rescue", "divert", "jam", "board"]
    options, setting = _setting(question, names)
    pairs = [(one, other) for one in range(len(names)) for other in range(one)]
    known = FACTS.replaced({})
    nothing = [name for option in options for name in assumed_effects(option, known)]
    graded = known.replaced({name: replace(known[name], grade="published") for name in dict.fromkeys(nothing)})
    for one in without_assumptions(setting, options, graded, pairs):
        assert not one.vanishes
        assert one.found == one.left


def test_a_number_of_ones_own_keeps_the_value_at_which_it_does_nothing(question):
    """Leaving out the neutral value does not make an assumption look found."""
    own = replace(FACTS["effect.crowd_escort"], low=1.1, value=1.5, high=2.0, neutral=None)
    facts = FACTS.replaced({own.name: own})
    assert facts[own.name].neutral == FACTS[own.name].neutral is not None
    options = chosen(read_options(shipped_option_rows(), facts), ["escort"])
    assert own.name in assumed_effects(options[0], facts)
