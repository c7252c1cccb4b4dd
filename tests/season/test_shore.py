"""The shore of a season."""

import numpy as np
import pytest

from varne.atlas.embedded import coast_mask
from varne.earth import Plane
from varne.facts.harbours import harbours
from varne.facts.launch_places import launch_places, rescue_posts
from varne.facts.responders import stations
from varne.sea.coast import CONTINENT, GREAT_BRITAIN, SEA, land_code
from varne.season.shore import boat_from, lay_out_map, shore, sides, vessels


def side(latitude, longitude):
    grid = sides()
    row, column = (
        int((at - edge) * grid.cells_per_degree) for at, edge in ((latitude, grid.south), (longitude, grid.west))
    )
    return int(grid.code[row, column])


@pytest.mark.parametrize(
    ("latitude", "longitude", "whose"),
    [
        (51.12, 1.33, GREAT_BRITAIN),  # Dover
        (51.33, 1.43, GREAT_BRITAIN),  # Ramsgate
        (50.91, 0.98, GREAT_BRITAIN),  # Dungeness
        (51.05, 1.40, GREAT_BRITAIN),
        (50.97, 1.85, CONTINENT),  # Calais
        (50.87, 1.57, CONTINENT),  # Cap Gris-Nez
        (51.05, 2.36, CONTINENT),  # Dunkirk
        (50.24, 1.53, CONTINENT),  # Somme
        (50.95, 1.62, CONTINENT),
    ],
)
def test_whose_shore_is_nearest(latitude, longitude, whose):
    """Off Dover the British, off Calais the other; both ports lie on their own side."""
    assert side(latitude, longitude) == whose


def test_the_middle_of_the_strait_is_where_the_sides_meet():
    """From Dover to Calais the side changes once, about half of the way over."""
    way = np.linspace(0.0, 1.0, 400)
    codes = np.array([side(51.12 - 0.15 * share, 1.33 + 0.52 * share) for share in way])
    changes = np.flatnonzero(np.diff(codes))
    assert len(changes) == 1
    assert 0.4 < way[changes[0]] < 0.6


def test_every_place_lies_in_the_water_off_its_beach():
    """Boats start at the nearest water: at sea, at most a kilometre or two from the position of the table."""
    mask, found = coast_mask(), shore()
    for one, latitude, longitude in zip(launch_places().values(), found.latitude, found.longitude, strict=True):
        assert land_code(mask.code, mask.south, mask.west, mask.cells_per_degree, latitude, longitude) == SEA
        east, north = Plane(one.latitude, one.longitude).to_plane(latitude, longitude)
        assert np.hypot(east, north) < 2000.0, one.name
    assert (found.country == CONTINENT).all()


def test_boats_are_bound_for_the_british_shore_and_cross_a_line():
    """The line lies on the way, where the side changes; in the narrows it is about half of it."""
    found = shore()
    away = np.hypot(*found.aim.T)
    assert (found.line > 0.4 * away).all()
    assert (found.line < 0.8 * away).all()  # from the Belgian border the way runs along the French coast
    assert 0.45 < found.line[away.argmin()] / away.min() < 0.55
    assert 32_500.0 < away.min() < 45_000.0  # the strait is 33 km wide
    for place, (latitude, longitude) in enumerate(zip(found.latitude, found.longitude, strict=True)):
        plane = Plane(latitude, longitude)
        share = found.line[place] / away[place]
        assert side(*plane.to_earth(*((share + 0.02) * found.aim[place]))) == GREAT_BRITAIN
        assert side(*plane.to_earth(*((share - 0.02) * found.aim[place]))) == CONTINENT
        assert (
            np.hypot(*found.back[place]) < 3000.0
        )  # the shore they left is near; farthest across the bay of the Somme


def test_south_is_counted_from_the_northernmost_place():
    """0 is the northernmost, 1 the southernmost, in between by latitude."""
    found = shore()
    assert found.south.min() == 0.0
    assert found.south.max() == 1.0
    assert (np.argsort(found.south) == np.argsort(-found.latitude)).all()


def test_everyone_who_may_answer_lies_where_the_tables_say():
    """In harbour all vessels of all stations, then the posts in their order; as far from each place as on Earth."""
    every = vessels()
    _, posts = rescue_posts()
    assert [one[3] for one in every if one[3] > 0.0] == list(range(1, len(posts) + 1))
    assert sum(one[3] == 0.0 for one in every) == sum(len(station.vessels) for station in stations().values())
    found = shore()
    for place in (0, len(found.latitude) - 1):
        plane = Plane(found.latitude[place], found.longitude[place])
        for index, (_, latitude, longitude, _) in enumerate(every):
            assert found.vessels[place, index] == pytest.approx(plane.to_plane(latitude, longitude))


def test_the_posts_lie_at_sea():
    """A lifeboat that waits at sea waits on water."""
    mask = coast_mask()
    for latitude, longitude in rescue_posts()[1]:
        assert land_code(mask.code, mask.south, mask.west, mask.cells_per_degree, latitude, longitude) == SEA


def test_the_map_has_each_place_on_a_plane_of_its_own():
    """A metre north is as many degrees as the plane says, and every place sees all harbours."""
    chart = lay_out_map(())
    plane = Plane(chart.shore.latitude[4], chart.shore.longitude[4])
    assert chart.shore.per_metre[4] == pytest.approx(
        [1.0 / plane.metres_per_degree_north, 1.0 / plane.metres_per_degree_east]
    )
    assert chart.shore.havens.shape == (len(launch_places()), len(harbours()), 3)
    assert not chart.still.values.any()


def test_a_boat_of_the_season_starts_on_the_beach():
    """Only where and when is asked; the start is a beach."""
    boat = boat_from(86400.0, 50.9, 1.66)
    assert boat.start == "beach"
    assert boat.position == (50.9, 1.66)
