"""Pictures of an answer: the options with their intervals, and the chance of at least so many deaths."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator

from varne.earth import format_position
from varne.show.answer import Answer, OptionAnswer
from varne.show.words import spoken, spoken_share
from varne.when import format_time

# Okabe and Ito (2008): told apart by the colour-blind.
_COLOURS = ("#000000", "#0072B2", "#009E73", "#56B4E9", "#CC79A7", "#E69F00", "#D55E00", "#8C6D1F", "#7F3C8D")
_LINES = ("-", "-", "-", "--", "--", "--", "-.", "-.", ":")
_PER = 100.0  # boats, so that the numbers can be read
_GREY = "#5A5A5A"


def options_picture(answer: Answer) -> Figure:
    """
    Draw each option's expected deaths in 100 such boats, with its interval.

    Parameters
    ----------
    answer : Answer
        The answer. [people]

    Returns
    -------
    Figure
        A row for each option that applies.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> len(options_picture(Answer(question, (), 4, 2, Evidence({}, (), {}), {})).axes)
    1
    """
    shown = [one for one in answer.options if one.expected_deaths is not None]
    figure = Figure(figsize=(9.0, 1.9 + 0.42 * max(len(shown), 1)), layout="constrained")
    axes = figure.add_subplot()
    for row, one in enumerate(shown):
        _draw_option(axes, row, one, one.name == answer.scenario.reference, answer.draws)
    axes.set_yticks(range(len(shown)), [one.name for one in shown])
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(numticks=8))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: spoken(value)))
    axes.set_xlabel("expected deaths of people aboard in 100 such boats (log scale)")
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _head(figure, answer, "What each response does to the risk to life")
    return figure


def exceedance_picture(answer: Answer) -> Figure:
    """
    Draw the chance of at least so many deaths under each option.

    Parameters
    ----------
    answer : Answer
        The answer. [people]

    Returns
    -------
    Figure
        A curve for each option that applies; a band for the reference.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> len(exceedance_picture(Answer(question, (), 4, 2, Evidence({}, (), {}), {})).axes)
    1
    """
    figure = Figure(figsize=(9.0, 5.4), layout="constrained")
    axes = figure.add_subplot()
    for index, one in enumerate(answer.options):
        if one.exceedance is None or one.exceedance_low is None or one.exceedance_high is None:
            continue
        deaths = np.arange(1, len(one.exceedance) + 1)
        colour = _COLOURS[index % len(_COLOURS)]
        reference = one.name == answer.scenario.reference
        if reference:
            axes.fill_between(
                deaths, one.exceedance_low, one.exceedance_high, color=colour, alpha=0.12, linewidth=0,
                label=f"90 % interval of {one.name}",
            )  # fmt: skip
        axes.plot(
            deaths,
            one.exceedance,
            _LINES[index % len(_LINES)],
            color=colour,
            linewidth=2.6 if reference else 1.6,
            label=one.name + (" (reference)" if reference else ""),
        )
    axes.set_yscale("log")
    axes.set_ylim(bottom=_floor(answer), top=1.0)
    axes.set_xlim(1, answer.scenario.people)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("deaths of people aboard")
    axes.set_ylabel("chance of at least so many (log scale)")
    axes.grid(color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if axes.lines:
        axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    _head(figure, answer, "How many could die")
    return figure


def _draw_option(axes: Axes, row: int, one: OptionAnswer, reference: bool, draws: int) -> None:
    assert one.expected_deaths, "only options that apply are drawn"
    colour = _COLOURS[0] if reference else _COLOURS[1]
    low, mean, high = (
        max(_PER * value, 1e-6)
        for value in (one.expected_deaths.low, one.expected_deaths.mean, one.expected_deaths.high)
    )
    axes.plot([low, high], [row, row], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
    axes.plot([mean], [row], "s" if reference else "o", color=colour, markersize=8)
    note = "reference" if reference else _note(one, draws)
    axes.annotate(
        f"{spoken(mean)}   {note}", (high, row), xytext=(8, 0), textcoords="offset points", va="center", fontsize=9,
        color=_GREY,
    )  # fmt: skip


def _note(one: OptionAnswer, draws: int) -> str:
    if one.follows_from:
        return "follows from assumption"
    return f"P(safer) {spoken_share(one.difference.p_safer, draws)}" if one.difference else ""


def _floor(answer: Answer) -> float:
    """A power of ten below the least chance of any death, and three more for the tails."""
    chances = [float(one.exceedance[0]) for one in answer.options if one.exceedance is not None]
    least = min((chance for chance in chances if chance > 0.0), default=1e-3)
    return float(10.0 ** (np.floor(np.log10(least)) - 3.0))


def _head(figure: Figure, answer: Answer, title: str) -> None:
    scenario = answer.scenario
    figure.suptitle(title, x=0.01, ha="left", fontsize=14, fontweight="bold")
    figure.axes[0].set_title(
        f"{scenario.people} people, {scenario.length:g} m boat, {format_position(*scenario.position)}, "
        f"{format_time(scenario.time)}. Means and 90 % intervals of what is not known;\n"
        f"{answer.draws} x {answer.replicates} members. Most numbers of how options act are assumed.",
        loc="left",
        fontsize=9,
        color=_GREY,
    )
