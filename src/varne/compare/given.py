"""What drives an outcome, by the draws that an assessment has stored already: given-data methods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import pawn, rbd_fast
from scipy.stats import rankdata

from varne.compare.runs import rank_correlation
from varne.draws import uniforms
from varne.encounter.outcome import HIGH, LOW, Interval, without_luck

Array = NDArray[np.float64]
_RESAMPLES = 100  # of the error of RBD-FAST; our choice
_PAWN_RESAMPLES = 20  # of the error of PAWN, which takes longer; our choice
_SLICES = 10  # of each input in PAWN, as SALib has it
_DUMMIES = 100  # numbers without influence at least, of which the noise of PAWN is learnt; our choice
_SURE = 0.9  # of the intervals, as everywhere
FEWEST_DRAWS = 100  # ten to a slice of PAWN; fewer say nothing; our choice


@dataclass(frozen=True, slots=True)
class GivenDriver:
    """What one drawn number has to do with a quantity across the stored draws. [1]"""

    name: str  # a dotted fact, or what is drawn beside the facts: weather_wind_speed
    alone: Interval  # first-order share of the variance of the ranks (RBD-FAST), with its 90 % error
    moves: Interval  # how far it moves the whole distribution (PAWN, median), with its 90 % error
    beyond_noise: bool  # whether PAWN is above what any of as many numbers without influence reaches
    direction: float  # rank correlation: above 0 where more of it means more harm


@dataclass(frozen=True, slots=True)
class Given:
    """What drives one outcome of one option, or its difference to the reference; the strongest first."""

    outcome: str
    option: str
    reference: str | None  # none: the outcome itself
    drivers: tuple[GivenDriver, ...]
    noise: float  # PAWN that the largest of as many numbers without influence reaches


def given_drivers(
    inputs: Mapping[str, Array],
    outputs: Mapping[tuple[str, str, str | None], Array],
    *,
    most: int,
    seed: int,
) -> tuple[Given, ...]:
    """
    Find what drives each quantity, from stored draws alone.

    The strongest by rank correlation or by RBD-FAST are looked at more closely. Deaths have long tails, so everything
    is of ranks: PAWN and the correlation by themselves, RBD-FAST by what it is given.

    Parameters
    ----------
    inputs : mapping of str to array, shape (draw,)
        Everything drawn, by name. [SI]
    outputs : mapping of (outcome, option, reference) to array, shape (draw, replicate)
        What is to be explained; the reference is None for an outcome itself. [people, or 1]
    most : int
        How many of each are looked at. [1]
    seed : int
        Of the bootstrap. [1]

    Returns
    -------
    tuple of Given
        In the order of the outputs; without drivers where nothing varies or there are fewer than a hundred draws.

    References
    ----------
    RBD-FAST: Tarantola et al. (2006), Reliab. Eng. Syst. Saf. 91:717; Tissot and Prieur (2012), the same 107:205.
    PAWN: Pianosi and Wagener (2018), Environ. Model. Softw. 108:1.

    Examples
    --------
    >>> drawn = {name: uniforms(name, 200, 1) for name in "abc"}
    >>> found = given_drivers(drawn, {("deaths", "x", None): drawn["b"][:, np.newaxis] ** 3}, most=1, seed=1)
    >>> found[0].drivers[0].name, found[0].drivers[0].beyond_noise, round(found[0].drivers[0].direction, 3)
    ('b', True, 1.0)
    """
    varying = {name: values for name, values in inputs.items() if np.ptp(values) > 0.0}
    draws = len(next(iter(inputs.values()), ()))
    noise = _noise_of_pawn(draws, max(len(varying), _DUMMIES), seed) if draws >= FEWEST_DRAWS else 1.0
    return tuple(
        Given(*named, _drivers(varying, values, most, noise, seed) if draws >= FEWEST_DRAWS else (), noise)
        for named, values in outputs.items()
    )


def _drivers(inputs: Mapping[str, Array], values: Array, most: int, noise: float, seed: int) -> tuple[GivenDriver, ...]:
    means = without_luck(values)
    if np.ptp(means) == 0.0 or not inputs:
        return ()
    names = list(inputs)
    table = np.column_stack([inputs[name] for name in names])
    ranks = np.asarray(rankdata(means), dtype=np.float64)  # ties in their middle
    direction = rank_correlation(table.T, means[np.newaxis])[:, 0]
    first = np.array(_rbd_fast(table, ranks, 2, seed)["S1"])
    strongest = np.argsort(-np.maximum(direction**2, first), kind="stable")[:most]
    found = []
    chosen = table[:, strongest]
    close = _rbd_fast(chosen, ranks, _RESAMPLES, seed)
    moves = _pawn(chosen, means)
    errors = _error_of_pawn(chosen, means, seed)
    for place, column in enumerate(strongest):
        alone, error = float(close["S1"][place]), float(close["S1_conf"][place])
        low, high = errors[:, place]
        found.append(
            GivenDriver(
                names[column],
                Interval(max(alone, 0.0), max(alone - error, 0.0), max(alone + error, 0.0)),
                Interval(float(moves[place]), min(low, float(moves[place])), max(high, float(moves[place]))),
                bool(moves[place] > noise),
                float(direction[column]),
            )
        )
    return tuple(sorted(found, key=lambda one: -max(one.alone.mean, one.direction**2)))


def _rbd_fast(table: Array, values: Array, resamples: int, seed: int) -> Mapping[str, Sequence[float]]:
    found: Mapping[str, Sequence[float]] = rbd_fast.analyze(
        _problem(table), table, values, num_resamples=resamples, conf_level=_SURE, seed=seed + 1
    )
    return found


def _pawn(table: Array, values: Array) -> Array:
    return np.asarray(pawn.analyze(_problem(table), table, values, S=_SLICES)["median"])


def _error_of_pawn(table: Array, values: Array, seed: int) -> Array:
    """The 90 % interval of a bootstrap over draws: (end, input). It leans upwards: drawn twice is further apart."""
    draws = len(values)
    found = []
    for resample in range(_PAWN_RESAMPLES):
        taken = (uniforms(f"resample {resample}", draws, seed) * draws).astype(np.int64)
        found.append(_pawn(table[taken], values[taken]))
    return np.quantile(found, [LOW, HIGH], axis=0)


def _noise_of_pawn(draws: int, count: int, seed: int) -> float:
    """
    What no number without influence reaches, though many are looked at at once.

    PAWN compares distributions, so its noise depends on the number of draws only, not on what was computed.
    """
    dummies = np.column_stack([uniforms(f"without influence {number}", draws, seed) for number in range(count)])
    return float(_pawn(dummies, np.arange(draws, dtype=np.float64)).max())


def _problem(table: Array) -> dict[str, object]:
    count = table.shape[1]
    return {"num_vars": count, "names": [str(one) for one in range(count)], "bounds": [[0.0, 1.0]] * count}
