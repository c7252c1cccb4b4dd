"""Where the boat goes: engine and helm, stream and wind, and the shore."""

import math

import numpy as np

from varne.chance import normal
from varne.compiled import compiled, inlined
from varne.draws import event_number, uniform
from varne.encounter.sky import stream_here
from varne.motion.propulsion import speed_through_water
from varne.sea.coast import CONTINENT, FRENCH_BELGIAN_BORDER, land_code

HELM = event_number("helm")
OTHER_SHORE = 3  # code; 1 and 2 are those of sea.coast


@inlined
def drive(known, luck, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let the engine stop, start again, stop for good, or run out of fuel.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]
    luck : record of LUCK
        When it stops and starts. [s]
    state : record of STATE
        Changed in place. [SI]
    now : float
        [s]

    Returns
    -------
    None
    """
    if state.stopped_for_good > 0.0:
        return
    restarted = luck.stop_after + luck.restart_after
    if now >= known.boat_fuel_hours or now >= luck.stop_again + restarted:
        state.engine = 0.0
        state.stopped_for_good = 1.0
    elif now >= luck.stop_after:
        if luck.restarts > known.boat_engine_restart_share:
            state.engine = 0.0
            state.stopped_for_good = 1.0
        else:
            state.engine = 1.0 if now >= restarted else 0.0


@compiled
def steer(question, case, member, luck, state, step):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let the helm wander, and the speed follow the load.

    Parameters
    ----------
    question : Question
        With the seed. [SI]
    case : Case
        Weather and drawn facts. [SI]
    member : int
        Which member. [1]
    luck : record of LUCK
        With the bias of the helm. [rad]
    state : record of STATE
        Changed in place. [SI]
    step : int
        Which time step. [1]

    Returns
    -------
    None
    """
    known = case.known
    chance = uniform(question.seed, HELM, np.uint64(member), np.uint64(step))
    error = luck.helm_bias + known.boat_helm_wander * normal(chance)
    state.helm_cosine = math.cos(error)
    state.helm_sine = math.sin(error)
    state.speed = speed_through_water(
        known.boat_speed,
        state.aboard,
        known.boat_design_people,
        known.boat_load_exponent,
        case.weather.wave_height,
        known.boat_wave_slowdown,
    )


@inlined
def velocity(question, case, chart, luck, state, now, holds):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the boat's velocity over the ground: through the water, with the stream, and downwind.

    Parameters
    ----------
    question : Question
        With where it is bound. [m]
    case : Case
        Weather and drawn facts. [SI]
    chart : FieldChart
        Of the streams. [m/s]
    luck : record of LUCK
        With the leeway of this member. [1]
    state : record of STATE
        Where the boat is. [SI]
    now : float
        [s]
    holds : bool
        Whether it makes no way of its own. [1]

    Returns
    -------
    tuple of float
        East and north. [m/s]
    """
    weather = case.weather
    east, north = stream_here(chart, case.streams, weather, state.latitude, state.longitude, now)
    downwind = luck.leeway_downwind
    crosswind = luck.leeway_crosswind
    if state.bilge > case.known.swamping_alarm_water:
        downwind *= case.known.leeway_swamped_ratio
        crosswind *= case.known.leeway_swamped_ratio
    east += downwind * weather.wind_east + crosswind * weather.wind_north
    north += downwind * weather.wind_north - crosswind * weather.wind_east
    through = 0.0
    aim_x = question.aim_x
    aim_y = question.aim_y
    if state.towed > 0.0:
        through = case.known.rescue_tow_speed
        aim_x = state.home_x
        aim_y = state.home_y
    elif state.engine > 0.0 and not holds:
        through = state.speed
        if state.heading_back > 0.0:
            aim_x = question.back_x
            aim_y = question.back_y
    if through > 0.0:
        to_x = aim_x - state.x
        to_y = aim_y - state.y
        far = math.sqrt(to_x * to_x + to_y * to_y)
        if far > 0.0:
            through /= far
            east += through * (to_x * state.helm_cosine - to_y * state.helm_sine)
            north += through * (to_x * state.helm_sine + to_y * state.helm_cosine)
    return east, north


@inlined
def place(origin, state, x, y):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Put the boat at a point of the plane.

    Parameters
    ----------
    origin : Origin
        Of the plane. [deg]
    state : record of STATE
        Changed in place. [m, deg]
    x, y : float
        The point. [m]

    Returns
    -------
    None
    """
    state.x = x
    state.y = y
    state.latitude = origin.latitude + y * origin.per_metre_north
    state.longitude = origin.longitude + x * origin.per_metre_east


@inlined
def haven_reached(state, way):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return whose harbour a boat under tow has reached; a tow goes round the land that lies between.

    Parameters
    ----------
    state : record of STATE
        Where the boat is, and where it is towed. [m]
    way : float
        How far it is towed in one step: nearer than two of them it is there. [m]

    Returns
    -------
    int
        0 none, 1 British, 2 French, 3 other.
    """
    to_x = state.home_x - state.x
    to_y = state.home_y - state.y
    return int(state.home_country) if to_x * to_x + to_y * to_y <= 4.0 * way * way else 0


@inlined
def shore_reached(coast, state):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return whose shore the boat has reached.

    Parameters
    ----------
    coast : Coast
        Sea and land. [1]
    state : record of STATE
        Where the boat is. [deg]

    Returns
    -------
    int
        0 none, 1 British, 2 French, 3 other.
    """
    code = land_code(coast.code, coast.south, coast.west, coast.cells_per_degree, state.latitude, state.longitude)
    if code == CONTINENT and state.longitude >= FRENCH_BELGIAN_BORDER:
        return OTHER_SHORE
    return int(code)
