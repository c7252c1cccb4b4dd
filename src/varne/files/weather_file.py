"""
Weather files: a series at one place as CSV or NetCDF, or a reanalysis on a grid as NetCDF, Zarr or GRIB.

CSV has one header line; each column names its unit in brackets, times are ISO 8601 in UTC unless they carry an offset::

    time,wind_speed [kn],wind_from [deg],wave_height [m],zero_crossing_period [s],water [degC],air [degC]
    2024-01-01T00:00Z,14,240,0.9,4.1,10.2,9.0

Columns are those of :data:`varne.files.weather_series.COLUMNS`; only the wind must be there, as speed and direction it
blows *from* or as components *towards* east and north. Empty cells and ``nan`` are not reported. Lines that start with
``#`` are comments. A series as NetCDF follows CF: variables over ``time`` and perhaps ``realization``, known by
``standard_name`` and ``units``. Files of grids are read as those of a forecast are, at the point nearest to the place.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.atlas.charts import Window
from varne.errors import BadFact, BadFile, BadTime
from varne.files.cf_open import Opened, open_files
from varne.files.cf_report import Understanding, understand
from varne.files.cf_series import nothing_found
from varne.files.cf_window import common_realizations, read_window
from varne.files.weather_series import COLUMNS, Series, nearest_point, weather_of_fields, weather_of_series
from varne.sea.field import Field, Source
from varne.sea.usual import Usual
from varne.sea.weather import Weather
from varne.units import UNITS, dimension, in_si
from varne.when import parse_time

Array = NDArray[np.float64]

_HEADER = re.compile(r"^\s*([A-Za-z_]+)\s*(?:[\[(]\s*([^\])]+?)\s*[\])])?\s*$")
_ZERO_CELSIUS = 273.15  # [K], exact
_NETCDF = (".nc", ".nc4", ".cdf")
_GRIDS = (*_NETCDF, ".zarr", ".zip", ".grib", ".grib2", ".grb", ".grb2")
_AROUND = 0.01  # the window read of a grid reaches this far on each side of the place [deg]
_MUST_HAVE = 2e3  # and sea this near must have values [m]
# CF standard names (table version 85) of the columns.
_STANDARD_NAMES = {
    "wind_speed": "wind_speed",
    "wind_from_direction": "wind_from",
    "eastward_wind": "wind_east",
    "northward_wind": "wind_north",
    "sea_surface_wave_significant_height": "wave_height",
    "sea_surface_wave_period_at_variance_spectral_density_maximum": "peak_period",
    "sea_surface_wave_mean_period_from_variance_spectral_density_second_frequency_moment": "zero_crossing_period",
    "sea_surface_wave_from_direction": "waves_from",
    "sea_surface_temperature": "water",
    "sea_water_temperature": "water",
    "air_temperature": "air",
}
# Units as CF files spell them, in Varne's.
_CF_UNITS = {
    "m s-1": "m/s", "m s**-1": "m/s", "meter second-1": "m/s", "knot": "kn", "knots": "kn", "metre": "m", "meter": "m",
    "degree": "deg", "degrees": "deg", "degree_true": "deg", "degrees_true": "deg", "radian": "rad", "second": "s",
    "seconds": "s", "degree_Celsius": "degC", "degrees_Celsius": "degC", "celsius": "degC", "Celsius": "degC",
    "kelvin": "K", "°C": "degC", "°": "deg", "kt": "kn", "kts": "kn",
}  # fmt: skip


def read_weather(path: Path, *, usual: Usual, seed: int) -> Weather:
    """
    Read a user's own weather and complete what it lacks.

    Parameters
    ----------
    path : Path
        CSV or NetCDF of a series, or what :func:`varne.files.cf_open.open_files` takes. [1]
    usual : Usual
        The climate of the place; of a grid the point nearest to it is read. [SI]
    seed : int
        For waves and temperatures that the file lacks. [1]

    Returns
    -------
    Weather
        Hourly.

    Raises
    ------
    BadFile
        If it cannot be read, has no wind, does not say its units, holds impossible values or long gaps.
    NoData
        If a grid does not hold the place, or has no values of the sea there.

    Examples
    --------
    >>> import tempfile
    >>> from varne.sea.usual import usual_at
    >>> path = Path(tempfile.mkdtemp()) / "buoy.csv"
    >>> text = "time,wind_speed [kn],wind_from [deg]\\n2024-01-01T00:00Z,10,270\\n2024-01-01T01:00Z,10,270\\n"
    >>> _ = path.write_text(text)
    >>> read_weather(path, usual=usual_at(), seed=1).wind_east.round(2).tolist()
    [[5.14, 5.14]]
    """
    if path.suffix not in _GRIDS and not path.is_dir():
        return weather_of_series(_read_csv(path), usual=usual, seed=seed)
    if path.suffix in _NETCDF and _is_series(path):
        return weather_of_series(_read_netcdf(path, usual), usual=usual, seed=seed)
    with open_files(path) as opened:
        return _weather_of_grid(path.name, opened, usual, seed)


def _is_series(path: Path) -> bool:
    """Whether a NetCDF file is of one place: along no dimension but time and realization does it have several."""
    try:
        with xr.open_dataset(path, engine="h5netcdf", decode_times=False) as dataset:
            long = {str(name) for one in dataset.data_vars.values() for name, size in one.sizes.items() if size > 1}
    except (OSError, ValueError):
        return False  # of another kind, or not there: the reader of grids says what is wrong
    return long <= {"realization", "time"}


def _weather_of_grid(name: str, opened: Opened, usual: Usual, seed: int) -> Weather:
    """Weather at the place of whatever is understood in files of grids, over the time of their wind."""
    known = understand(opened)
    found = {one.quantity: one for one in known.found}
    if "wind" not in found:
        has = f"{name} has {', '.join(found)} and no wind; give a file that has, for example u10 and v10."
        raise BadFile(_why(known, "wind") or (has if found else nothing_found(opened)))
    place = usual.latitude, usual.longitude
    window = Window(place[1] - _AROUND, place[1] + _AROUND, place[0] - _AROUND, place[0] + _AROUND)
    start, duration = found["wind"].first, found["wind"].last - found["wind"].first
    read = [
        read_window(
            opened, quantity, window, start=start, duration=duration, spacing=_AROUND, place=place, within=_MUST_HAVE
        )
        for quantity in ("wind", "waves", "water", "air")
        if quantity in found
    ]
    members = common_realizations(read)
    fields = {field.quantity: _on_axis(field, read[0], members) for field in read}
    weather = weather_of_fields(fields, latitude=place[0], longitude=place[1], usual=usual, seed=seed, name=name)
    sources = dict(weather.sources)
    for quantity in ("waves", "water", "air"):
        if quantity not in fields:
            why = _why(known, quantity)
            lacks = f"; {name} has none" + (f" that can be used: {why.rstrip('.')}" if why else "")
            sources[quantity] = Source(sources[quantity].says + lacks, sources[quantity].grade)
    return replace(weather, sources=sources)


def _why(known: Understanding, quantity: str) -> str:
    return next((one.why for one in known.lacking if one.quantity == quantity), "")


def _on_axis(field: Field, wind: Field, members: int) -> Field:
    """A field at the times of the wind, on straight lines between its own, in as many realizations as the others."""
    times = wind.start + wind.interval * np.arange(wind.values.shape[1])
    values, count = field.values, field.values.shape[1]
    if (field.start, field.interval, count) != (wind.start, wind.interval, len(times)):
        place = np.clip((times - field.start) / field.interval, 0.0, count - 1.0)
        before = np.minimum(place.astype(int), count - 2)
        share = (place - before)[:, np.newaxis, np.newaxis, np.newaxis]
        values = values[:, before] * (1.0 - share) + values[:, before + 1] * share
    values = np.broadcast_to(values, (members, *values.shape[1:]))
    return replace(field, values=values, start=wind.start, interval=wind.interval)


def _read_csv(path: Path) -> Series:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"Weather file {path.name} cannot be opened: {error.strerror}; check the path.") from None
    except UnicodeDecodeError:
        raise BadFile(f"Weather file {path.name} is not text in UTF-8; save it as CSV in UTF-8.") from None
    rows = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    if not rows:
        raise BadFile(f"Weather file {path.name} is empty; its first line names time, wind_speed [m/s] and so on.")
    cells = csv.reader(line for _, line in rows)
    names = [_heading(path.name, cell) for cell in next(cells)]
    if [name for name, _ in names].count("time") != 1 or len({name for name, _ in names}) != len(names):
        raise BadFile(
            f"Weather file {path.name} has the columns {', '.join(name for name, _ in names)}; it needs one time "
            "column and each column once."
        )
    table = [
        _row(f"line {number} of {path.name}", row, names) for (number, _), row in zip(rows[1:], cells, strict=False)
    ]
    values = np.array(table, np.float64).reshape(len(table), len(names))
    columns = {name: values[:, number][None, :] for number, (name, _) in enumerate(names) if name != "time"}
    return Series(path.name, values[:, [name for name, _ in names].index("time")], columns)


def _heading(file: str, cell: str) -> tuple[str, str]:
    """Name and unit of a column."""
    match = _HEADER.match(cell)
    name, unit = (match[1].lower(), match[2]) if match else (cell, None)
    if name == "time":
        return name, ""
    if name not in COLUMNS:
        raise BadFile(f"Weather file {file} has a column {cell!r}; known are time, {', '.join(COLUMNS)}.")
    if unit is None:
        raise BadFile(
            f"Weather file {file} does not say the unit of {name}; write it behind the name, as {name} [...]."
        )
    return name, _known_unit(file, name, unit)


def _known_unit(file: str, name: str, unit: str) -> str:
    known = _CF_UNITS.get(unit, unit)
    wanted = COLUMNS[name][0]
    if (wanted == "temperature" and known == "K") or (known in UNITS and dimension(known) == wanted):
        return known
    fit = ", ".join([one for one, (what, _) in UNITS.items() if what == wanted] + ["K"] * (wanted == "temperature"))
    raise BadFile(f"Weather file {file} has {name} in {unit!r}, which is no unit of {wanted}; use one of {fit}.")


def _in_si(value: Any, unit: str) -> Any:
    return value - _ZERO_CELSIUS if unit == "K" else value * in_si(1.0, unit)


def _row(where: str, cells: list[str], names: list[tuple[str, str]]) -> list[float]:
    if len(cells) != len(names):
        raise BadFile(f"In {where} there are {len(cells)} cells under {len(names)} headings; mend that line.")
    return [_cell(where, cell.strip(), *heading) for cell, heading in zip(cells, names, strict=True)]


def _cell(where: str, text: str, name: str, unit: str) -> float:
    try:
        if name == "time":
            return parse_time(text)
        return float(_in_si(float(text), unit)) if text else float("nan")
    except (ValueError, BadTime, BadFact):
        raise BadFile(f"In {where} {name} is {text!r}, which cannot be read; write a number or an ISO time.") from None


def _read_netcdf(path: Path, usual: Usual) -> Series:
    try:
        with xr.open_dataset(path, engine="h5netcdf") as opened:
            dataset = opened.load()
    except FileNotFoundError:
        raise BadFile(f"Weather file {path.name} cannot be opened: there is no such file; check the path.") from None
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise BadFile(f"Weather file {path.name} is no NetCDF 4 with CF times: {reason}; convert it.") from None
    found = {
        _STANDARD_NAMES[variable.attrs["standard_name"]]: variable
        for variable in dataset.data_vars.values()
        if variable.attrs.get("standard_name") in _STANDARD_NAMES
    }
    if "time" not in dataset.coords or dataset["time"].dtype.kind != "M":
        raise BadFile(
            f"Weather file {path.name} has no time coordinate in CF units; add time, seconds since 1970-01-01."
        )
    times = dataset["time"].values.astype("datetime64[ns]").astype(np.int64) / 1e9
    columns = {name: _point(path.name, name, variable, usual) for name, variable in found.items()}
    _same_members(path.name, columns)
    return Series(path.name, np.atleast_1d(np.asarray(times, np.float64)), columns)


def _same_members(file: str, columns: Mapping[str, Array]) -> None:
    counts = {name: len(values) for name, values in columns.items()}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        raise BadFile(f"Weather file {file} has different numbers of realizations ({told}); give all or one of each.")


def _point(file: str, name: str, variable: xr.DataArray, usual: Usual) -> Array:
    """One variable at the grid point nearest to the place, (member, time) in SI."""
    unit = str(variable.attrs.get("units", ""))
    if not unit:
        raise BadFile(f"Weather file {file} does not say the units of {variable.name}; add the attribute units.")
    known = _known_unit(file, name, unit)
    for dim, place in (("latitude", usual.latitude), ("longitude", usual.longitude)):
        for one in (dim, dim[:3]):
            if one in variable.dims:
                variable = variable.isel({one: nearest_point(place, variable[one].values, file)})
    if "realization" not in variable.dims:
        variable = variable.expand_dims("realization")
    if set(variable.dims) != {"realization", "time"}:
        others = ", ".join(str(dim) for dim in variable.dims if dim not in ("realization", "time"))
        raise BadFile(f"Weather file {file} has {variable.name} over {others} too; give it over time at one level.")
    return np.asarray(_in_si(variable.transpose("realization", "time").values.astype(np.float64), known))
