"""Reports of a buoy and fields beside them, for the tests."""

import numpy as np

from varne.sea.field import Field, Source
from varne.sea.observations import Observations

HOUR = 3600.0


def seen(hours=(0.0, 1.0, 2.0, 3.0), **measured):
    times = HOUR * np.asarray(hours)
    none = np.full(times.size, np.nan)
    names = ("wind_speed", "wind_from", "wave_height", "peak_period", "waves_from", "water", "air")
    arrays = {name: np.asarray(measured.get(name, none), dtype=np.float64) for name in names}
    return Observations(
        "62304", (51.103, 1.8), times, **arrays, source=Source("a buoy", "measured"), anemometer=None, columns=()
    )


def field(quantity, values, *, interval=HOUR, issued=None):
    """A place whose realizations are the first axis of `values` (realization, time, component)."""
    values = np.asarray(values, dtype=np.float64)
    grid = np.repeat(np.repeat(values[:, :, np.newaxis, np.newaxis, :], 2, axis=2), 2, axis=3)
    return Field(quantity, grid, 1.3, 50.6, 1.0, 1.0, 0.0, interval, issued, Source("a model", "assumed"))


def noise(count, seed=1):
    return np.random.default_rng(seed).normal(size=count)
