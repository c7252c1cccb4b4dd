"""Promises about the picture of the smugglers' books."""

from varne.season.books import break_even, worked_case
from varne.show.books_picture import books_picture


def test_both_shares_are_drawn_with_grade_and_draws():
    """Two curves named in the legend; the grade and the number of draws stand above."""
    figure = books_picture([break_even(worked_case(), price) for price in (500.0, 1000.0)], grade="assumed", draws=7)
    axes = figure.axes[0]
    assert [line.get_ydata()[-1] for line in axes.lines] == [0.76, 0.76]
    assert "grade assumed" in axes.get_title(loc="left")
    assert "7 draws" in axes.get_title(loc="left")
