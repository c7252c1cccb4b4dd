"""Promises about the fit on the command line."""

from pathlib import Path

import numpy as np
import pytest
import typer
from tests.season.test_arrivals import made
from typer.testing import CliRunner

from varne.cli import OneSentence
from varne.cli.season_fit import fit
from varne.facts.departures import departures, read_user_departures

POLICY = Path(__file__).parents[3] / "shared" / "policy" / "crossings_daily.csv"
SERIES = made()
app = typer.Typer(cls=OneSentence)
app.command("fit")(fit)
app.command("other")(lambda: None)


def run(*words):
    return CliRunner().invoke(app, ["fit", *map(str, words)], env={"COLUMNS": "80"})


@pytest.fixture
def days(tmp_path):
    path = tmp_path / "days.csv"
    rows = zip(SERIES.days, SERIES.people, SERIES.boats, strict=True)
    path.write_text("date,people,boats\n" + "".join(f"{day},{n:.0f},{boats:.0f}\n" for day, n, boats in rows))
    return path


def test_the_tables_are_those_that_a_season_reads(days, tmp_path):
    """From the first January to the last whole month; five boats of 45 people come back; twice the same."""
    out = tmp_path / "mine.toml"
    result = run("--series", days, "--out", out)
    assert result.exit_code == 0, result.output
    found = read_user_departures(out)
    assert len(found.log_boats) == 23  # January 2022 to November 2023: the series begins on 4 January 2021
    assert np.exp(found.log_boats).mean() == pytest.approx(5.0, rel=0.2)
    assert np.exp(found.log_load).mean() == pytest.approx(45.0, rel=0.05)
    first = out.read_text()
    run("--series", days, "--out", out)
    assert out.read_text() == first


def test_later_days_are_not_looked_at(days, tmp_path):
    """With --until the tables are those of the shorter series."""
    run("--series", days, "--out", tmp_path / "until.toml", "--until", "2023-03-31")
    short = tmp_path / "short.csv"
    lines = days.read_text().splitlines(keepends=True)
    short.write_text("".join(line for line in lines if line[:10] <= "2023-03-31" or line.startswith("date")))
    run("--series", short, "--out", tmp_path / "short.toml")
    assert (tmp_path / "until.toml").read_text() == (tmp_path / "short.toml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--until", "2022-06-30"), "has 6 whole months from 2022-01-01 to 2022-06-30"),
        (("--scatter-until", "2022-03-01"), "leaves 60 days, from 2022-01-01 on"),
        (("--until", "soon"), "--until 'soon' is no day"),
        (("--out", "mine.txt"), "does not end in .toml"),
    ],
)
def test_what_cannot_be_fitted_is_one_sentence(days, tmp_path, words, said):
    """Exit code 2, one sentence, nothing written."""
    result = run("--series", days, "--out", tmp_path / "mine.toml", *words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert not (tmp_path / "mine.toml").exists()


def test_the_shipped_tables_can_be_made_again(tmp_path):
    """From the published series and the dates of the split come the tables that Varne ships."""
    if not POLICY.exists():
        pytest.skip("the published series lie beside the repository only where it is worked on")
    out = tmp_path / "again.toml"
    dates = ("--until", "2024-12-31", "--scatter-until", "2024-06-30")
    assert run("--series", POLICY, "--out", out, *dates).exit_code == 0
    found, shipped = read_user_departures(out), departures()
    for name in ("log_boats", "log_load", "log_boats_spread", "boats_season", "boats_weekday", "load_season"):
        np.testing.assert_allclose(getattr(found, name), getattr(shipped, name), atol=2e-4)
