"""The setting of an encounter: everything the kernel reads, drawn and laid out in arrays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from varne.afloat.responder import Responder
from varne.atlas.charts import DOMAIN, Window
from varne.atlas.embedded import coast_mask, depth_grid, lane_grid, tide_atlas
from varne.compiled import compiled
from varne.earth import Plane
from varne.encounter.fleet import choose_responders, responder_table
from varne.encounter.hull import add_breaking_rates, draw_boats
from varne.encounter.movement import OTHER_SHORE
from varne.encounter.options import NO_EFFECT, PHASE, RESPONDERS, Option, phase_table
from varne.encounter.records import BY_DRAW, Charts, Coast, Lanes, Origin, Question, Streams, World
from varne.encounter.scenario import Scenario
from varne.encounter.survival import moments, tabulate_survival
from varne.encounter.weather import draw_weather
from varne.facts.tables import Facts
from varne.sea.coast import (
    CONTINENT,
    FRENCH_BELGIAN_BORDER,
    GREAT_BRITAIN,
    check_at_sea,
    check_in_domain,
    nearest_coast,
    nearest_sea,
)
from varne.sea.depth import depth_at, water_depth
from varne.sea.streams import stream_grid, tide_height
from varne.sea.sun import CIVIL_TWILIGHT, sun_altitude
from varne.search.sweep import expected_search_time, sweep_width, weather_factor
from varne.units import HOUR, MINUTE

STEP = 2 * MINUTE  # of the kernel; our choice, not the world's
BLOCK = 15  # steps between two evaluations of what follows a foundering
_STREAM_SPACING = 2000.0  # the mesh of the tides is no finer [m]
_STREAM_INTERVAL = 20 * MINUTE  # a twelfth of the fastest tide that matters
_STREAM_MARGIN = 2 * HOUR  # more than the stream is ever drawn early or late
_WINDOW_NORTH, _WINDOW_EAST = 0.7, 1.1  # what a boat can reach in a day, about 75 km [deg]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the encounter begins, in what water."""

    latitude: float
    longitude: float
    depth: float  # of the water at that time [m]
    shore_distance: float  # [m]
    country: int  # whose shore is nearest: 1 British, 2 French, 3 other
    back: tuple[float, float]  # the point of that shore, latitude and longitude [deg]
    aim: tuple[float, float]  # where the boat is bound [deg]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the kernel is asked and what it reads."""

    question: Question
    world: World
    place: Place
    responders: tuple[Responder, ...]


@lru_cache
def find_place(scenario: Scenario) -> Place:
    """
    Find the water an encounter begins in.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]

    Returns
    -------
    Place

    Raises
    ------
    BadPosition
        If it lies on land or outside the sea that Varne knows.

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> place = find_place(question)
    >>> round(place.depth), round(place.shore_distance / 1852)
    (38, 7)
    """
    mask = coast_mask()
    latitude, longitude = scenario.position
    if scenario.start == "beach":
        latitude, longitude = nearest_sea(mask, latitude, longitude)
    else:
        check_at_sea(mask, latitude, longitude)
    if scenario.aim:
        check_in_domain(*scenario.aim)
    grid = depth_grid()
    tide = float(tide_height(tide_atlas(), latitude, longitude, times=[scenario.time])[0])
    mean = depth_at(grid.depth, grid.south, grid.west, grid.cells_per_degree, latitude, longitude)
    to_britain = nearest_coast(mask, latitude, longitude, codes=(GREAT_BRITAIN,))
    to_continent = nearest_coast(mask, latitude, longitude, codes=(CONTINENT,))
    country_code = GREAT_BRITAIN
    if to_continent[2] < to_britain[2]:
        country_code = CONTINENT if to_continent[1] < FRENCH_BELGIAN_BORDER else OTHER_SHORE
    return Place(
        latitude,
        longitude,
        water_depth(mean, tide),
        min(to_britain[2], to_continent[2]),
        country_code,
        to_continent[:2],
        scenario.aim or to_britain[:2],
    )


