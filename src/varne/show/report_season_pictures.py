"""Pictures of the report of a season: deaths under each policy, the largest event, arrivals as they may come."""

import textwrap

import numpy as np
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from varne.encounter.outcome import Interval
from varne.show.language import Language
from varne.show.report_exceedance import Curve, draw_exceedance
from varne.show.report_picture import (
    BLACK,
    BLUE,
    PALE,
    SMALL,
    TEXT,
    Picture,
    bare,
    empty_figure,
    legend_below,
    picture_of,
)
from varne.show.report_rows import Row, draw_rows, signs_of
from varne.show.report_season_tables import many_in_one
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.season_picture import arrivals_by_step

_NAME = 26  # characters over a panel
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
    rows = [Row(one.name, _deaths(one), one.name == answer.reference, bool(one.follows_from)) for one in shown]
    figure = empty_figure(1.15 + 0.42 * max(len(shown), 1))
    axes = figure.add_subplot()
    draw_rows(axes, rows, language)
    axes.set_xlim(left=0.0)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    bare(axes, "bottom")
    axes.set_xlabel(language.say("expected deaths of people aboard in the season"), fontsize=TEXT)
    legend_below(figure, signs_of(rows, language.say("another policy; mean and 90 % interval"), language), 1)
    told = language.listed(f"{one.name} {language.interval(_deaths(one))}" for one in shown)
    says = language.say(
        "Expected deaths of people aboard in the season, mean and 90 % interval of what is not known: {told}. Policies "
        "share most of what is not known: read their differences in the table, not whether these intervals overlap.",
        told=told,
    )
    return picture_of(figure, "policies", language.say("Expected deaths by policy"), says)


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
    curves = [_curve(one, one.name == answer.reference) for one in shown]
    handles = draw_exceedance(axes, curves, max((len(one.chances) for one in curves), default=2), language)
    axes.set_xlabel(language.say("deaths in one event"), fontsize=TEXT)
    axes.set_ylabel(language.say("chance of such an event, log scale"), fontsize=TEXT)
    if handles:
        legend_below(figure, handles, 2)
    told = language.listed(f"{one.name} {language.interval(many_in_one(one.summary.whole))}" for one in shown)
    says = language.say("Chance of at least one event with 10 deaths or more in the season: {told}.", told=told)
    return picture_of(figure, "one-event", language.say("How many could die in one event"), says)


def _curve(one: PolicyAnswer, reference: bool) -> Curve:
    whole = one.summary.whole
    return Curve(one.name, whole.in_one_event, whole.in_one_event_low, whole.in_one_event_high, reference)


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
    told = language.listed(
        f"{one.name} {language.interval(one.summary.whole.counts['arrivals'].known)}" for one in shown
    )
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
    axes.set_title(textwrap.fill(name, _NAME), loc="left", fontsize=SMALL, fontweight="bold", pad=3)
    # Matplotlib's dates have no types: the two ignores below.
    dates = AutoDateLocator(minticks=2, maxticks=4)  # type: ignore[no-untyped-call]  # Matplotlib leaves it untyped
    axes.xaxis.set_major_locator(dates)
    form = "MMM yy" if len(times) > 1 and times[-1] - times[0] > np.timedelta64(300, "D") else "d MMM"
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda day, _: format_date(num2date(day), form, locale=language.code))  # type: ignore[no-untyped-call]  # Matplotlib leaves it untyped
    )
    axes.grid(axis="y", color=PALE, linewidth=0.8)
    bare(axes, "bottom", "left")


def _bands(language: Language) -> list[Line2D | Patch]:
    said = [language.say("{share} of futures", share=language.percent(high - low)) for low, high, _ in _BANDS]
    bands = [
        Patch(color=BLUE, alpha=shade, linewidth=0, label=words)
        for (_, _, shade), words in zip(_BANDS, said, strict=True)
    ]
    return [Line2D([], [], color=BLACK, linewidth=1.4, label=language.say("median")), *bands]


def _deaths(one: PolicyAnswer) -> Interval:
    return one.summary.whole.counts["deaths"].known
