"""Coast, depths, ships and harbours, laid out for the kernel."""

import numpy as np
from numpy.typing import NDArray

from varne.atlas.embedded import coast_mask, depth_grid
from varne.earth import Plane
from varne.encounter.movement import OTHER_SHORE
from varne.encounter.records import Coast, Depths, Origin, Traffic
from varne.facts.harbours import harbours
from varne.sea.coast import CONTINENT, GREAT_BRITAIN
from varne.sea.traffic import TrafficGrid


def origin_of(plane: Plane) -> Origin:
    """
    Lay out where the local plane touches the Earth.

    Parameters
    ----------
    plane : Plane
        On which boats move. [m]

    Returns
    -------
    Origin

    Examples
    --------
    >>> origin_of(Plane(51.0, 1.5)).latitude
    51.0
    """
    return Origin(
        plane.latitude, plane.longitude, 1.0 / plane.metres_per_degree_north, 1.0 / plane.metres_per_degree_east
    )


def haven_table(plane: Plane) -> NDArray[np.float64]:
    """
    Lay out the harbours to which a boat can be towed.

    Parameters
    ----------
    plane : Plane
        On which boats move. [m]

    Returns
    -------
    array, shape (harbour, 3)
        Where they lie [m], and the code of the country. [1]

    Examples
    --------
    >>> haven_table(Plane(51.0, 1.5)).shape[1]
    3
    """
    codes = {"uk": GREAT_BRITAIN, "fr": CONTINENT}
    return np.array(
        [
            (*plane.to_plane(one.latitude, one.longitude), codes.get(one.country, OTHER_SHORE))
            for one in harbours().values()
        ]
    )


def coast_chart() -> Coast:
    """
    Lay out sea and land.

    Returns
    -------
    Coast

    Examples
    --------
    >>> coast_chart().cells_per_degree
    1000.0
    """
    mask = coast_mask()
    return Coast(mask.code, mask.south, mask.west, mask.cells_per_degree)


def depth_chart() -> Depths:
    """
    Lay out the depths.

    Returns
    -------
    Depths

    Examples
    --------
    >>> depth_chart().depth.ndim
    2
    """
    grid = depth_grid()
    return Depths(grid.depth, grid.south, grid.west, grid.cells_per_degree)


def traffic_chart(grid: TrafficGrid) -> Traffic:
    """
    Lay out where ships go.

    Parameters
    ----------
    grid : TrafficGrid
        Embedded, or counted. [1/(s m)]

    Returns
    -------
    Traffic

    Examples
    --------
    >>> from varne.sea.traffic import embedded_traffic
    >>> traffic_chart(embedded_traffic()).busy.ndim
    2
    """
    sails = grid.streams["rate"] > 0.0
    busy = np.max(sails * np.arange(1, sails.shape[2] + 1, dtype=np.uint8), axis=2)
    return Traffic(grid.streams, busy, grid.south, grid.west, grid.cells_per_degree, grid.lane_ships)
