"""How deep a loaded inflatable floats and how stiff it is."""

import math

from varne.compiled import inlined

# Morrish (1892): KB / draft = 5/6 - C/3. C, the vertical prismatic coefficient, is 0.85 for two tubes and a floor.
_CENTRE_OF_BUOYANCY = 0.55
_SECOND_MOMENT = 1.0 / 12.0  # of a rectangle about its middle, exact
_ROUND = math.pi / 4.0  # area of a circle over the square on its diameter, exact
_CLOSE = 1e-10  # error of the draft at which Newton's method stops, as a share of the diameter
_MOST_STEPS = 60  # bisection alone would be done by then


@inlined
def segment_area(diameter, draft):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the part of a tube's cross-section that lies under water.

    Parameters
    ----------
    diameter : float
        Of the tube. [m]
    draft : float
        Depth of the tube's underside. [m]

    Returns
    -------
    float
        From nothing to the whole circle. [m²]

    References
    ----------
    Circular segment: ``(r² / 2) (θ - sin θ)`` with ``θ = 2 acos((r - draft) / r)``.

    Examples
    --------
    >>> round(segment_area(0.45, 0.225), 6), round(segment_area(0.45, 0.45), 6)
    (0.079522, 0.159043)
    """
    radius = diameter / 2.0
    if draft <= 0.0:
        return 0.0
    if draft >= diameter:
        return _ROUND * diameter * diameter
    cosine = (radius - draft) / radius
    return radius * radius * (math.acos(cosine) - cosine * math.sqrt(1.0 - cosine * cosine))


@inlined
def displaced_mass(draft, length, diameter, inner_width, floor_height, tubes, density):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the mass of the water that the boat pushes aside, which is the mass it carries.

    Parameters
    ----------
    draft : float
        Depth of the tubes' underside. [m]
    length, diameter : float
        Of the tubes. [m]
    inner_width : float
        Between the tubes. [m]
    floor_height : float
        Of the floor above the tubes' underside. [m]
    tubes : float
        Tubes that hold air: 2, or 1 when one is deflated. [1]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        Of boat and load. [kg]

    References
    ----------
    Archimedes; the hull is taken as a prism.

    Examples
    --------
    >>> round(displaced_mass(0.242464, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0))
    4160
    """
    floor = inner_width * max(draft - floor_height, 0.0)
    return density * length * (tubes * segment_area(diameter, draft) + floor)


@inlined
def draft(mass, length, diameter, inner_width, floor_height, tubes, density):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how deep the boat floats; infinite when it cannot carry the mass and founders.

    Parameters
    ----------
    mass : float
        Of boat, engine, people and water aboard. [kg]
    length, diameter : float
        Of the tubes. [m]
    inner_width : float
        Between the tubes. [m]
    floor_height : float
        Of the floor above the tubes' underside. [m]
    tubes : float
        Tubes that hold air: 2, or 1 when one is deflated. [1]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        Depth of the tubes' underside; the freeboard is the diameter less this. [m]

    References
    ----------
    Archimedes: the depth at which :func:`displaced_mass` is the mass.

    Examples
    --------
    >>> round(draft(4160.0, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0), 6)
    0.242464
    >>> draft(40000.0, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0)
    inf
    """
    most = displaced_mass(diameter, length, diameter, inner_width, floor_height, tubes, density)
    guess = diameter * mass / most
    return draft_near(guess, mass, length, diameter, inner_width, floor_height, tubes, density)


@inlined
def draft_near(guess, mass, length, diameter, inner_width, floor_height, tubes, density):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the same draft as :func:`draft`, sooner when the guess is close, as from the step before.

    Newton's method, kept between bounds that close in, because the slope jumps where the floor meets the water.

    Parameters
    ----------
    guess : float
        Any draft; infinite and negative ones are taken as the middle. [m]
    mass : float
        Of boat, engine, people and water aboard. [kg]
    length, diameter : float
        Of the tubes. [m]
    inner_width : float
        Between the tubes. [m]
    floor_height : float
        Of the floor above the tubes' underside. [m]
    tubes : float
        Tubes that hold air: 2, or 1 when one is deflated. [1]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        Depth of the tubes' underside, right to a nanometre or so whatever the guess. [m]

    References
    ----------
    Archimedes: the depth at which :func:`displaced_mass` is the mass.

    Examples
    --------
    >>> round(draft_near(0.24, 4160.0, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0), 6)
    0.242464
    """
    if mass > displaced_mass(diameter, length, diameter, inner_width, floor_height, tubes, density):
        return math.inf
    if mass <= 0.0:
        return 0.0
    low, high = 0.0, diameter
    depth = guess if low < guess < high else diameter / 2.0
    for _ in range(_MOST_STEPS):
        surplus = displaced_mass(depth, length, diameter, inner_width, floor_height, tubes, density) - mass
        if surplus > 0.0:
            high = depth
        else:
            low = depth
        afloat = depth > floor_height
        width = tubes * 2.0 * math.sqrt(depth * (diameter - depth)) + (inner_width if afloat else 0.0)
        before = depth
        depth -= surplus / (density * length * width)
        if not low <= depth <= high:
            depth = (low + high) / 2.0
        # The error left is about step² / depth, or step² / freeboard where that is less, unless the floor was crossed.
        step, thin = depth - before, min(depth, diameter - depth)
        if step * step <= _CLOSE * diameter * thin and afloat == (depth > floor_height):
            break
    return depth


