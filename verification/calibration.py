"""
Which facts fit the counted deaths of 2021 to 2024: a new distribution for each fact that carries their weight.

Facts are drawn independently of each other, so what is sought is the product of independent distributions that is
closest to the posterior (mean-field variational Bayes): it minimises the divergence from the prior less the expected
logarithm of the likelihood. Draws are taken from proposals and weighed; rates that a cause is proportional to need no
weights. The mean over the draws, which an answer reports, is tied to the count within the count's own error: without
this the upper tail of a product would report more than was counted.

    python -m verification.calibration
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln, logsumexp
from scipy.stats import norm
from verification.fleet import CAUSES, Expected, OneBoat, Voyage, expected, history, voyages

from varne.evidence import Fact
from varne.facts.tables import Facts, column, shipped_facts
from varne.units import in_si

Array = NDArray[np.float64]
Row = Mapping[str, Any]
_FIVE = float(norm.ppf(0.95))
_COPIES = 8  # random numbers for the rates, per weighed draw
_SMOOTH = 0.08  # of the logarithm of the fact: evens out thresholds that 64 voyages resolve coarsely
_FEWEST = 40.0  # effective draws


def rows() -> dict[str, Row]:
    """The facts to calibrate, by dotted name."""
    text = Path(__file__).with_name("calibration.toml").read_text(encoding="utf-8")
    return {f"{subject}.{name}": row for subject, table in tomllib.loads(text).items() for name, row in table.items()}


def scale(fact: Fact, quantiles: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation on the scale of a fact's shape, from its 5, 50 and 95 per cent quantiles. [SI]"""
    low, middle, high = (float(on_scale(fact, in_si(1.0, fact.unit) * q)) for q in quantiles)
    return middle, (high - low) / (2.0 * _FIVE)


def on_scale(fact: Fact, amount: Any) -> Any:
    return np.log(amount / (1.0 - amount)) if fact.shape == "logit" else np.log(amount)


def quantiles(fact: Fact, mean: float, deviation: float) -> list[float]:
    """The 5, 50 and 95 per cent quantiles of a fact, in its unit; the inverse of :func:`scale`."""
    scores = mean + deviation * _FIVE * np.array([-1.0, 0.0, 1.0])
    found = 1.0 / (1.0 + np.exp(-scores)) if fact.shape == "logit" else np.exp(scores) / in_si(1.0, fact.unit)
    return [float(f"{one:.3g}") for one in found]


