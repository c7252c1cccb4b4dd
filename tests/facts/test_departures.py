"""Promises about the tables of departures."""

from importlib import resources

import numpy as np
import pytest

from varne.errors import BadFact
from varne.facts.departures import departures, levels_beside, read_departures, read_user_departures


def texts():
    folder = resources.files("varne.facts")
    return [folder.joinpath(name).read_text(encoding="utf-8") for name in ("departures.toml", "departures_level.csv")]


def test_every_month_and_weekday_has_a_value():
    """The shipped tables hold every month from 2019 to 2024 and every weekday of those years, with an error each."""
    table = departures()
    assert len(table.log_boats) == len(table.log_load) == 72
    assert table.boats_weekday.shape == (6, 7)
    assert np.all(table.log_boats_spread > 0) and np.all(table.log_load_spread > 0)
    assert np.all(np.abs(table.log_boats_correlation) < 1)


def test_factors_are_about_nothing_on_average():
    """Season and weekdays shift what comes within the year and the week, not the total."""
    table = departures()
    assert abs(table.boats_season.mean()) < 1e-3
    assert abs(table.load_season.mean()) < 1e-3
    assert np.all(np.abs(table.boats_weekday.mean(axis=1)) < 1e-3)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kept = ", "held = ", "no \\[boats_walk\\] kept"),
        ("value = 12.5", 'value = "many"', "'many'"),
        ("[dispersion]", "[dispersion", "not TOML"),
        ("value = 12.5", "value = nan", "nan"),
        ("2019-02,", "2019-03,", "jump at 2019-03"),
        ("2019-02,", "2019-02,x", "row 2"),
        ("log_boats_spread", "spread", "row 1"),
        ("[dispersion]", "dispersion = 3\n[other]", "no \\[dispersion\\] value"),
        ("spreads = [", "spreads = [-", "boats_season_spread -0.* must be 0 or more"),
        ("kept = 0", "kept = 1", "boats_kept 1.* must be from 0 to 1"),
        ("\nvalue = ", "\nvalue = -", "dispersion -.* must be above 0"),
    ],
)
def test_a_wrong_table_is_one_sentence(old, new, words):
    """What is missing, no number or out of order is named."""
    tables, levels = (text.replace(old, new, 1) for text in texts())
    with pytest.raises(BadFact, match=words):
        read_departures(tables, levels, "my.toml")


def test_a_users_own_tables_are_read(tmp_path):
    """A file and the levels beside it read as the shipped ones do; either missing is named."""
    path = tmp_path / "mine.toml"
    tables, levels = texts()
    path.write_text(tables)
    with pytest.raises(BadFact, match=r"mine_level\.csv"):
        read_user_departures(path)
    levels_beside(path).write_text(levels)
    assert np.array_equal(read_user_departures(path).log_boats, departures().log_boats)
