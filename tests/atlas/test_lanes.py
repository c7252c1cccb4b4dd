"""Promises about drawing traffic lanes."""

import numpy as np
import pytest
import shapely

from varne.atlas.embedded import lane_grid
from varne.atlas.lanes import sample_lanes


def along_transect(count=4000):
    """Codes along the line from 51.12 N 1.20 E to 50.80 N 1.75 E, and the longitudes."""
    grid = lane_grid()
    share = np.linspace(0.0, 1.0, count)
    latitude, longitude = 51.12 - 0.32 * share, 1.20 + 0.55 * share
    row = ((latitude - grid.south) * grid.cells_per_degree).astype(int)
    column = ((longitude - grid.west) * grid.cells_per_degree).astype(int)
    return longitude, grid.code[row, column]


def test_the_transect_of_the_strait_crosses_both_lanes():
    """From Dover to Gris-Nez: inshore, south-west lane, zone, north-east lane, inshore, each edge within a cell."""
    longitude, code = along_transect()
    change = np.flatnonzero(np.diff(code))
    assert code[np.append(change, -1)].tolist() == [0, 1, 0, 2, 0]
    np.testing.assert_allclose(longitude[change], [1.352, 1.428, 1.447, 1.546], atol=0.006)


def test_ships_go_south_west_on_the_english_side():
    """Flow is south-west in the lane off England, north-east in the lane off France."""
    grid = lane_grid()
    for latitude, longitude, low, high in ((51.008, 1.392, 200, 250), (50.948, 1.497, 20, 70)):
        row, column = int((latitude - grid.south) * 200), int((longitude - grid.west) * 200)
        assert low < np.degrees(grid.flow_towards[row, column]) < high
        assert 6000 < grid.width[row, column] < 11000


def test_code_flow_and_width_agree():
    """A cell has a width exactly where it has a lane, and its code follows its flow."""
    grid = lane_grid()
    assert ((grid.code > 0) == (grid.width > 0)).all()
    north_east = np.sin(grid.flow_towards) + np.cos(grid.flow_towards) > 0
    assert (north_east[grid.code > 0] == (grid.code[grid.code > 0] == 2)).all()


def test_a_lane_without_a_mapped_edge_is_as_wide_as_on_its_other_side():
    """The missing edge mirrors the one that is mapped."""
    lane = shapely.LineString([(0.0, 0.0), (0.0, 4000.0)])
    sampled = sample_lanes([lane], [shapely.LineString([(700.0, -1.0), (700.0, 4001.0)])])
    np.testing.assert_allclose(sampled.left, 700.0)
    np.testing.assert_allclose(sampled.right, 700.0)


def test_a_lane_without_any_edge_is_left_out():
    """A lane of unknown width is not drawn with a guess."""
    assert sample_lanes([shapely.LineString([(0.0, 0.0), (0.0, 4000.0)])], []).x.size == pytest.approx(0)
