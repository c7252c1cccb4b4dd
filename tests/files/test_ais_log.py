"""Promises about the log of AIS."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.files.ais_log import Gathering


def test_what_is_not_available_is_not_a_position():
    """91 north and 181 east are counted as not available, 102.3 knots as no speed; nothing becomes zero."""
    gathering = Gathering()
    gathering.place(1, 0.0, 91.0, 181.0, 0.0)
    gathering.place(1, 0.0, 51.0, 181.0, 0.0)
    gathering.place(1, 0.0, 51.0, 1.5, 102.3)
    log = gathering.finished()
    assert log.refused == {"position not available": 2}
    assert np.isnan(log.reports.speed).tolist() == [True]


def test_a_position_elsewhere_is_counted_by_reason():
    """Off the globe and outside the sea are told apart."""
    gathering = Gathering()
    gathering.place(1, 0.0, 10.0, 1.5, 5.0)
    gathering.place(1, 0.0, -95.0, 1.5, 5.0)
    assert gathering.finished().refused == {
        "position off the globe": 1,
        "position outside the sea that Varne knows": 1,
    }


@given(st.lists(st.tuples(st.floats(-10.0, 600.0), st.floats(-10.0, 120.0)), max_size=8), st.randoms())
def test_of_several_sizes_the_largest_counts(sizes, shuffled):
    """Whatever the order, one ship has one size; none is negative or larger than any ship."""
    mixed = list(sizes)
    shuffled.shuffle(mixed)
    logs = []
    for order in (sizes, mixed):
        gathering = Gathering()
        for size in order:
            gathering.size(1, *size)
        logs.append(gathering.sizes)
    assert logs[0] == logs[1]
    assert all(0.0 < length <= 500.0 and 0.0 < beam <= 100.0 for length, beam in logs[0].values())


def test_blocks_make_no_difference(monkeypatch):
    """Thinned in many small blocks or in one, the positions are the same."""
    rows = [(ship, 20.0 * k, 51.0 + 0.001 * k, 1.5, 10.0) for k in range(300) for ship in (1, 2, 3)]
    logs = []
    for block in (7, 10_000):
        monkeypatch.setattr("varne.files.ais_log._BLOCK", block)
        gathering = Gathering()
        for row in rows:
            gathering.place(*row)
        logs.append(gathering.finished().reports)
    assert len(logs[0].ship) == 300
    for name in ("ship", "time", "latitude"):
        assert getattr(logs[0], name) == pytest.approx(getattr(logs[1], name))
