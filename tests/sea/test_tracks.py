"""Promises about joining positions into tracks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.sea.tracks import Reports, joined, thinned


def reports(rows):
    columns = zip(*rows, strict=True) if rows else [[]] * 5
    kinds = (np.int64, *[np.float64] * 4)
    return Reports(*(np.array(list(column), kind) for column, kind in zip(columns, kinds, strict=True)))


ROWS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 400).map(float),
        st.floats(50.0, 51.0),
        st.floats(1.0, 2.0),
        st.one_of(st.just(float("nan")), st.floats(0.0, 20.0)),
    ),
    min_size=1,
    max_size=30,
)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name != "ship")
        for name in ("ship", "time", "latitude", "longitude", "speed")
    )


@given(ROWS, st.randoms())
def test_order_and_parts_make_no_difference(rows, random):
    """Positions in any order, thinned at once or in parts, give the same tracks."""
    mixed = list(rows)
    random.shuffle(mixed)
    half = len(mixed) // 2
    whole = thinned([reports(rows)])
    assert same(thinned([reports(mixed)]), whole)
    assert same(thinned([thinned([reports(mixed[:half])]), thinned([reports(mixed[half:])])]), whole)
    assert same(thinned([whole, whole]), whole)


@given(ROWS)
def test_each_ship_keeps_one_position_a_minute(rows):
    """After thinning no ship has two positions in one minute, and no ship is lost."""
    kept = thinned([reports(rows)])
    assert len({(ship, time // 60) for ship, time in zip(kept.ship, kept.time, strict=True)}) == len(kept.ship)
    assert set(kept.ship) == {row[0] for row in rows}


def straight(ship, start, count, every=60.0, knots=14.0, speed=float("nan")):
    step = knots * 1852 / 3600 * every / 111195
    return [(ship, start + every * k, 50.5 + step * k, 1.5, speed) for k in range(count)]


def test_a_straight_track_has_its_speed_and_is_one_passage():
    """A ship that sails straight on at 14 knots is one passage at 14 knots, whether it sends its speed or not."""
    for speed in (float("nan"), 14.0 * 1852 / 3600):
        legs = joined(thinned([reports(straight(9, 0.0, 30, speed=speed))]))
        assert legs.speed == pytest.approx(np.full(29, 7.2022), rel=1e-4)
        assert set(legs.passage) == {0}


def test_a_gap_is_not_bridged_beyond_the_limit():
    """Two parts of a track an hour apart are two passages; with a limit of two hours they are one."""
    rows = straight(9, 0.0, 10)
    rows += [(ship, time + 4140.0, latitude + 0.29, *rest) for ship, time, latitude, *rest in rows]
    assert joined(thinned([reports(rows)])).passage.max() == 1
    assert joined(thinned([reports(rows)]), gap=7200.0).passage.max() == 0


def test_a_ship_at_rest_and_a_leap_make_no_leg():
    """An anchored ship has no legs; a position that no ship could reach is not joined; two ships are never one."""
    assert len(joined(thinned([reports([(1, 60.0 * k, 51.0, 1.5, 0.0) for k in range(9)])])).ship) == 0
    assert len(joined(thinned([reports([(1, 0.0, 50.0, 1.5, 5.0), (1, 60.0, 51.0, 1.5, 5.0)])])).ship) == 0
    assert len(joined(thinned([reports([(1, 0.0, 50.0, 1.5, 5.0), (2, 60.0, 50.003, 1.5, 5.0)])])).ship) == 0


def test_a_ferry_there_and_back_is_two_passages():
    """A rest at the berth divides the way there from the way back."""
    there = straight(5, 0.0, 20)
    berth = [(5, 1200.0 + 60.0 * k, there[-1][2], 1.5, 0.0) for k in range(10)]
    back = [(5, 1800.0 + row[1], row[2], *row[3:]) for row in straight(5, 0.0, 20)[::-1]]
    back = [(5, 1800.0 + 60.0 * k, there[-1 - k][2], 1.5, float("nan")) for k in range(20)]
    assert joined(thinned([reports(there + berth + back)])).passage.max() == 1
