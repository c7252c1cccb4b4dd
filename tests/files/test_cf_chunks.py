"""Chunks that were never written are noticed where they would be read as numbers."""

import h5py
import numpy as np
import pytest

from tests.files.forecasts import HOUR, START, WINDOW, regular
from varne.errors import BadFile
from varne.files.cf_chunks import check_written
from varne.files.cf_open import open_files
from varne.files.cf_window import read_window


def sparse(path, fill):
    """A NetCDF 4 file of which only the first hours were written."""
    one = regular()
    one.drop_vars(["uo", "vo"]).to_netcdf(path, engine="h5netcdf")
    with h5py.File(path, "a") as file:
        for name in ("uo", "vo"):
            made = file.create_dataset(name, (7, 11, 11), "f4", chunks=(1, 11, 11), fillvalue=fill)
            made[:2] = one[name].values[:2]
            made.attrs.update(units="m s-1", standard_name=one[name].attrs["standard_name"])
            for axis, scale in enumerate(("time", "latitude", "longitude")):
                made.dims[axis].attach_scale(file[scale])
    return str(path)


def test_a_file_that_is_zero_where_nothing_was_written_is_refused(tmp_path):
    """Five hours that were never written are not a slack tide."""
    with (
        open_files(sparse(tmp_path / "a.nc", 0.0)) as opened,
        pytest.raises(BadFile, match="lacks 5 of 7 chunks of uo"),
    ):
        read_window(opened, "streams", WINDOW, start=START, duration=HOUR)


def test_a_file_that_is_missing_where_nothing_was_written_is_read(tmp_path):
    """With a fill value that says missing, the hours that are there are good."""
    with open_files(sparse(tmp_path / "a.nc", np.nan)) as opened:
        field = read_window(opened, "streams", WINDOW, start=START, duration=HOUR)
    assert np.all(np.isfinite(field.values))


@pytest.mark.parametrize("version", [2, 3])
def test_a_store_with_a_chunk_lost_is_refused(tmp_path, version):
    """A Zarr store of which a file was lost reads as zero there, were it not looked for."""
    path = tmp_path / "a.zarr"
    own = {"_FillValue": None, **({"fill_value": 0.0} if version == 3 else {})}
    encoding = {name: {"chunks": (1, 11, 11), **own} for name in ("uo", "vo")}
    regular().astype("f4").to_zarr(path, consolidated=False, zarr_format=version, encoding=encoding)
    with open_files(str(path)) as opened:
        check_written(opened.parts[0], "uo")
    (path / "uo" / ("c/3/0/0" if version == 3 else "3.0.0")).unlink()
    with open_files(str(path)) as opened, pytest.raises(BadFile, match="lacks 1 of 7 chunks of uo"):
        read_window(opened, "streams", WINDOW, start=START, duration=HOUR)
