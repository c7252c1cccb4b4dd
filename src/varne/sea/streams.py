"""Tidal streams: how fast the water runs, at a place or on a grid, at any time."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from varne.atlas.charts import TideAtlas, Window
from varne.atlas.triangles import locate
from varne.compiled import inlined
from varne.earth import Plane
from varne.sea.tides import tide_factors

SPACING, INTERVAL = 1000.0, 600.0  # of a grid, unless said: finer than the mesh and its fastest tide [m, s]


@dataclass(frozen=True, slots=True)
class StreamGrid:
    """
    Streams on a regular grid of longitude and latitude, at regular times; never missing, even on land.

    The fractional indices of :func:`stream_at` are ``x = (longitude - west) / step_east``,
    ``y = (latitude - south) / step_north`` and ``t = (time - start) / interval``.
    """

    velocity: NDArray[np.float64]  # (time, y, x, 2), towards east and towards north [m/s]
    west: float  # longitude of column 0 [deg]
    south: float  # latitude of row 0 [deg]
    step_east: float  # [deg]
    step_north: float  # [deg]
    start: float  # since 1970-01-01T00:00Z [s]
    interval: float  # [s]


def at_place(
    atlas: TideAtlas, latitude: ArrayLike, longitude: ArrayLike, *, amplitude: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    """
    Interpolate amplitudes between the nodes; a place outside the mesh has the value of the nearest place inside.

    Parameters
    ----------
    atlas : TideAtlas
        The mesh. [deg]
    latitude, longitude : array, shape (point,)
        Where. [deg]
    amplitude : array, shape (constituent, node)
        ``atlas.elevation``, ``atlas.east`` or ``atlas.north``. [unit]

    Returns
    -------
    array, shape (constituent, point)
        Complex amplitudes there. [unit]

    Examples
    --------
    >>> from varne.atlas.embedded import tide_atlas
    >>> atlas = tide_atlas()
    >>> abs(at_place(atlas, [51.0], [1.45], amplitude=atlas.elevation)[0]).round(1)
    array([2.5])
    """
    place = np.atleast_1d(np.asarray(longitude, np.float64)), np.atleast_1d(np.asarray(latitude, np.float64))
    which, share = locate(atlas.longitude, atlas.latitude, atlas.triangles, at=place)
    return np.asarray((amplitude[:, atlas.triangles[which]] * share).sum(axis=-1))


def tide_height(atlas: TideAtlas, latitude: float, longitude: float, *, times: ArrayLike) -> NDArray[np.float64]:
    """
    Predict the height of the tide at a place from the mesh.

    Parameters
    ----------
    atlas : TideAtlas
        Tides on the mesh. [m]
    latitude, longitude : float
        Where. [deg]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time,)
        Above mean sea level, without surge. [m]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    Examples
    --------
    >>> from varne.atlas.embedded import tide_atlas
    >>> tide_height(tide_atlas(), 51.114, 1.323, times=[1717222080.0]).round(1)  # high water, 1 June 2024 06:08
    array([2.])
    """
    amplitude = at_place(atlas, latitude, longitude, amplitude=atlas.elevation)[:, 0]
    return np.asarray((tide_factors(atlas.constituents, times) @ amplitude).real)


def streams(atlas: TideAtlas, latitude: float, longitude: float, *, times: ArrayLike) -> NDArray[np.float64]:
    """
    Predict the stream at a place, mean over the depth, without wind.

    Parameters
    ----------
    atlas : TideAtlas
        Streams on the mesh. [m/s]
    latitude, longitude : float
        Where. [deg]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (time, 2)
        Towards east and towards north. [m/s]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    Examples
    --------
    >>> from varne.atlas.embedded import tide_atlas
    >>> streams(tide_atlas(), 51.0, 1.45, times=[1717224480.0]).shape
    (1, 2)
    """
    factors = tide_factors(atlas.constituents, times)
    return np.column_stack(
        [
            (factors @ at_place(atlas, latitude, longitude, amplitude=amplitude)[:, 0]).real
            for amplitude in (atlas.east, atlas.north)
        ]
    )


def stream_grid(
    atlas: TideAtlas,
    window: Window,
    *,
    start: float,
    duration: float,
    spacing: float = SPACING,
    interval: float = INTERVAL,
) -> StreamGrid:
    """
    Predict the streams of a window on a regular grid, for a kernel to interpolate.

    Parameters
    ----------
    atlas : TideAtlas
        Streams on the mesh. [m/s]
    window : Window
        Where; its edges are rows and columns of the grid. [deg]
    start : float
        Since 1970-01-01T00:00Z. [s]
    duration : float
        The last time is at or after start plus this. [s]
    spacing : float
        Of rows and columns, at most. [m]
    interval : float
        Between two times. [s]

    Returns
    -------
    StreamGrid
        Contiguous. [m/s]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    Examples
    --------
    >>> from varne.atlas.embedded import tide_atlas
    >>> grid = stream_grid(tide_atlas(), Window(1.2, 1.6, 50.9, 51.1), start=1717200000.0, duration=3600.0)
    >>> grid.velocity.shape
    (7, 24, 29, 2)
    """
    plane = Plane((window.south + window.north) / 2.0, (window.west + window.east) / 2.0)
    columns = 1 + max(1, math.ceil((window.east - window.west) * plane.metres_per_degree_east / spacing))
    rows = 1 + max(1, math.ceil((window.north - window.south) * plane.metres_per_degree_north / spacing))
    step_east = (window.east - window.west) / (columns - 1)
    step_north = (window.north - window.south) / (rows - 1)
    longitude, latitude = np.meshgrid(
        window.west + step_east * np.arange(columns), window.south + step_north * np.arange(rows)
    )
    times = start + interval * np.arange(2 + math.ceil(duration / interval - 1e-9) - 1)
    factors = tide_factors(atlas.constituents, times)
    velocity = np.empty((len(times), rows, columns, 2))
    which, share = locate(atlas.longitude, atlas.latitude, atlas.triangles, at=(longitude.ravel(), latitude.ravel()))
    starts = np.arange(0, share.size + 1, share.shape[1])
    nodes = atlas.triangles[which].ravel()
    shares = csr_array((share.ravel(), nodes, starts), shape=(len(share), len(atlas.longitude)))
    for component, amplitude in enumerate((atlas.east, atlas.north)):
        there = np.ascontiguousarray((shares @ amplitude.T).T)
        value = factors.real @ there.real - factors.imag @ there.imag
        velocity[..., component] = value.reshape(len(times), rows, columns)
    return StreamGrid(velocity, window.west, window.south, step_east, step_north, start, interval)


@inlined
def stream_at(velocity, x, y, t):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Interpolate streams in space and time; a place or time outside the grid has the value at its edge.

    Parameters
    ----------
    velocity : array, shape (time, y, x, 2)
        Of a :class:`StreamGrid`, at least two along each axis. [m/s]
    x, y, t : float
        Fractional indices of column, row and time. [1]

    Returns
    -------
    tuple of float
        Towards east and towards north. [m/s]

    Examples
    --------
    >>> velocity = np.zeros((2, 2, 2, 2))
    >>> velocity[1, :, :, 0] = 1.0
    >>> velocity[:, :, 1, 1] = 4.0
    >>> stream_at(velocity, 0.25, 9.0, 0.5)
    (0.5, 1.0)
    """
    times, rows, columns, _ = velocity.shape
    x = min(max(x, 0.0), columns - 1.0)
    y = min(max(y, 0.0), rows - 1.0)
    t = min(max(t, 0.0), times - 1.0)
    i, j, k = min(int(x), columns - 2), min(int(y), rows - 2), min(int(t), times - 2)
    a, b, c = x - i, y - j, t - k
    south_west, south_east = (1.0 - a) * (1.0 - b), a * (1.0 - b)
    north_west, north_east = (1.0 - a) * b, a * b
    east = (1.0 - c) * (
        south_west * velocity[k, j, i, 0]
        + south_east * velocity[k, j, i + 1, 0]
        + north_west * velocity[k, j + 1, i, 0]
        + north_east * velocity[k, j + 1, i + 1, 0]
    ) + c * (
        south_west * velocity[k + 1, j, i, 0]
        + south_east * velocity[k + 1, j, i + 1, 0]
        + north_west * velocity[k + 1, j + 1, i, 0]
        + north_east * velocity[k + 1, j + 1, i + 1, 0]
    )
    north = (1.0 - c) * (
        south_west * velocity[k, j, i, 1]
        + south_east * velocity[k, j, i + 1, 1]
        + north_west * velocity[k, j + 1, i, 1]
        + north_east * velocity[k, j + 1, i + 1, 1]
    ) + c * (
        south_west * velocity[k + 1, j, i, 1]
        + south_east * velocity[k + 1, j, i + 1, 1]
        + north_west * velocity[k + 1, j + 1, i, 1]
        + north_east * velocity[k + 1, j + 1, i + 1, 1]
    )
    return east, north
