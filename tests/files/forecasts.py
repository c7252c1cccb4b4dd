"""Synthetic forecasts of every kind, of a sea whose values are straight lines in place and time."""

from pathlib import Path

import numpy as np
import pyproj
import xarray as xr

from varne.atlas.charts import Window

START = 1773446400.0  # 2026-03-14T00:00Z
HOUR = 3600.0
WINDOW = Window(west=1.3, east=1.7, south=50.8, north=51.1)
SINCE = "hours since 2026-03-14 00:00:00"
NAMES = {
    "uo": {"standard_name": "eastward_sea_water_velocity", "units": "m s-1"},
    "vo": {"standard_name": "northward_sea_water_velocity", "units": "m s-1"},
}


def east(latitude, longitude, hours):
    """Stream towards east [m/s], a straight line in everything."""
    return 0.3 + 0.2 * (latitude - 51.0) - 0.1 * (longitude - 1.5) + 0.02 * hours


def north(latitude, longitude, hours):
    """Stream towards north [m/s]."""
    return -0.4 + 0.1 * (latitude - 51.0) + 0.3 * (longitude - 1.5) - 0.01 * hours


def regular(hours=range(7), latitude=None, longitude=None, names=("uo", "vo")) -> xr.Dataset:
    """Streams on a grid of latitude and longitude."""
    hours = np.asarray(list(hours), np.float64)
    latitude = np.arange(50.5, 51.55, 0.1) if latitude is None else latitude
    longitude = np.arange(1.0, 2.05, 0.1) if longitude is None else longitude
    t, y, x = np.meshgrid(hours, latitude, longitude, indexing="ij")
    x = (x + 180.0) % 360.0 - 180.0
    values = {names[0]: east(y, x, t), names[1]: north(y, x, t)}
    dims = ("time", "latitude", "longitude")
    return xr.Dataset(
        {name: (dims, one, NAMES.get(name, {"units": "m s-1"})) for name, one in values.items()},
        {
            "time": ("time", hours, {"units": SINCE, "standard_name": "time"}),
            "latitude": ("latitude", latitude, {"units": "degrees_north", "standard_name": "latitude"}),
            "longitude": ("longitude", longitude, {"units": "degrees_east", "standard_name": "longitude"}),
        },
        {"Conventions": "CF-1.8"},
    )


def projected(mapping: dict, step: float, *, hours=range(4), with_places: bool, middle=(1.5, 51.0), y_falls=False):
    """Streams along the axes of a projection, worked out by geodesics from point to point along each axis."""
    plane = pyproj.CRS.from_cf(mapping)
    back = pyproj.Transformer.from_crs(plane, plane.geodetic_crs, always_xy=True)
    there = pyproj.Transformer.from_crs(plane.geodetic_crs, plane, always_xy=True)
    geod = plane.geodetic_crs.get_geod()
    x0, y0 = there.transform(*middle)
    x, y = x0 + step * np.arange(-30, 31), y0 + step * np.arange(-30, 31)
    y = y[::-1] if y_falls else y
    across, up = np.meshgrid(x, y)
    longitude, latitude = back.transform(across, up)
    tiny = step * 1e-3
    bearing_x = np.radians(geod.inv(longitude, latitude, *back.transform(across + tiny, up))[0])
    bearing_y = np.radians(geod.inv(longitude, latitude, *back.transform(across, up + tiny))[0])
    hours = np.asarray(list(hours), np.float64)
    u = east(latitude, longitude, hours[:, None, None])
    v = north(latitude, longitude, hours[:, None, None])
    # Components along axes that need not be at right angles: solve for them.
    crossed = np.sin(bearing_x) * np.cos(bearing_y) - np.cos(bearing_x) * np.sin(bearing_y)
    along_x = (u * np.cos(bearing_y) - v * np.sin(bearing_y)) / crossed
    along_y = (v * np.sin(bearing_x) - u * np.cos(bearing_x)) / crossed
    turned = "rotated" in mapping["grid_mapping_name"]
    units = "degrees" if turned else "m"
    names = ("grid_longitude", "grid_latitude") if turned else ("projection_x_coordinate", "projection_y_coordinate")
    coords = {
        "time": ("time", hours, {"units": SINCE, "standard_name": "time"}),
        "x": ("x", x, {"units": units, "standard_name": names[0]}),
        "y": ("y", y, {"units": units, "standard_name": names[1]}),
    }
    if with_places:
        coords["lat"] = (("y", "x"), latitude, {"units": "degrees_north", "standard_name": "latitude"})
        coords["lon"] = (("y", "x"), longitude, {"units": "degrees_east", "standard_name": "longitude"})
    attributes = {"units": "m s-1", "grid_mapping": "crs"}
    return xr.Dataset(
        {
            "u": (("time", "y", "x"), along_x, {**attributes, "standard_name": "x_sea_water_velocity"}),
            "v": (("time", "y", "x"), along_y, {**attributes, "standard_name": "y_sea_water_velocity"}),
            "crs": ((), 0, mapping),
        },
        coords,
    )


def waves(hours=range(7)) -> xr.Dataset:
    """Waves from the south-west that grow by the hour."""
    like = regular(hours)
    shape = like["uo"].shape
    height = np.broadcast_to(0.5 + 0.1 * np.asarray(list(hours), np.float64)[:, None, None], shape)
    dims = like["uo"].dims
    return xr.Dataset(
        {
            "VHM0": (dims, height, {"units": "m", "standard_name": "sea_surface_wave_significant_height"}),
            "VTPK": (dims, np.full(shape, 5.0), {"units": "s", "standard_name": PEAK}),
            "VMDR": (dims, np.full(shape, 225.0), {"units": "degree", "standard_name": WAVES_FROM}),
        },
        like.coords,
    )


PEAK = "sea_surface_wave_period_at_variance_spectral_density_maximum"
WAVES_FROM = "sea_surface_wave_from_direction"


def written(dataset: xr.Dataset, path: Path, **encoding) -> str:
    """The path of a NetCDF 4 file with checksums, packed as the encoding says."""
    own = {name: {"zlib": True, "fletcher32": True, **encoding.get(str(name), {})} for name in dataset.data_vars
           if dataset[name].ndim}  # fmt: skip
    dataset.to_netcdf(path, engine="h5netcdf", encoding=own)
    return str(path)


def worst(field) -> float:
    """How far a field of streams is from the truth at most [m/s]."""
    _, times, rows, columns, _ = field.values.shape
    hours = (field.start + field.interval * np.arange(times) - START) / HOUR
    latitude = field.south + field.step_north * np.arange(rows)
    longitude = field.west + field.step_east * np.arange(columns)
    t, y, x = np.meshgrid(hours, latitude, longitude, indexing="ij")
    return float(
        max(np.abs(field.values[..., 0] - east(y, x, t)).max(), np.abs(field.values[..., 1] - north(y, x, t)).max())
    )
