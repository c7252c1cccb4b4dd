"""Promises about the linear tide on triangles, against closed forms."""

import numpy as np
import pytest

from varne.atlas.harmonic import (
    GRAVITY,
    at_nodes,
    linear_friction,
    major_axis,
    plane_elements,
    respond,
    stream,
    system,
)

SPEED = 1.405189e-4  # of M2 [rad/s]
DEPTH = 30.0
LENGTH, WIDTH = 200e3, 60e3


def channel(columns, rows):
    """Nodes and triangles of a rectangular channel."""
    x, y = np.meshgrid(np.linspace(0.0, LENGTH, columns + 1), np.linspace(0.0, WIDTH, rows + 1))
    node = np.arange(x.size).reshape(x.shape)
    a, b, c, d = (part.ravel() for part in (node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]))
    triangles = np.concatenate((np.column_stack((a, b, c)), np.column_stack((a, c, d)))).astype(np.int32)
    return x.ravel(), y.ravel(), triangles


def kelvin_error(columns):
    """Greatest error of a Kelvin wave that is given at both ends of a channel."""
    coriolis = 1.13e-4
    x, y, triangles = channel(columns, columns * 3 // 10)
    celerity = np.sqrt(GRAVITY * DEPTH)
    truth = np.exp(-coriolis * y / celerity - 1j * SPEED * x / celerity)
    elements = plane_elements(x, y, triangles, depth=np.full(len(x), DEPTH), coriolis=coriolis)
    ends = np.flatnonzero((x == 0.0) | (x == LENGTH))
    found = respond(elements, ends, truth[ends, None], speed=SPEED, friction=np.zeros(len(triangles)))
    return np.abs(found[:, 0] - truth).max()


def test_a_kelvin_wave_converges():
    """The error of a Kelvin wave falls by about four when the mesh is twice as fine."""
    coarse, fine = kelvin_error(20), kelvin_error(40)
    assert fine < 0.002
    assert coarse / fine == pytest.approx(4.0, abs=1.0)


def standing(columns):
    """A tide that enters a closed channel with friction, its elements, and the closed form."""
    x, y, triangles = channel(columns, 4)
    friction = 1e-4
    root = np.sqrt(1j * SPEED * (1j * SPEED + friction) / (GRAVITY * DEPTH))
    truth = np.cosh(root * (LENGTH - x)) / np.cosh(root * LENGTH)
    elements = plane_elements(x, y, triangles, depth=np.full(len(x), DEPTH), coriolis=0.0)
    resisting = np.full(len(triangles), friction)
    mouth = np.flatnonzero(x == 0.0)
    found = respond(elements, mouth, np.ones((len(mouth), 1), complex), speed=SPEED, friction=resisting)[:, 0]
    return elements, resisting, found, truth, x, root


def test_a_standing_wave_with_friction_is_the_closed_form():
    """Elevation and stream in a closed channel are cosh and sinh, to a thousandth."""
    elements, friction, found, truth, x, root = standing(80)
    assert np.abs(found - truth).max() < 1e-3
    east, north = stream(elements, found, speed=SPEED, friction=friction)
    middle = x[elements.triangles].mean(axis=1)
    exact = GRAVITY / (1j * SPEED + friction[0]) * root * np.sinh(root * (LENGTH - middle)) / np.cosh(root * LENGTH)
    assert np.abs(east - exact).max() < 0.02 * np.abs(exact).max()
    assert np.abs(north).max() < 0.02 * np.abs(exact).max()


def test_no_stream_through_the_coast():
    """The stream vanishes at the closed end as the mesh is refined."""
    ends = []
    for columns in (20, 80):
        elements, friction, found, _, x, _ = standing(columns)
        east, _ = stream(elements, found, speed=SPEED, friction=friction)
        last = x[elements.triangles].max(axis=1) == LENGTH
        ends.append(np.abs(east[last]).max())
    assert ends[1] < ends[0] / 3.0


def test_mass_is_conserved():
    """What rises inside has come in through the mouth: the rows of the free nodes add to nothing."""
    elements, friction, found, _, x, _ = standing(40)
    flow = system(elements, speed=SPEED, friction=friction) @ found
    mouth = x == 0.0
    assert np.abs(flow[~mouth]).max() < 1e-9 * np.abs(flow[mouth]).max()
    risen = 1j * SPEED * (found[elements.triangles].mean(axis=1) * elements.area).sum()
    assert flow[mouth].sum() == pytest.approx(risen, rel=1e-9)


def test_the_ellipse_of_a_circle_and_of_a_line():
    """A stream that turns keeps its speed; one that swings has its amplitude."""
    assert major_axis(np.array([1.0 + 0j]), np.array([1j]))[0] == pytest.approx(1.0)
    assert major_axis(np.array([0.6j]), np.array([0.8j]))[0] == pytest.approx(1.0)


def test_linear_friction_does_the_work_of_quadratic_friction():
    """Over a tide, r u u h takes the same energy as Cd |u| u u."""
    phase = np.linspace(0.0, 2.0 * np.pi, 10000, endpoint=False)
    swing = 1.3 * np.cos(phase)
    rate = linear_friction(np.array([1.3]), depth=np.array([DEPTH]), drag=0.0025)[0]
    assert (rate * DEPTH * swing**2).mean() == pytest.approx((0.0025 * np.abs(swing) ** 3).mean(), rel=1e-6)


def test_a_uniform_stream_stays_uniform_at_nodes():
    """Bringing values from triangles to nodes keeps a constant."""
    elements, *_ = standing(4)
    np.testing.assert_allclose(at_nodes(elements, np.full(len(elements.area), 2.0 - 3.0j)), 2.0 - 3.0j)
