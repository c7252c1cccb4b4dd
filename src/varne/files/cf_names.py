"""Names and units of gridded forecasts: what each provider calls the wind, the stream and the waves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varne.sea.waves import PEAK_ENHANCEMENT, zero_crossing_period
from varne.units import CENTIMETRE, FOOT, HOUR, KNOT, UNITS


@dataclass(frozen=True, slots=True)
class Name:
    """One part of a quantity and what it is called: CF standard names first, then what providers call it."""

    quantity: str
    role: str
    standard_names: tuple[str, ...]
    aliases: tuple[str, ...]


# Aliases: Copernicus Marine (uo, VHM0), ECMWF open data and cfgrib (10u, u10), GFS by wgrib2 and Siphon (UGRD), DWD and
# Met Norway (x_wind_10m). East and north are true; x and y lie along the file's own grid.
NAMES = (
    Name("streams", "east", ("eastward_sea_water_velocity", "surface_eastward_sea_water_velocity",
         "barotropic_eastward_sea_water_velocity"), ("uo", "utotal", "u_eastward", "water_u", "ucurr", "vozocrtx")),
    Name("streams", "north", ("northward_sea_water_velocity", "surface_northward_sea_water_velocity",
         "barotropic_northward_sea_water_velocity"), ("vo", "vtotal", "v_northward", "water_v", "vcurr", "vomecrty")),
    Name("streams", "x", ("x_sea_water_velocity", "sea_water_x_velocity", "surface_sea_water_x_velocity",
         "grid_eastward_sea_water_velocity"), ()),
    Name("streams", "y", ("y_sea_water_velocity", "sea_water_y_velocity", "surface_sea_water_y_velocity",
         "grid_northward_sea_water_velocity"), ()),
    Name("streams", "speed", ("sea_water_speed", "surface_sea_water_speed"), ("current_speed",)),
    Name("streams", "towards", ("sea_water_velocity_to_direction", "direction_of_sea_water_velocity",
         "surface_sea_water_velocity_to_direction"), ("current_direction_to",)),
    Name("wind", "east", ("eastward_wind",), ("u10", "10u", "u10m", "ugrd", "ugrd10m", "ugrd_10maboveground",
         "u_component_of_wind_height_above_ground", "u-component_of_wind_height_above_ground")),
    Name("wind", "north", ("northward_wind",), ("v10", "10v", "v10m", "vgrd", "vgrd10m", "vgrd_10maboveground",
         "v_component_of_wind_height_above_ground", "v-component_of_wind_height_above_ground")),
    Name("wind", "x", ("x_wind", "grid_eastward_wind"), ("x_wind_10m",)),
    Name("wind", "y", ("y_wind", "grid_northward_wind"), ("y_wind_10m",)),
    Name("wind", "speed", ("wind_speed",), ("si10", "10si", "ws10", "ff10", "wind_speed_10m")),
    Name("wind", "from", ("wind_from_direction",), ("wdir10", "10wdir", "dd10", "wind_from_direction_10m")),
    Name("wind", "towards", ("wind_to_direction",), ()),
    Name("waves", "height", ("sea_surface_wave_significant_height",), ("vhm0", "swh", "hs", "htsgw", "htsgw_surface")),
    Name("waves", "peak_period", ("sea_surface_wave_period_at_variance_spectral_density_maximum",
         "sea_surface_wave_peak_period"), ("vtpk", "pp1d", "perpw", "perpw_surface", "tp")),
    Name("waves", "crossing_period", ("sea_surface_wave_zero_upcrossing_period",
         "sea_surface_wave_mean_period_from_variance_spectral_density_second_frequency_moment"),
         ("vtm02", "mp2", "tm02")),
    Name("waves", "mean_period", ("sea_surface_wave_mean_period",
         "sea_surface_wave_mean_period_from_variance_spectral_density_first_frequency_moment"),
         ("vtm01", "mp1", "tm01")),
    Name("waves", "energy_period",
         ("sea_surface_wave_mean_period_from_variance_spectral_density_inverse_frequency_moment",
          "sea_surface_wave_energy_period"), ("vtm10", "mwp", "tm10")),
    Name("waves", "from", ("sea_surface_wave_from_direction", "sea_surface_wave_from_direction_at_variance_spectral_"
         "density_maximum"), ("vmdr", "mwd", "dirpw", "dirpw_surface", "vped")),
    Name("waves", "towards", ("sea_surface_wave_to_direction", "sea_surface_wave_to_direction_at_variance_spectral_"
         "density_maximum"), ()),
    Name("swell", "height", ("sea_surface_primary_swell_wave_significant_height",
         "sea_surface_swell_wave_significant_height"), ("vhm0_sw1", "shts", "swell", "swell_surface")),
    Name("swell", "peak_period", ("sea_surface_swell_wave_period_at_variance_spectral_density_maximum",
         "sea_surface_primary_swell_wave_period_at_variance_spectral_density_maximum"), ("vtpk_sw1",)),
    Name("swell", "mean_period", ("sea_surface_primary_swell_wave_mean_period", "sea_surface_swell_wave_mean_period",
         "sea_surface_swell_wave_period"), ("vtm01_sw1", "swper", "swper_surface")),
    Name("swell", "energy_period",
         ("sea_surface_swell_wave_mean_period_from_variance_spectral_density_inverse_frequency_moment",), ("mpts",)),
    Name("swell", "from", ("sea_surface_primary_swell_wave_from_direction", "sea_surface_swell_wave_from_direction"),
         ("vmdr_sw1", "mdts", "swdir", "swdir_surface")),
    Name("swell", "towards", ("sea_surface_primary_swell_wave_to_direction", "sea_surface_swell_wave_to_direction"),
         ()),
    Name("water", "temperature", ("sea_surface_temperature", "sea_water_potential_temperature",
         "sea_water_temperature", "sea_surface_foundation_temperature", "sea_water_conservative_temperature"),
         ("thetao", "sst", "tos", "analysed_sst", "water_temp", "votemper")),
    Name("air", "temperature", ("air_temperature", "surface_air_temperature"),
         ("t2m", "2t", "t2m_2m", "tmp", "tmp2m", "tmp_2maboveground", "air_temperature_2m",
          "temperature_height_above_ground")),
)  # fmt: skip

_PERIODS = ("peak_period", "crossing_period", "mean_period", "energy_period")
_WAVES = tuple(("height", period, way) for period in _PERIODS for way in ("from", "towards"))
# The parts that make up a quantity, the best way first.
RECIPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "streams": (("east", "north"), ("x", "y"), ("speed", "towards")),
    "wind": (("east", "north"), ("x", "y"), ("speed", "from"), ("speed", "towards")),
    "waves": _WAVES,
    "swell": _WAVES,
    "water": (("temperature",),),
    "air": (("temperature",),),
}
# Each role in words.
WORDS = {
    "east": "eastward component", "north": "northward component", "x": "component along x", "y": "component along y",
    "speed": "speed", **dict.fromkeys(("from", "towards"), "direction"), "height": "height",
    **dict.fromkeys(_PERIODS, "period"), "temperature": "temperature",
}  # fmt: skip
# What to give when a quantity is not found.
REMEDY = {
    "streams": "standard_name eastward_sea_water_velocity and northward_sea_water_velocity",
    "wind": "standard_name eastward_wind and northward_wind at 10 m",
    "waves": "standard_name sea_surface_wave_significant_height, sea_surface_wave_from_direction and "
    "sea_surface_wave_period_at_variance_spectral_density_maximum",
    "swell": "standard_name sea_surface_primary_swell_wave_significant_height, ..._mean_period and ..._from_direction",
    "water": "standard_name sea_surface_temperature",
    "air": "standard_name air_temperature at 2 m",
}
# Each mean period times its factor is the peak period, for a JONSWAP spectrum of the mean enhancement, 3.3.
# T01 and T-10 over the peak period: integrals of that spectrum (derived; tests/files/test_cf_names.py integrates).
PEAK_OVER = {
    "peak_period": 1.0,
    "crossing_period": 1.0 / float(zero_crossing_period(1.0, PEAK_ENHANCEMENT)),
    "mean_period": 1.0 / 0.834,
    "energy_period": 1.0 / 0.903,
}
# The least and the most that is believed of each role. [m/s, m, s, deg, degC]
BELIEVED = {
    ("wind", "speed"): (0.0, 75.0), ("streams", "speed"): (0.0, 6.0),
    ("waves", "height"): (0.0, 30.0), ("swell", "height"): (0.0, 30.0), ("waves", "period"): (0.1, 40.0),
    ("swell", "period"): (0.1, 40.0), ("water", "temperature"): (-60.0, 60.0), ("air", "temperature"): (-60.0, 60.0),
}  # fmt: skip
_DIMENSIONS = {
    **dict.fromkeys(("east", "north", "x", "y", "speed"), "speed"),
    **dict.fromkeys(("from", "towards"), "angle"),
    **dict.fromkeys(_PERIODS, "time"),
    "height": "length",
    "temperature": "temperature",
}
# Each unit as it may be written, with the signs of powers left out, by "; ": dimension, factor and offset into SI.
_SPELLED: tuple[tuple[str, str, float, float], ...] = (
    ("m s-1; m/s; m.s-1; m sec-1; m/sec; ms-1; meter second-1; metre second-1; meters second-1; metres second-1; "
     "meter/second; metre/second; meters/second; metres/second; meter/sec; meter per second; metre per second; "
     "meters per second; metres per second", "speed", 1.0, 0.0),
    ("cm s-1; cm/s; cm.s-1; centimeter second-1; centimetre second-1", "speed", CENTIMETRE, 0.0),
    ("knot; knots; kt; kts; kn; nmi h-1", "speed", KNOT, 0.0),
    ("km h-1; km/h; km hr-1; km/hr; kmh; kph", "speed", 1000.0 / HOUR, 0.0),
    ("m; meter; meters; metre; metres", "length", 1.0, 0.0),
    ("cm; centimeter; centimetre; centimeters; centimetres", "length", CENTIMETRE, 0.0),
    ("ft; foot; feet", "length", FOOT, 0.0),
    ("s; sec; secs; second; seconds", "time", 1.0, 0.0),
    ("k; kelvin; kelvins; degk; deg_k; degree_kelvin; degrees_kelvin", "temperature", 1.0, -273.15),
    ("c; celsius; degc; deg_c; deg c; °c; degree_c; degrees_c; degree_celsius; degrees_celsius; degree celsius; "
     "degrees celsius", "temperature", 1.0, 0.0),
    ("degf; deg_f; fahrenheit; degree_fahrenheit; degrees_fahrenheit", "temperature", 5.0 / 9.0, -160.0 / 9.0),
    ("degree; degrees; deg; °; degt; degree_true; degrees_true; degree true; degrees true; angular_degree; arc_degree; "
     "degrees clockwise from north; degree_clockwise_from_north", "angle", 1.0, 0.0),
    ("rad; radian; radians", "angle", 1.0 / UNITS["rad"][1] / UNITS["deg"][1], 0.0),
)  # fmt: skip
SPELLINGS: dict[str, tuple[str, float, float]] = {
    text: (dimension, factor, offset) for texts, dimension, factor, offset in _SPELLED for text in texts.split("; ")
}


def written(attributes: Mapping[Any, Any], key: str) -> str:
    """
    Read an attribute as plain text, whatever a file has there.

    Parameters
    ----------
    attributes : mapping
        Of a variable or a file. [1]
    key : str
        Of the attribute. [1]

    Returns
    -------
    str
        In small letters; empty when there is none.

    Examples
    --------
    >>> written({"units": " Degrees_North "}, "units")
    'degrees_north'
    """
    return str(attributes.get(key, "")).strip().casefold()


def recognise(name: str, attributes: Mapping[str, Any]) -> tuple[Name, ...]:
    """
    Say which parts of which quantities a variable may be: by standard name, or by its own where it has none.

    Parameters
    ----------
    name : str
        Of the variable. [1]
    attributes : mapping
        Of the variable. [1]

    Returns
    -------
    tuple of Name
        Empty when the variable is not one that Varne uses.

    Examples
    --------
    >>> [(one.quantity, one.role) for one in recognise("VHM0", {})]
    [('waves', 'height')]
    >>> recognise("u", {"standard_name": "x_sea_water_velocity"})[0].role
    'x'
    >>> recognise("uo", {"standard_name": "eastward_sea_ice_velocity"})
    ()
    """
    standard = written(attributes, "standard_name")
    if standard in ("", "unknown"):
        standard = written(attributes, "GRIB_cfName")
    if standard not in ("", "unknown"):
        return tuple(one for one in NAMES if standard in one.standard_names)
    called = {name.casefold(), written(attributes, "GRIB_shortName")}
    return tuple(one for one in NAMES if called.intersection(one.aliases))


def precedence(name: str, attributes: Mapping[str, Any], *, as_what: Name) -> int:
    """
    Rank variables of the same role: the first standard name before the second, the known aliases before others.

    Parameters
    ----------
    name : str
        Of the variable. [1]
    attributes : mapping
        Of the variable. [1]
    as_what : Name
        The part of a quantity. [1]

    Returns
    -------
    int
        Lower is better. [1]

    Examples
    --------
    >>> best, other = NAMES[0], {"standard_name": "barotropic_eastward_sea_water_velocity"}
    >>> precedence("ubar", other, as_what=best) > precedence("uo", {}, as_what=best)
    True
    """
    standard = written(attributes, "standard_name")
    rank = as_what.standard_names.index(standard) if standard in as_what.standard_names else 0
    return 2 * rank + (name.casefold() not in as_what.aliases)


def into_si(units: str, *, role: str) -> tuple[float, float] | None:
    """
    Factor and offset that bring a unit to SI (degrees for angles, degrees Celsius for temperatures).

    Parameters
    ----------
    units : str
        As the file writes it. [1]
    role : str
        The part of a quantity. [1]

    Returns
    -------
    tuple of float, or None
        None when the unit is unknown, or measures something else. [SI]

    Examples
    --------
    >>> into_si("m s**-1", role="east")
    (1.0, 0.0)
    >>> into_si("K", role="temperature")
    (1.0, -273.15)
    >>> into_si("m s-1", role="height") is None
    True
    """
    plain = re.sub(r"\s+", " ", units.strip().casefold().replace("**", "").replace("^", ""))
    found = SPELLINGS.get(plain)
    return found[1:] if found and found[0] == _DIMENSIONS[role] else None


def spellings(role: str) -> str:
    """
    List units that a role may be written in, for the remedy of an error.

    Parameters
    ----------
    role : str
        The part of a quantity. [1]

    Returns
    -------
    str
        Three of them.

    Examples
    --------
    >>> spellings("height")
    'm, cm or ft'
    """
    short = {
        "speed": "m s-1, cm s-1, km h-1 or knot",
        "length": "m, cm or ft",
        "time": "s",
        "angle": "degree or radian",
        "temperature": "K or degree_Celsius",
    }
    return short[_DIMENSIONS[role]]
