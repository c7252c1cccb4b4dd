"""Pictures of a season: arrivals as they may come, deaths by cause, cost against lives, differences of policies."""

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from varne.encounter.outcome import Interval
from varne.season.summary import in_words
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.words import CAUSE_WORDS, spoken, spoken_pounds

# Okabe and Ito (2008): told apart by the colour-blind.
_COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F")
_MARKS = ("s", "o", "^", "D", "v", "P", "X", "*")
_GREY = "#5A5A5A"
_BANDS = ((0.05, 0.95, 0.18), (0.25, 0.75, 0.38))  # quantiles and shade of the bands of 90 and 50 %
_DATES = ["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%H:%M"]  # where ticks are years, months, days
_WHAT_OF_THE_ENDS = {
    "week": "a first or last week that the season cuts is left out",
    "month": "a week counts to the month in which it begins, and the first and the last month may be cut",
}
_MOST_WEEKS = 60  # longer seasons are drawn by month
_ROOM = 1.25  # how much longer an axis is than what is drawn, for words beside it
_WIDTH = 128  # characters of a line of the label


def arrivals_picture(answer: SeasonAnswer) -> Figure:
    """
    Draw arrivals by week, or by month in a long season, as one future may bring them.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]

    Returns
    -------
    Figure
        A panel for each policy; bands hold 50 and 90 % of the futures.

    Examples
    --------
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> len(arrivals_picture(nothing).axes)
    0
    """
    shown = answer.policies
    columns = min(len(shown), 2) or 1
    rows = -(-len(shown) // columns) or 1
    figure = Figure(figsize=(5.2 * columns + 0.6, 2.7 * rows + 1.7), layout="constrained")
    step = _step(answer)
    first: Axes | None = None
    for place, one in enumerate(shown):
        axes = figure.add_subplot(rows, columns, place + 1, sharex=first, sharey=first)
        first = first or axes
        _, times, values = arrivals_by_step(answer, one.name)
        colour = _COLOURS[place % len(_COLOURS)]
        for low, high, shade in _BANDS:
            band = np.quantile(values, [low, high], axis=0)
            name = f"{100 * (high - low):.0f} % of futures"
            axes.fill_between(times, *band, color=colour, alpha=shade, linewidth=0, label=name)
        axes.plot(times, np.median(values, axis=0), color=colour, linewidth=1.8, label="median")
        whole = one.summary.whole.counts["arrivals"].known
        total = f"{spoken(whole.mean)} ({spoken(whole.low)} to {spoken(whole.high)}) in all"
        axes.set_title(f"{one.name}: {total}", loc="left", fontsize=10)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        _dates_below(axes)
        axes.tick_params(axis="x", labelsize=8)
        _bare(axes, "y")
    if first is not None:
        first.set_ylim(0, _ROOM * first.get_ylim()[1])  # shared by all panels
        figure.supylabel(f"people arriving in a {step}", fontsize=10)
        first.legend(frameon=False, fontsize=8, loc="upper left", ncols=3, columnspacing=1.0, handlelength=1.2)
    _head(
        figure,
        answer,
        _arrivals_title(answer),
        f"{_members(answer)}; {_WHAT_OF_THE_ENDS[step]}.",
    )
    return figure


def arrivals_by_step(answer: SeasonAnswer, policy: str) -> tuple[str, NDArray[np.datetime64], NDArray[np.float64]]:
    """
    Add up the people who arrive by week; in a long season by the month in which a week begins.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    policy : str
        Its name. [1]

    Returns
    -------
    str
        ``week``, without a first or last that the season cuts, or ``month``.
    array of datetime64, shape (step,)
        When each begins, UTC.
    array, shape (member, step)
        [people]

    Examples
    --------
    >>> weeks, people = np.array([1704067200.0, 1704672000.0]), {"a": np.array([[7.0, 9.0]])}
    >>> answer = SeasonAnswer("2024-01-01", "2024-01-10", "a", 1, 1, (), weeks, people, "Not scored.", {})
    >>> arrivals_by_step(answer, "a")[2]
    array([[7.]])
    """
    step = _step(answer)
    stamps = np.maximum(answer.week_starts.astype("datetime64[s]"), np.datetime64(answer.first))
    if step == "week":
        whole = _whole_weeks(answer)
        return step, stamps[whole], answer.arrivals[policy][:, whole]
    months = stamps.astype("datetime64[M]")
    every, place = np.unique(months, return_inverse=True)
    added = answer.arrivals[policy] @ (place[:, np.newaxis] == np.arange(len(every))).astype(float)
    return step, every.astype("datetime64[s]"), added


def _step(answer: SeasonAnswer) -> str:
    return "week" if len(answer.week_starts) <= _MOST_WEEKS else "month"


def causes_picture(answer: SeasonAnswer) -> Figure:
    """
    Draw deaths by cause under each policy, with the intervals of what is not known.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]

    Returns
    -------
    Figure

    Examples
    --------
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> len(causes_picture(nothing).axes)
    1
    """
    shown = answer.policies
    causes = _causes(shown)
    figure = Figure(figsize=(9.0, 2.6 + (0.16 * len(shown) + 0.24) * max(len(causes), 1)), layout="constrained")
    axes = figure.add_subplot()
    thick = 0.8 / max(len(shown), 1)
    for place, one in enumerate(shown):
        values = [one.summary.whole.by_cause[cause] for cause in causes]
        where = np.arange(len(causes)) + (place - (len(shown) - 1) / 2) * thick
        means = [value.mean for value in values]
        reach = [[value.mean - value.low for value in values], [value.high - value.mean for value in values]]
        colour = _COLOURS[place % len(_COLOURS)]
        axes.barh(where, means, 0.88 * thick, color=colour, alpha=0.55, label=one.name)
        axes.errorbar(means, where, xerr=reach, fmt="none", ecolor=colour, elinewidth=1.3, capsize=2)
        for height, value in zip(where, values, strict=True):
            text = f"{spoken(value.mean)} ({spoken(value.low)} to {spoken(value.high)})"
            axes.annotate(
                text, (value.high, height), xytext=(5, 0), textcoords="offset points", va="center",
                fontsize=7, color=_GREY,
            )  # fmt: skip
    axes.set_yticks(range(len(causes)), [CAUSE_WORDS[cause] for cause in causes])
    axes.set_ylim(max(len(causes), 1) - 0.5, -0.5)
    axes.set_xlim(0, _ROOM * axes.get_xlim()[1])  # the numbers stand right of the longest interval
    axes.set_xlabel("expected deaths of people aboard in the season")
    if shown:
        axes.legend(frameon=False, fontsize=9, loc="lower right")
    _bare(axes, "x")
    _head(
        figure,
        answer,
        _causes_title(shown, causes),
        f"Means and 90 % intervals of what is not known; {_members(answer)}.",
    )
    return figure


def costs_picture(answer: SeasonAnswer) -> Figure:
    """
    Draw what each policy costs against the deaths under it, with crosses of their intervals.

    Parameters
    ----------
    answer : SeasonAnswer
        [people, GBP]

    Returns
    -------
    Figure

    Examples
    --------
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> len(costs_picture(nothing).axes)
    1
    """
    figure = Figure(figsize=(9.0, 6.0), layout="constrained")
    axes = figure.add_subplot()
    for place, one in enumerate(answer.policies):
        deaths, colour = one.summary.whole.counts["deaths"].known, _COLOURS[place % len(_COLOURS)]
        thick = 1.4 + 6.0 * (1.0 - (place + 1) / len(answer.policies))  # as the marks: what lies below shows
        axes.plot([deaths.low, deaths.high], [one.cost.mean] * 2, color=colour, linewidth=thick)
        axes.plot([deaths.mean] * 2, [one.cost.low, one.cost.high], color=colour, linewidth=thick)
        label = one.name + (" (reference)" if one.name == answer.reference else "")
        mark = _MARKS[place % len(_MARKS)]
        size = 13 - 8 * place / max(
            len(answer.policies) - 1, 1
        )  # policies that agree lie on each other: none is hidden
        axes.plot([deaths.mean], [one.cost.mean], mark, color=colour, markersize=size, label=label)
    axes.set_xlabel("expected deaths of people aboard in the season")
    axes.set_ylabel("cost of the season")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: spoken_pounds(value)))
    axes.set_xlim(left=0)
    if answer.policies:
        axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0), labelspacing=0.9)
    _bare(axes, "both")
    says = (
        f"Means and 90 % intervals of what is not known; {_members(answer)}; policies share most of it: read their "
        "differences, not their crosses. The size of a mark or the width of a line means nothing. All unit costs are "
        "assumed."
    )
    _head(figure, answer, _costs_title(answer), says)
    return figure


