"""Errors of a forecast: correlated in time and space, growing with the hours since it was made."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.atlas.charts import Window
from varne.chance import normal
from varne.compiled import compiled
from varne.draws import event_number, uniform
from varne.earth import Plane
from varne.sea.field import ERROR_COMPONENTS, Field, Source

Array = NDArray[np.float64]
_PER_LENGTH = 2.0  # points in a correlation length: then the spread between them is 94 % of that at them
_ERRORS = Source("drawn for each member; the size is a fact of the subject 'forecast'", "assumed")


def spread_with_lead(lead: ArrayLike, *, start: ArrayLike, growth: ArrayLike) -> Array:
    """
    Return the standard deviation of a forecast's error by the time since it was made.

    Parameters
    ----------
    lead : array, shape (time,)
        Since it was made; before that the error is that of the beginning. [s]
    start : array, shape (draw,)
        When it was made. [unit]
    growth : array, shape (draw,)
        In a second. [unit/s]

    Returns
    -------
    array, shape (draw, time)
        Never falls with time. [unit]

    Examples
    --------
    >>> spread_with_lead([0.0, 86400.0], start=[3.0], growth=[4.0 / 86400.0])
    array([[3., 5.]])
    """
    grown = np.asarray(growth)[:, np.newaxis] * np.maximum(np.asarray(lead, np.float64), 0.0)
    return np.asarray(np.hypot(np.asarray(start)[:, np.newaxis], grown))


def spread_of_report(age: ArrayLike, *, start: ArrayLike, scatter: ArrayLike, memory: ArrayLike) -> Array:
    """
    Return the standard deviation of what is by now from what was reported, when the report is taken to hold.

    Parameters
    ----------
    age : array, shape (time,)
        Of the report; before it the error is that of the instrument. [s]
    start : array, shape (draw,)
        Error of the report itself. [unit]
    scatter : array, shape (draw,)
        Of the difference long after. [unit]
    memory : array, shape (draw,)
        In which the square of the difference comes to 63 % of that. [s]

    Returns
    -------
    array, shape (draw, time)
        [unit]

    Examples
    --------
    >>> spread_of_report([0.0, 1e9], start=[0.0], scatter=[1.0], memory=[3600.0]).round(3)
    array([[0., 1.]])
    """
    forgotten = -np.expm1(-np.maximum(np.asarray(age, np.float64), 0.0) / np.asarray(memory)[:, np.newaxis])
    changed = np.asarray(scatter)[:, np.newaxis] * np.sqrt(forgotten)
    return np.asarray(np.hypot(np.asarray(start)[:, np.newaxis], changed))


def correlated_errors(
    quantity: str, spread: Array, *, window: Window, length: float, memory: ArrayLike, interval: float, seed: int
) -> Field:
    """
    Draw errors of a forecast: a field to be added to it, one realization for each epistemic draw.

    In time each is an autoregressive process of first order, exact at its knots, whose correlation falls to 1/e in
    ``memory``; in space the correlation is ``exp(-d² / 2 length²)``. Its numbers belong to their events: the same
    draw has the same error whatever else is asked.

    Parameters
    ----------
    quantity : str
        A key of :data:`varne.sea.field.ERROR_COMPONENTS`. [1]
    spread : array, shape (draw, knot)
        Standard deviation. [unit]
    window : Window
        To be covered. [deg]
    length : float
        Correlation length. [m]
    memory : array, shape (draw,)
        Correlation time. [s]
    interval : float
        Between two knots. [s]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Field
        It starts at time 0: count its times from the start of the encounter. [unit]

    References
    ----------
    Gelb (1974), Applied Optimal Estimation, section 3.8, for the process; sizes: facts/forecast.toml.

    Examples
    --------
    >>> box = Window(1.0, 2.0, 50.5, 51.5)
    >>> errors = correlated_errors(
    ...     "wave_error", np.ones((3, 5)), window=box, length=50e3, memory=[3600.0] * 3, interval=1800.0, seed=1
    ... )
    >>> errors.values.shape
    (3, 5, 6, 4, 1)
    """
    rows, columns = _points(window, length)
    latitude = np.linspace(window.south, window.north, rows)
    longitude = np.linspace(window.west, window.east, columns)
    mixing = _mixing(latitude, longitude, length)
    events = np.array([event_number(f"{quantity} {part}") for part in ERROR_COMPONENTS[quantity]], dtype=np.uint64)
    draws, knots = spread.shape
    raw = np.empty((draws, knots, len(events), rows * columns))
    kept = np.exp(-interval / np.asarray(memory, np.float64))
    _fill(raw, events, kept, np.uint64(seed))
    mixed = spread[:, :, np.newaxis, np.newaxis] * (raw @ mixing)
    values = np.ascontiguousarray(np.moveaxis(mixed.reshape(draws, knots, len(events), rows, columns), 2, -1))
    return Field(
        quantity, values, window.west, window.south, float(longitude[1] - longitude[0]),
        float(latitude[1] - latitude[0]), 0.0, interval, None, _ERRORS,
    )  # fmt: skip


def _points(window: Window, length: float) -> tuple[int, int]:
    """How many rows and columns cover the window, so close that nothing of the spread is lost between them."""
    plane = Plane((window.south + window.north) / 2.0, window.west)
    high = (window.north - window.south) * plane.metres_per_degree_north
    wide = (window.east - window.west) * plane.metres_per_degree_east
    rows, columns = (int(np.ceil(_PER_LENGTH * side / length)) + 1 for side in (high, wide))
    return max(rows, 2), max(columns, 2)


def _mixing(latitude: Array, longitude: Array, length: float) -> Array:
    """The symmetric root of the correlation between all points: independent numbers times it are correlated so."""
    plane = Plane(float(latitude.mean()), float(longitude[0]))
    y = latitude * plane.metres_per_degree_north
    x = longitude * plane.metres_per_degree_east
    along, across = (np.exp(-((side[:, np.newaxis] - side) ** 2) / (2.0 * length**2)) for side in (y, x))
    # The correlation is a product of one along and one across, and so is its root.
    return np.asarray(np.kron(_root(along), _root(across)))


def _root(correlation: Array) -> Array:
    values, vectors = np.linalg.eigh(correlation)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


@compiled
def _fill(raw, events, kept, seed):  # type: ignore[no-untyped-def]  # Numba infers its types
    draws, knots, parts, points = raw.shape
    for draw in range(draws):
        left = np.sqrt(1.0 - kept[draw] * kept[draw])
        for knot in range(knots):
            for part in range(parts):
                for point in range(points):
                    chance = uniform(seed, events[part], np.uint64(draw), np.uint64(knot * points + point))
                    new = normal(chance)
                    if knot > 0:
                        new = kept[draw] * raw[draw, knot - 1, part, point] + left * new
                    raw[draw, knot, part, point] = new
