"""Promises about fitting tides to gauges."""

import numpy as np
import pytest

from varne.atlas.fitting import THROUGH, Sea, boundary_shapes, fit_mean, fit_tide, fit_tides
from varne.atlas.gauges import Gauge
from varne.atlas.harmonic import earth_elements, no_push
from varne.atlas.mesh import Mesh
from varne.atlas.transport import transport

M2_LIKE = {"M2": 2.0, "S2": 0.7, "N2": 0.4, "M4": 0.2}


@pytest.fixture(scope="module")
def sea():
    """A small square sea between two driven sides, without gauges."""
    longitude, latitude = np.meshgrid(np.linspace(0.9, 2.1, 13), np.linspace(50.6, 51.4, 13))
    node = np.arange(longitude.size).reshape(longitude.shape)
    a, b, c, d = (part.ravel() for part in (node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]))
    triangles = np.concatenate((np.column_stack((a, b, c)), np.column_stack((a, c, d)))).astype(np.int32)
    mesh = Mesh(longitude.ravel(), latitude.ravel(), triangles, node[:, 0], node[:, -1])
    elements = earth_elements(mesh.longitude, mesh.latitude, triangles, depth=np.full(node.size, 30.0))
    return Sea(mesh, elements, [])


def gauged(sea, reads):
    """The same sea with 40 gauges; what they read is a function of longitude."""
    places = np.random.default_rng(1).uniform([50.65, 0.95], [51.35, 2.05], size=(40, 2))
    return Sea(sea.mesh, sea.elements, [Gauge("", "", *place, reads(place[1])) for place in places])


def alone(sea, name="M2"):
    """Fit one tide with the friction of a stream of about 0.5 m/s."""
    return fit_tide(sea, name, push=no_push(sea.elements), friction=np.full(len(sea.elements.area), 5e-5))[0]


def test_a_tide_is_found_again_from_its_own_values(sea):
    """Gauges that read what a first fit gave bring a second fit to the same sea."""
    asked = gauged(sea, lambda longitude: {"M2": 2.0 * np.exp(-1j * longitude)})
    first = alone(asked)
    exact = [
        Gauge("", "", one.latitude, one.longitude, {"M2": one.constants["M2"] + misfit})
        for one, misfit in zip(asked.gauges, first.misfit, strict=True)
    ]
    second = alone(Sea(sea.mesh, sea.elements, exact))
    assert np.sqrt(np.mean(np.abs(second.misfit) ** 2)) < 0.02 * 2.0  # what the ridge costs
    assert np.median(np.abs(second.elevation - first.elevation)) < 0.01 * 2.0


def test_leaving_a_gauge_out_is_fitting_without_it(sea):
    """The miss at a gauge left out is that of a fit that never saw it, and larger than with it."""
    asked = gauged(sea, lambda longitude: {"M2": 2.0 * np.exp(-1j * longitude)})
    with_all = alone(asked)
    without = alone(Sea(sea.mesh, sea.elements, asked.gauges[1:]))
    assert abs(with_all.left_out[0]) > abs(with_all.misfit[0])
    places = sea.mesh.longitude, sea.mesh.latitude
    near = np.argmin(np.hypot(places[0] - asked.gauges[0].longitude, places[1] - asked.gauges[0].latitude))
    moved = without.elevation[near] - with_all.elevation[near]
    assert moved == pytest.approx(with_all.left_out[0] - with_all.misfit[0], abs=0.5 * abs(moved))


def test_a_gauge_without_a_constituent_is_passed_over(sea):
    """A constant that a gauge lacks is no zero: the gauge does not take part, and its misfit is not a number."""
    asked = gauged(sea, lambda longitude: {"M2": 1.0 + 0j} if longitude > 1.2 else {})
    tide = alone(asked)
    lacking = np.array(["M2" not in one.constants for one in asked.gauges])
    assert (np.isnan(tide.misfit) == lacking).all()
    assert np.isfinite(tide.elevation).all()


def test_tides_in_balance_make_overtides_that_no_gauge_asked_for(sea):
    """Friction of a changing depth and carried water give an M4 stream, also where the boundary has little M4."""
    asked = gauged(sea, lambda longitude: {name: size * np.exp(-1j * longitude) for name, size in M2_LIKE.items()})
    tides = fit_tides(asked, names=("K2", "SA"))
    assert {"M2", "M4", "M6", "K2", "Z0"} <= set(tides)
    assert np.abs(tides["M6"].east).max() > 0.0
    assert not tides["SA"].east.any()
    assert not tides["Z0"].elevation.any()


def test_the_mean_stream_passes_what_was_measured(sea):
    """The slope from line to line is such that the published transport passes the strait."""
    friction = np.full(len(sea.elements.area), 1e-4)
    _, east, north = fit_mean(sea, no_push(sea.elements), friction)
    flow = sea.elements.depth * east.real, sea.elements.depth * north.real
    assert transport(sea.elements, sea.mesh.longitude, sea.mesh.latitude, flow=flow) == pytest.approx(THROUGH)


def test_the_boundary_is_two_polynomials(sea):
    """Three shapes live on the western line and four on the northern one, and none on both."""
    shapes = boundary_shapes(sea.mesh)
    assert shapes.shape == (26, 7)
    assert not shapes[:13, 3:].any()
    assert not shapes[13:, :3].any()
