"""Open water beyond the edges of the coast mask: the tables open_fetch_* of climate.toml (needs the extra 'atlas')."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from varne.atlas.build import coastline_folder
from varne.atlas.charts import DOMAIN, Window
from varne.atlas.coast import land_mask, read_land
from varne.earth import Plane

AROUND = Window(-12.0, 12.0, 46.0, 62.0)
FINENESS = 50.0  # cells a degree
STRIDE, LONGEST = 500.0, 500e3  # [m]
BEARINGS = range(0, 360, 10)
# Water along each edge of the mask [deg], and the bearings [deg] of the rays that leave by it.
EDGES = {
    "north": ([(DOMAIN.north, longitude) for longitude in np.arange(1.65, 3.61, 0.15)], -90),
    "east": ([(latitude, DOMAIN.east) for latitude in np.arange(51.65, 52.1, 0.1)], 0),
    "south": ([(DOMAIN.south, longitude) for longitude in np.arange(-0.1, 0.15, 0.08)], 90),
    "west": ([(latitude, DOMAIN.west) for latitude in np.arange(49.75, 50.78, 0.1)], 180),
}


def open_water(land: NDArray[np.bool_], place: tuple[float, float], bearing: float) -> float:
    """Length of a ray until it meets land, at most the longest. [m]"""
    length = 0.0
    while length < LONGEST:
        length += STRIDE
        north = length * math.cos(math.radians(bearing))
        here = Plane(place[0] + north / Plane(*place).metres_per_degree_north / 2.0, place[1])
        latitude = place[0] + north / here.metres_per_degree_north
        longitude = place[1] + length * math.sin(math.radians(bearing)) / here.metres_per_degree_east
        if not (AROUND.south < latitude < AROUND.north and AROUND.west < longitude < AROUND.east):
            return LONGEST
        if land[int((latitude - AROUND.south) * FINENESS), int((longitude - AROUND.west) * FINENESS)]:
            return length
    return LONGEST


def tables() -> Iterator[tuple[str, list[int]]]:
    """Mean over the places of each edge, by bearing; 0 where a ray runs inwards. [km]"""
    polygons = read_land(coastline_folder(), window=AROUND)
    land = land_mask(polygons, window=AROUND, cells_per_degree=FINENESS) != 0
    for edge, (places, first) in EDGES.items():
        yield (
            edge,
            [
                round(float(np.mean([open_water(land, place, bearing) for place in places])) / 1000.0)
                if (bearing - first) % 360 <= 180
                else 0
                for bearing in BEARINGS
            ],
        )


if __name__ == "__main__":
    for name, lengths in tables():
        print(name, lengths)
