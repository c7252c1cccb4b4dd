"""
The picture of docs/tides.md: the M2 tide, the greatest stream at springs, and the mean stream.

    python -m verification.draw_tides
"""

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.tri import Triangulation

from varne.atlas.build import FITTED
from varne.atlas.charts import TideAtlas
from varne.atlas.embedded import gauges, tide_atlas
from varne.atlas.harmonic import major_axis
from varne.sea.streams import at_place
from varne.units import KNOT

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "tides.png"
FITTED_COLOUR = "#c43c00"


def _axes(axes: Any, title: str, box: tuple[float, float, float, float]) -> None:
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_xlim(box[0], box[1])
    axes.set_ylim(box[2], box[3])
    axes.set_aspect(1.0 / np.cos(np.radians(51.0)))
    axes.set_facecolor("#e9e4d8")
    axes.tick_params(labelsize=7)


def heights(axes: Any, atlas: TideAtlas, mesh: Triangulation) -> None:
    """Amplitude in colours, Greenwich phase lag in lines."""
    moon = atlas.elevation[atlas.constituents.index("M2")]
    shades = axes.tricontourf(mesh, np.abs(moon), levels=np.arange(0.5, 3.3, 0.25), cmap="viridis")
    lag = np.degrees(-np.angle(moon * np.exp(1j * np.radians(340.0)))) + 340.0
    lines = axes.tricontour(mesh, lag, levels=np.arange(300, 400, 5), colors="white", linewidths=0.7)
    axes.clabel(lines, fontsize=6, fmt=lambda value: f"{value % 360:.0f}°")
    for gauge in (gauges()[name] for name in FITTED):
        axes.plot(gauge.longitude, gauge.latitude, "o", markersize=2.5, color=FITTED_COLOUR)
    _axes(axes, "M2: amplitude [m], phase lag, gauges", (-0.1, 3.6, 49.8, 52.1))
    plt.colorbar(shades, ax=axes, shrink=0.7)


def springs(axes: Any, atlas: TideAtlas, mesh: Triangulation) -> None:
    """Long axis of M2 and S2 together, with its direction."""
    moon, sun = (atlas.constituents.index(name) for name in ("M2", "S2"))
    speed = sum(major_axis(atlas.east[place], atlas.north[place]) for place in (moon, sun)) / KNOT
    shades = axes.tricontourf(mesh, speed, levels=np.arange(0.0, 4.25, 0.25), cmap="magma_r", extend="max")
    longitude, latitude = (part.ravel() for part in np.meshgrid(np.arange(1.0, 2.5, 0.07), np.arange(50.6, 51.5, 0.05)))
    inside = mesh.get_trifinder()(longitude, latitude) >= 0
    east, north = (
        at_place(atlas, latitude[inside], longitude[inside], amplitude=part)[moon] for part in (atlas.east, atlas.north)
    )
    axis = (np.angle(east + 1j * north) - np.angle(east - 1j * north)) / 2.0
    length = major_axis(east, north)
    axes.quiver(
        longitude[inside], latitude[inside], length * np.cos(axis), length * np.sin(axis),
        scale=30.0, width=0.003, pivot="middle", headwidth=0, headlength=0, headaxislength=0, color="#004c6d",
    )  # fmt: skip
    _axes(axes, "Mean springs: greatest stream [kn], axis of M2", (0.9, 2.5, 50.55, 51.5))
    plt.colorbar(shades, ax=axes, shrink=0.7)


def mean(axes: Any, atlas: TideAtlas, mesh: Triangulation) -> None:
    """The mean stream in colours and arrows."""
    place = atlas.constituents.index("Z0")
    speed = 100.0 * np.hypot(atlas.east[place].real, atlas.north[place].real)
    shades = axes.tricontourf(mesh, speed, levels=np.arange(0.0, 11.0, 1.0), cmap="cividis_r", extend="max")
    longitude, latitude = (
        part.ravel() for part in np.meshgrid(np.arange(1.0, 2.5, 0.05), np.arange(50.6, 51.5, 0.035))
    )
    inside = mesh.get_trifinder()(longitude, latitude) >= 0
    east, north = (
        at_place(atlas, latitude[inside], longitude[inside], amplitude=part)[place].real
        for part in (atlas.east, atlas.north)
    )
    axes.quiver(longitude[inside], latitude[inside], east, north, scale=1.5, width=0.003, color="#7a0019")
    _axes(axes, "Mean stream [cm/s]", (0.9, 2.5, 50.55, 51.5))
    plt.colorbar(shades, ax=axes, shrink=0.7)


def main() -> None:
    atlas = tide_atlas()
    mesh = Triangulation(atlas.longitude, atlas.latitude, atlas.triangles)
    figure, row = plt.subplots(1, 3, figsize=(15.0, 4.6), layout="constrained")
    for axes, draw in zip(row, (heights, springs, mean), strict=True):
        draw(axes, atlas, mesh)
    figure.savefig(PICTURE, dpi=110, metadata={"Software": ""})


if __name__ == "__main__":
    main()
