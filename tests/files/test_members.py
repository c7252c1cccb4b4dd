"""Members as a CF data set."""

import numpy as np
import xarray as xr

from varne.files.members import write_members


def test_what_is_written_is_read_back(tmp_path, small):
    """The file opens in xarray with the same numbers, units and fingerprint."""
    path = tmp_path / "assessment.nc"
    write_members(small.dataset(), path)
    with xr.open_dataset(path) as read:
        assert read.attrs["Conventions"].startswith("CF-")
        assert read.attrs["fingerprint_facts"] == small.answer.fingerprint["facts"]
        assert np.array_equal(read["deaths"].values, small.dataset()["deaths"].values)
        assert all("units" in variable.attrs for variable in read.data_vars.values())
        draw = read["member_draw"].values
        assert np.array_equal(read["fact_boat_speed"].values[draw].shape, (100,))
