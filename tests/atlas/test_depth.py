"""Promises about reading depth."""

import numpy as np
import xarray as xr

from varne.atlas.charts import Window
from varne.atlas.depth import read_depth


def test_elevation_becomes_depth_south_first(tmp_path):
    """Depth is positive below the sea, and row 0 lies in the south even when the file begins in the north."""
    axes = {"lat": [51.0, 50.5, 50.0], "lon": [1.0, 1.5]}
    elevation = xr.DataArray(
        np.array([[5, 5], [-20, -20], [-30, -30]], "int16"), axes, ("lat", "lon"), name="elevation"
    )
    elevation.to_netcdf(tmp_path / "grid.nc", engine="h5netcdf")
    depth, south, west = read_depth(tmp_path / "grid.nc", window=Window(1.0, 1.5, 50.4, 50.6))
    assert (depth[:, 0].tolist(), south, west) == ([30, 20, -5], 50.0, 1.0)
