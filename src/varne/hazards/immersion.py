"""How long people live in the water."""

import math

from varne.compiled import compiled
from varne.units import HOUR, MINUTE

# Hayward, Eckerson and Collis (1975), J. Appl. Physiol. 38:1073: minutes from degC; singular at 23.1 degC.
_HAYWARD_CONSTANT = 15.0
_HAYWARD_HEAT = 7.2
_HAYWARD_COLD = 0.0785
_HAYWARD_SLOPE = 0.0034
_HAYWARD_COLDEST = 0.0
_HAYWARD_WARMEST = 20.0
# UK National Immersion Incident Survey, Environmental Ergonomics XII (2007), 342: 3.6, 5.7 and 9.0 h without a buoyancy
# aid at 5, 10 and 15 degC, which lie on an exponential.
_HALF_AT_REFERENCE = 3.6
_REFERENCE_TEMPERATURE = 5.0
_HALF_GROWTH = 0.09163
# Xu and Giesbrecht (2018): longest survival of 122 cases, hours from degC.
_LONGEST_SQUARE = 0.0547
_LONGEST_LINEAR = 0.5048
_LONGEST_CONSTANT = 1.3604


@compiled
def hayward_time(water_temperature):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the time until the core of a person in light clothing and a lifejacket has cooled to 30 degC.

    Parameters
    ----------
    water_temperature : float
        Of the water; below 0 taken as 0 and above 20 as 20, outside which the formula does not hold. [degC]

    Returns
    -------
    float
        Time to death by cold. [s]

    References
    ----------
    Hayward, Eckerson and Collis (1975), J. Appl. Physiol. 38:1073, PMID 1139445.

    Examples
    --------
    >>> round(hayward_time(10.0) / 60.0, 1)
    176.8
    """
    temperature = min(max(water_temperature, _HAYWARD_COLDEST), _HAYWARD_WARMEST)
    return MINUTE * (_HAYWARD_CONSTANT + _HAYWARD_HEAT / (_HAYWARD_COLD - _HAYWARD_SLOPE * temperature))


@compiled
def half_time(water_temperature):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the time in which half of the people in the water die, without a buoyancy aid.

    Parameters
    ----------
    water_temperature : float
        Of the water. [degC]

    Returns
    -------
    float
        Of cases reported to the survey. [s]

    References
    ----------
    UK National Immersion Incident Survey, Environmental Ergonomics XII (2007), 342.

    Examples
    --------
    >>> round(half_time(10.0) / 3600.0, 2)
    5.69
    """
    return HOUR * _HALF_AT_REFERENCE * math.exp(_HALF_GROWTH * (water_temperature - _REFERENCE_TEMPERATURE))


@compiled
def longest_survival(water_temperature):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the longest time that anybody is known to live in the water: a bound, never an expectation.

    Parameters
    ----------
    water_temperature : float
        Of the water; below 0 taken as 0. [degC]

    Returns
    -------
    float
        Upper bound of survival. [s]

    References
    ----------
    Xu and Giesbrecht (2018), curve of maximum survival from 122 cases.

    Examples
    --------
    >>> round(longest_survival(10.0) / 3600.0, 2)
    11.88
    """
    temperature = max(water_temperature, 0.0)
    return HOUR * ((_LONGEST_SQUARE * temperature + _LONGEST_LINEAR) * temperature + _LONGEST_CONSTANT)


@compiled
def log_logistic(time, scale, shape):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share still alive by a log-logistic law.

    Parameters
    ----------
    time : float
        In the water. [s]
    scale : float
        Time in which half die. [s]
    shape : float
        How steeply they do. [1]

    Returns
    -------
    float
        1 at the beginning. [1]

    References
    ----------
    Log-logistic law of survival, ``1 / (1 + (t / scale)^shape)``.

    Examples
    --------
    >>> log_logistic(3600.0, 3600.0, 2.5)
    0.5
    """
    if time <= 0.0:
        return 1.0
    return 1.0 / (1.0 + (time / scale) ** shape)


@compiled
def lognormal_survival(time, median, geometric_sd):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share still alive by a lognormal law.

    Parameters
    ----------
    time : float
        In the water. [s]
    median : float
        Time in which half die. [s]
    geometric_sd : float
        Factor of one standard deviation; at 1 or less all die at the median. [1]

    Returns
    -------
    float
        1 at the beginning. [1]

    References
    ----------
    Lognormal law of survival, ``erfc(ln(t / median) / (√2 ln sd)) / 2``.

    Examples
    --------
    >>> lognormal_survival(3600.0, 3600.0, 1.6)
    0.5
    >>> round(lognormal_survival(2.0 * 3600.0, 3600.0, 1.6), 4)
    0.0701
    """
    if time <= 0.0:
        return 1.0
    if geometric_sd <= 1.0:
        return 1.0 if time < median else 0.0
    return math.erfc(math.log(time / median) / (math.sqrt(2.0) * math.log(geometric_sd))) / 2.0


@compiled
def survival(time, acute, scale, shape, cap_time):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the share still alive after a time in the water.

    Parameters
    ----------
    time : float
        In the water; acute deaths are counted from the first moment. [s]
    acute : float
        Share that dies in the first minutes, by cold shock or entangled. [1]
    scale : float
        Time in which half of the others die. [s]
    shape : float
        How steeply they do. [1]
    cap_time : float
        Beyond which nobody lives. [s]

    Returns
    -------
    float
        Still alive. [1]

    References
    ----------
    Anchored on the UK National Immersion Incident Survey (2007) and on the case of 24 November 2021.

    Examples
    --------
    >>> round(survival(4.2 * 3600.0, 0.1, 0.47 * half_time(13.0), 2.5, math.inf), 3)
    0.352
    """
    if time > cap_time:
        return 0.0
    return (1.0 - acute) * log_logistic(time, scale, shape)


@compiled
def death_after_recovery(time, half_time, base, slope, most):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the chance that somebody taken alive from the water dies during the recovery or within hours.

    Parameters
    ----------
    time : float
        Spent in the water. [s]
    half_time : float
        Time in which half die in that water. [s]
    base, slope, most : float
        Chance after a moment, its growth by the half time, and its bound. [1]

    Returns
    -------
    float
        Of one person. [1]

    References
    ----------
    Collapse around rescue: Golden, Hervey and Tipton (1991); the numbers are expert priors.

    Examples
    --------
    >>> round(death_after_recovery(3600.0, 7200.0, 0.02, 0.1, 0.2), 4)
    0.07
    """
    return min(base + slope * time / half_time, most)
