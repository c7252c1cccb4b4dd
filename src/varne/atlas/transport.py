"""Water that passes the strait: the band through which it is counted."""

import numpy as np
from numpy.typing import NDArray

from varne.atlas.harmonic import RADIUS, Elements

# From north-east of Dover to the beach between Gris-Nez and Calais: (latitude, longitude) [deg].
_ENGLISH, _FRENCH = (51.125, 1.33), (50.93, 1.72)
_HALF_WIDTH, _BEYOND = 3300.0, 5600.0  # of the band on both sides, and past its ends [m]


def transport(
    elements: Elements,
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    *,
    flow: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> float:
    """
    Return how much water passes the Dover Strait to the north-east, mean over a band across it.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    longitude, latitude : array, shape (node,)
        The mesh. [deg]
    flow : pair of arrays, shape (triangle,)
        Depth times stream, towards east and north. [m²/s]

    Returns
    -------
    float
        Positive to the north-east. [m³/s]

    Examples
    --------
    >>> transport.__name__
    'transport'
    """
    metres = np.radians(RADIUS)
    stretch = np.cos(np.radians((_ENGLISH[0] + _FRENCH[0]) / 2.0))
    x = (longitude[elements.triangles].mean(axis=1) - _ENGLISH[1]) * stretch * metres
    y = (latitude[elements.triangles].mean(axis=1) - _ENGLISH[0]) * metres
    side = np.array([(_FRENCH[1] - _ENGLISH[1]) * stretch, _FRENCH[0] - _ENGLISH[0]]) * metres
    length = float(np.hypot(*side))
    east, north = side / length
    along, across = x * east + y * north, y * east - x * north
    band = (np.abs(across) < _HALF_WIDTH) & (along > -_BEYOND) & (along < length + _BEYOND)
    through = flow[1] * east - flow[0] * north
    return float((through * elements.area)[band].sum() / (2.0 * _HALF_WIDTH))
