"""Ships met on a crossing, from the grid of ships beside lanes alone; and the map of docs/traffic.md."""

import math
import sys
from pathlib import Path

import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from varne.atlas.embedded import coast_mask, lane_grid
from varne.earth import Plane
from varne.facts.harbours import harbour, harbours
from varne.facts.regions import limits_at_sea
from varne.facts.tables import shipped_facts
from varne.hazards.collision import encounter_rate, geometric_diameter, relative_speed
from varne.sea.gate import GATE
from varne.sea.lanes import lane_at
from varne.sea.traffic import FERRY, LANE, embedded_traffic, streams_at
from varne.units import DAY, KNOT, in_si

BOAT_LENGTH, BOAT_BEAM = 9.0, 2.2
STEP = 60.0
ARROWS = (
    (51.03, 1.435),
    (50.90, 1.415),
    (51.27, 1.90),
    (51.36, 1.90),
    (50.75, 1.0),
    (50.56, 1.1),
    (51.19, 1.95),
)  # in lanes
ROOT = Path(__file__).parents[1]


def crossing(start: str, end: str, knots: float) -> list[tuple[float, float, float]]:
    """Positions a minute apart on the straight way between two harbours, and the course."""
    first, last = harbour(start), harbour(end)
    plane = Plane((first.latitude + last.latitude) / 2.0, first.longitude)
    x_1, y_1 = plane.to_plane(first.latitude, first.longitude)
    x_2, y_2 = plane.to_plane(last.latitude, last.longitude)
    steps = int(math.hypot(x_2 - x_1, y_2 - y_1) / (knots * KNOT * STEP))
    course = math.atan2(x_2 - x_1, y_2 - y_1)
    return [
        (*plane.to_earth(x_1 + (x_2 - x_1) * k / steps, y_1 + (y_2 - y_1) * k / steps), course) for k in range(steps)
    ]


def meetings(way: list[tuple[float, float, float]], knots: float) -> dict[int, float]:
    """Ships met on a collision course if neither side acts, by kind of stream."""
    found = {LANE: 0.0, FERRY: 0.0}
    for latitude, longitude, course in way:
        for one in streams_at(embedded_traffic(), latitude, longitude):
            ahead = math.sin(course) * float(one.east) + math.cos(course) * float(one.north)
            for cosine in (ahead, -ahead)[: 1 + int(one.both_ways)]:
                speed, length, beam = float(one.speed), float(one.length), float(one.beam)
                closing = relative_speed(speed, knots * KNOT, cosine)
                wide = geometric_diameter(length, beam, speed, BOAT_LENGTH, BOAT_BEAM, knots * KNOT, cosine)
                flux = float(one.rate) / (1 + int(one.both_ways))  # through one metre of width
                found[int(one.kind)] += STEP * encounter_rate(flux, 1.0, speed, wide, closing)
    return found


def meetings_in_lanes(way: list[tuple[float, float, float]], knots: float) -> float:
    """The same from the chart of lanes alone, as the first version of Varne had it."""
    facts, lanes = shipped_facts(), lane_grid()
    names = ("ships_per_day_each_lane", "ship_speed", "ship_length", "ship_beam")
    flux, speed, length, beam = (in_si(facts[f"traffic.{name}"].value, facts[f"traffic.{name}"].unit) for name in names)
    chart = lanes.code, lanes.flow_towards, lanes.width, lanes.south, lanes.west, lanes.cells_per_degree
    found = 0.0
    for latitude, longitude, course in way:
        code, flow, width = lane_at(*chart, latitude, longitude)
        if code:
            cosine = math.cos(course - flow)
            closing = relative_speed(speed, knots * KNOT, cosine)
            wide = geometric_diameter(length, beam, speed, BOAT_LENGTH, BOAT_BEAM, knots * KNOT, cosine)
            found += STEP * encounter_rate(flux, width, speed, wide, closing)
    return found


