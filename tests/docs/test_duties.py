"""Promises about docs/duties.md: it says what the tables say."""

from pathlib import Path

import pytest

from varne.duties.described import findings_table, phases_table, rules_tables, words_table
from varne.facts.duty_rules import STATES
from varne.facts.provisions import law_at_sea

PAGE = (Path(__file__).parents[2] / "docs" / "duties.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [words_table, findings_table, rules_tables, phases_table])
def test_the_page_draws_the_tables(table):
    """Word for word: a rule that changes changes here too."""
    assert table() in PAGE


def test_the_page_opens_with_the_disclaimer():
    """Before anything else; and it says what each state means."""
    assert PAGE.split("\n")[2].startswith(law_at_sea().disclaimer)
    assert all(f"| {state} |" in PAGE for state in STATES)
