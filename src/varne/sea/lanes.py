"""Traffic lanes: whether a position lies in one, which way its ships go, and how wide it is."""

from varne.compiled import inlined

NONE, SOUTH_WEST_GOING, NORTH_EAST_GOING = 0, 1, 2


@inlined
def lane_at(code, flow_towards, width, south, west, cells_per_degree, latitude, longitude):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Look up the traffic lane at a position; outside the grid there is none.

    Parameters
    ----------
    code, flow_towards, width : array, shape (row, column)
        Of a :class:`varne.atlas.charts.LaneGrid`. [1, rad, m]
    south, west : float
        Edges of the first cell. [deg]
    cells_per_degree : float
        Fineness. [1/deg]
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    code : int
        0 none, 1 south-west-going, 2 north-east-going. [1]
    flow_towards : float
        Which way the ships go, clockwise from north; 0 outside the lanes. [rad]
    width : float
        Across the flow; 0 outside the lanes. [m]

    References
    ----------
    Traffic separation schemes of OpenStreetMap; COLREG.2/Circ.59, annex 8.

    Examples
    --------
    >>> import numpy as np
    >>> code = np.array([[0, 2]], np.uint8)
    >>> flow, width = np.array([[0.0, 0.5]], np.float32), np.array([[0.0, 8000.0]], np.float32)
    >>> lane_at(code, flow, width, 50.0, 1.0, 10.0, 50.05, 1.15)
    (2, 0.5, 8000.0)
    >>> lane_at(code, flow, width, 50.0, 1.0, 10.0, 50.05, 1.25)
    (0, 0.0, 0.0)
    """
    y = (latitude - south) * cells_per_degree
    x = (longitude - west) * cells_per_degree
    if not (0.0 <= y < code.shape[0] and 0.0 <= x < code.shape[1]):
        return 0, 0.0, 0.0
    row, column = int(y), int(x)
    kind = int(code[row, column])
    if kind == NONE:
        return 0, 0.0, 0.0
    return kind, float(flow_towards[row, column]), float(width[row, column])
