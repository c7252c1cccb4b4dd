"""What drives an outcome: shares of its variance by designed runs (Sobol), luck taken out, each with its own error."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import sobol

from varne.compare.runs import Runs, Swapped
from varne.encounter.outcome import Interval

Array = NDArray[np.float64]
VALUES, RANKS = "values", "ranks"
SCALES = (RANKS, VALUES)
_RESAMPLES = 100  # of the bootstrap that gives the error of an index; our choice
_SURE = 0.9  # of the intervals, as everywhere
_NONE = Interval(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Driver:
    """What one fact, or all that belongs to one subject, contributes to the variance of a quantity. [1]"""

    name: str  # a dotted fact, or a subject
    alone: Interval  # first-order index: the share that would go if it were known; 90 % error of the estimate
    together: Interval  # total index: with everything it acts together with


@dataclass(frozen=True, slots=True)
class Drives:
    """What drives one outcome of one option, or its difference to the reference; the largest total first."""

    outcome: str  # deaths, p_any_death, serious_injuries or crew_harmed
    option: str
    reference: str | None  # none: the outcome itself
    scale: str  # values, or ranks: the draws put in order, so that a few extreme ones do not decide
    subjects: tuple[Driver, ...]
    facts: tuple[Driver, ...]
    spread: float  # standard deviation over what is not known, luck taken out; 0 for ranks [people, or 1]
    luck: float  # share of the variance of the runs that was luck


def drives_of(
    runs: Runs, options: Sequence[str], *, seed: int, single: Collection[str] = ("deaths",)
) -> tuple[Drives, ...]:
    """
    Find what drives each quantity of a designed experiment: on its own scale, and with the draws put in order.

    Deaths have long tails: a few draws carry most of the variance, and its shares are then badly known. The same shares
    of the ranks say what decides whether a draw is among the better or the worse.

    The two halves of a row's members share no luck: what they differ by is luck, and is taken out of every index, above
    and below the line. A share is of what is not known, not of what chance does.

    Parameters
    ----------
    runs : Runs
        From :func:`varne.compare.runs.run_design`. [people, or 1]
    options : sequence of str
        Names, by place. [1]
    seed : int
        Of the bootstrap. [1]
    single : collection of str, optional
        Outcomes for which single facts are looked at, beside subjects. [1]

    Returns
    -------
    tuple of Drives
        Two of each quantity. One that does not vary, or in which only luck does, has no drivers.

    References
    ----------
    First order: Saltelli et al. (2010), Computer Physics Communications 181:259. Total: Jansen (1999), the same 117:35.
    Ranks: Iman and Conover (1979), Technometrics 21:499.
    """
    found = []
    for column, quantity in enumerate(runs.quantities):
        named = (quantity.outcome, options[quantity.option], _name(options, quantity.reference))
        for scale in SCALES:
            rows = _Rows.of(runs, column, scale)
            if rows.known <= 0.0:
                luck = 1.0 if rows.variance > 0.0 else 0.0
                found.append(Drives(*named, scale, (), (), 0.0, luck))
                continue
            subjects = _drivers(rows, runs.subjects, column, seed)
            facts = _drivers(rows, runs.facts, column, seed) if quantity.outcome in single else ()
            spread = float(np.sqrt(rows.known)) if scale == VALUES else 0.0
            found.append(Drives(*named, scale, subjects, facts, spread, rows.noise / rows.variance))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rows:
    """One quantity on one scale: rows of both samples, halves of the first, and how much of their variance is luck."""

    scale: Callable[[Array], Array]
    first: Array  # (row,)
    second: Array  # (row,)
    halves: Array  # (half, row) of the first sample
    variance: float
    noise: float

    @property
    def known(self) -> float:
        """Return the variance without luck."""
        return self.variance - self.noise

    @classmethod
    def of(cls, runs: Runs, column: int, scale: str) -> "_Rows":
        """Put one quantity on a scale."""
        first, second = runs.first[:, :, column], runs.second[:, :, column]
        order = np.sort(np.concatenate((first.mean(axis=0), second.mean(axis=0))))
        onto = _same if scale == VALUES else partial(_in_order, order)
        rows = [onto(half.mean(axis=0)) for half in (first, second)]
        variance = float(np.concatenate(rows).var())
        noise = sum(_by_luck(onto(halves)) for halves in (first, second)) / 2.0
        return cls(onto, rows[0], rows[1], onto(first), variance, min(noise, variance))


def _drivers(rows: _Rows, swapped: Sequence[Swapped], column: int, seed: int) -> tuple[Driver, ...]:
    if not swapped:
        return ()
    names = [one.input.name for one in swapped]
    halves = [one.halves[:, :, column] for one in swapped]
    laid = np.column_stack((rows.first, *(rows.scale(one.mean(axis=0)) for one in halves), rows.second))
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    found = sobol.analyze(
        problem, laid.ravel(), calc_second_order=False, num_resamples=_RESAMPLES, conf_level=_SURE, seed=seed + 1
    )
    times = rows.variance / rows.known
    drivers = []
    for place, (name, half) in enumerate(zip(names, halves, strict=True)):
        changed = rows.scale(half) - rows.halves
        if not np.any(changed):  # it touches nothing of this: no estimate, but a certainty
            drivers.append(Driver(name, _NONE, _NONE))
            continue
        luck = _by_luck(changed) / (2.0 * rows.known)
        alone = _share(found["S1"][place] * times, found["S1_conf"][place] * times)
        drivers.append(Driver(name, alone, _share(found["ST"][place] * times - luck, found["ST_conf"][place] * times)))
    return tuple(sorted(drivers, key=lambda one: -one.together.mean))


def _same(values: Array) -> Array:
    return values


def _in_order(order: Array, values: Array) -> Array:
    """Where values stand among those of both samples, from 0 to 1; ties in their middle."""
    below, above = (np.searchsorted(order, values, side=side) for side in ("left", "right"))
    return np.asarray((below + above) / (2.0 * len(order)))


def _by_luck(halves: Array) -> float:
    """Variance by luck of the mean of two halves that share none."""
    return float(((halves[0] - halves[1]) ** 2).mean()) / 4


def _share(value: float, error: float) -> Interval:
    """An estimate with its error; a share is never below 0, whatever its estimate is."""
    return Interval(*(max(float(one), 0.0) for one in (value, value - error, value + error)))


def _name(options: Sequence[str], place: int | None) -> str | None:
    return None if place is None else options[place]
