"""A sweep: an outcome as a curve over what a policy leaves open, such as deterrence, which is assumed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.outcome import Interval
from varne.errors import BadMembers
from varne.season.economics import paired_interval
from varne.season.levels import NEUTRAL
from varne.season.plan import Plan

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the range, the same number of draws in each."""

    value: float  # of the lever: the mean of its draws [SI]
    outcome: Interval  # of the draws whose lever lies there [unit]
    draws: int


def lever_drawn(plan: Plan, policy: int, lever: str) -> Array:
    """
    Return what each draw has for a lever that a policy leaves open, over the days on which it is set.

    Parameters
    ----------
    plan : Plan
        With its levels. [SI]
    policy : int
        Its place in the plan. [1]
    lever : str
        One of the levels. [1]

    Returns
    -------
    array, shape (draw,)
        The value furthest from the neutral one that any day has. [SI]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 7), dtype=np.int64), neutral_levels(2)[np.newaxis, np.newaxis])
    >>> lever_drawn(Plan(0.0, 7, 2, 1, 1, shipped_facts(), departures(), (), levels), 0, "deterrence")
    array([0., 0.])
    """
    periods = np.unique(plan.levels.period_of_day[policy])
    values = plan.levels.levels[lever][policy, periods]  # (period, draw)
    neutral = NEUTRAL[lever]
    furthest = np.argmax(np.abs(values - neutral), axis=0)
    return np.asarray(np.take_along_axis(values, furthest[np.newaxis], axis=0)[0])


def curve_over(values: Array, outcome: Array, *, parts: int) -> tuple[Part, ...]:
    """
    Lay an outcome out over a lever: the draws sorted by it and cut into parts with as many draws in each.

    Parameters
    ----------
    values : array, shape (draw,)
        Of the lever. [SI]
    outcome : array, shape (draw, replicate)
        Any outcome, or paired difference. [unit]
    parts : int
        Into how many parts. [1]

    Returns
    -------
    tuple of Part
        By rising lever. It carries no probability: the range is assumed.

    Raises
    ------
    BadMembers
        If there are fewer draws than two for each part.

    Examples
    --------
    >>> lever = np.linspace(-0.5, 0.1, 100)
    >>> curve = curve_over(lever, (1000.0 * lever)[:, np.newaxis], parts=4)
    >>> [round(one.outcome.mean) for one in curve]
    [-427, -276, -124, 27]
    """
    if len(values) < 2 * parts:
        raise BadMembers(f"{len(values)} draws cannot be cut into {parts} parts; ask for {2 * parts} or more.")
    pieces = np.array_split(np.argsort(values, kind="stable"), parts)
    return tuple(Part(float(values[part].mean()), paired_interval(outcome[part]), len(part)) for part in pieces)
