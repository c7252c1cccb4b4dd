"""What a file of observations was understood to say."""

from dataclasses import replace

import numpy as np
from rich.console import Console
from tests.sea.reports import seen

from varne.sea.observations import Column
from varne.show.observations import observations_screen


def printed(one):
    console = Console(width=120)
    with console.capture() as capture:
        console.print(observations_screen(one))
    return capture.get()


def test_last_values_means_and_missing_shares_are_shown():
    """In the units of seafarers; a direction has no lowest and its mean lies across north."""
    text = printed(seen(wind_speed=[5.144444] * 4, wind_from=np.radians([350, 10, 350, 10]), water=[8, 8, np.nan, 9]))
    assert "51 06.2N 001 48.0E" in text
    wind, start, water = (
        next(line for line in text.splitlines() if words in line) for words in ("wind sp", "wind fr", "water")
    )
    assert wind.split()[3] == "10"
    assert start.split()[5] in ("0", "360")
    assert "25 %" in water
    assert "grade measured" in text


def test_gaps_and_columns_that_are_not_used_are_named():
    """Nobody believes in data that is not there."""
    one = seen((0.0, 1.0, 2.0, 9.0), water=[8, 8, 8, 8])
    text = printed(replace(one, columns=(Column("GST", "", ""), Column("Hs (m)", "wave_height", "m")), place=None))
    assert "Gap of 7.0 h from 1970-01-01T02:00Z to 1970-01-01T09:00Z" in text
    assert "Not used: GST" in text
    assert "never" in text
    assert "position not known" in text


def test_a_long_series_has_means_by_month():
    """Two months, two lines."""
    hours = np.arange(0.0, 24.0 * 59, 6.0)
    text = printed(seen(hours, water=np.where(hours < 24 * 31, 7.0, 6.0)))
    assert [line.split() for line in text.splitlines() if line.startswith((" Jan", " Feb"))] == [
        ["Jan", "7.0"],
        ["Feb", "6.0"],
    ]
