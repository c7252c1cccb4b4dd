"""Break-even: the value of a number at which two options tie, all else at its distribution."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from varne.compare.design import only_options, single_input
from varne.draws import uniforms
from varne.encounter.ensemble import run
from varne.encounter.options import phase_table
from varne.encounter.outcome import HIGH, LOW, Interval
from varne.encounter.sample import Encounter, Sample
from varne.encounter.setting import Setting, lay_out_sample
from varne.facts.tables import column
from varne.facts.uses import read_by_code
from varne.units import in_si

Array = NDArray[np.float64]
TIES, NEVER, ALWAYS, UNTOLD = "ties", "never", "always", "untold"
PLAUSIBLE = 0.01, 0.99  # quantiles of a number that is plausible: one time in fifty it is not; our choice
_SURE = float(ndtri(HIGH))  # standard errors of a 90 % interval
_RESAMPLES = 400  # of the bootstrap that gives the error of a root; our choice
_CLOSE = 0.05  # normal scores: a twentieth of a standard deviation of the number; our choice
_MOST_STEPS = 8  # of the search; our choice


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where two options tie in one number, in its own unit; without a value where they do not."""

    fact: str
    option: str
    reference: str
    status: str  # ties or never within its plausible range, always (no difference anywhere), or untold
    value: Interval | None  # where the mean difference is 0; 90 % error of the search, infinite where open [unit]
    chance: float | None  # which quantile of the number that is
    safer_below: str | None  # the option that is safer where the number is smaller
    at_low: Interval  # difference option - reference at the low end of its plausible range, 90 % error [people]
    at_high: Interval  # and at the high end [people]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search for break-evens works with: the encounter, one sample, and its outcomes as they are."""

    encounter: Encounter
    chances: Mapping[str, Array]  # by fact, (draw,)
    setting: Setting  # with few members of each draw
    seed: int
    few: Array  # (draw, option) mean deaths of those few [people]
    all: Array  # (draw, option) mean deaths of all members of the assessment [people]


def begin_search(encounter: Encounter, deaths: Array, *, replicates: int, seed: int) -> Search:
    """
    Follow the members that every step of the search shares.

    A step follows the first few members of each draw, with the luck that they have in the assessment and the number
    held. What luck does to so few is known from all members of the assessment, and is taken out where they share it.

    Parameters
    ----------
    encounter : Encounter
        What is asked and read. [SI]
    deaths : array, shape (draw, replicate, option)
        Deaths of all members of the assessment, which had the same seed. [people]
    replicates : int
        Members of each draw to follow. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Search

    References
    ----------
    Control variates: Owen (2013), Monte Carlo theory, methods and examples, section 8.9.
    """
    chances = encounter.facts.chances(len(deaths), seed)
    sample = Sample(encounter.facts.at(chances), seed, seed, seed)
    setting = lay_out_sample(encounter, sample, min(replicates, deaths.shape[1]), stride=deaths.shape[1])
    few = deaths[:, :replicates].mean(axis=1)
    return Search(encounter, chances, setting, seed, few, deaths.mean(axis=1))


def break_evens(
    search: Search, names: Sequence[str], reference: int, *, progress: Callable[[int, int], None] | None = None
) -> tuple[BreakEven, ...]:
    """
    Find for each number the value at which each option ties with the reference.

    Every member keeps its luck and everything else it was drawn, whatever the value: the difference moves smoothly with
    it, and a root search finds where its mean is 0. What a calibration has drawn together with the number follows it.

    Parameters
    ----------
    search : Search
        From :func:`begin_search`. [1]
    names : sequence of str
        Facts with a spread. [1]
    reference : int
        Place of the reference. [1]
    progress : callable, optional
        Told how many facts are done, and of how many. [1]

    Returns
    -------
    tuple of BreakEven
        For each fact each option that it can move against the reference.
    """
    found: list[BreakEven] = []
    for number, name in enumerate(names, 1):
        found += _of_fact(search, name, reference)
        if progress:
            progress(number, len(names))
    return tuple(found)


def _of_fact(search: Search, name: str, reference: int) -> list[BreakEven]:
    options = search.encounter.options
    touched = single_input(name, search.encounter).options
    along = _Along(search, name, sorted(touched))
    ends = [float(ndtri(chance)) for chance in PLAUSIBLE]
    for score in ends:
        along._at(score)
    return [
        _of_pair(along, place, reference, ends)
        for place in range(len(options))
        if place != reference and {place, reference} & touched
    ]


