"""The map of docs/waves.md: the sea that a moderate wind raises from the south-west and from the north-east."""

import math
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure
from verification.wave_climate import whole_sea

from varne.atlas.embedded import coast_mask
from varne.facts.tables import shipped_facts
from varne.sea.field import Field, Source
from varne.sea.wave_field import Growth, wave_field
from varne.units import HOUR

SPEED = 8.0  # force 4 to 5 [m/s]
BLOWN = 18.0 * HOUR
WEST, EAST, SOUTH, NORTH = 0.45, 2.75, 50.40, 51.60
LAND, SHORE, INK, GREY = "#E9E4D8", "#8F866F", "#222222", "#5A5A5A"
LEVELS = np.arange(0.0, 1.41, 0.1)
TOWNS = (
    ("Dover", 51.128, 1.313, (-5, 3), "right"),
    ("Calais", 50.958, 1.852, (0, -13), "center"),
    ("Boulogne", 50.726, 1.60, (6, -4), "left"),
    ("Dunkirk", 51.034, 2.377, (0, -13), "center"),
    ("Ramsgate", 51.333, 1.419, (-6, -3), "right"),
    ("Dungeness", 50.913, 0.97, (-6, 2), "right"),
)


def picture() -> Figure:
    figure = Figure(figsize=(11.0, 4.75), layout="constrained", facecolor="white")
    panels = figure.subplots(1, 2, sharey=True)
    growth = shipped_facts()["waves.growth"].value
    for axes, wind_from, name in zip(panels, (225.0, 45.0), ("south-west", "north-east"), strict=True):
        filled = draw_sea(axes, wind_from, growth)
        draw_land(axes)
        draw_wind(axes, wind_from)
        dress(axes)
        axes.set_title(f"Wind from the {name}", loc="left", fontsize=12, color=INK)
    bar = figure.colorbar(filled, ax=list(panels), shrink=0.82, pad=0.015, ticks=LEVELS[::2])
    bar.set_label("significant wave height, m")
    bar.outline.set_visible(False)
    figure.suptitle(
        "The sea after 8 m/s (16 knots) of wind for 18 hours: two long fetches, two lees, no swell",
        x=0.012, ha="left", fontsize=14, fontweight="bold", color=INK,
    )  # fmt: skip
    return figure


def draw_sea(axes: Axes, wind_from: float, growth: float) -> QuadContourSet:
    """Contours of the height, filled; a line every 0.2 m."""
    fetch = whole_sea()
    rows, columns = fetch.fetch.shape[:2]
    values = np.empty((1, 2, rows, columns, 2))
    values[..., 0] = -SPEED * math.sin(math.radians(wind_from))
    values[..., 1] = -SPEED * math.cos(math.radians(wind_from))
    wind = Field(
        "wind", values, fetch.west, fetch.south, fetch.step_east, fetch.step_north, 0.0, HOUR, None,
        Source("steady", "assumed"),
    )  # fmt: skip
    height = wave_field(wind, fetch, Growth(growth, BLOWN, 9.0 * HOUR)).values[0, 0, :, :, 0]
    longitude = fetch.west + fetch.step_east * np.arange(columns)
    latitude = fetch.south + fetch.step_north * np.arange(rows)
    filled = axes.contourf(longitude, latitude, height, levels=LEVELS, cmap="YlGnBu", extend="max")
    axes.contour(longitude, latitude, height, levels=LEVELS[2::2], colors="white", linewidths=0.5, alpha=0.7)
    return filled


def draw_land(axes: Axes) -> None:
    mask = coast_mask()
    step = 2
    land = (mask.code[::step, ::step] != 0).astype(float)
    longitude = mask.west + (np.arange(land.shape[1]) * step + 0.5) / mask.cells_per_degree
    latitude = mask.south + (np.arange(land.shape[0]) * step + 0.5) / mask.cells_per_degree
    axes.contourf(longitude, latitude, land, levels=[0.5, 1.5], colors=[LAND], zorder=4)
    axes.contour(longitude, latitude, land, levels=[0.5], colors=[SHORE], linewidths=0.8, zorder=5)
    for name, town_latitude, town_longitude, offset, side in TOWNS:
        axes.plot(town_longitude, town_latitude, "o", color=INK, markersize=3, zorder=6)
        axes.annotate(
            name, (town_longitude, town_latitude), xytext=offset, textcoords="offset points", ha=side, fontsize=9,
            color=INK, zorder=7,
        )  # fmt: skip


def draw_wind(axes: Axes, wind_from: float) -> None:
    """An arrow over France that points downwind."""
    towards = math.radians(wind_from + 180.0)
    east, north = 0.16 * math.sin(towards) / math.cos(math.radians(51.0)), 0.16 * math.cos(towards)
    axes.annotate(
        "", xy=(2.30 + east / 2.0, 50.60 + north / 2.0), xytext=(2.30 - east / 2.0, 50.60 - north / 2.0),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2.0, "mutation_scale": 18}, zorder=8,
    )  # fmt: skip
    axes.annotate("wind", (2.30, 50.47), ha="center", fontsize=9, color=INK, zorder=8)


def dress(axes: Axes) -> None:
    axes.set_xlim(WEST, EAST)
    axes.set_ylim(SOUTH, NORTH)
    axes.set_aspect(1.0 / math.cos(math.radians(51.0)))
    axes.set_xticks([0.5, 1.0, 1.5, 2.0, 2.5], ["0.5° E", "1°", "1.5°", "2°", "2.5°"])
    axes.set_yticks([50.5, 51.0, 51.5], ["50.5° N", "51°", "51.5°"])
    axes.tick_params(length=3, color=GREY, labelcolor=GREY, labelsize=9)
    for side in axes.spines.values():
        side.set_color(GREY)


if __name__ == "__main__":
    picture().savefig(Path(__file__).parents[1] / "docs" / "pictures" / "waves.png", dpi=110)