def draw() -> Figure:
    """The lanes, the ferry routes, the ships a day for each mile of width, and the limits."""
    traffic, mask = embedded_traffic(), coast_mask()
    west, east, south, north = 0.75, 2.75, 50.45, 51.45
    figure = Figure(figsize=(10.0, 6.9), layout="constrained")
    axes = figure.add_subplot()
    rate = traffic.streams["rate"].sum(axis=2) * DAY * 1852.0
    rows, columns = rate.shape
    edge_east, edge_north = (
        traffic.west + np.arange(columns + 1) / traffic.cells_per_degree,
        traffic.south + np.arange(rows + 1) / traffic.cells_per_degree,
    )
    shown = np.ma.masked_less(rate, 0.5)
    drawn = axes.pcolormesh(edge_east, edge_north, shown, cmap="YlOrRd", norm=LogNorm(1.0, 200.0), rasterized=True)
    land = np.ma.masked_equal(mask.code[::2, ::2], 0)
    size = 2.0 / mask.cells_per_degree
    axes.pcolormesh(
        mask.west + np.arange(land.shape[1] + 1) * size, mask.south + np.arange(land.shape[0] + 1) * size,
        np.ma.masked_array(np.ones(land.shape), land.mask), cmap="Greys", vmin=0.0, vmax=4.0, rasterized=True,
    )  # fmt: skip
    for line in limits_at_sea().lines.values():
        latitude, longitude = zip(*line.points, strict=True)
        label = "lines between the waters of States" if line.name == "uk_france_strait" else None
        axes.plot(longitude, latitude, color="#0072B2", linestyle="--", linewidth=1.6, label=label)
    latitude, longitude = zip(*GATE, strict=True)
    axes.plot(longitude, latitude, color="#000000", linestyle=":", linewidth=1.2, label="gate at which AIS is counted")
    for number, one in enumerate(one for one in harbours().values() if west < one.longitude < east):
        if south < one.latitude < north and one.name != "dunkirk_west":
            axes.plot(one.longitude, one.latitude, "s", color="#000000", markersize=4)
            side = -1 if one.country == "uk" and one.longitude < 1.35 else 1
            label = one.name.replace("_", " ").title()
            axes.annotate(
                label, (one.longitude, one.latitude), (6 * side, -11 if number % 2 else 4),
                textcoords="offset points", ha="left" if side > 0 else "right", fontsize=9,
            )  # fmt: skip
    for latitude, longitude in ARROWS:
        lane = streams_at(traffic, latitude, longitude)[0]  # the first stream is the lane
        flow = math.atan2(float(lane.east), float(lane.north))
        tip = longitude + 0.05 * math.sin(flow) / math.cos(math.radians(51.0)), latitude + 0.05 * math.cos(flow)
        axes.annotate("", tip, (longitude, latitude), arrowprops={"arrowstyle": "-|>", "color": "#222222", "lw": 1.6})
    axes.set(xlim=(west, east), ylim=(south, north), xlabel="longitude °E", ylabel="latitude °N")
    axes.set_aspect(1.0 / math.cos(math.radians(51.0)))
    bar = figure.colorbar(drawn, ax=axes, shrink=0.6, ticks=[1, 3, 10, 30, 100, 200])
    bar.ax.set_yticklabels(["1", "3", "10", "30", "100", "200"])
    bar.set_label("ships a day through one nautical mile of width (log scale)")
    axes.legend(loc="lower right", fontsize=9)
    axes.set_title(
        "Ships of the embedded sea: lanes (grade derived) and ferry routes (assumed)", loc="left", fontsize=13
    )
    words = "Lanes © OpenStreetMap contributors, ODbL 1.0. Coast GSHHG. Not for navigation, and no statement of law."
    figure.supxlabel(words, fontsize=8, x=0.01, ha="left")
    return figure


def main() -> None:
    for start, end in (("gravelines", "dover"), ("boulogne", "folkestone"), ("dunkirk", "ramsgate")):
        way = crossing(start, end, 4.0)
        met, before = meetings(way, 4.0), meetings_in_lanes(way, 4.0)
        hours = len(way) * STEP / 3600.0
        print(f"{start} to {end} at 4 kn, {hours:.1f} h; ships met on a collision course if neither side acts:")
        print(
            f"  chart of lanes {before:.3f}; lanes {met[LANE]:.3f} + ferries {met[FERRY]:.3f} = {sum(met.values()):.3f}"
        )
    if "--draw" in sys.argv:
        draw().savefig(ROOT / "docs" / "pictures" / "traffic.png", dpi=110)


if __name__ == "__main__":
    main()
