"""A gate across the strait: the ships that pass it, lane by lane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import LaneGrid
from varne.sea.lanes import NONE, NORTH_EAST_GOING, SOUTH_WEST_GOING
from varne.sea.tracks import Legs

# From the English to the French coast across both lanes off Dover: the test transect of the seamarks, on which their
# edges were measured (OpenStreetMap).
GATE = ((51.12, 1.20), (50.80, 1.75))
LANE_NAMES = {SOUTH_WEST_GOING: "south-west lane", NORTH_EAST_GOING: "north-east lane", NONE: "outside the lanes"}


@dataclass(frozen=True, slots=True)
class Passed:
    """Ships that passed the gate in one lane, or outside the lanes; one entry for each passage."""

    lane: int  # a key of LANE_NAMES
    speed: NDArray[np.float64]  # (passage,) [m/s]
    length: NDArray[np.float64]  # (passage,) nan where not sent [m]
    against: int  # passages against the flow of the lane


def passed_gate(legs: Legs, lanes: LaneGrid, lengths: NDArray[np.float64]) -> tuple[Passed, ...]:
    """
    Find the passages that cross the gate.

    Parameters
    ----------
    legs : Legs
        Of :func:`varne.sea.tracks.joined`. [m]
    lanes : LaneGrid
        Where the lanes lie. [1]
    lengths : array, shape (ship,)
        Of each ship, nan where not sent. [m]

    Returns
    -------
    tuple of Passed
        For each of LANE_NAMES. A passage that crosses one lane several times counts once.

    Examples
    --------
    >>> from varne.atlas.embedded import lane_grid
    >>> from varne.sea.tracks import Reports, joined
    >>> columns = [7, 7], [0.0, 600.0], [51.023, 50.993], [1.417, 1.367], [np.nan] * 2
    >>> legs = joined(Reports(*(np.array(column) for column in columns)))
    >>> [len(one.speed) for one in passed_gate(legs, lane_grid(), np.array([180.0]))]
    [1, 0, 0]
    """
    start, end = np.array(GATE)
    along = end - start
    first = np.column_stack((legs.latitude[:, 0], legs.longitude[:, 0])) - start
    leg = np.column_stack((legs.latitude[:, 1], legs.longitude[:, 1])) - start - first
    turn = along[0] * leg[:, 1] - along[1] * leg[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        on_gate = (first[:, 0] * leg[:, 1] - first[:, 1] * leg[:, 0]) / turn
        on_leg = (first[:, 0] * along[1] - first[:, 1] * along[0]) / turn
    crossed = np.flatnonzero((on_gate >= 0.0) & (on_gate < 1.0) & (on_leg >= 0.0) & (on_leg < 1.0))
    place = start + on_gate[crossed, None] * along
    row = np.floor((place[:, 0] - lanes.south) * lanes.cells_per_degree).astype(int)
    column = np.floor((place[:, 1] - lanes.west) * lanes.cells_per_degree).astype(int)
    code, flow = lanes.code[row, column], lanes.flow_towards[row, column]
    with_flow = legs.east[crossed] * np.sin(flow) + legs.north[crossed] * np.cos(flow) > 0.0
    found = []
    for lane in LANE_NAMES:
        here = np.flatnonzero(code == lane)
        here = here[np.unique(legs.passage[crossed[here]], return_index=True)[1]]
        against = int(np.sum(~with_flow[here])) if lane != NONE else 0
        ships = crossed[here]
        found.append(Passed(lane, legs.speed[ships], lengths[legs.ship[ships]], against))
    return tuple(found)
