"""`varne sea info`: what Varne understands of files of forecasts, and whether they cover a question."""

import math
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from varne.errors import BadFile, BadTime, NoData
from varne.units import HOUR, KNOT, MINUTE
from varne.when import format_time, parse_time

if TYPE_CHECKING:
    from varne.files.cf_open import Opened
    from varne.files.cf_report import Found, Lacking
    from varne.sea.field import Field

_AROUND = 0.01  # the window read at a place reaches this far on each side [deg]
_MUST_HAVE = 2e3  # and sea this near must have values [m]


def info(
    files: Annotated[list[str], typer.Argument(help="NetCDF, Zarr or GRIB; addresses and patterns too.")],
    at: Annotated[str | None, typer.Option(help='Show the values at a position: "51 00N 1 27E".')] = None,
    start: Annotated[str | None, typer.Option("--from", help="From when, UTC: 2026-03-14T00:00Z.")] = None,
    hours: Annotated[float, typer.Option(help="For how many hours.", min=0.0, max=744.0)] = 12.0,
) -> None:
    """
    Print what Varne understands of files of the sea, and what it takes from elsewhere.

    \b
    varne sea info nws.nc arome.grib2
    varne sea info "waves_*.nc" --at "51 00N 1 27E" --from 2026-03-14T00:00Z --hours 24

    Parameters
    ----------
    files : list of str
        What :func:`varne.files.cf_open.open_files` takes. [1]
    at : str, optional
        Position at which values are printed. [deg]
    start : str, optional
        ISO 8601. [1]
    hours : float
        Length of the question. [h]

    Returns
    -------
    None

    Raises
    ------
    BadFile, NoData
        If a file cannot be understood, has nothing of use, or does not cover the question.

    Examples
    --------
    >>> info(["nowhere.nc"])
    Traceback (most recent call last):
    varne.errors.BadFile: File nowhere.nc does not exist; name one that does.
    """
    from varne.earth import parse_position
    from varne.files.cf_open import open_files
    from varne.files.cf_report import understand
    from varne.files.cf_series import nothing_found

    if (at is None) != (start is None):
        raise BadTime("A place needs a time and a time a place; give both --at and --from.")
    console = Console()
    with open_files(files) as opened:
        known = understand(opened)
        if not known.found:
            refused = [one.why for one in known.lacking if one.why]
            raise NoData(refused[0] if refused else nothing_found(opened))
        for one in known.found:
            console.print(_table(one))
        console.print(f"Missing values: {known.found[0].fill_rule}.", highlight=False)
        empty = [_missing(opened, one) for one in known.found]
        for text in (*known.warnings, *(one for one in empty if one)):
            console.print(f"Mind: {text}.", highlight=False)
        if known.unused:
            console.print(f"Not used: {', '.join(known.unused)}", highlight=False)
        console.print(_elsewhere(known.lacking))
        if at is not None and start is not None:
            place = parse_position(at)
            _print_at(console, opened, known.found, place, parse_time(start), hours * HOUR)


def _missing(opened: "Opened", found: "Found") -> str:
    """What is wrong with the first values of a quantity; empty when nothing is."""
    from varne.files.cf_report import missing_at_first

    try:
        return missing_at_first(opened, found)
    except BadFile as error:
        return str(error).rstrip(".")


def _table(found: "Found") -> Table:
    """One quantity, line by line."""
    from varne.files.cf_grids import in_words

    table = Table(found.quantity, "", show_header=True, min_width=60)
    table.columns[0].no_wrap = True
    several = zip(found.variables, found.units, strict=True)
    table.add_row("variables", ", ".join(f"{name} [{units}]".replace("[", "\\[") for name, units in several))
    table.add_row("file" if len(found.files) == 1 else f"{len(found.files)} files", _some(found.files))
    north, east = found.spacing
    miles = 60.0 * north, 60.0 * east * math.cos(math.radians((found.area.south + found.area.north) / 2.0))
    table.add_row("grid", f"{found.grid}, {miles[0]:.2g} by {miles[1]:.2g} nautical miles")
    table.add_row("area", in_words(found.area))
    table.add_row("times", f"{format_time(found.first)} to {format_time(found.last)}, {_steps(found)}")
    table.add_row("issued", "not said" if found.issued is None else format_time(found.issued))
    table.add_row("realizations", str(found.realizations))
    if found.level:
        table.add_row("level", found.level)
    for note in found.notes:
        table.add_row("note", note)
    return table


