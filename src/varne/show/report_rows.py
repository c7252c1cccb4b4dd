"""Rows of a picture in a report: a name, a mean and its interval, the reference apart, what is assumed hollow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from varne.encounter.outcome import Interval
from varne.show.language import Language
from varne.show.report_picture import BLACK, BLUE, TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row; values are as they are drawn."""

    name: str
    value: Interval  # [unit]
    reference: bool
    assumed: bool  # its difference to the reference follows from assumption


def draw_rows(axes: Axes, rows: Sequence[Row], language: Language, *, floor: float = 0.0) -> None:
    """
    Draw rows one under the other: over each bar its name and its numbers.

    Parameters
    ----------
    axes : Axes
        Changed in place. [1]
    rows : sequence of Row
        From above. [unit]
    language : Language
        Of its numbers. [1]
    floor : float, optional
        Least value that is drawn, on a log scale. [unit]

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from varne.show.language import language
    >>> axes = Figure().add_subplot()
    >>> draw_rows(axes, [Row("escort", Interval(3.1, 1.2, 7.9), True, False)], language("en"))
    >>> [text.get_text() for text in axes.texts]
    ['escort', '3.1 (1.2 to 7.9)']
    """
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": TEXT, "color": BLACK}
    for row, one in enumerate(rows):
        colour = BLACK if one.reference else BLUE
        low, mean, high = (max(value, floor) for value in (one.value.low, one.value.mean, one.value.high))
        axes.plot([low, high], [row + 0.12] * 2, color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(
            [mean],
            [row + 0.12],
            "s" if one.reference else "o",
            color=colour,
            markerfacecolor="white" if one.assumed else colour,
            markersize=8,
            markeredgewidth=1.8,
        )
        axes.text(0.0, row - 0.3, one.name, fontweight="bold", ha="left", **place)
        axes.text(1.0, row - 0.3, language.interval(one.value), ha="right", **place)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.75)
    axes.set_yticks([])


def signs_of(rows: Sequence[Row], another: str, language: Language) -> list[Line2D]:
    """
    Say what the signs of rows mean.

    Parameters
    ----------
    rows : sequence of Row
        That are drawn. [unit]
    another : str
        Words for a row that is not the reference, in this language. [1]
    language : Language
        Of the words. [1]

    Returns
    -------
    list of Line2D
        Of those signs that are there.

    Examples
    --------
    >>> from varne.show.language import language
    >>> rows = [Row("escort", Interval(3.1, 1.2, 7.9), True, False)]
    >>> [sign.get_label() for sign in signs_of(rows, "another option", language("en"))]
    ['the reference; mean and 90 % interval']
    """
    signs = []
    if any(one.reference for one in rows):
        signs.append(("s", BLACK, BLACK, language.say("the reference; mean and 90 % interval")))
    if any(not one.reference and not one.assumed for one in rows):
        signs.append(("o", BLUE, BLUE, another))
    if any(not one.reference and one.assumed for one in rows):
        signs.append(("o", BLUE, "white", language.say("its difference to the reference follows from assumption")))
    return [
        Line2D([], [], linestyle="", marker=mark, color=edge, markerfacecolor=face, markeredgewidth=1.8, label=words)
        for mark, edge, face, words in signs
    ]
