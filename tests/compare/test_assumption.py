"""What follows from assumption alone."""

import numpy as np

from varne.compare.assumption import assumed_effects, follows_from, neutralised
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
