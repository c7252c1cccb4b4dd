"""Promises about the files of the tables of departures."""

import numpy as np
import pytest

from varne.errors import BadFile
from varne.facts.departures import Departures, departures, read_user_departures
from varne.files.departures_file import write_departures


def test_what_is_written_is_read(tmp_path):
    """Tables survive being written and read, to the decimals kept."""
    path = tmp_path / "mine.toml"
    write_departures(path, departures(), source="A series", date="2026-11-25", days="all days")
    table = read_user_departures(path)
    for name in Departures.__dataclass_fields__:
        np.testing.assert_allclose(getattr(table, name), getattr(departures(), name), atol=1e-4)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """A folder that is not there is one sentence."""
    with pytest.raises(BadFile, match="nowhere"):
        write_departures(tmp_path / "nowhere" / "x.toml", departures(), source="A", date="2026-11-25", days="b")
