"""`varne sea check`."""

import re
from pathlib import Path

import numpy as np
import xarray as xr
from tests.files.test_brought import START, buoy, forecast
from typer.testing import CliRunner

from varne.cli import app

RUN = CliRunner()


def test_a_forecast_is_set_beside_a_buoy(tmp_path: Path):
    """Bias and spread with their intervals, and what is drawn from then on; quantities without a pair are named."""
    seen = buoy(tmp_path / "62304.txt", 6.0 + np.random.default_rng(2).normal(0.0, 0.8, 49))
    wind = forecast(tmp_path / "arome.nc", hours=range(-49, 15), u10=8.0, v10=0.0)
    result = RUN.invoke(app, ["sea", "check", wind, "--against", seen])
    assert result.exit_code == 0, result.output
    assert "speed" in result.output
    assert "light vessel does not observe waves." in result.output


def test_nothing_is_cut_at_80_columns(tmp_path: Path):
    """Ten members, a forecast that says when it was made, large errors: every heading and number is whole."""
    seen = buoy(tmp_path / "62304.txt", 25.0 + np.random.default_rng(2).normal(0.0, 2.0, 49))
    wind = forecast(
        tmp_path / "arome.nc", hours=range(-49, 15), u10=np.linspace(-21.0, -12.0, 10), v10=np.full(10, 15.0)
    )
    with xr.open_dataset(wind, engine="h5netcdf", decode_times=False) as opened:
        whole = opened.load()
    made = {"units": "seconds since 1970-01-01", "standard_name": "forecast_reference_time"}
    whole.assign_coords(made=((), float(whole["time"][0]), made)).to_netcdf(tmp_path / "made.nc", engine="h5netcdf")
    result = RUN.invoke(app, ["sea", "check", str(tmp_path / "made.nc"), "--against", seen], env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    assert "…" not in result.output
    assert re.search(r"\([+-][\d.]+ to [+-][\d.]+\)", result.output)
    assert not re.search(r"\([+-]?[\d.]+ to(?! [+-]?[\d.]+\))", result.output), "an interval is on one line"
    assert max(map(len, result.output.splitlines())) <= 80
    for words in ("lead time", "error of", "independent", "towards north m/s", "Ensemble of 10"):
        assert words in result.output


def test_a_buoy_that_has_no_anemometer_is_not_asked_for_wind(tmp_path: Path):
    """The sentence says what the station does observe, not to look for reports of other hours."""
    seen = tmp_path / "wv.csv"
    times = np.datetime64(int(START), "s") + np.arange(-5, 6) * np.timedelta64(3600, "s")
    rows = "".join(f"{time},0.8\n" for time in times)
    seen.write_text("time [UTC],significant wave height [m]\n" + rows)
    words = ["--against", str(seen), "--at", "51 00N 1 27E"]
    result = RUN.invoke(app, ["sea", "check", forecast(tmp_path / "wind.nc", u10=8.0, v10=0.0), *words])
    assert result.exit_code == 2
    assert "wv does not observe wind; give a forecast of what it observes: waves." in result.stderr


def test_nothing_in_common_is_one_sentence(tmp_path: Path):
    """A buoy of another time: exit code 2, and the reason."""
    seen = buoy(tmp_path / "62304.txt", 6.0, hours=range(-900, -850))
    wind = forecast(tmp_path / "arome.nc", u10=8.0, v10=0.0)
    result = RUN.invoke(app, ["sea", "check", wind, "--against", seen])
    assert result.exit_code == 2
    assert "no time in common" in result.output
