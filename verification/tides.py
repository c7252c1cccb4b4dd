"""
How good the tide atlas is: at gauges, with each left out in turn, and against published streams.

    python -m verification.tides          prints the tables of docs/tides.md
    python -m verification.tides --write  writes them into it
"""

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.atlas.build import FITTED, MESH_CONSTITUENTS
from varne.atlas.charts import NORTH_LINE, WEST_LINE
from varne.atlas.embedded import gauges, tide_atlas
from varne.atlas.fitting import Sea, Tide, fit_tides
from varne.atlas.harmonic import earth_elements
from varne.atlas.mesh import Mesh, distance_to_line, rim_nodes
from varne.atlas.transport import transport
from varne.sea.streams import at_place, streams, tide_height
from varne.sea.tides import height, tide_factors, turns
from varne.units import HOUR, KNOT
from varne.when import parse_time

Array = NDArray[np.float64]
PAGE = Path(__file__).parents[1] / "docs" / "tides.md"
YEAR = parse_time("2024-01-01T00:00Z") + 1800.0 * np.arange(366 * 48)
MONTH = parse_time("2024-06-01T00:00Z"), 59.0  # two springs and neaps twice over [s, day]
REACH = 2000.0  # of the driven nodes from the open lines [m], as in atlas/mesh.py
SHOWN = ("M2", "S2", "N2", "K2", "M4", "MS4", "M6", "K1", "O1")


