"""The variables that make up a quantity are chosen well, and said when there are none."""

import numpy as np
import pytest
import xarray as xr

from tests.files.forecasts import regular, waves
from varne.errors import BadFile, NoData
from varne.files.cf_open import Opened, Part
from varne.files.cf_series import candidates, nothing_found, series_of


def opened(*datasets):
    return Opened(tuple(Part(f"{number}.nc", one, None) for number, one in enumerate(datasets)))


def test_true_components_come_before_others():
    """Of east and north, and speed and direction, in one file the components are taken."""
    one = regular()
    one["s"] = one["uo"].assign_attrs(standard_name="sea_water_speed")
    one["d"] = one["uo"].assign_attrs(standard_name="sea_water_velocity_to_direction", units="degree")
    assert [part.role for part in series_of(opened(one), "streams")] == ["east", "north"]


def test_a_peak_period_comes_before_a_mean_one():
    """Both are there: no factor is needed."""
    one = waves()
    one["VTM02"] = one["VTPK"].assign_attrs(standard_name="sea_surface_wave_zero_upcrossing_period")
    assert [part.first.name for part in series_of(opened(one), "waves")] == ["VHM0", "VTPK", "VMDR"]


def test_wind_at_another_height_is_not_the_wind():
    """At 100 m or on a level of pressure it is passed over; at 10 m it is taken."""
    one = regular(names=("u10", "v10"))
    for height, there in ((10.0, 2), (100.0, 0)):
        at = one.assign_coords(heightAboveGround=height)
        assert len(candidates(opened(at), "wind")) == there
    assert candidates(opened(one.assign_coords(isobaricInhPa=850.0)), "wind") == []


def test_components_along_the_grid_of_grib_are_along_the_grid():
    """The same short name is east, or x, as the message says."""
    one = regular(names=("u10", "v10"))
    for name in ("u10", "v10"):
        one[name].attrs["GRIB_uvRelativeToGrid"] = 1
    assert [part.role for part in series_of(opened(one), "wind")] == ["x", "y"]


def test_of_many_heights_ten_metres_are_taken():
    """And the level is said."""
    one = regular(names=("u10", "v10"))
    both = xr.concat([one, one], xr.DataArray([10.0, 100.0], dims="height", name="height"))
    for name in ("u10", "v10"):
        both[name].attrs = one[name].attrs
    first = series_of(opened(both), "wind")[0].first
    assert (first.level, dict(first.fixed)) == ("10 m above ground", {"height": 0})


def test_the_highest_of_levels_that_follow_the_bottom_is_taken():
    """Levels of a model in shares of the depth, from -1 at the bottom to 0."""
    attributes = {"standard_name": "ocean_s_coordinate", "units": "1"}
    level = xr.Variable("s_rho", [-0.9, -0.5, -0.1], attributes)
    one = regular().expand_dims(s_rho=level)
    assert dict(series_of(opened(one), "streams")[0].first.fixed) == {"s_rho": 2}


def test_files_on_different_grids_are_refused():
    """Two models are not one forecast."""
    other = regular(range(7, 9), latitude=np.arange(50.0, 52.0, 0.25))
    with pytest.raises(BadFile, match=r"0\.nc and 1\.nc.*different grids"):
        series_of(opened(regular(), other), "streams")


def test_several_forecasts_in_one_are_refused():
    """A file over time of issue and step has a time in two dimensions."""
    one = regular().rename(time="step").drop_vars("step").expand_dims(reference=2)
    times = (("reference", "step"), np.zeros((2, 7)), {"units": "hours since 2026-03-14", "standard_name": "time"})
    with pytest.raises(BadFile, match="several forecasts"):
        series_of(opened(one.assign_coords(valid_time=times)), "streams")


def test_nothing_is_said_with_what_there_is():
    """The names of the file, and the names to give."""
    empty = opened(xr.Dataset({"elevation": 1.0}))
    with pytest.raises(NoData, match=r"it has elevation.*sea_surface_temperature"):
        series_of(empty, "water")
    assert "it has elevation" in nothing_found(empty)


def test_counts_of_realizations_of_files_must_agree():
    """Three members in one file and five in the next are no ensemble."""
    three, five = (regular().expand_dims(number=count) for count in (3, 5))
    with pytest.raises(BadFile, match="3 and 5 realizations"):
        series_of(opened(three, five), "streams")
    assert series_of(opened(three), "streams")[0].realizations == 3


@pytest.mark.parametrize(
    ("quantity", "there", "said"),
    [
        ("waves", {"VHM0": "m", "VMDR": "degree"}, r"^File 0.nc has the height \(VHM0\) and direction \(VMDR\) of "
         "waves but no period; give one the standard_name sea_surface_wave_period_at_variance_spectral_density_maximum "
         r"or sea_surface_wave_zero_upcrossing_period\.$"),
        ("waves", {"VHM0": "m"}, "no period and no direction; give one .*, one sea_surface_wave_from_direction or"),
        ("wind", {"si10": "m s-1"}, r"speed \(si10\) of wind but no direction; .* wind_from_direction or wind_to_dir"),
        ("streams", {"vo": "m s-1"}, r"northward component \(vo\) of streams but no eastward component; give one the "
         r"standard_name eastward_sea_water_velocity\."),
        ("swell", {"VHM0_SW1": "m", "VTM01_SW1": "s"}, "of swell but no direction"),
    ],
)  # fmt: skip
def test_an_incomplete_quantity_is_said_in_plain_words(quantity, there, said):
    """What there is, what lacks, and the name to give it."""
    one = regular()["uo"]
    with pytest.raises(NoData, match=said):
        series_of(opened(xr.Dataset({name: one.assign_attrs(standard_name="", units=units) for name, units in
                                     there.items()})), quantity)  # fmt: skip


def test_only_the_files_that_have_a_part_are_named():
    """Of several files the one that is incomplete is the one to mend."""
    with pytest.raises(NoData, match=r"^File 1\.nc has the height"):
        series_of(opened(regular(), waves()[["VHM0"]]), "waves")
