"""Ships: how many pass each place, which way they go, how fast and how large they are."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import LaneGrid
from varne.atlas.embedded import lane_grid
from varne.compiled import inlined
from varne.earth import Plane, distance
from varne.facts.ferries import FerryRoute, ferry_routes
from varne.facts.tables import Facts, shipped_facts
from varne.sea.field import Source
from varne.sea.lanes import NONE
from varne.units import in_si

LANE, FERRY, COUNTED = 0, 1, 2  # kinds of streams: what scales them, and whose size and speed are drawn
MOST_STREAMS = 3  # in one cell: a lane and two ferry routes; our choice, it bounds the work of a step
_FAN = 5000.0  # a ferry route widens from its harbours over this distance [m]; our choice
_SIDE = 5.0  # standard deviations beyond which a route is empty; our choice, it leaves out 6e-7 of the ships
_SAMPLE = 50.0  # between two looks along a transect [m]; our choice, a tenth of a cell

# One stream of ships in one cell. `rate` is how many pass each metre across their course [1/(s m)], both directions
# together where they go `both_ways`; `east` and `north` are the unit vector of their course. Speed in m/s,
# sizes in m. A stream without ships has rate 0.
STREAM = np.dtype(
    (
        np.record,
        [(name, np.float32) for name in ("rate", "east", "north", "speed", "length", "beam")]
        + [("kind", np.int32), ("both_ways", np.int32)],
    )
)


@dataclass(frozen=True, slots=True)
class TrafficGrid:
    """
    Streams of ships in cells; row 0 in the south.

    The rates are those of a usual day. A draw multiplies them: those of a lane by the ships drawn for each lane over
    ``lane_ships``, those of ferries and of counted ships by a factor drawn for their kind.
    """

    streams: NDArray[np.void]  # (row, column, stream) STREAM
    south: float  # southern edge of row 0 [deg]
    west: float  # western edge of column 0 [deg]
    cells_per_degree: float  # [1/deg]
    lane_ships: float  # that pass along each lane, on which the rates of lanes stand [1/s]
    source: Source


@inlined
def traffic_cell(streams, south, west, cells_per_degree, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Find the cell of a position.

    Parameters
    ----------
    streams : array, shape (row, column, stream)
        Of a :class:`TrafficGrid`. [1]
    south, west : float
        Edges of the first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    row, column : int
        Both -1 outside the grid, where no ships are known. [1]

    Examples
    --------
    >>> traffic_cell(np.zeros((2, 3, 1), STREAM), 50.0, 1.0, 10.0, 50.15, 1.25)
    (1, 2)
    >>> traffic_cell(np.zeros((2, 3, 1), STREAM), 50.0, 1.0, 10.0, 50.15, 1.35)
    (-1, -1)
    """
    y = (latitude - south) * cells_per_degree
    x = (longitude - west) * cells_per_degree
    if not (0.0 <= y < streams.shape[0] and 0.0 <= x < streams.shape[1]):
        return -1, -1
    return int(y), int(x)


def streams_at(traffic: TrafficGrid, latitude: float, longitude: float) -> NDArray[np.void]:
    """
    Look up the streams of ships at a position.

    Parameters
    ----------
    traffic : TrafficGrid
        Ships. [1/(s m)]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    array, shape (stream,)
        STREAM, those with ships only. [SI]

    Examples
    --------
    >>> [int(stream.kind) for stream in streams_at(embedded_traffic(), 51.008, 1.392)]
    [0]
    """
    row, column = traffic_cell(
        traffic.streams, traffic.south, traffic.west, traffic.cells_per_degree, latitude, longitude
    )
    if row < 0:
        return traffic.streams[0, 0, :0]
    here = traffic.streams[row, column]
    return np.asarray(here[here["rate"] > 0.0])


