"""Promises about the file of counted ships."""

import numpy as np
import pytest
import xarray as xr

from varne.errors import BadFile
from varne.facts.tables import shipped_facts
from varne.files.traffic_file import SUMS, as_traffic, read_traffic, traffic_dataset, write_traffic
from varne.sea.passages import Passages

RNG = np.random.Generator(np.random.Philox(3))


def some():
    way = RNG.uniform(0.0, 1e5, (8, 6, 5)) * (RNG.uniform(size=(8, 6, 5)) > 0.4)
    return Passages(
        np.ceil(way / 1e3), way, 0.6 * way, 0.8 * way, 7.0 * way, 50.0 * way, 0.5 * way, 80.0 * way, 14.0 * way,
        50.5, 1.0, 0.02, 172800.0, 1717200000.0, 1717372800.0,
    )  # fmt: skip


def test_what_is_written_is_read_back(tmp_path):
    """The traffic of the file is that of the count, and says where it comes from."""
    counted, path = some(), tmp_path / "traffic.nc"
    write_traffic(traffic_dataset(counted, {"source": "a.nmea"}), path)
    read, made = read_traffic(path, facts=shipped_facts()), as_traffic(counted, name=path.name, facts=shipped_facts())
    for name in read.streams.dtype.names:
        assert np.array_equal(read.streams[name], made.streams[name]), name
    assert read.source == made.source
    assert "2024-06-01" in read.source.says
    assert read.source.grade == "measured"
    assert [one.name for one in tmp_path.iterdir()] == ["traffic.nc"]


def test_the_file_speaks_for_itself(tmp_path):
    """Every variable has a unit and a name; passages a day lie in their interval; no number of a ship is in it."""
    path = tmp_path / "traffic.nc"
    write_traffic(traffic_dataset(some(), {}), path)
    with xr.open_dataset(path, engine="h5netcdf") as file:
        assert all({"long_name", "units"} <= set(one.attrs) for one in file.data_vars.values())
        assert file.attrs["Conventions"] == "CF-1.11"
        middle, low, high = (file[f"ship_passages_per_day{end}"].values for end in ("", "_low", "_high"))
        assert np.all((low <= middle) & (middle <= high))
        assert not any("mmsi" in str(name).lower() for name in (*file.variables, *file.attrs))


def test_a_cell_without_ships_has_no_speed(tmp_path):
    """Where nobody passed the speed is missing, never zero."""
    file = traffic_dataset(some(), {})
    assert np.array_equal(np.isnan(file.ship_speed.values), file.sum_way.values == 0.0)


@pytest.mark.parametrize("broken", ["missing", "text", "lacks", "sectors"])
def test_a_wrong_file_is_one_sentence(tmp_path, broken):
    """A file that is not there, no NetCDF, or not of counted ships is refused in one sentence."""
    path = tmp_path / "a.nc"
    if broken == "text":
        path.write_text("hello")
    elif broken == "lacks":
        write_traffic(traffic_dataset(some(), {}).drop_vars("sum_way"), path)
    elif broken == "sectors":
        write_traffic(traffic_dataset(some(), {}).isel(sector=slice(0, 3)), path)
    with pytest.raises(BadFile) as refused:
        read_traffic(path, facts=shipped_facts())
    assert "a.nc" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "varne sea traffic" in str(refused.value)


def test_every_sum_is_a_field_of_the_count():
    """What the file keeps is what the count has."""
    assert set(SUMS) <= set(Passages.__dataclass_fields__)
