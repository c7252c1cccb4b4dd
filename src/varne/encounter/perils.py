"""What can kill on the way: water coming aboard, and the rates of every lethal event at this moment."""

import math

from varne.afloat.hydrostatics import free_surface_loss, metacentric_height
from varne.compiled import compiled, inlined
from varne.hazards.collision import collision_chance, encounter_rate, geometric_diameter, relative_speed
from varne.hazards.crowd import capsize_rate, sinking_share
from varne.hazards.crush import crush_rate
from varne.hazards.exposure import exposure_rate
from varne.hazards.overboard import overboard_rate
from varne.hazards.structure import failure_rate
from varne.hazards.swamping import water_inflow
from varne.sea.traffic import FERRY, LANE, traffic_cell


@inlined
def draft_of(boat, mass):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Look up how deep the boat floats.

    Parameters
    ----------
    boat : record of BOAT
        With the table of drafts. [m]
    mass : float
        Of everything afloat. [kg]

    Returns
    -------
    float
        Infinite when it sinks. [m]
    """
    place = max((mass - boat.lightest) / boat.mass_step, 0.0)
    below = int(place)
    last = len(boat.drafts) - 1
    if below >= last:
        return math.inf
    share = place - below
    return (1.0 - share) * boat.drafts[below] + share * boat.drafts[below + 1]


@inlined
def flood(case, phase, state, freeboard, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let water come over the side and through the seams, and be bailed.

    Parameters
    ----------
    case : Case
        Weather and drawn facts. [SI]
    phase : record of PHASE
        What the response does meanwhile. [1]
    state : record of STATE
        Changed in place: `bilge` is the water aboard. [m³]
    freeboard : float
        [m]
    duration : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    weather = case.weather
    boat = case.boat
    over = water_inflow(
        freeboard,
        weather.wave_height,
        known.swamping_relative_motion,
        weather.zero_crossing_period,
        known.swamping_water_per_wave,
    )
    net = over * phase.swamping + boat.leak - boat.bailing
    state.bilge = max(state.bilge + net * duration, 0.0)


@inlined
def sinking_rates(case, phase, state, mass, draft):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often the boat is lost by the crowd, by its structure, by a breaking wave.

    Parameters
    ----------
    case : Case
        Drawn facts. [SI]
    phase : record of PHASE
        What the response does meanwhile. [1]
    state : record of STATE
        The boat. [SI]
    mass : float
        Of everything afloat. [kg]
    draft : float
        [m]

    Returns
    -------
    tuple of float
        In this order. [1/s]
    """
    known = case.known
    boat = case.boat
    stiffness = metacentric_height(
        mass, draft, boat.length, boat.diameter, boat.inner_width, known.boat_crowd_height, known.sea_water_density
    )
    if state.bilge > 0.0:
        stiffness -= free_surface_loss(mass, boat.length, boat.inner_width, known.sea_water_density)
    share = known.crowd_rigid_body_bound * sinking_share(
        boat.diameter - draft,
        boat.beam,
        mass,
        stiffness,
        state.aboard * boat.person_mass,
        known.people_move_distance,
    )
    by_crowd = capsize_rate(known.crowd_movement_rate, phase.crowd_shift, share, known.crowd_typical_share)
    under_way = state.engine > 0.0 and phase.holds <= 0.0
    by_waves = case.weather.breaking_under_way if under_way else case.weather.breaking_adrift
    return by_crowd, phase.structure * state.structure_rate, by_waves


