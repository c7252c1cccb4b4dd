"""A window of any kind of forecast is read complete and true, or refused in one sentence."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyproj
import pytest
import xarray as xr

from tests.files.forecasts import (
    HOUR,
    START,
    WINDOW,
    east,
    north,
    projected,
    regular,
    waves,
    worst,
    written,
)
from varne.atlas.charts import Window
from varne.errors import BadFile, NoData, VarneError
from varne.files.cf_grids import area_of, grid_of, in_words, spacing_of
from varne.files.cf_open import open_files
from varne.files.cf_window import common_realizations, read_window
from varne.sea.field import field_at

TOP = Path(__file__).parents[2]
NORKYST = TOP.parent / "shared" / "drift" / "norkyst"

ROTATED = {"grid_mapping_name": "rotated_latitude_longitude", "grid_north_pole_latitude": 37.5,
           "grid_north_pole_longitude": 177.5, "earth_radius": 6371229.0}  # fmt: skip
EQUAL_AREA = {"grid_mapping_name": "lambert_azimuthal_equal_area", "latitude_of_projection_origin": 54.9,
              "longitude_of_projection_origin": -2.5, "false_easting": 0.0, "false_northing": 0.0,
              "semi_major_axis": 6378137.0, "semi_minor_axis": 6356752.314140356}  # fmt: skip
STEREOGRAPHIC = {"grid_mapping_name": "polar_stereographic", "straight_vertical_longitude_from_pole": 58.0,
                 "latitude_of_projection_origin": 90.0, "standard_parallel": 60.0,
                 "earth_radius": 6371000.0}  # fmt: skip
CONFORMAL = {"grid_mapping_name": "lambert_conformal_conic", "standard_parallel": [46.4, 50.0],
             "longitude_of_central_meridian": 8.0, "latitude_of_projection_origin": 48.0,
             "earth_radius": 6371229.0}  # fmt: skip


def read(files, quantity="streams", window=WINDOW, hours=3.0, after=0.5, **more):
    with open_files(files) as opened:
        return read_window(opened, quantity, window, start=START + after * HOUR, duration=hours * HOUR, **more)


def test_a_regular_grid_is_read_as_it_is(tmp_path):
    """The window and one cell more, at the file's own points and times, to the last digit."""
    field = read(written(regular(), tmp_path / "a.nc"), window=Window(1.32, 1.68, 50.82, 51.08))
    assert worst(field) < 1e-12
    assert field.values.shape == (1, 5, 6, 7, 2)
    assert (field.start, field.interval) == (START, HOUR)
    assert field.values.flags["C_CONTIGUOUS"] and field.values.dtype == np.float64
    assert abs(field.west - 1.2) < 1e-9


def _by_name(name):
    """A change that stands further down in this file."""

    def change(one):
        return globals()[name](one)

    return change


VARIANTS = {
    "latitudes that fall": lambda one: one.isel(latitude=slice(None, None, -1)),
    "dimensions in another order": lambda one: one.transpose("longitude", "time", "latitude"),
    "single precision": lambda one: one.astype("f4").assign_coords(latitude=one.latitude.astype("f4")),
    "a depth": lambda one: one.expand_dims(depth=xr.Variable("depth", [0.494], {"units": "m"}), axis=1),
    "cm/s": lambda one: _in_unit(one, "cm s-1", 100.0),
    "knots": lambda one: _in_unit(one, "knots", 3600 / 1852),
    "coordinates of two dimensions": _by_name("_two_dimensional"),
}  # fmt: skip


def _in_unit(one, units, factor):
    for name in ("uo", "vo"):
        one[name].values *= factor
        one[name].attrs["units"] = units
    return one


def _two_dimensional(one):
    longitude, latitude = np.meshgrid(one.longitude.values, one.latitude.values)
    plain = one.rename(latitude="y", longitude="x").drop_vars(["x", "y"])
    return plain.assign_coords(
        nav_lat=(("y", "x"), latitude, {"units": "degrees_north"}),
        nav_lon=(("y", "x"), longitude, {"units": "degrees_east"}),
    )