def count_likelihood(count: float, mean: Array, discrepancy: float) -> Array:
    """Logarithm of the chance of a count that is Poisson about a mean which is off by a log-normal factor."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(15)
    means = np.maximum(mean, 1e-4)[..., None] * np.exp(discrepancy * nodes)
    chances = count * np.log(means) - means - gammaln(count + 1.0) + np.log(weights / weights.sum())
    return np.asarray(logsumexp(chances, axis=-1))


class Class:
    """One count, the facts that it speaks about, and what draws from the proposals expect of it."""

    def __init__(self, counted: Row, facts: Facts, known: NDArray[np.void], fleet: Sequence[Voyage]) -> None:
        self.counted, self.known, self.fleet = counted, known, fleet
        self.facts = {name: facts[name] for name, row in rows().items() if row.get("class") == counted["name"]}
        self.rows = {name: rows()[name] for name in self.facts}
        random = np.random.default_rng(1)
        self.chance = {name: random.standard_normal((_COPIES, len(known))) for name in self.facts}

    def start(self) -> Array:
        return np.concatenate([(m, np.log(0.7 * s)) for m, s in map(self.proposal, self.facts)])

    def proposal(self, name: str) -> tuple[float, float]:
        return scale(self.facts[name], self.rows[name]["proposal"])

    def read(self, x: Array) -> dict[str, tuple[float, float]]:
        return {name: (x[2 * n], np.exp(x[2 * n + 1])) for n, name in enumerate(self.facts)}

    def weights(self, marginals: Mapping[str, tuple[float, float]]) -> Array:
        logarithm = np.zeros(len(self.known))
        for name, (mean, deviation) in marginals.items():
            if not {"rate_of", "boats_of"} & set(self.rows[name]):
                drawn = on_scale(self.facts[name], self.known[column(name)])
                logarithm += norm.logpdf(drawn, mean, deviation) - norm.logpdf(drawn, *self.proposal(name))
        weights = np.exp(logarithm - logarithm.max())
        return np.asarray(weights / weights.sum())

    def forecast(
        self, results: Mapping[str, Expected], marginals: Mapping[str, tuple[float, float]], leak: Array
    ) -> tuple[Array, Array]:
        """Events (copy, draw, voyage) and deaths (copy, draw) under these distributions."""
        events = np.zeros((_COPIES, len(self.known), len(self.fleet)))
        deaths = np.zeros(events.shape[:2])
        for cause in self.counted["causes"]:
            factor, boats, even = np.ones(events.shape[:2]), np.ones(leak.shape), None
            for name, (mean, deviation) in marginals.items():
                row = self.rows[name]
                if row.get("rate_of") == cause:
                    factor = np.exp(mean + deviation * self.chance[name]) / self.known[column(name)]
                if row.get("boats_of") == cause:
                    ratio = norm.logpdf(leak, mean, deviation) - norm.logpdf(leak, *self.proposal(name))
                    boats = np.exp(ratio) / np.exp(ratio).mean()
                if row.get("smooth") == cause:
                    drawn = np.log(self.known[column(name)])
                    near = np.exp(-0.5 * ((drawn[:, None] - drawn) / _SMOOTH) ** 2)
                    even = near / near.sum(axis=1, keepdims=True)
            of_cause, dead = results[cause].events * boats, (results[cause].deaths * boats).sum(axis=1)
            if even is not None:
                of_cause, dead = even @ of_cause, even @ dead
            events += factor[:, :, None] * of_cause
            deaths += factor * dead
        return events, deaths

    def objective(self, results: Mapping[str, Expected], leak: Array) -> Callable[[Array], float]:
        allowed, counted = history()["discrepancy"], self.counted
        year = np.array([voyage.year for voyage in self.fleet])
        of_severity = np.hypot(allowed["severity_of_events"] / np.sqrt(counted["events"]), allowed["severity"])

        def cost(x: Array) -> float:
            marginals = self.read(x)
            weights = self.weights(marginals)
            events, deaths = self.forecast(results, marginals, leak)
            total, seen = events.sum(axis=2), counted["seen"]
            if "by_year" in counted:
                pairs = zip(counted["by_year"], sorted(set(year)), strict=True)
                likelihood = sum(
                    count_likelihood(n, seen * events[:, :, year == one].sum(axis=2), allowed["year"])
                    for n, one in pairs
                )
            else:
                likelihood = count_likelihood(counted["events"], seen * total, allowed["fleet"])
                of_each = np.log(np.maximum(deaths, 1e-9) / np.maximum(total, 1e-9))
                each = np.log(counted["deaths"] / counted["events"])
                likelihood = likelihood + norm.logpdf(each, of_each, of_severity)
            gain = float(np.mean(likelihood @ weights))
            for mean, count, error in (
                (np.mean(total @ weights), counted["events"], 1.0 / np.sqrt(counted["events"])),
                (np.mean(deaths @ weights), counted["deaths"], of_severity),
            ):
                gain -= float(np.log(seen * mean / count) ** 2 / (2.0 * error**2))
            few = max(_FEWEST * float((weights**2).sum()) - 1.0, 0.0)
            return self.divergence(marginals) - gain + 5.0 * few

        return cost

    def divergence(self, marginals: Mapping[str, tuple[float, float]]) -> float:
        total = 0.0
        for name, (mean, deviation) in marginals.items():
            row = self.rows[name]
            middle, spread = scale(self.facts[name], row["prior"])
            if "boats_of" in row:  # a distribution over boats: its median and its spread are what is unknown
                total += ((mean - middle) / row["median_spread"]) ** 2 / 2.0
                total += (np.log(deviation / spread) / row["spread_spread"]) ** 2 / 2.0
            else:
                spread *= row["wider"]
                total += np.log(spread / deviation) + (deviation**2 + (mean - middle) ** 2) / (2.0 * spread**2) - 0.5
        return float(total)


def proposed(facts: Facts) -> Facts:
    """The facts with proposals in the place of those to calibrate."""
    new = {}
    for name, row in rows().items():
        low, value, high = row.get("given") or row["proposal"]
        new[name] = replace(facts[name], low=low, value=value, high=high)
    return facts.replaced(new)


def calibrate(draws: int, each_year: int, seed: int) -> dict[str, list[float]]:
    """New quantiles (5, 50, 95 per cent) of each calibrated fact, in its unit."""
    facts, fleet = proposed(shipped_facts()), voyages(each_year)
    results = expected(facts, fleet, (draws, 2), seed, CAUSES)
    known = facts.drawn(draws, seed)
    leaks = [OneBoat(facts.by_name, one.own_seed(seed)).drawn(draws, seed)["boat_leak"] for one in fleet]
    found = {}
    for counted in history()["counted"]:
        part = Class(counted, facts, known, fleet)
        if not part.facts:
            continue
        cost, x = part.objective(results, np.log(np.array(leaks).T)), part.start()
        for _ in range(3):
            x = minimize(cost, x, method="Nelder-Mead", options={"maxfev": 500 * len(x), "adaptive": True}).x
        found |= {name: quantiles(part.facts[name], *pair) for name, pair in part.read(x).items()}
    return found


if __name__ == "__main__":
    for name, (low, value, high) in calibrate(400, 16, 1).items():
        print(f"{name:28s} {value:8.3g}  ({low:.3g} to {high:.3g})")
