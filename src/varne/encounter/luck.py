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
    chances = np.empty(len(EVENTS))
    for index in range(len(EVENTS)):
        chances[index] = uniform(seed, EVENTS[index], np.uint64(member), np.uint64(0))
    luck.stop_after = waiting_time(chances[0], boat.stop_rate)
    luck.restarts = chances[1]
    luck.restart_after = waiting_time(chances[2], 1.0 / known.boat_engine_restart_time)
    luck.stop_again = waiting_time(chances[3], boat.stop_rate)
    luck.helm_bias = known.boat_helm_bias * normal(chances[4])
    luck.leeway_side = 1.0 if chances[5] < 0.5 else -1.0
    luck.leeway_downwind = max(known.leeway_downwind_slope + known.leeway_offset_scatter * normal(chances[6]), 0.0)
    luck.leeway_crosswind = luck.leeway_side * known.leeway_crosswind_slope
    luck.watch_delay = waiting_time(chances[8], 1.0 / known.alert_watch_delay)
    luck.readiness = math.exp(known.rescue_readiness_spread * normal(chances[9]))
    luck.call_stopped = chances[10]
    luck.call_flooding = chances[11]
    luck.call_water = chances[12]
    luck.call_delay = waiting_time(chances[13], 1.0 / known.alert_call_delay)
    luck.located = chances[14]
    luck.believed = chances[15]
    luck.answered = chances[16]
    luck.search = waiting_time(chances[17], 1.0)
    luck.chance_find = waiting_time(chances[18], known.alert_chance_find_rate)
    luck.tow = chances[19]
    luck.stop_effect = chances[20]
    luck.turn_effect = chances[21]
    luck.ashore_effect = chances[22]
