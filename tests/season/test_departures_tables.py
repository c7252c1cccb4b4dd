"""Promises about the tables made from a fit."""

import numpy as np
from tests.season.test_boats_fit import DAYS, synthetic

from varne.season.departures_tables import fit_departures


def test_the_tables_hold_what_was_fitted():
    """Levels with their season follow the series, errors shrink where there are days, and the middle is between."""
    level, season, boats = synthetic()
    table = fit_departures(DAYS, 40.0 * boats, boats, regime=np.datetime64("2022-01-01") <= DAYS, load_spread=12.5)
    assert np.mean(np.abs(table.log_boats - level - np.tile(season, 3)) < 3 * table.log_boats_spread) > 0.9
    np.testing.assert_allclose(np.exp(table.log_load), 40.0, rtol=0.03)
    free = table.log_boats - table.boats_season[np.arange(36) % 12]
    assert free.min() < table.boats_middle < free.max()
    assert (table.first_year, table.boats_weekday.shape) == (2021, (3, 7))
