"""Promises about the mesh of triangles."""

import numpy as np
import pytest

from varne.atlas.charts import NORTH_LINE, WEST_LINE, CoastMask, side_of_line
from varne.atlas.embedded import coast_mask, tide_atlas
from varne.atlas.mesh import build_mesh, distance_to_line, line_parameter, rim_nodes
from varne.errors import NoData


@pytest.fixture(scope="module")
def mesh():
    return build_mesh(coast_mask())


def test_the_shipped_mesh_is_built_from_the_shipped_coast(mesh):
    """The mesh of the tides is the one that the coast mask gives."""
    atlas = tide_atlas()
    np.testing.assert_array_equal(mesh.triangles, atlas.triangles)
    np.testing.assert_allclose(mesh.longitude, atlas.longitude, atol=1e-12)


def test_every_triangle_has_area(mesh):
    """No triangle is turned over or a sliver."""
    x, y = mesh.longitude[mesh.triangles], mesh.latitude[mesh.triangles]
    twice = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    assert twice.min() > 0.3 * np.median(twice)


def test_most_of_the_rim_lies_on_the_coast(mesh):
    """Nodes of the rim that are not driven were moved to the coast where their triangles allow it."""
    mask = coast_mask()
    rim = np.setdiff1d(rim_nodes(mesh.triangles), np.concatenate((mesh.west, mesh.north)))
    row = np.clip((mesh.latitude[rim] - mask.south) * 1000, 0, 2399).astype(int)
    column = np.clip((mesh.longitude[rim] - mask.west) * 1000, 0, 3699).astype(int)
    assert np.mean(mask.code[row, column] > 0) > 0.55


def test_driven_nodes_lie_at_the_lines(mesh):
    """The nodes at which tides come in lie within 2 km of the open lines, and none belongs to both."""
    for nodes, line in ((mesh.west, WEST_LINE), (mesh.north, NORTH_LINE)):
        assert distance_to_line(mesh.longitude[nodes], mesh.latitude[nodes], line).max() < 2000.0
    assert not np.intersect1d(mesh.west, mesh.north).size
    assert (side_of_line(mesh.latitude[mesh.west], mesh.longitude[mesh.west], WEST_LINE) > 0).all()


def test_distance_is_in_metres_on_both_axes():
    """A degree of longitude at 60 N is half as long as one of latitude."""
    north = distance_to_line(np.array([1.0]), np.array([61.0]), ((60.0, 0.0), (60.0, 2.0)))[0]
    east = distance_to_line(np.array([2.0]), np.array([60.0]), ((59.0, 1.0), (61.0, 1.0)))[0]
    assert east / north == pytest.approx(0.5, rel=1e-6)


def test_the_way_along_a_line_runs_from_0_to_1():
    """The ends of a line are 0 and 1 of the way along it."""
    (latitude_1, longitude_1), (latitude_2, longitude_2) = NORTH_LINE
    along = line_parameter(np.array([longitude_1, longitude_2]), np.array([latitude_1, latitude_2]), NORTH_LINE)
    np.testing.assert_allclose(along, [0.0, 1.0])


def test_land_in_the_strait_is_refused():
    """A mask with land in mid strait is an error, not an empty mesh."""
    with pytest.raises(NoData, match="middle of the strait"):
        build_mesh(CoastMask(np.ones((2400, 3700), np.uint8), 49.7, -0.1, 1000.0, ""))
