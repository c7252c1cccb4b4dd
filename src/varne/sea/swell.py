"""Swell: waves that other winds have raised elsewhere, on their way into the strait."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.compiled import compiled
from varne.earth import DEGREE, RADIUS
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_value, weibull_quantile

# Where swell enters: about the buoy of WaveNet off Hastings (Cefas), and the middle of the northern line of the
# tide model. [deg]
WEST_ENTRY, NORTH_ENTRY = (50.746, 0.753), (51.75, 2.40)
# From Hastings to the beach of Gravelines, where its loss was noted: 99 km [m], derived from the two positions.
NOTED_RUN = 99e3
# Down the axis of the strait from either entry; our choice. [rad]
FROM_WEST_TOWARDS, FROM_NORTH_TOWARDS = 65.0 * DEGREE, 210.0 * DEGREE


def usual_swell(chance: ArrayLike, times: ArrayLike) -> NDArray[np.float64]:
    """
    Turn uniform numbers into swell heights of the season where it enters the strait.

    Parameters
    ----------
    chance : array, shape (member,)
        On (0, 1). [1]
    times : array, shape (1,) or (member,)
        Since 1970-01-01T00:00Z. [s]

    Returns
    -------
    array, shape (member,)
        Significant height at the entry. [m]

    Raises
    ------
    BadTime
        Outside 1950 to 2100.

    Examples
    --------
    >>> usual_swell([0.5], [1705276800.0]).round(2)  # 15 January 2024
    array([0.44])
    """
    mean = monthly_value(climate_table("swell_height").values, times)
    return weibull_quantile(chance, mean, shape=float(climate_table("swell_height_shape").values[0]))


@compiled
def swell_run(latitude, longitude, entry_latitude, entry_longitude, towards):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how far swell has run along its way since it entered the strait.

    Parameters
    ----------
    latitude, longitude : float
        Where it is. [deg]
    entry_latitude, entry_longitude : float
        Where it came in. [deg]
    towards : float
        Its way, clockwise from north. [rad]

    Returns
    -------
    float
        Negative before the entry. [m]

    Examples
    --------
    >>> round(swell_run(51.02, 2.10, *WEST_ENTRY, FROM_WEST_TOWARDS) / 1000.0)
    99
    """
    metres = RADIUS * DEGREE
    north = (latitude - entry_latitude) * metres
    east = (longitude - entry_longitude) * metres * math.cos(entry_latitude * DEGREE)
    return north * math.cos(towards) + east * math.sin(towards)


@compiled
def swell_left(run, keeps):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share of its height that swell keeps on its way through the strait.

    Parameters
    ----------
    run : float
        Since it entered; nothing is lost before. [m]
    keeps : float
        Share of the height left after :data:`NOTED_RUN`, above 0. [1]

    Returns
    -------
    float
        The same share is lost on every kilometre. [1]

    Examples
    --------
    >>> swell_left(-1e3, 0.55), round(swell_left(NOTED_RUN / 2.0, 0.55), 3)
    (1.0, 0.742)
    """
    return keeps ** (max(run, 0.0) / NOTED_RUN)
