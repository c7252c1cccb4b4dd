"""What chance does to one member, drawn once and the same under every option."""

import math

import numpy as np

from varne.chance import normal, waiting_time
from varne.compiled import compiled
from varne.draws import event_number, uniform

_ENGINE_STOPS = event_number("engine stops")
_ENGINE_RESTARTS = event_number("engine restarts")
_ENGINE_RESTART_TIME = event_number("engine restart time")
_ENGINE_STOPS_AGAIN = event_number("engine stops again")
_HELM_BIAS = event_number("helm bias")
_LEEWAY_SIDE = event_number("leeway side")
_LEEWAY_DOWNWIND = event_number("leeway downwind")
_WATCH_DELAY = event_number("watch delay")
_READINESS = event_number("readiness")
_CALL_WHEN_STOPPED = event_number("call when stopped")
_CALL_WHEN_FLOODING = event_number("call when flooding")
_CALL_FROM_THE_WATER = event_number("call from the water")
_CALL_DELAY = event_number("call delay")
_CALL_LOCATED = event_number("call located")
_CALL_BELIEVED = event_number("call believed")
_CALL_ANSWERED = event_number("call answered")
_SEARCH = event_number("search")
_FOUND_BY_CHANCE = event_number("found by chance")
_TOW = event_number("tow")
_EFFECT_ON_ENGINE = event_number("effect on engine")
_EFFECT_ON_COURSE = event_number("effect on course")
_EFFECT_ON_LANDING = event_number("effect on landing")


@compiled
def _chance(seed, event, member):  # type: ignore[no-untyped-def]  # Numba infers its types
    return uniform(seed, event, np.uint64(member), np.uint64(0))


@compiled
def draw_luck(seed, member, known, boat, luck):  # type: ignore[no-untyped-def]  # Numba infers its types
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
    luck.stop_after = waiting_time(_chance(seed, _ENGINE_STOPS, member), boat.stop_rate)
    luck.restarts = _chance(seed, _ENGINE_RESTARTS, member)
    luck.restart_after = waiting_time(_chance(seed, _ENGINE_RESTART_TIME, member), 1.0 / known.boat_engine_restart_time)
    luck.stop_again = waiting_time(_chance(seed, _ENGINE_STOPS_AGAIN, member), boat.stop_rate)
    luck.helm_bias = known.boat_helm_bias * normal(_chance(seed, _HELM_BIAS, member))
    luck.leeway_side = 1.0 if _chance(seed, _LEEWAY_SIDE, member) < 0.5 else -1.0
    luck.leeway_downwind = max(
        known.leeway_downwind_slope + known.leeway_offset_scatter * normal(_chance(seed, _LEEWAY_DOWNWIND, member)), 0.0
    )
    luck.leeway_crosswind = luck.leeway_side * known.leeway_crosswind_slope
    luck.watch_delay = waiting_time(_chance(seed, _WATCH_DELAY, member), 1.0 / known.alert_watch_delay)
    luck.readiness = math.exp(known.rescue_readiness_spread * normal(_chance(seed, _READINESS, member)))
    luck.call_stopped = _chance(seed, _CALL_WHEN_STOPPED, member)
    luck.call_flooding = _chance(seed, _CALL_WHEN_FLOODING, member)
    luck.call_water = _chance(seed, _CALL_FROM_THE_WATER, member)
    luck.call_delay = waiting_time(_chance(seed, _CALL_DELAY, member), 1.0 / known.alert_call_delay)
    luck.located = _chance(seed, _CALL_LOCATED, member)
    luck.believed = _chance(seed, _CALL_BELIEVED, member)
    luck.answered = _chance(seed, _CALL_ANSWERED, member)
    luck.search = waiting_time(_chance(seed, _SEARCH, member), 1.0)
    luck.chance_find = waiting_time(_chance(seed, _FOUND_BY_CHANCE, member), known.alert_chance_find_rate)
    luck.tow = _chance(seed, _TOW, member)
    luck.stop_effect = _chance(seed, _EFFECT_ON_ENGINE, member)
    luck.turn_effect = _chance(seed, _EFFECT_ON_COURSE, member)
    luck.ashore_effect = _chance(seed, _EFFECT_ON_LANDING, member)
