"""What is believed of the numbers of a forecast: magnitudes that occur, and waves no steeper than waves can be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import Window
from varne.earth import format_position
from varne.errors import BadFile, NoData
from varne.files.cf_grids import Cut, in_words
from varne.files.cf_names import BELIEVED
from varne.files.cf_series import Series
from varne.when import format_time

Array = NDArray[np.float64]
_STEEPEST = (
    0.14 * 1.56
)  # height over square period [m/s²]: Miche (1944), 0.14 of the length in deep water, 1.56 period²
_SURE = 0.3  # of lower waves files round the period, or give none that means anything [m], assumed


def check_believable(series: Series, values: Array, quantity: str, times: Array, piece: Cut) -> None:
    """
    Refuse magnitudes that do not occur: they are a wrong unit or a fill value that the file does not declare.

    Parameters
    ----------
    series : Series
        A part of the quantity. [1]
    values : array, shape (realization, time, row, column)
        Not a number where missing. [SI]
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS`. [1]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]
    piece : Cut
        Where the values lie. [deg]

    Raises
    ------
    BadFile
        If a value cannot be true.
    NoData
        If all are missing.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> wind = SimpleNamespace(role="speed")
    >>> check_believable(wind, np.full((1, 1, 1, 1), 75.0), "wind", np.zeros(1), None)
    """
    kind = "speed" if series.role in ("east", "north", "x", "y") else series.role
    kind = "period" if kind.endswith("period") else kind
    low, high = (-360.0, 720.0) if kind in ("from", "towards") else BELIEVED[(quantity, kind)]
    if series.role in ("east", "north", "x", "y"):
        low = -high
    least, most = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    if least >= low and most <= high:
        return
    if np.isnan(least) and np.isnan(most):
        raise NoData(
            f"{_named(series)} no value anywhere in {in_words(_edges(piece))} from {format_time(float(times[0]))}; "
            "fetch an area with sea."
        )
    at = int(np.nanargmax(values) if most > high else np.nanargmin(values))
    when, place = _where(values, at, times, piece)
    raise BadFile(
        f"{_named(series)} {values.flat[at]:.6g} at {place}, {when}, which is not between {low:g} and {high:g}; "
        f"correct its units ({series.first.units!r}) or declare its _FillValue."
    )


def _named(series: Series) -> str:
    return f"File {series.first.part.file} has in {series.first.name}"


def _edges(piece: Cut) -> Window:
    north, east = piece.latitude, piece.longitude
    return Window(float(east.min()), float(east.max()), float(north.min()), float(north.max()))


def check_steepness(parts: Sequence[Series], values: Array, quantity: str, times: Array, piece: Cut) -> None:
    """
    Refuse waves whose height and period cannot both be true, since they would break long before.

    Parameters
    ----------
    parts : sequence of Series
        Height, period and direction. [1]
    values : array, shape (realization, time, row, column, component)
        Height, peak period and unit vector; not a number where missing. [m, s, 1]
    quantity : str
        Waves or swell. [1]
    times : array, shape (time,)
        Since 1970-01-01T00:00Z. [s]
    piece : Cut
        Where the values lie. [deg]

    Raises
    ------
    BadFile
        If a wave is steeper than can be.

    References
    ----------
    Miche (1944), Annales des ponts et chaussées 114: a wave in deep water is at most 0.14 of its length high.

    Examples
    --------
    >>> check_steepness((), np.array([[[[[2.0, 5.0, 1.0, 0.0]]]]]), "waves", np.zeros(1), None)
    """
    height, period = values[..., 0], values[..., 1]
    steep = (height > _SURE) & (height > _STEEPEST * period**2)
    if not steep.any():
        return
    at = int(np.argmax(np.where(steep, height / period**2, 0.0)))
    when, place = _where(height, at, times, piece)
    raise BadFile(
        f"{_named(parts[0])} {quantity} of {height.flat[at]:.2g} m with a peak period of {period.flat[at]:.2g} s at "
        f"{place}, {when}, steeper than waves can be; the period ({parts[1].first.name} in "
        f"{parts[1].first.units!r}) is probably of another variable or unit: correct it."
    )


def _where(values: Array, at: int, times: Array, piece: Cut) -> tuple[str, str]:
    """Time and place of a flat index, in words."""
    _, time, row, column = np.unravel_index(at, values.shape)
    if piece.latitude.ndim == 1:
        place = piece.latitude[row], piece.longitude[column]
    else:
        place = piece.latitude[row, column], piece.longitude[row, column]
    return format_time(float(times[time])), format_position(float(place[0]), float(place[1]))
