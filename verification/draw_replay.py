"""The map of 24 November 2021: where they may have sunk, where the drift takes them, where they were found."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from scipy.ndimage import gaussian_filter
from verification.replay_drift import Cloud, drift, find_plane, sinking_places
from verification.replays import record

from varne.atlas.embedded import coast_mask
from varne.earth import parse_position
from varne.units import NAUTICAL_MILE

DRAWS = 2000
WEST, EAST, SOUTH, NORTH = 1.24, 2.44, 50.86, 51.36
SEA, LAND, SHORE, INK, GREY = "#EEF4F8", "#E9E4D8", "#A89F8A", "#222222", "#5A5A5A"
START, CLOUD, BACK, FIND = "#E69F00", "#0072B2", "#009E73", "#D55E00"  # Okabe and Ito (2008)
DASHES = (0, (4, 2))
TOWNS = (
    ("Dover", 51.128, 1.313, "right"),
    ("Calais", 50.958, 1.852, "center"),
    ("Dunkirk", 51.034, 2.377, "center"),
    ("Deal", 51.223, 1.402, "right"),
    ("Ramsgate", 51.333, 1.419, "right"),
)
Points = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def picture() -> Figure:
    plane = find_plane()
    forward = drift(sinking_places(DRAWS), 1)
    backward = drift(np.zeros((DRAWS, 2)), 1, backwards=True)
    figure = Figure(figsize=(10.0, 7.3), layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    draw_coast(axes)
    draw_median_line(axes)
    region(axes, on_earth(forward, forward.end[:, 0]), CLOUD, "-", 1.0)
    region(axes, on_earth(forward, forward.start), START, DASHES, 0.0)
    region(axes, on_earth(backward, backward.end[:, 0]), BACK, "-", 0.0)
    draw_tracks(axes, backward)
    find = (plane.longitude, plane.latitude)
    axes.plot(*find, "*", color=FIND, markersize=19, markeredgecolor="white", markeredgewidth=1.2, zorder=9)
    halo(axes, "found 12:49", find, (12, -19), FIND, "bold")
    for name, latitude, longitude, side in TOWNS:
        axes.plot(longitude, latitude, "o", color=INK, markersize=3.5, zorder=6)
        place = {"right": (-6, -4), "center": (0, -14)}[side]
        axes.annotate(
            name,
            (longitude, latitude),
            xytext=place,
            textcoords="offset points",
            ha=side,
            fontsize=10,
            color=INK,
            zorder=7,
        )
    scale_bar(axes)
    dress(axes)
    return figure


def on_earth(cloud: Cloud, places: Points) -> Points:
    """Longitude and latitude of places on the plane. [deg]"""
    plane = cloud.plane
    return np.stack(
        [
            plane.longitude + places[..., 0] / plane.metres_per_degree_east,
            plane.latitude + places[..., 1] / plane.metres_per_degree_north,
        ],
        axis=-1,
    )


def draw_coast(axes: Axes) -> None:
    mask = coast_mask()
    fine = mask.cells_per_degree
    row = slice(int((SOUTH - mask.south) * fine), int((NORTH - mask.south) * fine) + 2)
    column = slice(int((WEST - mask.west) * fine), int((EAST - mask.west) * fine) + 2)
    land = gaussian_filter((mask.code[row, column] > 0).astype(float), 1.0)  # cells of 100 m, without their corners
    latitude = mask.south + (np.arange(row.start, row.start + land.shape[0]) + 0.5) / fine
    longitude = mask.west + (np.arange(column.start, column.start + land.shape[1]) + 0.5) / fine
    axes.set_facecolor(SEA)
    axes.contourf(longitude, latitude, land, [0.5, 2.0], colors=[LAND], zorder=5)
    axes.contour(longitude, latitude, land, [0.5], colors=[SHORE], linewidths=0.9, zorder=5)


def draw_median_line(axes: Axes) -> None:
    points = np.array([parse_position(point) for point in record()["november_2021"]["median_line"]])
    axes.plot(points[:, 1], points[:, 0], color=GREY, linewidth=1.1, linestyle=(0, (7, 4)), zorder=3)
    (south, west), (north, east) = points[0], points[1]
    slope = np.degrees(np.arctan2(north - south, (east - west) * np.cos(np.radians(north))))
    axes.annotate(
        "median line", (0.5 * (west + east), 0.5 * (south + north)), xytext=(4, -11), textcoords="offset points",
        fontsize=9, color=GREY, style="italic", ha="center", va="center", rotation=slope, zorder=4,
    )  # fmt: skip


def region(axes: Axes, places: Points, colour: str, line: object, fill: float) -> None:
    """Outline where nine tenths of the places lie, at the highest density; shade that and the densest half."""
    edges = [np.linspace(WEST, EAST, 241), np.linspace(SOUTH, NORTH, 161)]
    count, *_ = np.histogram2d(places[:, 0], places[:, 1], bins=edges)
    density = gaussian_filter(count, 4.0).T
    ranked = np.sort(density.ravel())[::-1]
    within = np.cumsum(ranked) / ranked.sum()
    outer, inner = (float(ranked[np.searchsorted(within, share)]) for share in (0.9, 0.5))
    middles = [0.5 * (edge[1:] + edge[:-1]) for edge in edges]
    if fill > 0.0:
        for level, alpha in ((outer, 0.18), (inner, 0.24)):
            axes.contourf(*middles, density, [level, np.inf], colors=[colour], alpha=alpha * fill)
    axes.contour(*middles, density, [outer], colors=[colour], linewidths=1.7, linestyles=[line], zorder=4)


def draw_tracks(axes: Axes, backward: Cloud) -> None:
    """A few ways back from the find, by draws spread over the ensemble."""
    track = on_earth(backward, backward.track)
    for index in range(0, DRAWS, DRAWS // 12):
        axes.plot(*track[:, index].T, color=BACK, linewidth=0.8, alpha=0.55, zorder=3)


def halo(axes: Axes, words: str, place: tuple[float, float], offset: tuple[int, int], colour: str, weight: str) -> None:
    axes.annotate(
        words, place, xytext=offset, textcoords="offset points", color=colour, fontsize=10.5, weight=weight, zorder=10,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )  # fmt: skip


def scale_bar(axes: Axes) -> None:
    plane = find_plane()
    length = 5 * NAUTICAL_MILE / plane.metres_per_degree_east
    x, y = EAST - 0.06 - length, SOUTH + 0.035
    axes.plot([x, x + length], [y, y], color=INK, linewidth=2.5, zorder=8, solid_capstyle="butt")
    axes.annotate(
        "5 nautical miles", (x + length / 2.0, y), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=9,
        zorder=8,
    )  # fmt: skip


def dress(axes: Axes) -> None:
    axes.set_xlim(WEST, EAST)
    axes.set_ylim(SOUTH, NORTH)
    axes.set_aspect(1.0 / np.cos(np.radians((SOUTH + NORTH) / 2.0)))
    axes.set_xticks(np.arange(1.4, EAST, 0.2), [f"{x:.1f}° E" for x in np.arange(1.4, EAST, 0.2)], fontsize=9)
    axes.set_yticks(np.arange(50.9, NORTH, 0.1), [f"{y:.1f}° N" for y in np.arange(50.9, NORTH, 0.1)], fontsize=9)
    axes.tick_params(length=3, color=GREY, labelcolor=GREY)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_color("#BBBBBB")
    handles = [
        Line2D([], [], color=START, linewidth=1.7, linestyle=DASHES, label="may have sunk here, 03:12 (assumed)"),
        Patch(facecolor=CLOUD, alpha=0.45, label="stream and light wind take a person here, 12:49"),
        Line2D([], [], color=BACK, linewidth=1.7, label="back from the find: was here at 03:12"),
    ]
    axes.legend(handles=handles, loc="upper right", frameon=True, framealpha=0.95, edgecolor="#DDDDDD", fontsize=9.5)
    axes.text(
        0.0, 1.055, "24 November 2021: 9.6 hours of drift", transform=axes.transAxes, fontsize=15, fontweight="bold"
    )
    axes.set_title(
        f"Lines hold 90 %, the darker shade half, of {DRAWS} draws of stream, wind, leeway and place. "
        "Calibration check, not validation.",
        loc="left",
        fontsize=9.5,
        color=GREY,
    )


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "docs" / "pictures" / "november_2021.png"
    picture().savefig(path, dpi=130)
    print(path.name)
