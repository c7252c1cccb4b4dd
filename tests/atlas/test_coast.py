"""Promises about filling the coastline."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.atlas.charts import Window
from varne.atlas.coast import Polygon, fill

BOX = Window(0.0, 1.0, 0.0, 1.0)


@given(st.floats(0.1, 0.4), st.floats(0.3, 0.7), st.floats(0.3, 0.7))
@settings(max_examples=25, deadline=None)
def test_the_area_of_a_disc_is_kept(radius, x, y):
    """The cells of a disc have its area, clipped to the window, to within its rim."""
    turn = np.linspace(0.0, 2.0 * np.pi, 400, endpoint=False)
    disc = Polygon(x + radius * np.cos(turn), y + radius * np.sin(turn))
    inside = fill(disc, window=BOX, cells_per_degree=200.0)
    column, row = np.meshgrid((np.arange(200) + 0.5) / 200, (np.arange(200) + 0.5) / 200)
    truth = np.hypot(column - x, row - y) < radius
    assert np.count_nonzero(inside != truth) <= 40


def test_the_way_round_does_not_matter():
    """A polygon encloses the same cells clockwise and anticlockwise."""
    x, y = np.array([0.1, 0.9, 0.6, 0.5]), np.array([0.2, 0.1, 0.9, 0.3])
    forth = fill(Polygon(x, y), window=BOX, cells_per_degree=50.0)
    back = fill(Polygon(x[::-1], y[::-1]), window=BOX, cells_per_degree=50.0)
    assert forth.any()
    assert (forth == back).all()


def test_land_beyond_the_window_still_counts():
    """A polygon that surrounds the window fills it, though no side of it lies inside."""
    around = Polygon(np.array([-9.0, 9.0, 9.0, -9.0]), np.array([-9.0, -9.0, 9.0, 9.0]))
    assert fill(around, window=BOX, cells_per_degree=10.0).all()