@pytest.mark.parametrize("kind", VARIANTS)
def test_the_same_sea_written_otherwise_is_the_same_field(tmp_path, kind):
    """Order, direction, precision and unit of a file do not change what is read."""
    assert worst(read(written(VARIANTS[kind](regular()), tmp_path / "a.nc"))) < 1e-6


@pytest.mark.parametrize("engine", ["NETCDF3_CLASSIC", "NETCDF3_64BIT", "zarr", "zip", "memory"])
def test_every_format_is_read(tmp_path, engine):
    """NetCDF 3, Zarr in a folder, in a zip file and at an address give the same field."""
    if engine.startswith("NETCDF3"):
        path = str(tmp_path / "a.nc")
        regular().to_netcdf(path, engine="scipy", format=engine)
    elif engine == "memory":
        path = "memory://somewhere/a.zarr"
        regular().to_zarr(path, mode="w", consolidated=False)
    elif engine == "zip":
        regular().to_zarr(tmp_path / "b.zarr", consolidated=False)
        path = shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path / "b.zarr")
    else:
        path = str(tmp_path / "a.zarr")
        regular().to_zarr(path, consolidated=False)
    assert worst(read(path)) < 1e-12


def test_packed_values_are_unpacked(tmp_path):
    """Whole numbers with a scale, an offset and a fill value are the numbers they stand for."""
    packing = {"dtype": "int16", "scale_factor": 0.001, "add_offset": 0.1, "_FillValue": -32767}
    field = read(written(regular(), tmp_path / "a.nc", uo=packing, vo=packing))
    assert worst(field) < 6e-4


def test_longitudes_from_0_to_360_are_read_across_greenwich(tmp_path):
    """A window on both sides of the meridian is read from both ends of a global file."""
    globe = regular(latitude=np.arange(55.0, 45.0, -0.25), longitude=np.arange(0.0, 360.0, 0.25))
    field = read(written(globe, tmp_path / "a.nc"), window=Window(-0.1, 3.6, 49.7, 52.1))
    assert worst(field) < 1e-12
    assert field.west <= -0.1 and field.west + field.step_east * (field.values.shape[3] - 1) >= 3.6


@pytest.mark.parametrize("falls", [False, True])
def test_an_area_cut_out_of_0_to_360_degrees_is_read_across_greenwich(tmp_path, falls):
    """Stored as 0 to 4 and then 359 to 359.9, or the other way round, it is one piece of sea."""
    longitude = np.concatenate([np.arange(0.0, 4.05, 0.1), np.arange(359.0, 359.95, 0.1)])
    part = regular(latitude=np.arange(49.0, 53.05, 0.1), longitude=longitude[::-1] if falls else longitude)
    with open_files(written(part, tmp_path / "a.nc")) as opened:
        grid = grid_of(opened.parts[0], "uo")
    assert grid.kind == "regular" and in_words(area_of(grid)) == "49.00 N to 53.00 N, 1.00 W to 4.00 E"
    assert np.allclose(spacing_of(grid), 0.1)
    field = read(str(tmp_path / "a.nc"), window=Window(-0.5, 3.6, 49.7, 52.1))
    assert worst(field) < 1e-9 and field.west <= -0.5


@pytest.mark.parametrize("longitude", [[1.0, 2.0, 1.5, 1.2, 3.0], [0.0, 1.0, 2.0, 350.0, 351.0]])
def test_longitudes_in_disorder_or_with_a_hole_are_refused(tmp_path, longitude):
    """Only two runs that meet at the meridian are joined."""
    file = written(regular(longitude=np.array(longitude)), tmp_path / "a.nc")
    with pytest.raises(BadFile, match="sort its grid"):
        read(file, window=Window(1.1, 1.4, 50.8, 51.0))


