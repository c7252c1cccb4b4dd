"""Weather of months as a CF data set that Varne reads again."""

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from varne.sea.usual import Usual
from varne.sea.weather import Weather

# Each variable: the field of Weather, its CF standard name, its unit, and whose source it has.
_VARIABLES = {
    "wind_east": ("eastward_wind", "m s-1", "wind"),
    "wind_north": ("northward_wind", "m s-1", "wind"),
    "wave_height": ("sea_surface_wave_significant_height", "m", "waves"),
    "peak_period": ("sea_surface_wave_period_at_variance_spectral_density_maximum", "s", "waves"),
    "water": ("sea_surface_temperature", "degree_Celsius", "water"),
    "air": ("air_temperature", "degree_Celsius", "air"),
}


def weather_dataset(weather: Weather, usual: Usual, *, seed: int) -> xr.Dataset:
    """
    Lay out weather over realization and time.

    Parameters
    ----------
    weather : Weather
        Generated or read. [SI]
    usual : Usual
        Of its place. [SI]
    seed : int
        With which it was generated. [1]

    Returns
    -------
    Dataset

    References
    ----------
    CF conventions 1.11.

    Examples
    --------
    >>> from varne.sea.usual import usual_at
    >>> from varne.sea.weather import generate
    >>> weather_dataset(generate(0.0, 5, members=np.arange(2), seed=1), usual_at(), seed=1).sizes["realization"]
    2
    """
    dims = ("realization", "time")
    variables: dict[str, Any] = {}
    for name, (standard, unit, part) in _VARIABLES.items():
        source = weather.sources[part]
        attributes = {"standard_name": standard, "units": unit, "source": source.says, "grade": source.grade}
        variables[name] = (dims, getattr(weather, name), attributes)
    comes_from = np.degrees(np.arctan2(-weather.waves_east, -weather.waves_north)) % 360.0
    source = weather.sources["waves"]
    variables["waves_from"] = (
        dims,
        comes_from,
        {"standard_name": "sea_surface_wave_from_direction", "units": "degree", "source": source.says,
         "grade": source.grade},
    )  # fmt: skip
    times = (weather.time * 1e9).astype(np.int64).astype("datetime64[ns]")
    members = np.arange(len(weather.wind_east), dtype=np.int32)
    return xr.Dataset(
        variables,
        coords={
            "time": ("time", times, {"standard_name": "time"}),
            "realization": ("realization", members, {"standard_name": "realization", "units": "1"}),
            "latitude": ((), usual.latitude, {"standard_name": "latitude", "units": "degrees_north"}),
            "longitude": ((), usual.longitude, {"standard_name": "longitude", "units": "degrees_east"}),
        },
        attrs={
            "Conventions": "CF-1.11",
            "title": "Varne: possible weather of months at one place, hourly",
            "history": "computed by varne sea weather",
            "seed": seed,
        },
    )


def write_weather(dataset: xr.Dataset, path: Path) -> None:
    """
    Write weather as NetCDF 4.

    Parameters
    ----------
    dataset : Dataset
        From :func:`weather_dataset`. [SI]
    path : Path
        Where. [1]

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "x.nc"
    >>> write_weather(xr.Dataset({"a": ("x", [1.0])}), file)
    >>> float(xr.open_dataset(file)["a"][0])
    1.0
    """
    packed: dict[str, Any] = {str(name): {"zlib": True, "complevel": 1} for name in dataset.data_vars}
    if "time" in dataset.coords:
        packed["time"] = {"units": "seconds since 1970-01-01", "dtype": "int64", "calendar": "standard"}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=packed)
