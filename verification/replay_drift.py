"""The drift of 24 November 2021: from where they may have sunk to the find, and back from the find."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from scipy.special import ndtri
from verification.replays import SEED, after, record, unknown

from varne.atlas.charts import Window
from varne.atlas.embedded import tide_atlas
from varne.draws import uniforms
from varne.earth import Plane, parse_position
from varne.evidence import draw
from varne.facts.tables import shipped_facts
from varne.motion.leeway import crosswind_speed, downwind_speed
from varne.sea.streams import stream_grid
from varne.units import HOUR, MINUTE

Array = NDArray[np.float64]
CASE = "november_2021"
STEP = 10 * MINUTE  # the stream changes little in it


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where people drift to, on a plane about the find. [m]"""

    plane: Plane
    start: Array  # (draw, 2)
    end: Array  # (draw, person, 2)
    track: Array  # (step, draw, 2) of the first person of each draw

    @property
    def centre(self) -> Array:
        """Middle of each draw's crowd."""
        return self.end.mean(axis=1)


def median_line() -> tuple[Array, Array, Array]:
    """The line between the coasts: where each of its parts begins (part, 2), its direction, and its length. [m]"""
    plane = find_plane()
    points = np.array([plane.to_plane(*parse_position(point)) for point in record()[CASE]["median_line"]])
    parts = np.diff(points, axis=0)
    length = np.hypot(*parts.T)
    return points[:-1], parts / length[:, None], length


def to_british_side(along: Array) -> Array:
    """Directions turned left: the line runs north-east, and Britain lies north-west of it."""
    return np.stack([-along[..., 1], along[..., 0]], axis=-1)


def sinking_places(draws: int) -> Array:
    """Places of the sinking, drawn along the median line and across it. [m]"""
    begins, along, length = median_line()
    share, off = unknown(CASE, "place_along", draws), unknown(CASE, "place_across", draws)
    ends = np.cumsum(length)
    part = np.minimum(np.searchsorted(ends, share * ends[-1]), len(ends) - 1)
    into = share * ends[-1] - (ends - length)[part]
    return begins[part] + into[:, None] * along[part] + off[:, None] * to_british_side(along[part])


def find_plane() -> Plane:
    return Plane(*parse_position(record()[CASE]["find"]))


def drift(start: Array, people: int, backwards: bool = False) -> Cloud:
    """Drift people with stream and wind from the sinking to the find, or backwards from the find. [m]"""
    draws = len(start)
    sign = -1.0 if backwards else 1.0
    times = record()[CASE]
    epoch = float(times["in_water"].timestamp())
    steps = round(after(CASE, "found") / STEP)
    length = after(CASE, "found") / steps
    wind = _leeway(draws, people)
    water = _Water(draws, epoch)
    now = after(CASE, "found") if backwards else 0.0
    place = np.repeat(start[:, None, :], people, axis=1)
    track = [place[:, 0].copy()]
    for _ in range(steps):  # the midpoint rule
        first = water.velocity(place, now) + wind
        place = place + sign * length * (
            water.velocity(place + 0.5 * sign * length * first, now + 0.5 * sign * length) + wind
        )
        now += sign * length
        track.append(place[:, 0].copy())
    return Cloud(find_plane(), start, place, np.array(track))


def _leeway(draws: int, people: int) -> Array:
    """Drift of each person through the water (draw, person, 2): the wind of the draw, the scatter of the class."""
    facts = shipped_facts()
    speed = unknown(CASE, "wind_speed", draws)[:, None]
    blows_from = unknown(CASE, "wind_from", draws)[:, None]
    own = uniforms("replay leeway", 3 * draws * people, SEED).reshape(3, draws, people)
    slope = unknown(CASE, "slope", 1)[0]
    scatter = draw(facts["leeway.person_scatter"], 1, SEED)[0]
    # The class is drawn again where a person would drift upwind faster in more wind: a cut normal distribution.
    lowest = 0.5 * (1.0 + math.erf(-20.0 * slope / scatter / math.sqrt(2.0)))
    departure = scatter * ndtri(lowest + (1.0 - lowest) * own[0])
    across = unknown(CASE, "scatter_across", 1)[0] * ndtri(own[1])
    along_wind = np.vectorize(downwind_speed)(speed, slope, 0.0, departure)
    crosswind = draw(facts["leeway.person_crosswind"], 1, SEED)[0]
    right = np.vectorize(crosswind_speed)(speed, crosswind, 0.0, across, np.where(own[2] < 0.5, 1.0, -1.0))
    sine, cosine = np.sin(blows_from), np.cos(blows_from)
    return np.stack([-along_wind * sine - right * cosine, -along_wind * cosine + right * sine], axis=-1)


class _Water:
    """The stream of each draw: the embedded tides, late or early, turned, faster or slower, as drawn for `assess`."""

    def __init__(self, draws: int, epoch: float) -> None:
        known = shipped_facts().drawn(draws, SEED)
        plane = find_plane()
        window = Window(plane.longitude - 0.7, plane.longitude + 0.7, plane.latitude - 0.4, plane.latitude + 0.4)
        self.grid = stream_grid(tide_atlas(), window, start=epoch - 2 * HOUR, duration=14 * HOUR, spacing=2000.0)
        self.plane, self.epoch = plane, epoch
        self.shift = known["sea_stream_time_shift"][:, None]
        factor = known["sea_stream_speed"] * known["sea_surface_factor"]
        self.cosine = (factor * np.cos(known["sea_stream_direction"]))[:, None]
        self.sine = (-factor * np.sin(known["sea_stream_direction"]))[:, None]

    def velocity(self, place: Array, now: float) -> Array:
        grid = self.grid
        column = (self.plane.longitude + place[..., 0] / self.plane.metres_per_degree_east - grid.west) / grid.step_east
        row = (self.plane.latitude + place[..., 1] / self.plane.metres_per_degree_north - grid.south) / grid.step_north
        moment = np.broadcast_to((self.epoch + now + self.shift - grid.start) / grid.interval, row.shape)
        at = [moment, row, column]
        east, north = (map_coordinates(grid.velocity[..., part], at, order=1, mode="nearest") for part in (0, 1))
        return np.stack([east * self.cosine - north * self.sine, east * self.sine + north * self.cosine], axis=-1)


def rank_of_find(centres: Array) -> float:
    """Share of the cloud that lies farther out than the find, by the cloud's own ellipses: small is far out."""
    middle = centres.mean(axis=0)
    inverse = np.linalg.inv(np.cov(centres.T))
    away = np.einsum("ij,jk,ik->i", centres - middle, inverse, centres - middle)
    return float((away >= middle @ inverse @ middle).mean())  # the find is the origin of the plane


def crowd_scatter(cloud: Cloud) -> Array:
    """Root mean square distance of the people of each draw from their middle. [m]"""
    return np.asarray(np.sqrt(((cloud.end - cloud.centre[:, None, :]) ** 2).sum(axis=-1).mean(axis=1)))


def side_of_median(places: Array) -> Array:
    """Distance from the nearest part of the median line, its ends drawn out, positive on the British side. [m]"""
    begins, along, length = median_line()
    from_begin = places[:, None, :] - begins
    beyond = np.einsum("ijk,jk->ij", from_begin, along)
    across = np.einsum("ijk,jk->ij", from_begin, to_british_side(along))
    lowest, highest = np.zeros(len(length)), length.copy()
    lowest[0], highest[-1] = -np.inf, np.inf
    off_end = beyond - np.clip(beyond, lowest, highest)
    nearest = np.argmin(np.hypot(off_end, across), axis=1)
    return np.asarray(across[np.arange(len(places)), nearest])
