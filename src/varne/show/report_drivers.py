"""The picture of what drives an outcome: shares of its variance by subject and by fact, each with its error."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from varne.compare.sensitivity import RANKS, Driver, Drives
from varne.show.language import Language
from varne.show.report_picture import (
    BLACK,
    BLUE,
    PALE,
    SKY,
    TEXT,
    Picture,
    bare,
    empty_figure,
    fit_words,
    legend_below,
    picture_of,
)

_MOST = 7  # bars of a kind
_TOLD = 4  # in words
_LINE = 52  # characters beside a number


def drivers_plot(drives: Drives, language: Language, names: Mapping[str, str] = MappingProxyType({})) -> Picture:
    """
    Draw what drives an outcome: the largest subjects, then the largest facts.

    Parameters
    ----------
    drives : Drives
        Of one outcome on one scale. [1]
    language : Language
        Of its words. [1]
    names : mapping of str to str, optional
        What a subject or a fact is called, where not by its own name. [1]

    Returns
    -------
    Picture
        A bar for each total index, its first-order part inside it, a line for its error.

    Examples
    --------
    >>> from varne.show.language import language
    >>> nothing = Drives("deaths", "leave", None, RANKS, (), (), 0.0, 1.0)
    >>> drivers_plot(nothing, language("en")).says
    'Nothing that is not known moves it by more than luck does.'
    """
    kinds = [
        (language.say("Subjects"), drives.subjects[:_MOST]),
        (language.say("Single numbers, of {count} looked at", count=str(len(drives.facts))), drives.facts[:_MOST]),
    ]
    kinds = [(kind, drivers) for kind, drivers in kinds if drivers]
    name = "-".join(("drivers", drives.outcome, drives.option, drives.reference or "itself", drives.scale))
    title = _title(drives, language)
    if not kinds:
        says = language.say("Nothing that is not known moves it by more than luck does.")
        figure = empty_figure(0.6)
        fit_words(figure.text(0.5, 0.5, says, ha="center", va="center", fontsize=TEXT), _LINE)
        return picture_of(figure, name, title, says)
    heights = [len(drivers) + 0.6 for _, drivers in kinds]
    figure = empty_figure(0.95 + 0.42 * sum(heights))
    rows = figure.subplots(len(kinds), 1, squeeze=False, sharex=True, height_ratios=heights)[:, 0]
    for axes, (kind, drivers) in zip(rows, kinds, strict=True):
        _draw_kind(axes, kind, drivers, language, names)
    longest = max(driver.together.high for _, drivers in kinds for driver in drivers)
    rows[-1].set_xlim(0.0, max(1.03 * longest, 0.1))
    rows[-1].xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.percent(value)))
    rows[-1].set_xlabel(_measure(drives, language), fontsize=TEXT)
    legend_below(figure, _signs(language), 1)
    return picture_of(figure, name, title, _say(kinds, language, names))


def _draw_kind(
    axes: Axes, kind: str, drivers: tuple[Driver, ...], language: Language, names: Mapping[str, str]
) -> None:
    for row, one in enumerate(drivers):
        axes.barh(row + 0.15, one.together.mean, height=0.32, color=SKY, edgecolor=BLUE, linewidth=0.8)
        alone = min(one.alone.mean, one.together.mean)
        axes.barh(row + 0.15, alone, height=0.32, color=BLUE, edgecolor=BLUE, linewidth=0.8, hatch="////")
        axes.plot([one.together.low, one.together.high], [row + 0.15] * 2, color=BLACK, linewidth=1.4, marker="|")
        place: dict[str, Any] = {
            "transform": axes.get_yaxis_transform(),
            "va": "center",
            "fontsize": TEXT,
            "color": BLACK,
        }
        called = names.get(one.name, one.name)
        short = called if len(called) <= _LINE else called[: _LINE - 1].rstrip() + "…"
        axes.text(0.0, row - 0.22, short, ha="left", **place)
        axes.text(1.0, row - 0.22, language.percent(one.together.mean), ha="right", **place)
    axes.set_ylim(len(drivers) - 0.45, -0.5)
    axes.set_yticks([])
    axes.set_title(kind, loc="left", fontsize=TEXT, fontweight="bold")
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    bare(axes, "bottom")


def _signs(language: Language) -> list[Patch | Line2D]:
    return [
        Patch(facecolor=BLUE, edgecolor=SKY, hatch="////", label=language.say("alone")),
        Patch(facecolor=SKY, edgecolor=BLUE, label=language.say("with all that it acts together with")),
        Line2D([], [], color=BLACK, marker="|", linewidth=1.4, label=language.say("90 % error of that estimate")),
    ]


def _title(drives: Drives, language: Language) -> str:
    outcomes = {
        "deaths": language.say("expected deaths"),
        "p_any_death": language.say("the chance of any death"),
        "serious_injuries": language.say("serious injuries"),
        "crew_harmed": language.say("harm to crews"),
    }
    what, option = outcomes.get(drives.outcome, drives.outcome), language.say(drives.option)
    if drives.reference is None:
        return language.say("What drives {what} under {option}", what=what, option=option)
    return language.say(
        "What drives the difference in {what} between {option} and {reference}",
        what=what,
        option=option,
        reference=language.say(drives.reference),
    )


def _measure(drives: Drives, language: Language) -> str:
    if drives.scale == RANKS:
        return language.say("share of the variance of ranks")
    return language.say("share of the variance")


def _say(kinds: list[tuple[str, tuple[Driver, ...]]], language: Language, names: Mapping[str, str]) -> str:
    says = []
    for kind, drivers in kinds:
        told = language.listed(
            language.say(
                "{name} {together} ({low} to {high}), alone {alone}",
                name=names.get(one.name, one.name),
                together=language.percent(one.together.mean),
                low=language.percent(one.together.low),
                high=language.percent(one.together.high),
                alone=language.percent(one.alone.mean),
            )
            for one in drivers[:_TOLD]
        )
        says.append(language.say("{kind}, the largest share first: {told}.", kind=kind, told=told))
    return " ".join(says)
