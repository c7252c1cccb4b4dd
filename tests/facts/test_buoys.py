"""The buoys that are known by name."""

import pytest

from varne.errors import BadFact
from varne.facts.buoys import Buoy, buoys

ROW = {
    "says": "A buoy", "latitude": 51.0, "longitude": 1.5,
    "source": "A list", "grade": "published", "date": "2026-11-25",
}  # fmt: skip


def test_every_buoy_lies_in_the_channel_or_its_approaches():
    """No sign or pair of coordinates is swapped."""
    for buoy in buoys().values():
        assert 49.0 < buoy.latitude < 52.0
        assert -4.0 < buoy.longitude < 3.0


@pytest.mark.parametrize("key", list(ROW))
def test_a_buoy_without_evidence_is_refused(key):
    """The field that is missing is named."""
    with pytest.raises(BadFact, match=f"no {key}"):
        Buoy.read("x", {name: value for name, value in ROW.items() if name != key})


@pytest.mark.parametrize(("key", "value"), [("latitude", 95.0), ("longitude", True), ("grade", "sure")])
def test_an_impossible_buoy_is_refused(key, value):
    """The value is quoted."""
    with pytest.raises(BadFact, match=str(value)):
        Buoy.read("x", {**ROW, key: value})