@pytest.mark.parametrize(
    "mapping", [ROTATED, EQUAL_AREA, STEREOGRAPHIC, CONFORMAL], ids=lambda m: m["grid_mapping_name"]
)
@pytest.mark.parametrize("with_places", [True, False])
@pytest.mark.parametrize("y_falls", [True, False])
def test_components_along_a_grid_are_turned_to_true_north(tmp_path, mapping, with_places, y_falls):
    """Against components worked out by geodesics along each axis, on the figure of the Earth that the file names."""
    step = 0.018 if "rotated" in mapping["grid_mapping_name"] else 2000.0
    file = written(projected(mapping, step, with_places=with_places, y_falls=y_falls), tmp_path / "a.nc")
    field = read(file, hours=2.0)
    assert worst(field) < 1e-3
    assert "true east and north" in field.source.says


def test_a_curvilinear_grid_without_a_mapping_is_turned(tmp_path):
    """Latitudes and longitudes in two dimensions are enough."""
    one = projected(STEREOGRAPHIC, 2000.0, with_places=True).drop_vars(["crs", "x", "y"])
    for name in ("u", "v"):
        del one[name].attrs["grid_mapping"]
    assert worst(read(written(one, tmp_path / "a.nc"), hours=2.0)) < 1e-3


@pytest.mark.parametrize("name", ["number", "member", "ens", "realization"])
def test_realizations_are_kept_apart(tmp_path, name):
    """Each member of an ensemble is its own realization, in order."""
    three = xr.concat([regular() + k for k in range(3)], name)
    for variable in ("uo", "vo"):
        three[variable].attrs = regular()[variable].attrs
    field = read(written(three, tmp_path / "a.nc"))
    assert field.values.shape[0] == 3
    assert np.allclose(field.values[2] - field.values[0], 2.0)


def test_files_of_single_members_make_an_ensemble(tmp_path):
    """Files that say which member they are become realizations."""
    files = []
    for k in (0, 1):
        one = (regular() + k).assign_coords(number=((), k, {"standard_name": "realization"}))
        for variable in ("uo", "vo"):
            one[variable].attrs = regular()[variable].attrs
        files.append(written(one, tmp_path / f"m{k}.nc"))
    assert np.allclose(np.diff(read(files).values, axis=0), 1.0)


def test_files_that_continue_one_another_are_joined(tmp_path):
    """One file a step, given as a pattern, is one field."""
    for hour in range(6):
        written(regular([hour]), tmp_path / f"f{hour:03d}.nc")
    assert worst(read(str(tmp_path / "f*.nc"))) < 1e-12


def test_of_two_forecasts_the_one_issued_later_counts(tmp_path):
    """Whatever the order of the files; without a time of issue the later file counts."""
    files = []
    for k, issued in enumerate(("2026-03-14 06:00:00", "2026-03-13 00:00:00")):
        one = regular()
        one["uo"].values[:] = k
        one.attrs["forecast_reference_time"] = issued
        files.append(written(one, tmp_path / f"{k}.nc"))
    assert np.all(read(files).values[..., 0] == 0.0)
    assert read(files).issued == START + 6 * HOUR
    plain = [
        written(regular().assign(uo=regular()["uo"] * 0 + k).assign_attrs(), tmp_path / f"p{k}.nc") for k in (0, 1)
    ]
    for path in plain:
        assert Path(path).exists()


def test_variables_of_different_files_are_merged(tmp_path):
    """East from one file and north from another make one stream."""
    one = regular()
    files = [written(one[[name]], tmp_path / f"{name}.nc") for name in ("uo", "vo")]
    assert worst(read(files)) < 1e-12


def test_mixed_steps_are_brought_to_the_finest(tmp_path):
    """Hours, then three hours: between them a straight line, hour by hour."""
    field = read(written(regular([0, 1, 2, 3, 6, 9]), tmp_path / "a.nc"), hours=6.0)
    assert field.interval == HOUR and field.values.shape[1] == 10
    assert worst(field) < 1e-12


@pytest.mark.parametrize("unit", ["seconds", "minutes", "hours", "days"])
def test_any_unit_of_time_is_read(tmp_path, unit):
    """From an epoch long ago, in the calendar of the world."""
    one = regular()
    length = {"seconds": 1.0, "minutes": 60.0, "hours": HOUR, "days": 24 * HOUR}[unit]
    since = 631152000.0  # 1990-01-01
    times = (START + HOUR * one.time.values - since) / length
    one = one.assign_coords(time=("time", times, {"units": f"{unit} since 1990-01-01", "calendar": "gregorian"}))
    field = read(written(one, tmp_path / "a.nc"))
    assert abs(field.start - START) < 1e-2 and worst(field) < 1e-6


