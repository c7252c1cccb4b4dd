"""The shore of a season: the launch places as the kernels read them, who lies where, and whose shore is nearest."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from varne.afloat.responder import lying_at
from varne.atlas.embedded import coast_mask
from varne.earth import Plane
from varne.encounter.options import NO_EFFECT, PHASE, RESPONDERS, Option
from varne.encounter.outlook import NO_FETCH, chart_of
from varne.encounter.scenario import Scenario
from varne.encounter.setting import find_place
from varne.encounter.waters import coast_chart, depth_chart, haven_table, traffic_chart
from varne.encounter.weather import constant
from varne.facts.launch_places import launch_places, rescue_posts
from varne.facts.responders import VesselClass, stations, vessel_class, vessel_classes
from varne.sea.coast import CONTINENT, GREAT_BRITAIN
from varne.sea.traffic import embedded_traffic
from varne.sea.wave_table import gain_table, wave_number_table
from varne.season.records import Map, Shore, Sides

_COARSE = (
    10  # cells of the coast mask along the side of a cell that says whose shore is nearest; our choice: a kilometre
)
_LOOKS = 400  # points on the way across at which it is asked whose shore is nearer; our choice


@cache
def sides() -> Sides:
    """
    Return whose shore is nearest, on a grid over the whole sea: the British, or another.

    Returns
    -------
    Sides

    Examples
    --------
    >>> grid = sides()
    >>> row, column = (int((at - edge) * grid.cells_per_degree) for at, edge in ((51.1, grid.south), (1.4, grid.west)))
    >>> int(grid.code[row, column])  # off Dover
    1
    """
    mask = coast_mask()
    rows, columns = (size // _COARSE * _COARSE for size in mask.code.shape)
    blocks = mask.code[:rows, :columns].reshape(rows // _COARSE, _COARSE, columns // _COARSE, _COARSE)
    cells = mask.cells_per_degree / _COARSE
    middle = Plane(mask.south + rows / mask.cells_per_degree / 2.0, mask.west)
    spacing = middle.metres_per_degree_north / cells, middle.metres_per_degree_east / cells
    british, other = (
        distance_transform_edt(~(blocks == code).any(axis=(1, 3)), sampling=spacing)
        for code in (GREAT_BRITAIN, CONTINENT)
    )
    code = np.where(british <= other, GREAT_BRITAIN, CONTINENT).astype(np.uint8)
    return Sides(code, mask.south, mask.west, cells)


@cache
def vessels() -> tuple[tuple[VesselClass, float, float, float], ...]:
    """
    Return everyone who may answer a call: class, position [deg], and the number of the post a policy may add.

    Returns
    -------
    tuple
        Those who lie in harbour first (post 0), then the posts in their order.

    Examples
    --------
    >>> vessels()[0][3], vessels()[-1][3]
    (0.0, 8.0)
    """
    in_harbour = [
        (one.vessel, one.latitude, one.longitude, 0.0) for station in stations().values() for one in lying_at(station)
    ]
    name, posts = rescue_posts()
    waiting = vessel_class(name, vessel_classes())
    return (*in_harbour, *((waiting, *place, float(number)) for number, place in enumerate(posts, 1)))


@cache
def shore() -> Shore:
    """
    Lay out the launch places for the kernels.

    Returns
    -------
    Shore

    Examples
    --------
    >>> found = shore()
    >>> bool((np.hypot(*found.aim.T) > found.line).all())  # the line lies before the other shore
    True
    """
    names = list(launch_places().values())
    places = [find_place(Scenario.of(_beach(one.latitude, one.longitude))) for one in names]
    planes = [Plane(place.latitude, place.longitude) for place in places]
    aim = np.array([plane.to_plane(*place.aim) for plane, place in zip(planes, places, strict=True)])
    latitude = np.array([place.latitude for place in places])
    return Shore(
        latitude=latitude,
        longitude=np.array([place.longitude for place in places]),
        per_metre=np.array(
            [(1.0 / plane.metres_per_degree_north, 1.0 / plane.metres_per_degree_east) for plane in planes]
        ),
        aim=aim,
        back=np.array([plane.to_plane(*place.back) for plane, place in zip(planes, places, strict=True)]),
        line=np.array([_way_to_the_line(plane, one) for plane, one in zip(planes, aim, strict=True)]),
        country=np.array([place.country for place in places], dtype=np.int64),
        south=np.asarray((latitude.max() - latitude) / np.ptp(latitude)),
        havens=np.array([haven_table(plane) for plane in planes]),
        vessels=np.array([[plane.to_plane(at, to) for _, at, to, _ in vessels()] for plane in planes]),
    )


def lay_out_map(options: tuple[Option, ...]) -> Map:
    """
    Lay out what does not change during a season.

    Parameters
    ----------
    options : tuple of Option
        The table of the plan. [1]

    Returns
    -------
    Map

    Examples
    --------
    >>> lay_out_map(()).senders.shape
    (0,)
    """
    return Map(
        shore=shore(),
        sides=sides(),
        coast=coast_chart(),
        depths=depth_chart(),
        traffic=traffic_chart(embedded_traffic()),
        wave_numbers=wave_number_table(),
        wave_gains=gain_table(),
        still=chart_of(constant("waves", np.zeros((1, 4))), 0.0),
        fetches=NO_FETCH,
        alone=np.array([tuple(NO_EFFECT.values())], dtype=PHASE),
        senders=np.array([RESPONDERS[option.responder] for option in options], dtype=np.int64),
    )


def _beach(latitude: float, longitude: float) -> dict[str, object]:
    """A boat that leaves a place: only where it is bound is asked."""
    return {"position": [latitude, longitude], "time": 0.0, "people": 1, "length": 9.0, "start": "beach"}


def _way_to_the_line(plane: Plane, aim: NDArray[np.float64]) -> float:
    grid = sides()
    for share in np.linspace(0.0, 1.0, _LOOKS):
        latitude, longitude = plane.to_earth(*(share * aim))
        row, column = (
            int((latitude - grid.south) * grid.cells_per_degree),
            int((longitude - grid.west) * grid.cells_per_degree),
        )
        if grid.code[row, column] == GREAT_BRITAIN:
            return float(share * np.hypot(*aim))
    return float(np.hypot(*aim))
