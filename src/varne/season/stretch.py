"""Some days of a season as they are for every member: streams, light, tide."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from varne.atlas.charts import Window
from varne.atlas.embedded import tide_atlas
from varne.encounter.outlook import chart_of
from varne.encounter.records import FieldChart
from varne.encounter.setting import BLOCK, STEP, darkness, embedded_streams
from varne.encounter.survival import moments
from varne.sea.streams import tide_height
from varne.season.attempts import BEFORE_MIDNIGHT, SLOT, SLOTS
from varne.season.plan import Plan, monday_before, year_of
from varne.season.records import Stretch
from varne.season.shore import shore
from varne.units import DAY, HOUR, MINUTE

DAYS = 8  # in one stretch: its streams take 60 MB; our choice
HORIZON = 20 * HOUR  # of a voyage: a slow boat from the Somme has then arrived or drifted for long; our choice
_WATERS = Window(
    west=0.7, east=2.9, south=50.0, north=51.6
)  # what boats can reach; beyond it the stream is that of its edge
_LIGHT_INTERVAL = 10 * MINUTE  # between two looks at the sun; twilight lasts half an hour and more


def lay_out_stretch(plan: Plan, day: int) -> Stretch:
    """
    Lay out the days of a season from one of them on, at most DAYS.

    Parameters
    ----------
    plan : Plan
        From when to when. [s]
    day : int
        The first, counted from the start of the season. [1]

    Returns
    -------
    Stretch

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 3), np.int64), neutral_levels(1).reshape(1, 1, 1))
    >>> stretch = lay_out_stretch(Plan(1704067200.0, 3, 1, 1, 1, shipped_facts(), departures(), (), levels), 1)
    >>> stretch.days, stretch.number
    (2, 19724)
    """
    days = min(DAYS, plan.days - day)
    starts = plan.day_starts[day : day + days]
    mondays = monday_before(starts)
    return Stretch(
        day=day,
        days=days,
        number=round(starts[0] / DAY),
        seed=np.uint64(plan.seed),
        step=STEP,
        steps=round(HORIZON / STEP),
        block=BLOCK,
        weeks=np.searchsorted(plan.week_starts, mondays),
        # Of the year in which its week begins, like every other count; a first week is of the season's first year.
        years=np.searchsorted(plan.years, np.maximum(year_of(mondays), plan.years[0])),
        tide=tides_around(float(starts[0]), days),
        darkness=light(float(starts[0]), days),
        before=BEFORE_MIDNIGHT,
        # All DAYS, though the season may end before: products of matrices may round by how many times they are of.
        streams=streams_of(float(starts[0]), DAYS),
        moments=moments(HORIZON),
    )


@lru_cache(maxsize=2)
def streams_of(start: float, days: int) -> FieldChart:
    """
    Predict the tidal streams of some days and of the voyages that begin in them.

    Parameters
    ----------
    start : float
        The first midnight, since 1970 UTC. [s]
    days : int
        How many. [1]

    Returns
    -------
    FieldChart
        Its start counts from the first midnight. [m/s]

    Examples
    --------
    >>> streams_of(1704067200.0, 1).values.ndim
    5
    """
    field = embedded_streams(start - BEFORE_MIDNIGHT, BEFORE_MIDNIGHT + days * DAY + HORIZON, _WATERS)
    return chart_of(field, start)


@lru_cache(maxsize=2)
def light(start: float, days: int) -> NDArray[np.float64]:
    """
    Return how dark it is in the middle of the strait at each step of the voyage kernel.

    Parameters
    ----------
    start : float
        The first midnight, since 1970 UTC. [s]
    days : int
        How many. [1]

    Returns
    -------
    array, shape (step,)
        From the first possible launch to the end of the last voyage: 1 at night, 0 by day. [1]

    Examples
    --------
    >>> float(light(1704067200.0, 1)[0])  # New Year's Eve, eight in the evening
    1.0
    """
    begins, ends = start - BEFORE_MIDNIGHT, start + days * DAY + HORIZON
    looks = np.arange(begins, ends + _LIGHT_INTERVAL, _LIGHT_INTERVAL)
    middle = (_WATERS.south + _WATERS.north) / 2.0, (_WATERS.west + _WATERS.east) / 2.0
    steps = np.arange(begins, ends, STEP)
    return np.asarray(np.interp(steps, looks, darkness(*middle, looks)))


@lru_cache(maxsize=2)
def tides_around(start: float, days: int) -> NDArray[np.float64]:
    """
    Return the tide at each launch place in the half hours in which boats may leave.

    Parameters
    ----------
    start : float
        The first midnight, since 1970 UTC. [s]
    days : int
        How many. [1]

    Returns
    -------
    array, shape (day, place, slot)
        Height at the middle of each half hour. [m]

    Examples
    --------
    >>> tides_around(1704067200.0, 2).shape
    (2, 14, 24)
    """
    slots = (np.arange(SLOTS) + 0.5) * SLOT - BEFORE_MIDNIGHT
    times = start + DAY * np.arange(days)[:, np.newaxis] + slots
    places = zip(shore().latitude, shore().longitude, strict=True)
    heights = [tide_height(tide_atlas(), *place, times=times.ravel()).reshape(times.shape) for place in places]
    return np.ascontiguousarray(np.stack(heights, axis=1))