@cache
def published() -> dict[str, Any]:
    """What others say: streams_published.toml beside this file."""
    return tomllib.loads(Path(__file__).with_name("streams_published.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class AtGauge:
    """Root mean square over a year of heights by the mesh less heights by a gauge's own constants. [m]"""

    name: str
    shipped: float
    left_out: float  # with the boundary fitted to the other gauges; friction and pushes as shipped
    moon: float  # complex miss of M2 when left out


@cache
def refitted() -> dict[str, Tide]:
    """Every constituent fitted once more on the shipped mesh, to know what is missed when a gauge is left out."""
    atlas = tide_atlas()
    rim = rim_nodes(atlas.triangles)
    west, north = (
        rim[distance_to_line(atlas.longitude[rim], atlas.latitude[rim], line) < REACH]
        for line in (WEST_LINE, NORTH_LINE)
    )
    mesh = Mesh(atlas.longitude, atlas.latitude, atlas.triangles, west, north)
    elements = earth_elements(atlas.longitude, atlas.latitude, atlas.triangles, depth=atlas.depth)
    return fit_tides(Sea(mesh, elements, [gauges()[name] for name in FITTED]), names=MESH_CONSTITUENTS)


def at_gauges() -> list[AtGauge]:
    """Heights of 2024 at each gauge."""
    tides = refitted()
    rows = []
    for place, station in enumerate(FITTED):
        gauge = gauges()[station]
        own = height(tuple(gauge.constants), list(gauge.constants.values()), YEAR)
        mesh = tide_height(tide_atlas(), gauge.latitude, gauge.longitude, times=YEAR)
        names = tuple(name for name in MESH_CONSTITUENTS if name in gauge.constants)
        there = [gauge.constants[name] + tides[name].left_out[place] for name in names]
        rows.append(
            AtGauge(
                gauge.name,
                float(np.std(mesh - own)),
                float(np.std(height(names, there, YEAR) - own)),
                float(abs(tides["M2"].left_out[place])),
            )
        )
    return rows


@cache
def high_waters() -> list[float]:
    """Times of high water at Dover by the gauge's own constants. [s]"""
    start, days = MONTH
    times = np.arange(start, start + days * 24.0 * HOUR, 360.0)
    constants = gauges()["dover-dov-gbr-bodc"].constants
    return [turn.time for turn in turns(times, height(tuple(constants), list(constants.values()), times)) if turn.high]


@dataclass(frozen=True, slots=True)
class AtPlace:
    """What the atlas says where a stream is published: turns [h from high water Dover] and rates [kn]."""

    begins: float
    ends: float
    springs: tuple[float, float]
    neaps: tuple[float, float]


def at_published(latitude: float, longitude: float, towards: float) -> AtPlace:
    """Median turns of two months, and rates when the tide of Sun and Moon is that of mean springs and neaps."""
    begins, ends, rates = [], [], []
    bearing = np.radians(towards)
    for high in high_waters():
        times = high + np.arange(-5.0, 7.0, 0.05) * HOUR
        velocity = streams(tide_atlas(), latitude, longitude, times=times)
        along = velocity @ [np.sin(bearing), np.cos(bearing)]
        rising = np.flatnonzero((along[:-1] < 0) & (along[1:] >= 0))
        falling = np.flatnonzero((along[:-1] >= 0) & (along[1:] < 0))
        begins += [_crossing(times, along, int(place), high) for place in rising[:1]]
        ends += [_crossing(times, along, int(place), high) for place in falling[-1:]]
        rates.append((along.max() / KNOT, -along.min() / KNOT, _range(high)))
    north, south, ranges = np.array(rates).T
    order = np.argsort(ranges)
    tenth = len(order) // 5
    weak, strong = order[:tenth], order[-tenth:]
    return AtPlace(
        float(np.median(begins)),
        float(np.median(ends)),
        (float(north[strong].mean()), float(south[strong].mean())),
        (float(north[weak].mean()), float(south[weak].mean())),
    )


def _crossing(times: Array, along: Array, place: int, high: float) -> float:
    share = along[place] / (along[place] - along[place + 1])
    return float((times[place] + share * (times[place + 1] - times[place]) - high) / HOUR)


def _range(high: float) -> float:
    """How far M2 and S2 are in step at a time: their sum at Dover. [m]"""
    own = gauges()["dover-dov-gbr-bodc"].constants
    factors = tide_factors(("M2", "S2"), [high])[0]
    return float(abs(factors @ [own["M2"], own["S2"]]))


def ellipse(latitude: float, longitude: float) -> tuple[float, float]:
    """Half the long axis of the M2 stream [m/s] and its inclination from east [deg]."""
    atlas = tide_atlas()
    place = atlas.constituents.index("M2")
    east, north = (at_place(atlas, latitude, longitude, amplitude=part)[place, 0] for part in (atlas.east, atlas.north))
    turning, back = (east + 1j * north) / 2.0, np.conj(east - 1j * north) / 2.0
    return float(abs(turning) + abs(back)), float(np.degrees(np.angle(turning) + np.angle(back)) / 2.0 % 180.0)


def carried() -> tuple[float, float]:
    """Water that M2 carries through the strait to the north-east, and that the mean stream adds. [m³/s]"""
    atlas = tide_atlas()
    elements = earth_elements(atlas.longitude, atlas.latitude, atlas.triangles, depth=atlas.depth)
    found = []
    for name in ("M2", "Z0"):
        place = atlas.constituents.index(name)
        level, east, north = (
            part[place, atlas.triangles].mean(axis=1) for part in (atlas.elevation, atlas.east, atlas.north)
        )
        if name == "M2":
            flow = (level * east.conj()).real / 2.0, (level * north.conj()).real / 2.0
        else:
            flow = elements.depth * east.real, elements.depth * north.real
        found.append(transport(elements, atlas.longitude, atlas.latitude, flow=flow))
    return found[0], found[1]


def gauge_table() -> str:
    lines = [
        "| gauge | heights [m rms] | left out [m rms] | M2 left out [m] |",
        "|---|---|---|---|",
        *(f"| {row.name} | {row.shipped:.3f} | {row.left_out:.3f} | {row.moon:.3f} |" for row in at_gauges()),
    ]
    return "\n".join(lines)


def constituent_table() -> str:
    lines = ["| constituent | amplitude [m] | missed [m rms] | missed when left out [m, median] |", "|---|---|---|---|"]
    for name in SHOWN:
        tide = refitted()[name]
        size = np.mean([abs(gauges()[station].constants[name]) for station in FITTED])
        missed = np.sqrt(np.mean(np.abs(tide.misfit) ** 2))
        lines.append(f"| {name} | {size:.3f} | {missed:.3f} | {np.median(np.abs(tide.left_out)):.3f} |")
    return "\n".join(lines)


def stream_table() -> str:
    lines = [
        "| place | published begins, ends [h] | atlas [h] | off by [h] | published springs [kn] | atlas [kn] |",
        "|---|---|---|---|---|---|",
    ]
    for row in published()["turn"]:
        found = at_published(*row["at"], row["towards"])
        rate = "{:.1f}, {:.1f}".format(*row["springs"]) if "springs" in row else "-"
        lines.append(
            f"| {row['place']} | {row['begins']:+.2f}, {row['ends']:+.2f} | {found.begins:+.2f}, {found.ends:+.2f} | "
            f"{found.begins - row['begins']:+.2f}, {found.ends - row['ends']:+.2f} | {rate} | "
            f"{found.springs[0]:.1f}, {found.springs[1]:.1f} |"
        )
    return "\n".join(lines)


def flow_table() -> str:
    lines = ["| quantity | published | atlas |", "|---|---|---|"]
    moon, mean = carried()
    lines.append(f"| carried by M2 through the strait [m³/s] | {published()['transport']['moon']:.0f} | {moon:.0f} |")
    lines.append(f"| carried by the mean stream [m³/s] | - | {mean:.0f} |")
    for row in published()["ellipse"]:
        speed, axis = ellipse(*row["at"])
        said = (
            ", ".join(f"{one:.2f}" for one in row["major"]) + " at " + ", ".join(f"{x:.0f}" for x in row["inclination"])
        )
        lines.append(f"| M2 stream, {row['place']} [m/s at ° from east] | {said} | {speed:.2f} at {axis:.0f} |")
    return "\n".join(lines)


TABLES = {"gauges": gauge_table, "constituents": constituent_table, "streams": stream_table, "flow": flow_table}


def between(text: str, name: str) -> tuple[int, int]:
    """Where a table stands in the page."""
    first, last = f"<!-- {name} -->\n", f"\n<!-- end {name} -->"
    return text.index(first) + len(first), text.index(last)


def main(arguments: list[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        start, end = between(text, name)
        text = text[:start] + table() + text[end:]
        print(text[start : text.index(f"\n<!-- end {name} -->")], end="\n\n")
    if "--write" in arguments:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
