"""The options as each panel sees them, side by side, and where panels disagree about the order of two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from varne.compare.ranking import Ranking, rank
from varne.encounter.outcome import HIGH, LOW, Interval, interval
from varne.errors import BadInput

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of an option by mean deaths, 1 for the fewest, and the 90 % range of its place across draws."""

    place: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class View:
    """The options under the numbers of one panel."""

    name: str
    deaths: tuple[Interval, ...]  # expected, by option [people]
    ranks: tuple[Rank, ...]
    ranking: Ranking  # every option against every other


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two options in one order under some panels and in the other under others, beyond the noise in both."""

    first: str
    second: str
    first_safer: tuple[str, ...]  # the panels under whose numbers the first has the fewer deaths in most draws
    second_safer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelRanking:
    """Every panel's view of the same options, and where they disagree."""

    options: tuple[str, ...]
    reference: str
    views: tuple[View, ...]
    p_safer: Array  # (panel, option): chance that the option is safer than the reference [1]
    disagreements: tuple[Disagreement, ...]


def panel_ranking(deaths: Mapping[str, Array], options: Sequence[str], reference: str) -> PanelRanking:
    """
    Put the views of panels side by side.

    Two panels disagree about two options where under the one the first is the safer in more than half of the draws
    and under the other in less than half, and a sign test over the draws excludes a half in both (5 % on each side).

    Parameters
    ----------
    deaths : mapping of str to array, shape (draw, replicate, option)
        By panel, in the order in which they are to stand: expected deaths of each member. [people]
    options : sequence of str
        Names, in the order of the last axis. [1]
    reference : str
        The option that the others are compared to. [1]

    Returns
    -------
    PanelRanking

    Raises
    ------
    BadInput
        If there is no panel, or if the reference is not among the options.

    References
    ----------
    Sign test: Conover (1999), Practical Nonparametric Statistics, section 3.4.

    Examples
    --------
    >>> one = np.zeros((20, 1, 2))
    >>> one[:, :, 1] = 1.0
    >>> panel_ranking({"union": one, "ministry": 1.0 - one}, ["a", "b"], "a").disagreements
    (Disagreement(first='a', second='b', first_safer=('union',), second_safer=('ministry',)),)
    """
    if not deaths:
        raise BadInput("There is no panel to compare; give the deaths under the numbers of one or more.")
    if reference not in options:
        raise BadInput(f"reference is {reference!r}, which is not among the options {', '.join(options)}; name one.")
    views = tuple(_view(name, table, options) for name, table in deaths.items())
    base = list(options).index(reference)
    told = {name: _told(table) for name, table in deaths.items()}
    pairs = [(one, other) for one in range(len(options)) for other in range(one + 1, len(options))]
    found = (_disagreement(one, other, options, told) for one, other in pairs)
    return PanelRanking(
        tuple(options),
        reference,
        views,
        np.array([view.ranking.p_safer[:, base] for view in views]),
        tuple(one for one in found if one.first_safer and one.second_safer),
    )


def _view(name: str, deaths: Array, options: Sequence[str]) -> View:
    # Luck is left in, so a place is rather told too wide: without it near options would all have one and the same.
    means = deaths.mean(axis=1)
    low, high = np.quantile(rankdata(means, method="min", axis=1), [LOW, HIGH], axis=0, method="inverted_cdf")
    places = rankdata(deaths.mean(axis=(0, 1)), method="min")
    return View(
        name,
        tuple(interval(deaths[:, :, place]) for place in range(len(options))),
        tuple(
            Rank(int(place), min(int(first), int(place)), max(int(last), int(place)))
            for place, first, last in zip(places, low, high, strict=True)
        ),
        rank(deaths, options, {}),
    )


def _told(deaths: Array) -> NDArray[np.int64]:
    """For each pair 1 where the option of the row is the safer beyond the noise, -1 where it is the other, or 0."""
    # Luck is left in: it pulls the share towards a half, so what is told in spite of it is told.
    means = deaths.mean(axis=1)
    below = means[:, :, np.newaxis] < means[:, np.newaxis, :]
    above = means[:, :, np.newaxis] > means[:, np.newaxis, :]
    lead = (below.sum(axis=0) - above.sum(axis=0)) / (2 * len(means))  # share of draws beyond a half
    enough = norm.ppf(HIGH) * 0.5 / np.sqrt(len(means))
    return np.asarray(np.where(np.abs(lead) > enough, np.sign(lead), 0.0), dtype=np.int64)


def _disagreement(one: int, other: int, options: Sequence[str], told: Mapping[str, NDArray[np.int64]]) -> Disagreement:
    return Disagreement(
        options[one],
        options[other],
        tuple(name for name, signs in told.items() if signs[one, other] > 0),
        tuple(name for name, signs in told.items() if signs[one, other] < 0),
    )
