"""Surf: how high and where waves break on a beach, by how they meet it."""

import math

from varne.atlas.charts import CoastMask
from varne.compiled import compiled, inlined
from varne.earth import Plane, format_position
from varne.errors import BadPosition
from varne.sea.coast import SEA
from varne.sea.dispersion import GRAVITY, group_speed, still_wave_number

# Komar and Gaughan (1972): breaker height from the flux of energy in deep water.
_BREAKER, _GRAVITY_POWER, _FLUX_POWER = 0.39, 0.2, 0.4
_BREAKER_INDEX = 0.78  # height over depth at breaking, McCowan (1894) [1]
# Thornton and Guza (1982), J. Geophys. Res. 87:9499: root-mean-square height over depth where all waves have broken.
_SATURATED = 0.42
_THREE = 3.0  # of cos b cos 2b = (cos 3b + cos b) / 2, exact
BEACH_REACH = 1500.0  # of the coast that makes a beach; our choice [m]


@compiled
def breaker_height(wave_height, peak_period):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the height at which waves break that meet the beach head on.

    Parameters
    ----------
    wave_height : float
        In deep water. [m]
    peak_period : float
        Of the waves. [s]

    Returns
    -------
    float
        Of the breakers. [m]

    References
    ----------
    Komar and Gaughan (1972), Airy wave theory and breaker height prediction, Proc. 13th Coastal Eng. Conf., 405.

    Examples
    --------
    >>> round(breaker_height(0.5, 4.0), 3)
    0.616
    """
    if wave_height <= 0.0 or peak_period <= 0.0:
        return 0.0
    flux = peak_period * wave_height * wave_height
    return _BREAKER * GRAVITY**_GRAVITY_POWER * flux**_FLUX_POWER


@compiled
def refracted_angle(angle, period, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how a wave train meets a straight beach at a depth, by Snell's law.

    Parameters
    ----------
    angle : float
        Between the way the waves come in deep water and the normal of the beach, from -pi/2 to pi/2. [rad]
    period : float
        [s]
    depth : float
        [m]

    Returns
    -------
    float
        Of the same sign, nearer to the normal. [rad]

    References
    ----------
    Holthuijsen (2007), Waves in Oceanic and Coastal Waters, section 7.3.2.

    Examples
    --------
    >>> round(math.degrees(refracted_angle(math.radians(45.0), 8.0, 2.0)), 1)
    14.2
    """
    number = still_wave_number(2.0 * math.pi / period, depth)
    return math.asin(math.sin(angle) * math.tanh(number * depth))


@compiled
def shoaled_height(wave_height, period, depth, angle):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the height of a wave train at a depth before it breaks: the flux of energy between two rays is kept.

    Parameters
    ----------
    wave_height : float
        In deep water. [m]
    period : float
        [s]
    depth : float
        [m]
    angle : float
        Between the way the waves come in deep water and the normal of the beach, from -pi/2 to pi/2. [rad]

    Returns
    -------
    float
        [m]

    References
    ----------
    Holthuijsen (2007), Waves in Oceanic and Coastal Waters, sections 7.3.1 and 7.3.2; Green (1838).

    Examples
    --------
    >>> round(shoaled_height(1.0, 10.0, 2.0, 0.0), 3)
    1.355
    """
    turning = 2.0 * math.pi / period
    deep = GRAVITY / (2.0 * turning)
    here = group_speed(still_wave_number(turning, depth), depth)
    spread = math.cos(angle) / math.cos(refracted_angle(angle, period, depth))
    return wave_height * math.sqrt(deep / here * spread)


@compiled
def onshore_flux(angle):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share of the energy of a sea that runs straight into a straight beach.

    The sea is spread about its mean direction by the square of the cosine. What comes at an angle is worth the cosine
    of it, and what runs off the land is worth nothing: an offshore wind leaves little surf.

    Parameters
    ----------
    angle : float
        Between the way the waves come and the normal of the beach, any turn. [rad]

    Returns
    -------
    float
        8 / (3 pi) head on, 0 straight off the land. [1]

    References
    ----------
    Derived; the spread is that of Pierson, Neumann and James (1955), Observing and Forecasting Ocean Waves.

    Examples
    --------
    >>> round(onshore_flux(0.0), 3), round(onshore_flux(math.pi / 2.0), 3), round(onshore_flux(math.pi), 3)
    (0.849, 0.212, 0.0)
    """
    turn = 2.0 * math.pi
    apart = abs(angle - turn * math.floor(angle / turn + 0.5))
    # Integral of cos(b) cos²(b - a) over b from a - pi/2 to pi/2.
    return max(_flux_up_to(math.pi / 2.0, apart) - _flux_up_to(apart - math.pi / 2.0, apart), 0.0) / math.pi


