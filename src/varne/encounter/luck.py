"""What chance does to one member, drawn once and the same under every option."""

import math

import numpy as np

from varne.chance import normal, waiting_time
from varne.compiled import compiled
from varne.draws import event_number, uniform

_EVENTS = (
    "engine stops", "engine restarts", "engine restart time", "engine stops again", "helm bias", "leeway side",
    "leeway downwind", "leeway crosswind", "watch delay", "readiness", "call when stopped", "call when flooding",
    "call from the water", "call delay", "call located", "call believed", "call answered", "search", "found by chance",
    "tow", "effect on engine", "effect on course", "effect on landing",
)  # fmt: skip
EVENTS = np.array([event_number(name) for name in _EVENTS], dtype=np.uint64)


@compiled
def _chance(seed, event, member):  # type: ignore[no-untyped-def]
    return uniform(seed, EVENTS[event], np.uint64(member), np.uint64(0))


@compiled
def draw_luck(seed, member, known, boat, luck):  # type: ignore[no-untyped-def]
    """
    Draw the luck of one member.

    Parameters
    ----------
    seed : uint64
        Names the experiment. [1]
    member : int
        Draw times replicates plus replicate. [1]
    known : record
        Drawn facts. [SI]
    boat : record of BOAT
        With the rate at which its engine stops. [1/s]
    luck : record of LUCK
        Changed in place. [SI]

    Returns
    -------
    None
    """
    luck.stop_after = waiting_time(_chance(seed, 0, member), boat.stop_rate)
    luck.restarts = _chance(seed, 1, member)
    luck.restart_after = waiting_time(_chance(seed, 2, member), 1.0 / known.boat_engine_restart_time)
    luck.stop_again = waiting_time(_chance(seed, 3, member), boat.stop_rate)
    luck.helm_bias = known.boat_helm_bias * normal(_chance(seed, 4, member))
    luck.leeway_side = 1.0 if _chance(seed, 5, member) < 0.5 else -1.0
    luck.leeway_downwind = max(
        known.leeway_downwind_slope + known.leeway_offset_scatter * normal(_chance(seed, 6, member)), 0.0
    )
    luck.leeway_crosswind = luck.leeway_side * known.leeway_crosswind_slope
    luck.watch_delay = waiting_time(_chance(seed, 8, member), 1.0 / known.alert_watch_delay)
    luck.readiness = math.exp(known.rescue_readiness_spread * normal(_chance(seed, 9, member)))
    luck.call_stopped = _chance(seed, 10, member)
    luck.call_flooding = _chance(seed, 11, member)
    luck.call_water = _chance(seed, 12, member)
    luck.call_delay = waiting_time(_chance(seed, 13, member), 1.0 / known.alert_call_delay)
    luck.located = _chance(seed, 14, member)
    luck.believed = _chance(seed, 15, member)
    luck.answered = _chance(seed, 16, member)
    luck.search = waiting_time(_chance(seed, 17, member), 1.0)
    luck.chance_find = waiting_time(_chance(seed, 18, member), known.alert_chance_find_rate)
    luck.tow = _chance(seed, 19, member)
    luck.stop_effect = _chance(seed, 20, member)
    luck.turn_effect = _chance(seed, 21, member)
    luck.ashore_effect = _chance(seed, 22, member)
