"""The scales of the model of arrivals, sampled: how much levels move, how strong season and weekend are."""

from collections.abc import Callable

import emcee
import numpy as np
from numpy.typing import NDArray

from varne.draws import uniforms
from varne.season.arrivals import (
    ACTIVITY_MIDDLE,
    BOATS_MIDDLE,
    SCALE_WIDTH,
    Past,
    fit_activity,
    fit_boats_of_days,
)
from varne.season.history import normals

_WALKERS = 16  # chains of the sampler; our choice
_FORGET, _KEEP = 40, 40  # steps of each chain before and while it is kept; our choice
_START = 0.3  # spread of the chains at their start, in units of what is known before the days; our choice
_WORDS = 624  # of the state of the sampler's generator, MT19937
_TOP = 4294967296.0  # 2^32, exact


def sample_scales(past: Past, seed: int, samples: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Sample the scales of activity and of boats, given the days.

    Parameters
    ----------
    past : Past
        Days. [1]
    seed : int
        Names the experiment. [1]
    samples : int
        How many are kept of each. [1]

    Returns
    -------
    activity, boats : arrays, shape (sample, scale)
        Natural logarithms, as :func:`varne.season.arrivals.fit_activity` and ``fit_boats_of_days`` take them. [1]

    References
    ----------
    Goodman and Weare (2010), Ensemble samplers with affine invariance; Foreman-Mackey et al. (2013), emcee.

    Examples
    --------
    >>> from varne.season.arrivals import past_of
    >>> from varne.season.series import Daily
    >>> days = np.arange("2024-01-01", "2024-03-04", dtype="datetime64[D]")
    >>> past = past_of(Daily(days, np.zeros(63), np.arange(63.0) % 3), 56, 7)
    >>> [scales.shape for scales in sample_scales(past, 1, 4)]
    [(4, 4), (4, 5)]
    """
    activity = _sampled(lambda scales: fit_activity(past, scales).evidence, ACTIVITY_MIDDLE, "activity", seed, samples)
    boats = _sampled(lambda scales: fit_boats_of_days(past, scales).evidence, BOATS_MIDDLE, "boats", seed, samples)
    return activity, boats


def _sampled(
    evidence: Callable[[NDArray[np.float64]], float],
    middle: NDArray[np.float64],
    name: str,
    seed: int,
    samples: int,
) -> NDArray[np.float64]:
    def _likely(scales: NDArray[np.float64]) -> float:
        away = (scales - middle) / SCALE_WIDTH
        if np.max(np.abs(away)) > _WALKERS:  # beyond any doubt, and beyond what can be computed
            return -np.inf
        return evidence(scales) - 0.5 * float(np.sum(away**2))

    start = middle + _START * SCALE_WIDTH * normals(f"scales of {name} start", _WALKERS, len(middle), seed)
    words = (uniforms(f"scales of {name}", _WORDS, seed) * _TOP).astype(np.uint32)
    state = emcee.State(start, random_state=("MT19937", words, _WORDS, 0, 0.0))
    sampler = emcee.EnsembleSampler(_WALKERS, len(middle), _likely)
    sampler.run_mcmc(state, _FORGET + _KEEP)
    kept = sampler.get_chain(discard=_FORGET, flat=True)
    return np.asarray(kept[np.linspace(0, len(kept) - 1, samples).astype(np.int64)])
