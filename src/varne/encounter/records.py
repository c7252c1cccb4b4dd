"""The records that the voyage kernel reads and writes: one line a field, in SI."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BODIES = 3  # men, women, children
CLASSES = 2 * BODIES  # each without and with a working jacket: class = 2 * body + jacket


def _record(names: str) -> np.dtype[np.void]:
    return np.dtype((np.record, [(name, np.float64) for name in names.split()]))


# What the air and the water are like: for each epistemic draw where and when it begins, for one member where its boat
# is. `steep_height` and `steep_period` are those of wind sea or swell, whichever breaks more; `breaking_under_way` and
# `breaking_adrift` say how often breaking waves capsize it [1/s].
WEATHER = _record(
    "wind_speed wind_east wind_north waves_east waves_north wave_height peak_period zero_crossing_period"
    " steep_height steep_period"
    " water_temperature air_temperature stream_shift stream_cosine stream_sine stream_error_east stream_error_north"
    " exposure_half_time breaking_under_way breaking_adrift"
)

MASSES = 96  # places in the table of drafts

# The boat, for each epistemic draw; women and children are shares. `drafts` has the draft by mass, from `lightest` by
# `mass_step`, infinite where the boat sinks [m].
BOAT = np.dtype(
    (
        np.record,
        [
            (name, np.float64)
            for name in [
                "length",
                "diameter",
                "inner_width",
                "beam",
                "empty_mass",
                "person_mass",
                "leak",
                "bailing",
                "women",
                "children",
                "working_jackets",
                "stop_rate",
                "structure_rate",
                "fall_rate",
                "lightest",
                "mass_step",
            ]
        ]
        + [("drafts", np.float64, (MASSES,))],
    )
)

# A responder, for each epistemic draw.
RESPONDER = _record("x y speed ready_after free_at recovery_rate lift_rate capacity attends")

# What chance does to one member: the same under every option.
LUCK = _record(
    "stop_after restarts restart_after stop_again helm_bias leeway_side leeway_downwind leeway_crosswind"
    " watch_delay readiness call_stopped call_flooding call_water call_delay located believed answered search"
    " chance_find tow stop_effect turn_effect ashore_effect"
)

# What can kill, in the words of the hazards. Deaths and fatal events are kept for each.
CAUSES = (
    "launch", "water", "structure", "crowd", "breaking", "collision", "overboard", "crush", "boarding", "exposure",
)  # fmt: skip
_BY_CAUSE = " ".join(f"deaths_{cause} events_{cause}" for cause in CAUSES)

# The state of one member under one option, and what has come of it so far.
STATE = _record(
    # where the boat is and how it is
    "x y latitude longitude aboard working taken bilge engine stopped_for_good heading_back speed helm_cosine helm_sine"
    # rates that change slowly, worked out again at every block and whenever people leave the boat
    " structure_rate crush_rate fall_rate chill_rate"
    # who is there and what they are doing
    " present phase phase_since alerted arrived capacity_left lift_rate distress consenting refused_until"
    " towed home_x home_y home_country"
    # the share of the member to which nothing terminal has happened, and what waits to be evaluated
    " mass pending pending_struck pending_time pending_x pending_y pending_people pending_overboard"
    " pending_water pending_structure pending_crowd pending_breaking"  # shares of `pending`: they add up to it
    # outcomes as expected numbers, weighted with that share; `singles` and `crushed` are deaths while it goes on
    " dead singles crushed in_water rescued injured crew_injured crew_dead ashore_uk ashore_fr ashore_other"
    " safe_at steps option met_at nobody_before " + _BY_CAUSE
)

# What is kept of each member and option; `x`, `y` is where the boat was at the end, `arrived` a bit for each responder
# that came, `met_at` when the first came to the boat at sea; officers ashore are none of them. `nobody_before` is the
# chance that nobody had died when someone first came; 1 where nobody did.
OUTCOME = _record(
    "deaths p_any_death serious_injuries responder_deaths responder_serious_injuries ashore_uk ashore_fr ashore_other"
    " aboard_boat aboard_responder in_water dead safe_after steps x y arrived met_at nobody_before " + _BY_CAUSE
)


class Origin(NamedTuple):
    """Where the local plane touches the Earth [deg], and degrees in a metre north and east of it [deg/m]."""

    latitude: float
    longitude: float
    per_metre_north: float
    per_metre_east: float


class FieldChart(NamedTuple):
    """A varne.sea.field.Field as the kernel reads it; `start` counts from the start of the encounter. [s]"""

    values: NDArray[np.float64]  # (realization, time, y, x, component)
    west: float
    south: float
    columns_per_degree: float
    rows_per_degree: float
    start: float
    times_per_second: float


class Coast(NamedTuple):
    """A varne.atlas.charts.CoastMask."""

    code: NDArray[np.uint8]
    south: float
    west: float
    cells_per_degree: float


class Traffic(NamedTuple):
    """A varne.sea.traffic.TrafficGrid."""

    streams: NDArray[np.void]  # (row, column, stream) varne.sea.traffic.STREAM
    busy: NDArray[np.uint8]  # (row, column) how many of the streams to look at: small enough to stay at hand
    south: float
    west: float
    cells_per_degree: float
    lane_ships: float


class Depths(NamedTuple):
    """A varne.atlas.charts.DepthGrid."""

    depth: NDArray[np.float32]
    south: float
    west: float
    cells_per_degree: float


class Fetches(NamedTuple):
    """A varne.sea.fetch.FetchGrid."""

    fetch: NDArray[np.float32]
    depth: NDArray[np.float32]
    west: float
    south: float
    columns_per_degree: float
    rows_per_degree: float


class Sky(NamedTuple):
    """
    Wind, waves and streams in space and time, each with its error; realizations of errors are draws.

    Where `raised` is 1 the waves are raised by the wind over `fetches` and run with `swell`; `waves` is then not read.
    Where `surely` is 1 the streams have no error to add, and `stream_error` is not read.
    """

    raised: int
    surely: int
    wind: FieldChart
    waves: FieldChart
    swell: FieldChart
    fetches: Fetches
    streams: FieldChart
    wind_error: FieldChart
    wave_error: FieldChart
    stream_error: FieldChart
    wind_of_draw: NDArray[np.int64]  # (draw,) which realization
    waves_of_draw: NDArray[np.int64]  # (draw,)
    swell_of_draw: NDArray[np.int64]  # (draw,)
    streams_of_draw: NDArray[np.int64]  # (draw,)


class Charts(NamedTuple):
    """The sea that the boat moves on."""

    origin: Origin
    sky: Sky
    coast: Coast
    depths: Depths
    traffic: Traffic
    wave_numbers: NDArray[np.float32]  # of varne.sea.wave_table
    wave_gains: NDArray[np.float32]  # of varne.sea.wave_table


class World(NamedTuple):
    """Everything that the kernel reads; arrays over draws."""

    charts: Charts
    darkness: NDArray[np.float64]  # (step,) 1 at night, 0 by day
    known: NDArray[np.void]  # (draw,) every fact
    weather: NDArray[np.void]  # (draw,) WEATHER where and when the encounter begins
    boats: NDArray[np.void]  # (draw,) BOAT
    phases: NDArray[np.void]  # (draw, option, phase) PHASE
    alone: NDArray[np.void]  # (1,) PHASE without effect, for a boat nobody attends
    senders: NDArray[np.int64]  # (option,) 0 nobody, 1 a responder is sent, 2 officers are ashore
    responders: NDArray[np.void]  # (draw, responder) RESPONDER, nearest first; the last is a ship passing by chance
    havens: NDArray[np.float64]  # (harbour, 3) where a boat can be towed: on the plane [m], and the code of the country
    moments: NDArray[np.float64]  # (moment,) time in the water at which survival is tabulated [s]
    alive: NDArray[np.float64]  # (draw, class, moment) chance to be alive after that time in the water
    lives_on: NDArray[np.float64]  # (draw, class, moment) chance to live from the moment before to this one
    after_recovery: NDArray[np.float64]  # (draw, moment) chance of dying once out of the water


# The arrays of a World that have a place for each draw.
BY_DRAW = ("known", "weather", "boats", "phases", "responders", "alive", "lives_on", "after_recovery")


class Case(NamedTuple):
    """What one draw and option read at every step: records and short arrays, cheap to hand on."""

    known: Any  # a record with a column for each fact
    weather: Any  # WEATHER where the boat is
    boat: Any  # BOAT
    phases: NDArray[np.void]  # (phase,)
    alone: Any  # a phase without effect
    responders: NDArray[np.void]  # (responder,)
    sender: int
    streams: NDArray[np.float64]  # (time, y, x, 2) the realization of this draw
    havens: NDArray[np.float64]  # (harbour, 3) on the plane [m], and the code of the country


class InWater(NamedTuple):
    """People in the water together: how many, with what flotation, for how long they are followed."""

    people: float
    working_share: float  # who wear a jacket that works
    taken: float  # aboard the responders already, who leave less room
    longest: float  # to the horizon [s]


class Scratch(NamedTuple):
    """Room for one thread to work in, and what it adds up over the members of a draw."""

    weather: NDArray[np.void]  # (1,) WEATHER where the boat is
    arrivals: NDArray[np.float64]  # (responder,) when each begins to recover people [s]
    alive: NDArray[np.float64]  # (class,) [people]
    fate: NDArray[np.float64]  # (result,) of people_in_water
    counts: NDArray[np.float64]  # (deaths,) of one member: probability of each number of deaths in terminal events
    extra: NDArray[np.float64]  # (deaths,) of one member: the same for deaths while the voyage goes on
    deaths: NDArray[np.float64]  # (deaths,) of one member: all together
    group: NDArray[np.float64]  # (1,) mean number of people who die together when a crowd crushes
    safe: NDArray[np.float64]  # (option, interval) members of the draw all of whose people are safe then; last: never


class Question(NamedTuple):
    """What the kernel is asked; times in seconds, positions on the plane in metres."""

    seed: np.uint64
    replicates: int
    stride: int  # replicates of each draw in the whole encounter, of which these may be the first few
    step: float
    steps: int
    block: int  # steps between two evaluations of what follows a foundering
    people: float
    x: float
    y: float
    aim_x: float
    aim_y: float
    back_x: float
    back_y: float
    from_beach: int
    shore_country: int  # of the beach left
