"""Promises about the pictures of a season."""

import numpy as np
import pytest
from tests.season.made import made

from varne.show.season_picture import arrivals_picture, causes_picture, costs_picture, differences_picture
from varne.simulation import simulate

DAYS = ("2026-01-01", "2027-12-31")
PICTURES = (arrivals_picture, causes_picture, costs_picture, differences_picture)


@pytest.fixture(scope="module")
def answer():
    names = ["as-it-was", "interceptions-at-sea", "more-rescue"]
    return simulate(names, dates=DAYS, members="6x2", spread=made).answer


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
def test_every_picture_says_what_it_is(answer, picture, tmp_path):
    """A title that answers, the label of estimates, and the score; it can be drawn."""
    figure = picture(answer)
    figure.savefig(tmp_path / "a.png")
    words = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
    assert "Estimates of a model" in words and "Backtest" in words and "2026-01-01 to 2027-12-31" in words


def test_months_hold_all_weeks(answer):
    """The median line of a long season has a point a month, and bands around it."""
    axes = arrivals_picture(answer).axes[0]
    assert len(axes.lines[0].get_xdata()) == 24
    assert len(axes.collections) == 2


def test_a_short_season_is_drawn_by_week():
    """Up to sixty weeks each has its point."""
    short = simulate(["as-it-was"], dates=("2026-01-05", "2026-03-01"), members="4x2", spread=made).answer
    assert len(arrivals_picture(short).axes[0].lines[0].get_xdata()) == 8


def test_what_follows_from_assumption_is_hollow(answer):
    """A full mark is kept for what is computed and can be told apart from zero."""
    marks = [line for line in differences_picture(answer).axes[0].lines if line.get_marker() == "o"]
    assert [mark.get_markerfacecolor() == "white" for mark in marks] == [True, False]


def test_bars_are_the_means(answer):
    """The longest bar is the first cause."""
    bars = causes_picture(answer).axes[0].patches
    widths = np.array([bar.get_width() for bar in bars]).reshape(3, -1)
    assert np.all(np.diff(widths[0]) <= 0.0)
    assert widths.sum(axis=1) == pytest.approx(
        [one.summary.whole.counts["deaths"].known.mean for one in answer.policies]
    )


def test_a_week_that_the_season_cuts_is_not_drawn():
    """Two days of a week are no low week: from a Saturday to a Wednesday the whole weeks between are drawn."""
    cut = simulate(["as-it-was"], dates=("2024-06-01", "2024-07-31"), members="4x2", spread=made).answer
    drawn = arrivals_picture(cut).axes[0].lines[0].get_xdata().astype("datetime64[D]")
    assert (str(drawn[0]), str(drawn[-1]), len(drawn)) == ("2024-06-03", "2024-07-22", 8)
    days = simulate(["as-it-was"], dates=("2024-06-04", "2024-06-06"), members="4x2", spread=made).answer
    assert len(arrivals_picture(days).axes[0].lines[0].get_xdata()) == 1


def test_every_difference_is_drawn_with_its_interval(answer):
    """Three panels, and in each a mean with its ends for every policy that is compared."""
    for axes in differences_picture(answer).axes:
        assert [" to " in text.get_text() for text in axes.texts] == [True, True]


def test_no_line_of_a_picture_begins_with_a_percent_sign(answer):
    """A number keeps its sign."""
    for picture in PICTURES:
        assert not any(line.startswith("%") for text in picture(answer).texts for line in text.get_text().split("\n"))
