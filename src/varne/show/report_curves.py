"""Pictures of deaths in a report: expected under each option, and the chance of at least so many."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from varne.encounter.outcome import Interval
from varne.show.answer import Answer, OptionAnswer
from varne.show.language import Language
from varne.show.report_picture import (
    BLACK,
    BLUE,
    COLOURS,
    LINES,
    MARKS,
    PALE,
    TEXT,
    Picture,
    bare,
    empty_figure,
    legend_below,
    picture_of,
)

_PER = 100.0  # boats, so that the numbers can be read
_MARKED = 7  # signs along a curve
_DECADES = 4  # shown below the largest chance of any death
_MANY = 10  # deaths of which the words say how likely they are


def options_plot(answer: Answer, language: Language) -> Picture:
    """
    Draw each option's expected deaths in 100 such boats, with its interval.

    Parameters
    ----------
    answer : Answer
        The answer. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A row for each option that applies.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> options_plot(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).title
    'Expected deaths by option'
    """
    shown = [one for one in answer.options if one.expected_deaths is not None]
    figure = empty_figure(1.15 + 0.42 * max(len(shown), 1))
    axes = figure.add_subplot()
    floor, top = _ends([one.expected_deaths for one in shown if one.expected_deaths])
    for row, one in enumerate(shown):
        _draw_option(axes, row, one, one.name == answer.scenario.reference, floor, language)
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.75)
    axes.set_xscale("log")
    axes.set_xlim(floor, top)
    axes.xaxis.set_major_locator(LogLocator(numticks=8))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.set_yticks([])
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    bare(axes, "bottom")
    axes.set_xlabel(language.say("expected deaths in 100 such boats, log scale"), fontsize=TEXT)
    legend_below(figure, _signs(answer, language), 1)
    return picture_of(figure, "options", language.say("Expected deaths by option"), _options_say(answer, language))


def _ends(intervals: list[Interval]) -> tuple[float, float]:
    """Powers of ten around all intervals; nothing, or all but nothing, stands at the left end."""
    values = [_PER * value for one in intervals for value in (one.low, one.mean, one.high) if value > 0.0]
    if not values:
        return 0.01, 1.0
    most = max(values)
    return max(min(values), 1e-5 * most) / 1.6, 1.6 * most


def _draw_option(axes: Axes, row: int, one: OptionAnswer, reference: bool, floor: float, language: Language) -> None:
    assert one.expected_deaths, "only options that apply are drawn"
    deaths = one.expected_deaths
    colour = BLACK if reference else BLUE
    low, mean, high = (max(_PER * value, floor) for value in (deaths.low, deaths.mean, deaths.high))
    axes.plot([low, high], [row + 0.12] * 2, color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
    axes.plot(
        [mean],
        [row + 0.12],
        "s" if reference else "o",
        color=colour,
        markerfacecolor="white" if one.follows_from else colour,
        markersize=8,
        markeredgewidth=1.8,
    )
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": TEXT}
    axes.text(0.0, row - 0.3, language.say(one.name), fontweight="bold", color=BLACK, ha="left", **place)
    axes.text(1.0, row - 0.3, language.interval(deaths, _PER), color=BLACK, ha="right", **place)


def _signs(answer: Answer, language: Language) -> list[Line2D]:
    shown = [one for one in answer.options if one.expected_deaths is not None]
    signs = []
    if any(one.name == answer.scenario.reference for one in shown):
        signs.append(("s", BLACK, BLACK, language.say("the reference; mean and 90 % interval")))
    others = [one for one in shown if one.name != answer.scenario.reference]
    if any(not one.follows_from for one in others):
        signs.append(("o", BLUE, BLUE, language.say("another option; mean and 90 % interval")))
    if any(one.follows_from for one in others):
        signs.append(("o", BLUE, "white", language.say("its difference to the reference follows from assumption")))
    return [
        Line2D([], [], linestyle="", marker=mark, color=edge, markerfacecolor=face, markeredgewidth=1.8, label=words)
        for mark, edge, face, words in signs
    ]


def _options_say(answer: Answer, language: Language) -> str:
    shown = [(one.name, one.expected_deaths) for one in answer.options if one.expected_deaths is not None]
    if not shown:
        return language.say("No option applies.")
    ordered = sorted(shown, key=lambda one: one[1].mean)
    told = "; ".join(f"{language.say(name)} {language.interval(deaths, _PER)}" for name, deaths in ordered)
    says = language.say(
        "Expected deaths in 100 such boats, mean and 90 % interval, the fewest first: {told}. The reference is {name}.",
        told=told,
        name=language.say(answer.scenario.reference),
    )
    assumed = [language.say(one.name) for one in answer.options if one.expected_deaths is not None and one.follows_from]
    if assumed:
        says += " " + language.say("From assumption alone follows the difference of {names}.", names=", ".join(assumed))
    return says


def exceedance_plot(answer: Answer, language: Language) -> Picture:
    """
    Draw the chance of at least so many deaths under each option.

    Parameters
    ----------
    answer : Answer
        The answer. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A curve for each option that applies; a band for the reference.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> exceedance_plot(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).says
    'No option applies.'
    """
    shown = [one for one in answer.options if one.exceedance is not None]
    rows = -(-(len(shown) + 1) // 3)
    figure = empty_figure(2.9 + 0.2 * rows)
    axes = figure.add_subplot()
    handles: list[Line2D | Patch] = []
    for place, one in enumerate(shown):
        handles += _draw_curve(axes, place, one, one.name == answer.scenario.reference, language)
    floor, top = _chances(shown)
    axes.set_yscale("log")
    axes.set_ylim(floor, top)
    axes.set_xlim(1, max(answer.scenario.people, 2))
    axes.yaxis.set_major_locator(LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel(language.say("deaths of people aboard"), fontsize=TEXT)
    axes.set_ylabel(language.say("chance of at least so many, log scale"), fontsize=TEXT)
    axes.grid(color=PALE, linewidth=0.8)
    bare(axes, "bottom", "left")
    if handles:
        legend_below(figure, handles, 3)
    return picture_of(
        figure, "exceedance", language.say("How many could die"), _exceedance_say(answer, shown, language)
    )


def _draw_curve(axes: Axes, place: int, one: OptionAnswer, reference: bool, language: Language) -> list[Line2D | Patch]:
    assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
    deaths = np.arange(1, len(one.exceedance) + 1)
    look: dict[str, Any] = {"color": COLOURS[place % len(COLOURS)], "linewidth": 2.4 if reference else 1.4}
    every = max(len(deaths) // _MARKED, 1)
    name = language.say("{name} (reference)", name=language.say(one.name)) if reference else language.say(one.name)
    (curve,) = axes.plot(
        deaths,
        one.exceedance,
        linestyle="-" if reference else LINES[place % len(LINES)],
        marker=MARKS[place % len(MARKS)],
        markersize=5,
        markevery=(place * every // len(MARKS), every),
        label=name,
        **look,
    )
    if not reference:
        return [curve]
    axes.fill_between(deaths, one.exceedance_low, one.exceedance_high, color=look["color"], alpha=0.13, linewidth=0)
    words = language.say("90 % of {name}", name=language.say(one.name))
    return [curve, Patch(color=str(look["color"]), alpha=0.13, linewidth=0, label=words)]


def _chances(shown: list[OptionAnswer]) -> tuple[float, float]:
    """From a few powers of ten below the largest chance of any death up to a power of ten above it."""
    largest = max((float(one.exceedance_high[0]) for one in shown if one.exceedance_high is not None), default=0.0)
    top = float(10.0 ** np.ceil(np.log10(largest))) if largest > 0.0 else 1.0
    return top * 10.0**-_DECADES, top


def _exceedance_say(answer: Answer, shown: list[OptionAnswer], language: Language) -> str:
    if not shown:
        return language.say("No option applies.")
    many = min(_MANY, answer.scenario.people)
    says = []
    for number, sentence in (
        (1, "Chance of at least one death: {told}."),
        (many, "Chance of at least {many} deaths: {told}."),
    ):
        told = "; ".join(f"{language.say(one.name)} {_chance(one, number, language)}" for one in shown)
        says.append(language.say(sentence, told=told, many=language.number(number)))
    return " ".join(says)


def _chance(one: OptionAnswer, number: int, language: Language) -> str:
    assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
    curves = (one.exceedance, one.exceedance_low, one.exceedance_high)
    return language.interval(Interval(*(float(curve[number - 1]) for curve in curves)))
