"""Rows of a picture in a report."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from varne.encounter.outcome import Interval
from varne.show.language import language
from varne.show.report_picture import BLACK, BLUE
from varne.show.report_rows import Row, draw_rows, signs_of

ROWS = (
    Row("escort", Interval(3.0, 1.0, 8.0), True, False),
    Row("rescue", Interval(2.0, 0.5, 4.0), False, False),
    Row("jam", Interval(2.5, 0.0, 4.0), False, True),
)


@pytest.fixture(name="axes")
def _axes():
    axes = Figure().add_subplot()
    draw_rows(axes, ROWS, language("en"), floor=0.1)
    return axes


def test_each_bar_is_its_interval_and_holds_its_mean(axes):
    """Ends of a bar are the ends of the interval; nothing is drawn below the floor of a log scale."""
    bars, marks = axes.lines[::2], axes.lines[1::2]
    assert [tuple(bar.get_xdata()) for bar in bars] == [(1.0, 8.0), (0.5, 4.0), (0.1, 4.0)]
    assert [mark.get_xdata()[0] for mark in marks] == [3.0, 2.0, 2.5]


def test_the_reference_and_what_is_assumed_differ_by_more_than_colour(axes):
    """The reference has a square, an assumed difference is hollow."""
    marks = axes.lines[1::2]
    assert [mark.get_marker() for mark in marks] == ["s", "o", "o"]
    assert [to_hex(mark.get_markerfacecolor()).upper() for mark in marks] == [BLACK, BLUE, "#FFFFFF"]


def test_no_row_is_without_its_numbers(axes):
    """Over each bar stand its name and its mean with the interval."""
    said = [text.get_text() for text in axes.texts]
    assert said == ["escort", "3.0 (1.0 to 8.0)", "rescue", "2.0 (0.50 to 4.0)", "jam", "2.5 (0 to 4.0)"]


def test_a_legend_names_the_signs_that_are_there_and_no_others():
    """A sign that nobody draws is not explained."""
    labels = [[sign.get_label() for sign in signs_of(rows, "another", language("en"))] for rows in (ROWS[:1], ROWS)]
    assert len(labels[0]) == 1
    assert labels[1][1] == "another" and "assumption" in labels[1][2]
