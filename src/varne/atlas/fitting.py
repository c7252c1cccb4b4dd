"""Tides fitted to gauges: the open boundary that brings a constituent closest to what was measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import NORTH_LINE, WEST_LINE
from varne.atlas.constituents import angular_speed
from varne.atlas.gauges import Gauge
from varne.atlas.harmonic import Elements, at_nodes, linear_friction, major_axis, respond, stream
from varne.atlas.mesh import Mesh, line_parameter
from varne.atlas.triangles import locate

DRAG = 0.0025  # of the bottom [1], tuned to the gauges and to published streams
BACKGROUND = 1.0  # the M2 stream that the smaller constituents move on [m/s], assumed
_START = 0.9  # stream of the first round [m/s]
_ROUNDS = 12
_RIDGE = 1e-3  # keeps the polynomials of the boundary small [m²]
_WEST_TERMS, _NORTH_TERMS = 3, 4  # of the polynomials along the two lines


@dataclass(frozen=True, slots=True)
class Tide:
    """One constituent at the nodes of a mesh, with the misfit at each gauge that it was fitted to. [m, m/s]"""

    elevation: NDArray[np.complex128]
    east: NDArray[np.complex128]
    north: NDArray[np.complex128]
    misfit: NDArray[np.complex128]


def boundary_shapes(mesh: Mesh) -> NDArray[np.complex128]:
    """
    Return the shapes that the elevation may take along the open lines: powers of the way along each.

    Parameters
    ----------
    mesh : Mesh
        With its driven nodes. [1]

    Returns
    -------
    array, shape (open, shape)
        Rows of the western nodes first, then of the northern ones. [1]

    Examples
    --------
    >>> node = np.array([0.06, 1.37]), np.array([50.79, 51.95])
    >>> mesh = Mesh(*node, np.zeros((0, 3), np.int32), np.array([0]), np.array([1]))
    >>> boundary_shapes(mesh).real
    array([[1., 0., 0., 0., 0., 0., 0.],
           [0., 0., 0., 1., 0., 0., 0.]])
    """
    along_west = line_parameter(mesh.longitude[mesh.west], mesh.latitude[mesh.west], WEST_LINE)
    along_north = line_parameter(mesh.longitude[mesh.north], mesh.latitude[mesh.north], NORTH_LINE)
    shapes = np.zeros((len(along_west) + len(along_north), _WEST_TERMS + _NORTH_TERMS), np.complex128)
    shapes[: len(along_west), :_WEST_TERMS] = np.vander(along_west, _WEST_TERMS, increasing=True)
    shapes[len(along_west) :, _WEST_TERMS:] = np.vander(along_north, _NORTH_TERMS, increasing=True)
    return shapes


def fit_tide(mesh: Mesh, elements: Elements, gauges: list[Gauge], *, constituent: str) -> Tide:
    """
    Fit one constituent to gauges, with the friction of its own stream.

    Parameters
    ----------
    mesh : Mesh
        With its driven nodes. [deg]
    elements : Elements
        The same triangles, with depth. [1]
    gauges : list of Gauge
        Each with this constituent. [m]
    constituent : str
        For example ``"M2"``. [1]

    Returns
    -------
    Tide
        At the nodes. [m, m/s]

    References
    ----------
    Least squares with a ridge for the boundary; iteration of the friction as in Le Provost and Poncet (1978).

    Examples
    --------
    >>> fit_tide.__name__  # a whole sea is fitted in tests/atlas/test_fitting.py
    'fit_tide'
    """
    speed = angular_speed(constituent)
    open_nodes = np.concatenate((mesh.west, mesh.north))
    shapes = boundary_shapes(mesh)
    place = np.array([gauge.longitude for gauge in gauges]), np.array([gauge.latitude for gauge in gauges])
    which, share = locate(mesh.longitude, mesh.latitude, mesh.triangles, at=place)
    corners = mesh.triangles[which]
    measured = np.array([gauge.constants[constituent] for gauge in gauges])
    stream_speed = np.full(len(elements.area), _START)
    beside = 0.0 if constituent == "M2" else BACKGROUND
    for _ in range(_ROUNDS):
        friction = linear_friction(np.hypot(stream_speed, beside), depth=elements.depth, drag=DRAG)
        response = respond(elements, open_nodes, shapes, speed=speed, friction=friction)
        seen = (response[corners] * share[:, :, None]).sum(axis=1)
        normal = seen.conj().T @ seen + _RIDGE * np.eye(seen.shape[1])
        elevation = response @ np.linalg.solve(normal, seen.conj().T @ measured)
        east, north = stream(elements, elevation, speed=speed, friction=friction)
        stream_speed = (stream_speed + major_axis(east, north)) / 2.0
    misfit = (elevation[corners] * share).sum(axis=1) - measured
    return Tide(elevation, at_nodes(elements, east), at_nodes(elements, north), misfit)
