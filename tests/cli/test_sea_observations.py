"""Promises about `varne sea observations`."""

import pytest
from typer.testing import CliRunner

from varne.cli import app

TEXT = "time [UTC],wind_speed [kn],sst [degC]\n2026-03-14 02:00,10,8.1\n2026-03-14 03:00,12,8.2\n"


def run(*words):
    return CliRunner().invoke(app, ["sea", "observations", *words], env={"COLUMNS": "120"})


def test_what_was_understood_is_printed(tmp_path):
    """Station, position, columns with units, last values, source and grade."""
    (tmp_path / "62304.csv").write_text(TEXT)
    result = run(str(tmp_path / "62304.csv"))
    assert result.exit_code == 0
    for words in (
        "62304 Sandettie light vessel, 51 06.2N 001 48.0E",
        "wind_speed [kn]",
        "12   2026-03-14T03:00Z",
        "grade",
    ):
        assert words in result.output


def test_a_position_and_a_height_may_be_given(tmp_path):
    """They come before the file."""
    (tmp_path / "mine.csv").write_text(TEXT)
    result = run(str(tmp_path / "mine.csv"), "--at", "51 00N 1 30E", "--anemometer", "14")
    assert "51 00.0N 001 30.0E" in result.output
    assert "from 14 to 10 m" in result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("none.csv",), "cannot be read"),
        (("mine.csv", "--at", "Dover"), "'Dover'"),
        (("mine.csv", "--zone", "X"), "'X'"),
    ],
)
def test_wrong_input_gets_one_sentence(words, says, tmp_path, monkeypatch):
    """Status 2 and one line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(TEXT.replace(" [UTC]", ""))
    result = run(*words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
