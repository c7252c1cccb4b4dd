"""Curves of a picture in a report: the chance of at least so many deaths, one curve for each way to act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from varne.show.language import Language
from varne.show.report_picture import COLOURS, LINES, MARKS, PALE, bare

_MARKED = 7  # signs along a curve
_DECADES = 4  # shown below the largest chance


@dataclass(frozen=True, slots=True)
class Curve:
    """Chances of at least 1, 2, ... deaths. [1]"""

    name: str
    chances: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    reference: bool


def draw_exceedance(axes: Axes, curves: Sequence[Curve], most: int, language: Language) -> list[Line2D | Patch]:
    """
    Draw curves on a logarithmic scale; a band for the reference.

    Parameters
    ----------
    axes : Axes
        Changed in place. [1]
    curves : sequence of Curve
        [1]
    most : int
        Deaths at which the picture ends. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    list of artists
        For a legend. No two curves share colour, dash and sign.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from varne.show.language import language
    >>> falling = np.array([0.1, 0.01])
    >>> curve = Curve("escort", falling, falling / 2.0, falling * 2.0, True)
    >>> [one.get_label() for one in draw_exceedance(Figure().add_subplot(), [curve], 2, language("en"))]
    ['escort (reference)', '90 % of escort']
    """
    largest = max((float(one.high[0]) for one in curves), default=0.0)
    top = float(10.0 ** np.ceil(np.log10(largest))) if largest > 0.0 else 1.0
    axes.set_yscale("log")
    axes.set_ylim(top * 10.0**-_DECADES, top)
    axes.set_xlim(1, max(most, 2))
    axes.yaxis.set_major_locator(LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.grid(color=PALE, linewidth=0.8)
    bare(axes, "bottom", "left")
    return [sign for place, one in enumerate(curves) for sign in _draw_curve(axes, place, one, language)]


def _draw_curve(axes: Axes, place: int, one: Curve, language: Language) -> list[Line2D | Patch]:
    deaths = np.arange(1, len(one.chances) + 1)
    again = place // len(COLOURS)  # a colour that comes again has other dashes and another sign
    look: dict[str, Any] = {"color": COLOURS[place % len(COLOURS)], "linewidth": 2.4 if one.reference else 1.4}
    every = max(len(deaths) // _MARKED, 1)
    name = language.say("{name} (reference)", name=one.name) if one.reference else one.name
    (curve,) = axes.plot(
        deaths,
        np.where(one.chances > 0.0, one.chances, np.nan),  # nothing has no place on such a scale
        linestyle="-" if one.reference else LINES[(place + again) % len(LINES)],
        marker=MARKS[(place + 2 * again) % len(MARKS)],
        markersize=5,
        markevery=(place * every // len(MARKS) % every, every),
        label=name,
        **look,
    )
    if not one.reference:
        return [curve]
    axes.fill_between(deaths, one.low, one.high, color=look["color"], alpha=0.13, linewidth=0)
    words = language.say("90 % of {name}", name=one.name)
    return [curve, Patch(color=str(look["color"]), alpha=0.13, linewidth=0, label=words)]
