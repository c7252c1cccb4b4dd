"""What comes of a designed experiment: quantities row by row, and how much of them is luck."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from varne.compare.design import (
    Design,
    Input,
    facts_in_play,
    first_sample,
    inputs_of,
    only_options,
    second_sample,
    single_input,
    swapped_sample,
)
from varne.compare.quantities import Quantity, values_of
from varne.encounter.ensemble import run

Array = NDArray[np.float64]
SINGLE = ("deaths",)  # outcomes for which single facts are looked at, beside subjects


@dataclass(frozen=True, slots=True)
class Swapped:
    """One input taken from the second sample."""

    input: Input
    halves: Array  # (half, row, quantity) means over one half of a row's members each [people, or 1]


@dataclass(frozen=True, slots=True)
class Runs:
    """The two samples and every swap, quantity by quantity."""

    quantities: tuple[Quantity, ...]
    first: Array  # (half, row, quantity)
    second: Array  # (half, row, quantity)
    subjects: tuple[Swapped, ...]
    facts: tuple[Swapped, ...]
    voyages: int  # followed in all


def run_design(
    design: Design,
    quantities: Sequence[Quantity],
    *,
    most_facts: int,
    single: Collection[str] = SINGLE,
    progress: Callable[[int, int], None] | None = None,
) -> Runs:
    """
    Run the two samples, a swap of each subject, and one of each of the facts that the two samples show to matter most.

    Parameters
    ----------
    design : Design
        From :func:`varne.compare.design.two_samples`. [1]
    quantities : sequence of Quantity
        To explain. [1]
    most_facts : int
        How many facts are swapped one by one. [1]
    single : collection of str, optional
        Outcomes for which they are: those that matter most to one of these. [1]
    progress : callable, optional
        Told how many runs are done, and of how many. [1]

    Returns
    -------
    Runs
    """
    encounter = design.encounter
    subjects = inputs_of(encounter)
    before = run(first_sample(design)).members
    after = run(second_sample(design)).members
    both = [np.stack([_halves(values_of(m, one)) for one in quantities], axis=-1) for m in (before, after)]
    told = [column for column, one in enumerate(quantities) if one.outcome in single]
    strongest = _strongest(design, [one[..., told] for one in both], most_facts)
    facts = tuple(single_input(name, encounter) for name in strongest)
    swaps = (*subjects, *facts)
    done = []
    voyages = before.size + after.size
    for number, one in enumerate(swaps, 1):
        done.append(Swapped(one, _swapped(design, one, before, both[0], quantities)))
        voyages += before.shape[0] * before.shape[1] * len(one.options)
        if progress:
            progress(number, len(swaps))
    split = len(subjects)
    return Runs(tuple(quantities), both[0], both[1], tuple(done[:split]), tuple(done[split:]), voyages)


def _swapped(
    design: Design, one: Input, before: NDArray[np.void], halves: Array, quantities: Sequence[Quantity]
) -> Array:
    """Only options that the input can touch are followed; what it cannot touch is the same, bit for bit."""
    places = sorted(one.options)
    members = before.copy()
    if places:
        members[:, :, places] = run(only_options(swapped_sample(design, one), places)).members
    changed = halves.copy()
    for column, quantity in enumerate(quantities):
        if {quantity.option, quantity.reference} & one.options:
            changed[:, :, column] = _halves(values_of(members, quantity))
    return changed


def _halves(values: Array) -> Array:
    """Means over the first and the second half of the members of each row, which share no luck: (half, row)."""
    middle = values.shape[1] // 2
    return np.stack((values[:, :middle].mean(axis=1), values[:, middle : 2 * middle].mean(axis=1)))


def _strongest(design: Design, both: Sequence[Array], most: int) -> tuple[str, ...]:
    """Facts by their largest rank correlation with a quantity, over the rows of both samples; not the calibrated."""
    facts = design.encounter.facts
    names = [name for name in facts_in_play(facts, design.encounter.options) if name not in facts.together.names]
    if not names:
        return ()
    drawn = np.array([np.concatenate([chances[name] for chances in design.chances]) for name in names])
    correlation = rank_correlation(drawn, np.concatenate([halves.mean(axis=0) for halves in both]).T)
    order = np.argsort(-np.abs(correlation).max(axis=1), kind="stable")
    return tuple(names[place] for place in order[:most])


def rank_correlation(inputs: Array, outputs: Array) -> Array:
    """
    Correlate the ranks of every input with those of every output.

    Parameters
    ----------
    inputs : array, shape (input, row)
        [unit]
    outputs : array, shape (output, row)
        [unit]

    Returns
    -------
    array, shape (input, output)
        Spearman's; 0 where one of the two is constant. [1]

    Examples
    --------
    >>> rank_correlation(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 8.0, 27.0], [3.0, 2.0, 1.0], [5.0, 5.0, 5.0]]))
    array([[ 1., -1.,  0.]])
    """
    ranks = [np.asarray(rankdata(one, axis=1)) for one in (inputs, outputs)]
    centred = [one - one.mean(axis=1, keepdims=True) for one in ranks]
    lengths = [np.sqrt((one**2).sum(axis=1)) for one in centred]
    products = np.outer(*lengths)
    return np.asarray(np.divide(centred[0] @ centred[1].T, products, out=np.zeros_like(products), where=products > 0.0))
