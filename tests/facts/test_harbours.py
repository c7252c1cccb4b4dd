"""Promises about the harbours."""

import pytest

from varne.atlas.embedded import coast_mask
from varne.earth import distance
from varne.errors import BadFact, UnknownName
from varne.facts.harbours import Harbour, harbour, harbours
from varne.facts.responders import stations
from varne.sea.coast import nearest_coast

ROW = {
    "says": "A quay", "latitude": 51.0, "longitude": 1.5, "country": "uk", "source": "x", "grade": "assumed",
    "date": "2026-11-25",
}  # fmt: skip


def test_each_harbour_lies_at_its_own_coast():
    """Every harbour lies within 3 km of the coast of its country."""
    for one in harbours().values():
        codes = (1,) if one.country == "uk" else (2,)
        assert nearest_coast(coast_mask(), one.latitude, one.longitude, codes=codes)[2] < 3000.0, one.name


def test_dover_to_calais_is_the_known_distance():
    """The two great ferry ports lie about 22 nautical miles apart."""
    dover, calais = harbour("dover"), harbour("calais")
    away = distance(dover.latitude, dover.longitude, calais.latitude, calais.longitude)
    assert away / 1852 == pytest.approx(22, abs=1)


def test_harbours_agree_with_the_lifeboats_that_lie_in_them():
    """A harbour and the lifeboat station of its name lie within 2 km."""
    both = set(harbours()) & set(stations())
    assert {"dover", "ramsgate", "newhaven"} <= both
    for name in both:
        one, other = harbours()[name], stations()[name]
        assert distance(one.latitude, one.longitude, other.latitude, other.longitude) < 2000.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"latitude": 95.0}, "95.0"),
        ({"longitude": "east"}, "'east'"),
        ({"country": "xx"}, "'xx'"),
        ({"grade": "sure"}, "'sure'"),
        ({"depth": 3}, "'depth'"),
        ({"source": ""}, "no source"),
    ],
)
def test_a_wrong_row_is_one_sentence(change, words):
    """A field that is missing, unknown or impossible is named and quoted."""
    with pytest.raises(BadFact, match=words):
        Harbour.read("quay", {**ROW, **change})


def test_an_unknown_harbour_is_refused():
    """A name that is close to none gets the list."""
    with pytest.raises(UnknownName, match="dover"):
        harbour("zzz")
