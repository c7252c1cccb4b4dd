"""Promises about tides that work on each other, against closed forms."""

import numpy as np
import pytest

from varne.atlas.balance import TURNS, Streams, pushes, still
from varne.atlas.constituents import CONSTITUENTS
from varne.atlas.harmonic import plane_elements

DRAG, DEPTH = 0.0025, 30.0
PLACE = {name: place for place, name in enumerate(TURNS)}


@pytest.fixture(scope="module")
def square():
    """A square sea of 8 triangles."""
    x, y = (part.ravel() for part in np.meshgrid(np.arange(3) * 1000.0, np.arange(3) * 1000.0))
    node = np.arange(9).reshape(3, 3)
    a, b, c, d = (part.ravel() for part in (node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]))
    triangles = np.concatenate((np.column_stack((a, b, c)), np.column_stack((a, c, d)))).astype(np.int32)
    return plane_elements(x, y, triangles, depth=np.full(9, DEPTH), coriolis=1e-4)


def sea(elements, east, elevation):
    """A sea with a uniform stream towards east and a uniform elevation, by constituent."""
    streams = still(elements)
    level, along = streams.elevation.copy(), streams.east.copy()
    for name, size in east.items():
        along[PLACE[name]] = size
    for name, size in elevation.items():
        level[PLACE[name]] = size
    return Streams(level, along, streams.north)


def test_a_sea_without_tides_pushes_nothing(square):
    """Where nothing moves there is no friction and nothing is carried."""
    found, mean_speed = pushes(square, still(square), drag=DRAG, counted=np.ones(8))
    assert not mean_speed.any()
    assert not any(np.any(part) for push in found.values() for part in (push.east, push.carried_north))


def test_friction_of_one_tide_is_that_of_lorentz(square):
    """Quadratic friction of M2 alone acts on M2 with 8 / 3 pi and on M6 with a fifth of that."""
    found, mean_speed = pushes(square, sea(square, {"M2": 1.0}, {}), drag=DRAG, counted=np.ones(8))
    lorentz = 8.0 / (3.0 * np.pi) * DRAG / DEPTH
    np.testing.assert_allclose(found["M2"].east, -lorentz, rtol=0.01)
    np.testing.assert_allclose(found["M6"].east, -lorentz / 5.0, rtol=0.1)
    np.testing.assert_allclose(found["M4"].east, 0.0, atol=1e-12)
    np.testing.assert_allclose(mean_speed, 2.0 / np.pi, rtol=0.03)


def test_a_small_stream_feels_half_again_the_friction(square):
    """Beside a great stream a small one along it is damped one and a half times as much as the great one."""
    found, _ = pushes(square, sea(square, {"M2": 1.0, "S2": 0.02}, {}), drag=DRAG, counted=np.ones(8))
    assert (found["S2"].east / 0.02).real.mean() == pytest.approx(1.5 * found["M2"].east.real.mean(), rel=0.05)


def test_a_wave_carries_water(square):
    """Half the product of elevation and stream passes in the mean, and the other half at twice the frequency."""
    found, _ = pushes(square, sea(square, {"M2": 1.2}, {"M2": 2.0 * np.exp(0.5j)}), drag=0.0, counted=np.ones(8))
    np.testing.assert_allclose(found["Z0"].carried_east, 1.2 * np.cos(0.5), rtol=1e-9)
    np.testing.assert_allclose(found["M4"].carried_east, 1.2 * np.exp(0.5j), rtol=1e-9)


def test_friction_is_weaker_when_the_water_is_high(square):
    """A stream that runs one way at high water and back at low water is driven that way in the mean by friction."""
    found, _ = pushes(square, sea(square, {"M2": 1.0}, {"M2": 2.0}), drag=DRAG, counted=np.ones(8))
    assert (found["Z0"].east.real > 0.0).all()


@pytest.mark.parametrize("name", [name for name in TURNS if name != "Z0"])
def test_turns_are_those_of_the_arguments(name):
    """The argument of each constituent is the sum of those of M2, S2 and N2, with the sign of its own phase."""
    *turns, sign = TURNS[name]
    own = CONSTITUENTS[name]
    for motion in ("day", "moon", "sun", "perigee", "perihelion"):
        parts = [getattr(CONSTITUENTS[part], motion) for part in ("M2", "S2", "N2")]
        assert getattr(own, motion) == sum(turn * part for turn, part in zip(turns, parts, strict=True))
    assert sign == np.cos(np.radians(own.phase))
