"""The embedded sea as it ships: its files, read once."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import CoastMask, DepthGrid, LaneGrid, TideAtlas
from varne.atlas.gauges import Gauge, read_gauges

DATA = Path(__file__).parent / "data"
FACTS = Path(__file__).parents[1] / "facts"


@cache
def tide_atlas() -> TideAtlas:
    """
    Read tides and streams on the mesh.

    Returns
    -------
    TideAtlas
        All constituents, the mean stream ``"Z0"`` among them. [m, m/s]

    Examples
    --------
    >>> tide_atlas().constituents[:4]
    ('M2', 'S2', 'N2', 'K2')
    """
    with np.load(DATA / "tides.npz", allow_pickle=False) as file:
        return TideAtlas(
            longitude=file["longitude"].astype(np.float64),
            latitude=file["latitude"].astype(np.float64),
            triangles=file["triangles"].astype(np.int32),
            depth=file["depth"].astype(np.float64),
            constituents=tuple(str(name) for name in file["constituents"]),
            elevation=_unpacked(file["elevation"], file["elevation_scale"]),
            east=_unpacked(file["east"], file["east_scale"]),
            north=_unpacked(file["north"], file["north_scale"]),
            attribution=str(file["attribution"]),
        )


def _unpacked(parts: NDArray[np.int16], scale: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Whole numbers (constituent, node, 2) and the scale of each constituent into complex amplitudes."""
    return np.asarray((parts[..., 0] + 1j * parts[..., 1]) * scale[:, None], np.complex128)


@cache
def coast_mask() -> CoastMask:
    """
    Read the mask of sea and land.

    Returns
    -------
    CoastMask
        Cells of 0.001 degree. [1]

    Examples
    --------
    >>> coast_mask().code.shape
    (2400, 3700)
    """
    with np.load(DATA / "coast.npz", allow_pickle=False) as file:
        return CoastMask(
            code=file["code"],
            south=float(file["south"]),
            west=float(file["west"]),
            cells_per_degree=float(file["cells_per_degree"]),
            attribution=str(file["attribution"]),
        )


@cache
def depth_grid() -> DepthGrid:
    """
    Read the depth below mean sea level.

    Returns
    -------
    DepthGrid
        Cells of 30 arc seconds. [m]

    Examples
    --------
    >>> float(depth_grid().depth.max()) > 50.0
    True
    """
    with np.load(DATA / "depth.npz", allow_pickle=False) as file:
        return DepthGrid(
            depth=file["depth"].astype(np.float32),
            south=float(file["south"]),
            west=float(file["west"]),
            cells_per_degree=float(file["cells_per_degree"]),
            attribution=str(file["attribution"]),
        )


@cache
def lane_grid() -> LaneGrid:
    """
    Read the traffic lanes.

    Returns
    -------
    LaneGrid
        Cells of 0.005 degree. [1]

    Examples
    --------
    >>> lane_grid().code.max()
    np.uint8(2)
    """
    with np.load(DATA / "lanes.npz", allow_pickle=False) as file:
        return LaneGrid(
            code=file["code"],
            flow_towards=file["flow_towards"],
            width=file["width"],
            south=float(file["south"]),
            west=float(file["west"]),
            cells_per_degree=float(file["cells_per_degree"]),
            attribution=str(file["attribution"]),
        )


@cache
def gauges() -> dict[str, Gauge]:
    """
    Read the tide gauges and their constants.

    Returns
    -------
    dict of Gauge
        By station id. [m]

    Examples
    --------
    >>> float(abs(gauges()["dover-dov-gbr-bodc"].constants["M2"]).round(3))
    2.253
    """
    return read_gauges(FACTS / "gauges.csv")
