"""Promises about weather files."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varne.errors import BadFile, NoData
from varne.files.weather_dataset import weather_dataset, write_weather
from varne.files.weather_file import read_weather
from varne.sea.usual import usual_at
from varne.sea.weather import generate

USUAL = usual_at()
HEAD = "time,wind_speed [kn],wind_from [deg],wave_height [m]"
ROWS = "2024-01-01T00:00Z,10,270,1.0\n2024-01-01T01:00Z,20,270,\n2024-01-01T02:00Z,30,270,2.0\n"


def read(tmp_path, text, name="buoy.csv"):
    path = tmp_path / name
    path.write_text(text)
    return read_weather(path, usual=USUAL, seed=1)


def test_a_table_is_read_in_si(tmp_path):
    """Knots become m/s, west wind blows towards east, an empty cell is bridged, comments and a byte mark are passed."""
    weather = read(tmp_path, f"\ufeff# a buoy\n{HEAD}\n{ROWS}")
    np.testing.assert_allclose(weather.wind_east[0] / (1852.0 / 3600.0), [10.0, 20.0, 30.0])
    np.testing.assert_allclose(weather.wind_north, 0.0, atol=1e-9)
    np.testing.assert_allclose(weather.wave_height[0], [1.0, 1.5, 2.0])
    assert weather.sources["wind"].says == "the series buoy.csv"


@pytest.mark.parametrize("unit", ["degC", "K", "°C", "celsius", "kelvin"])
def test_temperatures_in_any_unit_are_the_same(tmp_path, unit):
    """10 °C is 283.15 K."""
    value = 283.15 if unit.lower().startswith("k") else 10.0
    text = f"time,wind_east [m/s],wind_north (m/s),water [{unit}]\n" + "".join(
        f"2024-01-01T0{hour}:00Z,1,1,{value}\n" for hour in range(3)
    )
    assert read(tmp_path, text).water == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (f"{HEAD.replace(' [kn]', '')}\n{ROWS}", r"unit of wind_speed.*\[\.\.\.\]"),
        (f"{HEAD.replace('[kn]', '[degC]')}\n{ROWS}", r"wind_speed in 'degC'.*kn"),
        (f"{HEAD.replace('wave_height', 'hs')}\n{ROWS}", "'hs"),
        (f"{HEAD.replace('wave_height [m]', 'wind_from [deg]')}\n{ROWS}", "each column once"),
        (f"{HEAD.replace('time', 'water [K]')}\n{ROWS}", "one time column"),
        (f"{HEAD}\n2024-01-01T00:00Z,10,270\n", "line 2 of buoy.csv there are 3 cells under 4"),
        (f"{HEAD}\n{ROWS}2024-01-01T03:00Z,fresh,270,1\n", "line 5 of buoy.csv wind_speed is 'fresh'"),
        (f"{HEAD}\nyesterday,10,270,1\n", "time is 'yesterday'"),
        (f"{HEAD}\n{ROWS.replace('30,270', '300,270')}", "wind_speed 154.3"),
        (f"{HEAD}\n", "0 times"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_sentence(tmp_path, text, words):
    """The file, the line or column, the value and the remedy are named."""
    with pytest.raises(BadFile, match=words) as refusal:
        read(tmp_path, text)
    assert "\n" not in str(refusal.value)
    assert "buoy.csv" in str(refusal.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_breaks_the_reader(tmp_path, text):
    """Whatever stands in the file, it is weather or a BadFile."""
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode())
    try:
        read_weather(path, usual=USUAL, seed=1)
    except BadFile as refusal:
        assert len(str(refusal).splitlines()) == 1


def test_a_missing_file_or_one_that_is_not_text_is_refused(tmp_path):
    """Both kinds of file that cannot be opened are named."""
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "text.nc").write_text("hello")
    for name, words in (
        ("none.csv", "be opened"), ("binary.csv", "UTF-8"), ("none.nc", "does not exist"), ("text.nc", "text.nc"),
    ):  # fmt: skip
        with pytest.raises(BadFile, match=words):
            read_weather(tmp_path / name, usual=USUAL, seed=1)


def test_what_was_written_is_read_again(tmp_path):
    """Every member of generated weather comes back from its NetCDF file."""
    weather = generate(0.0, 30, members=np.arange(3), seed=1)
    write_weather(weather_dataset(weather, USUAL, seed=1), tmp_path / "out.nc")
    again = read_weather(tmp_path / "out.nc", usual=USUAL, seed=2)
    for name in ("wind_east", "wave_height", "peak_period", "waves_east", "water", "air"):
        np.testing.assert_allclose(getattr(again, name), getattr(weather, name), atol=1e-9)
    assert (again.time == weather.time).all()


def grid(**changes):
    times = np.datetime64("2024-01-01", "ns") + np.arange(5) * np.timedelta64(1, "h")
    wind = xr.DataArray(
        np.broadcast_to(np.arange(4.0), (5, 3, 4)).copy(),
        dims=("time", "latitude", "longitude"),
        attrs={"standard_name": "eastward_wind", "units": "m s**-1"} | changes,
    )
    north = wind.assign_attrs(standard_name="northward_wind")
    return xr.Dataset(
        {"u10": wind, "v10": north},
        coords={"time": times, "latitude": [51.5, 51.0, 50.5], "longitude": [0.5, 1.0, 1.5, 2.0]},
    )


def test_a_grid_gives_its_nearest_point(tmp_path):
    """Of a reanalysis the point nearest to mid strait is read, by standard name and not by variable name."""
    grid().to_netcdf(tmp_path / "era.nc", engine="h5netcdf")
    weather = read_weather(tmp_path / "era.nc", usual=USUAL, seed=1)
    assert (weather.wind_east == 2.0).all()


def test_a_grid_that_does_not_fit_is_refused(tmp_path):
    """Unknown units, no units, no time, several levels, and another sea are one sentence each."""
    levels = grid().expand_dims(level=2)
    cases = {
        "units": (grid(units="furlong"), "'furlong'"),
        "none": (grid(units=""), "u10 without units"),
        "time": (grid().drop_vars("time"), "no time for u10"),
        "level": (levels, "over 'level', which"),
        "place": (grid().assign_coords(longitude=[5.0, 6.0, 7.0, 8.0]), "which leaves out"),
        "names": (grid(standard_name="gust"), "no eastward component"),
    }
    for name, (dataset, words) in cases.items():
        dataset.to_netcdf(tmp_path / f"{name}.nc", engine="h5netcdf")
        with pytest.raises((BadFile, NoData), match=words):
            read_weather(tmp_path / f"{name}.nc", usual=USUAL, seed=1)


def reanalysis(path, **more):
    """Three days of a reanalysis as it is fetched: no standard names, `valid_time`, latitudes that fall."""
    dims, size = ("valid_time", "latitude", "longitude"), (72, 5, 7)
    values = {"u10": (3.0, "m s**-1"), "v10": (4.0, "m s**-1")} | more
    coordinates = {
        "valid_time": ("valid_time", np.arange(72.0), {"units": "hours since 2024-01-01", "standard_name": "time"}),
        "latitude": ("latitude", np.arange(51.5, 50.4, -0.25), {"units": "degrees_north"}),
        "longitude": ("longitude", np.arange(0.5, 2.1, 0.25), {"units": "degrees_east"}),
    }
    data = {name: (dims, np.full(size, value), {"units": units}) for name, (value, units) in values.items()}
    dataset = xr.Dataset(data, coordinates)
    if path.suffix == ".zarr":
        dataset.to_zarr(path, consolidated=False)
    else:
        dataset.to_netcdf(path, engine="h5netcdf")
    return path


@pytest.mark.parametrize("name", ["rean.nc", "rean.zarr"])
def test_a_reanalysis_is_understood_as_a_forecast_is(tmp_path, name):
    """Without standard names; what it has is published, what it lacks is generated or climatic and said."""
    path = reanalysis(tmp_path / name, t2m=(281.15, "K"))
    weather = read_weather(path, usual=USUAL, seed=1)
    assert (weather.wind_east == 3.0).all()
    assert weather.air == pytest.approx(8.0)
    assert weather.wind_east.shape == (1, 72)
    assert (weather.sources["wind"].grade, weather.sources["air"].grade) == ("published", "published")
    assert "t2m of" in weather.sources["air"].says
    for part in ("waves", "water"):
        assert "generated" in weather.sources[part].says
        assert weather.sources[part].says.endswith(f"{name} has none")


def test_waves_that_cannot_be_used_are_said(tmp_path):
    """Heights alone are no waves: they are generated, and why is said."""
    weather = read_weather(reanalysis(tmp_path / "rean.nc", swh=(1.0, "m")), usual=USUAL, seed=1)
    assert "none that can be used" in weather.sources["waves"].says
    assert weather.sources["waves"].grade == "assumed"


def test_a_grid_without_wind_is_refused(tmp_path):
    """What it has, and what it needs."""
    whole = xr.open_dataset(reanalysis(tmp_path / "rean.nc", sst=(282.15, "K")), engine="h5netcdf", decode_times=False)
    whole.drop_vars(["u10", "v10"]).to_netcdf(tmp_path / "sst.nc", engine="h5netcdf")
    whole.close()
    with pytest.raises(BadFile, match=r"sst\.nc has water and no wind; give a file that has"):
        read_weather(tmp_path / "sst.nc", usual=USUAL, seed=1)


def test_quantities_on_other_steps_are_brought_to_the_times_of_the_wind(tmp_path):
    """Waves every three hours beside a wind of every hour, each on its own grid; members go with one of the other."""
    path = reanalysis(tmp_path / "rean.nc")
    hours = np.arange(0.0, 73.0, 3.0)
    dims, shape = ("number", "time", "lat", "lon"), (2, hours.size, 3, 3)
    height = np.broadcast_to(1.0 + hours[None, :, None, None] / 100.0, shape)
    names = {
        "sea_surface_wave_significant_height": (height, "m"),
        "sea_surface_wave_from_direction": (np.full(shape, 180.0), "degree"),
        "sea_surface_wave_period_at_variance_spectral_density_maximum": (np.full(shape, 6.0), "s"),
    }
    xr.Dataset(
        {name[17:]: (dims, value, {"standard_name": name, "units": unit}) for name, (value, unit) in names.items()},
        {
            "number": ("number", [0, 1], {"standard_name": "realization"}),
            "time": ("time", hours, {"units": "hours since 2024-01-01", "standard_name": "time"}),
            "lat": ("lat", [50.5, 51.0, 51.5], {"units": "degrees_north"}),
            "lon": ("lon", [1.0, 1.5, 2.0], {"units": "degrees_east"}),
        },
    ).to_netcdf(tmp_path / "rewaves.nc", engine="h5netcdf")
    weather = read_weather(path.with_name("re*.nc"), usual=USUAL, seed=1)
    assert weather.wind_east.shape == weather.wave_height.shape == (2, 72)
    np.testing.assert_allclose(weather.wave_height[1], 1.0 + np.arange(72.0) / 100.0)
    np.testing.assert_allclose(weather.waves_north, 1.0)
    assert weather.sources["waves"].grade == "published"
