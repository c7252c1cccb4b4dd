"""Promises about weather as a CF data set."""

import numpy as np
import xarray as xr

from varne.files.weather_dataset import weather_dataset, write_weather
from varne.sea.usual import usual_at
from varne.sea.weather import generate


def test_each_variable_says_what_it_is(tmp_path):
    """Standard name, units, source and grade stand on every variable, also after writing; times are exact."""
    weather = generate(1709251200.0, 25, members=np.arange(2), seed=1)
    write_weather(weather_dataset(weather, usual_at(), seed=1), tmp_path / "out.nc")
    with xr.open_dataset(tmp_path / "out.nc", engine="h5netcdf") as dataset:
        for variable in dataset.data_vars.values():
            assert {"standard_name", "units", "source", "grade"} <= set(variable.attrs)
            assert variable.dims == ("realization", "time")
        assert str(dataset["time"].values[0]) == "2024-03-01T00:00:00.000000000"
        assert dataset.attrs["Conventions"] == "CF-1.11"
        assert float(dataset["latitude"]) == usual_at().latitude
