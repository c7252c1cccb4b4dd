"""Promises about weather of months in tables."""

from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from varne.sea.usual import usual_at
from varne.sea.weather import generate
from varne.show.season import month_table, months_of, spell_table, spread, temperature_table

YEAR = generate(1704067200.0, 8784, members=np.arange(20), seed=1)
USUAL = usual_at()


def text_of(table):
    console = Console(width=250, record=True, file=None, quiet=False)
    with console.capture() as found:
        console.print(table)
    return found.get()


def test_each_month_stands_once_with_its_hours():
    """A leap year has twelve months, whose means weighted by their days are the means of the year."""
    months = months_of(YEAR, USUAL)
    assert [month.name for month in months] == [f"2024-{number:02d}" for number in range(1, 13)]
    days = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    waves = np.stack([month.waves for month in months], axis=1) @ days / days.sum()
    np.testing.assert_allclose(waves, YEAR.wave_height.mean(axis=1))
    assert months[0].usual[0] == pytest.approx(8.88, abs=0.05)  # COADS, January, between 8.9 and 8.8


def test_tables_show_range_and_what_is_published():
    """With many members each number has its range; what is published stands beside it with its grade."""
    text = "".join(
        text_of(table)
        for table in (month_table(months_of(YEAR, USUAL)), temperature_table(months_of(YEAR, USUAL)), spell_table(YEAR))
    )
    assert text.count("-") > 12 * 5
    for words in ("2024-07", "(", "13.4", "published", "derived", "arrivals 2021-24", "Westhinder"):
        assert words in text


def test_a_single_series_has_no_range():
    """One member is one number; a spell that never came is a dash, not a zero."""
    calm = replace(YEAR, wave_height=np.full_like(YEAR.wave_height, 0.1))
    assert spread(np.array([np.nan])) == "-"
    assert spread(np.array([1.0, 3.0]), digits=0).startswith("2 (")
    assert "-" in text_of(spell_table(calm))


def test_a_part_of_a_year_is_not_compared_with_years():
    """Runs and storms of two months stand alone: nothing published is of two winter months."""
    text = text_of(spell_table(generate(1704067200.0, 1440, members=np.arange(5), seed=1)))
    assert "arrivals" not in text
    assert "13.4" not in text