def differences_picture(answer: SeasonAnswer) -> Figure:
    """
    Draw each policy less its reference: deaths, arrivals and cost, with their intervals.

    Parameters
    ----------
    answer : SeasonAnswer
        [people, GBP]

    Returns
    -------
    Figure
        Three panels, a row for each policy but the reference.

    Examples
    --------
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> len(differences_picture(nothing).axes)
    3
    """
    shown = [one for one in answer.policies if one.contrast and one.comparison]
    figure = Figure(figsize=(11.0, 2.5 + 0.62 * max(len(shown), 1)), layout="constrained")
    panels = figure.subplots(1, 3, sharey=True)
    for row, one in enumerate(shown):
        assert one.contrast and one.comparison, "only what is compared is drawn"
        values = (one.contrast.counts["deaths"], one.contrast.counts["arrivals"], one.comparison.cost)
        for axes, value, say in zip(panels, values, (spoken, spoken, spoken_pounds), strict=True):
            told = not value.low <= 0.0 <= value.high
            text = f"{say(value.mean)} ({say(value.low)} to {say(value.high)})"
            text = in_words(value) if in_words(value) == "no difference" else text
            _draw_difference(axes, row, value, text, hollow=bool(one.follows_from) or not told)
    names = [textwrap.fill(one.name, 22) + ("\n(assumed)" if one.follows_from else "") for one in shown]
    panels[0].set_yticks(range(len(shown)), names)
    panels[0].set_ylim(max(len(shown), 1) - 0.5, -0.6)
    for axes, title in zip(panels, ("deaths", "people arriving", "cost"), strict=True):
        axes.margins(x=0.3)  # room for the numbers over the marks
        axes.axvline(0.0, color=_GREY, linewidth=1.0)
        axes.set_title(f"change in {title}", fontsize=10, loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.tick_params(axis="y", length=0)
        _bare(axes, "x")
    panels[1].xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    panels[2].xaxis.set_major_formatter(FuncFormatter(lambda value, _: spoken_pounds(value)))
    says = (
        f"Each less {answer.reference}, the same members under both: {_members(answer)}; means and 90 % intervals. "
        "Hollow: cannot be told apart from zero, or follows from assumption alone."
    )
    _head(figure, answer, _differences_title(answer, shown), says)
    return figure


def _draw_difference(axes: Axes, row: int, value: Interval, text: str, *, hollow: bool) -> None:
    low, high = (bound if np.isfinite(bound) else value.mean for bound in (value.low, value.high))
    axes.plot([low, high], [row, row], color=_COLOURS[1], linewidth=3.5, alpha=0.4, solid_capstyle="butt")
    face = "white" if hollow else _COLOURS[1]
    axes.plot([value.mean], [row], "o", color=_COLOURS[1], markerfacecolor=face, markersize=8)
    axes.annotate(
        text, ((low + high) / 2.0, row), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8,
        color=_GREY, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def _dates_below(axes: Axes) -> None:
    dates = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]  # Matplotlib leaves it untyped
    axes.xaxis.set_major_locator(dates)
    form = ConciseDateFormatter(dates, formats=_DATES, show_offset=False)  # type: ignore[no-untyped-call]  # Matplotlib leaves it untyped
    axes.xaxis.set_major_formatter(form)


def _whole_weeks(answer: SeasonAnswer) -> NDArray[np.bool_]:
    """Weeks of seven days, or all where none is whole."""
    starts = answer.week_starts.astype("datetime64[s]")
    after = np.datetime64(answer.last) + np.timedelta64(1, "D")
    whole = (starts >= np.datetime64(answer.first)) & (starts + np.timedelta64(7, "D") <= after)
    return np.asarray(whole if whole.any() else ~whole)


def _causes(shown: tuple[PolicyAnswer, ...]) -> list[str]:
    if not shown:
        return []
    first = shown[0].summary.whole.by_cause
    kills = [cause for cause in first if any(one.summary.whole.by_cause[cause].high > 0.0 for one in shown)]
    return sorted(kills, key=lambda cause: -first[cause].mean)


def _arrivals_title(answer: SeasonAnswer) -> str:
    means = {one.name: one.summary.whole.counts["arrivals"].known for one in answer.policies}
    if answer.reference not in means:
        return "People arriving"
    here = means[answer.reference]
    return f"{spoken(here.mean)} people arrive under {answer.reference} ({spoken(here.low)} to {spoken(here.high)})"


def _causes_title(shown: tuple[PolicyAnswer, ...], causes: list[str]) -> str:
    if not causes:
        return "Deaths by cause"
    whole = shown[0].summary.whole
    most, all_deaths = whole.by_cause[causes[0]].mean, whole.counts["deaths"].known.mean
    return f"{spoken(most)} of {spoken(all_deaths)} expected deaths under {shown[0].name}: {CAUSE_WORDS[causes[0]]}"


def _costs_title(answer: SeasonAnswer) -> str:
    for one in answer.policies:
        if one.name == answer.reference:
            deaths = one.summary.whole.counts["deaths"].known
            cost = spoken_pounds(one.cost.mean)
            return f"Under {one.name} {spoken(deaths.mean)} deaths are expected at a cost of {cost}"
    return "What each policy costs, and how many die"


def _differences_title(answer: SeasonAnswer, shown: list[PolicyAnswer]) -> str:
    told = {one.name: in_words(one.contrast.counts["deaths"]) for one in shown if one.contrast and not one.follows_from}
    clear = [
        f"{name} has {words} deaths than {answer.reference}"
        for name, words in told.items()
        if words in ("fewer", "more")
    ]
    if clear:
        return "; ".join(clear)
    return "No difference in deaths is both told apart from zero and more than assumption"


def _members(answer: SeasonAnswer) -> str:
    return f"{answer.draws} draws of what is not known, {answer.replicates} of luck for each"


def _bare(axes: Axes, grid: str) -> None:
    axes.grid(axis=grid, color="#DDDDDD", linewidth=0.8)  # type: ignore[arg-type]  # one of the three names that it takes
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _head(figure: Figure, answer: SeasonAnswer, title: str, says: str) -> None:
    """The answer on top; under the picture what it is, what is assumed and how well the model has forecast."""
    width = int(_WIDTH * figure.get_figwidth() / 9.0)
    text = " ".join((says, *answer.label)).replace(" %", "\u00a0%")  # no line begins with a sign
    label = "\n".join(textwrap.wrap(text, width))
    heading = "\n".join((*textwrap.wrap(title, int(width * 0.55)), f"{answer.first} to {answer.last}"))
    figure.suptitle(heading, x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.supxlabel(label, x=0.01, ha="left", fontsize=8, color=_GREY)
