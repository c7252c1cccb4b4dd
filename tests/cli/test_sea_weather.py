"""Promises about weather of months on the command line."""

import numpy as np
import pytest
import xarray as xr
from typer.testing import CliRunner

from varne.cli import app


def run(*words):
    return CliRunner().invoke(app, ["sea", "weather", *words], env={"COLUMNS": "160"})


def test_months_are_printed_beside_what_is_published():
    """Two months have a row each, spells and storms stand below, sources and grades at the end."""
    result = run("--from", "2024-01", "--months", "2", "--years", "5")
    assert result.exit_code == 0
    words = " ".join(result.output.split())
    for piece in ("2024-01 to 2024-02", "5 possible years", "2024-02 ", "COADS", "assumed", "Not a forecast"):
        assert piece in words, piece
    assert run("--from", "2024-01", "--months", "2", "--years", "5").output == result.output
    assert run("--from", "2024-01", "--months", "2", "--years", "5", "--seed", "2").output != result.output


def test_everything_is_written_and_read_again(tmp_path):
    """The file that is written can be given back, and prints the same months."""
    out = tmp_path / "weather.nc"
    first = run("--from", "2024-03", "--months", "1", "--years", "3", "--out", str(out))
    assert first.exit_code == 0
    with xr.open_dataset(out, engine="h5netcdf") as dataset:
        assert dict(dataset.sizes) == {"realization": 3, "time": 744}
    again = run("--weather", str(out))
    assert again.exit_code == 0
    row = next(line.rstrip() for line in first.output.splitlines() if line.strip().startswith("2024-03 "))
    assert row in again.output


def test_a_series_is_cut_to_the_months_asked_for(tmp_path):
    """Of a series of two months one may be asked for; a month it does not hold is refused."""
    path = tmp_path / "mine.csv"
    times = np.datetime64("2024-01-15T00") + np.arange(24 * 40)
    path.write_text("time,wind_speed [m/s],wind_from [deg]\n" + "".join(f"{time}:00Z,7,240\n" for time in times))
    assert "Weather of 2024-02 at" in run("--weather", str(path), "--from", "2024-02", "--months", "1").output
    assert "Weather of 2024-01 to 2024-02 at" in run("--weather", str(path)).output
    refused = run("--weather", str(path), "--from", "2023-02", "--months", "1")
    assert (refused.exit_code, "mine.csv has no whole day" in refused.stderr) == (2, True)


def test_a_month_of_a_few_days_is_refused(tmp_path):
    """Figures of a season cannot be had from a weekend."""
    path = tmp_path / "mine.csv"
    times = np.datetime64("2024-01-15T00") + np.arange(24 * 27)
    path.write_text("time,wind_speed [m/s],wind_from [deg]\n" + "".join(f"{time}:00Z,7,240\n" for time in times))
    refused = run("--weather", str(path))
    assert refused.exit_code == 2
    assert "mine.csv has wind of 27 days, and figures of a month need 28; bring a longer series." in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--from 2024-01"),
        (("--from", "March"), "'March'"),
        (("--from", "2024-03-01"), "'2024-03-01'"),
        (("--from", "1815-06"), "1950"),
        (("--from", "2024-01", "--at", "60N 5E"), "60 N 5 E"),
        (("--from", "2024-01", "--months", "120", "--years", "900"), "108,000 months"),
        (("--weather", "none.csv"), "none.csv cannot be opened"),
    ],
)
def test_wrong_input_gets_one_sentence(words, said):
    """Whatever is refused ends with status 2 and one line that quotes it."""
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