def ships_across(traffic: TrafficGrid, start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """
    Return how many ships cross a straight transect.

    Parameters
    ----------
    traffic : TrafficGrid
        Ships. [1/(s m)]
    start, end : tuple of float
        Latitude and longitude of its ends. [deg]

    Returns
    -------
    array, shape (3,)
        In lanes, of ferries, and counted. [1/s]

    Examples
    --------
    >>> across = ships_across(embedded_traffic(), (51.06, 1.31), (50.984, 1.435))  # the south-west lane off Dover
    >>> bool(abs(across[0] * 86400.0 - 170.0) < 5.0)
    True
    """
    length = distance(*start, *end)
    samples = math.ceil(length / _SAMPLE)
    part = (np.arange(samples) + 0.5) / samples
    latitude = start[0] + part * (end[0] - start[0])
    longitude = start[1] + part * (end[1] - start[1])
    row = np.floor((latitude - traffic.south) * traffic.cells_per_degree).astype(int)
    column = np.floor((longitude - traffic.west) * traffic.cells_per_degree).astype(int)
    rows, columns, _ = traffic.streams.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    here = traffic.streams[row[inside], column[inside]]
    middle = (start[0] + end[0]) / 2.0
    x, y = Plane(middle, start[1]).to_plane(middle + end[0] - start[0], end[1])
    along = math.atan2(x, y)
    across = (
        here["rate"] * np.abs(here["east"] * math.cos(along) - here["north"] * math.sin(along)) * (length / samples)
    )
    return np.array([float(across[here["kind"] == kind].sum()) for kind in (LANE, FERRY, COUNTED)])


@cache
def embedded_traffic() -> TrafficGrid:
    """
    Lay out the ships of the embedded sea: lanes and ferry routes.

    Ships spread evenly across a lane and normally about a ferry's course. How they spread across the lanes of the
    strait is not published with a licence; over a whole crossing the encounters are the same however they spread, only
    where they come moves. Fishing boats, yachts and ships in the inshore zones are left out: nobody publishes a count.
    North-east of the strait, where the lanes branch, each branch has the ships of the whole lane, which is too many.

    Returns
    -------
    TrafficGrid
        Cells of 0.005 degree. [1/(s m)]

    References
    ----------
    Traffic separation schemes of OpenStreetMap; the facts of ``traffic.toml`` and ``ferries.toml``.

    Examples
    --------
    >>> embedded_traffic().streams.shape
    (480, 740, 3)
    """
    lanes, facts = lane_grid(), shipped_facts()
    streams = np.zeros((*lanes.code.shape, MOST_STREAMS), STREAM)
    lane_ships = _value(facts, "traffic.ships_per_day_each_lane")
    lane = lanes.code != NONE
    streams[lane, 0] = _rows(
        lane_ships / lanes.width[lane], lanes.flow_towards[lane], (LANE, 0), _sizes(facts, "traffic.ship")
    )
    for route in ferry_routes().values():
        _lay_route(streams, lanes, route, _sizes(facts, "traffic.ferry"))
    grades = [facts["traffic.ships_per_day_each_lane"].grade, *(route.grade for route in ferry_routes().values())]
    says = f"Lanes ({grades[0]}) and ferry routes ({grades[-1]}) of the embedded sea. {lanes.attribution}"
    return TrafficGrid(streams, lanes.south, lanes.west, lanes.cells_per_degree, lane_ships, Source(says, grades[-1]))


def beside_embedded(counted: TrafficGrid) -> TrafficGrid:
    """
    Lay counted ships over the embedded ones: where nothing was heard, the embedded ones stay.

    A receiver that hears nothing of a place says nothing of its ships, and never that there are none.

    Parameters
    ----------
    counted : TrafficGrid
        From AIS. [1/(s m)]

    Returns
    -------
    TrafficGrid
        In the cells of the embedded grid. [1/(s m)]

    Examples
    --------
    >>> nothing = TrafficGrid(np.zeros((2, 2, 3), STREAM), 51.0, 1.0, 50.0, 0.0, Source("AIS", "measured"))
    >>> bool((beside_embedded(nothing).streams["rate"] == embedded_traffic().streams["rate"]).all())
    True
    """
    embedded = embedded_traffic()
    rows, columns, layers = embedded.streams.shape
    latitude = embedded.south + (np.arange(rows) + 0.5) / embedded.cells_per_degree
    longitude = embedded.west + (np.arange(columns) + 0.5) / embedded.cells_per_degree
    row = np.floor((latitude - counted.south) * counted.cells_per_degree).astype(int)
    column = np.floor((longitude - counted.west) * counted.cells_per_degree).astype(int)
    high, wide, found = counted.streams.shape
    inside = ((row >= 0) & (row < high))[:, None] & ((column >= 0) & (column < wide))[None, :]
    there = counted.streams[np.clip(row, 0, high - 1)[:, None], np.clip(column, 0, wide - 1)[None, :]]
    heard = inside & (there["rate"] > 0.0).any(axis=2)
    streams = embedded.streams.copy()
    streams[heard] = 0
    streams[heard, :found] = there[heard, :layers]
    sailed = (embedded.streams["rate"] > 0.0).any(axis=2)
    silent = float((sailed & ~heard).sum()) / float(sailed.sum())
    says = f"{counted.source.says}; where nothing was heard, {silent:.0%} of the lanes and routes, the embedded ships"
    grade = counted.source.grade if silent == 0.0 else embedded.source.grade
    return TrafficGrid(
        streams, embedded.south, embedded.west, embedded.cells_per_degree, embedded.lane_ships, Source(says, grade)
    )


def _value(facts: Facts, name: str) -> float:
    return in_si(facts[name].value, facts[name].unit)


def _sizes(facts: Facts, stem: str) -> tuple[float, float, float]:
    """Speed [m/s], length [m] and beam [m] of a kind of ship."""
    return _value(facts, f"{stem}_speed"), _value(facts, f"{stem}_length"), _value(facts, f"{stem}_beam")


def _rows(
    rate: NDArray[np.float64],
    towards: NDArray[np.float64],
    kind: tuple[int, int],
    sizes: tuple[float, float, float],
) -> NDArray[np.void]:
    rows = np.zeros(rate.shape, STREAM)
    rows["rate"], rows["east"], rows["north"] = rate, np.sin(towards), np.cos(towards)
    rows["speed"], rows["length"], rows["beam"] = sizes
    rows["kind"], rows["both_ways"] = kind
    return rows


def _lay_route(
    streams: NDArray[np.void], lanes: LaneGrid, route: FerryRoute, sizes: tuple[float, float, float]
) -> None:
    """Put a ferry route into the first layer that is empty wherever it sails."""
    away, along, towards, length = _beside_route(route, lanes)
    opened = np.clip(np.minimum(along, length - along) / _FAN, 0.0, 1.0)
    spread = route.spread_at_harbour + (route.spread - route.spread_at_harbour) * opened
    sailed = (away < _SIDE * spread) & (along > 0.0) & (along < length)
    normal = np.exp(-0.5 * np.square(away / spread)) / (spread * math.sqrt(2.0 * math.pi))
    for layer in range(1, MOST_STREAMS):
        if not np.any(streams[sailed, layer]["rate"] > 0.0):
            streams[sailed, layer] = _rows(route.sailings * normal[sailed], towards[sailed], (FERRY, 1), sizes)
            return
    raise AssertionError(f"more ferry routes meet at {route.name} than a cell holds")


def _beside_route(
    route: FerryRoute, lanes: LaneGrid
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """Distance of every cell from the route [m], the way along it there [m], its course [rad], and its length [m]."""
    plane = Plane(sum(point[0] for point in route.waypoints) / len(route.waypoints), 0.0)
    rows, columns = lanes.code.shape
    longitude = lanes.west + (np.arange(columns) + 0.5) / lanes.cells_per_degree
    latitude = lanes.south + (np.arange(rows) + 0.5) / lanes.cells_per_degree
    x, y = np.meshgrid(
        longitude * plane.metres_per_degree_east, (latitude - plane.latitude) * plane.metres_per_degree_north
    )
    away, along, towards = np.full(x.shape, np.inf), np.zeros(x.shape), np.zeros(x.shape)
    points = [plane.to_plane(*point) for point in route.waypoints]
    passed = 0.0
    for (x_1, y_1), (x_2, y_2) in pairwise(points):
        leg = math.hypot(x_2 - x_1, y_2 - y_1)
        east, north = (x_2 - x_1) / leg, (y_2 - y_1) / leg
        ahead = np.clip((x - x_1) * east + (y - y_1) * north, 0.0, leg)
        beside = np.hypot(x - x_1 - ahead * east, y - y_1 - ahead * north)
        nearer = beside < away
        away[nearer], along[nearer], towards[nearer] = beside[nearer], passed + ahead[nearer], math.atan2(east, north)
        passed += leg
    return away, along, towards, passed
