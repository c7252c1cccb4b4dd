"""
What is expected of the boats of a year: a smooth law through the stored exposures, cause by cause.

One draw of the exposures follows a few hundred boats, and its fatal events are as much luck as they are its facts. So
the events of each cause are fitted by a Poisson law: the logarithm of the rate is linear in the normal scores of the
facts that decide it, in every year, with slopes that may change with the people aboard. Severity is that of all draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from verification.counted import FIRST_OF_BIN, YEARS, all_others, design_facts, history, others, score
from verification.exposures import DESIGN, DRAWS, MOTIONS, RUNS, SEED, exposures

from varne.encounter.records import CAUSES
from varne.facts.tables import column

Array = NDArray[np.float64]
MOTION = "swamping.relative_motion"
_RIDGE = 1.0  # precision of a slope's own prior about 0: keeps a slope that the draws hardly show small
_FEWEST = 1e-6  # rate below which no logarithm is taken


@dataclass(frozen=True, slots=True)
class Law:
    """Logarithm of the events of one boat by year, and how it follows the scores of some facts."""

    names: tuple[str, ...]
    level: Array  # (year,)
    slope: Array  # (fact,)
    with_load: Array  # (fact,) change of the slope for each unit of the logarithm of the people aboard
    share: Array  # (year, bin) of the events by deaths in them

    def log_rate(self, scores: Mapping[str, Array]) -> Array:
        """(sample, year), from scores (sample,) by name."""
        along = np.array([scores[name] for name in self.names]).T
        return np.asarray(
            self.level + (along @ self.slope)[:, np.newaxis] + (along @ self.with_load)[:, np.newaxis] * load()
        )


def load() -> Array:
    """Logarithm of the people to a boat by year, about that of 2023."""
    people = np.array([row["people_per_boat"] for row in history()["year"]])
    return np.asarray(np.log(people / people[YEARS.index(2023)]))


@cache
def _scores() -> dict[str, Array]:
    known = design_facts().drawn(DRAWS, SEED)
    return {name: np.asarray(score(design_facts()[name], known[column(name)])) for name in all_others()}


def fit(names: Sequence[str], events: Array, boats: Array, share: Array) -> Law:
    """Fit a law to events of one boat (draw, year), of which so many boats were followed, by iterated least squares."""
    years, facts = len(YEARS), len(names)
    along = np.array([_scores()[name] for name in names]).T
    columns = np.zeros((*events.shape, years + 2 * facts))
    columns[:, np.arange(years), np.arange(years)] = 1.0
    columns[:, :, years : years + facts] = along[:, np.newaxis]
    columns[:, :, years + facts :] = along[:, np.newaxis] * load()[:, np.newaxis]
    rows, number, size = columns.reshape(events.size, -1), (events * boats).ravel(), boats.ravel()
    ridge = np.diag([0.0] * years + [_RIDGE] * (2 * facts))
    least = np.maximum((events * boats).sum(axis=0) / boats.sum(axis=0), _FEWEST)
    found = np.concatenate((np.log(least), np.zeros(2 * facts)))
    for _ in range(50):
        mean = np.maximum(size * np.exp(rows @ found), 1e-9)
        gradient = rows.T @ (number - mean) - ridge @ found
        found = found + np.clip(np.linalg.solve((rows.T * mean) @ rows + ridge, gradient), -1.0, 1.0)
    return Law(tuple(names), found[:years], found[years : years + facts], found[years + facts :], share)


@cache
def laws() -> dict[str, Law]:
    """The law of each cause at the design's constant, and of water at each motion."""
    stored, runs, found = exposures(), list(RUNS), {}
    for run in ("structure", "crowd", *(f"water {motion}" for motion in MOTIONS), "ships and breakers"):
        place = runs.index(run)
        histogram = (stored.severity[place] * stored.boats[place][..., np.newaxis]).sum(axis=0)
        whole = histogram.sum(axis=0) / histogram.sum()
        share = (histogram + whole) / (histogram + whole).sum(axis=1, keepdims=True)  # one event of prior weight a year
        names = others({"ships and breakers": "ships"}.get(run, run.split()[0]))
        found[run] = fit(names, stored.severity[place].sum(axis=-1), stored.boats[place], share)
    run = runs.index("rest")
    for cause in RUNS["rest"]:
        place = CAUSES.index(cause)
        events, deaths = (one[run, :, :, place].sum() for one in (stored.events, stored.deaths))
        mean = max(float(deaths / events), 1.001)
        least = np.array([*FIRST_OF_BIN, np.inf]) - 1.0
        share = np.tile(-np.diff((1.0 - 1.0 / mean) ** least), (len(YEARS), 1))  # geometric
        found[cause] = fit(others(cause), stored.events[run, :, :, place], stored.boats[run], share)
    return found


def expected(logarithms: Mapping[str, Array], scores: Mapping[str, Array], without: Sequence[str] = ()) -> Array:
    """
    Events that would be counted, (sample, year, kind, bin).

    ``logarithms`` of the calibrated facts (in SI) and ``scores`` of the others, (sample,) each; ``without``: causes
    that are left out.
    """
    boats = np.array([row["boats_at_sea"] for row in history()["year"]], dtype=np.float64)[:, np.newaxis]
    samples = len(logarithms[MOTION])
    found = np.zeros((samples, len(YEARS), len(history()["kinds"]), len(FIRST_OF_BIN)))
    for cause in ("structure", "crowd", "ships and breakers", *RUNS["rest"]):
        if cause in without:
            continue
        law = laws()[cause]
        rate = law.log_rate(scores)
        if cause in DESIGN:
            name, value = DESIGN[cause]
            rate = rate + (logarithms[name] - np.log(value))[:, np.newaxis]
        seen = history()["seen"].get(cause, 1.0)
        found[:, :, kind_of(cause)] += seen * np.exp(rate)[..., np.newaxis] * boats * law.share
    if "water" not in without:
        found[:, :, kind_of("water")] += _water(np.exp(logarithms[MOTION]), scores) * boats
    unexplained = history()["discrepancy"]["severity"]
    return (1.0 - unexplained) * found + unexplained * found.mean(axis=-1, keepdims=True)


def _water(motion: Array, scores: Mapping[str, Array]) -> Array:
    """Between the motions that were followed: linear in the logarithm of the rate; beyond them, that of the last."""
    motion = np.minimum(motion, MOTIONS[-1])
    above = np.clip(np.searchsorted(MOTIONS, motion), 1, len(MOTIONS) - 1)
    edges = np.array(MOTIONS)
    share = ((motion - edges[above - 1]) / (edges[above] - edges[above - 1]))[:, np.newaxis]
    rates = np.stack([laws()[f"water {one}"].log_rate(scores) for one in MOTIONS])
    shares = np.stack([laws()[f"water {one}"].share for one in MOTIONS])
    sample = np.arange(len(motion))
    rate = (1.0 - share) * rates[above - 1, sample] + share * rates[above, sample]
    severity = (1.0 - share[..., np.newaxis]) * shares[above - 1] + share[..., np.newaxis] * shares[above]
    return np.asarray(np.exp(rate)[..., np.newaxis] * severity)


def kind_of(cause: str) -> int:
    first = cause if cause != "ships and breakers" else "breaking"
    return next(place for place, causes in enumerate(history()["kinds"].values()) if first in causes)
