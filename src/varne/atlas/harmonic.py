"""The linear tide of one constituent on triangles: where water is pushed, and how fast it runs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import splu

GRAVITY = 9.81  # [m/s²]
RADIUS = 6371008.8  # mean radius of the Earth [m], IUGG
TURN_OF_THE_EARTH = 7.2921e-5  # [rad/s], IERS Conventions (2010), table 1.2
_EQUAL_WORK = 8.0 / (3.0 * np.pi)  # quadratic friction as linear one that does the same work in a tide, Lorentz (1926)


@dataclass(frozen=True, slots=True)
class Elements:
    """Linear triangles: gradients of the three shares of a place inside, and what the water feels there."""

    triangles: NDArray[np.int32]  # (triangle, 3)
    slope_east: NDArray[np.float64]  # (triangle, 3) [1/m]
    slope_north: NDArray[np.float64]  # (triangle, 3) [1/m]
    area: NDArray[np.float64]  # (triangle,) [m²]
    depth: NDArray[np.float64]  # (triangle,) [m]
    coriolis: NDArray[np.float64]  # (triangle,) [rad/s]
    nodes: int


@dataclass(frozen=True, slots=True)
class Push:
    """What other tides do to one: an acceleration, and water carried along on top of the mean depth."""

    east: NDArray[np.complex128]  # (triangle,) [m/s²]
    north: NDArray[np.complex128]  # (triangle,) [m/s²]
    carried_east: NDArray[np.complex128]  # (triangle,) [m²/s]
    carried_north: NDArray[np.complex128]  # (triangle,) [m²/s]


def no_push(elements: Elements) -> Push:
    """
    Return the push of a tide that is alone.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]

    Returns
    -------
    Push
        Nothing. [m/s², m²/s]

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> no_push(plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0)).east
    array([0.+0.j])
    """
    return Push(*(np.zeros(len(elements.area), np.complex128) for _ in range(4)))


def plane_elements(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    triangles: NDArray[np.int32],
    *,
    depth: NDArray[np.float64],
    coriolis: float,
) -> Elements:
    """
    Prepare triangles on a plane.

    Parameters
    ----------
    x, y : array, shape (node,)
        East and north. [m]
    triangles : array, shape (triangle, 3)
        Nodes of each, anticlockwise. [1]
    depth : array, shape (node,)
        Of the water. [m]
    coriolis : float
        Twice the vertical turn of the Earth. [rad/s]

    Returns
    -------
    Elements
        Ready for :func:`respond`.

    Examples
    --------
    >>> corner = np.array([0.0, 2.0, 0.0]), np.array([0.0, 0.0, 2.0])
    >>> plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0).area
    array([2.])
    """
    turning = np.full(len(triangles), coriolis)
    return _elements(x[triangles], y[triangles], triangles, depth, turning)


def earth_elements(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    triangles: NDArray[np.int32],
    *,
    depth: NDArray[np.float64],
) -> Elements:
    """
    Prepare triangles on the Earth, each on its own plane.

    Parameters
    ----------
    longitude, latitude : array, shape (node,)
        The mesh. [deg]
    triangles : array, shape (triangle, 3)
        Nodes of each, anticlockwise. [1]
    depth : array, shape (node,)
        Of the water. [m]

    Returns
    -------
    Elements
        Ready for :func:`respond`.

    Examples
    --------
    >>> corner = np.array([1.0, 1.01, 1.0]), np.array([51.0, 51.0, 51.01])
    >>> earth_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3)).area.round(-3)
    array([389000.])
    """
    middle = np.radians(latitude[triangles].mean(axis=1))
    x = np.radians(longitude[triangles]) * RADIUS * np.cos(middle)[:, None]
    y = np.radians(latitude[triangles]) * RADIUS
    return _elements(x, y, triangles, depth, 2.0 * TURN_OF_THE_EARTH * np.sin(middle))


def _elements(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    triangles: NDArray[np.int32],
    depth: NDArray[np.float64],
    coriolis: NDArray[np.float64],
) -> Elements:
    """Corners (triangle, 3) in metres into gradients."""
    twice = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    assert np.all(twice > 0), "the corners of every triangle run anticlockwise"
    slope_east = np.column_stack((y[:, 1] - y[:, 2], y[:, 2] - y[:, 0], y[:, 0] - y[:, 1])) / twice[:, None]
    slope_north = np.column_stack((x[:, 2] - x[:, 1], x[:, 0] - x[:, 2], x[:, 1] - x[:, 0])) / twice[:, None]
    return Elements(
        triangles, slope_east, slope_north, twice / 2.0, depth[triangles].mean(axis=1), coriolis, len(depth)
    )


def system(elements: Elements, *, speed: float, friction: NDArray[np.float64]) -> csc_array:
    """
    Assemble the equation of the elevation, ``i speed eta = div(g h M^-1 grad eta)``, in its weak form.

    Each row sums the outflow from the surroundings of a node; without forcing every row times the elevation is zero,
    and the sum of all rows is the mass that enters through the open nodes. No flow crosses the coast.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    speed : float
        Of the constituent. [rad/s]
    friction : array, shape (triangle,)
        Linear friction. [1/s]

    Returns
    -------
    sparse array, shape (node, node)
        Complex. [m²/s]

    References
    ----------
    Le Provost and Poncet (1978), Int. J. Numer. Methods Eng. 12:853, for the method.

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> one = plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0)
    >>> matrix = system(one, speed=1.0, friction=np.zeros(1))
    >>> complex(np.round(matrix.sum(), 9))  # a level surface: only the water under it rises
    0.5j
    """
    damping = 1j * speed + friction
    scale = GRAVITY * elements.depth / (damping**2 + elements.coriolis**2)
    along, across = (scale * damping)[:, None], (scale * elements.coriolis)[:, None]
    flow_east = along * elements.slope_east + across * elements.slope_north
    flow_north = along * elements.slope_north - across * elements.slope_east
    stiffness = (
        elements.slope_east[:, :, None] * flow_east[:, None, :]
        + elements.slope_north[:, :, None] * flow_north[:, None, :]
    )
    mass = 1j * speed * (np.ones((3, 3)) + np.eye(3)) / 12.0  # consistent mass of a linear triangle
    values = (stiffness + mass) * elements.area[:, None, None]
    rows = np.repeat(elements.triangles, 3, axis=1).ravel()
    columns = np.tile(elements.triangles, (1, 3)).ravel()
    return csc_array(coo_array((values.ravel(), (rows, columns)), shape=(elements.nodes, elements.nodes)))


def respond(
    elements: Elements,
    open_nodes: NDArray[np.int64],
    driven: NDArray[np.complex128],
    *,
    speed: float,
    friction: NDArray[np.float64],
    push: Push | None = None,
) -> NDArray[np.complex128]:
    """
    Solve for the elevation everywhere when it is given at the open nodes.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    open_nodes : array, shape (open,)
        Where the elevation is given. [1]
    driven : array, shape (open, case)
        The elevation there, in each case. [m]
    speed : float
        Of the constituent. [rad/s]
    friction : array, shape (triangle,)
        Linear friction. [1/s]
    push : Push or None
        Of other tides, the same in each case. [m/s², m²/s]

    Returns
    -------
    array, shape (node, case)
        Complex amplitudes, time dependence exp(+i speed t). [m]

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> one = plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0)
    >>> respond(one, np.array([0, 1]), np.ones((2, 1), complex), speed=1e-6, friction=np.zeros(1)).real.round(6).ravel()
    array([1., 1., 1.])
    """
    matrix = system(elements, speed=speed, friction=friction)
    free = np.setdiff1d(np.arange(elements.nodes), open_nodes)
    elevation = np.zeros((elements.nodes, driven.shape[1]), np.complex128)
    elevation[open_nodes] = driven
    inner = csc_array(matrix[free])
    forcing = np.asarray(inner[:, open_nodes] @ driven, np.complex128)
    if push is not None:
        forcing -= _inflow(elements, push, speed=speed, friction=friction)[free, None]
    elevation[free] = splu(csc_array(inner[:, free])).solve(-forcing)
    return elevation


def _inflow(elements: Elements, push: Push, *, speed: float, friction: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Water that a push brings to each node, in the weak form of :func:`system`. [m³/s]"""
    damping = 1j * speed + friction
    scale = elements.depth / (damping**2 + elements.coriolis**2)
    east = scale * (damping * push.east + elements.coriolis * push.north) + push.carried_east
    north = scale * (damping * push.north - elements.coriolis * push.east) + push.carried_north
    inflow = np.zeros(elements.nodes, np.complex128)
    for corner in range(3):
        share = elements.slope_east[:, corner] * east + elements.slope_north[:, corner] * north
        np.add.at(inflow, elements.triangles[:, corner], elements.area * share)
    return inflow


