"""Promises about sweeps over what is assumed."""

import numpy as np
import pytest
from tests.season.test_economics import plan_of
from tests.season.test_policy import policy

from varne.draws import uniforms
from varne.errors import BadMembers
from varne.season.sweep import curve_over, lever_drawn


def test_a_known_curve_is_found():
    """An outcome that falls with the lever falls along the curve, and its parts hold all draws once."""
    lever = -0.5 + 0.6 * uniforms("lever", 400, 1)
    noise = uniforms("noise", 400, 1)[:, np.newaxis] - 0.5
    curve = curve_over(lever, 100.0 * lever[:, np.newaxis] + noise, parts=8)
    assert sum(one.draws for one in curve) == 400
    assert np.all(np.diff([one.value for one in curve]) > 0.0)
    for one in curve:
        assert one.outcome.mean == pytest.approx(100.0 * one.value, abs=0.5)


def test_the_lever_is_that_of_each_draw():
    """A range set for part of the season gives each draw its own value, an unset one the neutral."""
    swept = policy({"from": "2026-01-10", "deterrence": {"low": -0.5, "high": 0.1, "grade": "assumed"}})
    plan = plan_of(policy(), swept)
    assert np.all(lever_drawn(plan, 0, "deterrence") == 0.0)
    assert len(np.unique(lever_drawn(plan, 1, "deterrence"))) == plan.draws
    assert np.all(lever_drawn(plan, 1, "prevention") == 1.0)


def test_too_few_draws_are_refused():
    """One sentence with both numbers."""
    with pytest.raises(BadMembers, match="5 draws cannot be cut into 4 parts"):
        curve_over(np.zeros(5), np.zeros((5, 1)), parts=4)
