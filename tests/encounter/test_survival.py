"""How long people live in the water."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.encounter.records import CLASSES, WEATHER
from varne.encounter.survival import chance_alive, moments, tabulate_survival
from varne.facts.tables import shipped_facts

KNOWN = shipped_facts().drawn(40, 1)
TIMES = moments(24 * 3600.0)


def table(temperature):
    weather = np.zeros(len(KNOWN), WEATHER)
    weather["water_temperature"] = temperature
    return tabulate_survival(weather, KNOWN, TIMES)


@given(horizon=st.floats(3600.0, 72 * 3600.0))
def test_moments_rise_and_reach_the_horizon(horizon):
    """Finely at first, never backwards, the last at or after the horizon."""
    found = moments(horizon)
    steps = np.diff(found)
    assert found[0] == 0.0
    assert found[-1] >= horizon
    assert (steps > 0).all()
    assert (np.diff(steps) >= 0).all()


@settings(deadline=None, max_examples=20)
@given(cold=st.floats(0.0, 25.0), warmer=st.floats(0.0, 10.0))
def test_colder_water_never_helps(cold, warmer):
    """In every draw, for every body, with and without a jacket, after any time."""
    assert (table(cold)[0] <= table(cold + warmer)[0] + 1e-12).all()


def test_nobody_comes_back_to_life_and_a_working_jacket_never_shortens_life():
    """Survival falls with time; one without a jacket never outlives one with, draw by draw."""
    alive, lives_on, _ = table(10.0)
    assert (np.diff(alive, axis=2) <= 1e-12).all()
    assert (alive[:, 1::2] >= alive[:, 0::2] - 1e-12).all()
    assert ((lives_on >= 0.0) & (lives_on <= 1.0)).all()


def test_living_on_step_by_step_is_living():
    """The chances from moment to moment multiply to the chance to be alive."""
    alive, lives_on, _ = table(12.0)
    product = alive[:, :, :1] * np.cumprod(lives_on[:, :, 1:], axis=2)
    assert product == pytest.approx(alive[:, :, 1:], rel=1e-9, abs=1e-300)


def test_a_later_recovery_is_never_safer():
    """The chance to die once out of the water never falls with the time in it."""
    dies_later = table(8.0)[2]
    assert (np.diff(dies_later, axis=1) >= -1e-12).all()
    assert ((dies_later >= 0.0) & (dies_later <= 1.0)).all()


def test_the_table_holds_the_law():
    """Its numbers are those of the scalar function."""
    alive = table(9.0)[0]
    for draw in (0, 7):
        for index in range(CLASSES):
            assert alive[draw, index, 30] == chance_alive(KNOWN[draw], 9.0, index // 2, index % 2 == 1, TIMES[30])
