"""Effects that are not seen behind days that are: a normal posterior about its peak, and how likely the days are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.special import expit

from varne.season.truncated import log_truncated, slope_and_information

_ROUNDS = 40  # of Newton's method at most; our choice
_FARTHEST = 2.0  # step of Newton's method, in logarithms; our choice


@dataclass(frozen=True, slots=True)
class Peak:
    """The posterior of effects by Laplace's method."""

    mean: NDArray[np.float64]  # (effect,)
    information: NDArray[np.float64]  # (effect, effect), inverse of the covariance
    evidence: float  # logarithm of the chance of the days, effects integrated out

    def drawn(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Turn standard normal numbers into draws of the effects.

        Parameters
        ----------
        scores : array, shape (draw, effect)
            Standard normal. [1]

        Returns
        -------
        array, shape (draw, effect)
            [1]

        Examples
        --------
        >>> Peak(np.array([1.0]), np.array([[4.0]]), 0.0).drawn(np.array([[2.0]]))
        array([[2.]])
        """
        lower = cholesky(self.information, lower=True)
        return np.asarray(self.mean + solve_triangular(lower, scores.T, lower=True, trans="T").T)


def walk(steps: int, kept: float, first: float, innovation: float) -> NDArray[np.float64]:
    """
    Return what is known of a walk that keeps a share of where it was, as the inverse of its covariance.

    Parameters
    ----------
    steps : int
        How many. [1]
    kept : float
        Share; 1: a random walk. [1]
    first : float
        Standard deviation of its first place. [1]
    innovation : float
        Standard deviation of each step. [1]

    Returns
    -------
    array, shape (step, step)
        [1]

    Examples
    --------
    >>> np.linalg.inv(walk(2, 1.0, 1.0, 2.0)).round(6)
    array([[1., 1.],
           [1., 5.]])
    """
    differences = np.eye(steps) - kept * np.eye(steps, k=-1)
    weights = np.full(steps, innovation**-2.0)
    weights[0] = first**-2.0
    return np.asarray(differences.T @ (weights[:, None] * differences))


def peak_of_boats(
    design: NDArray[np.float64], counts: NDArray[np.float64], precision: NDArray[np.float64], size: float
) -> Peak:
    """
    Return the posterior of the effects on the boats of active days.

    Parameters
    ----------
    design : array, shape (day, effect)
        What of each effect is in the logarithm of a day's mean. [1]
    counts : array, shape (day,)
        Boats, 1 or more. [1]
    precision : array, shape (effect, effect)
        Known before the days: inverse covariance about nothing. [1]
    size : float
        Dispersion k. [1]

    Returns
    -------
    Peak

    References
    ----------
    Rue, Martino and Chopin (2009), Approximate Bayesian inference for latent Gaussian models, J. R. Stat. Soc. B
    71:319.

    Examples
    --------
    >>> peak = peak_of_boats(np.ones((400, 1)), np.full(400, 5.0), np.eye(1) * 1e-6, 1e6)
    >>> peak.mean.round(2)  # Poisson without its zero: mean / (1 - exp(-mean)) is 5
    array([1.6])
    """

    def _slopes(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return slope_and_information(counts, np.exp(sums), size)

    mean, information = _climb(design, precision, _slopes)
    likely = float(np.sum(log_truncated(counts, np.exp(design @ mean), size)))
    return Peak(mean, information, likely + _volume(mean, precision, information))


def peak_of_activity(design: NDArray[np.float64], active: NDArray[np.float64], precision: NDArray[np.float64]) -> Peak:
    """
    Return the posterior of the effects on whether a day is active.

    Parameters
    ----------
    design : array, shape (day, effect)
        What of each effect is in the logarithm of a day's odds. [1]
    active : array, shape (day,)
        1: boats came; 0: none. [1]
    precision : array, shape (effect, effect)
        Known before the days: inverse covariance about nothing. [1]

    Returns
    -------
    Peak

    References
    ----------
    Rue, Martino and Chopin (2009), as above.

    Examples
    --------
    >>> peak = peak_of_activity(np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0]), np.eye(1) * 1e-9)
    >>> np.exp(peak.mean).round(3)  # odds of three to one
    array([3.])
    """

    def _slopes(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        chance = expit(sums)
        return active - chance, chance * (1.0 - chance)

    mean, information = _climb(design, precision, _slopes)
    sums = design @ mean
    likely = -float(np.sum(np.logaddexp(0.0, np.where(active > 0, -sums, sums))))
    return Peak(mean, information, likely + _volume(mean, precision, information))


def _climb(design, precision, slopes):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Newton's method, with steps that are never far."""
    effects = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        slope, weight = slopes(design @ effects)
        information = design.T @ (weight[:, None] * design) + precision
        lower = cholesky(information, lower=True)
        step = cho_solve((lower, True), design.T @ slope - precision @ effects)
        longest = float(np.max(np.abs(step)))
        effects = effects + step * min(1.0, _FARTHEST / max(longest, 1e-6))
        if longest < 1e-6:
            break
    return effects, information


def _volume(mean: NDArray[np.float64], precision: NDArray[np.float64], information: NDArray[np.float64]) -> float:
    before, after = np.linalg.slogdet(precision)[1], np.linalg.slogdet(information)[1]
    return 0.5 * float(before - after - mean @ precision @ mean)
