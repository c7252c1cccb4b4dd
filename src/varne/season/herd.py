"""The members of a season: what is drawn for each, from the facts to the weather of every day."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from varne.chance import negative_binomial, normal
from varne.compiled import compiled
from varne.draws import event_number, seed_of, uniform, uniforms
from varne.earth import Plane
from varne.encounter.fleet import responder_table
from varne.encounter.options import phase_table
from varne.encounter.records import FieldChart
from varne.encounter.weather import draw_constants
from varne.evidence import draw
from varne.facts.climate_tables import climate_table
from varne.facts.launch_places import facts_between_boats, launch_places
from varne.facts.tables import column
from varne.sea.spells import window_extremes
from varne.sea.weather import Weather, generate
from varne.season.calm import calm_score
from varne.season.history import boats_per_active_day, dispersion, people_per_boat
from varne.season.plan import Plan
from varne.season.records import VESSEL, Air, Herd, Stretch
from varne.season.shore import boat_from, shore, vessels
from varne.season.stretch import HORIZON
from varne.units import DAY, HOUR

Array = NDArray[np.float64]
Short = NDArray[np.float32]

BOATS = 1024  # of which each voyage takes one; our choice: more change nothing that can be seen
DAY_BEFORE = 24  # hours of weather before the first midnight, for boats that leave in the evening; our choice [h]
_AT_ONCE = 10  # members whose weather is made at once: bounds the memory; our choice
_GROUPS = event_number("season groups of the day")
_BOATS_SEED = event_number("season boats")
_NUMBERS = {  # fields of VESSEL, and the number of the class that each is
    "speed": "speed", "wave_limit": "wave_limit", "ready_day": "readiness_day", "ready_night": "readiness_night",
    "recovery_rate": "recovery_rate", "lift_rate": "lift_rate", "capacity": "capacity",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skies:
    """The weather of a block of members from a day before the season on, (member, hour); short numbers save room."""

    wind_east: Short  # [m/s]
    wind_north: Short  # [m/s]
    wave_height: Short  # [m]
    peak_period: Short  # [s]
    waves_east: Short  # [1]
    waves_north: Short  # [1]
    water: Short  # [degC]
    air: Short  # [degC]


def draw_herd(
    plan: Plan, members: NDArray[np.int64], *, each: Callable[..., Iterable[Any]] = map
) -> tuple[Herd, Skies]:
    """
    Draw what is not known, and what chance does before any boat leaves, for some members of a season.

    Parameters
    ----------
    plan : Plan
        The season. [SI]
    members : array, shape (member,)
        Which members: draw times replicates plus replicate. [1]
    each : callable, optional
        Calls a function for each of some members, in order, as ``map`` does; it may call several at once. [1]

    Returns
    -------
    tuple of Herd and Skies

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 3), np.int64), neutral_levels(2).reshape(1, 1, 2))
    >>> herd, skies = draw_herd(Plan(1704067200.0, 3, 2, 2, 1, shipped_facts(), departures(), (), levels), np.arange(4))
    >>> herd.waves.shape, skies.air.shape
    ((4, 3), (4, 144))
    """
    skies, waves, wind = _draw_weather(plan, members, each)
    draws = members // plan.replicates
    known = plan.facts.drawn(plan.draws, plan.seed)
    own = plan.facts.drawn(BOATS, int(seed_of(np.uint64(plan.seed), _BOATS_SEED)))
    names = known.dtype.names or ()
    times = plan.day_starts
    middle = float(shore().latitude.mean()), float(shore().longitude.mean())
    start = boat_from(plan.start, *middle)
    groups = np.zeros((len(members), plan.days), dtype=np.int64)
    arriving = boats_per_active_day(times, plan.departures, draws=plan.draws, seed=plan.seed)
    expected = (arriving * _groups_for_each(known)[:, np.newaxis])[draws]
    size = dispersion(plan.departures, plan.draws, plan.seed)[draws]
    crowding = Crowding(expected, size, calm_score(waves, times), known["season_calm_preference"][draws])
    _draw_groups(np.uint64(plan.seed), members, round(plan.start / DAY), crowding, groups)
    limits = [float(climate_table(f"window_{name}").values[0]) for name in ("wave_height", "wind_speed")]
    herd = Herd(
        members=members,
        draws=draws,
        known=np.ascontiguousarray(known[draws]),
        boats=np.ascontiguousarray(own.view(np.float64).reshape(BOATS, len(names))),
        differs=np.array([names.index(column(name)) for name in facts_between_boats()], dtype=np.int64),
        constants=draw_constants(start, known, plan.seed, {})[draws],
        phases=phase_table(plan.options, known)[draws],
        vessels=_draw_vessels(plan)[draws],
        passing=responder_table([], Plane(*middle), np.zeros(plan.draws), 0.0, plan.seed)[draws, 0],
        shares=_draw_shares(plan, known)[draws],
        groups=groups,
        load=people_per_boat(times, plan.departures, draws=plan.draws, seed=plan.seed)[draws],
        load_spread=plan.departures.load_spread,
        waves=waves,
        wind=wind,
        limits=np.array(limits),
    )
    return herd, skies


def air_of(skies: Skies, stretch: Stretch) -> Air:
    """
    Lay out the weather of some days for the kernels.

    Parameters
    ----------
    skies : Skies
        Of the whole season. [SI]
    stretch : Stretch
        Which days. [1]

    Returns
    -------
    Air
        The same over the whole strait.
    """
    first = 24 * stretch.day
    last = first + DAY_BEFORE + 24 * stretch.days + round(HORIZON / HOUR) + 1

    hours = slice(first, last)
    return Air(
        _everywhere([skies.wind_east[:, hours], skies.wind_north[:, hours]]),
        _everywhere(
            [getattr(skies, part)[:, hours] for part in ("wave_height", "peak_period", "waves_east", "waves_north")]
        ),
        np.ascontiguousarray(skies.water[:, hours], dtype=np.float64),
        np.ascontiguousarray(skies.air[:, hours], dtype=np.float64),
        DAY_BEFORE,
    )


def _everywhere(parts: list[Short]) -> FieldChart:
    """Hourly values (member, hour) as a field that is the same in the whole strait."""
    values = np.stack(parts, axis=-1).astype(np.float64)[:, :, np.newaxis, np.newaxis]
    spread = np.broadcast_to(values, (*values.shape[:2], 2, 2, len(parts)))
    return FieldChart(np.array(spread, order="C"), 0.0, 0.0, 1.0, 1.0, -DAY_BEFORE * HOUR, 1.0 / HOUR)


def _draw_weather(
    plan: Plan, members: NDArray[np.int64], each: Callable[..., Iterable[Any]]
) -> tuple[Skies, Array, Array]:
    hours = DAY_BEFORE + 24 * plan.days + 2 * 24
    skies = Skies(*(np.empty((len(members), hours), np.float32) for _ in fields(Skies)))
    waves, wind = np.empty((len(members), plan.days)), np.empty((len(members), plan.days))

    def _make(first: int) -> None:
        some = slice(first, first + _AT_ONCE)
        weather: Weather = generate(plan.start - DAY, hours, members=members[some], seed=plan.seed)
        for field in fields(Skies):
            getattr(skies, field.name)[some] = getattr(weather, field.name)
        highest, strongest = window_extremes(weather)
        waves[some], wind[some] = highest[:, 1 : plan.days + 1], strongest[:, 1 : plan.days + 1]

    for _ in each(_make, range(0, len(members), _AT_ONCE)):
        pass
    return skies, waves, wind


def _groups_for_each(known: NDArray[np.void]) -> Array:
    """
    Groups that set out anew for each boat that arrives, as it was.

    Of A attempts a share p is stopped, of which a share r tries again, and of the A (1 - p) at sea a share b is brought
    back, of which a share q tries again: A = new + r p A + q b (1 - p) A.
    """
    stopped, again = known["season_prevented_share"], known["season_prevented_retry"]
    back = known["season_brought_back"] * known["season_returned_retry"]
    new_of_attempts = 1.0 - again * stopped - back * (1.0 - stopped)
    return np.asarray(known["season_boats_at_sea"] * new_of_attempts / (1.0 - stopped))


class Crowding(NamedTuple):
    """How many set out on a day: mean and scatter, and how that follows the calm."""

    expected: Array  # (member, day) [groups]
    size: Array  # (member,) of the negative binomial distribution [1]
    calm: Array  # (member, day) normal score [1]
    preference: Array  # (member,) correlation with the calm [1]


@compiled
def _draw_groups(seed, members, number, crowding, groups):  # type: ignore[no-untyped-def]  # Numba infers its types
    for row in range(len(members)):
        with_calm = crowding.preference[row]
        apart = math.sqrt(1.0 - with_calm * with_calm)
        for day in range(groups.shape[1]):
            luck = normal(uniform(seed, _GROUPS, np.uint64(members[row]), np.uint64(number + day)))
            # Half the complementary error function: the count keeps its distribution over all days with a window.
            chance = 0.5 * math.erfc(-(with_calm * crowding.calm[row, day] + apart * luck) / math.sqrt(2.0))
            groups[row, day] = negative_binomial(chance, crowding.expected[row, day], crowding.size[row])


def _draw_vessels(plan: Plan) -> NDArray[np.void]:
    table = np.zeros((plan.draws, len(vessels())), VESSEL)
    for index, (vessel, _, _, post) in enumerate(vessels()):
        for field, number in _NUMBERS.items():
            table[field][:, index] = draw(vessel.numbers[number], plan.draws, plan.seed)
        # A crew that is quick by day is quick by night.
        chance = uniforms(f"fact {vessel.name}.readiness", plan.draws, plan.seed)
        for time in ("day", "night"):
            ready = vessel.numbers[f"readiness_{time}"].quantile(chance)
            table[f"ready_{time}"][:, index] = 0.0 if post > 0.0 else ready
        reach = vessel.numbers["reach"]
        table["reach"][:, index] = draw(reach, plan.draws, plan.seed) if post == 0.0 else np.inf
        table["attends"][:, index] = float(vessel.attends)
        table["post"][:, index] = post
    return table


def _draw_shares(plan: Plan, known: NDArray[np.void]) -> Array:
    names = list(launch_places())
    scores = np.stack(
        [ndtri(uniforms(f"season launch place {name}", plan.draws, plan.seed)) for name in names], axis=-1
    )
    shares = np.array([launch_places()[name].share for name in names])
    tilted = shares * np.exp(known["season_place_scatter"][:, np.newaxis] * scores)
    return np.asarray(tilted / tilted.sum(axis=1, keepdims=True))