def test_waves_run_towards_the_other_side(tmp_path):
    """Waves from the south-west run north-east; height, period and a unit vector."""
    field = read(written(waves(), tmp_path / "a.nc"), "waves")
    assert np.allclose(field.values[0, 0, 0, 0], [0.5, 5.0, np.sqrt(0.5), np.sqrt(0.5)])
    assert np.allclose(np.hypot(field.values[..., 2], field.values[..., 3]), 1.0)


@pytest.mark.parametrize(
    ("standard", "factor"),
    [
        ("sea_surface_wave_zero_upcrossing_period", 0.7775),
        ("sea_surface_wave_mean_period_from_variance_spectral_density_first_frequency_moment", 0.834),
        ("sea_surface_wave_mean_period_from_variance_spectral_density_inverse_frequency_moment", 0.903),
    ],
)
def test_a_mean_period_becomes_a_peak_period_and_says_so(tmp_path, standard, factor):
    """By the spectrum of a mean JONSWAP sea."""
    one = waves()
    one["VTPK"].attrs["standard_name"] = standard
    field = read(written(one, tmp_path / "a.nc"), "waves")
    assert np.allclose(field.values[..., 1], 5.0 / factor, rtol=2e-3)
    assert "enhancement 3.3" in field.source.says


def test_speed_and_direction_become_components(tmp_path):
    """A wind from the west blows towards the east; a stream towards the west runs there."""
    dims = ("time", "latitude", "longitude")
    like = regular()
    full = np.full(like["uo"].shape, 270.0)
    one = xr.Dataset(
        {
            "a": (dims, full / 27.0, {"standard_name": "wind_speed", "units": "knots"}),
            "b": (dims, full, {"standard_name": "wind_from_direction", "units": "degree"}),
            "c": (dims, full / 270.0, {"standard_name": "sea_water_speed", "units": "m s-1"}),
            "d": (dims, np.radians(full), {"standard_name": "sea_water_velocity_to_direction", "units": "radian"}),
        },
        like.coords,
    )
    file = written(one, tmp_path / "a.nc")
    assert np.allclose(read(file, "wind").values, [10.0 * 1852 / 3600, 0.0])
    assert np.allclose(read(file, "streams").values, [-1.0, 0.0])


def test_temperatures_are_celsius(tmp_path):
    """Kelvin and Fahrenheit are brought to degrees Celsius."""
    dims = ("time", "latitude", "longitude")
    like = regular()
    one = xr.Dataset(
        {
            "sst": (dims, np.full(like["uo"].shape, 281.15), {"units": "K"}),
            "t2m": (dims, np.full(like["uo"].shape, 50.0), {"units": "degF"}),
        },
        like.coords,
    )
    file = written(one, tmp_path / "a.nc")
    assert np.allclose(read(file, "water").values, 8.0)
    assert np.allclose(read(file, "air").values, 10.0)


def test_the_surface_is_taken_of_many_depths(tmp_path):
    """Of levels at 50, 10, 1 and 0 m the one nearest half a metre; the level is said."""
    layers = [regular() * (1.0 if depth == 1.0 else 3.0) for depth in (50.0, 10.0, 1.0)]
    deep = xr.concat(
        layers, xr.DataArray([50.0, 10.0, 1.0], dims="depth", attrs={"units": "m", "positive": "down"}, name="depth")
    )
    for name in ("uo", "vo"):
        deep[name].attrs = regular()[name].attrs
    field = read(written(deep, tmp_path / "a.nc"))
    assert worst(field) < 1e-12 and "depth 1 m" in field.source.says