def _some(files: tuple[str, ...]) -> str:
    return ", ".join(files) if len(files) <= 3 else f"{files[0]} ... {files[-1]}"


def _steps(found: "Found") -> str:
    if found.times == 1:
        return "one time"
    shortest, longest = f"{found.shortest / MINUTE:.3g}", f"{found.longest / MINUTE:.3g}"
    between = shortest if shortest == longest else f"{shortest} to {longest}"
    return f"{found.times} times, every {between} min"


def _elsewhere(lacking: "tuple[Lacking, ...]") -> Table:
    """What Varne will take from elsewhere."""
    table = Table("not from these files", "taken from", min_width=60)
    table.columns[1].overflow = "fold"  # a standard name is longer than a column, and must be read to its end
    for one in lacking:
        table.add_row(one.quantity, f"{one.instead}; {one.why}" if one.why else one.instead)
    if not lacking:
        table.add_row("nothing", "")
    return table


def _print_at(
    console: Console,
    opened: "Opened",
    found: "tuple[Found, ...]",
    place: tuple[float, float],
    start: float,
    duration: float,
) -> None:
    """Values at a place hour by hour; the first quantity that does not cover the question is the error."""
    from varne.atlas.charts import Window
    from varne.earth import format_position
    from varne.files.cf_window import common_realizations, read_window

    latitude, longitude = place
    window = Window(longitude - _AROUND, longitude + _AROUND, latitude - _AROUND, latitude + _AROUND)
    fields = [
        read_window(
            opened, one.quantity, window, start=start, duration=duration, spacing=_AROUND, place=place,
            within=_MUST_HAVE,
        )
        for one in found
    ]  # fmt: skip
    common_realizations(fields)
    console.print(f"At {format_position(*place)}, mean of the realizations", highlight=False)
    table = Table("time UTC")
    for field in fields:
        for heading in _HEADINGS[field.quantity]:
            table.add_column(heading, justify="right")
    for hour in range(math.floor(duration / HOUR) + 1):
        time = start + hour * HOUR
        cells = [text for field in fields for text in _cells(field, place, time)]
        table.add_row(format_time(time), *cells)
    console.print(table)


_HEADINGS = {
    "streams": ("stream kn", "towards °"),
    "wind": ("wind kn", "from °"),
    "waves": ("waves m", "s", "from °"),
    "swell": ("swell m", "s", "from °"),
    "water": ("water °C",),
    "air": ("air °C",),
}


def _cells(field: "Field", place: tuple[float, float], time: float) -> list[str]:
    """Values of a field at a place and time, in the units of seafarers."""
    from varne.sea.field import field_at

    latitude, longitude = place
    x, y = (longitude - field.west) / field.step_east, (latitude - field.south) / field.step_north
    t = (time - field.start) / field.interval
    count = field.values.shape[0]
    mean = [
        sum(float(field_at(one, x, y, t, component)) for one in field.values) / count
        for component in range(field.values.shape[-1])
    ]
    if field.quantity in ("streams", "wind"):
        sign = 1.0 if field.quantity == "streams" else -1.0
        return [f"{math.hypot(*mean) / KNOT:.1f}", _bearing(sign * mean[0], sign * mean[1])]
    if field.quantity in ("waves", "swell"):
        return [f"{mean[0]:.1f}", f"{mean[1]:.1f}", _bearing(-mean[2], -mean[3])]
    return [f"{mean[0]:.1f}"]


def _bearing(east: float, north: float) -> str:
    return f"{round(math.degrees(math.atan2(east, north))) % 360:03d}"
