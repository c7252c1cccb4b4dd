"""How good forecasts were over a period: means of their scores, and how much better one is than another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.season.backtest import SEED, Score, Target
from varne.season.scores import brier_and_log_loss, difference
from varne.season.series import year_of

Floats = NDArray[np.float64]
_FEWEST = 12  # targets that an interval of a difference needs: three blocks of the bootstrap; our choice


@dataclass(frozen=True, slots=True)
class Skill:
    """One forecast over the targets of a period."""

    forecast: str
    targets: int
    observed: float  # total [people]
    expected: float  # total [people]
    crps: float  # mean [people]
    log_score: float  # mean; NaN: it gives no distribution of counts [1]
    inside: tuple[float, ...]  # share of targets within the central 50, 90 and 99 % [1]
    width: tuple[float, ...]  # mean [people]
    # CRPS of the first forecast minus its own: mean, 5 and 95 %; none for the first, and of too few targets [people]
    better: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year of targets, or all of them."""

    name: str
    skills: tuple[Skill, ...]  # the first forecast is the one the others are compared with
    days: tuple[float, float] | None  # Brier score and log loss of active days, where days are forecast


def periods(targets: list[Target]) -> list[Period]:
    """
    Average the scores by calendar year of the week's end, and over all.

    Parameters
    ----------
    targets : list of Target
        Of a backtest, in order. [1]

    Returns
    -------
    list of Period
        Years in order; then all together where there is more than one.

    Examples
    --------
    >>> score = Score("x", 100.0, 20.0, 5.0, (True, True, True), (10.0, 40.0, 80.0))
    >>> day = np.ones(7)
    >>> week = Target(np.datetime64("2024-01-07"), 120.0, (score,), 0.4, day, 0.5 * day)
    >>> [(one.name, one.skills[0].crps) for one in periods([week])]
    [('2024', 20.0)]
    """
    years = year_of(np.array([one.ending for one in targets], dtype="datetime64[D]"))
    found = [
        _period(str(year), [one for one, own in zip(targets, years, strict=True) if own == year])
        for year in np.unique(years)
    ]
    return found if len(found) == 1 else [*found, _period(f"{years[0]}-{years[-1]}", targets)]


def _period(name: str, targets: list[Target]) -> Period:
    names = dict.fromkeys(score.forecast for one in targets for score in one.scores)
    first = next(iter(names))
    skills = tuple(_skill(targets, one, first) for one in names)
    known = [one for one in targets if one.chance_of_active.size]
    if not known:
        return Period(name, skills, None)
    active, chance = (np.concatenate([getattr(one, what) for one in known]) for what in ("active", "chance_of_active"))
    return Period(name, skills, brier_and_log_loss(active, chance))


def _skill(targets: list[Target], forecast: str, first: str) -> Skill:
    both = [(one, score, _named(one, first)) for one in targets if (score := _named(one, forecast))]
    scores = [score for _, score, _ in both]
    pairs = [(other.crps, score.crps) for _, score, other in both if other is not None]
    better = None
    if forecast != first and len(pairs) >= _FEWEST:
        ours, theirs = np.array(pairs).T
        better = difference(ours, theirs, SEED)
    return Skill(
        forecast,
        len(both),
        float(sum(one.observed for one, _, _ in both)),
        float(sum(score.mean for score in scores)),
        float(np.mean([score.crps for score in scores])),
        float(np.mean([score.log_score for score in scores])),
        tuple(np.mean([score.inside for score in scores], axis=0).tolist()),
        tuple(np.mean([score.width for score in scores], axis=0).tolist()),
        better,
    )


def _named(target: Target, forecast: str) -> Score | None:
    return next((score for score in target.scores if score.forecast == forecast), None)
