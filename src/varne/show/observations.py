"""What a file of observations was understood to say: columns, span, gaps, last values and means."""

import math

import numpy as np
from numpy.typing import NDArray
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.earth import format_position
from varne.sea.observations import Observations
from varne.units import HOUR, KNOT
from varne.when import format_time

Array = NDArray[np.float64]

# What is shown of each quantity: its words, unit, factor from SI, and decimals.
_SHOWN = {
    "wind_speed": ("wind speed", "kn", 1.0 / KNOT, 0),
    "wind_from": ("wind from", "°", 180.0 / math.pi, 0),
    "wave_height": ("wave height", "m", 1.0, 1),
    "peak_period": ("peak period", "s", 1.0, 1),
    "waves_from": ("waves from", "°", 180.0 / math.pi, 0),
    "water": ("water", "°C", 1.0, 1),
    "air": ("air", "°C", 1.0, 1),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = 40.0 * 24.0  # span from which means by month are shown [h]
_GAPS = 5  # the longest that are listed


def observations_screen(observations: Observations) -> RenderableType:
    """
    Lay out for a terminal what was understood of a file of observations.

    Parameters
    ----------
    observations : Observations
        As read. [SI]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> from varne.sea.field import Source
    >>> none = np.array([np.nan])
    >>> type(observations_screen(Observations("62304", None, np.array([0.0]), none, none, none, none, none,
    ...     np.array([9.0]), none, Source("a buoy", "measured"), None, ()))).__name__
    'Group'
    """
    place = "position not known: give it with --at"
    if observations.place is not None:
        place = format_position(*observations.place)
    first, last = (format_time(float(observations.times[k])) for k in (0, -1))
    parts: list[RenderableType] = [
        Text(f"{observations.station}, {place}: {first} to {last}, {observations.times.size} reports")
    ]
    parts.append(_columns(observations))
    parts.append(_quantities(observations))
    if (observations.times[-1] - observations.times[0]) / HOUR >= _LONG:
        parts.append(_by_month(observations))
    parts += [Text(line, style="dim") for line in _notes(observations)]
    return Group(*parts)


def _columns(observations: Observations) -> Table:
    table = Table("column", "understood as", "unit", box=SIMPLE_HEAD, pad_edge=False)
    for column in observations.columns:
        if column.quantity:
            words, unit = column.quantity.replace("_", " "), column.unit
            table.add_row(Text(column.heading), words, Text(unit if column.quantity in _SHOWN else ""))
    return table


def _quantities(observations: Observations) -> Table:
    table = Table("observed", "last", "at", "mean", "lowest", "highest", "missing", box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, (words, unit, factor, places) in _SHOWN.items():
        values = getattr(observations, name)
        seen = np.isfinite(values)
        if not seen.any():
            if any(column.quantity == name for column in observations.columns):
                table.add_row(f"{words} {unit}", "never", *[""] * 4, "100 %")
            continue
        last = int(np.flatnonzero(seen)[-1])
        known = values[seen] * factor
        ends = ["", ""] if unit == "°" else [f"{end:.{places}f}" for end in (known.min(), known.max())]
        table.add_row(
            f"{words} {unit}", f"{known[-1]:.{places}f}", format_time(float(observations.times[last])),
            f"{_mean(known, unit):.{places}f}", *ends, f"{100.0 * (1.0 - seen.mean()):.0f} %",
        )  # fmt: skip
    return table


def _mean(known: Array, unit: str) -> float:
    """Directions have the mean of their unit vectors."""
    if unit != "°":
        return float(known.mean())
    angles = np.radians(known)
    return float(np.degrees(math.atan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360.0)


def _by_month(observations: Observations) -> Table:
    names = [name for name in _SHOWN if np.isfinite(getattr(observations, name)).any() and "from" not in name]
    table = Table("mean", *(f"{_SHOWN[name][0]} {_SHOWN[name][1]}" for name in names), box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    month = observations.times.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12
    for number, word in enumerate(_MONTHS):
        cells = []
        for name in names:
            values = getattr(observations, name)[month == number]
            known = values[np.isfinite(values)] * _SHOWN[name][2]
            cells.append(f"{known.mean():.1f}" if known.size else "")
        if any(cells):
            table.add_row(word, *cells)
    return table


def _notes(observations: Observations) -> list[str]:
    lines = [f"{observations.source.says} (grade {observations.source.grade})."]
    unused = [column.heading for column in observations.columns if not column.quantity]
    if unused:
        lines.append(f"Not used: {', '.join(unused)}.")
    steps = np.diff(observations.times)
    if steps.size:
        usual = float(np.median(steps))
        wide = [int(k) for k in np.argsort(-steps, kind="stable")[:_GAPS] if steps[k] > 1.5 * usual]
        lines.append(f"Usually every {usual / 60.0:g} min; longer gaps: {int((steps > 1.5 * usual).sum())}.")
        for k in sorted(wide):
            lines.append(
                f"Gap of {steps[k] / HOUR:.1f} h from {format_time(float(observations.times[k]))} "
                f"to {format_time(float(observations.times[k + 1]))}."
            )
    return lines
