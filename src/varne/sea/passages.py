"""Passages of ships counted from their tracks: how many, which way, how fast and how large, cell by cell."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from varne.atlas.charts import DOMAIN
from varne.earth import DEGREE, RADIUS
from varne.sea.field import Source
from varne.sea.tracks import Legs, Reports
from varne.sea.traffic import COUNTED, MOST_STREAMS, STREAM, TrafficGrid
from varne.units import HOUR

SECTORS = 8  # of course: north, north-east, ...; our choice
LOW, HIGH = 0.05, 0.95  # quantiles of an interval, as in the facts
_SUMS = 9  # arrays of Passages, a count and eight sums; of our own layout
_LOOKS = 10.0  # places looked at along the side of a cell; our choice, it bounds the error of a cut corner
_CHUNK = 200_000  # legs counted at a time; our choice, some 50 MB


@dataclass(frozen=True, slots=True)
class Passages:
    """
    What was counted in cells of a grid; row 0 in the south. Sums are weighted by the way that ships made in a cell.

    The rate of ships for each metre of width is the way they made in a cell over its area and the time observed: it is
    exact for any course and adds up to the ships that pass (Edie 1963).
    """

    passages: NDArray[np.float64]  # (sector, row, column) passages that touched the cell on a course of the sector
    way: NDArray[np.float64]  # (sector, row, column) made in the cell [m]
    east: NDArray[np.float64]  # (sector, row, column) part of it towards east [m]
    north: NDArray[np.float64]  # (sector, row, column) and towards north [m]
    speed: NDArray[np.float64]  # (sector, row, column) sum of speed x way [m²/s]
    speed_square: NDArray[np.float64]  # (sector, row, column) sum of speed² x way [m³/s²]
    sized_way: NDArray[np.float64]  # (sector, row, column) way of ships that sent their size [m]
    length: NDArray[np.float64]  # (sector, row, column) sum of length x their way [m²]
    beam: NDArray[np.float64]  # (sector, row, column) sum of beam x their way [m²]
    south: float  # southern edge of row 0 [deg]
    west: float  # western edge of column 0 [deg]
    cell: float  # side of a cell [deg]
    observed: float  # time in which messages came [s]
    first: float  # position, since 1970-01-01T00:00Z [s]
    last: float  # position, since 1970-01-01T00:00Z [s]


def poisson_interval(count: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Return the interval of the mean of which a count was drawn, 5 to 95 %.

    Parameters
    ----------
    count : array
        What was counted. [1]

    Returns
    -------
    low, high : array
        [1]

    References
    ----------
    Garwood (1936), Biometrika 28:437: quantiles of the gamma distribution.

    Examples
    --------
    >>> low, high = poisson_interval(np.array([0.0, 100.0]))
    >>> low.round(1), high.round(1)
    (array([ 0. , 84.1]), array([  3. , 118.1]))
    """
    counted = np.asarray(count, dtype=np.float64)
    low = np.where(counted > 0.0, gammaincinv(np.maximum(counted, 1.0), LOW), 0.0)
    return low, np.asarray(gammaincinv(counted + 1.0, HIGH), dtype=np.float64)


def time_observed(hours: Collection[int], first: float, last: float) -> float:
    """
    Return for how long ships were listened to: hours without any message do not count.

    Parameters
    ----------
    hours : collection of int
        Since 1970-01-01T00:00Z, in which messages came. [h]
    first, last : float
        Message, since 1970-01-01T00:00Z. [s]

    Returns
    -------
    float
        [s]

    Examples
    --------
    >>> time_observed({0, 3}, 1800.0, 12600.0)
    3600.0
    """
    return sum(min((hour + 1) * HOUR, last) - max(hour * HOUR, first) for hour in hours)


def count_passages(
    legs: Legs, reports: Reports, sizes: Mapping[int, tuple[float, float]], *, cell: float, observed: float
) -> Passages:
    """
    Count passages in cells of the sea that Varne knows.

    Parameters
    ----------
    legs : Legs
        Of :func:`varne.sea.tracks.joined`. [m]
    reports : Reports
        Of which the legs were made; the place of a ship in them is that in the legs. [deg]
    sizes : mapping of int to (float, float)
        Length and beam of the ships that sent them, by the number of the ship. [m]
    cell : float
        Side of a cell. [deg]
    observed : float
        For how long. [s]

    Returns
    -------
    Passages
        No number of a ship is in it.

    Examples
    --------
    >>> from varne.sea.tracks import joined
    >>> columns = [7, 7], [0.0, 600.0], [51.0, 51.04], [1.5, 1.5], [np.nan] * 2
    >>> reports = Reports(*(np.array(column) for column in columns))
    >>> counted = count_passages(joined(reports), reports, {}, cell=0.02, observed=86400.0)
    >>> round(float(counted.way.sum())), float(counted.passages.max())
    (4448, 1.0)
    """
    rows, columns = round((DOMAIN.north - DOMAIN.south) / cell), round((DOMAIN.east - DOMAIN.west) / cell)
    shape = (SECTORS, rows, columns)
    numbers = np.unique(reports.ship)
    size = np.array([sizes.get(int(number), (np.nan, np.nan)) for number in numbers]).reshape(-1, 2)
    sums = np.zeros((_SUMS, SECTORS * rows * columns))
    starts = np.searchsorted(legs.passage, np.arange(legs.passage.max(initial=-1) + 2))
    begin = 0
    while begin < len(legs.passage):  # whole passages at a time, so that none is counted twice
        end = starts[np.searchsorted(starts, min(begin + _CHUNK, len(legs.passage)))]
        sums += _count_part(legs, slice(begin, int(end)), size, shape, cell)
        begin = int(end)
    first, last = float(reports.time.min()), float(reports.time.max())
    passages, way, east, north, speed, speed_square, sized_way, length, beam = sums.reshape(_SUMS, *shape)
    return Passages(
        passages, way, east, north, speed, speed_square, sized_way, length, beam, DOMAIN.south, DOMAIN.west, cell,
        observed, first, last,
    )  # fmt: skip


