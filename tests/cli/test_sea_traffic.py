"""Promises about ships on the command line."""

import numpy as np
import pytest
from tests.files.synthetic_ais import fleet, sentences
from typer.testing import CliRunner

from varne.cli import app
from varne.facts.tables import shipped_facts
from varne.files.traffic_file import read_traffic
from varne.sea.passages import poisson_interval
from varne.sea.traffic import ships_across


def run(*words):
    return CliRunner().invoke(app, ["sea", "traffic", *map(str, words)], env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("ais") / "dover.nmea"
    path.write_bytes(b"\n".join([*sentences(fleet(100, spread=2.0)), b"!AIVDM,rubbish"]))
    return path


def test_without_files_the_shipped_ships_are_shown():
    """Every lane and ferry route has its ships a day with grade, source and licence."""
    result = run("--at", "51 02.5N 1 33.8E")
    assert result.exit_code == 0
    for words in ("170", "derived", "assumed", "Dover to Calais", "RNLI (1995)", "ODbL", "117 and 297", "Left out"):
        assert words in " ".join(result.output.split())


def test_known_ships_are_found_again(log, tmp_path):
    """A hundred ships a day in each lane at 14 knots are counted as such, and the file gives them back."""
    out = tmp_path / "traffic.nc"
    result = run("--ais", log, "--out", out)
    assert result.exit_code == 0, result.output
    rows = {
        row[0]: row[1:]
        for line in result.output.splitlines()
        if (row := [one.strip() for one in line.split("│")][1:-1])
    }
    for lane in ("south-west lane", "north-east lane"):
        count, per_day, interval, speed, length, shipped = rows[lane]
        assert count == "100"
        assert float(per_day) == pytest.approx(100.0, rel=0.05)  # the last ship is listened to the end
        low, high = map(float, interval.split("-"))
        assert low < 100.0 < high
        assert float(speed.split()[0]) == pytest.approx(14.0, abs=0.5)
        assert float(speed.split()[2]) == pytest.approx(2.0, abs=0.5)
        assert length == "180/180/180"
        assert shipped == "170 (115-230) derived"
    assert rows["left out: not a whole AIS sentence"] == ["1"]
    traffic = read_traffic(out, facts=shipped_facts())
    bounds = [float(one[0]) for one in poisson_interval([100.0])]
    for start, end in (((51.075, 1.285), (50.983, 1.437)), ((50.983, 1.437), (50.90, 1.575))):
        found = []
        for shift in np.linspace(-0.03, 0.03, 13):  # a single line meets cells that their tracks fill unevenly
            ends = [(latitude + shift, longitude + 1.5 * shift) for latitude, longitude in (start, end)]
            found.append(ships_across(traffic, *ends)[2] * 86400.0)
        assert bounds[0] < np.mean(found) < bounds[1]


def test_no_ship_is_named(log, tmp_path):
    """Neither the screen nor the file holds the number or the name of a ship."""
    out = tmp_path / "traffic.nc"
    result = run("--ais", log, "--out", out, "--at", "51 00.5N 1 23.5E")
    assert "counted" in result.output
    for ship in ("200000001", "200100001", "NOBODY"):
        assert ship not in result.output
        assert ship.encode() not in out.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "a.nc"), "--ais"),
        (("--ais", "nowhere.nmea"), "nowhere.nmea"),
        (("--at", "48 00N 5 00W"), "outside"),
    ],
)
def test_wrong_input_gets_one_sentence(words, said):
    """What cannot be answered ends with status 2 and one line."""
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_that_is_not_there_keeps_nothing_half_written(log, tmp_path):
    """A file that cannot be written is refused, and nothing is left behind."""
    result = run("--ais", log, "--out", tmp_path / "no" / "traffic.nc")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
