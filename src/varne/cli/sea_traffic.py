"""Ships on the command line: the traffic that Varne ships with, and what AIS files say beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from varne.units import DAY, KNOT

if TYPE_CHECKING:
    from varne.facts.tables import Facts
    from varne.files.ais_log import AisLog
    from varne.sea.gate import Passed
    from varne.sea.passages import Passages
    from varne.sea.traffic import TrafficGrid

_MILE = 1852.0  # [m]
_FEWEST = 0.05  # ships a day and mile, below which a stream is not shown
_QUANTILES = (0.1, 0.5, 0.9)


def traffic(
    ais: Annotated[
        list[Path] | None, typer.Option(help="AIS files: NMEA 0183 or CSV, .gz too; give the option once for each.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the ships counted to this NetCDF file.")] = None,
    cell: Annotated[float, typer.Option(help="Side of a cell of the count in degrees.", min=0.005, max=0.5)] = 0.02,
    at: Annotated[str | None, typer.Option(help='Show the ships at a position, for example "51 00N 1 27E".')] = None,
) -> None:
    """
    Print the ships of the strait, or count them in AIS files.

    Parameters
    ----------
    ais : list of Path
        AIS files, in any order. [1]
    out : Path
        NetCDF file. [1]
    cell : float
        Side of a cell. [deg]
    at : str
        Position. [deg]

    Returns
    -------
    None

    Raises
    ------
    BadFile, BadPosition, NoData
        When a file or position is refused.

    Examples
    --------
    >>> traffic(at="51 00N 1 24E")
    Ships of the embedded sea...
    """
    from varne.earth import parse_position
    from varne.errors import BadFile
    from varne.facts.tables import shipped_facts
    from varne.sea.regions import region_at, region_words
    from varne.sea.traffic import embedded_traffic

    console = Console()
    place = parse_position(at) if at else None
    region = region_words(region_at(*place)) if place else []
    if not ais:
        if out:
            raise BadFile(f"--out {out} needs something to write; give the files to count with --ais.")
        console.print("Ships of the embedded sea", highlight=False)
        console.print(_embedded_table(shipped_facts()))
        console.print(_sources(shipped_facts()), highlight=False)
        if place:
            console.print(_at_table(embedded_traffic(), place))
            console.print("\n".join(region), highlight=False)
        return
    counted, log, passed = _count(ais, cell)
    console.print(_read_table(log, counted))
    console.print(_gate_table(passed, counted, shipped_facts()))
    console.print(_gate_words(passed), highlight=False)
    if place:
        from varne.files.traffic_file import as_traffic

        console.print(_at_table(as_traffic(counted, name="AIS", facts=shipped_facts()), place))
        console.print("\n".join(region), highlight=False)
    if out:
        from varne.files.traffic_file import traffic_dataset, write_traffic

        write_traffic(traffic_dataset(counted, {"source": ", ".join(path.name for path in ais)}), out)
        console.print(f"Written: {out}", highlight=False)


def _count(ais: list[Path], cell: float) -> "tuple[Passages, AisLog, tuple[Passed, ...]]":
    """Read and count, with a bar of the bytes read."""
    import numpy as np
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from varne.atlas.embedded import lane_grid
    from varne.files.ais import read_ais
    from varne.sea.gate import passed_gate
    from varne.sea.passages import count_passages, time_observed
    from varne.sea.tracks import joined

    columns = TextColumn("reading AIS"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=sum(path.stat().st_size for path in ais if path.is_file()))
        log = read_ais(ais, progress=lambda done: progress.advance(bar, done))
    legs = joined(log.reports)
    observed = time_observed(log.hours, log.first, log.last)
    counted = count_passages(legs, log.reports, log.sizes, cell=cell, observed=observed)
    ships = np.unique(log.reports.ship)
    lengths = np.array([log.sizes.get(int(ship), (np.nan, np.nan))[0] for ship in ships])
    return counted, log, passed_gate(legs, lane_grid(), lengths)


def _embedded_table(facts: "Facts") -> Table:
    from varne.facts.ferries import ferry_routes

    table = Table("stream", "ships a day", "low", "high", "speed kn", "spread", "grade")
    for column in table.columns[1:5]:
        column.justify = "right"
    ships, factor = facts["traffic.ships_per_day_each_lane"], facts["traffic.ferry_sailings"]
    for name in ("south-west lane", "north-east lane"):
        row = [f"{one:.0f}" for one in (ships.value, ships.low, ships.high, facts["traffic.ship_speed"].value)]
        table.add_row(name, *row, "even across the lane", ships.grade)
    for route in ferry_routes().values():
        row = [f"{route.sailings * DAY * one:.0f}" for one in (1.0, factor.low, factor.high)]
        spread = f"normal, {route.spread / _MILE:.1f} nmi each side"
        table.add_row(f"ferries {route.says}", *row, f"{facts['traffic.ferry_speed'].value:.0f}", spread, route.grade)
    return table


def _sources(facts: "Facts") -> str:
    from varne.facts.ferries import ferry_routes

    lines = [f"Lanes: {facts['traffic.ships_per_day_each_lane'].source}."]
    lines += [f"{route.says}: {route.source}." for route in ferry_routes().values()]
    lines.append(
        "Left out: fishing boats, yachts and ships in the inshore zones; nobody publishes a count. "
        "Not for navigation. Lanes © OpenStreetMap contributors, ODbL 1.0."
    )
    return "\n".join(lines)


def _at_table(traffic_grid: "TrafficGrid", place: tuple[float, float]) -> Table:
    import math

    from varne.earth import format_position
    from varne.sea.traffic import COUNTED, FERRY, LANE, streams_at

    kinds = {LANE: "lane", FERRY: "ferries", COUNTED: "counted"}
    table = Table("ships", "towards °", "a day and nmi of width", "speed kn", "length m", "beam m")
    table.title = f"Ships at {format_position(*place)}"
    for column in table.columns[1:]:
        column.justify = "right"
    for one in streams_at(traffic_grid, *place):
        if one.rate * DAY * _MILE <= _FEWEST:
            continue
        towards = round(math.degrees(math.atan2(one.east, one.north))) % 360
        course = f"{towards:03d} and {(towards + 180) % 360:03d}" if one.both_ways else f"{towards:03d}"
        row = f"{one.rate * DAY * _MILE:.1f}", f"{one.speed / KNOT:.1f}", f"{one.length:.0f}", f"{one.beam:.0f}"
        table.add_row(kinds[int(one.kind)], course, *row)
    if not table.rows:
        table.add_row("none known", "", "", "", "", "")
    return table


def _read_table(log: "AisLog", counted: "Passages") -> Table:
    import numpy as np

    from varne.when import format_time

    table = Table("AIS", "", show_header=False)
    table.add_row("messages read", f"{sum(log.read.values()):,}")
    for reason, count in log.refused.items():
        table.add_row(f"left out: {reason}", f"{count:,}")
    table.add_row("first and last", f"{format_time(log.first)} to {format_time(log.last)}")
    table.add_row("time observed", f"{counted.observed / DAY:.2f} days (hours without a message do not count)")
    table.add_row("ships in the strait", f"{len(np.unique(log.reports.ship)):,}")
    table.add_row("of these with a size", f"{len(set(log.sizes) & set(log.reports.ship.tolist())):,}")
    return table


def _gate_table(passed: "tuple[Passed, ...]", counted: "Passages", facts: "Facts") -> Table:
    """Ships through the gate beside the figure that Varne ships with."""
    import numpy as np

    from varne.sea.gate import LANE_NAMES
    from varne.sea.lanes import NONE
    from varne.sea.passages import poisson_interval

    table = Table("through the gate", "passages", "a day", "90 %", "speed kn", "length m", "as shipped, a day")
    for column in table.columns[1:]:
        column.justify = "right"
    days = counted.observed / DAY
    ships = facts["traffic.ships_per_day_each_lane"]
    for one in passed:
        count = len(one.speed)
        low, high = (float(bound[0]) / days if days else np.inf for bound in poisson_interval(np.array([count])))
        known = one.length[np.isfinite(one.length)]
        lengths = "/".join(f"{size:.0f}" for size in np.quantile(known, _QUANTILES)) if len(known) else "not sent"
        speed = f"{one.speed.mean() / KNOT:.1f} ± {one.speed.std() / KNOT:.1f}" if count else ""
        shipped = "left out" if one.lane == NONE else f"{ships.value:.0f} ({ships.low:.0f}-{ships.high:.0f})"
        shipped += "" if one.lane == NONE else f" {ships.grade}"
        per_day = f"{count / days:.1f}" if days else ""
        row = f"{count}", per_day, f"{low:.1f}-{high:.1f}", speed, lengths, shipped
        table.add_row(LANE_NAMES[one.lane], *row)
    return table


def _gate_words(passed: "tuple[Passed, ...]") -> str:
    from varne.earth import format_position
    from varne.sea.gate import GATE

    against = sum(one.against for one in passed)
    ends = " to ".join(format_position(*end) for end in GATE)
    return (
        f"The gate runs from {ends}, across both lanes; {against} passages ran against the flow of their lane. "
        "Lengths are the 10, 50 and 90 % quantiles of ships that sent theirs, speed is mean and standard deviation. "
        "Grade measured, as far as the receiver heard. No ship is named or kept."
    )
