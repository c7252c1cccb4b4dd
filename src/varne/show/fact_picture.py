"""A picture of one fact: how likely each value is thought to be, with the three quantiles marked."""

import textwrap

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from numpy.typing import NDArray

from varne.evidence import Fact
from varne.show.words import spoken_closely

# Okabe and Ito (2008): told apart by the colour-blind.
_BLUE, _ORANGE, _GREY = "#0072B2", "#D55E00", "#5A5A5A"
_ENDS = 0.002  # quantiles at which the picture ends: all but four in a thousand
_POINTS = 240
_BLOCKS = " ▁▂▃▄▅▆▇█"
_SPREADLESS = ("exact", "choice")
_LOGARITHMIC = ("lognormal", "loguniform")


def density(fact: Fact, points: int = _POINTS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Return how likely values of a fact are, per unit of its own or, on a logarithmic scale, per factor.

    Parameters
    ----------
    fact : Fact
        With a spread. [unit]
    points : int, optional
        How many. [1]

    Returns
    -------
    values : array, shape (point,)
        From its 0.2 % to its 99.8 % quantile. [unit]
    heights : array, shape (point,)
        The largest is 1. [1]

    Examples
    --------
    >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 7.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> values, heights = density(speed)
    >>> round(float(values[heights.argmax()]))
    5
    """
    known = fact.distribution
    low, high = known.quantile(np.array([_ENDS, 1.0 - _ENDS]))
    edges = np.geomspace(low, high, points + 1) if on_a_log_scale(fact) else np.linspace(low, high, points + 1)
    heights = np.diff(known.reached(edges))
    middles = np.sqrt(edges[1:] * edges[:-1]) if on_a_log_scale(fact) else (edges[1:] + edges[:-1]) / 2.0
    return middles, heights / max(float(heights.max()), np.finfo(float).tiny)


def on_a_log_scale(fact: Fact) -> bool:
    """
    Tell whether a fact is known by factors rather than by differences.

    Parameters
    ----------
    fact : Fact
        [unit]

    Returns
    -------
    bool

    Examples
    --------
    >>> on_a_log_scale(Fact("a.b", "s", 0.5, 0.2, 0.8, "logit", "1", "x", "assumed", "2026-11-25"))
    False
    """
    if fact.parts:
        return all(part.shape in _LOGARITHMIC for part in fact.parts)
    return fact.shape in _LOGARITHMIC


def sketch(fact: Fact, width: int = 60) -> tuple[str, str]:
    """
    Draw a fact in two lines of text: its density in blocks, and marks under its three quantiles.

    Parameters
    ----------
    fact : Fact
        [unit]
    width : int, optional
        Of a line. [1]

    Returns
    -------
    tuple of str
        Both empty where it has no spread.

    Examples
    --------
    >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 7.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> blocks, marks = sketch(speed, 40)
    >>> len(blocks), marks.count("^")
    (40, 3)
    """
    if fact.shape in _SPREADLESS:
        return "", ""
    values, heights = density(fact, width)
    blocks = "".join(_BLOCKS[round(float(height) * (len(_BLOCKS) - 1))] for height in heights)
    marks = [" "] * width
    for quantile in (fact.low, fact.value, fact.high):
        marks[min(int(np.searchsorted(values, quantile)), width - 1)] = "^"
    return blocks, "".join(marks).rstrip()


def fact_picture(fact: Fact) -> Figure:
    """
    Draw a fact.

    Parameters
    ----------
    fact : Fact
        [unit]

    Returns
    -------
    Figure
        Its density, with the 5 %, 50 % and 95 % quantiles; a line where it has no spread.

    Examples
    --------
    >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 7.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> len(fact_picture(speed).axes)
    1
    """
    figure = Figure(figsize=(7.0, 3.9), layout="constrained")
    axes = figure.add_subplot()
    if fact.shape in _SPREADLESS:
        axes.axvline(fact.value, color=_BLUE, linewidth=2.5)
        axes.annotate(spoken_closely(fact.value), (fact.value, 0.5), xytext=(6, 0), textcoords="offset points")
        axes.set_ylim(0.0, 1.0)
    else:
        values, heights = density(fact)
        axes.fill_between(values, heights, color=_BLUE, alpha=0.22, linewidth=0)
        axes.plot(values, heights, color=_BLUE, linewidth=1.8)
        for quantile, words in ((fact.low, "5 %"), (fact.value, "half"), (fact.high, "95 %")):
            axes.axvline(quantile, ymax=0.8, color=_ORANGE, linewidth=1.2, linestyle="--")
            axes.annotate(
                f"{words}\n{spoken_closely(quantile)}", (quantile, 1.08), ha="center", va="bottom", fontsize=9
            )
        axes.set_ylim(0.0, 1.34)
        if on_a_log_scale(fact):
            axes.set_xscale("log")
            axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=8))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: spoken_closely(value)))
            axes.xaxis.set_minor_formatter(NullFormatter())
    unit = "" if fact.unit == "1" else f" [{fact.unit}]"
    axes.set_xlabel(f"{fact.name}{unit}" + (" (log scale)" if on_a_log_scale(fact) else ""))
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.suptitle(textwrap.fill(fact.says, 78), x=0.02, ha="left", fontsize=11, fontweight="bold")
    source = textwrap.fill(f"Grade {fact.grade}, {fact.date}. {fact.source}", 100)
    axes.set_title(source, loc="left", fontsize=8, color=_GREY)
    return figure