def stream(
    elements: Elements,
    elevation: NDArray[np.complex128],
    *,
    speed: float,
    friction: NDArray[np.float64],
    push: Push | None = None,
) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """
    Return the stream that goes with an elevation, mean over the depth.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    elevation : array, shape (node,)
        Complex amplitude. [m]
    speed : float
        Of the constituent. [rad/s]
    friction : array, shape (triangle,)
        Linear friction. [1/s]
    push : Push or None
        Of other tides. [m/s², m²/s]

    Returns
    -------
    east, north : array, shape (triangle,)
        Complex amplitudes. [m/s]

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> one = plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0)
    >>> east, north = stream(one, np.array([0.0, 1.0, 0.0]) + 0j, speed=1.0, friction=np.zeros(1))
    >>> east.imag.round(6), abs(north).round(6)
    (array([9.81]), array([0.]))
    """
    east_slope = (elements.slope_east * elevation[elements.triangles]).sum(axis=1)
    north_slope = (elements.slope_north * elevation[elements.triangles]).sum(axis=1)
    east, north = -GRAVITY * east_slope, -GRAVITY * north_slope
    if push is not None:
        east, north = east + push.east, north + push.north
    damping = 1j * speed + friction
    scale = 1.0 / (damping**2 + elements.coriolis**2)
    return (
        scale * (damping * east + elements.coriolis * north),
        scale * (damping * north - elements.coriolis * east),
    )


