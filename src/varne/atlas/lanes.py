"""Traffic lanes: seamarks of OpenStreetMap drawn into cells, with direction of flow and width."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from varne.atlas.charts import Window

NONE, SOUTH_WEST_GOING, NORTH_EAST_GOING = 0, 1, 2
CELLS_PER_DEGREE = 200.0
METRES_PER_DEGREE = 111195.08  # of latitude [m], on a sphere of 6371008.8 m
_MIDDLE = 51.0  # latitude of the plane on which lanes are measured [deg]
_STEP = 250.0  # between the places where a lane's width is measured [m]
_REACH = 8000.0  # a lane's edge is looked for this far from its middle [m]
_BEND = 0.25  # a place may lie this share of its offset before or behind a sample, on the outside of a bend [1]
_EDGES = ("separation_zone", "separation_boundary", "separation_line")


@dataclass(frozen=True, slots=True)
class LaneSamples:
    """Places along the middle of all lanes: position on the plane [m], flow, and the way to each edge. [m]"""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    flow_east: NDArray[np.float64]
    flow_north: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LaneCells:
    """Cells of a window: code, flow clockwise from north [rad] and width [m]; row 0 in the south."""

    code: NDArray[np.uint8]
    flow_towards: NDArray[np.float32]
    width: NDArray[np.float32]


def read_seamarks(path: Path, *, window: Window) -> tuple[list[shapely.LineString], list[shapely.Geometry]]:
    """
    Read lanes and what bounds them, on a plane in metres; each lane runs the way its ships go.

    Parameters
    ----------
    path : Path
        GeoJSON of seamarks, in degrees, with ``seamark:type``. [1]
    window : Window
        What is wanted. [deg]

    Returns
    -------
    lanes : list of LineString
        Their middles. [m]
    edges : list of geometry
        Boundaries, separation lines, and zones as polygons: a zone comes as a line that closes on itself. [m]

    References
    ----------
    OpenStreetMap wiki, Seamarks/Seamark Objects; © OpenStreetMap contributors, ODbL 1.0.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "one.geojson"
    >>> lane = {"type": "LineString", "coordinates": [[1.0, 51.0], [1.1, 51.1]]}
    >>> marks = {"seamark:type": "separation_lane", "tss_flow_is_forward_along_geometry": True}
    >>> _ = path.write_text(json.dumps({"features": [{"geometry": lane, "properties": marks}]}))
    >>> lanes, edges = read_seamarks(path, window=Window(0.0, 2.0, 50.0, 52.0))
    >>> len(lanes), len(edges)
    (1, 0)
    """
    lanes: list[shapely.LineString] = []
    edges: list[shapely.Geometry] = []
    box = shapely.box(*_plane(window.west, window.south), *_plane(window.east, window.north))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        points = [_plane(*point) for point in feature["geometry"]["coordinates"]]
        if not shapely.LineString(points).intersects(box):
            continue
        marks = feature["properties"]
        kind = marks["seamark:type"]
        if kind == "separation_lane":
            lanes.append(shapely.LineString(points if marks["tss_flow_is_forward_along_geometry"] else points[::-1]))
        elif kind in _EDGES:
            closed = points[0] == points[-1] and kind == "separation_zone"
            edges.append(shapely.make_valid(shapely.Polygon(points)) if closed else shapely.LineString(points))
    return lanes, edges


def _plane(longitude: float, latitude: float) -> tuple[float, float]:
    return longitude * METRES_PER_DEGREE * float(np.cos(np.radians(_MIDDLE))), latitude * METRES_PER_DEGREE


def sample_lanes(lanes: list[shapely.LineString], edges: list[shapely.Geometry]) -> LaneSamples:
    """
    Walk along the middle of each lane and measure how far its edges lie to the left and to the right.

    Where no edge is mapped, the middle value of the lane on that side stands in, or else that of its other side.

    Parameters
    ----------
    lanes : list of LineString
        Running the way the ships go. [m]
    edges : list of geometry
        What bounds them. [m]

    Returns
    -------
    LaneSamples
        Places along all lanes. [m]

    Examples
    --------
    >>> lane = shapely.LineString([(0.0, 0.0), (0.0, 2000.0)])
    >>> west = shapely.LineString([(-900.0, -1000.0), (-900.0, 5000.0)])
    >>> sampled = sample_lanes([lane], [west])
    >>> sampled.left[0], sampled.right[0]
    (np.float64(900.0), np.float64(900.0))
    """
    columns: list[NDArray[np.float64]] = []
    tree = shapely.STRtree(edges)
    for lane in lanes:
        distance = np.linspace(0.0, lane.length, max(2, round(lane.length / _STEP) + 1))
        place = shapely.get_coordinates(shapely.line_interpolate_point(lane, distance))
        ahead = shapely.get_coordinates(shapely.line_interpolate_point(lane, np.minimum(distance + 1.0, lane.length)))
        behind = shapely.get_coordinates(shapely.line_interpolate_point(lane, np.maximum(distance - 1.0, 0.0)))
        flow = (ahead - behind) / np.hypot(*(ahead - behind).T)[:, None]
        left_hand = np.column_stack((-flow[:, 1], flow[:, 0]))
        left = _first_edge(place, left_hand, edges, tree)
        right = _first_edge(place, -left_hand, edges, tree)
        known = ~(np.isnan(left).all() and np.isnan(right).all())
        if known:
            middle_left, middle_right = _middle(left), _middle(right)
            left = np.where(np.isnan(left), middle_left if np.isfinite(middle_left) else middle_right, left)
            right = np.where(np.isnan(right), middle_right if np.isfinite(middle_right) else middle_left, right)
            columns.append(np.column_stack((place, flow, left, right)))
    return LaneSamples(*np.concatenate(columns).T) if columns else LaneSamples(*np.zeros((6, 0)))


def _middle(value: NDArray[np.float64]) -> float:
    found = value[np.isfinite(value)]
    return float(np.median(found)) if len(found) else np.nan


def _first_edge(
    place: NDArray[np.float64],
    towards: NDArray[np.float64],
    edges: list[shapely.Geometry],
    tree: shapely.STRtree,
) -> NDArray[np.float64]:
    """Distance from each place to the first edge on a ray, or nan."""
    found = np.full(len(place), np.nan)
    rays = shapely.linestrings(np.stack((place, place + _REACH * towards), axis=1))
    for ray, edge in tree.query(rays, predicate="intersects").T:
        away = shapely.distance(shapely.Point(place[ray]), shapely.intersection(rays[ray], edges[edge]))
        found[ray] = np.fmin(found[ray], away)
    return found


def draw_lanes(samples: LaneSamples, zones: list[shapely.Geometry], *, window: Window) -> LaneCells:
    """
    Draw lanes into cells; the nearest lane wins, and a separation zone belongs to none.

    Parameters
    ----------
    samples : LaneSamples
        Places along all lanes. [m]
    zones : list of geometry
        Separation zones. [m]
    window : Window
        What is drawn. [deg]

    Returns
    -------
    LaneCells
        0 none, 1 south-west-going, 2 north-east-going. [1]

    Examples
    --------
    >>> lane = shapely.LineString([_plane(1.0, 50.0), _plane(1.0, 50.1)])
    >>> west = shapely.LineString([_plane(0.99, 49.0), _plane(0.99, 51.0)])
    >>> cells = draw_lanes(sample_lanes([lane], [west]), [], window=Window(0.98, 1.02, 50.0, 50.02))
    >>> cells.code[0]
    array([0, 0, 2, 2, 2, 2, 0, 0], dtype=uint8)
    """
    rows = round((window.north - window.south) * CELLS_PER_DEGREE)
    columns = round((window.east - window.west) * CELLS_PER_DEGREE)
    longitude, latitude = np.meshgrid(
        window.west + (np.arange(columns) + 0.5) / CELLS_PER_DEGREE,
        window.south + (np.arange(rows) + 0.5) / CELLS_PER_DEGREE,
    )
    east, north = _plane(1.0, 1.0)
    x, y = longitude.ravel() * east, latitude.ravel() * north
    away, nearest = cKDTree(np.column_stack((samples.x, samples.y))).query(np.column_stack((x, y)))
    flow_east, flow_north = samples.flow_east[nearest], samples.flow_north[nearest]
    offset_x, offset_y = x - samples.x[nearest], y - samples.y[nearest]
    along = offset_x * flow_east + offset_y * flow_north
    to_left = offset_y * flow_east - offset_x * flow_north
    inside = (to_left <= samples.left[nearest]) & (-to_left <= samples.right[nearest]) & (away <= _REACH)
    inside &= np.abs(along) <= _STEP + _BEND * np.abs(to_left)
    if zones:
        inside &= ~shapely.contains_xy(shapely.union_all(zones), x, y)
    flow = np.arctan2(flow_east, flow_north) % (2.0 * np.pi)
    code = np.where(flow_east + flow_north > 0.0, NORTH_EAST_GOING, SOUTH_WEST_GOING)
    width = samples.left[nearest] + samples.right[nearest]
    shape = (rows, columns)
    return LaneCells(
        np.where(inside, code, NONE).astype(np.uint8).reshape(shape),
        np.where(inside, flow, 0.0).astype(np.float32).reshape(shape),
        np.where(inside, width, 0.0).astype(np.float32).reshape(shape),
    )
