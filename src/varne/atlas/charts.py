"""The charts of the embedded sea: tides on a mesh, depth, coast and lanes, as frozen arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the Earth. [deg]"""

    west: float
    east: float
    south: float
    north: float


@dataclass(frozen=True, slots=True)
class TideAtlas:
    """
    Tides and streams of each constituent at the nodes of a mesh.

    A tide is ``Re(amplitude * factor)``, the factor being that of :func:`varne.sea.tides.tide_factors`.
    """

    longitude: NDArray[np.float64]  # (node,) [deg]
    latitude: NDArray[np.float64]  # (node,) [deg]
    triangles: NDArray[np.int32]  # (triangle, 3), nodes anticlockwise
    depth: NDArray[np.float64]  # (node,) as the tides felt it [m]
    constituents: tuple[str, ...]
    elevation: NDArray[np.complex128]  # (constituent, node) [m]
    east: NDArray[np.complex128]  # (constituent, node) [m/s]
    north: NDArray[np.complex128]  # (constituent, node) [m/s]
    attribution: str


@dataclass(frozen=True, slots=True)
class CoastMask:
    """Sea and land in cells: 0 sea, 1 Great Britain, 2 the continent; row 0 in the south."""

    code: NDArray[np.uint8]  # (row, column)
    south: float  # southern edge of row 0 [deg]
    west: float  # western edge of column 0 [deg]
    cells_per_degree: float  # [1/deg]
    attribution: str


@dataclass(frozen=True, slots=True)
class DepthGrid:
    """Depth below mean sea level at the middles of cells; negative above it; row 0 in the south."""

    depth: NDArray[np.float32]  # (row, column) [m]
    south: float  # middle of row 0 [deg]
    west: float  # middle of column 0 [deg]
    cells_per_degree: float  # [1/deg]
    attribution: str


@dataclass(frozen=True, slots=True)
class LaneGrid:
    """Traffic lanes in cells: 0 none, 1 going south-west, 2 going north-east; row 0 in the south."""

    code: NDArray[np.uint8]  # (row, column)
    flow_towards: NDArray[np.float32]  # (row, column), clockwise from north, 0 outside the lanes [rad]
    width: NDArray[np.float32]  # (row, column), of the lane across its flow, 0 outside the lanes [m]
    south: float  # southern edge of row 0 [deg]
    west: float  # western edge of column 0 [deg]
    cells_per_degree: float  # [1/deg]
    attribution: str


# The box of the embedded sea, and the two lines at which its tides are driven: (latitude, longitude) of their ends.
# West and north of the lines the mesh has no water.
DOMAIN = Window(west=-0.10, east=3.6, south=49.7, north=52.1)
WEST_LINE = ((50.79, 0.06), (49.95, 1.05))  # Newhaven to Dieppe
NORTH_LINE = ((51.95, 1.37), (51.55, 3.44))  # Felixstowe to Westkapelle


def side_of_line(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], line: tuple[tuple[float, float], tuple[float, float]]
) -> NDArray[np.float64]:
    """
    Say on which side of a line points lie, on a map of degrees.

    Parameters
    ----------
    latitude, longitude : array, any shape
        Points. [deg]
    line : pair of (latitude, longitude)
        From its first end to its second. [deg]

    Returns
    -------
    array, same shape
        Positive to the left of the line, negative to its right. [deg^2]

    Examples
    --------
    >>> side_of_line(np.array([51.0]), np.array([1.45]), WEST_LINE) > 0
    array([ True])
    """
    (latitude_1, longitude_1), (latitude_2, longitude_2) = line
    across = (longitude_2 - longitude_1) * (latitude - latitude_1)
    along = (latitude_2 - latitude_1) * (longitude - longitude_1)
    return across - along
