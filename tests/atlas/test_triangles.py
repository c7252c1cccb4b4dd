"""Promises about finding points in a mesh."""

import numpy as np

from varne.atlas.embedded import tide_atlas
from varne.atlas.triangles import locate


def test_a_linear_field_is_exact_inside():
    """Inside the mesh a field that is linear in longitude and latitude comes back exactly."""
    atlas = tide_atlas()
    longitude, latitude = np.array([1.45, 1.8, 2.2]), np.array([51.0, 51.1, 51.3])
    which, share = locate(atlas.longitude, atlas.latitude, atlas.triangles, at=(longitude, latitude))
    corners = atlas.triangles[which]
    np.testing.assert_allclose((atlas.longitude[corners] * share).sum(axis=1), longitude, atol=1e-9)
    np.testing.assert_allclose((atlas.latitude[corners] * share).sum(axis=1), latitude, atol=1e-9)


def test_a_point_outside_has_a_place_inside():
    """Weights are never negative and add to one, however far away a point is."""
    atlas = tide_atlas()
    _, share = locate(
        atlas.longitude, atlas.latitude, atlas.triangles, at=(np.array([1.2, -5.0]), np.array([51.2, 45.0]))
    )
    assert (share >= 0).all()
    np.testing.assert_allclose(share.sum(axis=1), 1.0)