@inlined
def _flux_up_to(bearing, apart):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Integral of 2 cos(b) cos²(b - a) up to a bearing b."""
    spread = math.sin(_THREE * bearing - 2.0 * apart) / _THREE + math.sin(bearing - 2.0 * apart)
    return math.sin(bearing) + spread / 2.0


@compiled
def surf(wave_height, peak_period, angle):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the breakers that a sea makes on a beach.

    Parameters
    ----------
    wave_height : float
        Significant, off the beach in deep water. [m]
    peak_period : float
        [s]
    angle : float
        Between the way the waves come and the normal of the beach, any turn. [rad]

    Returns
    -------
    height : float
        Of the breakers. [m]
    depth : float
        Of the water in which they break. [m]

    References
    ----------
    Komar and Gaughan (1972), Proc. 13th Coastal Eng. Conf., 405; McCowan (1894), Phil. Mag. 38:351.

    Examples
    --------
    >>> height, depth = surf(0.5, 4.0, 0.0)
    >>> round(height, 2), round(depth, 2)
    (0.58, 0.74)
    >>> surf(0.5, 4.0, math.pi)[0] < 0.01
    True
    """
    height = breaker_height(wave_height * math.sqrt(onshore_flux(angle)), peak_period)
    return height, height / _BREAKER_INDEX


@inlined
def depth_limited(wave_height, depth):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return what is left of a sea in shallow water: where all waves have broken, the depth sets their height.

    Parameters
    ----------
    wave_height : float
        Significant, without breaking. [m]
    depth : float
        Of the water, with the tide. [m]

    Returns
    -------
    float
        Significant. [m]

    References
    ----------
    Thornton and Guza (1982), J. Geophys. Res. 87:9499; significant over root-mean-square height is the root of 2.

    Examples
    --------
    >>> depth_limited(1.0, 20.0), round(depth_limited(1.0, 1.0), 3)
    (1.0, 0.594)
    """
    return min(wave_height, math.sqrt(2.0) * _SATURATED * max(depth, 0.0))


def beach_normal(mask: CoastMask, latitude: float, longitude: float) -> float:
    """
    Return which way a beach faces: towards the middle of the water within 1.5 km of it.

    Parameters
    ----------
    mask : CoastMask
        Sea and land. [1]
    latitude, longitude : float
        At the beach, or at sea close to it. [deg]

    Returns
    -------
    float
        From the land to the sea, clockwise from north. [rad]

    Raises
    ------
    BadPosition
        If there is no coast that near.

    Examples
    --------
    >>> from varne.atlas.embedded import coast_mask
    >>> round(math.degrees(beach_normal(coast_mask(), 51.015, 2.09)))  # Gravelines faces north-north-west
    340
    """
    plane = Plane(latitude, longitude)
    facing = coast_normal(
        mask.code, mask.south, mask.west, mask.cells_per_degree, plane.metres_per_degree_north,
        plane.metres_per_degree_east, latitude, longitude,
    )  # fmt: skip
    if math.isnan(facing):
        raise BadPosition(
            f"Position {format_position(latitude, longitude)} has no coast within {BEACH_REACH / 1000.0:g} km; "
            "give a place on a beach."
        )
    return float(facing)


@compiled
def coast_normal(code, south, west, cells_per_degree, north, east, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return which way the coast near a place faces, as :func:`beach_normal` says.

    Parameters
    ----------
    code : array, shape (row, column)
        Of a :class:`varne.atlas.charts.CoastMask`. [1]
    south, west : float
        Edges of its first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    north, east : float
        Metres in a degree. [m/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    float
        From the land to the sea, clockwise from north; not a number where there is no coast that near. [rad]

    Examples
    --------
    >>> import numpy as np
    >>> round(coast_normal(np.array([[2, 2, 0, 0]] * 4, np.uint8), 50.0, 1.0, 100.0, 1.1e5, 7e4, 50.02, 1.02), 3)
    1.571
    """
    y, x = (latitude - south) * cells_per_degree - 0.5, (longitude - west) * cells_per_degree - 0.5
    up, across = BEACH_REACH / north * cells_per_degree, BEACH_REACH / east * cells_per_degree
    sea, near = 0.0, 0.0
    sea_x, sea_y, near_x, near_y = 0.0, 0.0, 0.0, 0.0
    for row in range(max(math.ceil(y - up), 0), min(math.floor(y + up) + 1, code.shape[0])):
        for column in range(max(math.ceil(x - across), 0), min(math.floor(x + across) + 1, code.shape[1])):
            away_y, away_x = (row - y) / up, (column - x) / across
            if away_x * away_x + away_y * away_y > 1.0:
                continue
            near, near_x, near_y = near + 1.0, near_x + away_x, near_y + away_y
            if code[row, column] == SEA:
                sea, sea_x, sea_y = sea + 1.0, sea_x + away_x, sea_y + away_y
    if sea <= 0.0 or near <= sea:
        return math.nan
    # The middle of the whole circle is taken off, because a place near the edge of the mask sees only part of it.
    return math.atan2(sea_x / sea - near_x / near, sea_y / sea - near_y / near) % (2.0 * math.pi)
