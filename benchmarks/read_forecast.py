"""Measure reading a window of a forecast and opening a large ensemble: python -m benchmarks.read_forecast."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import h5py
import numpy as np
import xarray as xr

from varne.atlas.charts import Window
from varne.files.cf_open import open_files
from varne.files.cf_report import understand
from varne.files.cf_window import read_window

REPEATS = 7
START = 1773446400.0  # 2026-03-14T00:00Z
HOURS, ROWS, COLUMNS = 72, 300, 300  # hourly, 1.5 km, chunks of a day by a quarter of the area
CHUNKS = (24, 150, 150)
WINDOW = Window(west=0.2, east=3.4, south=49.9, north=51.9)
ENSEMBLE = (50, 240, 330, 340)  # members, hours, rows, columns: 5.4 GB in single precision for two components


def forecast() -> xr.Dataset:
    noise = np.random.default_rng(1).normal(0.0, 0.05, (2, HOURS, ROWS, COLUMNS)).cumsum(axis=-1) / 8.0
    names = {"uo": "eastward_sea_water_velocity", "vo": "northward_sea_water_velocity"}
    dims = ("time", "latitude", "longitude")
    return xr.Dataset(
        {
            name: (dims, noise[k].astype(np.float32), {"standard_name": standard, "units": "m s-1"})
            for k, (name, standard) in enumerate(names.items())
        },
        {
            "time": ("time", np.arange(HOURS, dtype=np.float64), {"units": "hours since 2026-03-14 00:00:00"}),
            "latitude": ("latitude", np.linspace(48.5, 52.5, ROWS), {"units": "degrees_north"}),
            "longitude": ("longitude", np.linspace(-1.5, 4.5, COLUMNS), {"units": "degrees_east"}),
        },
    )


def plain(path: str, engine: str) -> None:
    """The same bytes by xarray alone: open, select, load."""
    with xr.open_dataset(path, engine=engine, cache=False) as dataset:
        inner = dataset.isel(time=slice(0, 13)).sel(
            latitude=slice(WINDOW.south - 0.02, WINDOW.north + 0.02),
            longitude=slice(WINDOW.west - 0.03, WINDOW.east + 0.03),
        )
        for name in ("uo", "vo"):
            assert np.isfinite(inner[name].values).all()


def ours(path: str) -> None:
    with open_files(path) as opened:
        field = read_window(opened, "streams", WINDOW, start=START, duration=12 * 3600.0)
    assert field.values.shape[1] == 13


def timed(*works: Callable[[], None]) -> list[float]:
    """Median time of each work, taken in turns so that noise of the machine meets all [s]."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(REPEATS):
        for work, into in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            into.append(time.perf_counter() - start)
    return [float(np.median(one)) for one in times]


def write_ensemble(path: Path) -> None:
    """A file whose chunks were never written: it is as large as it says, and takes no room."""
    with h5py.File(path, "w") as file:
        for name, values, attributes in (
            ("number", np.arange(ENSEMBLE[0]), {"standard_name": "realization"}),
            ("time", np.arange(ENSEMBLE[1], dtype=float), {"units": "hours since 2026-03-14"}),
            ("latitude", np.linspace(48.0, 53.0, ENSEMBLE[2]), {"units": "degrees_north"}),
            ("longitude", np.linspace(-1.0, 5.0, ENSEMBLE[3]), {"units": "degrees_east"}),
        ):
            file[name] = values
            file[name].make_scale(name)
            file[name].attrs.update(attributes)
        for name, standard in (("u10", "eastward_wind"), ("v10", "northward_wind")):
            one = file.create_dataset(name, ENSEMBLE, "f4", chunks=(1, 24, 165, 170), fillvalue=np.float32(np.nan))
            one.attrs.update({"units": "m s-1", "standard_name": standard, "_FillValue": np.float32(np.nan)})
            for axis, scale in enumerate(("number", "time", "latitude", "longitude")):
                one.dims[axis].attach_scale(file[scale])


def open_large(path: str) -> None:
    """In a process of its own: seconds and memory of opening and understanding a file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    with open_files(path) as opened:
        opened_after = time.perf_counter() - start
        found = understand(opened).found[0]
        after = time.perf_counter() - start
        size = sum(one.nbytes for one in opened.parts[0].dataset.data_vars.values())
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024.0
    print(
        f"| {size / 1e9:.1f} GB ensemble of {found.realizations}: open; understand "
        f"| {opened_after:.2f} s; {after:.2f} s, "
        f"{more:.0f} MB more memory | well under 1 s, little |"
    )


def main() -> None:
    print("| what | measured | target |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        netcdf, store, large = (str(Path(folder) / name) for name in ("a.nc", "a.zarr", "large.nc"))
        dataset = forecast()
        packed = {name: {"zlib": True, "complevel": 1, "shuffle": True, "chunksizes": CHUNKS} for name in ("uo", "vo")}
        dataset.to_netcdf(netcdf, engine="h5netcdf", encoding=packed)
        dataset.to_zarr(store, zarr_format=2, encoding={name: {"chunks": CHUNKS} for name in ("uo", "vo")})
        for what, path, engine in (("NetCDF 4", netcdf, "h5netcdf"), ("Zarr", store, "zarr")):
            own, other = timed(partial(ours, path), partial(plain, path, engine))
            print(
                f"| 12 h window of {what}, complete and checked | {own * 1e3:.0f} ms, {own / other:.2f} x plain xarray "
                f"({other * 1e3:.0f} ms) | 1.5 x |"
            )
        write_ensemble(Path(large))
        subprocess.run([sys.executable, "-m", "benchmarks.read_forecast", large], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_large(sys.argv[1])
    else:
        main()
