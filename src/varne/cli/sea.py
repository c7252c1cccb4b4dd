"""The sea on the command line: tides and streams at a place."""

import inspect
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from varne.cli.sea_check import check
from varne.cli.sea_info import info
from varne.cli.sea_observations import observations
from varne.cli.sea_traffic import traffic
from varne.cli.sea_weather import weather
from varne.units import HOUR, KNOT, MINUTE
from varne.when import format_time, parse_time

if TYPE_CHECKING:
    from varne.facts.tables import Facts
    from varne.sea.tides import Turn

_FINE = 6.0 * MINUTE  # close enough for a parabola through three heights to find a turn to seconds


def tide(
    at: Annotated[str, typer.Option(help='Position, for example "51 07N 1 19E".')],
    start: Annotated[str, typer.Option("--from", help="First time, UTC, for example 2026-03-14T00:00Z.")],
    hours: Annotated[float, typer.Option(help="How many hours.", min=0.1, max=744.0)] = 25.0,
    every: Annotated[float, typer.Option(help="Minutes between two lines.", min=1.0, max=720.0)] = 60.0,
) -> None:
    """
    Print heights, streams, high and low waters at a place.

    Parameters
    ----------
    at : str
        Position. [deg]
    start : str
        ISO 8601. [1]
    hours : float
        Length of the table. [h]
    every : float
        Between two lines. [min]

    Returns
    -------
    None

    Raises
    ------
    BadPosition, BadTime
        When position or time is refused.

    Examples
    --------
    >>> tide("51 00N 1 27E", "2026-03-14T00:00Z", hours=1.0, every=60.0)
    Tide at 51 00.0N 001 27.0E...
    """
    import numpy as np

    from varne.atlas.embedded import coast_mask, tide_atlas
    from varne.earth import format_position, parse_position
    from varne.facts.tables import shipped_facts
    from varne.sea.coast import nearest_sea
    from varne.sea.streams import streams, tide_height
    from varne.sea.tides import turns

    console = Console()
    asked = parse_position(at)
    place = nearest_sea(coast_mask(), *asked)
    first = parse_time(start)
    last = first + hours * HOUR
    atlas = tide_atlas()
    times = np.arange(first, last + 1.0, every * MINUTE)
    heights, velocity = tide_height(atlas, *place, times=times), streams(atlas, *place, times=times)
    fine = np.arange(first - _FINE, last + 2.0 * _FINE, _FINE)
    found = turns(fine, tide_height(atlas, *place, times=fine))
    console.print(f"Tide at {format_position(*place)}", highlight=False)
    if place != asked:
        console.print(f"(the nearest water to {format_position(*asked)}, which is on land)", highlight=False)
    rows = zip(times, heights, velocity, strict=True)
    console.print(_tide_table([(time, level, east, north) for time, level, (east, north) in rows]))
    console.print(_turn_table([turn for turn in found if first <= turn.time <= last]))
    console.print(_errors(shipped_facts()), highlight=False)
    console.print(f"Source: {atlas.attribution} Not for navigation.", highlight=False)


def _tide_table(rows: list[tuple[float, float, float, float]]) -> Table:
    """Time [s], height [m], and stream towards east and north [m/s] in the units of seafarers."""
    table = Table("time UTC", "height m", "stream kn", "towards °")
    for column in table.columns[1:]:
        column.justify = "right"
    for time, level, east, north in rows:
        towards = round(math.degrees(math.atan2(east, north))) % 360
        table.add_row(format_time(time), f"{level:+.2f}", f"{math.hypot(east, north) / KNOT:.1f}", f"{towards:03d}")
    return table


def _turn_table(found: "list[Turn]") -> Table:
    """High and low waters."""
    table = Table("high and low water", "time UTC", "height m")
    table.columns[2].justify = "right"
    for turn in found:
        table.add_row("high" if turn.high else "low", format_time(turn.time), f"{turn.height:+.2f}")
    return table


def _errors(facts: "Facts") -> str:
    """How wrong the streams may be, from the facts that the members draw."""
    turn, speed = facts["sea.stream_time_shift"], facts["sea.stream_speed"]
    direction = facts["sea.stream_direction"]
    return (
        f"Error of the streams, 90 %: they turn {turn.value:g} h earlier than shown ({turn.low:g} to {turn.high:g} h; "
        f"grade {turn.grade}), speed times {speed.low:g} to {speed.high:g} ({speed.grade}), direction "
        f"{direction.low:g} to {direction.high:g}° ({direction.grade}). Mean over the depth, without wind. Heights are "
        "above mean sea level, without surge, which adds up to 0.7 m: within 0.07 m rms of 13 gauges in a year, within "
        "0.10 m of those of the strait when they are left out (measured)."
    )


def _help(command: Callable[..., None]) -> str:
    """What a docstring says before its parameters, which options explain on the command line."""
    return inspect.cleandoc(command.__doc__ or "").partition("\nParameters\n")[0].strip()


app = typer.Typer(
    no_args_is_help=True, help="The sea: your own files, and the embedded tides, waves, weather and ships."
)
for one in (tide, check, info, observations, traffic, weather):
    app.command(help=_help(one))(one)
