"""The depth of the water: below mean sea level, and with the tide."""

from varne.compiled import compiled


@compiled
def depth_at(depth, south, west, cells_per_degree, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Interpolate the depth below mean sea level; outside the grid it is that of its edge.

    Crests of banks are smoothed by up to several metres: do not use it to say that a boat grounds.

    Parameters
    ----------
    depth : array, shape (row, column)
        Of a :class:`varne.atlas.charts.DepthGrid`. [m]
    south, west : float
        Middle of the first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    float
        Negative above mean sea level. [m]

    References
    ----------
    GEBCO_2014 grid, 30 arc seconds.

    Examples
    --------
    >>> import numpy as np
    >>> depth_at(np.array([[10.0, 20.0], [10.0, 20.0]]), 50.0, 1.0, 4.0, 50.125, 1.0625)
    12.5
    """
    rows, columns = depth.shape
    y = min(max((latitude - south) * cells_per_degree, 0.0), rows - 1.0)
    x = min(max((longitude - west) * cells_per_degree, 0.0), columns - 1.0)
    i, j = min(int(x), columns - 2), min(int(y), rows - 2)
    a, b = x - i, y - j
    below = (1.0 - a) * depth[j, i] + a * depth[j, i + 1]
    above = (1.0 - a) * depth[j + 1, i] + a * depth[j + 1, i + 1]
    return (1.0 - b) * below + b * above


@compiled
def water_depth(mean_depth, tide):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how deep the water stands when the tide is added.

    Parameters
    ----------
    mean_depth : float
        Below mean sea level. [m]
    tide : float
        Height above mean sea level. [m]

    Returns
    -------
    float
        0 where the ground is dry. [m]

    Examples
    --------
    >>> water_depth(2.0, 1.5), water_depth(-1.0, 0.5)
    (3.5, 0.0)
    """
    return max(mean_depth + tide, 0.0)