def test_near_a_coast_the_nearest_value_stands_in(tmp_path):
    """Land of the file takes the nearest value of the sea, and nothing of it is missing."""
    one = regular()
    for name in ("uo", "vo"):
        one[name].values[:, :, :3] = np.nan  # west of 1.25 E: England, and a strip of sea
    window = Window(1.15, 1.7, 51.0, 51.3)
    field = read(written(one, tmp_path / "a.nc"), window=window)
    assert np.all(np.isfinite(field.values))
    columns = np.rint((field.west + field.step_east * np.arange(field.values.shape[3])) * 10).astype(int)
    assert np.array_equal(field.values[..., columns == 11, :], field.values[..., columns == 13, :])


def test_the_source_says_what_was_done_and_no_more(tmp_path):
    """That values stood in near the coast, and how much of the tide is lost, only where it is so."""
    whole = read(written(regular(), tmp_path / "a.nc"))
    assert whole.source.says == f"uo, vo of {tmp_path / 'a.nc'}"
    one = regular([0, 3, 6])
    for name in ("uo", "vo"):
        one[name].values[:, :, :3] = np.nan
    says = read(written(one, tmp_path / "b.nc"), window=Window(1.15, 1.7, 51.0, 51.3)).source.says
    lost, filled = "steps of 3 h lower the tops of the tide by up to 27 %", "near the coast the nearest value of the"
    assert says.endswith(f"; {lost}; {filled} file stands in")


def test_streams_six_hours_apart_are_refused(tmp_path):
    """They cannot show the tide; a wind so far apart is read."""
    with pytest.raises(BadFile, match="steps of 6 h, which cannot show the tide"):
        read(written(regular([0, 6, 12]), tmp_path / "a.nc"))
    assert read(written(regular([0, 6, 12], names=("u10", "v10")), tmp_path / "b.nc"), "wind").interval == 6 * HOUR


def test_a_sea_without_values_is_refused_by_place_and_time(tmp_path):
    """Values missing in mid-strait are not filled from afar."""
    one = regular(latitude=np.arange(50.5, 51.55, 0.02), longitude=np.arange(1.0, 2.05, 0.02))
    for name in ("uo", "vo"):
        one[name].values[2, 18:26, 20:30] = np.nan
    file = written(one, tmp_path / "a.nc")
    with pytest.raises(
        NoData, match=r"a\.nc has no value of uo, vo within two cells of 50 .*N 001 .*E.*2026-03-14T02:00Z"
    ):
        read(file)
    with pytest.raises(NoData, match="which is sea"):
        read(file, place=(50.95, 1.5), within=2e3)
    away = read(file, place=(51.07, 1.35), within=2e3)
    assert np.all(np.isfinite(away.values))


