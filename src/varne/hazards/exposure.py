"""Wet people in the wind aboard an open boat."""

from varne.compiled import compiled
from varne.units import UNITS

# Wind chill of the Joint Action Group for Temperature Indices (2001): °C from °C and km/h at 10 m.
_CONSTANT = 13.12
_TEMPERATURE = 0.6215
_WIND = 11.37
_BOTH = 0.3965
_POWER = 0.16
_LOWEST_WIND = 4.8  # walking pace, which the index takes as calm [km/h]
_KILOMETRE_PER_HOUR = UNITS["km/h"][1]


@compiled
def wind_chill(air_temperature, wind_speed_at_10m):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the temperature of still air that would cool bare skin as fast.

    Parameters
    ----------
    air_temperature : float
        Of the air. [degC]
    wind_speed_at_10m : float
        Mean, 10 m above the sea. [m/s]

    Returns
    -------
    float
        Never above the temperature of the air. [degC]

    References
    ----------
    Joint Action Group for Temperature Indices (2001); Osczevski and Bluestein (2005), BAMS 86:1453. Made for air of
    10 degC or less and wind of 4.8 km/h or more; less wind is taken as 4.8 km/h.

    Examples
    --------
    >>> round(wind_chill(-10.0, 30.0 / 3.6), 1)
    -19.5
    """
    wind = max(wind_speed_at_10m / _KILOMETRE_PER_HOUR, _LOWEST_WIND) ** _POWER
    chill = _CONSTANT + _TEMPERATURE * air_temperature - _WIND * wind + _BOTH * air_temperature * wind
    return min(chill, air_temperature)


@compiled
def half_time(wind_chill, reference_chill, reference_half_time, doubling_temperature):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the time in which half of the people aboard would die of cold.

    Parameters
    ----------
    wind_chill : float
        Temperature felt. [degC]
    reference_chill : float
        Temperature felt in the case that the reference comes from. [degC]
    reference_half_time : float
        Time in which half would have died in that case. [s]
    doubling_temperature : float
        Rise of the temperature felt that doubles the time. [degC]

    Returns
    -------
    float
        Rises with the temperature felt. [s]

    References
    ----------
    The case is Lampedusa, 8 to 9 February 2015: 22 of 98 dead in 18 h, about 33 h; the doubling is an expert prior.

    Examples
    --------
    >>> half_time(2.0, -4.0, 33.0 * 3600.0, 3.0) / 3600.0
    132.0
    """
    return reference_half_time * 2.0 ** ((wind_chill - reference_chill) / doubling_temperature)


@compiled
def exposure_rate(time, half_time, shape):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the rate at which one person aboard who is still alive dies of cold.

    Parameters
    ----------
    time : float
        Since the exposure began. [s]
    half_time : float
        Time in which half would die. [s]
    shape : float
        Of the log-logistic law; 1 or more. [1]

    Returns
    -------
    float
        Hazard of one person, 0 at the beginning. [1/s]

    References
    ----------
    Log-logistic law of survival, ``S = 1 / (1 + (t / t50)^shape)``.

    Examples
    --------
    >>> round(exposure_rate(18.0 * 3600.0, 33.0 * 3600.0, 2.0) * 3600.0, 4)  # in an hour
    0.0255
    """
    if time <= 0.0:
        return 0.0
    power = (time / half_time) ** shape
    return shape * power / (time * (1.0 + power))
