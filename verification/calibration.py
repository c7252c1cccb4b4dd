"""
Hazards that explain the fatal events of 2019 to 2023: their joint posterior, given the stored exposures.

Counts are Poisson in every cell of year, kind and class of deaths. The expected number of a cell is a sum over causes:
what the exposures say of one boat, times the boats at sea, times the constant of the cause; what else decides it is
followed as well. Sampled with emcee (Foreman-Mackey et al. 2013, PASP 125:306).

    python -m verification.calibration
"""

from collections.abc import Sequence
from dataclasses import dataclass

import emcee
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp
from scipy.stats import norm
from verification.counted import (
    FITTED,
    all_others,
    common_deviation,
    counts,
    design_facts,
    history,
    normal_prior,
    priors,
)
from verification.expected import MOTION, expected
from verification.exposures import DESIGN, MOTIONS

from varne.facts.tables import shipped_facts
from varne.units import in_si

Array = NDArray[np.float64]
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_TELLS = 0.25  # correlation, or shift of a normal score, from which on a fact counts as moved


def log_likelihood(means: Array, counted: Array) -> Array:
    """Logarithm of the chance of the counts for each sample: Poisson, with a log-normal factor on every year."""
    total, number = means.sum(axis=(2, 3)), counted.sum(axis=(1, 2))
    cells = counted > 0
    known = np.log(np.maximum(means[:, cells], 1e-12)) @ counted[cells] - gammaln(counted[cells] + 1.0).sum()
    factor = history()["discrepancy"]["year"] * _NODES
    years = number[:, np.newaxis] * factor - total[..., np.newaxis] * np.exp(factor) + np.log(_WEIGHTS / _WEIGHTS.sum())
    return np.asarray(known + logsumexp(years, axis=-1).sum(axis=-1))


def log_posterior(x: Array) -> Array:
    """
    Logarithm of the posterior density, (sample,).

    ``x``: logarithms of the calibrated facts, normal scores of the others, and the logarithm of the factor by which all
    guesses of constants are off together, (sample, number).
    """
    fitted, other = list(priors()), all_others()
    logarithms = dict(zip(fitted, x.T, strict=False))
    scores = dict(zip(other, x.T[len(fitted) :], strict=False))
    prior = norm.logpdf(x[:, -1], 0.0, common_deviation()) + norm.logpdf(x[:, len(fitted) : -1]).sum(axis=1)
    for name in fitted:
        middle, spread = normal_prior(name)
        prior = prior + norm.logpdf(logarithms[name], middle + (x[:, -1] if "cause" in priors()[name] else 0.0), spread)
    # Beyond what the exposures cover; the posterior lies far below.
    prior = np.where(logarithms[MOTION] < np.log(MOTIONS[-1]), prior, -np.inf)
    return np.asarray(prior + log_likelihood(expected(logarithms, scores)[:, : len(FITTED)], counts()))


@dataclass(frozen=True, slots=True)
class Posterior:
    """A sample of what the counts leave, in the columns of :func:`log_posterior`."""

    x: Array

    def of(self, name: str) -> Array:
        """Logarithms of a calibrated fact, or normal scores of another."""
        return self.x[:, [*priors(), *all_others()].index(name)]

    def correlation(self, names: Sequence[str]) -> Array:
        """Of normal scores by rank, (name, name)."""
        ranks = np.array([np.argsort(np.argsort(self.of(name))) for name in names])
        return np.corrcoef(norm.ppf((ranks + 0.5) / ranks.shape[1]))

    def moved(self) -> list[str]:
        """Facts not calibrated that the counts move, or tie to one that is."""
        found = []
        for name in all_others():
            tied = np.abs(self.correlation([name, *priors()])[0, 1:]).max()
            if max(tied, abs(self.of(name).mean())) >= _TELLS:
                found.append(name)
        return found

    def quantiles(self, name: str) -> list[float]:
        """The 5, 50 and 95 per cent quantiles of a fact, in its unit."""
        found = np.quantile(self.of(name), [0.05, 0.5, 0.95])
        fact = design_facts()[name]
        amounts = np.exp(found) if name in priors() else fact.quantile(norm.cdf(found))
        return [float(f"{one:.3g}") for one in amounts / in_si(1.0, fact.unit)]


def sample(steps: int = 16_000, walkers: int = 80, seed: int = 1, keep: int = 20_000) -> Posterior:
    """Sample the posterior; the first quarter of the steps is thrown away."""
    random = np.random.default_rng(seed)
    start = np.array([*(np.log(value) for _, value in DESIGN.values()), np.log(0.1), *[0.0] * (len(all_others()) + 1)])
    assert [name for name, _ in DESIGN.values()] == list(priors())[:-1], "constants stand in the order of the design"
    moves = [(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)]
    sampler = emcee.EnsembleSampler(walkers, len(start), log_posterior, vectorize=True, moves=moves)
    sampler.random_state = np.random.RandomState(seed).get_state()
    sampler.run_mcmc(start + 0.3 * random.standard_normal((walkers, len(start))), steps)
    print("autocorrelation time", sampler.get_autocorr_time(quiet=True).max().round(0), "of", steps, "steps")
    chain = sampler.get_chain(discard=steps // 4, flat=True)
    return Posterior(chain[random.choice(len(chain), keep, replace=False)])


if __name__ == "__main__":
    posterior = sample()
    named = [*priors(), *posterior.moved()]
    for one in named:
        low, value, high = posterior.quantiles(one)
        fact = design_facts()[one] if one not in priors() else shipped_facts()[one]
        print(f"{one:32s} {value:10.3g}  ({low:.3g} to {high:.3g}) {fact.unit}")
    print("factor common to the guesses", np.exp(np.quantile(posterior.x[:, -1], [0.05, 0.5, 0.95])).round(3))
    print("names =", named)
    for line in posterior.correlation(named).round(2).tolist():
        print("   ", line)
