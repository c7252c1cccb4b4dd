"""What a check of a forecast teaches about its errors: bias and spread after the pairs have been seen."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFact
from varne.facts.tables import Facts
from varne.sea.field import Field
from varne.sea.forecast_check import Check, Score
from varne.units import in_si

# For each quantity that a buoy observes: the measures of a check, the fact of its error, and that of the instrument.
CHECKED = {
    "wind": (("towards east", "towards north"), "forecast.wind_error_start", "forecast.wind_instrument"),
    "waves": (("log height",), "forecast.wave_error_start", "forecast.wave_instrument"),
    "water": (("temperature",), "forecast.water_error", "forecast.temperature_instrument"),
    "air": (("temperature",), "forecast.air_error", "forecast.temperature_instrument"),
}
_LEAST_HEIGHT = 0.1  # resolution of reported wave heights [m] (NDBC)


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


def learn(found: Check, there: Field, facts: Facts) -> list[ForecastError]:
    """
    Say what a check tells of the error at the start of a forecast.

    The pairs lie hours after the forecast was made, and the mean of an ensemble lies between its members: what the
    growth with lead and the spread of the members add is drawn on its own, so it is taken off.

    Parameters
    ----------
    found : Check
        A key of :data:`CHECKED`. [unit]
    there : Field
        The forecast at the place and times of the check. [unit]
    facts : Facts
        With the errors before the check. [SI]

    Returns
    -------
    list of ForecastError
        One for each measure from which errors are drawn.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, third edition, section 3.3.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.sea.field import Source
    >>> nothing = Check("water", "62304", 0.0, 0.0, (), (), None)
    >>> values = np.full((1, 2, 2, 2, 1), 9.0)
    >>> warm = Field("water", values, 1.0, 50.0, 1.0, 1.0, 0.0, 1.0, None, Source("", "published"))
    >>> learn(nothing, warm, shipped_facts())
    []
    """
    measures, name, instrument = CHECKED[found.quantity]
    prior, weight, least = (
        in_si(facts[one].value, facts[one].unit) for one in (name, "forecast.prior_weight", instrument)
    )
    drawn = 0.0
    if len(there.values) > 1:
        drawn = float(member_variance(there).mean())
    elif there.issued is not None and found.quantity in ("wind", "waves"):
        growth = facts[name.replace("_start", "_growth")]
        leads = np.maximum(there.start + there.interval * np.arange(there.values.shape[1]) - there.issued, 0.0)
        drawn = float((in_si(growth.value, growth.unit) ** 2 * leads**2).mean())
    scores = [score for measure in measures for score in found.scores if score.measure == measure]
    learned = [widen(math.hypot(prior, math.sqrt(drawn)), score, weight=weight, instrument=least) for score in scores]
    return [
        replace(error, spread=max(math.sqrt(max(error.spread**2 - drawn, 0.0)), min(prior, least))) for error in learned
    ]


def member_variance(field: Field) -> NDArray[np.float64]:
    """
    Return how much the members of an ensemble differ, in the measure of their error.

    Parameters
    ----------
    field : Field
        Wind, waves or a temperature, of two or more realizations. [unit]

    Returns
    -------
    array, shape (time,)
        Variance of a component of the wind, of the logarithm of the height of waves, of a temperature. [unit²]

    Examples
    --------
    >>> from varne.sea.field import Source
    >>> values = np.stack([np.full((2, 2, 2, 1), 8.0), np.full((2, 2, 2, 1), 10.0)])
    >>> member_variance(Field("water", values, 1.0, 50.0, 1.0, 1.0, 0.0, 1.0, None, Source("", "published")))
    array([2., 2.])
    """
    each = field.values[..., : len(CHECKED[field.quantity][0])]
    if field.quantity == "waves":
        each = np.log(np.maximum(each, _LEAST_HEIGHT))
    variance = each.var(axis=0, ddof=1)
    return np.asarray(variance.reshape(len(variance), -1).mean(axis=1))
