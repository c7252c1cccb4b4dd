"""Promises about counting passages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from varne.sea.field import Source
from varne.sea.passages import count_passages, counted_traffic, poisson_interval, time_observed
from varne.sea.tracks import Reports, joined, thinned
from varne.sea.traffic import MOST_STREAMS, ships_across

DAY = 86400.0
HERE = Source("a test", "measured")


def parallel(ships, *, east=0.0, north=0.01, every=120.0, west=1.50, step=0.004, south=50.795):
    """Ships side by side that all sail the same way, one position every two minutes."""
    rows = [
        (ship, 600.0 * ship + every * k, south + 0.0009 * ship + north * k, west + step * ship + east * k, np.nan)
        for ship in range(ships)
        for k in range(40)
    ]
    return thinned([Reports(*(np.array(column, dtype) for column, dtype in zip(
        zip(*rows, strict=True), (np.int64, *[np.float64] * 4), strict=True)))])  # fmt: skip


def counted(reports, sizes=None, cell=0.02):
    return count_passages(joined(reports), reports, sizes or {}, cell=cell, observed=DAY)


@pytest.mark.parametrize("cell", [0.01, 0.02, 0.05])
@pytest.mark.parametrize(("east", "north"), [(0.0, 0.01), (0.006, 0.008), (-0.008, 0.006)])
def test_ships_across_a_transect_are_the_ships_that_passed(cell, east, north):
    """Whatever the course and the cell, the rate integrated across all tracks is their number a day."""
    reports = parallel(20, east=east, north=north)
    traffic = counted_traffic(counted(reports, cell=cell), usual=(180.0, 28.0), source=HERE)
    middle = 1.54 + 20 * east
    found = []
    for shift in np.linspace(-0.025, 0.025, 11):  # a single line meets cells that their tracks fill unevenly
        latitude = 50.80 + 20 * north + shift
        found.append(ships_across(traffic, (latitude, middle - 0.15), (latitude, middle + 0.15))[2] * DAY)
    assert np.mean(found) == pytest.approx(20.0, rel=0.02)


def test_a_passage_counts_once_in_a_cell():
    """Twenty ships through one column of cells are twenty passages in each, however many positions they send."""
    for every in (60.0, 120.0):
        reports = parallel(20, every=every, step=0.0005, west=1.505)
        assert counted(reports).passages.max() == 20.0


def test_speed_and_size_are_those_of_the_ships():
    """Mean speed is that sailed, length and beam are those sent; a ship without a size moves neither."""
    reports = parallel(4)
    found = counted(reports, {0: (200.0, 30.0), 1: (100.0, 20.0)})
    knots = 0.01 * 111195 / 120.0
    assert found.speed.sum() / found.way.sum() == pytest.approx(knots, rel=1e-3)
    assert found.length.sum() / found.sized_way.sum() == pytest.approx(150.0, rel=1e-6)
    assert found.sized_way.sum() == pytest.approx(found.way.sum() / 2.0)


def test_joining_courses_loses_no_ship():
    """With more courses in a cell than streams, the rates still add up."""
    courses = [(0.0, 0.01), (0.01, 0.0), (0.0, -0.01), (-0.01, 0.0), (0.008, 0.008), (-0.008, -0.008)]
    parts = []
    for number, (east, north) in enumerate(courses):
        one = parallel(3, east=east, north=north, west=1.5 - 20 * east, south=51.0 - 20 * north, step=0.001)
        parts.append(Reports(one.ship + 10 * number, one.time, one.latitude, one.longitude, one.speed))
    found = counted(thinned(parts), {1: (90.0, 15.0)})
    traffic = counted_traffic(found, usual=(180.0, 28.0), source=HERE)
    held = traffic.streams["rate"] > 0.0
    assert held.sum(axis=2).max() == MOST_STREAMS
    side = 0.02 * 111194.93
    area = (side**2 * np.cos(np.radians(49.71 + 0.02 * np.arange(120))))[:, None]
    assert (traffic.streams["rate"].sum(axis=2) * area).sum() * DAY == pytest.approx(found.way.sum(), rel=1e-4)
    assert np.all(traffic.streams["length"][held] > 0.0)


def test_chunks_make_no_difference(monkeypatch):
    """Counted in many parts or at once, the sums are the same."""
    reports = parallel(4)
    whole = counted(reports)
    monkeypatch.setattr("varne.sea.passages._CHUNK", 50)
    parts = counted(reports)
    for name in ("passages", "way", "speed_square", "length"):
        assert getattr(parts, name) == pytest.approx(getattr(whole, name))


@given(st.integers(0, 400))
def test_the_interval_is_the_exact_one(count):
    """A mean at the low end gives so many or more in 5 % of cases, at the high end so many or fewer."""
    low, high = (float(bound[0]) for bound in poisson_interval(np.array([count])))
    assert low <= count <= high
    assert poisson.cdf(count, high) == pytest.approx(0.05, abs=1e-6)
    assert count == 0 or poisson.sf(count - 1, low) == pytest.approx(0.05, abs=1e-6)


def test_hours_without_a_message_do_not_count():
    """A receiver that was off for a day is not taken for an empty sea."""
    assert time_observed({0, 1, 30}, 0.0, 31 * 3600.0) == 3 * 3600.0
    assert time_observed({5}, 5.5 * 3600.0, 5.75 * 3600.0) == 900.0
