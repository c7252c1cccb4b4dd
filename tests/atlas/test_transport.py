"""Promises about the water that passes the strait."""

import numpy as np
import pytest

from varne.atlas.embedded import tide_atlas
from varne.atlas.harmonic import earth_elements
from varne.atlas.transport import transport


@pytest.fixture(scope="module")
def strait():
    """The embedded mesh, its triangles, and streams brought to them."""
    atlas = tide_atlas()
    elements = earth_elements(atlas.longitude, atlas.latitude, atlas.triangles, depth=atlas.depth)

    def through(east, north):
        return transport(elements, atlas.longitude, atlas.latitude, flow=(east, north))

    return atlas, elements, through


def test_transport_is_linear_and_has_a_sign(strait):
    """Twice the stream passes twice the water, and the other way it counts negative."""
    _, elements, through = strait
    north, none = elements.depth, np.zeros(len(elements.area))
    assert through(none, north) > 0.0
    assert through(none, -2.0 * north) == pytest.approx(-2.0 * through(none, north))


def test_the_section_is_some_square_kilometre(strait):
    """A stream of 1 m/s straight through the strait passes through 36 km by some 34 m in a second."""
    _, elements, through = strait
    size = np.hypot(through(elements.depth, 0.0 * elements.depth), through(0.0 * elements.depth, elements.depth))
    assert size == pytest.approx(36e3 * 34.0, rel=0.1)


def test_the_moon_carries_as_much_through_the_strait_as_was_measured(strait):
    """Published, from radar and gauges: M2 carries 36,000 m3/s into the North Sea; the atlas within 10 %."""
    atlas, _, through = strait
    place = atlas.constituents.index("M2")
    level, east, north = (
        part[place, atlas.triangles].mean(axis=1) for part in (atlas.elevation, atlas.east, atlas.north)
    )
    assert through((level * east.conj()).real / 2.0, (level * north.conj()).real / 2.0) == pytest.approx(
        36000.0, rel=0.1
    )
