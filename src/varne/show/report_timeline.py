"""The time line of a report: where the people are as time goes on, under each option, and when a responder comes."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, MultipleLocator
from numpy.typing import NDArray

from varne.encounter.snapshots import FATES, Snapshots
from varne.show.answer import Answer, OptionAnswer
from varne.show.language import Language
from varne.show.report_picture import (
    BLACK,
    BLUE,
    GREEN,
    ORANGE,
    PALE,
    RED,
    SKY,
    SMALL,
    TEXT,
    Picture,
    bare,
    empty_figure,
    legend_below,
    picture_of,
)
from varne.units import HOUR

Array = NDArray[np.float64]
# From below: what each fate is called, its colour and its hatch.
_BANDS = {
    "dead": ("dead", BLACK, ""),
    "in_water": ("in the water", RED, "xxxx"),
    "aboard_boat": ("aboard the boat", PALE, ""),
    "aboard_responder": ("aboard a responder", ORANGE, "////"),
    "ashore_uk": ("ashore in Britain", SKY, ""),
    "ashore_fr": ("ashore in France", BLUE, "\\\\\\\\"),
    "ashore_other": ("ashore elsewhere", GREEN, "...."),
}
_SETTLED = 0.02  # of the people still change place at most, once a time line ends
_SEEN = 0.002  # of the people: a band that never holds so many is not in the legend, but for deaths
_ROOM = 1.2  # of the height, with that for the arrival


def timeline_plot(snapshots: Snapshots, answer: Answer, language: Language) -> Picture:
    """
    Draw where the people are as time goes on: a band for each place, a panel for each option.

    Parameters
    ----------
    snapshots : Snapshots
        Its options are those of the answer that apply. [people, s]
    answer : Answer
        With the names of the options. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        Above the bands: when the first responder comes, median and 90 % range.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> nothing = np.zeros((2, 0, 1))
    >>> taken = Snapshots(np.array([0.0, 3600.0]), nothing, nothing, nothing, np.zeros((2, 0, 7)), np.zeros((0, 3)))
    >>> timeline_plot(taken, Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).says
    'No option applies.'
    """
    shown = [one for one in answer.options if not one.why_not]
    names = [one.name for one in shown]
    last = _last_drawn(snapshots)
    rows = max(-(-len(names) // 2), 1)
    figure = empty_figure(1.35 + 1.25 * rows)
    grid = figure.subplots(rows, 2, squeeze=False, sharex=True, sharey=True)
    for place, axes in enumerate(grid.flat):
        if place >= len(names):
            axes.set_visible(False)
            continue
        _draw_option(axes, snapshots, place, last)
        _draw_arrival(axes, snapshots.met[place], snapshots.moments[last], float(answer.scenario.people))
        dead = language.number(_people_of(shown[place])["dead"])
        axes.set_title(language.say(names[place]), loc="left", fontsize=TEXT, fontweight="bold", pad=3)
        axes.set_title(language.say("{dead} dead", dead=dead), loc="right", fontsize=SMALL, pad=3)
        if place + 2 >= len(names):  # nothing stands below it
            axes.tick_params(labelbottom=True)
    _lay_axes(grid[0, 0], snapshots.moments[last], float(answer.scenario.people))
    for axes in grid[-1]:
        axes.set_xlabel(language.say("hours from now"), fontsize=TEXT)
    figure.supylabel(language.say("people"), fontsize=TEXT)
    legend_below(figure, _signs(snapshots, language), 2)
    title = language.say("Where the people are as time goes on")
    return picture_of(figure, "timeline", title, _say(snapshots, shown, language))


def _last_drawn(snapshots: Snapshots) -> int:
    """The first moment after which hardly anyone changes place."""
    people = snapshots.people
    away = np.abs(people - people[-1]).max(axis=(1, 2), initial=0.0)
    settled = np.flatnonzero(away <= _SETTLED * max(float(people[0].sum(axis=-1).max(initial=0.0)), 1.0))
    return max(int(settled[0]), min(1, len(people) - 1))


def _draw_option(axes: Axes, snapshots: Snapshots, option: int, last: int) -> None:
    hours = snapshots.moments[: last + 1] / HOUR
    base = np.zeros(len(hours))
    for fate, (_, colour, hatch) in _BANDS.items():
        top = base + snapshots.people[: last + 1, option, FATES.index(fate)]
        if np.any(top > base):
            axes.fill_between(hours, base, top, facecolor=colour, edgecolor="white", linewidth=0.4, hatch=hatch or None)
        base = top


def _draw_arrival(axes: Axes, met: Array, last: float, people: float) -> None:
    """A line from 5 to 95 %, with an arrow where it goes on beyond the picture; a sign at the median."""
    low, middle, high = met
    if low >= last:
        return
    level, end = 1.1 * people, min(float(high), last)
    axes.plot([low / HOUR, end / HOUR], [level] * 2, color=BLACK, linewidth=1.4, solid_capstyle="butt")
    if high > last:
        axes.plot(end / HOUR, level, ">", color=BLACK, markersize=5, clip_on=False)
    if middle <= last:
        axes.plot(middle / HOUR, level, "D", color="white", markeredgecolor=BLACK, markersize=5, clip_on=False)


def _lay_axes(axes: Axes, last: float, people: float) -> None:
    hours = last / HOUR
    axes.set_xlim(0.0, max(hours, 0.1))
    axes.set_ylim(0.0, _ROOM * people)
    axes.xaxis.set_major_locator(MultipleLocator(next(step for step in (1, 2, 3, 6, 12, 24) if hours <= 5 * step)))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    for each in axes.figure.axes:
        bare(each, "bottom", "left")


def _signs(snapshots: Snapshots, language: Language) -> list[Patch | Line2D]:
    everyone = max(float(snapshots.people[0].sum(axis=-1).max(initial=0.0)), 1.0)
    signs: list[Patch | Line2D] = []
    for fate, (words, colour, hatch) in reversed(_BANDS.items()):
        most = float(snapshots.people[:, :, FATES.index(fate)].max(initial=0.0))
        if most > _SEEN * everyone or fate == "dead":
            signs.append(Patch(facecolor=colour, edgecolor="white", hatch=hatch or None, label=language.say(words)))
    if np.any(np.isfinite(snapshots.met)):
        words = language.say("first responder comes")
        signs.append(Line2D([], [], color=BLACK, marker="D", markerfacecolor="white", markersize=5, label=words))
    return signs


def _say(snapshots: Snapshots, shown: list[OptionAnswer], language: Language) -> str:
    names = [one.name for one in shown]
    if not names:
        return language.say("No option applies.")
    where = language.listed(
        language.say("{name}: {what}", name=language.say(name), what=_fates(_people_of(one), language))
        for name, one in zip(names, shown, strict=True)
    )
    comes = language.listed(
        language.say(
            "{name} {middle} ({low} to {high})",
            name=language.say(name),
            **dict(zip(("low", "middle", "high"), map(language.minutes, snapshots.met[place]), strict=True)),
        )
        for place, name in enumerate(names)
    )
    time = language.minutes(float(snapshots.moments[-1]))
    return " ".join(
        (
            language.say("Expected people after {time}, by where they are: {where}.", time=time, where=where),
            language.say("The first responder comes after, median and 90 % range: {comes}.", comes=comes),
        )
    )


def _fates(at_end: Mapping[str, float], language: Language) -> str:
    return ", ".join(
        f"{language.number(at_end[fate])} {language.say(words)}"
        for fate, (words, _, _) in reversed(_BANDS.items())
        if at_end[fate] > 0.0
    )


def _people_of(one: OptionAnswer) -> Mapping[str, float]:
    """Where people are at the end, of all members: a few that are drawn cannot tell how many die."""
    assert one.people is not None, "options that apply have outcomes"
    return one.people
