"""How long people of each kind live in the water of this encounter, tabulated for the kernel."""

import numpy as np
from numpy.typing import NDArray

from varne.afloat.people import cooling_factor
from varne.encounter.records import BODIES, CLASSES
from varne.hazards.immersion import (
    death_after_recovery,
    half_time,
    hayward_time,
    lognormal_survival,
    longest_survival,
    survival,
)
from varne.units import HOUR, MINUTE

_FINE, _COARSE = 2 * MINUTE, 10 * MINUTE  # spacing of the table, in the first hour and after it


def moments(horizon: float) -> NDArray[np.float64]:
    """
    Choose the times in the water at which survival is tabulated: finely at first.

    Parameters
    ----------
    horizon : float
        The last is at or after it. [s]

    Returns
    -------
    array, shape (moment,)
        From 0. [s]

    Examples
    --------
    >>> moments(2 * 3600.0)[[0, 1, 30, 31, -1]] / 60
    array([  0.,   2.,  60.,  70., 120.])
    """
    return np.concatenate([np.arange(0.0, HOUR, _FINE), np.arange(HOUR, max(horizon, HOUR) + _COARSE / 2, _COARSE)])


def tabulate_survival(
    weather: NDArray[np.void], known: NDArray[np.void], times: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """
    Tabulate the chance to live on in the water, and to die after being taken out.

    Parameters
    ----------
    weather, known : structured array, shape (draw,)
        Weather and drawn facts. [SI]
    times : array, shape (moment,)
        From :func:`moments`. [s]

    Returns
    -------
    alive : array, shape (draw, class, moment)
        Chance to be alive after that time in the water; the first moment is after the first minutes. [1]
    lives_on : array, shape (draw, class, moment)
        Chance of one alive at the moment before to be alive at this one. [1]
    dies_later : array, shape (draw, moment)
        Chance of one taken out at that moment to die. [1]

    References
    ----------
    Hayward, Eckerson and Collis (1975); UKNIIS (2006); Xu and Giesbrecht (2018); fit to 24 November 2021.

    Examples
    --------
    >>> from varne.encounter.records import WEATHER
    >>> from varne.facts.tables import shipped_facts
    >>> weather = np.zeros(1, WEATHER)
    >>> weather["water_temperature"] = 13.0
    >>> alive, lives_on, dies_later = tabulate_survival(weather, shipped_facts().drawn(1, 1), moments(3600.0))
    >>> alive.shape, bool((lives_on <= 1).all())
    ((1, 6, 31), True)
    """
    alive = np.empty((len(known), CLASSES, len(times)))
    dies_later = np.empty((len(known), len(times)))
    for draw, (air, fact) in enumerate(zip(weather, known, strict=True)):
        temperature = air["water_temperature"]
        half = half_time(temperature)
        for index in range(CLASSES):
            alive[draw, index] = [_alive(fact, temperature, index // 2, index % 2 == 1, time) for time in times]
        dies_later[draw] = [
            death_after_recovery(
                time, half, fact["recovery_death_base"], fact["recovery_death_slope"], fact["recovery_death_most"]
            )
            for time in times
        ]
    lives_on = np.zeros_like(alive)
    np.divide(alive[..., 1:], alive[..., :-1], out=lives_on[..., 1:], where=alive[..., :-1] > 0.0)
    return alive, lives_on, dies_later


def _alive(fact: np.void, temperature: float, body: int, jacket: bool, time: float) -> float:
    """Chance to be alive: the fitted law, or Hayward's published curve, by what this draw believes."""
    acute = fact["immersion_acute"] * (fact["immersion_acute_with_jacket"] if jacket else 1.0)
    cap = fact["immersion_cap_factor"] * longest_survival(temperature)
    if fact["immersion_fitted"] <= 0.0:  # published curves only
        return float(lognormal_survival(time, hayward_time(temperature), fact["immersion_hayward_spread"]))
    size = (1.0, fact["people_woman_factor"], fact["people_child_factor"])[body] / fact["immersion_fitted_body"]
    if jacket and fact["immersion_hayward_weight"] > 0.0:
        slow = lognormal_survival(time, hayward_time(temperature) * size, fact["immersion_hayward_spread"])
        return float((1.0 - acute) * slow) if time <= cap else 0.0
    scale = fact["immersion_crowd_factor"] * half_time(temperature) * size
    if jacket:
        # Beside wearers of working jackets in the survey; a jacket that works never shortens life.
        scale = max(fact["immersion_jacket_factor"] * half_time(temperature) * size, scale)
    return float(survival(time, acute, scale, fact["immersion_shape"], cap))


def body_factors(known: np.void) -> tuple[float, ...]:
    """
    Return how fast each body cools beside the standard man, from its surface and mass.

    Parameters
    ----------
    known : record
        Drawn facts. [SI]

    Returns
    -------
    tuple of float
        Man, woman, child. [1]

    References
    ----------
    DuBois and DuBois (1916), body surface.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> body_factors(shipped_facts().drawn(1, 1)[0])[0]
    1.0
    """
    man = known["people_man_height"], known["people_man_mass"]
    bodies = (
        man,
        (known["people_woman_height"], known["people_woman_mass"]),
        (known["people_child_height"], known["people_child_mass"]),
    )
    assert len(bodies) == BODIES
    return tuple(float(cooling_factor(height, mass, *man)) for height, mass in bodies)
