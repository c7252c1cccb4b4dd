"""The setting of an encounter: everything the kernel reads, drawn and laid out in arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from varne.afloat.responder import Responder
from varne.atlas.charts import DOMAIN, Window
from varne.atlas.embedded import coast_mask, depth_grid, tide_atlas
from varne.compiled import compiled
from varne.earth import Plane
from varne.encounter.fleet import choose_responders, responder_table
from varne.encounter.hull import draw_boats
from varne.encounter.movement import OTHER_SHORE
from varne.encounter.options import NO_EFFECT, PHASE, RESPONDERS, Option, phase_table
from varne.encounter.outlook import lay_out_sky
from varne.encounter.records import BY_DRAW, Charts, Question, Traffic, World
from varne.encounter.sample import Encounter, Sample, sample_of
from varne.encounter.scenario import Scenario
from varne.encounter.sky import observe
from varne.encounter.survival import moments, tabulate_survival
from varne.encounter.waters import coast_chart, depth_chart, haven_table, origin_of, traffic_chart
from varne.encounter.weather import draw_constants
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
from varne.sea.field import Field, Source
from varne.sea.streams import stream_grid, tide_height
from varne.sea.sun import CIVIL_TWILIGHT, sun_altitude
from varne.sea.traffic import TrafficGrid, embedded_traffic
from varne.sea.wave_table import gain_table, wave_number_table
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
    scenario: Scenario,
    facts: Facts,
    options: Sequence[Option],
    members: tuple[int, int],
    seed: int,
    fields: Mapping[str, Field] = MappingProxyType({}),
    traffic: TrafficGrid | None = None,
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
    fields : mapping of str to Field, optional
        Forecasts that were brought, by quantity. [SI]
    traffic : TrafficGrid, optional
        Ships that were counted; the embedded ones when left out. [1/(s m)]

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
    encounter = Encounter(scenario, facts, tuple(options), fields, traffic)
    return lay_out_sample(encounter, sample_of(facts, members[0], seed), members[1])


def lay_out_sample(encounter: Encounter, sample: Sample, replicates: int, *, stride: int | None = None) -> Setting:
    """
    Lay one sample out for the kernel.

    Parameters
    ----------
    encounter : Encounter
        What is asked and read. [SI]
    sample : Sample
        Everything that is not known, as drawn. [SI]
    replicates : int
        Members of each draw. [1]
    stride : int, optional
        Of how many members of each draw these are the first, with the luck of those; of as many when left out. [1]

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
    >>> encounter = Encounter(question, shipped_facts(), ())
    >>> lay_out_sample(encounter, sample_of(shipped_facts(), 3, 1), 2).world.weather.shape
    (3,)
    """
    scenario, known, fields = encounter.scenario, sample.known, encounter.fields
    place = find_place(scenario)
    plane = Plane(place.latitude, place.longitude)
    window = window_around(place.latitude, place.longitude)
    streams = fields["streams"] if "streams" in fields else embedded_streams(scenario.time, scenario.horizon, window)
    sky = lay_out_sky(scenario, known, encounter.facts, fields, streams=streams, window=window, seed=sample.weather)
    charts = Charts(
        origin_of(plane),
        sky,
        coast_chart(),
        depth_chart(),
        _embedded_ships() if encounter.traffic is None else traffic_chart(encounter.traffic),
        wave_number_table(),
        gain_table(),
    )
    boats = draw_boats(scenario, known)
    weather = draw_constants(scenario, known, sample.weather, fields)
    _observe_start(charts, known, boats, weather, place.latitude, place.longitude)
    dark = _darkness_along(scenario, place)
    responders = choose_responders(scenario, float(dark[0]))
    waits = moments(scenario.horizon)
    alive, lives_on, after_recovery = tabulate_survival(weather, known, waits)
    alone = np.array([tuple(NO_EFFECT.values())], dtype=PHASE)
    world = World(
        charts=charts,
        darkness=dark,
        known=known,
        weather=weather,
        boats=boats,
        phases=phase_table(encounter.options, known),
        alone=alone,
        senders=np.array([RESPONDERS[option.responder] for option in encounter.options], dtype=np.int64),
        responders=responder_table(responders, plane, weather["wave_height"], float(dark[0]), sample.responders),
        havens=haven_table(plane),
        moments=waits,
        alive=alive,
        lives_on=lives_on,
        after_recovery=after_recovery,
    )
    return Setting(
        _question(scenario, place, plane, (replicates, stride or replicates), sample.luck),
        world,
        place,
        tuple(responders),
    )


@cache
def _embedded_ships() -> Traffic:
    return traffic_chart(embedded_traffic())


@lru_cache(maxsize=4)  # samples of one encounter share it
def _darkness_along(scenario: Scenario, place: Place) -> NDArray[np.float64]:
    """How dark it is at each step."""
    times = scenario.time + STEP * np.arange(round(scenario.horizon / STEP), dtype=np.float64)
    dark = darkness(place.latitude, place.longitude, np.asarray(times, dtype=np.float64))
    return dark


def few_members(setting: Setting, draws: int, replicates: int) -> Setting:
    """
    Return the same encounter with its first draws and the first members of each: the same luck, bit for bit.

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


def _question(scenario: Scenario, place: Place, plane: Plane, members: tuple[int, int], seed: int) -> Question:
    aim, back = plane.to_plane(*place.aim), plane.to_plane(*place.back)
    return Question(
        seed=np.uint64(seed),
        replicates=members[0],
        stride=members[1],
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


def window_around(latitude: float, longitude: float) -> Window:
    """
    Return the part of the embedded sea that a boat can reach in a day.

    Parameters
    ----------
    latitude, longitude : float
        Where it begins. [deg]

    Returns
    -------
    Window

    Examples
    --------
    >>> window_around(51.0, 1.5)
    Window(west=0.3999999999999999, east=2.6, south=50.3, north=51.7)
    """
    return Window(
        west=max(longitude - _WINDOW_EAST, DOMAIN.west),
        east=min(longitude + _WINDOW_EAST, DOMAIN.east),
        south=max(latitude - _WINDOW_NORTH, DOMAIN.south),
        north=min(latitude + _WINDOW_NORTH, DOMAIN.north),
    )


@lru_cache(maxsize=4)  # samples of one encounter share them
def embedded_streams(start: float, duration: float, window: Window) -> Field:
    """
    Predict the tidal streams from the embedded sea.

    Parameters
    ----------
    start : float
        Of what happens, since 1970 UTC. [s]
    duration : float
        How long it may last. [s]
    window : Window
        Where. [deg]

    Returns
    -------
    Field
        From before to after it, by more than the streams are ever drawn early or late. [m/s]

    Examples
    --------
    >>> embedded_streams(0.0, 3600.0, window_around(51.0, 1.5)).values.shape[0]
    1
    """
    atlas = tide_atlas()
    grid = stream_grid(
        atlas,
        window,
        start=start - _STREAM_MARGIN,
        duration=duration + 2.0 * _STREAM_MARGIN,
        spacing=_STREAM_SPACING,
        interval=_STREAM_INTERVAL,
    )
    return Field(
        "streams", grid.velocity[np.newaxis], grid.west, grid.south, grid.step_east, grid.step_north, grid.start,
        grid.interval, None, Source("the embedded tidal streams", "derived"),
    )  # fmt: skip


@compiled
def _observe_start(charts, known, boats, weather, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(len(weather)):
        observe(charts, draw, known[draw], boats[draw], weather[draw], latitude, longitude, 0.0)