@inlined
def metacentric_height(mass, draft, length, diameter, inner_width, crowd_height, density):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the height of the metacentre above the centre of mass: how stiffly the boat resists heel.

    Parameters
    ----------
    mass : float
        Of boat, engine, people and water aboard. [kg]
    draft : float
        Depth of the tubes' underside. [m]
    length, diameter : float
        Of the tubes. [m]
    inner_width : float
        Between the tubes. [m]
    crowd_height : float
        Of the centre of mass above the tubes' upper edge. [m]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        Not above 0 when the boat has no upright rest. [m]

    References
    ----------
    Small angles, walls taken as upright: ``KB + L B³ / (12 V) - KG``; KB by Morrish's formula.

    Examples
    --------
    >>> round(metacentric_height(4160.0, 0.242464, 9.0, 0.45, 1.3, 0.25, 1025.0), 3)
    1.401
    """
    beam = inner_width + 2.0 * diameter
    metacentric_radius = _SECOND_MOMENT * length * beam * beam * beam * density / mass
    return _CENTRE_OF_BUOYANCY * draft + metacentric_radius - (diameter + crowd_height)


@inlined
def free_surface_loss(mass, length, inner_width, density):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the metacentric height that water free to run across the floor takes away.

    Its mass is a separate matter: add it to the mass of the boat.

    Parameters
    ----------
    mass : float
        Of boat, engine, people and water aboard. [kg]
    length : float
        Of the wet floor. [m]
    inner_width : float
        Between the tubes. [m]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        To be taken from the metacentric height. [m]

    References
    ----------
    Free-surface effect: ``L Bi³ / (12 V)``.

    Examples
    --------
    >>> round(free_surface_loss(4160.0, 9.0, 1.3, 1025.0), 3)
    0.406
    """
    return _SECOND_MOMENT * length * inner_width * inner_width * inner_width * density / mass


@inlined
def heel(share, people_mass, move_distance, mass, metacentric_height):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how far the boat leans when a share of its people moves to one side.

    Parameters
    ----------
    share : float
        Of the people who move. [1]
    people_mass : float
        Of all people aboard. [kg]
    move_distance : float
        How far across the boat they move. [m]
    mass : float
        Of boat, engine, people and water aboard. [kg]
    metacentric_height : float
        Above the centre of mass. [m]

    Returns
    -------
    float
        A right angle when the boat has no upright rest. [rad]

    References
    ----------
    Inclining experiment: ``tan(heel) = w d / (m GM)``.

    Examples
    --------
    >>> round(math.degrees(heel(0.25, 3850.0, 0.9, 4160.0, 1.40106)), 1)
    8.5
    """
    if metacentric_height <= 0.0:
        return math.pi / 2.0
    return math.atan(share * people_mass * move_distance / (mass * metacentric_height))


@inlined
def swamped_reserve(  # type: ignore[no-untyped-def]  # Numba infers its types
    boat_mass, engine_mass, people_mass, length, diameter, engine_weight_share, immersed_share, density
):
    """
    Return how many times over the two tubes carry the flooded boat with its people.

    Parameters
    ----------
    boat_mass, engine_mass, people_mass : float
        Of hull and fuel, of the engine, of all people aboard. [kg]
    length, diameter : float
        Of the tubes. [m]
    engine_weight_share : float
        Weight of the engine under water as a share of its weight in air. [1]
    immersed_share : float
        Share of each person's weight that the water carries. [1]
    density : float
        Of the water. [kg/m³]

    Returns
    -------
    float
        Below 1 the flooded boat does not carry its people. [1]

    References
    ----------
    Archimedes: buoyancy of the tubes over the weight that rests on them.

    Examples
    --------
    >>> round(swamped_reserve(250.0, 60.0, 3850.0, 9.0, 0.45, 0.7, 0.5, 1025.0), 2)
    1.32
    """
    buoyancy = density * 2.0 * _ROUND * diameter * diameter * length
    return buoyancy / (boat_mass + engine_weight_share * engine_mass + people_mass * (1.0 - immersed_share))
