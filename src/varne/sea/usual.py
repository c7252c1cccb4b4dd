"""What weather is usual at a place: the season, the rose of each month, and how strong each wind blows."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root
from scipy.special import gamma

from varne.errors import NoData
from varne.facts.climate_tables import climate_table
from varne.sea.climate import monthly_anchors

Array = NDArray[np.float64]

MID_STRAIT = 51.05, 1.45  # latitude and longitude [deg], between Dover and Calais (GEBCO_2014)
_WEST, _EAST = 1.0, 3.0  # longitudes of the two cells of the climatology [deg], COADS
# Latitudes and longitudes for which the two cells and the rose may stand [deg]: the domain of the embedded sea.
_SOUTH, _NORTH, _LEFT, _RIGHT = 49.7, 52.2, -0.2, 3.6
# A quarter of a sector on each side is shared with the neighbour when values are interpolated between the middles of
# the sectors: means over a sector are then 6/8 its own value and 1/8 of each neighbour's, exact for a straight line.
_OWN, _NEIGHBOUR = 6 / 8, 1 / 8


@dataclass(frozen=True, slots=True)
class Usual:
    """
    What is usual at a place. Months are values in their middles, between which straight lines keep the monthly means.

    Sectors have north in the middle of the first and run clockwise; values between their middles lie on straight lines.
    """

    latitude: float  # [deg]
    longitude: float  # [deg]
    wind_speed: Array  # (month,) mean [m/s]
    rose: Array  # (month, sector) share of time that the wind blows from there [1]
    sector_speed: Array  # (sector,) mean speed where the mean of all sectors and months is 1 by the annual rose [1]
    sector_shape: Array  # (sector,) Weibull shape of the speed [1]
    speed_factor: Array  # (month,) by which the sector's speed is multiplied, so that the mean is right [m/s]
    wave_height: Array  # (month,) mean significant height [m]
    water: Array  # (month,) mean temperature of the surface [degC]
    air: Array  # (month,) mean temperature [degC]


def usual_at(latitude: float = MID_STRAIT[0], longitude: float = MID_STRAIT[1]) -> Usual:
    """
    Return what is usual at a place in the strait.

    Speed and water temperature lie between the two cells of the climatology, by longitude; everything else is one for
    the whole strait.

    Parameters
    ----------
    latitude, longitude : float
        North and east positive. [deg]

    Returns
    -------
    Usual

    Raises
    ------
    NoData
        Outside the embedded sea.

    References
    ----------
    COADS; the Borssele rose: see ``facts/climate.toml`` and ``facts/weather.toml``.

    Examples
    --------
    >>> usual_at().rose.shape
    (12, 12)
    >>> usual_at(60.0, 5.0)
    Traceback (most recent call last):
    varne.errors.NoData: The climate is known from 49.7 to 52.2 N and -0.2 to 3.6 E, not at 60 N 5 E; ...
    """
    if not (_SOUTH <= latitude <= _NORTH and _LEFT <= longitude <= _RIGHT):
        raise NoData(
            f"The climate is known from {_SOUTH:g} to {_NORTH:g} N and {_LEFT:g} to {_RIGHT:g} E, not at "
            f"{latitude:g} N {longitude:g} E; bring a series of that place with --weather."
        )
    east = min(max((longitude - _WEST) / (_EAST - _WEST), 0.0), 1.0)
    speed = monthly_anchors(_between("wind_speed", "wind_speed_east", east))
    towards_east, towards_north = (monthly_anchors(_table(f"wind_towards_{way}")) for way in ("east", "north"))
    shares, shape = _table("wind_rose"), _table("wind_rose_shape")
    shares = shares / shares.sum()
    mean = _table("wind_rose_scale") * gamma(1.0 + 1.0 / shape)
    mean = mean / (shares @ mean)
    rose = np.array(
        [
            tilted(shares, mean, east=u / w, north=v / w)
            for u, v, w in zip(towards_east, towards_north, speed, strict=True)
        ]
    )
    return Usual(
        latitude=latitude,
        longitude=longitude,
        wind_speed=speed,
        rose=rose,
        sector_speed=_sharpened(mean),
        sector_shape=_sharpened(shape),
        speed_factor=speed / (rose @ mean),
        wave_height=monthly_anchors(_table("wave_height")),
        water=monthly_anchors(_between("sea_temperature", "sea_temperature_east", east)),
        air=monthly_anchors(_table("air_temperature")),
    )


def _table(name: str) -> Array:
    return climate_table(name).values


def _between(west: str, east: str, share: float) -> Array:
    return (1.0 - share) * _table(west) + share * _table(east)


def tilted(shares: Array, mean_speed: Array, *, east: float, north: float) -> Array:
    """
    Turn a rose as little as possible so that the mean wind vector comes out as asked.

    Parameters
    ----------
    shares : array, shape (sector,)
        The rose; its sum is 1. [1]
    mean_speed : array, shape (sector,)
        Of the wind from each sector, in any unit. [1]
    east, north : float
        Mean wind vector, towards, over the mean speed: the steadiness. [1]

    Returns
    -------
    array, shape (sector,)
        Shares of time, of all roses with this mean vector the one of least relative entropy; their sum is 1. [1]

    Raises
    ------
    NoData
        If no rose of these sectors has such a vector.

    References
    ----------
    Csiszár (1975), Ann. Probab. 3:146: the least change is exponential in what is constrained.

    Examples
    --------
    >>> even = np.full(4, 0.25)
    >>> tilted(even, np.ones(4), east=0.0, north=0.0).round(3)
    array([0.25, 0.25, 0.25, 0.25])
    >>> bool(tilted(even, np.ones(4), east=0.3, north=0.0)[3] > 0.4)  # towards east is from west
    True
    """
    sectors = len(shares)
    middle = 2.0 * np.pi * np.arange(sectors) / sectors
    narrow = math.sin(np.pi / sectors) / (np.pi / sectors)  # mean cosine within a sector of even density
    vector = -narrow * mean_speed[:, None] * np.column_stack([np.sin(middle), np.cos(middle)])

    # The constraint is a mean of zero of this, so the rose is exponential in it.
    excess = vector - mean_speed[:, None] * np.array([east, north])

    def mean_excess(tilt: Array) -> Array:
        """Of the rose so tilted; it must vanish."""
        return np.asarray(_weighted(shares, excess @ tilt) @ excess)

    tilt = root(mean_excess, np.zeros(2)).x
    rose = _weighted(shares, excess @ tilt)
    if np.abs(rose @ excess).max() > 1e-8:
        raise NoData(f"No rose has a steadiness of {math.hypot(east, north):.2f}; give means that go together.")
    return rose


def _weighted(shares: Array, exponent: Array) -> Array:
    weight = shares * np.exp(exponent - exponent.max())
    return np.asarray(weight / weight.sum())


def _sharpened(by_sector: Array) -> Array:
    """Values in the middles of sectors with which straight lines between them keep the means of the sectors."""
    one = np.eye(len(by_sector))
    mixing = _OWN * one + _NEIGHBOUR * (np.roll(one, 1, axis=0) + np.roll(one, -1, axis=0))
    return np.asarray(np.linalg.solve(mixing, by_sector))
