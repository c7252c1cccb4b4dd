"""Promises about fitting tides to gauges."""

import numpy as np
import pytest

from varne.atlas.fitting import boundary_shapes, fit_tide
from varne.atlas.gauges import Gauge
from varne.atlas.harmonic import earth_elements
from varne.atlas.mesh import Mesh


@pytest.fixture(scope="module")
def sea():
    """A small square sea between two driven sides."""
    longitude, latitude = np.meshgrid(np.linspace(0.9, 2.1, 13), np.linspace(50.6, 51.4, 13))
    node = np.arange(longitude.size).reshape(longitude.shape)
    a, b, c, d = (part.ravel() for part in (node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]))
    triangles = np.concatenate((np.column_stack((a, b, c)), np.column_stack((a, c, d)))).astype(np.int32)
    mesh = Mesh(longitude.ravel(), latitude.ravel(), triangles, node[:, 0], node[:, -1])
    elements = earth_elements(mesh.longitude, mesh.latitude, triangles, depth=np.full(node.size, 30.0))
    return mesh, elements


def test_a_tide_is_found_again_from_its_own_values(sea):
    """Gauges that read what a first fit gave bring a second fit to the same sea."""
    mesh, elements = sea
    rng = np.random.default_rng(1)
    places = rng.uniform([50.65, 0.95], [51.35, 2.05], size=(40, 2))
    first = fit_tide(
        mesh,
        elements,
        [Gauge("", "", *place, {"M2": 2.0 * np.exp(-1j * place[1])}) for place in places],
        constituent="M2",
    )
    again = [
        Gauge("", "", *place, {"M2": 2.0 * np.exp(-1j * place[1]) + misfit})
        for place, misfit in zip(places, first.misfit, strict=True)
    ]
    second = fit_tide(mesh, elements, again, constituent="M2")
    assert np.sqrt(np.mean(np.abs(second.misfit) ** 2)) < 0.02 * 2.0  # what the ridge costs
    assert np.median(np.abs(second.elevation - first.elevation)) < 0.01 * 2.0


def test_the_boundary_is_two_polynomials(sea):
    """Three shapes live on the western line and four on the northern one, and none on both."""
    mesh, _ = sea
    shapes = boundary_shapes(mesh)
    assert shapes.shape == (26, 7)
    assert not shapes[:13, 3:].any()
    assert not shapes[13:, :3].any()