REFUSED = {
    "ends early": (lambda one: one, {"hours": 12.0}, BadFile, "ends at 2026-03-14T06:00Z.*longer forecast"),
    "begins late": (lambda one: one, {"after": -3.0}, BadFile, "begins at 2026-03-14T00:00Z"),
    "a gap": (lambda one: one.isel(time=[0, 1, 3, 4, 5]), {}, BadFile, "T01:00Z and 2026-03-14T03:00Z"),
    "a time twice": (lambda one: one.isel(time=[0, 1, 1, 2, 3, 4]), {}, BadFile, "twice"),
    "times that fall": (lambda one: one.isel(time=[0, 2, 1, 3, 4]), {}, BadFile, "after a later one"),
    "too small": (lambda one: one.isel(longitude=slice(4, 7)), {}, NoData, "covers .* 1.40 E to 1.60 E"),
    "elsewhere": (lambda one: one.assign_coords(longitude=one.longitude + 90), {}, NoData, "covers"),
    "unknown unit": (lambda one: _with(one, units="furlong"), {}, BadFile, "uo in 'furlong'.*m s-1"),
    "no unit": (lambda one: _with(one, units=""), {}, BadFile, "uo without units"),
    "wrong dimension": (lambda one: _with(one, units="m"), {}, BadFile, "uo in 'm'"),
    "too fast": (lambda one: one * 100.0, {}, BadFile, "uo .* at 5.*N 00.*E, 2026-03-14T0.*units"),
    "a fill value that is not declared": (lambda one: _fill(one, 9.96921e36), {}, BadFile, "9.96921e"),
    "infinite": (lambda one: _fill(one, np.inf), {}, BadFile, "inf"),
    "all land": (lambda one: one * np.nan, {}, NoData, "no value anywhere"),
    "latitude out of range": (lambda one: one.assign_coords(latitude=one.latitude + 45), {}, BadFile, "latitude 96"),
    "a missing coordinate": (_by_name("_nan_latitude"), {}, BadFile, "missing latitude"),
    "no coordinates": (lambda one: one.drop_vars(["latitude", "longitude"]), {}, BadFile, "no latitude and longitude"),
    "no time": (lambda one: one.drop_vars("time"), {}, BadFile, "no time"),
    "a calendar without real days": (lambda one: _calendar(one, "360_day"), {}, BadFile, "360_day"),
    "a calendar without leap days": (lambda one: _calendar(one, "noleap"), {}, BadFile, "noleap"),
    "months": (lambda one: _since(one, "months since 2026-03-14"), {}, BadFile, "months since"),
    "nonsense since": (lambda one: _since(one, "hours since never"), {}, BadFile, "hours since never"),
    "other names": (_by_name("_plain"), {}, NoData, "it has p, q.*standard_name eastward_sea_water_velocity"),
    "half of it": (lambda one: one[["uo"]], {}, NoData, "eastward component .uo. of streams but no northward"),
    "deep only": (lambda one: one.assign_coords(depth=97.0), {}, BadFile, "97 m"),
    "an unknown dimension": (lambda one: one.expand_dims(scenario=2), {}, BadFile, "scenario"),
    "a mesh": (_by_name("_mesh"), {}, BadFile, "mesh"),
}  # fmt: skip


def _with(one, **attributes):
    for name in ("uo", "vo"):
        one[name].attrs |= attributes
    return one


def _fill(one, value):
    one["uo"].values[:, 5, 5] = value
    return one


def _mesh(one):
    latitude, longitude = np.meshgrid(one.latitude.values, one.longitude.values, indexing="ij")
    flat = one.stack(node=("latitude", "longitude")).drop_vars(["node", "latitude", "longitude"])
    return flat.assign_coords(latitude=("node", latitude.ravel()), longitude=("node", longitude.ravel()))


def _nan_latitude(one):
    latitude = one.latitude.values.copy()
    latitude[3] = np.nan
    return one.assign_coords(latitude=("latitude", latitude, one.latitude.attrs))


def _calendar(one, calendar):
    one["time"].attrs["calendar"] = calendar
    return one


def _since(one, units):
    one["time"].attrs["units"] = units
    return one


def _plain(one):
    one = one.rename(uo="p", vo="q")
    for name in ("p", "q"):
        one[name].attrs = {"units": "m s-1"}
    return one


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, kind):
    """Each says the file, the variable or place, and what to do."""
    change, question, error, words = REFUSED[kind]
    one = change(regular())
    for variable in one.variables.values():
        variable.attrs = {key: value for key, value in variable.attrs.items() if value != ""}
    one.to_netcdf(tmp_path / "a.nc", engine="h5netcdf")
    with pytest.raises(error, match=words) as refused:
        read(str(tmp_path / "a.nc"), **question)
    text = str(refused.value)
    assert "a.nc" in text and "\n" not in text and text.endswith(".") and ". " not in text.replace("a.nc ", "")


def test_one_time_that_is_the_question_is_held(tmp_path):
    """A file of one time answers a question of that moment, and no longer one."""
    file = written(regular([1]), tmp_path / "a.nc")
    field = read(file, after=1.0, hours=0.0)
    assert field.values.shape[1] == 2 and np.array_equal(field.values[:, 0], field.values[:, 1])
    with pytest.raises(BadFile, match="ends at"):
        read(file, after=1.0, hours=1.0)


def test_realizations_of_two_variables_must_agree(tmp_path):
    """Three of east and five of north are no ensemble."""
    files = []
    for name, count in (("uo", 3), ("vo", 5)):
        one = regular()[[name]].expand_dims(realization=count)
        files.append(written(one, tmp_path / f"{name}.nc"))
    with pytest.raises(BadFile, match="3 and 5 realizations of uo and vo"):
        read(files)


