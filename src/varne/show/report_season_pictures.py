"""Pictures of the report of a season: deaths under each policy, the largest event, arrivals as they may come."""

from typing import Any

import numpy as np
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from varne.encounter.outcome import Interval
from varne.show.language import Language
from varne.show.report_picture import (
    BLACK,
    BLUE,
    COLOURS,
    LINES,
    MARKS,
    PALE,
    SMALL,
    TEXT,
    Picture,
    bare,
    empty_figure,
    legend_below,
    picture_of,
)
from varne.show.report_season_tables import many_in_one
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.season_picture import arrivals_by_step

_DECADES = 4  # shown below the largest chance
_MARKED = 7  # signs along a curve
_BANDS = ((0.05, 0.95, 0.22), (0.25, 0.75, 0.45))  # quantiles and shade of the bands of 90 and 50 %


def policies_plot(answer: SeasonAnswer, language: Language) -> Picture:
    """
    Draw the deaths expected under each policy, with the interval of what is not known.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture

    Examples
    --------
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> policies_plot(nothing, language("en")).title
    'Expected deaths by policy'
    """
    shown = answer.policies
    figure = empty_figure(1.15 + 0.42 * max(len(shown), 1))
    axes = figure.add_subplot()
    for row, one in enumerate(shown):
        _draw_policy(axes, row, one, one.name == answer.reference, language)
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.75)
    axes.set_xlim(left=0.0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    bare(axes, "bottom")
    axes.set_xlabel(language.say("expected deaths of people aboard in the season"), fontsize=TEXT)
    legend_below(figure, _signs(answer, language), 1)
    told = "; ".join(f"{one.name} {language.interval(_deaths(one))}" for one in shown)
    says = language.say(
        "Expected deaths of people aboard in the season, mean and 90 % interval of what is not known: {told}. Policies "
        "share most of what is not known: read their differences in the table, not whether these intervals overlap.",
        told=told,
    )
    return picture_of(figure, "policies", language.say("Expected deaths by policy"), says)


def _draw_policy(axes: Axes, row: int, one: PolicyAnswer, reference: bool, language: Language) -> None:
    deaths = _deaths(one)
    colour = BLACK if reference else BLUE
    axes.plot([deaths.low, deaths.high], [row + 0.12] * 2, color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
    axes.plot(
        [deaths.mean],
        [row + 0.12],
        "s" if reference else "o",
        color=colour,
        markerfacecolor="white" if one.follows_from else colour,
        markersize=8,
        markeredgewidth=1.8,
    )
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": TEXT}
    axes.text(0.0, row - 0.3, one.name, fontweight="bold", color=BLACK, ha="left", **place)
    axes.text(1.0, row - 0.3, language.interval(deaths), color=BLACK, ha="right", **place)


def _signs(answer: SeasonAnswer, language: Language) -> list[Line2D]:
    others = [one for one in answer.policies if one.name != answer.reference]
    signs = [("s", BLACK, BLACK, language.say("the reference; mean and 90 % interval"))]
    if any(not one.follows_from for one in others):
        signs.append(("o", BLUE, BLUE, language.say("another policy; mean and 90 % interval")))
    if any(one.follows_from for one in others):
        signs.append(("o", BLUE, "white", language.say("its difference to the reference follows from assumption")))
    return [
        Line2D([], [], linestyle="", marker=mark, color=edge, markerfacecolor=face, markeredgewidth=1.8, label=words)
        for mark, edge, face, words in signs
    ]


def one_event_plot(answer: SeasonAnswer, language: Language) -> Picture:
    """
    Draw the chance that at least one event of the season has so many deaths or more, under each policy.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A curve for each policy; a band for the reference.

    Examples
    --------
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> one_event_plot(nothing, language("en")).title
    'How many could die in one event'
    """
    shown = answer.policies
    figure = empty_figure(2.9 + 0.2 * -(-(len(shown) + 1) // 2))
    axes = figure.add_subplot()
    handles: list[Line2D | Patch] = []
    for place, one in enumerate(shown):
        handles += _draw_curve(axes, place, one, one.name == answer.reference, language)
    largest = max((float(one.summary.whole.in_one_event_high[0]) for one in shown), default=0.0)
    top = float(10.0 ** np.ceil(np.log10(largest))) if largest > 0.0 else 1.0
    axes.set_yscale("log")
    axes.set_ylim(top * 10.0**-_DECADES, top)
    axes.set_xlim(left=1)
    axes.yaxis.set_major_locator(LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel(language.say("deaths in one event"), fontsize=TEXT)
    axes.set_ylabel(language.say("chance of such an event, log scale"), fontsize=TEXT)
    axes.grid(color=PALE, linewidth=0.8)
    bare(axes, "bottom", "left")
    if handles:
        legend_below(figure, handles, 2)
    told = "; ".join(f"{one.name} {language.interval(many_in_one(one.summary.whole))}" for one in shown)
    says = language.say("Chance of at least one event with 10 deaths or more in the season: {told}.", told=told)
    return picture_of(figure, "one-event", language.say("How many could die in one event"), says)


def _draw_curve(axes: Axes, place: int, one: PolicyAnswer, reference: bool, language: Language) -> list[Line2D | Patch]:
    whole = one.summary.whole
    deaths = np.arange(1, len(whole.in_one_event) + 1)
    look: dict[str, Any] = {"color": COLOURS[place % len(COLOURS)], "linewidth": 2.4 if reference else 1.4}
    every = max(len(deaths) // _MARKED, 1)
    (curve,) = axes.plot(
        deaths,
        whole.in_one_event,
        linestyle="-" if reference else LINES[place % len(LINES)],
        marker=MARKS[place % len(MARKS)],
        markersize=5,
        markevery=(place * every // len(MARKS), every),
        label=language.say("{name} (reference)", name=one.name) if reference else one.name,
        **look,
    )
    if not reference:
        return [curve]
    axes.fill_between(
        deaths, whole.in_one_event_low, whole.in_one_event_high, color=look["color"], alpha=0.13, linewidth=0
    )
    words = language.say("90 % of {name}", name=one.name)
    return [curve, Patch(color=str(look["color"]), alpha=0.13, linewidth=0, label=words)]


def arrivals_plot(answer: SeasonAnswer, language: Language) -> Picture:
    """
    Draw the people who arrive, by week or by month, as one future may bring them.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A panel for each policy; bands hold 50 and 90 % of the futures.

    Examples
    --------
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> arrivals_plot(nothing, language("en")).title
    'People arriving'
    """
    shown = answer.policies
    rows = max(-(-len(shown) // 2), 1)
    figure = empty_figure(1.2 + 1.5 * rows)
    grid = figure.subplots(rows, 2, squeeze=False, sharex=True, sharey=True)
    step = ""
    for place, axes in enumerate(grid.flat):
        if place >= len(shown):
            axes.set_visible(False)
            continue
        step, times, values = arrivals_by_step(answer, shown[place].name)
        _draw_arrivals(axes, times, values, shown[place].name, language)
        if place + 2 >= len(shown):  # nothing stands below it
            axes.tick_params(labelbottom=True)
    if shown:
        grid[0, 0].set_ylim(bottom=0.0)
        grid[0, 0].yaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
        grid[0, 0].yaxis.set_major_locator(MaxNLocator(4))
        figure.supylabel(
            language.say("people in a week") if step == "week" else language.say("people in a month"), fontsize=TEXT
        )
        legend_below(figure, _bands(language), 3)
    told = "; ".join(f"{one.name} {language.interval(one.summary.whole.counts['arrivals'].known)}" for one in shown)
    says = language.say(
        "People arriving in the whole season, mean and 90 % interval of what is not known: {told}. The bands hold 50 "
        "and 90 % of the futures.",
        told=told,
    )
    return picture_of(figure, "arrivals", language.say("People arriving"), says)


def _draw_arrivals(
    axes: Axes, times: NDArray[np.datetime64], values: NDArray[np.float64], name: str, language: Language
) -> None:
    for low, high, shade in _BANDS:
        axes.fill_between(
            times.astype("O"), *np.quantile(values, [low, high], axis=0), color=BLUE, alpha=shade, linewidth=0
        )
    axes.plot(times.astype("O"), np.median(values, axis=0), color=BLACK, linewidth=1.4)
    axes.set_title(name, loc="left", fontsize=SMALL, fontweight="bold", pad=3)
    dates = AutoDateLocator(minticks=2, maxticks=4)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(dates)
    form = "MMM yy" if len(times) > 1 and times[-1] - times[0] > np.timedelta64(300, "D") else "d MMM"
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda day, _: format_date(num2date(day), form, locale=language.code))  # type: ignore[no-untyped-call]
    )
    axes.grid(axis="y", color=PALE, linewidth=0.8)
    bare(axes, "bottom", "left")


def _bands(language: Language) -> list[Line2D | Patch]:
    said = [language.say("{share} % of futures", share=f"{100 * (high - low):.0f}") for low, high, _ in _BANDS]
    bands = [
        Patch(color=BLUE, alpha=shade, linewidth=0, label=words)
        for (_, _, shade), words in zip(_BANDS, said, strict=True)
    ]
    return [Line2D([], [], color=BLACK, linewidth=1.4, label=language.say("median")), *bands]


def _deaths(one: PolicyAnswer) -> Interval:
    return one.summary.whole.counts["deaths"].known
