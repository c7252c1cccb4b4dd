"""Promises about the climate tables."""

import pytest

from varne.errors import UnknownName
from varne.facts.climate_tables import climate_table, climate_tables
from varne.units import HOUR


def test_every_table_has_evidence():
    """Each table says what it is, where it comes from, and has 1, 2, 4, 12 or 36 numbers."""
    for table in climate_tables().values():
        assert table.says
        assert table.source
        assert len(table.values) in (1, 2, 4, 12, 36)


def test_values_are_si():
    """A time in hours comes out in seconds."""
    assert climate_table("westhinder_persistence").values[0] == pytest.approx(115.7 * HOUR)


def test_an_unknown_table_is_named():
    """Asking for what is not there is an error that lists what is."""
    with pytest.raises(UnknownName, match=r"'rain'.*sea_temperature"):
        climate_table("rain")
