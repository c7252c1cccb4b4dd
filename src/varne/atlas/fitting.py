"""Tides fitted to gauges: the open boundary that brings each constituent closest to what was measured."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray

from varne.atlas.balance import TURNS, Streams, pushes, still
from varne.atlas.charts import NORTH_LINE, WEST_LINE
from varne.atlas.constituents import angular_speed, constituent
from varne.atlas.gauges import Gauge
from varne.atlas.harmonic import Elements, Push, at_nodes, no_push, respond, stream
from varne.atlas.mesh import Mesh, distance_to_line, line_parameter
from varne.atlas.transport import transport
from varne.atlas.triangles import locate

DRAG = 0.0037  # of the bottom [1], tuned to gauges and to published streams: docs/tides.md
# Net tidal flow through the strait to the north-east [m³/s]. Prandle (1993), by radar.
THROUGH = 36000.0
_START = 0.9  # mean speed of the stream before it is known [m/s]
_ROUNDS, _STEP = 16, 0.5  # of the balance, and how far each goes
_RIDGE, _RIDGE_OF_OTHERS = 1e-3, 0.1  # keeps the boundary small: semidiurnal tides; the small ones that are left
_WEST_TERMS, _NORTH_TERMS = 3, 4  # of the polynomials along the two lines
# Friction of a small stream beside a great one along it: twice the drag of the mean speed, where the great one has 4/3.
_GREAT, _SMALL = 4.0 / 3.0, 2.0
# The changing depth and the momentum count from none to all over these depths, as nothing dries here, and over these
# distances from the open lines, where what comes in is not known [m].
_DEPTHS, _DISTANCES = (8.0, 20.0), (6000.0, 20000.0)
_SLOW = 0.5  # constituents with fewer turns a day have heights only: weather makes them, not the tide


@dataclass(frozen=True, slots=True)
class Tide:
    """One constituent, and what is missed at each gauge: with all gauges, and when that gauge was left out. [m, m/s]"""

    elevation: NDArray[np.complex128]  # (node,)
    east: NDArray[np.complex128]  # (node,)
    north: NDArray[np.complex128]  # (node,)
    misfit: NDArray[np.complex128]  # (gauge,), nan where the gauge lacks it
    left_out: NDArray[np.complex128]  # (gauge,)


@dataclass(frozen=True, slots=True)
class Sea:
    """Where tides are fitted: the mesh, the water in it and the gauges on its shores."""

    mesh: Mesh
    elements: Elements
    gauges: list[Gauge]


def boundary_shapes(mesh: Mesh) -> NDArray[np.complex128]:
    """
    Return the shapes that the elevation may take along the open lines: Legendre polynomials of the way along each.

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
    array([[ 1., -1.,  1.,  0.,  0.,  0.,  0.],
           [ 0.,  0.,  0.,  1., -1.,  1., -1.]])
    """
    along_west = line_parameter(mesh.longitude[mesh.west], mesh.latitude[mesh.west], WEST_LINE)
    along_north = line_parameter(mesh.longitude[mesh.north], mesh.latitude[mesh.north], NORTH_LINE)
    shapes = np.zeros((len(along_west) + len(along_north), _WEST_TERMS + _NORTH_TERMS), np.complex128)
    shapes[: len(along_west), :_WEST_TERMS] = legvander(2.0 * along_west - 1.0, _WEST_TERMS - 1)
    shapes[len(along_west) :, _WEST_TERMS:] = legvander(2.0 * along_north - 1.0, _NORTH_TERMS - 1)
    return shapes


def fit_tides(sea: Sea, *, names: tuple[str, ...], drag: float = DRAG) -> dict[str, Tide]:
    """
    Fit constituents to gauges: first those that work on each other, in balance, then the small ones that they carry.

    Parameters
    ----------
    sea : Sea
        Mesh, water and gauges. [1]
    names : tuple of str
        Constituents; those of :data:`varne.atlas.balance.TURNS` are fitted in any case. [1]
    drag : float
        Drag coefficient of the bottom. [1]

    Returns
    -------
    dict of Tide
        By name. ``"Z0"`` is the mean stream; its elevation, which mean sea level contains, is zero. [m, m/s]

    References
    ----------
    Least squares with a ridge for the boundary. Harmonic balance as in Le Provost (1991), in Parker (ed.), Tidal
    Hydrodynamics. Friction of small constituents: Jeffreys (1970), The Earth, section 8.06.

    Examples
    --------
    >>> fit_tides.__name__  # a whole sea is fitted in tests/atlas/test_fitting.py
    'fit_tides'
    """
    streams, mean_speed = still(sea.elements), np.full(len(sea.elements.area), _START)
    pushed = dict.fromkeys(TURNS, no_push(sea.elements))
    tides: dict[str, Tide] = {}
    counted = _counted(sea)
    for round_ in range(_ROUNDS):
        friction = drag * mean_speed / sea.elements.depth
        found = []
        for place, name in enumerate(TURNS):
            resisting = (_GREAT if name == "M2" else _SMALL) * friction
            push = _without_friction(pushed[name], streams, place, resisting)
            if name == "Z0":
                tide, east, north = fit_mean(sea, push, resisting)
            else:
                tide, east, north = fit_tide(sea, name, push=push, friction=resisting)
            tides[name] = tide
            found.append((tide.elevation, east, north))
        streams = _towards(streams, found, _STEP if round_ else 1.0)
        pushed, mean_speed = pushes(sea.elements, streams, drag=drag, counted=counted)
    for name in names:
        if name not in tides:
            resisting = _SMALL * drag * mean_speed / sea.elements.depth
            tides[name] = fit_tide(sea, name, push=no_push(sea.elements), friction=resisting)[0]
    return {name: tides[name] for name in (*TURNS, *names)}


def _counted(sea: Sea) -> NDArray[np.float64]:
    """How much of the changing depth and of the momentum counts in each triangle."""
    mesh = sea.mesh
    away = np.minimum(*(distance_to_line(mesh.longitude, mesh.latitude, line) for line in (WEST_LINE, NORTH_LINE)))
    measures = (sea.elements.depth, _DEPTHS), (away[mesh.triangles].mean(axis=1), _DISTANCES)
    shares = [np.clip((value - none) / (every - none), 0.0, 1.0) for value, (none, every) in measures]
    return np.asarray(shares[0] * shares[1])


def _without_friction(push: Push, streams: Streams, place: int, friction: NDArray[np.float64]) -> Push:
    """A push less the linear friction that the equations have already."""
    return Push(
        push.east + friction * streams.east[place],
        push.north + friction * streams.north[place],
        push.carried_east,
        push.carried_north,
    )


def _towards(
    streams: Streams,
    found: list[tuple[NDArray[np.complex128], NDArray[np.complex128], NDArray[np.complex128]]],
    step: float,
) -> Streams:
    """A part of the way from one state of the sea to another."""
    new = [np.array(part) for part in zip(*found, strict=True)]
    old = (streams.elevation, streams.east, streams.north)
    return Streams(*(before + step * (after - before) for before, after in zip(old, new, strict=True)))


def fit_tide(
    sea: Sea, name: str, *, push: Push, friction: NDArray[np.float64]
) -> tuple[Tide, NDArray[np.complex128], NDArray[np.complex128]]:
    """
    Fit one constituent to gauges.

    Parameters
    ----------
    sea : Sea
        Mesh, water and gauges. [1]
    name : str
        For example ``"M2"``. [1]
    push : Push
        Of the other constituents. [m/s², m²/s]
    friction : array, shape (triangle,)
        Linear friction. [1/s]

    Returns
    -------
    tide : Tide
        At the nodes. [m, m/s]
    east, north : array, shape (triangle,)
        Its stream. [m/s]

    Examples
    --------
    >>> fit_tide.__name__
    'fit_tide'
    """
    mesh, speed = sea.mesh, angular_speed(name)
    open_nodes = np.concatenate((mesh.west, mesh.north))
    shapes = boundary_shapes(mesh)
    driven = np.pad(shapes, ((0, 0), (0, 1)))
    # The last case is the push alone: what it gives is taken from the others, which have it too.
    response = respond(sea.elements, open_nodes, driven, speed=speed, friction=friction, push=push)
    response[:, :-1] -= response[:, -1:]
    place = np.array([one.longitude for one in sea.gauges]), np.array([one.latitude for one in sea.gauges])
    which, share = locate(mesh.longitude, mesh.latitude, mesh.triangles, at=place)
    seen = (response[mesh.triangles[which]] * share[:, :, None]).sum(axis=1)
    measured = np.array([one.constants.get(name, np.nan) for one in sea.gauges], np.complex128)
    ridge = _RIDGE if constituent(name).day == 2 else _RIDGE_OF_OTHERS
    has = np.isfinite(measured)
    size = _boundary(seen, measured, has, ridge)
    others = ~np.eye(len(has), dtype=bool)
    left_out = np.array([seen[g] @ _boundary(seen, measured, has & others[g], ridge) for g in range(len(has))])
    elevation = np.asarray(response @ size, np.complex128)
    east, north = stream(sea.elements, elevation, speed=speed, friction=friction, push=push)
    if constituent(name).day < _SLOW:
        east, north = np.zeros_like(east), np.zeros_like(north)
    tide = Tide(
        elevation,
        at_nodes(sea.elements, east),
        at_nodes(sea.elements, north),
        seen @ size - measured,
        left_out - measured,
    )
    return tide, east, north


def _boundary(
    seen: NDArray[np.complex128], measured: NDArray[np.complex128], used: NDArray[np.bool_], ridge: float
) -> NDArray[np.complex128]:
    """Sizes of the boundary shapes that fit the gauges that are used; the push has size 1."""
    shapes, wanted = seen[used, :-1], measured[used] - seen[used, -1]
    normal = shapes.conj().T @ shapes + ridge * np.eye(shapes.shape[1])
    return np.append(np.linalg.solve(normal, shapes.conj().T @ wanted), 1.0)


def fit_mean(
    sea: Sea, push: Push, friction: NDArray[np.float64]
) -> tuple[Tide, NDArray[np.complex128], NDArray[np.complex128]]:
    """
    Find the mean stream: what tides drive, with a slope from line to line so that :data:`THROUGH` passes the strait.

    That is the sum of the mean stream through the mean depth and of the water that tides carry on top of it.

    Parameters
    ----------
    sea : Sea
        Mesh and water. [1]
    push : Push
        Of the tides. [m/s², m²/s]
    friction : array, shape (triangle,)
        Linear friction. [1/s]

    Returns
    -------
    tide : Tide
        Elevation zero, as heights count from mean sea level. [m, m/s]
    east, north : array, shape (triangle,)
        The mean stream. [m/s]

    Examples
    --------
    >>> fit_mean.__name__
    'fit_mean'
    """
    mesh, elements = sea.mesh, sea.elements
    open_nodes = np.concatenate((mesh.west, mesh.north))
    higher = np.zeros((len(open_nodes), 1), np.complex128)
    higher[: len(mesh.west)] = 1.0
    flows = []
    for driven, pushing in ((np.zeros_like(higher), push), (higher, no_push(elements))):
        level = respond(elements, open_nodes, driven, speed=0.0, friction=friction, push=pushing)[:, 0]
        flows.append(stream(elements, level, speed=0.0, friction=friction, push=pushing))
    carried = push.carried_east.real, push.carried_north.real
    passes = [
        transport(
            elements, mesh.longitude, mesh.latitude, flow=(elements.depth * east.real, elements.depth * north.real)
        )
        for east, north in flows
    ]
    over = transport(elements, mesh.longitude, mesh.latitude, flow=carried)
    slope = (THROUGH - over - passes[0]) / passes[1]
    east, north = (flows[0][part] + slope * flows[1][part] for part in range(2))
    nothing = np.full(len(sea.gauges), np.nan, np.complex128)
    still_level = np.zeros(elements.nodes, np.complex128)
    tide = Tide(still_level, at_nodes(elements, east), at_nodes(elements, north), nothing, nothing)
    return tide, east, north