@inlined
def struck_rate(case, traffic, state, east, north, dark):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often a ship strikes the boat where it is.

    Parameters
    ----------
    case : Case
        Drawn facts. [SI]
    traffic : Traffic
        Where ships go. [1/(s m)]
    state : record of STATE
        The boat. [SI]
    east, north : float
        Its velocity. [m/s]
    dark : float
        1 at night, 0 by day. [1]

    Returns
    -------
    float
        [1/s]
    """
    row, column = traffic_cell(
        traffic.streams, traffic.south, traffic.west, traffic.cells_per_degree, state.latitude, state.longitude
    )
    if row < 0:
        return 0.0
    known = case.known
    meetings = 0.0
    for number in range(traffic.busy[row, column]):
        stream = traffic.streams[row, column, number]
        if stream.rate > 0.0:
            meetings += _meetings(stream, known, traffic.lane_ships, case.boat, east, north)
    if meetings <= 0.0:
        return 0.0
    ship_misses = dark * known.collision_ship_misses_night + (1.0 - dark) * known.collision_ship_misses_day
    boat_misses = known.collision_boat_misses if state.engine > 0.0 else known.collision_adrift_misses
    return meetings * collision_chance(ship_misses, boat_misses)


@inlined
def _meetings(stream, known, lane_ships, boat, east, north):  # type: ignore[no-untyped-def]  # Numba infers its types
    """How often ships of a stream are on a collision course; half of them the other way round on a ferry's route."""
    ship_speed = stream.speed
    ship_length = stream.length
    ship_beam = stream.beam
    rate = stream.rate * known.traffic_counted_ships
    if stream.kind == LANE:
        rate = stream.rate * known.traffic_ships_per_day_each_lane / lane_ships
        ship_speed = known.traffic_ship_speed
        ship_length = known.traffic_ship_length
        ship_beam = known.traffic_ship_beam
    elif stream.kind == FERRY:
        rate = stream.rate * known.traffic_ferry_sailings
        ship_speed = known.traffic_ferry_speed
        ship_length = known.traffic_ferry_length
        ship_beam = known.traffic_ferry_beam
    speed = math.sqrt(east * east + north * north)
    cosine = (east * stream.east + north * stream.north) / speed if speed > 0.0 else 0.0
    if stream.both_ways <= 0:
        return _met(rate, ship_speed, ship_length, ship_beam, boat, speed, cosine)
    there = _met(rate, ship_speed, ship_length, ship_beam, boat, speed, cosine)
    return (there + _met(rate, ship_speed, ship_length, ship_beam, boat, speed, -cosine)) / 2.0


@inlined
def _met(rate, ship_speed, ship_length, ship_beam, boat, speed, cosine):  # type: ignore[no-untyped-def]  # Numba infers its types
    closing = relative_speed(ship_speed, speed, cosine)
    diameter = geometric_diameter(ship_length, ship_beam, ship_speed, boat.length, boat.beam, speed, cosine)
    return encounter_rate(rate, 1.0, ship_speed, diameter, closing)


@inlined
def lose_people(case, phase, state, now, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let people be crushed, die of exposure and fall overboard while the voyage goes on.

    Parameters
    ----------
    case : Case
        Drawn facts. [SI]
    phase : record of PHASE
        What the response does meanwhile. [1]
    state : record of STATE
        Changed in place; those overboard wait to be evaluated. [people]
    now, duration : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    aboard = state.aboard
    crushed = duration * phase.crush * state.crush_rate
    chilled = duration * aboard * state.chill_rate
    fallen = duration * phase.overboard * state.fall_rate
    crushed = min(crushed, aboard)
    fallen = min(fallen, aboard - crushed)
    chilled = min(chilled, aboard - crushed - fallen)
    if aboard > 0.0:
        state.working -= state.working * (crushed + chilled + fallen) / aboard
    state.aboard -= crushed + chilled + fallen
    state.crushed += state.mass * crushed
    state.deaths_crush += state.mass * crushed
    state.deaths_exposure += state.mass * chilled
    state.singles += state.mass * chilled
    state.dead += state.mass * (crushed + chilled)
    state.injured += state.mass * crushed * known.crush_injuries_per_death
    state.pending_overboard += state.mass * fallen
    if state.engine > 0.0:
        state.injured += state.mass * fallen * known.injury_propeller


@compiled
def work_out_slow_rates(case, state, now):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Work out the rates that change with the load and with hours only.

    Parameters
    ----------
    case : Case
        Drawn facts. [SI]
    state : record of STATE
        Changed in place. [1/s]
    now : float
        [s]

    Returns
    -------
    None
    """
    known = case.known
    state.structure_rate = failure_rate(
        state.aboard, known.boat_design_people, case.boat.structure_rate, known.structure_exponent
    )
    state.crush_rate = crush_rate(state.aboard, known.crush_reference_people, known.crush_rate, known.crush_exponent)
    state.fall_rate = (1.0 - known.overboard_recovered_by_own_boat) * overboard_rate(
        state.aboard,
        known.overboard_rate_per_person,
        case.weather.wave_height,
        known.overboard_reference_wave_height,
        known.overboard_wave_exponent,
    )
    state.chill_rate = exposure_rate(now, case.weather.exposure_half_time, known.exposure_shape)
