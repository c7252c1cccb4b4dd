"""The table of what drives an outcome by the draws that there are."""

from varne.compare.given import Given, GivenDriver
from varne.encounter.outcome import Interval
from varne.show.language import language
from varne.show.report_given import given_table

DRIVERS = (
    GivenDriver("boat.speed", Interval(0.62, 0.5, 0.7), Interval(0.3, 0.2, 0.4), True, -0.61),
    GivenDriver("deterrence", Interval(0.1, 0.0, 0.2), Interval(0.2, 0.2, 0.4), True, 0.3),
)


def _table(code="en"):
    given = (Given("deaths", "a", None, DRIVERS, 0.2), Given("deaths", "b", "a", (), 0.2))
    return given_table(given, {"boat.speed": "Speed through the water"}, language(code))


def test_each_number_has_its_direction_and_its_error():
    """More of it is fewer deaths where the correlation is below zero; the share has its 90 % error under it."""
    first, second, _ = _table().rows
    assert [cell.words for cell in first] == ["a", "Speed through the water", "fewer deaths", "62\xa0%"]
    assert (first[1].under, first[3].under) == ("boat.speed", "50\xa0% to 70\xa0%")
    assert [cell.words for cell in second][1:3] == ["deterrence", "more deaths"]


def test_where_nothing_stands_out_the_table_says_so():
    """A row is not left out because it has nothing to tell."""
    assert _table().rows[2][0].words == "b, beside a"
    assert _table().rows[2][1].words == "nothing stands out of the noise"
    assert all(len(row) == len(_table().headings) for row in _table("fr").rows)
