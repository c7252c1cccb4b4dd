"""Tracks of ships: reported positions, thinned and joined into legs and passages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.earth import DEGREE, RADIUS
from varne.units import KNOT, MINUTE

GAP = 15 * MINUTE  # positions further apart in time are not joined; our choice, 3.5 nautical miles at 14 knots
_THINNED = MINUTE  # one position of each ship in so much time is kept; our choice, a fifth of a cell at 14 knots
_SLOWEST = 1.0 * KNOT  # slower is at anchor or at a berth, and ends a passage; our choice
_FASTEST = 60.0 * KNOT  # faster is a wrong position or two ships that send one number; our choice


@dataclass(frozen=True, slots=True)
class Reports:
    """Positions that ships sent. The number of a ship serves to join its positions and goes nowhere else."""

    ship: NDArray[np.int64]  # (report,)
    time: NDArray[np.float64]  # (report,) since 1970-01-01T00:00Z [s]
    latitude: NDArray[np.float64]  # (report,) [deg]
    longitude: NDArray[np.float64]  # (report,) [deg]
    speed: NDArray[np.float64]  # (report,) over the ground, nan where not sent [m/s]


@dataclass(frozen=True, slots=True)
class Legs:
    """Straight ways between two positions of one ship under way; sorted by passage."""

    ship: NDArray[np.int64]  # (leg,) place of the ship among all, not the number it sends
    passage: NDArray[np.int64]  # (leg,) legs without a gap or a rest between them
    time: NDArray[np.float64]  # (leg,) of its beginning, since 1970-01-01T00:00Z [s]
    latitude: NDArray[np.float64]  # (leg, end) [deg]
    longitude: NDArray[np.float64]  # (leg, end) [deg]
    east: NDArray[np.float64]  # (leg,) [m]
    north: NDArray[np.float64]  # (leg,) [m]
    speed: NDArray[np.float64]  # (leg,) over the ground: sent at both ends, or else distance over time [m/s]


def thinned(parts: list[Reports]) -> Reports:
    """
    Keep the first position of each ship in each minute, in order of ship and time.

    The order in which positions come makes no difference, nor does thinning parts of them first.

    Parameters
    ----------
    parts : list of Reports
        In any order. [deg]

    Returns
    -------
    Reports

    Examples
    --------
    >>> one = Reports(*(np.array(x) for x in ([7, 7], [70.0, 61.0], [51.0, 50.0], [1.0, 1.0], [5.0, 5.0])))
    >>> thinned([one, one]).latitude
    array([50.])
    """
    names = ("ship", "time", "latitude", "longitude", "speed")
    ship, time, *rest = (np.concatenate([getattr(part, name) for part in parts]) for name in names)
    order = np.lexsort((*reversed(rest), time, ship))
    ship, minute = ship[order], np.floor(time[order] / _THINNED)
    first = np.ones(len(order), np.bool_)
    first[1:] = (ship[1:] != ship[:-1]) | (minute[1:] != minute[:-1])
    kept = order[first]
    return Reports(ship[first], time[kept], *(column[kept] for column in rest))


def joined(reports: Reports, *, gap: float = GAP) -> Legs:
    """
    Join the positions of each ship into legs, and legs into passages.

    A gap in time, a rest and a leap that no ship makes end a passage; nothing is put between its ends.

    Parameters
    ----------
    reports : Reports
        Of :func:`thinned`. [deg]
    gap : float
        Positions further apart in time are not joined. [s]

    Returns
    -------
    Legs

    Examples
    --------
    >>> columns = [7, 7, 7], [0.0, 100.0, 200.0], [51.0, 51.01, 51.02], [1.5, 1.5, 1.5], [np.nan] * 3
    >>> legs = joined(Reports(*(np.array(column) for column in columns)))
    >>> legs.speed.round(1), legs.passage
    (array([11.1, 11.1]), array([0, 0]))
    """
    ships = np.unique(reports.ship, return_inverse=True)[1].astype(np.int64)
    latitude = np.column_stack((reports.latitude[:-1], reports.latitude[1:]))
    longitude = np.column_stack((reports.longitude[:-1], reports.longitude[1:]))
    east = np.diff(reports.longitude) * np.cos(latitude.mean(axis=1) * DEGREE) * RADIUS * DEGREE
    north = np.diff(reports.latitude) * RADIUS * DEGREE
    took = np.diff(reports.time)
    with np.errstate(divide="ignore", invalid="ignore"):
        made = np.hypot(east, north) / took
    sent = (reports.speed[:-1] + reports.speed[1:]) / 2.0
    sails = (np.diff(ships) == 0) & (took > 0.0) & (took <= gap) & (made >= _SLOWEST) & (made <= _FASTEST)
    passage = np.cumsum(~sails)[sails]
    passage = np.unique(passage, return_inverse=True)[1].astype(np.int64)
    speed = np.where(np.isnan(sent), made, sent)[sails]
    return Legs(
        ships[:-1][sails], passage, reports.time[:-1][sails], latitude[sails], longitude[sails], east[sails],
        north[sails], speed,
    )  # fmt: skip