def major_axis(east: NDArray[np.complex128], north: NDArray[np.complex128]) -> NDArray[np.float64]:
    """
    Return the greatest speed of a stream that turns in an ellipse.

    Parameters
    ----------
    east, north : array, any shape
        Complex amplitudes. [m/s]

    Returns
    -------
    array, same shape
        Half the long axis of the ellipse. [m/s]

    Examples
    --------
    >>> major_axis(np.array([3.0 + 0j]), np.array([4.0 + 0j]))
    array([5.])
    """
    return np.asarray((np.abs(east + 1j * north) + np.abs(np.conj(east - 1j * north))) / 2.0)


def linear_friction(
    stream_speed: NDArray[np.float64], *, depth: NDArray[np.float64], drag: float
) -> NDArray[np.float64]:
    """
    Replace the quadratic friction at the bottom by a linear one that does the same work over a tide.

    Parameters
    ----------
    stream_speed : array, shape (triangle,)
        Amplitude of the stream. [m/s]
    depth : array, shape (triangle,)
        Of the water. [m]
    drag : float
        Drag coefficient of the bottom. [1]

    Returns
    -------
    array, shape (triangle,)
        [1/s]

    References
    ----------
    Lorentz (1926); Proudman (1953), Dynamical Oceanography, section 151.

    Examples
    --------
    >>> linear_friction(np.array([1.0]), depth=np.array([30.0]), drag=0.0025).round(8)
    array([7.074e-05])
    """
    return _EQUAL_WORK * drag * stream_speed / depth


def at_nodes(elements: Elements, value: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """
    Bring values of triangles to the nodes: the mean of the triangles around each, by area.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    value : array, shape (triangle,)
        One value in each. [1]

    Returns
    -------
    array, shape (node,)
        In the unit of ``value``. [1]

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> one = plane_elements(*corner, np.array([[0, 1, 2]], np.int32), depth=np.ones(3), coriolis=0.0)
    >>> at_nodes(one, np.array([2.0 + 1j]))
    array([2.+1.j, 2.+1.j, 2.+1.j])
    """
    total = np.zeros(elements.nodes, np.complex128)
    weight = np.zeros(elements.nodes)
    for corner in range(3):
        np.add.at(total, elements.triangles[:, corner], value * elements.area)
        np.add.at(weight, elements.triangles[:, corner], elements.area)
    return total / weight