class _Along:
    """Mean deaths of each draw and option along the values of one number, by its normal score."""

    def __init__(self, search: Search, name: str, places: Sequence[int]) -> None:
        self.search, self.name, self.places = search, name, places
        self.known: dict[float, Array] = {}

    def _at(self, score: float) -> Array:
        """Return (draw, option) with the number held there."""
        if score not in self.known:
            deaths = self.search.few.copy()
            if self.places:
                held = only_options(self._held(float(ndtr(score))), self.places)
                deaths[:, self.places] = run(held).members["deaths"].mean(axis=1)
            self.known[score] = deaths
        return self.known[score]

    def _held(self, chance: float) -> Setting:
        search, encounter = self.search, self.search.encounter
        if self.name in read_by_code():
            known = encounter.facts.at(search.chances, {self.name: chance})
            sample = Sample(known, search.seed, search.seed, search.seed)
            asked = search.setting.question
            return lay_out_sample(encounter, sample, asked.replicates, stride=asked.stride)
        world = search.setting.world  # only the options read it: nothing else is laid out again
        known = world.known.copy()
        known[column(self.name)] = encounter.facts[self.name].quantile(np.array([chance]))
        phases = phase_table(encounter.options, known)
        return replace(search.setting, world=world._replace(known=known, phases=phases))

    def _apart(self, score: float, pair: tuple[int, int]) -> Array:
        """
        Return the difference of two options, (draw,).

        What luck did to the few members as they are is known from all members of the assessment; as much of it as these
        members still share with the value held is taken out (a control variate).
        """
        held, few, all_ = (
            each[:, pair[0]] - each[:, pair[1]] for each in (self._at(score), self.search.few, self.search.all)
        )
        luck = few - all_
        spread = float(luck.var())
        shared = float(np.cov(held, luck, ddof=0)[0, 1]) / spread if spread > 0.0 else 0.0
        return np.asarray(held - shared * luck)


def _of_pair(along: _Along, option: int, reference: int, ends: Sequence[float]) -> BreakEven:
    names = [one.name for one in along.search.encounter.options]
    pair = (option, reference)
    low, high = (_mean(along._apart(score, pair)) for score in ends)
    status, value, chance, below = NEVER, None, None, None
    if not any(np.any(along._apart(score, pair)) for score in ends):
        status = ALWAYS
    elif all(one.low <= 0.0 <= one.high for one in (low, high)):
        status = UNTOLD
    elif (low.mean < 0.0) != (high.mean < 0.0):
        root = _root(along, pair, ends)
        status, value = _with_error(along, pair, root)
        chance = float(ndtr(root)) if value else None
        below = None if value is None else names[option if low.mean < 0.0 else reference]
    elif any(one.low <= 0.0 <= one.high for one in (low, high)):
        status = UNTOLD
    return BreakEven(along.name, names[option], names[reference], status, value, chance, below, low, high)


def _root(along: _Along, pair: tuple[int, int], ends: Sequence[float]) -> float:
    def _mean_apart(score: float) -> float:
        return float(along._apart(score, pair).mean())

    root, _ = brentq(_mean_apart, ends[0], ends[1], xtol=_CLOSE, maxiter=_MOST_STEPS, full_output=True, disp=False)
    along._at(float(root))
    return float(root)


def _with_error(along: _Along, pair: tuple[int, int], root: float) -> tuple[str, Interval | None]:
    """The root in the unit of the number, with the interval of a bootstrap over draws; untold where all is open."""
    scores = np.array(sorted(along.known))
    apart = np.array([along._apart(score, pair) for score in scores])  # (score, draw)
    draws = apart.shape[1]
    roots = [
        _crossing(scores, apart[:, (uniforms(f"resample {one}", draws, along.search.seed) * draws).astype(int)], root)
        for one in range(_RESAMPLES)
    ]
    low, high = np.quantile(roots, [LOW, HIGH], method="inverted_cdf")
    if np.isinf(low) and np.isinf(high):
        return UNTOLD, None
    best, first, last = (_in_unit(along, score) for score in (root, low, high))
    return TIES, Interval(best, min(first, best), max(last, best))


def _crossing(scores: Array, apart: Array, near: float) -> float:
    """Where the mean of some draws crosses 0, nearest to a score; infinite, on the side where it would, if nowhere."""
    means = apart.mean(axis=1)
    before = np.flatnonzero((means[:-1] < 0.0) != (means[1:] < 0.0))
    if not len(before):
        rising = abs(means[-1]) < abs(means[0])
        return np.inf if rising else -np.inf
    crossings = scores[before] - means[before] * np.diff(scores)[before] / np.diff(means)[before]
    return float(crossings[np.argmin(np.abs(crossings - near))])


def _in_unit(along: _Along, score: float) -> float:
    """A value of the number in its own unit."""
    if np.isinf(score):
        return float(score)
    fact = along.search.encounter.facts[along.name]
    return float(fact.quantile(np.array([ndtr(score)]))[0] / in_si(1.0, fact.unit))


def _mean(apart: Array) -> Interval:
    """A mean over draws with its 90 % error."""
    mean = float(apart.mean())
    error = _SURE * float(apart.std(ddof=1)) / np.sqrt(len(apart))
    return Interval(mean, mean - error, mean + error)