def test_ensembles_of_two_sizes_are_no_ensemble(tmp_path):
    """Fields of one realization go with any; three and five do not."""
    field = read(written(regular(), tmp_path / "a.nc"))
    three = replace(field, values=np.repeat(field.values, 3, axis=0))
    five = replace(field, values=np.repeat(field.values, 5, axis=0), quantity="wind")
    assert common_realizations([field, three]) == 3
    with pytest.raises(BadFile, match="3 realizations of streams and 5 realizations of wind"):
        common_realizations([three, five])


def _norkyst(name):
    path = Path(os.environ.get("VARNE_NORKYST", NORKYST)) / name
    if not path.exists():
        pytest.skip(f"needs {name} of the NorKyst example beside the repository, or VARNE_NORKYST")
    return str(path)


@pytest.mark.parametrize(
    ("name", "quantity", "turn"),
    [
        ("norkyst800_subset_16Nov2015.nc", "streams", lambda longitude: np.radians(longitude - 70.0)),
        (
            "arome_subset_16Nov2015.nc",
            "wind",
            lambda longitude: np.sin(np.radians(63.0)) * np.radians(longitude - 15.0),
        ),
    ],
)
def test_real_forecasts_are_turned_as_their_projection_says(name, quantity, turn):
    """NorKyst (polar stereographic) and AROME (Lambert): the angle of their meridians is known in closed form."""
    path = _norkyst(name)
    window = Window(4.0, 4.4, 60.3, 60.6)
    with open_files(path) as opened, xr.open_dataset(path) as raw:
        start = raw.time.values[5].astype("datetime64[s]").astype(float)
        field = read_window(opened, quantity, window, start=start, duration=6 * HOUR)
        x, y = (
            next(n for n in raw.data_vars if raw[n].attrs.get("standard_name", "").startswith(f"{one}_"))
            for one in "xy"
        )
        latitude, longitude = 60.45, 4.2
        across = _grid_point(raw, latitude, longitude)
        u, v = (float(raw[n].squeeze().isel(time=5).interp(**across)) for n in (x, y))
    angle = float(turn(longitude))
    column = (longitude - field.west) / field.step_east
    row = (latitude - field.south) / field.step_north
    found = [float(field_at(field.values[0], column, row, 0.0, component)) for component in (0, 1)]
    expected = u * np.cos(angle) + v * np.sin(angle), -u * np.sin(angle) + v * np.cos(angle)
    assert np.allclose(found, expected, atol=0.02 * np.hypot(u, v))


def _grid_point(raw, latitude, longitude):
    """Where a place lies in a projection, by PROJ and the file's own PROJ text."""
    mapping = next(v.attrs["proj4"] for v in raw.variables.values() if "proj4" in v.attrs)
    x, y = pyproj.Proj(mapping)(longitude, latitude)
    names = {v.attrs.get("standard_name"): n for n, v in raw.coords.items()}
    return {names["projection_x_coordinate"]: x, names["projection_y_coordinate"]: y}


def test_the_real_bathymetry_is_no_forecast():
    """A file of depths is refused, with the names it has."""
    path = TOP.parent / "shared" / "sea" / "gebco2014_channel.nc"
    if not path.exists():
        pytest.skip("needs gebco2014_channel.nc beside the repository")
    with open_files(str(path)) as opened, pytest.raises(VarneError, match="it has elevation"):
        read_window(opened, "streams", WINDOW, start=START, duration=HOUR)


def test_a_sea_of_straight_lines_is_met_between_the_points(tmp_path):
    """What the kernel reads between points and times is the truth."""
    field = read(written(regular(), tmp_path / "a.nc"))
    x, y = (1.53 - field.west) / field.step_east, (50.97 - field.south) / field.step_north
    assert abs(field_at(field.values[0], x, y, 1.25, 0) - east(50.97, 1.53, 1.25)) < 1e-12
    assert abs(field_at(field.values[0], x, y, 1.25, 1) - north(50.97, 1.53, 1.25)) < 1e-12
