"""Promises about the sea on the command line."""

import pytest
from typer.testing import CliRunner

from varne.cli import app


def run(*words):
    return CliRunner().invoke(app, ["sea", "tide", *words], env={"COLUMNS": "120"})


def test_a_tide_is_printed_with_source_and_grade():
    """A day at Dover has four turns, hourly streams, the error statement, the sources and their licence."""
    result = run("--at", "51 07N 1 19E", "--from", "2024-06-01T00:00Z", "--hours", "25")
    assert result.exit_code == 0
    assert result.output.count("\n│ 2024-06-0") == 26
    assert (result.output.count("│ high "), result.output.count("│ low ")) == (2, 2)
    for words in ("grade derived", "(derived)", "TICON-4", "CC BY 4.0", "GEBCO_2014", "Not for navigation"):
        assert words in " ".join(result.output.split())


def test_high_water_is_the_published_one():
    """High water at Dover on 1 June 2024 is printed within 15 minutes of 06:03 UTC."""
    result = run("--at", "51.114, 1.3225", "--from", "2024-06-01T00:00Z", "--hours", "12")
    line = next(line for line in result.output.splitlines() if line.startswith("│ high"))
    minutes = int(line.split("T")[1][3:5]) + 60 * int(line.split("T")[1][:2])
    assert abs(minutes - 363) <= 15


@pytest.mark.parametrize(
    ("place", "time", "words"),
    [
        ("48 00N 5 00W", "2024-06-01T00:00Z", "outside"),
        ("50.9, 2.0", "2024-06-01T00:00Z", "on land"),
        ("Dover", "2024-06-01T00:00Z", "'Dover'"),
        ("51 00N 1 27E", "tomorrow", "'tomorrow'"),
        ("51 00N 1 27E", "1815-06-18T00:00Z", "1950"),
    ],
)
def test_wrong_input_gets_one_sentence(place, time, words):
    """A place or time that cannot be answered ends with status 2 and one line that quotes it."""
    result = run("--at", place, "--from", time)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["tide", "info", "check", "observations", "traffic", "weather"])
def test_help_is_for_people_who_ask_and_not_for_people_who_program(command):
    """What it does, then the options; no headings of docstrings."""
    result = CliRunner().invoke(app, ["sea", command, "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    for words in ("Parameters", "Returns", "Raises", "-----", ">>>"):
        assert words not in result.output


def test_the_help_of_the_group_says_what_is_there():
    """Own files come first."""
    result = CliRunner().invoke(app, ["sea", "--help"], env={"COLUMNS": "120"})
    assert "The sea: your own files, and the embedded tides, waves, weather and ships." in result.output
    assert "----" not in result.output
