"""What drives an outcome: shares of its variance by designed runs (Sobol), luck taken out, each with its own error."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import sobol

from varne.compare.runs import SINGLE, Runs, Swapped
from varne.draws import uniforms
from varne.encounter.outcome import HIGH, LOW, Interval

Array = NDArray[np.float64]
VALUES, RANKS = "values", "ranks"
SCALES = (RANKS, VALUES)
_RESAMPLES = 100  # of the bootstrap that gives the error of an index; our choice
_FLAT = 1e-12  # standard deviations, or shares of all ranks: rounding
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


def drives_of(runs: Runs, options: Sequence[str], *, seed: int, single: Collection[str] = SINGLE) -> tuple[Drives, ...]:
    """
    Find what drives each quantity of a designed experiment: on its own scale, and with the draws put in order.

    Deaths have long tails: a few draws carry most of the variance, and its shares are then badly known. The same shares
    of the ranks say what decides whether a draw is among the better or the worse: the rank that half of a row's members
    have among all such halves, as it is expected over luck.

    The two halves of a row's members share no luck. Every variance and every index is of products of the one half with
    the other, so luck has no part in it, above or below the line. A share is of what is not known, not of what chance
    does. Its error is a bootstrap over rows of all of it at once: the share of a variance that is hardly known is
    hardly known.

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
            rows = _Rows._of(runs, column, scale, seed)
            if not rows._told():
                found.append(Drives(*named, scale, (), (), 0.0, 1.0 if rows.variance > 0.0 else 0.0))
                continue
            subjects = _drivers(rows, runs.subjects, column)
            facts = _drivers(rows, runs.facts, column) if quantity.outcome in single else ()
            spread = float(np.sqrt(rows.known)) if scale == VALUES else 0.0
            found.append(Drives(*named, scale, subjects, facts, spread, 1.0 - rows.known / rows.variance))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rows:
    """One quantity on one scale: of each sample what its halves have in common, and half of what they differ by."""

    scale: Callable[[Array], Array]
    first: tuple[Array, Array]  # (row,) each
    second: tuple[Array, Array]
    variance: float
    known: float  # variance without luck
    resamples: NDArray[np.int64]  # (row, resample)
    known_again: Array  # (resample,) the same variance

    def _told(self) -> bool:
        """Whether anything but luck varies, beyond the error of its variance."""
        return self.known > 0.0 and float(np.quantile(self.known_again, LOW)) > 0.0

    @classmethod
    def _of(cls, runs: Runs, column: int, scale: str, seed: int) -> "_Rows":
        """Put one quantity on a scale."""
        first, second = runs.first[:, :, column], runs.second[:, :, column]
        every = np.concatenate((first, second), axis=1)
        middle, size = float(every.mean()), float(every.std())
        onto = partial(_in_size, middle, size) if scale == VALUES else partial(_in_order, np.sort(every.ravel()))
        one, other = _parted(onto(first)), _parted(onto(second))
        rows = first.shape[1]
        again = np.column_stack(
            [(uniforms(f"rows {n}", rows, seed) * rows).astype(np.int64) for n in range(_RESAMPLES)]
        )
        unit = size**2 if scale == VALUES else 1.0
        known = unit * float(_known(one, other, np.arange(rows)))
        variance = unit * float(np.concatenate((one[0], other[0])).var())
        return cls(onto, one, other, variance, min(known, variance), again, unit * _known(one, other, again))


def _drivers(rows: _Rows, swapped: Sequence[Swapped], column: int) -> tuple[Driver, ...]:
    drivers = []
    for one in swapped:
        parted = _parted(rows.scale(one.halves[:, :, column]))
        if np.array_equal(parted, rows.first):  # it touches nothing of this: no estimate, but a certainty
            drivers.append(Driver(one.input.name, _NONE, _NONE))
            continue
        whole = np.arange(len(rows.first[0]))
        alone, together = (
            _share(float(_index(estimator, rows, parted, whole)[0]), _index(estimator, rows, parted, rows.resamples))
            for estimator in (sobol.first_order, sobol.total_order)
        )
        drivers.append(Driver(one.input.name, alone, together))
    return tuple(sorted(drivers, key=lambda one: -one.together.mean))


def _index(
    estimator: Callable[[Array, Array, Array], Array],
    rows: _Rows,
    swapped: tuple[Array, Array],
    taken: NDArray[np.int64],
) -> Array:
    """
    Return an index of the product of the two halves, for each choice of rows.

    An estimator is a sum of squares or products over the variance; by polarisation, that of the product of two halves
    is that of their mean less that of half their difference.
    """
    parts = []
    for part in range(2):
        first, changed, second = (one[part][taken] for one in (rows.first, swapped, rows.second))
        variance = np.concatenate((first, second)).var(axis=0)
        flat = np.ptp(np.concatenate((first, second))) <= _FLAT
        parts.append(np.zeros_like(variance) if flat else estimator(first, changed, second) * variance)
    known = _known(rows.first, rows.second, taken)
    return np.atleast_1d(np.divide(parts[0] - parts[1], known, out=np.ones_like(known), where=known > 0.0))


def _known(first: tuple[Array, Array], second: tuple[Array, Array], taken: NDArray[np.int64]) -> Array:
    """Covariance of the two halves, for each choice of rows."""
    common, apart = (
        np.concatenate((one[taken], other[taken])).var(axis=0) for one, other in zip(first, second, strict=True)
    )
    return np.asarray(common - apart)


def _parted(halves: Array) -> tuple[Array, Array]:
    """Mean of two halves, and half of what they differ by."""
    return (halves[0] + halves[1]) / 2.0, (halves[0] - halves[1]) / 2.0


def _in_size(middle: float, size: float, values: Array) -> Array:
    """Values about their mean, in standard deviations: an estimator of products loses by a mean far from 0."""
    return np.asarray((values - middle) / size) if size > 0.0 else np.zeros_like(values)


def _in_order(order: Array, values: Array) -> Array:
    """Where values stand among all halves, about the middle, from -1/2 to 1/2; ties in their middle."""
    below, above = (np.searchsorted(order, values, side=side) for side in ("left", "right"))
    return np.asarray((below + above) / (2.0 * len(order))) - 0.5


def _share(value: float, again: Array) -> Interval:
    """An estimate with its 90 % error; a share lies between 0 and 1, whatever its estimate is."""
    low, high = np.quantile(again, [LOW, HIGH])
    return Interval(*(float(np.clip(one, 0.0, 1.0)) for one in (value, min(low, value), max(high, value))))


def _name(options: Sequence[str], place: int | None) -> str | None:
    return None if place is None else options[place]
