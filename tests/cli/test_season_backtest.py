"""Promises about the backtest on the command line."""

import csv
import sys

import numpy as np
import pytest
import typer
from tests.season.test_arrivals import made
from typer.testing import CliRunner

from varne.cli import OneSentence
from varne.cli.season_backtest import backtest
from varne.season.series import weeks_of

SERIES = made()
WEEKS = weeks_of(SERIES)
app = typer.Typer(cls=OneSentence)
app.command("backtest")(backtest)
app.command("other")(lambda: None)


def run(*words):
    return CliRunner().invoke(app, ["backtest", *map(str, words)], env={"COLUMNS": "80"})


@pytest.fixture
def days(tmp_path):
    path = tmp_path / "days.csv"
    rows = zip(SERIES.days, SERIES.people, SERIES.boats, strict=True)
    path.write_text("date,people,boats\n" + "".join(f"{day},{n:.0f},{boats:.0f}\n" for day, n, boats in rows))
    return path


@pytest.fixture
def weeks(tmp_path):
    path = tmp_path / "weeks.csv"
    rows = zip(WEEKS.endings, WEEKS.people, WEEKS.boats, strict=True)
    path.write_text("week ending,people,boats\n" + "".join(f"{day},{n:.0f},{boats:.0f}\n" for day, n, boats in rows))
    return path


def test_two_weeks_are_scored_and_written(days, weeks, tmp_path):
    """Model and baselines are printed by year, the weekly table is compared, and the same is printed again."""
    words = ("--series", days, "--weekly", weeks, "--from", "2023-01-08", "--to", "2023-01-15")
    result = run(*words, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.split())
    for piece in ("2023: 2 targets", "Varne", "last 104 weeks", "no weather", "agrees with the days in all 155 weeks"):
        assert piece in text, piece
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["pit.png", "scores.csv", "weeks.csv"]
    with (tmp_path / "out" / "weeks.csv").open() as file:
        assert {row["week_ending"] for row in csv.DictReader(file)} == {"2023-01-08", "2023-01-15"}
    assert run(*words).output == result.output[: result.output.index("Written")]


def test_a_month_ahead_is_the_sum_of_four_weeks(days):
    """The longer horizon says what its targets are."""
    result = run("--series", days, "--from", "2023-03-05", "--to", "2023-03-05", "--horizon", "4w")
    assert "Arrivals of the sum of 4 weeks ahead" in " ".join(result.output.split())
    place = int(np.flatnonzero(WEEKS.endings == np.datetime64("2023-03-05"))[0])
    assert f"1 targets; {WEEKS.people[place : place + 4].sum():,.0f} people" in result.output


def test_weeks_alone_are_scored_by_the_baselines(weeks):
    """Where no days are given the model is not run, and that is said."""
    result = run("--series", weeks, "--from", "2023-01-08", "--to", "2023-01-15")
    text = " ".join(result.output.split())
    assert "last 104 weeks" in text
    assert "holds weeks only" in text
    assert "Varne" not in text


def test_a_weekly_table_that_disagrees_is_said(days, weeks):
    """The week that differs most is named with both figures."""
    text = weeks.read_text().splitlines()
    ending, people, boats = text[20].split(",")
    text[20] = f"{ending},{int(people) + 7},{boats}"
    weeks.write_text("\n".join(text))
    result = run("--series", days, "--weekly", weeks, "--from", "2023-01-08", "--to", "2023-01-08")
    assert f"differs from the days in 1 of 155 weeks, most in the week ending {ending}" in " ".join(
        result.output.split()
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--horizon", "2w"), "--horizon '2w' is not known; write 1w or 4w."),
        (("--from", "2023"), "--from '2023' is no day"),
        (("--from", "2031-01-01"), "none to forecast"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(days, words, said):
    """Exit code 2, one sentence, nothing else."""
    result = run("--series", days, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_the_extra_the_remedy_is_said(days, monkeypatch):
    """A missing sampler names the extra that brings it."""
    for name in ("varne.season.backtest", "varne.season.scales", "varne.season.skill"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "emcee", None)
    result = run("--series", days)
    assert result.exit_code == 2
    assert 'emcee, an extra: pip install "varne[analysis]"' in result.stderr
