"""A field of waves from a field of wind: what a forecast of wind says about the sea."""

import math
from typing import NamedTuple

import numpy as np

from varne.compiled import compiled
from varne.errors import BadWeather
from varne.sea.fetch import FetchGrid, fetch_at
from varne.sea.field import COMPONENTS, Field, Source, field_at
from varne.sea.wind_sea import SHORTEST, duration_after, least_duration, wind_sea

_NOTHING = 1e-9  # length of a direction that is none
_HEIGHT, _PERIOD, _EAST, _NORTH = range(len(COMPONENTS["waves"]))


class Growth(NamedTuple):
    """What is not known about a growing and a dying sea: facts of ``waves.toml``."""

    factor: float  # on its height; the period takes the root [1]
    blown: float  # how long the first wind of the field has blown [s]
    dying_time: float  # in which a sea without wind falls to 1/e of its height [s]


class _Frame(NamedTuple):
    """Where one grid lies on another: index = first + step * own index."""

    x: float
    y: float
    t: float
    step_x: float
    step_y: float
    step_t: float


def wave_field(wind: Field, fetch: FetchGrid, growth: Growth, *, swell: Field | None = None) -> Field:
    """
    Compute the sea of every place and time of a field of wind.

    The sea grows as the history of the wind at its place lets it. When the wind drops or turns, the old sea dies away
    and is shown as long as it is the higher. Swell is added by energy. The direction is that of the higher of the two.

    Parameters
    ----------
    wind : Field
        Of quantity ``"wind"``. [m/s]
    fetch : FetchGrid
        That covers it; beyond, the fetch is that of its edge. [m]
    growth : Growth
        What is not known. [1, s]
    swell : Field, optional
        Of quantity ``"swell"``, with one realization or as many as the wind; none unless given. [m]

    Returns
    -------
    Field
        Of quantity ``"waves"``, on the grid and times of the wind. [m, s, 1]

    Raises
    ------
    BadWeather
        If a field holds another quantity, or the realizations do not match.

    Examples
    --------
    >>> from varne.atlas.charts import Window
    >>> from varne.atlas.embedded import coast_mask, depth_grid
    >>> from varne.sea.fetch import fetch_grid
    >>> breeze = np.broadcast_to([0.0, -10.0], (1, 7, 2, 2, 2)).copy()
    >>> wind = Field("wind", breeze, 1.4, 51.0, 0.1, 0.1, 0.0, 3600.0, None, Source("a north wind", "assumed"))
    >>> fetch = fetch_grid(coast_mask(), depth_grid(), Window(1.3, 1.6, 50.9, 51.2))
    >>> waves = wave_field(wind, fetch, Growth(factor=1.0, blown=3600.0, dying_time=3e4))
    >>> waves.values[0, :, 0, 0, 0].round(1)
    array([0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    """
    _check(wind, swell)
    realizations = len(wind.values)
    values = np.empty((*wind.values.shape[:-1], len(COMPONENTS["waves"])))
    on_fetch = _Frame(
        (wind.west - fetch.west) / fetch.step_east,
        (wind.south - fetch.south) / fetch.step_north,
        0.0,
        wind.step_east / fetch.step_east,
        wind.step_north / fetch.step_north,
        0.0,
    )
    for realization in range(realizations):
        _grow(wind.values[realization], fetch.fetch, fetch.depth, on_fetch, growth, wind.interval, values[realization])
        if swell is not None:
            its = swell.values[realization if len(swell.values) > 1 else 0]
            _add_swell(its, _frame(wind, swell), values[realization])
    says = f"computed from the wind ({wind.source.says}), fetch and depth"
    says += f", with {swell.source.says}" if swell else ", without swell"
    return Field(
        "waves",
        values,
        wind.west,
        wind.south,
        wind.step_east,
        wind.step_north,
        wind.start,
        wind.interval,
        wind.issued,
        Source(says, "derived"),
    )


def _check(wind: Field, swell: Field | None) -> None:
    if wind.quantity != "wind":
        raise BadWeather(f"A field of {wind.quantity!r} is given where wind is needed; give one of 'wind'.")
    if swell is None:
        return
    if swell.quantity != "swell":
        raise BadWeather(f"A field of {swell.quantity!r} is given as swell; give one of 'swell', or none.")
    if len(swell.values) not in (1, len(wind.values)):
        raise BadWeather(
            f"Swell has {len(swell.values)} realizations and wind {len(wind.values)}; give one, or as many."
        )


def _frame(inner: Field, outer: Field) -> _Frame:
    return _Frame(
        (inner.west - outer.west) / outer.step_east,
        (inner.south - outer.south) / outer.step_north,
        (inner.start - outer.start) / outer.interval,
        inner.step_east / outer.step_east,
        inner.step_north / outer.step_north,
        inner.interval / outer.interval,
    )


@compiled
def _grow(wind, length, depth, frame, growth, interval, values):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Follow the sea of each place through the times."""
    times, rows, columns, _ = wind.shape
    root = math.sqrt(growth.factor)
    for row in range(rows):
        for column in range(columns):
            x, y = frame.x + column * frame.step_x, frame.y + row * frame.step_y
            blown, old_speed, old_from = growth.blown, 0.0, 0.0
            old_height, old_period = 0.0, SHORTEST
            for time in range(times):
                east, north = wind[time, row, column, 0], wind[time, row, column, 1]
                speed, wind_from = math.hypot(east, north), math.atan2(-east, -north)
                room, water = fetch_at(length, depth, x, y, wind_from)
                if time > 0:
                    blown = duration_after(blown, old_speed, speed, wind_from - old_from, interval)
                if speed > 0.0:
                    blown = min(blown, least_duration(speed, room))
                height, period = wind_sea(speed, room, water, blown)
                height, period = growth.factor * height, max(root * period, SHORTEST)
                left = old_height * math.exp(-interval / growth.dying_time)
                here_from = wind_from
                if left > height:
                    height, period, here_from = left, old_period, old_from
                old_height, old_period, old_from, old_speed = height, period, here_from, speed
                values[time, row, column, _HEIGHT], values[time, row, column, _PERIOD] = height, period
                values[time, row, column, _EAST] = -math.sin(here_from)
                values[time, row, column, _NORTH] = -math.cos(here_from)


@compiled
def _add_swell(swell, frame, values):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Add the energy of swell; period and direction are those of the higher peak."""
    times, rows, columns, _ = values.shape
    for time in range(times):
        t = frame.t + time * frame.step_t
        for row in range(rows):
            y = frame.y + row * frame.step_y
            for column in range(columns):
                x = frame.x + column * frame.step_x
                height, period = field_at(swell, x, y, t, _HEIGHT), field_at(swell, x, y, t, _PERIOD)
                sea = values[time, row, column, _HEIGHT]
                if height * height * period > sea * sea * values[time, row, column, _PERIOD]:
                    east, north = field_at(swell, x, y, t, _EAST), field_at(swell, x, y, t, _NORTH)
                    length = max(math.hypot(east, north), _NOTHING)
                    values[time, row, column, _PERIOD] = period
                    values[time, row, column, _EAST] = east / length
                    values[time, row, column, _NORTH] = north / length
                values[time, row, column, _HEIGHT] = math.hypot(sea, height)
