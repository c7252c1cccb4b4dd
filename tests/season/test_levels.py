"""Levels of a policy."""

import numpy as np

from varne.season.levels import NEUTRAL, neutral_levels


def test_every_behaviour_is_off_unless_a_policy_switches_it_on():
    """Adaptation is an assumption: a policy that says nothing has none."""
    level = neutral_levels(1)[0]
    off = ("deterrence", "fuller", "southward", "rougher", "taxi", "lorries", "scarcity", "intercept_share")
    assert all(level[name] == 0.0 for name in off)


def test_every_lever_has_its_neutral_value_in_every_draw():
    """A neutral policy is the same in all draws, lever by lever."""
    levels = neutral_levels(3)
    for name, value in NEUTRAL.items():
        assert np.all(levels[name] == value)