def darkness(latitude: float, longitude: float, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return how dark it is: 0 while the sun is up, 1 once civil twilight is over, in between a straight line.

    Parameters
    ----------
    latitude, longitude : float
        Where. [deg]
    times : array, shape (time,)
        Since 1970 UTC. [s]

    Returns
    -------
    array, shape (time,)
        [1]

    Examples
    --------
    >>> darkness(51.0, 1.5, np.array([1718971200.0, 1718928000.0]))  # noon and midnight in June
    array([0., 1.])
    """
    return np.clip(sun_altitude(latitude, longitude, times=times) / CIVIL_TWILIGHT, 0.0, 1.0)


def lay_out(
    scenario: Scenario, facts: Facts, options: Sequence[Option], members: tuple[int, int], seed: int
) -> Setting:
    """
    Draw everything that is uncertain and lay it out for the kernel.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    facts : Facts
        Numbers about the world. [unit]
    options : sequence of Option
        To compare. [1]
    members : tuple of int
        Epistemic draws, and aleatory replicates of each. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Setting

    Raises
    ------
    BadPosition, BadTime
        If the sea is not known there or then.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> lay_out(question, shipped_facts(), [], (3, 2), 1).world.weather.shape
    (3,)
    """
    place = find_place(scenario)
    plane = Plane(place.latitude, place.longitude)
    known = facts.drawn(members[0], seed)
    weather = draw_weather(scenario, known, seed)
    boats = draw_boats(scenario, known)
    add_breaking_rates(boats, weather, known, place.depth)
    steps = round(scenario.horizon / STEP)
    times = scenario.time + STEP * np.arange(steps, dtype=np.float64)
    dark = darkness(place.latitude, place.longitude, np.asarray(times, dtype=np.float64))
    responders = choose_responders(scenario, float(dark[0]))
    waits = moments(scenario.horizon)
    alive, lives_on, after_recovery = tabulate_survival(weather, known, waits)
    alone = np.array([tuple(NO_EFFECT.values())], dtype=PHASE)
    world = World(
        charts=Charts(_origin(plane), _streams(scenario, place), _coast(), _lanes()),
        darkness=dark,
        known=known,
        weather=weather,
        boats=boats,
        phases=phase_table(options, known),
        alone=alone,
        senders=np.array([RESPONDERS[option.responder] for option in options], dtype=np.int64),
        responders=responder_table(responders, plane, weather["wave_height"], float(dark[0]), seed),
        moments=waits,
        alive=alive,
        lives_on=lives_on,
        after_recovery=after_recovery,
        search_times=_search_times(weather, known),
    )
    return Setting(_question(scenario, place, plane, members[1], seed), world, place, tuple(responders))


def few_members(setting: Setting, draws: int, replicates: int) -> Setting:
    """
    Return the same encounter with its first draws and fewer replicates.

    Parameters
    ----------
    setting : Setting
        What is asked and read. [SI]
    draws, replicates : int
        At most so many of each. [1]

    Returns
    -------
    Setting

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> few_members(lay_out(question, shipped_facts(), [], (5, 2), 1), 3, 1).world.weather.shape
    (3,)
    """
    cut = {name: getattr(setting.world, name)[:draws] for name in BY_DRAW}
    question = setting.question._replace(replicates=min(replicates, setting.question.replicates))
    return replace(setting, question=question, world=setting.world._replace(**cut))


def _question(scenario: Scenario, place: Place, plane: Plane, replicates: int, seed: int) -> Question:
    aim, back = plane.to_plane(*place.aim), plane.to_plane(*place.back)
    return Question(
        seed=np.uint64(seed),
        replicates=replicates,
        step=STEP,
        steps=round(scenario.horizon / STEP),
        block=BLOCK,
        people=float(scenario.people),
        x=0.0,
        y=0.0,
        aim_x=aim[0],
        aim_y=aim[1],
        back_x=back[0],
        back_y=back[1],
        from_beach=int(scenario.start == "beach"),
        shore_country=place.country,
    )


def _origin(plane: Plane) -> Origin:
    return Origin(
        plane.latitude, plane.longitude, 1.0 / plane.metres_per_degree_north, 1.0 / plane.metres_per_degree_east
    )


def _streams(scenario: Scenario, place: Place) -> Streams:
    window = Window(
        west=max(place.longitude - _WINDOW_EAST, DOMAIN.west),
        east=min(place.longitude + _WINDOW_EAST, DOMAIN.east),
        south=max(place.latitude - _WINDOW_NORTH, DOMAIN.south),
        north=min(place.latitude + _WINDOW_NORTH, DOMAIN.north),
    )
    grid = stream_grid(
        tide_atlas(),
        window,
        start=scenario.time - _STREAM_MARGIN,
        duration=scenario.horizon + 2.0 * _STREAM_MARGIN,
        spacing=_STREAM_SPACING,
        interval=_STREAM_INTERVAL,
    )
    return Streams(
        velocity=grid.velocity,
        west=grid.west,
        south=grid.south,
        columns_per_degree=1.0 / grid.step_east,
        rows_per_degree=1.0 / grid.step_north,
        start=-_STREAM_MARGIN,
        times_per_second=1.0 / grid.interval,
    )


def _coast() -> Coast:
    mask = coast_mask()
    return Coast(mask.code, mask.south, mask.west, mask.cells_per_degree)


def _lanes() -> Lanes:
    grid = lane_grid()
    return Lanes(grid.code, grid.flow_towards, grid.width, grid.south, grid.west, grid.cells_per_degree)


def _search_times(weather: NDArray[np.void], known: NDArray[np.void]) -> NDArray[np.float64]:
    """Mean time of a random search for people in the water: located by day, by night, not located by day, by night."""
    times = np.empty((len(known), 4))
    _fill_search_times(weather, known, times)
    return times


@compiled
def _fill_search_times(weather, known, times):  # type: ignore[no-untyped-def]
    for draw in range(len(known)):
        fact = known[draw]
        left = weather_factor(
            weather[draw].wind_speed,
            weather[draw].wave_height,
            fact.search_moderate_wind,
            fact.search_moderate_wave,
            fact.search_rough_wind,
            fact.search_rough_wave,
            fact.search_small_moderate,
            fact.search_small_rough,
        )
        for place in range(4):
            radius = fact.rescue_search_radius if place < 2 else fact.rescue_unlocated_radius
            dark = float(place % 2)
            width = sweep_width(fact.rescue_sweep_width_day, left, 1.0, dark, fact.search_night_share, 1.0)
            times[draw, place] = expected_search_time(math.pi * radius * radius, width, fact.rescue_search_speed)
