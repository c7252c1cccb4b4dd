"""People in the water."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.encounter.worlds import setting
from varne.encounter.casualties import DEAD, LEFT, OVER_AFTER, RESCUED, RESULTS, people_in_water
from varne.encounter.records import CLASSES, InWater

WORLD = setting(["leave"], members=(3, 1), people=40, waves="0.5 m").world
COUNT = WORLD.responders.shape[1]
TIMES = st.lists(st.floats(0, 30000), min_size=COUNT, max_size=COUNT)


def fate(arrivals, people=40.0, longest=43200.0, world=WORLD, taken=0.0, working=0.2):
    result = np.zeros(RESULTS)
    group = InWater(people, working, taken, longest)
    people_in_water(world, 1, group, np.array(arrivals, dtype=float), np.zeros(CLASSES), result)
    return result


@given(TIMES, st.floats(0.01, 120), st.floats(0, 43200), st.floats(0, 1))
def test_everyone_is_out_dead_or_still_there(arrivals, people, longest, working):
    """Dead, left and rescued add up to those who fell in."""
    found = fate(arrivals, people, longest, working=working)
    assert found[[DEAD, LEFT, RESCUED]].sum() == pytest.approx(people, rel=1e-9)
    assert np.all(found >= 0.0)


@settings(max_examples=60)
@given(TIMES, st.integers(0, COUNT - 1), st.floats(0, 20000))
def test_a_later_responder_never_saves_more(arrivals, which, later):
    """Coming later never lowers the deaths."""
    late = list(arrivals)
    late[which] += later
    assert fate(late)[DEAD] >= fate(arrivals)[DEAD] - 1e-9


def changed(**factors):
    responders = WORLD.responders.copy()
    for name, factor in factors.items():
        responders[name] *= factor
    return WORLD._replace(responders=responders)


def test_halving_the_rate_or_the_room_costs_lives():
    """How fast people are lifted out, and how many can be held, decide who lives."""
    arrivals = [600.0] + [np.inf] * (COUNT - 1)
    crowd = {"people": 120.0}
    whole = fate(arrivals, **crowd)[DEAD]
    assert fate(arrivals, world=changed(recovery_rate=0.5), **crowd)[DEAD] > whole + 0.5  # people of 120
    few = changed(capacity=30.0 / WORLD.responders["capacity"][1, 0])
    fewer = changed(capacity=15.0 / WORLD.responders["capacity"][1, 0])
    assert fate(arrivals, world=fewer, **crowd)[RESCUED] < 0.6 * fate(arrivals, world=few, **crowd)[RESCUED]


def test_nobody_comes():
    """Without help the living are counted in the water at the horizon, and hardly anyone after half a day."""
    never = [np.inf] * COUNT
    assert fate(never)[RESCUED] == 0.0
    assert fate(never, longest=1800.0)[LEFT] > 20.0
    assert fate(never, longest=43200.0)[LEFT] < 5.0
    assert fate(never, longest=1800.0)[OVER_AFTER] <= 1800.0


def test_those_aboard_already_leave_less_room():
    """A responder that is full takes nobody more."""
    arrivals = [0.0] + [np.inf] * (COUNT - 1)
    room = WORLD.responders["capacity"][1, 0]
    assert fate(arrivals, taken=room)[RESCUED] == 0.0


def test_waiting_in_one_stride_is_waiting_step_by_step():
    """Survival until the first responder comes is that of the curves themselves."""
    moment = 8
    arrivals = [WORLD.moments[moment]] + [np.inf] * (COUNT - 1)
    slow = changed(recovery_rate=1e-12)
    found = fate(arrivals, people=1.0, working=0.0, longest=WORLD.moments[moment], world=slow)
    boat = WORLD.boats[1]
    shares = np.array([1 - boat["women"] - boat["children"], boat["women"], boat["children"]])
    assert found[LEFT] == pytest.approx((shares * WORLD.alive[1, ::2, moment]).sum(), rel=1e-9)
