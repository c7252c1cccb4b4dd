"""Promises about how a backtest is shown."""

import io

import numpy as np
from rich.console import Console

from varne.season.backtest import Score, Target
from varne.season.skill import periods
from varne.show.backtest import period_rows, period_table, pit_picture, target_rows


def week(place, pit=0.5):
    ending = np.datetime64("2023-01-01") + 7 * place
    ours = Score("Varne", 90.0, 10.0, 5.0, (False, True, True), (10.0, 40.0, 1846.0))
    theirs = Score("negative binomial, climatology from 2021", 110.0, 310.0, np.nan, (True,) * 3, (20.0, 50.0, 90.0))
    return Target(ending, 100.0, (ours, theirs), pit, np.ones(7), np.full(7, 0.8))


WEEKS = [week(place, (place + 0.5) / 20) for place in range(20)]


def printed(width):
    console = Console(file=io.StringIO(), width=width)
    console.print(period_table(periods(WEEKS)[0]))
    return console.file.getvalue()


def test_the_table_fits_a_terminal_of_80_columns():
    """No number is cut off: each figure stands whole in the text."""
    text = printed(80)
    for piece in (
        "10.0",
        "310.0",
        "5.000",
        "0 100 100",
        "-300 (-300 to -300)",
        "20 targets; 2,000 people, Varne 1,800",
    ):
        assert piece in text, piece
    assert "…" not in text


def test_rows_have_their_headings():
    """Every row of both tables is as long as its heading; what a forecast lacks is an empty cell."""
    for rows in (period_rows(periods(WEEKS)), target_rows(WEEKS)):
        assert {len(row) for row in rows} == {len(rows[0])}
    assert period_rows(periods(WEEKS))[2][6] == ""
    assert target_rows(WEEKS)[1][-1] == "0.02500"
    assert target_rows(WEEKS)[2][-1] == ""


def test_a_calibrated_forecast_has_level_bars():
    """Places spread evenly give bars of one height."""
    axes = pit_picture(WEEKS).axes[0]
    assert {bar.get_height() for bar in axes.patches} == {2}
