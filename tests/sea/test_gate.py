"""Promises about the gate across the lanes."""

import numpy as np
import pytest
from tests.files.synthetic_ais import fleet

from varne.atlas.embedded import lane_grid
from varne.sea.gate import GATE, LANE_NAMES, passed_gate
from varne.sea.tracks import Reports, joined, thinned
from varne.units import KNOT


def legs_of(fixes):
    columns = zip(*[(fix.ship, fix.time, fix.latitude, fix.longitude, np.nan) for fix in fixes], strict=True)
    kinds = (np.int64, *[np.float64] * 4)
    return joined(thinned([Reports(*(np.array(one, kind) for one, kind in zip(columns, kinds, strict=True)))]))


def test_each_lane_counts_its_own_ships():
    """Thirty ships in each lane are thirty passages in each, at their speed, none against the flow."""
    passed = passed_gate(legs_of(fleet(30, spread=0.5)), lane_grid(), np.full(60, 180.0))
    assert [one.lane for one in passed] == list(LANE_NAMES)
    assert [len(one.speed) for one in passed] == [30, 30, 0]
    assert [one.against for one in passed] == [0, 0, 0]
    assert passed[0].speed.mean() / KNOT == pytest.approx(14.0, abs=0.3)
    assert set(passed[0].length) == {180.0}


def test_ships_the_wrong_way_are_counted_as_such():
    """The same tracks sailed backwards run against the flow."""
    fixes = fleet(5)
    last = max(fix.time for fix in fixes)
    back = [type(fix)(fix.ship, last - fix.time, fix.latitude, fix.longitude, fix.knots, fix.course) for fix in fixes]
    passed = passed_gate(legs_of(back), lane_grid(), np.full(10, np.nan))
    assert [one.against for one in passed] == [5, 5, 0]


def test_the_gate_crosses_both_lanes_and_both_shores():
    """On the gate lie both lanes, and sea without a lane on both sides of each."""
    part = np.linspace(0.0, 1.0, 400)[:, None]
    place = np.array(GATE[0]) + part * (np.array(GATE[1]) - np.array(GATE[0]))
    lanes = lane_grid()
    row, column = ((place - (lanes.south, lanes.west)) * lanes.cells_per_degree).astype(int).T
    code = lanes.code[row, column]
    changes = code[np.flatnonzero(np.diff(code.astype(int), prepend=-1))]
    assert changes.tolist() == [0, 1, 0, 2, 0]
