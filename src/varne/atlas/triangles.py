"""Finding the triangle of a mesh in which a point lies."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

_NEAREST = 12  # triangles tried for each point; the mesh has no slivers
_INSIDE = -1e-9


def locate(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    triangles: NDArray[np.int32],
    *,
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """
    Find the triangle and the weights of its corners for each point; a point outside takes the nearest place inside.

    Parameters
    ----------
    longitude, latitude : array, shape (node,)
        The mesh. [deg]
    triangles : array, shape (triangle, 3)
        Nodes of each triangle. [1]
    at : pair of arrays, shape (point,)
        Longitudes and latitudes. [deg]

    Returns
    -------
    triangle : array, shape (point,)
        Which triangle. [1]
    weights : array, shape (point, 3)
        Shares of its corners, never negative, sum 1. [1]

    Examples
    --------
    >>> corner = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    >>> at = np.array([0.25, 5.0]), np.array([0.5, 0.0])
    >>> which, weights = locate(*corner, np.array([[0, 1, 2]], np.int32), at=at)
    >>> weights.round(3)
    array([[0.25, 0.25, 0.5 ],
           [0.  , 1.  , 0.  ]])
    """
    stretch = np.cos(np.radians(latitude.mean()))
    x, y = longitude * stretch, latitude
    points = np.column_stack((np.ravel(at[0]) * stretch, np.ravel(at[1])))
    centres = np.column_stack((x[triangles].mean(axis=1), y[triangles].mean(axis=1)))
    count = min(_NEAREST, len(triangles))
    _, tried = cKDTree(centres).query(points, k=count)
    tried = np.asarray(tried).reshape(len(points), count)
    best = tried[:, 0].astype(np.int64)
    weights = _weights(x, y, triangles[best], points)
    lost = np.flatnonzero(weights.min(axis=1) < _INSIDE)
    for place in range(1, count):
        candidate = tried[lost, place]
        found = _weights(x, y, triangles[candidate], points[lost])
        inside = found.min(axis=1) >= _INSIDE
        best[lost[inside]] = candidate[inside]
        weights[lost[inside]] = found[inside]
        lost = lost[~inside]
    weights[lost] = _clip(x, y, triangles[best[lost]], points[lost])
    return best, np.maximum(weights, 0.0)


def _weights(
    x: NDArray[np.float64], y: NDArray[np.float64], corners: NDArray[np.int32], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area coordinates of points in their triangles."""
    x_0, y_0 = x[corners[:, 0]], y[corners[:, 0]]
    x_1, y_1 = x[corners[:, 1]] - x_0, y[corners[:, 1]] - y_0
    x_2, y_2 = x[corners[:, 2]] - x_0, y[corners[:, 2]] - y_0
    x_p, y_p = points[:, 0] - x_0, points[:, 1] - y_0
    twice_area = x_1 * y_2 - x_2 * y_1
    second = (x_p * y_2 - x_2 * y_p) / twice_area
    third = (x_1 * y_p - x_p * y_1) / twice_area
    return np.column_stack((1.0 - second - third, second, third))


def _clip(
    x: NDArray[np.float64], y: NDArray[np.float64], corners: NDArray[np.int32], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of the place in each triangle that is nearest to a point outside it, which lies on one of three sides."""
    weights = np.zeros((len(points), 3))
    nearest = np.full(len(points), np.inf)
    for first, second in ((0, 1), (1, 2), (2, 0)):
        start = np.column_stack((x[corners[:, first]], y[corners[:, first]]))
        side = np.column_stack((x[corners[:, second]], y[corners[:, second]])) - start
        along = np.clip(((points - start) * side).sum(axis=1) / (side**2).sum(axis=1), 0.0, 1.0)
        away = ((points - start - along[:, None] * side) ** 2).sum(axis=1)
        closer = away < nearest
        nearest = np.minimum(away, nearest)
        weights[closer] = 0.0
        weights[closer, first] = 1.0 - along[closer]
        weights[closer, second] = along[closer]
    return weights
