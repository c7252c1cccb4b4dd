"""Promises about `varne sea info`."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from tests.files.forecasts import regular, waves, written
from typer.testing import CliRunner

from varne.cli import app


def run(*words, columns="80"):
    return CliRunner().invoke(app, ["sea", "info", *words], env={"COLUMNS": columns})


def test_files_are_described_within_eighty_columns(tmp_path):
    """Variables, units, grid, area, times, and what is taken from elsewhere."""
    files = [written(regular(), tmp_path / "a.nc"), written(waves(), tmp_path / "b.nc")]
    result = run(*files)
    assert result.exit_code == 0, result.stderr
    plain = " ".join(result.output.replace("│", " ").split())
    for words in ("uo [m s-1], vo [m s-1]", "regular, 6 by 3.8 nautical miles", "50.50 N to 51.50 N, 1.00 E to 2.00 E",
                  "2026-03-14T00:00Z to 2026-03-14T06:00Z, 7 times, every 60 min", "the climate of the month",
                  "the waves, of which it is part"):  # fmt: skip
        assert words in plain
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_values_at_a_place_are_those_of_the_file(tmp_path):
    """Hour by hour, in knots and degrees; waves from the south-west."""
    files = [written(regular(), tmp_path / "a.nc"), written(waves(), tmp_path / "b.nc")]
    result = run(*files, "--at", "51 00N 1 30E", "--from", "2026-03-14T00:00Z", "--hours", "3", columns="120")
    assert result.exit_code == 0, result.stderr
    assert "│ 2026-03-14T00:00Z │       1.0 │       143 │     0.5 │ 5.0 │    225 │" in result.output
    assert result.output.count(":00Z │  ") == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--at", "51 00N 1 30E", "--from", "2026-03-14T00:00Z", "--hours", "24"],
            "a shorter horizon",
        ),
        (["--at", "49 50N 1 30E", "--from", "2026-03-14T00:00Z"], "covers 50.50 N to 51.50 N"),
        (["--at", "51 00N 1 30E"], "give both --at and --from"),
        (["--at", "Dover", "--from", "2026-03-14T00:00Z"], "'Dover'"),
    ],
)
def test_a_question_that_is_not_covered_gets_one_sentence(tmp_path, words, said):
    """Status 2 and one line that says what is missing."""
    result = run(written(regular(), tmp_path / "a.nc"), *words)
    assert result.exit_code == 2
    assert said in result.stderr and len(result.stderr.strip().splitlines()) == 1


def test_a_file_of_something_else_gets_one_sentence(tmp_path):
    """The names it has, and the names to give."""
    one = regular(names=("p", "q"))
    result = run(written(one, tmp_path / "a.nc"))
    assert result.exit_code == 2
    assert "it has p, q" in result.stderr and len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("kind", ["another sea", "nothing", "a lost byte"])
def test_what_is_amiss_is_said_before_a_question_meets_it(tmp_path, kind):
    """A line that begins with Mind, and the rest as for any file."""
    one = regular(longitude=np.arange(10.0, 11.0, 0.1)) if kind == "another sea" else regular()
    if kind == "nothing":
        one["uo"].values[:] = np.nan
    path = Path(written(one, tmp_path / "a.nc"))
    if kind == "a lost byte":
        with h5py.File(path) as file:
            at = file["uo"].id.get_chunk_info(0).byte_offset
        whole = bytearray(path.read_bytes())
        whole[at + 20] ^= 255
        path.write_bytes(whole)
    result = run(str(path), columns="200")
    assert result.exit_code == 0, result.stderr
    words = {"another sea": "does not touch the sea", "nothing": "has no value at", "a lost byte": "is damaged"}[kind]
    said = " ".join(result.output.split())
    assert words in said[said.index("Mind: ") :]


def test_a_long_name_is_read_to_its_end_within_eighty_columns(tmp_path):
    """What to give is folded, not cut off."""
    result = run(written(regular(), tmp_path / "a.nc"), written(waves().drop_vars("VTPK"), tmp_path / "b.nc"))
    assert result.exit_code == 0, result.stderr
    plain = "".join(result.output.replace("│", "").split())
    assert "sea_surface_wave_period_at_variance_spectral_density_maximum" in plain
