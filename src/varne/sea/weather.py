"""Weather of months: wind, waves and temperatures for each hour of a season, in as many possible years as wanted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gamma, log_ndtr, ndtr, ndtri

from varne.errors import BadTime
from varne.facts.climate_tables import climate_table
from varne.facts.tables import shipped_facts
from varne.sea.climate import monthly_value, weibull_quantile
from varne.sea.dispersion import GRAVITY
from varne.sea.field import Source
from varne.sea.memory import Noise, remember
from varne.sea.tides import checked_times
from varne.sea.usual import Usual, usual_at
from varne.units import DAY, HOUR

Array = NDArray[np.float64]

PAST = 48  # hours of past wind that waves know [h]: by then they have forgotten it to exp(-12), a choice of the method
_SCORE = 6.0  # standard deviations at which a normal score is cut, a choice of the method


@dataclass(frozen=True, slots=True)
class Weather:
    """
    Weather at one place, hour by hour, in one or more possible years.

    Arrays but ``time`` have the shape (member, hour). Waves run towards (``waves_east``, ``waves_north``), a vector of
    length 1. ``sources`` says for wind, waves, water and air where they come from.
    """

    time: Array  # (hour,) since 1970-01-01T00:00Z [s]
    wind_east: Array  # towards east [m/s]
    wind_north: Array  # towards north [m/s]
    wave_height: Array  # significant [m]
    peak_period: Array  # [s]
    waves_east: Array  # [1]
    waves_north: Array  # [1]
    water: Array  # temperature of the surface [degC]
    air: Array  # temperature [degC]
    sources: Mapping[str, Source]


def generate(start: float, hours: int, *, members: NDArray[np.int64], seed: int, usual: Usual | None = None) -> Weather:
    """
    Return possible weather for each hour of a season.

    A member and a seed name one weather for all time: March of member 7 is the same whether March is asked for or the
    year. Nothing has a trend; 2024 differs from 2023 as one year from another.

    Parameters
    ----------
    start : float
        First hour, a whole hour since 1970-01-01T00:00Z. [s]
    hours : int
        How many. [h]
    members : array, shape (member,)
        Which possible years, each 0 or more. [1]
    seed : int
        Names the experiment. [1]
    usual : Usual, optional
        The climate; mid strait unless given. [SI]

    Returns
    -------
    Weather

    Raises
    ------
    BadTime
        If it starts between two hours, has none, or lies outside 1950 to 2100.

    References
    ----------
    ``decisions/0012-weather-generator.md``.

    Examples
    --------
    >>> march = generate(1709251200.0, 744, members=np.arange(2), seed=1)
    >>> march.wave_height.shape
    (2, 744)
    >>> bool((generate(1709251200.0 + 3600.0, 9, members=np.array([1]), seed=1).air[0] == march.air[1, 1:10]).all())
    True
    """
    first = _first_hour(start, hours)
    climate = usual_at() if usual is None else usual
    known = HOUR * np.arange(first - PAST, first + hours, dtype=np.float64)
    east, north = wind_of(known, members=members, seed=seed, usual=climate)
    return with_waves_and_temperatures(
        known,
        east,
        north,
        members=members,
        seed=seed,
        usual=climate,
        source=Source(
            f"generated: {climate_table('wind_speed').says}; rose of Borssele, turned month by month", "derived"
        ),
    )


def _first_hour(start: float, hours: int) -> int:
    checked_times([start, start + HOUR * hours])
    if start % HOUR:
        raise BadTime(f"Generated weather starts at a whole hour, not {start % HOUR:g} s after one; round the start.")
    if hours < 1:
        raise BadTime(f"Weather of {hours} hours has no hour; ask for 1 or more.")
    return round(start / HOUR)


def wind_of(times: Array, *, members: NDArray[np.int64], seed: int, usual: Usual) -> tuple[Array, Array]:
    """
    Return possible wind for each hour.

    A vector of two normal processes goes around as lows and highs pass: its angle becomes the direction by the rose of
    the month, its length the rank of the speed, which also follows spells of many days and the season of one year.

    Parameters
    ----------
    times : array, shape (hour,)
        Successive whole hours since 1970-01-01T00:00Z. [s]
    members : array, shape (member,)
        Which possible years. [1]
    seed : int
        Names the experiment. [1]
    usual : Usual
        The climate. [SI]

    Returns
    -------
    tuple of two arrays, shape (member, hour)
        Towards east and towards north. [m/s]

    Examples
    --------
    >>> east, north = wind_of(np.arange(3) * 3600.0, members=np.arange(1), seed=1, usual=usual_at())
    >>> east.shape
    (1, 3)
    """
    luck = _Luck(round(times[0] / HOUR), len(times), members, seed)
    one, two = (_noise(luck, f"weather wind {part}", "wind_depression", "wind_smoothing") for part in ("one", "two"))
    spell, year = _noise(luck, "weather spell", "wind_spell"), _noise(luck, "weather year", "wind_year")
    # The length of such a vector is exceeded with the chance exp(-length² / 2).
    length = -ndtri(np.exp(-(one**2 + two**2) / 2.0))
    of_spell, of_year = _fact("wind_spell_share"), _fact("wind_year_share")
    rank = np.sqrt(1.0 - of_spell - of_year) * length + np.sqrt(of_spell) * spell + np.sqrt(of_year) * year
    turn = np.arctan2(two, one) / (2.0 * np.pi) % 1.0
    blows_from = _by_rose(turn, np.stack([monthly_value(share, times) for share in usual.rose.T], axis=-1))
    mean, shape = (_by_sector(blows_from, values) for values in (usual.sector_speed, usual.sector_shape))
    mean = mean * monthly_value(usual.speed_factor, times)
    speed = mean / gamma(1.0 + 1.0 / shape) * (-log_ndtr(-rank)) ** (1.0 / shape)
    return -speed * np.sin(blows_from), -speed * np.cos(blows_from)


def with_waves_and_temperatures(
    times: Array,
    wind_east: Array,
    wind_north: Array,
    *,
    members: NDArray[np.int64],
    seed: int,
    usual: Usual,
    source: Source,
) -> Weather:
    """
    Return the weather that goes with a wind.

    Waves follow the wind of the past hours and keep the distribution of their month; what the wind does not explain is
    swell. They run the way of that wind. Water and air vary about their months, the air also through the day.

    Parameters
    ----------
    times : array, shape (hour,)
        Successive whole hours since 1970-01-01T00:00Z; the first :data:`PAST` are only for the memory. [s]
    wind_east, wind_north : array, shape (member, hour)
        Towards. [m/s]
    members : array, shape (member,)
        Which possible years. [1]
    seed : int
        Names the experiment. [1]
    usual : Usual
        The climate. [SI]
    source : Source
        Of the wind. [1]

    Returns
    -------
    Weather
        Without the first :data:`PAST` hours.

    Examples
    --------
    >>> calm = np.full((1, 50), 0.1)
    >>> weather = with_waves_and_temperatures(np.arange(50) * 3600.0, calm, calm, members=np.arange(1), seed=1,
    ...     usual=usual_at(), source=Source("a calm", "assumed"))
    >>> weather.wave_height.shape, bool(weather.wave_height.max() < 0.6)
    ((1, 2), True)
    """
    now = times[PAST:]
    luck = _Luck(round(now[0] / HOUR), len(now), members, seed)
    speed = np.hypot(wind_east, wind_north)
    score = wind_score(speed, times, usual)
    share = _fact("wave_wind_share")
    middle, spread = climate_table("wave_wind_score").values
    swell = _noise(luck, "weather swell", "swell")
    rank = np.sqrt(share) * (_past(score) - middle) / spread + np.sqrt(1.0 - share) * swell
    rank = np.clip(rank, -_SCORE, _SCORE)
    height = weibull_quantile(ndtr(rank), monthly_value(usual.wave_height, now), shape=_fact("wave_height_shape"))
    by_wind, by_waves = climate_table("wave_steepness_slopes").values
    scatter = _noise(luck, "weather steepness", "wave_steepness")
    steepness = shipped_facts()["sea.wave_steepness"].value * np.exp(
        by_wind * score[:, PAST:] + by_waves * rank + _fact("wave_steepness_scatter") * scatter
    )
    steepness = np.clip(steepness, *climate_table("wave_steepness_range").values)
    east, north = _past(speed * wind_east), _past(speed * wind_north)  # strong winds count more
    length = np.maximum(np.hypot(east, north), 1e-12)
    anomaly = _fact("sea_temperature_spread") * _noise(luck, "weather water", "sea_temperature")
    mass = _noise(luck, "weather air", "air_temperature")
    hour = 2.0 * np.pi * (now - _fact("air_temperature_warmest")) / DAY
    air = monthly_value(usual.air, now) + _fact("air_temperature_swing") * np.cos(hour)
    return Weather(
        time=now,
        wind_east=wind_east[:, PAST:],
        wind_north=wind_north[:, PAST:],
        wave_height=height,
        peak_period=np.sqrt(2.0 * np.pi * height / (GRAVITY * steepness)),
        waves_east=east / length,
        waves_north=north / length,
        water=monthly_value(usual.water, now) + anomaly,
        air=air + anomaly + _fact("air_temperature_spread") * mass,
        sources=_sources(source),
    )


def wind_score(speed: Array, times: Array, usual: Usual) -> Array:
    """
    Rank wind speeds in their month, as normal scores.

    Parameters
    ----------
    speed : array, shape (member, hour)
        [m/s]
    times : array, shape (hour,)
        Since 1970-01-01T00:00Z. [s]
    usual : Usual
        The climate. [SI]

    Returns
    -------
    array, shape (member, hour)
        Standard normal when the speeds are distributed as usual. [1]

    Examples
    --------
    >>> wind_score(np.array([[0.0, 7.0, 60.0]]), np.zeros(3), usual_at()).round(1)
    array([[-6. , -0.3,  6. ]])
    """
    shape = _fact("wind_speed_shape")
    scale = monthly_value(usual.wind_speed, times) / gamma(1.0 + 1.0 / shape)
    return np.asarray(np.clip(-ndtri(np.exp(-((speed / scale) ** shape))), -_SCORE, _SCORE))


def _fact(name: str) -> float:
    return float(climate_table(name).values[0])


@dataclass(frozen=True, slots=True)
class _Luck:
    """The hours and members for which noise is drawn."""

    first: int  # [h]
    hours: int  # [h]
    members: NDArray[np.int64]
    seed: int


def _noise(luck: _Luck, name: str, memory: str, smoothing: str = "") -> Array:
    """A normal process (member, hour) whose two times are facts; its name decides its draws."""
    times = _fact(f"{memory}_time") / HOUR, _fact(f"{smoothing}_time") / HOUR if smoothing else 0.0
    return remember(Noise(name, *times), luck.first, luck.hours, members=luck.members, seed=luck.seed)


def _by_rose(turn: Array, rose: Array) -> Array:
    """Directions [rad] whose shares are those of a rose (hour, sector), of angles (member, hour) spread evenly."""
    sectors = rose.shape[-1]
    edge = np.concatenate([np.zeros((len(rose), 1)), np.cumsum(rose, axis=-1)], axis=-1)
    edge = edge / edge[:, -1:]
    sector = np.zeros(turn.shape, np.int64)
    for number in range(1, sectors):
        sector += turn >= edge[:, number]
    hour = np.arange(len(rose))
    low, high = edge[hour, sector], edge[hour, sector + 1]
    # The first sector has north in its middle.
    return np.asarray(((sector + (turn - low) / (high - low) - 0.5) * 2.0 * np.pi / sectors) % (2.0 * np.pi))


def _by_sector(blows_from: Array, values: Array) -> Array:
    """Values (sector,) at directions, on straight lines between the middles of the sectors."""
    middles = np.arange(len(values) + 1) * 2.0 * np.pi / len(values)
    return np.asarray(np.interp(blows_from, middles, np.append(values, values[0])))


def _past(values: Array) -> Array:
    """Mean over the past hours, the last ones counting more; always added in the same order, so always the same."""
    weights = np.exp(-np.arange(PAST + 1) * HOUR / _fact("wave_response_time"))
    hours = values.shape[-1] - PAST
    found = np.zeros((*values.shape[:-1], hours))
    for back, weight in enumerate(weights / weights.sum()):
        found += weight * values[..., PAST - back : PAST - back + hours]
    return found


def _sources(wind: Source) -> Mapping[str, Source]:
    waves = Source("generated from the wind of the past hours and the mean waves of the month", "assumed")
    water = Source(f"generated: {climate_table('sea_temperature').says}, with assumed variation", "assumed")
    air = Source(f"generated: {climate_table('air_temperature').says}, with assumed variation", "assumed")
    return {"wind": wind, "waves": waves, "water": water, "air": air}
