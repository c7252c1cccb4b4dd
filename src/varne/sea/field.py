"""A field: one quantity of the sea or the air on a regular grid, over time, in one or more realizations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.compiled import inlined

# The quantities a field can hold: their components and units, in the order of the last axis of `values`.
COMPONENTS = {
    "streams": ("towards east [m/s]", "towards north [m/s]"),
    "wind": ("towards east [m/s]", "towards north [m/s]"),
    "waves": ("significant height [m]", "peak period [s]", "towards east [1]", "towards north [1]"),
    "swell": ("significant height [m]", "peak period [s]", "towards east [1]", "towards north [1]"),
    "water": ("temperature [degC]",),
    "air": ("temperature [degC]",),
}
# Errors to be added to a field, drawn by sea/forecast_error.py: the same for them.
ERROR_COMPONENTS = {
    "wind_error": ("towards east [m/s]", "towards north [m/s]"),
    "wave_error": ("logarithm of the factor on the height [1]",),
    "stream_error": ("towards east [m/s]", "towards north [m/s]"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of the answer comes from, and how good that is."""

    says: str
    grade: str


@dataclass(frozen=True, slots=True)
class Field:
    """
    A quantity on a regular grid of longitude and latitude at regular times; never missing.

    The fractional indices of :func:`field_at` are ``x = (longitude - west) / step_east``,
    ``y = (latitude - south) / step_north`` and ``t = (time - start) / interval``. Rows run northwards, columns
    eastwards. Realizations are equally likely; a field that is known for sure has one. The direction of waves is a
    unit vector *towards* which they run, or 0, 0: with the wind of the place.
    A place has two rows and two columns that are alike.
    """

    quantity: str  # a key of COMPONENTS or of ERROR_COMPONENTS
    values: NDArray[np.float64]  # (realization, time, y, x, component), in their units
    west: float  # longitude of column 0 [deg]
    south: float  # latitude of row 0 [deg]
    step_east: float  # [deg]
    step_north: float  # [deg]
    start: float  # since 1970-01-01T00:00Z [s]
    interval: float  # [s]
    issued: float | None  # when a forecast was made, since 1970-01-01T00:00Z; None when unknown or not a forecast [s]
    source: Source
    held_after: float | None = None  # an observation cannot forecast: from then on its last value is held [s]


@inlined
def field_at(values, x, y, t, component):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Interpolate one component of a field in space and time; the edges hold beyond them.

    Parameters
    ----------
    values : array, shape (time, y, x, component)
        One realization. [unit]
    x, y, t : float
        Fractional column, row and time. [1]
    component : int
        Which. [1]

    Returns
    -------
    float
        [unit]

    Examples
    --------
    >>> values = np.zeros((2, 2, 2, 1))
    >>> values[1, :, :, 0] = 1.0
    >>> field_at(values, 0.25, 9.0, 0.5, 0)
    0.5
    """
    times, rows, columns, _ = values.shape
    x = min(max(x, 0.0), columns - 1.0)
    y = min(max(y, 0.0), rows - 1.0)
    t = min(max(t, 0.0), times - 1.0)
    i, j, k = min(int(x), columns - 2), min(int(y), rows - 2), min(int(t), times - 2)
    a, b, c = x - i, y - j, t - k
    before = (1.0 - b) * ((1.0 - a) * values[k, j, i, component] + a * values[k, j, i + 1, component]) + b * (
        (1.0 - a) * values[k, j + 1, i, component] + a * values[k, j + 1, i + 1, component]
    )
    after = (1.0 - b) * ((1.0 - a) * values[k + 1, j, i, component] + a * values[k + 1, j, i + 1, component]) + b * (
        (1.0 - a) * values[k + 1, j + 1, i, component] + a * values[k + 1, j + 1, i + 1, component]
    )
    return (1.0 - c) * before + c * after