def counted_traffic(counted: Passages, *, usual: tuple[float, float], source: Source) -> TrafficGrid:
    """
    Turn passages into streams of ships: the busiest courses of each cell, the others joined to the nearest of them.

    Parameters
    ----------
    counted : Passages
        What was counted. [1]
    usual : tuple of float
        Length and beam of ships where none sent its size. [m]
    source : Source
        Whose count it is. [1]

    Returns
    -------
    TrafficGrid
        No ship is lost: the rates of a cell add up to what was counted. [1/(s m)]

    Examples
    --------
    >>> empty = np.zeros((8, 2, 2))
    >>> none = Passages(*[empty] * 9, 50.0, 1.0, 0.5, 86400.0, 0.0, 86400.0)
    >>> counted_traffic(none, usual=(180.0, 28.0), source=Source("nobody", "measured")).streams.shape
    (2, 2, 3)
    """
    sectors, rows, columns = counted.way.shape
    sums = np.stack(
        (
            counted.way, counted.east, counted.north, counted.speed, counted.sized_way, counted.length, counted.beam,
        )
    )  # fmt: skip
    busiest = np.argsort(-counted.way, axis=0, kind="stable")[:MOST_STREAMS]  # (stream, row, column)
    turned = np.abs(np.arange(sectors)[:, None, None, None] - busiest)  # (sector, stream, row, column)
    turned = np.minimum(turned, sectors - turned)
    held = np.take_along_axis(counted.way, busiest, axis=0) > 0.0
    goes = np.argmin(np.where(held, turned, sectors), axis=1)  # (sector, row, column)
    joined = np.stack([np.sum(np.where(goes == stream, sums, 0.0), axis=1) for stream in range(MOST_STREAMS)], axis=-1)
    way, east, north, speed, sized, length, beam = joined
    latitude = counted.south + (np.arange(rows) + 0.5) * counted.cell
    side = counted.cell * DEGREE * RADIUS
    area = (side * side * np.cos(latitude * DEGREE))[:, None, None]
    streams = np.zeros((rows, columns, MOST_STREAMS), STREAM)
    streams["rate"] = way / (area * counted.observed)
    straight = np.maximum(np.hypot(east, north), 1e-12)
    streams["east"], streams["north"] = east / straight, north / straight
    streams["speed"] = speed / np.maximum(way, 1.0)
    streams["length"] = np.where(sized > 0.0, length / np.maximum(sized, 1.0), usual[0])
    streams["beam"] = np.where(sized > 0.0, beam / np.maximum(sized, 1.0), usual[1])
    streams["kind"] = COUNTED
    return TrafficGrid(streams, counted.south, counted.west, 1.0 / counted.cell, 0.0, source)


def _count_part(
    legs: Legs, part: slice, size: NDArray[np.float64], shape: tuple[int, int, int], cell: float
) -> NDArray[np.float64]:
    """Passages, way, its parts and its weighted sums, for each sector and cell."""
    _, rows, columns = shape
    way = np.hypot(legs.east[part], legs.north[part])
    looks = np.ceil(way / (cell * DEGREE * RADIUS / _LOOKS)).astype(np.int64)
    of = np.repeat(np.arange(len(way)), looks)
    share = (np.arange(len(of)) - np.repeat(np.cumsum(looks) - looks, looks) + 0.5) / looks[of]
    latitude, longitude = legs.latitude[part], legs.longitude[part]
    row = np.floor((latitude[of, 0] + share * (latitude[of, 1] - latitude[of, 0]) - DOMAIN.south) / cell).astype(int)
    column = np.floor((longitude[of, 0] + share * (longitude[of, 1] - longitude[of, 0]) - DOMAIN.west) / cell)
    turn = np.arctan2(legs.east[part], legs.north[part]) / (2.0 * math.pi)
    sector = np.floor(turn * SECTORS + 0.5).astype(int) % SECTORS
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    of, row, column = of[inside], row[inside], column[inside].astype(int)
    where = (sector[of] * rows + row) * columns + column
    cells = math.prod(shape)
    made = way[of] / looks[of]
    length, beam = size[legs.ship[part][of]].T
    known = np.isfinite(length) & np.isfinite(beam)
    speed = legs.speed[part][of]
    touched = np.unique(legs.passage[part][of] * cells + where) % cells
    weights = (
        made, made * (legs.east[part] / way)[of], made * (legs.north[part] / way)[of], made * speed,
        made * speed * speed, made * known, np.where(known, made * length, 0.0), np.where(known, made * beam, 0.0),
    )  # fmt: skip
    return np.array(
        [np.bincount(touched, minlength=cells), *(np.bincount(where, weight, minlength=cells) for weight in weights)],
        dtype=np.float64,
    )
