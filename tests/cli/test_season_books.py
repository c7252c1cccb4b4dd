"""Promises about the smugglers' books on the command line."""

import json

import typer
from typer.testing import CliRunner

from varne.cli import OneSentence
from varne.cli.season_books import books

APP = typer.Typer(cls=OneSentence)
APP.command("books")(books)
APP.command("other")(lambda: None)


def run(*words):
    return CliRunner().invoke(APP, ["books", *map(str, words)], env={"COLUMNS": "160"})


def test_a_table_over_the_price_is_printed():
    """Each price has its line; grade and draws are said."""
    result = run("--price", 1000, "--price", 500, "--draws", 200)
    assert result.exit_code == 0, result.output
    for words in ("£500", "£1,000", "grade assumed", "200 draws"):
        assert words in result.output
    assert result.output.index("£500 ") < result.output.index("£1,000 ")


def test_ones_own_price_moves_the_books(tmp_path):
    """A facts file replaces what is assumed."""
    own = tmp_path / "mine.toml"
    own.write_text(
        '[smuggling.refund_share]\nsays = "s"\nvalue = 0.999\nlow = 0.998\nhigh = 0.9995\nshape = "logit"\nunit = "1"\n'
        'source = "me"\ngrade = "assumed"\ndate = 2026-11-25\n'
    )
    plain, mine = (
        json.loads(run("--json", "--price", 1000, "--draws", 500, *words).output)["books"][0]
        for words in ((), ("--facts", own))
    )
    assert mine["interception"]["mean"] < plain["interception"]["mean"]
    assert mine["pays_anyway"] < plain["pays_anyway"]


def test_the_curve_is_drawn(tmp_path):
    """A PNG is written, whole."""
    out = tmp_path / "deep" / "books.png"
    assert run("--out", out, "--draws", 50).exit_code == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_price_of_nothing_is_refused():
    """One sentence and exit code 2."""
    result = run("--price", 0, "--draws", 50)
    assert result.exit_code == 2
    assert result.output.strip() == "varne: The price of a place is 0; write pounds above 0."


def test_what_cannot_be_is_one_sentence(tmp_path):
    """A price that is none, and a picture that is none, are refused with exit code 2 and nothing is written."""
    for words in (["--price", "nan"], ["--price", "-3"], ["--out", str(tmp_path / "a.jpg")]):
        said = run(*words)
        assert said.exit_code == 2
        assert said.output.startswith("varne: ")
    assert not list(tmp_path.iterdir())
