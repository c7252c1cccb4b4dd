"""The records that the kernels of a season read and write, in SI."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from varne.encounter.fleet import MOST_RESPONDERS
from varne.encounter.records import Coast, Depths, Fetches, FieldChart, Scratch, Traffic


def _record(names: str) -> np.dtype[np.void]:
    return np.dtype((np.record, [(name, np.float64) for name in names.split()]))


# A group that tries on one day: `key` names it and decides its luck, `tries` counts how often it has tried before.
ATTEMPT = _record("key tries launched place people length taxi")

# A group that was stopped or brought back, and when it is ready again [s since the season began].
WAITING = _record("key tries due people")

# A vessel that answers calls, for each epistemic draw; `post` is 0, or how many a policy must add for it to be there.
VESSEL = _record("speed wave_limit ready_day ready_night recovery_rate lift_rate capacity attends reach post")

# A voyage that was computed under an earlier policy: what decided it, and where it ended.
_DECIDED = "key option launched place people length taxi phase latitude longitude"
PAST = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in _DECIDED.split()]
        + [(name, np.float64, (MOST_RESPONDERS + 1,)) for name in ("vessel", "ready_after", "free_at")],
    )
)

MOST_TRIES = 7  # after which the luck of a group repeats; its number is part of what names a draw
MOST_GROUPS = 512  # that set out anew on one day; their number is part of what names a draw
MOST_ATTEMPTS = 1024  # of one day, those who try again among them
MOST_WAITING = 2048  # groups that wait at once


class Shore(NamedTuple):
    """The coast that boats leave, place by place; each place has a plane of its own, on which it is the origin."""

    latitude: NDArray[np.float64]  # (place,) of the nearest water [deg]
    longitude: NDArray[np.float64]  # (place,) [deg]
    per_metre: NDArray[np.float64]  # (place, 2) degrees in a metre, north and east [deg/m]
    aim: NDArray[np.float64]  # (place, 2) where boats are bound [m]
    back: NDArray[np.float64]  # (place, 2) the shore they left [m]
    line: NDArray[np.float64]  # (place,) way to where the other shore is nearer [m]
    country: NDArray[np.int64]  # (place,) code of the shore left
    south: NDArray[np.float64]  # (place,) 0 the northernmost, 1 the southernmost [1]
    havens: NDArray[np.float64]  # (place, harbour, 3) on the plane [m], and code of the country
    vessels: NDArray[np.float64]  # (place, vessel, 2) where they lie [m]


class Sides(NamedTuple):
    """Whose shore is nearest, on a grid."""

    code: NDArray[np.uint8]  # (row, column)
    south: float
    west: float
    cells_per_degree: float


class Stretch(NamedTuple):
    """Some days of a season: what the sea is like in them for every member."""

    day: int  # place of the first in the season
    days: int
    number: int  # of the first day since 1970
    seed: np.uint64
    step: float  # of the voyage kernel [s]
    steps: int
    block: int
    weeks: NDArray[np.int64]  # (day,) place in the ledger
    years: NDArray[np.int64]  # (day,)
    tide: NDArray[np.float64]  # (day, place, slot) height at the middle of each half hour around midnight [m]
    darkness: NDArray[np.float64]  # (step,) from `before` seconds before the first midnight [1]
    before: float  # [s]
    streams: FieldChart  # its start counts from the first midnight
    moments: NDArray[np.float64]  # (moment,) of survival in the water [s]


class Map(NamedTuple):
    """What does not change: coast, depths, ships, and tables of waves."""

    shore: Shore
    sides: Sides
    coast: Coast
    depths: Depths
    traffic: Traffic
    wave_numbers: NDArray[np.float32]
    wave_gains: NDArray[np.float32]
    still: FieldChart  # where nothing is to be added
    fetches: Fetches  # not read: the waves are known
    alone: NDArray[np.void]  # (1,) PHASE without effect
    senders: NDArray[np.int64]  # (option,) who is sent, see varne.encounter.options.RESPONDERS


class Herd(NamedTuple):
    """The members of a block: what was drawn for each."""

    members: NDArray[np.int64]  # (member,)
    draws: NDArray[np.int64]  # (member,) place in the levels
    known: NDArray[np.void]  # (member,) every fact
    boats: NDArray[np.float64]  # (boat, fact) the same facts for boats of which each voyage takes one
    differs: NDArray[np.int64]  # columns that differ from boat to boat
    constants: NDArray[np.void]  # (member,) WEATHER: what holds always
    phases: NDArray[np.void]  # (member, option, phase) PHASE
    vessels: NDArray[np.void]  # (member, vessel) VESSEL
    passing: NDArray[np.void]  # (member,) RESPONDER: a ship that passes by chance
    shares: NDArray[np.float64]  # (member, place) of the launches
    groups: NDArray[np.int64]  # (member, day) that set out anew if the day is open
    load: NDArray[np.float64]  # (member, day) mean people in a boat
    load_spread: float  # between boats, standard deviation [people]
    waves: NDArray[np.float64]  # (member, day) highest in the hours that count [m]
    wind: NDArray[np.float64]  # (member, day) strongest [m/s]
    limits: NDArray[np.float64]  # (2,) of waves [m] and wind [m/s] for a weather window


class Air(NamedTuple):
    """The weather of a stretch for the members of a block; charts count from the first midnight."""

    wind: FieldChart
    waves: FieldChart
    water: NDArray[np.float64]  # (member, hour) temperature [degC]
    air: NDArray[np.float64]  # (member, hour) [degC]
    before: int  # hours before the first midnight


class Policies(NamedTuple):
    """A varne.season.levels.Levels as the kernel reads it."""

    period_of_day: NDArray[np.int64]  # (policy, day)
    levels: NDArray[np.void]  # (policy, period, draw)


class Books(NamedTuple):
    """What a season remembers from day to day, and what it writes down; arrays (policy, member, ...)."""

    waiting: NDArray[np.void]  # WAITING, (policy, member, place)
    waits: NDArray[np.int64]  # (policy, member) how many wait
    free_at: NDArray[np.float64]  # (policy, member, vessel) since the season began [s]
    overflow: NDArray[np.int64]  # (policy, member) groups for which there was no room: never any, or it is an error
    weeks: NDArray[np.void]  # WEEK, (policy, member, week)
    severity: NDArray[np.float64]  # (policy, member, year, deaths)


class Room(NamedTuple):
    """Room for one thread to work in."""

    attempts: NDArray[np.void]  # ATTEMPT
    known: NDArray[np.void]  # (1,) every fact, of this voyage
    flat: NDArray[np.float64]  # (1, fact) the same numbers
    boat: NDArray[np.void]  # (1,) BOAT
    weather: NDArray[np.void]  # (1,) WEATHER
    phases: NDArray[np.void]  # (1, option, phase) PHASE
    responders: NDArray[np.void]  # (1, responder) RESPONDER
    vessel: NDArray[np.int64]  # (responder,) which vessel each is
    which: NDArray[np.int64]  # (1,) which member's weather
    none: NDArray[np.int64]  # (1,) 0
    alive: NDArray[np.float64]  # (1, class, moment)
    lives_on: NDArray[np.float64]  # (1, class, moment)
    after_recovery: NDArray[np.float64]  # (1, moment)
    luck: NDArray[np.void]  # (1,) LUCK
    state: NDArray[np.void]  # (1,) STATE
    outcome: NDArray[np.void]  # (1,) OUTCOME
    scratch: Scratch
    past: NDArray[np.void]  # PAST: voyages of this night under earlier policies
    past_outcome: NDArray[np.void]  # OUTCOME
    past_deaths: NDArray[np.float64]  # (voyage, deaths)
