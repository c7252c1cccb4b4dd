"""The plan of a season: from when to when, under which policies, with how many members."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.options import Option
from varne.facts.tables import Facts
from varne.season.levels import Levels
from varne.units import DAY

_EPOCH = 1970  # year from which times count
_WEEK = 7 * DAY  # [s], exact
_MONDAY = 4 * DAY  # 1970-01-05, the first Monday after the epoch [s]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a season is computed from."""

    start: float  # midnight UTC of the first day, since 1970 [s]
    days: int
    draws: int  # epistemic
    replicates: int  # of each draw
    seed: int
    facts: Facts
    options: tuple[
        Option, ...
    ]  # the table to which `intercept_option` points; the first three: alone, watched, escorted
    levels: Levels

    @property
    def day_starts(self) -> NDArray[np.float64]:
        """
        Return the midnights at which the days of the season begin.

        Returns
        -------
        array, shape (day,)
            Since 1970 UTC. [s]
        """
        return self.start + DAY * np.arange(self.days, dtype=np.float64)

    @property
    def week_starts(self) -> NDArray[np.float64]:
        """
        Return the Mondays on which the weeks of the season begin; the first may lie before its first day.

        Returns
        -------
        array, shape (week,)
            Since 1970 UTC. [s]
        """
        return np.unique(monday_before(self.day_starts))

    @property
    def years(self) -> NDArray[np.int64]:
        """
        Return the calendar years that the season touches.

        Returns
        -------
        array, shape (year,)
            [1]
        """
        return np.unique(year_of(self.day_starts))


def monday_before(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return the start of the week that each time lies in: Monday at midnight UTC.

    Parameters
    ----------
    times : array, shape (time,)
        Since 1970 UTC. [s]

    Returns
    -------
    array, shape (time,)
        Since 1970 UTC. [s]

    Examples
    --------
    >>> monday_before(np.array([1704067200.0, 1704585600.0])) / 86400 % 7  # Monday 1 and Sunday 7 January 2024
    array([4., 4.])
    """
    return np.asarray(times - (times - _MONDAY) % _WEEK)


def year_of(times: NDArray[np.float64]) -> NDArray[np.int64]:
    """
    Return the calendar year that each time lies in, UTC.

    Parameters
    ----------
    times : array, shape (time,)
        Since 1970 UTC. [s]

    Returns
    -------
    array, shape (time,)
        [1]

    Examples
    --------
    >>> year_of(np.array([0.0, 1704067200.0]))
    array([1970, 2024])
    """
    return np.asarray(_EPOCH + times.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64))
