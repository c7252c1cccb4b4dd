"""The depth of the sea: a piece of the GEBCO grid."""

from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.atlas.charts import Window


def read_depth(path: Path, *, window: Window) -> tuple[NDArray[np.int16], float, float]:
    """
    Read depth below mean sea level from a GEBCO file of elevations.

    Parameters
    ----------
    path : Path
        NetCDF with ``elevation``, ``lat`` and ``lon``. [m]
    window : Window
        What is wanted; two cells more are read on each side. [deg]

    Returns
    -------
    depth : array, shape (row, column)
        Positive below mean sea level; row 0 in the south. [m]
    south, west : float
        Middle of the first cell. [deg]

    References
    ----------
    GEBCO_2014 grid, 30 arc seconds, www.gebco.net.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "tiny.nc"
    >>> axes = {"lat": [50.0, 50.5, 51.0], "lon": [1.0, 1.5]}
    >>> elevation = xr.DataArray(np.full((3, 2), -30, "int16"), axes, ("lat", "lon"), name="elevation")
    >>> elevation.to_netcdf(path, engine="h5netcdf")
    >>> depth, south, west = read_depth(path, window=Window(1.0, 1.5, 50.4, 50.6))
    >>> depth.max(), south, west
    (np.int16(30), 50.0, 1.0)
    """
    with xr.open_dataset(path, engine="h5netcdf") as file:
        elevation = file["elevation"].load().sortby("lat")
    latitude, longitude = elevation["lat"].to_numpy(), elevation["lon"].to_numpy()
    margin = 2.0 * float(latitude[1] - latitude[0])
    row = np.flatnonzero((latitude >= window.south - margin) & (latitude <= window.north + margin))
    column = np.flatnonzero((longitude >= window.west - margin) & (longitude <= window.east + margin))
    piece = elevation.to_numpy()[row[0] : row[-1] + 1, column[0] : column[-1] + 1]
    return (-piece).astype(np.int16), float(latitude[row[0]]), float(longitude[column[0]])
