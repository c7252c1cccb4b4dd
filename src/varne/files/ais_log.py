"""What was read of AIS files: positions and sizes of ships, and a tally of what was read and refused."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from varne.atlas.charts import DOMAIN
from varne.sea.tracks import Reports, thinned
from varne.units import KNOT

NO_LATITUDE, NO_LONGITUDE, NO_SPEED = 91.0, 181.0, 102.3  # sent for "not available": ITU-R M.1371-5, annex 8, table 48
_LONGEST, _WIDEST = 500.0, 100.0  # no ship is larger [m]; a larger size is a slip of the hand
_BLOCK = 200_000  # positions held before they are thinned; our choice, some 10 MB


@dataclass(frozen=True, slots=True)
class AisLog:
    """
    Positions of all ships in the sea that Varne knows, thinned to one a minute; sizes of those that sent them.

    The number of a ship stands in ``reports`` and ``sizes`` to join them, and is never written or shown.
    """

    reports: Reports
    sizes: Mapping[int, tuple[float, float]]  # length and beam of a ship [m]
    hours: frozenset[int]  # since 1970 in which any message came
    first: float  # message, since 1970-01-01T00:00Z [s]
    last: float  # message, since 1970-01-01T00:00Z [s]
    read: Mapping[str, int]  # messages by type
    refused: Mapping[str, int]  # lines and positions by reason


@dataclass(slots=True)
class Gathering:
    """A log while it is read; its memory grows with the minutes that ships are in sight, not with the messages."""

    rows: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    kept: list[Reports] = field(default_factory=list)
    sizes: dict[int, tuple[float, float]] = field(default_factory=dict)
    hours: set[int] = field(default_factory=set)
    first: float = np.inf
    last: float = -np.inf
    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def heard(self, time: float) -> None:
        """
        Note that a message came.

        Parameters
        ----------
        time : float
            Since 1970-01-01T00:00Z. [s]

        Returns
        -------
        None

        Examples
        --------
        >>> gathering = Gathering()
        >>> gathering.heard(7300.0)
        >>> gathering.hours
        {2}
        """
        self.hours.add(int(time // 3600.0))
        self.first, self.last = min(self.first, time), max(self.last, time)

    def place(self, ship: int, time: float, latitude: float, longitude: float, speed: float | None) -> None:
        """
        Take a position, or refuse it with a reason.

        Parameters
        ----------
        ship : int
            Its number. [1]
        time : float
            Since 1970-01-01T00:00Z. [s]
        latitude, longitude : float
            91 and 181 where not available. [deg]
        speed : float or None
            Over the ground, 102.3 where not available. [kn]

        Returns
        -------
        None

        Examples
        --------
        >>> gathering = Gathering()
        >>> gathering.place(1, 0.0, 91.0, 181.0, None)
        >>> dict(gathering.refused)
        {'position not available': 1}
        """
        if latitude >= NO_LATITUDE or longitude >= NO_LONGITUDE:
            self.refused["position not available"] += 1
        elif not (abs(latitude) <= 90.0 and abs(longitude) <= 180.0):
            self.refused["position off the globe"] += 1
        elif not (DOMAIN.south <= latitude <= DOMAIN.north and DOMAIN.west <= longitude <= DOMAIN.east):
            self.refused["position outside the sea that Varne knows"] += 1
        else:
            known = speed is not None and 0.0 <= speed < NO_SPEED
            self.rows.append((ship, time, latitude, longitude, speed * KNOT if known and speed is not None else np.nan))
            if len(self.rows) >= _BLOCK:
                self._thin()

    def size(self, ship: int, length: float, beam: float) -> None:
        """
        Take the size of a ship; of several sizes the largest counts, in whatever order they come.

        Parameters
        ----------
        ship : int
            Its number. [1]
        length, beam : float
            0 where not available. [m]

        Returns
        -------
        None

        Examples
        --------
        >>> gathering = Gathering()
        >>> gathering.size(1, 180.0, 28.0)
        >>> gathering.size(1, 0.0, 0.0)
        >>> gathering.sizes
        {1: (180.0, 28.0)}
        """
        if 0.0 < length <= _LONGEST and 0.0 < beam <= _WIDEST:
            self.sizes[ship] = max(self.sizes.get(ship, (0.0, 0.0)), (length, beam))

    def finished(self) -> AisLog:
        """
        Return what was gathered.

        Returns
        -------
        AisLog

        Examples
        --------
        >>> len(Gathering().finished().reports.ship)
        0
        """
        self._thin()
        sums = dict(sorted(self.read.items())), dict(sorted(self.refused.items()))
        reports = thinned(self.kept)
        return AisLog(reports, self.sizes, frozenset(self.hours), self.first, self.last, *sums)

    def _thin(self) -> None:
        """Thin what came; parts of like size are merged, so that each position is sorted a few times only."""
        ship, *rest = ([row[place] for row in self.rows] for place in range(5))
        columns = [np.array(column, np.float64) for column in rest]
        self.kept.append(thinned([Reports(np.array(ship, np.int64), *columns)]))
        self.rows.clear()
        while len(self.kept) > 1 and 2 * len(self.kept[-1].ship) >= len(self.kept[-2].ship):
            self.kept.append(thinned([self.kept.pop(), self.kept.pop()]))
