"""How long people of each kind live in the water of this encounter, tabulated for the kernel."""

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled
from varne.encounter.records import CLASSES
from varne.hazards.immersion import (
    death_after_recovery,
    half_time,
    hayward_time,
    lognormal_survival,
    longest_survival,
    survival,
)
from varne.units import HOUR, MINUTE

# Spacing of the table, and until when: finely while people are being lifted out, coarsely while they wait.
_SPACINGS = ((2 * MINUTE, 30 * MINUTE), (5 * MINUTE, 2 * HOUR), (15 * MINUTE, np.inf))


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
    >>> moments(2.5 * 3600.0)[[0, 1, 15, 16, -2, -1]] / 60
    array([  0.,   2.,  30.,  35., 135., 150.])
    """
    times = [0.0]
    for spacing, until in _SPACINGS:
        while times[-1] < min(until, horizon):
            times.append(times[-1] + spacing)
    return np.array(times)


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
    ((1, 6, 22), True)
    """
    alive = np.empty((len(known), CLASSES, len(times)))
    lives_on = np.empty_like(alive)
    dies_later = np.empty((len(known), len(times)))
    _tabulate_all(weather, known, times, alive, lives_on, dies_later)
    return alive, lives_on, dies_later


@compiled
def _tabulate_all(weather, known, times, alive, lives_on, dies_later):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(len(known)):
        tabulate(known[draw], weather[draw].water_temperature, times, alive[draw], lives_on[draw], dies_later[draw])


@compiled
def tabulate(fact, temperature, times, alive, lives_on, dies_later):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Tabulate one water temperature, as :func:`tabulate_survival` does for each draw.

    Parameters
    ----------
    fact : record
        Drawn facts. [SI]
    temperature : float
        Of the water. [degC]
    times : array, shape (moment,)
        From :func:`moments`. [s]
    alive, lives_on : array, shape (class, moment)
        Changed in place. [1]
    dies_later : array, shape (moment,)
        Changed in place. [1]

    Returns
    -------
    None
    """
    half = half_time(temperature)
    for place in range(len(times)):
        time = times[place]
        for index in range(CLASSES):
            alive[index, place] = chance_alive(fact, temperature, index // 2, index % 2 == 1, time)
            before = alive[index, place - 1] if place > 0 else 0.0
            lives_on[index, place] = alive[index, place] / before if before > 0.0 else 0.0
        dies_later[place] = death_after_recovery(
            time, half, fact.recovery_death_base, fact.recovery_death_slope, fact.recovery_death_most
        )


@compiled
def chance_alive(fact, temperature, body, jacket, time):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance to be alive after a time in the water: the fitted law, or Hayward's published curve.

    Parameters
    ----------
    fact : record
        Drawn facts, with what this draw believes. [SI]
    temperature : float
        Of the water. [degC]
    body : int
        0 man, 1 woman, 2 child. [1]
    jacket : bool
        Whether a jacket that works is worn. [1]
    time : float
        In the water. [s]

    Returns
    -------
    float
        [1]

    References
    ----------
    Hayward, Eckerson and Collis (1975); UKNIIS (2006); fit to 24 November 2021.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> fact = shipped_facts().drawn(1, 1)[0]
    >>> chance_alive(fact, 10.0, 0, False, 3600.0) > chance_alive(fact, 10.0, 0, False, 7200.0)
    True
    """
    if fact.immersion_fitted <= 0.0:  # published curves only
        return lognormal_survival(time, hayward_time(temperature), fact.immersion_hayward_spread)
    acute = fact.immersion_acute
    cap = fact.immersion_cap_factor * longest_survival(temperature)
    size = 1.0
    if body == 1:
        size = fact.people_woman_factor
    elif body == 2:
        size = fact.people_child_factor
    size /= fact.immersion_fitted_body
    scale = fact.immersion_crowd_factor * half_time(temperature) * size
    without = survival(time, acute, scale, fact.immersion_shape, cap)
    if not jacket:
        return without
    acute *= fact.immersion_acute_with_jacket
    if fact.immersion_hayward_weight <= 0.0:
        scale = max(fact.immersion_jacket_factor * half_time(temperature) * size, scale)
        worn = survival(time, acute, scale, fact.immersion_shape, cap)
    elif time > cap:
        worn = 0.0
    else:
        slow = lognormal_survival(time, hayward_time(temperature) * size, fact.immersion_hayward_spread)
        worn = (1.0 - acute) * slow
    return max(worn, without)  # a jacket that works never shortens life
