"""Near a coast the nearest value stands in; further out nothing is made up."""

import numpy as np
import pytest

from varne.atlas.charts import Window
from varne.atlas.embedded import coast_mask
from varne.files.cf_coast import FILL_RULE, REACH, fill, sea_points, too_far
from varne.files.cf_grids import Cut
from varne.sea.coast import SEA, code_at

LATITUDE, LONGITUDE = np.arange(50.6, 51.41, 0.05), np.arange(1.0, 2.01, 0.05)
PART = Cut(slice(17), (slice(21),), False, LATITUDE, LONGITUDE)
WINDOW = Window(1.05, 1.95, 50.65, 51.35)


def points(**more):
    return sea_points(coast_mask(), WINDOW, PART, **{"cell": 4e3, "place": None, "within": 0.0, **more})


def test_points_of_the_sea_lie_at_sea_and_off_the_coast():
    """Each is sea on the chart, and a cell of the file further out there is no land."""
    found = points()
    assert len(found.row) > 1000
    assert all(code_at(coast_mask(), a, b) == SEA for a, b in zip(found.latitude, found.longitude, strict=True))
    assert len(points(cell=8e3).row) < len(found.row)


def test_the_place_of_the_encounter_must_have_a_value_however_near_the_coast():
    """The open sea around it, and itself."""
    near = points(place=(51.1, 1.34), within=100.0)
    assert (near.latitude[-1], near.longitude[-1]) == (51.1, 1.34)
    north_sea = points(place=(60.0, 4.0), within=100.0)  # off the chart nothing is known but that it was asked for
    assert north_sea.latitude.tolist() == [60.0]


@pytest.mark.parametrize("wide", [1, 2, 3, 4, 5, 6, 7])
def test_a_hole_in_the_sea_is_refused_beyond_two_cells(wide):
    """A hole whose middle is at most two cells from a value is bridged, a larger one is not."""
    missing = np.zeros((17, 21), bool)
    missing[5 : 5 + wide, 10 : 10 + wide] = True
    everywhere = points()
    refused = too_far(missing, everywhere) is not None
    assert refused == ((wide + 1) // 2 > REACH)


def test_a_file_without_any_value_is_too_far_everywhere():
    """No value is no value."""
    assert too_far(np.ones((17, 21), bool), points()) is not None
    assert str(int(REACH)) in FILL_RULE


def test_filling_takes_the_nearest_and_leaves_the_rest():
    """Values that are there stay; the others are one of their nearest."""
    values = np.random.default_rng(1).normal(size=(2, 3, 17, 21))
    whole, missing = values.copy(), np.zeros((17, 21), bool)
    missing[:, :5] = True
    values[..., missing] = np.nan
    fill(values, missing)
    assert np.array_equal(values[..., 5:], whole[..., 5:])
    assert np.array_equal(values[..., :5], np.repeat(whole[..., 5:6], 5, axis=-1))
