"""What a check of a forecast teaches about its errors: bias and spread after the pairs have been seen."""

import math
from dataclasses import dataclass

from varne.errors import BadFact
from varne.sea.forecast_check import Score


@dataclass(frozen=True, slots=True)
class ForecastError:
    """Errors to draw: take ``bias`` off the forecast, then scatter it by ``spread``."""

    bias: float  # forecast minus truth, as far as the pairs make it certain [unit]
    spread: float  # standard deviation of what is left, its own uncertainty included [unit]
    pairs: float  # independent pairs behind it, without those the prior counts for [1]


def widen(prior: float, score: Score, *, weight: float, instrument: float) -> ForecastError:
    """
    Bring the prior spread of a forecast's errors together with a check against observations.

    Errors are normal with unknown mean and variance; the prior is the conjugate one that is worth ``weight`` pairs
    without bias: ``b | s2 ~ N(0, s2 / w)``, ``s2 ~ scaled inverse chi-square(w, v)``. With ``n`` independent pairs of
    mean ``m`` and variance ``q`` the bias becomes ``n m / (w + n)`` and the scale
    ``s2 = (w v + (n - 1) q + w n m^2 / (w + n)) / (w + n)``; the spread is the scale of the next error,
    ``s2 (1 + 1 / (w + n))``, and ``v`` such that without pairs it is the prior. A check that cannot tell counts as no
    pairs. The spread never shrinks below the error of the instrument.

    Parameters
    ----------
    prior : float
        Spread before any check, above 0. [unit]
    score : Score
        Of the check. [unit]
    weight : float
        Independent pairs that the prior counts for, above 0: ``forecast.prior_weight``. [1]
    instrument : float
        Error of what was measured, ``forecast.*_instrument``. [unit]

    Returns
    -------
    ForecastError

    Raises
    ------
    BadFact
        If the prior or its weight is not above 0.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, third edition, section 3.3.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.sea.forecast_check import score
    >>> widen(1.2, score("speed", "m/s", np.array([])), weight=20.0, instrument=0.5)
    ForecastError(bias=0.0, spread=1.2, pairs=0.0)
    """
    if not (prior > 0.0 and weight > 0.0 and math.isfinite(prior) and math.isfinite(weight)):
        raise BadFact(f"A prior spread of {prior:g} worth {weight:g} pairs cannot be; both must be above 0.")
    if score.bias is None or score.spread is None:
        return ForecastError(0.0, prior, 0.0)
    pairs = score.effective
    together = weight + pairs
    variance = prior**2 / (1.0 + 1.0 / weight)
    squares = weight * variance + (pairs - 1.0) * score.spread**2 + weight * pairs / together * score.bias**2
    spread = math.sqrt(squares / together * (1.0 + 1.0 / together))
    return ForecastError(pairs * score.bias / together, max(spread, min(prior, instrument)), pairs)
