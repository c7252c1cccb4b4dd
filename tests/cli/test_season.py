"""Promises about the group of commands `varne season`."""

import pytest
from typer.testing import CliRunner

from varne.cli import app


@pytest.mark.parametrize("words", [["--list"], ["run", "--list"]])
def test_a_word_that_is_no_command_is_a_policy(words):
    """`run` may be left out."""
    said = CliRunner().invoke(app, ["season", *words])
    assert said.exit_code == 0 and "as-it-was" in said.output


def test_commands_of_the_group_stay_commands():
    """`books` is no policy."""
    said = CliRunner().invoke(app, ["season", "books", "--draws", "10", "--json"])
    assert said.exit_code == 0 and '"books"' in said.output


def test_help_names_them():
    """The group's help lists its commands."""
    said = CliRunner().invoke(app, ["season", "--help"])
    assert said.exit_code == 0 and "books" in said.output and "run" in said.output
