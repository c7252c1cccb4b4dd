"""Promises about the charts of the embedded sea."""

import numpy as np

from varne.atlas.charts import NORTH_LINE, WEST_LINE, side_of_line


def test_the_strait_lies_between_the_lines():
    """Mid strait lies east of the western line and south of the northern one; the open sea beyond does not."""
    latitude, longitude = np.array([51.0, 50.2, 52.0]), np.array([1.45, 0.0, 2.5])
    inside = (side_of_line(latitude, longitude, WEST_LINE) > 0) & (side_of_line(latitude, longitude, NORTH_LINE) < 0)
    assert inside.tolist() == [True, False, False]
