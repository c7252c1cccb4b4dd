"""How wind and waves push a thing over the water."""

import math

from varne.chance import probability
from varne.compiled import compiled

# Allen (2005), CG-D-05-05, as in Breivik and Allen (2008), J. Mar. Syst. 69:99: half of a thing's departure goes into
# the offset, half into the slope, so that the spread is the tabulated one at 10 m/s.
_SCATTER_WIND = 20.0  # [m/s]


@compiled
def downwind_speed(wind_speed, slope, offset, scatter):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the speed at which a thing drifts downwind over the water.

    Parameters
    ----------
    wind_speed : float
        Mean at 10 m height. [m/s]
    slope : float
        Drift gained for each unit of wind. [1]
    offset : float
        Drift in the lightest wind. [m/s]
    scatter : float
        Departure of this one from the mean of its class, drawn once; draw again when ``slope + scatter / 20`` is
        below 0. [m/s]

    Returns
    -------
    float
        Along the wind, negative when upwind. [m/s]

    References
    ----------
    Breivik and Allen (2008), J. Mar. Syst. 69:99, equation of the leeway with perturbed coefficients.

    Examples
    --------
    >>> round(downwind_speed(10.0, 0.0156, 0.083, 0.0), 3)  # refugee raft
    0.239
    """
    return (slope + scatter / _SCATTER_WIND) * wind_speed + offset + scatter / 2.0


@compiled
def crosswind_speed(wind_speed, slope, offset, scatter, side):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the speed at which a thing drifts across the wind over the water.

    At a jibe the whole set changes side: slope, offset and scatter together, because the thing then lies the other
    way round.

    Parameters
    ----------
    wind_speed : float
        Mean at 10 m height. [m/s]
    slope : float
        Drift gained for each unit of wind. [1]
    offset : float
        Drift in the lightest wind. [m/s]
    scatter : float
        Departure of this one from the mean of its class, drawn once. [m/s]
    side : float
        1 for one that drifts to the right of the wind, -1 to the left. [1]

    Returns
    -------
    float
        Positive to the right of the wind. [m/s]

    References
    ----------
    Breivik and Allen (2008), J. Mar. Syst. 69:99.

    Examples
    --------
    >>> round(crosswind_speed(10.0, 0.0039, 0.0, 0.0, -1.0), 3)  # swamped skiff
    -0.039
    """
    return side * ((slope + scatter / _SCATTER_WIND) * wind_speed + offset + scatter / 2.0)


@compiled
def drift_velocity(wind_east, wind_north, downwind_slope, crosswind_slope, downwind_offset, crosswind_offset):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the velocity at which wind and waves push a thing, without the stream.

    Parameters
    ----------
    wind_east, wind_north : float
        Where the wind at 10 m height blows to. [m/s]
    downwind_slope : float
        Drift along the wind for each unit of wind. [1]
    crosswind_slope : float
        Drift across the wind for each unit of wind; positive to the right, negative to the left. [1]
    downwind_offset, crosswind_offset : float
        Drift in the lightest wind, along it and to its right. [m/s]

    Returns
    -------
    tuple of float
        East and north; nothing in a calm, which has no downwind. [m/s]

    References
    ----------
    Allen (2005), Leeway Divergence, CG-D-05-05: downwind and crosswind components.

    Examples
    --------
    >>> east, north = drift_velocity(0.0, 10.0, 0.045, 0.013, 0.0, 0.0)  # wind from the south
    >>> round(east, 3), round(north, 3)
    (0.13, 0.45)
    """
    wind_speed = math.sqrt(wind_east * wind_east + wind_north * wind_north)
    if wind_speed <= 0.0:
        return 0.0, 0.0
    along = downwind_slope + downwind_offset / wind_speed
    right = crosswind_slope + crosswind_offset / wind_speed
    return along * wind_east + right * wind_north, along * wind_north - right * wind_east


@compiled
def jibe_chance(rate, duration):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that a drifting thing changes side.

    Parameters
    ----------
    rate : float
        Changes in a second. [1/s]
    duration : float
        How long. [s]

    Returns
    -------
    float
        4 % in an hour for the rate that gives it. [1]

    References
    ----------
    Allen (2005), Leeway Divergence, CG-D-05-05: jibing about 4 % an hour.

    Examples
    --------
    >>> round(jibe_chance(-math.log(0.96) / 3600.0, 600.0), 6)
    0.006781
    """
    return probability(rate, duration)
