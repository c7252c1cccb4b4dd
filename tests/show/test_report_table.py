"""Tables of a report."""

from varne.encounter.outcome import Interval
from varne.show.language import language
from varne.show.report_table import Cell, interval_cell


def test_a_mean_never_stands_without_its_interval():
    """The interval stands under it, in the numbers of the language and multiplied alike."""
    one = Interval(0.5, 0.25, 12.5)
    assert interval_cell(one, language("en")) == Cell("0.50", "0.25 to 12")
    assert interval_cell(one, language("fr"), 100.0) == Cell("50", "25 à 1\u202f250")
