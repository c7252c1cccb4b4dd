"""The map of a report: where the boat would be at moments along the way, under each option."""

from dataclasses import dataclass

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from varne.atlas.embedded import coast_mask
from varne.earth import Plane
from varne.encounter.setting import Setting
from varne.encounter.snapshots import Snapshots
from varne.show.answer import Answer
from varne.show.language import Language
from varne.show.report_picture import (
    BLACK,
    GREY,
    PALE,
    RED,
    SMALL,
    TEXT,
    Picture,
    bare,
    empty_figure,
    legend_below,
    picture_of,
)
from varne.units import NAUTICAL_MILE

Array = NDArray[np.float64]
_MARKS = ("o", "^", "s", "D", "v")  # of moments
_SHADES = (0.02, 0.8)  # ends of the colours of moments; lighter ones do not stand out from paper
_MEMBERS = 150  # drawn of each option at each moment
_SOME_LEFT = 0.05  # share of people still aboard the boat at the last moment drawn
_ABOARD = 1.0  # expected people with whom a boat still counts as one with people aboard
_LEAST_SPAN = 0.1  # of a map [deg]
_EDGE = 0.12  # of the window, left free around what is drawn
_WITHIN = (0.01, 0.99)  # of all places lie in the window
_CELLS = 90  # of the coast, across a map
_SCALES = (1, 2, 5, 10, 20, 50)  # lengths of a scale bar [nmi]
_LAND = "#D8CFBC"


@dataclass(frozen=True, slots=True)
class _Window:
    """What a map shows, and how far a degree runs there."""

    west: float
    east: float
    south: float
    north: float
    plane: Plane

    @property
    def shape(self) -> float:
        """Return the height of a map over its width."""
        height = (self.north - self.south) * self.plane.metres_per_degree_north
        return height / ((self.east - self.west) * self.plane.metres_per_degree_east)


def map_plot(snapshots: Snapshots, setting: Setting, answer: Answer, language: Language) -> Picture:
    """
    Draw where the boat would be while people are still aboard it, a small map for each option.

    Parameters
    ----------
    snapshots : Snapshots
        Its options are those of the answer that apply. [SI]
    setting : Setting
        With the place where the boat is now. [SI]
    answer : Answer
        With the names of the options. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        Moments by colour and by sign; larger signs stand in the middle of those of a moment.

    Examples
    --------
    >>> from varne.encounter.options import chosen, read_options
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.encounter.setting import lay_out
    >>> from varne.encounter.snapshots import take_snapshots
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> asked = lay_out(question, shipped_facts(), (), (2, 1), 1)
    >>> taken = take_snapshots(asked, [3600.0], draws=2, replicates=1)
    >>> map_plot(taken, asked, Answer(question, (), 2, 1, Evidence({}, (), {}), {}), language("en")).title
    'Where the boat would be'
    """
    names = [one.name for one in answer.options if not one.why_not]
    moments = _moments_drawn(snapshots)
    window = _window(snapshots, moments, Plane(setting.place.latitude, setting.place.longitude))
    rows = max(-(-len(names) // 2), 1)
    figure = empty_figure(rows * (2.0 * min(window.shape, 1.6) + 0.28) + 1.0)
    grid = figure.subplots(rows, 2, squeeze=False, sharex=True, sharey=True)
    land = _land(window)
    for place, axes in enumerate(grid.flat):
        if place >= len(names):
            axes.set_visible(False)
            continue
        _draw_sea(axes, window, land, language)
        _draw_boats(axes, snapshots, place, moments)
        axes.set_title(language.say(names[place]), loc="left", fontsize=TEXT, fontweight="bold", pad=3)
        if place + 2 >= len(names):  # nothing stands below it
            axes.tick_params(labelbottom=True)
    if names:
        _draw_scale(grid[0, 0], window, language)
    legend_below(figure, _signs(snapshots, moments, language), 3)
    says = _say(snapshots, names, moments, window.plane, language)
    return picture_of(figure, "map", language.say("Where the boat would be"), says)


def _moments_drawn(snapshots: Snapshots) -> list[int]:
    """Up to five, each about twice as late as the one before; the last while a share of people is still aboard."""
    everyone = snapshots.people.sum(axis=2)
    aboard = snapshots.afloat.mean(axis=2) / np.maximum(everyone, 1.0)
    later = np.flatnonzero((snapshots.moments > 0.0) & (aboard.max(axis=1, initial=0.0) > _SOME_LEFT))
    if len(later) == 0:
        return [len(snapshots.moments) - 1]
    wanted = snapshots.moments[later[-1]] / 2.0 ** np.arange(len(_MARKS) - 1, -1, -1)
    return sorted({int(later[np.argmin(np.abs(snapshots.moments[later] - moment))]) for moment in wanted})


def _window(snapshots: Snapshots, moments: list[int], plane: Plane) -> _Window:
    drawn = snapshots.afloat[moments] >= _ABOARD
    sides = []
    for places, start, length in (
        (snapshots.longitude, plane.longitude, plane.metres_per_degree_east),
        (snapshots.latitude, plane.latitude, plane.metres_per_degree_north),
    ):
        seen = places[moments][drawn]
        low, high = np.quantile(seen, _WITHIN) if len(seen) else (start, start)
        low, high = min(float(low), start), max(float(high), start)
        least = _LEAST_SPAN * plane.metres_per_degree_north / length
        edge = max(_EDGE * (high - low), (least - (high - low)) / 2.0)
        sides += [low - edge, high + edge]
    west, east, south, north = sides
    most_narrow = (north - south) * plane.metres_per_degree_north / (1.4 * plane.metres_per_degree_east)
    wider = max(most_narrow - (east - west), 0.0) / 2.0  # no map is much higher than wide
    return _Window(west - wider, east + wider, south, north, plane)


def _land(window: _Window) -> tuple[Array, Array, Array]:
    """Longitudes, latitudes and the share of land of cells as coarse as a small map can show."""
    mask = coast_mask()
    step = max(int((window.east - window.west) * mask.cells_per_degree / _CELLS), 1)
    rows, columns = (
        slice(*np.clip(np.array([low - step, high + step]) // step * step, 0, size))
        for low, high, size in (
            _cells(window.south, window.north, mask.south, mask.cells_per_degree, mask.code.shape[0]),
            _cells(window.west, window.east, mask.west, mask.cells_per_degree, mask.code.shape[1]),
        )
    )
    land = (mask.code[rows, columns] > 0).astype(np.float64)
    high, wide = (size // step for size in land.shape)
    share = land[: high * step, : wide * step].reshape(high, step, wide, step).mean(axis=(1, 3))
    east = mask.west + (columns.start + step * (np.arange(wide) + 0.5)) / mask.cells_per_degree
    north = mask.south + (rows.start + step * (np.arange(high) + 0.5)) / mask.cells_per_degree
    return east, north, share


def _cells(low: float, high: float, start: float, per_degree: float, size: int) -> tuple[int, int, int]:
    return int((low - start) * per_degree), int((high - start) * per_degree) + 2, size


def _draw_sea(axes: Axes, window: _Window, land: tuple[Array, Array, Array], language: Language) -> None:
    if min(land[2].shape) > 1:
        axes.contourf(*land, levels=[0.5, 1.5], colors=[_LAND])
        axes.contour(*land, levels=[0.5], colors=[GREY], linewidths=0.6)
    axes.plot(
        window.plane.longitude, window.plane.latitude, "*", color=RED, markersize=10, zorder=6, mec="white", mew=0.7
    )
    axes.set_xlim(window.west, window.east)
    axes.set_ylim(window.south, window.north)
    axes.set_aspect(window.plane.metres_per_degree_north / window.plane.metres_per_degree_east)
    axes.xaxis.set_major_locator(MultipleLocator(_ticks(window.east - window.west, 2)))
    axes.yaxis.set_major_locator(MultipleLocator(_ticks(window.north - window.south, 3)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _degrees(value, "E", "W", language)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _degrees(value, "N", "S", language)))
    axes.grid(color=PALE, linewidth=0.6)
    bare(axes, "top", "right", "left", "bottom")


def _ticks(span: float, most: int) -> float:
    """Whole minutes between ticks, so that there are few. [deg]"""
    steps = (1, 2, 5, 10, 15, 20, 30, 60, 120)
    return next((step for step in steps if 60.0 * span / step <= most + 1), steps[-1]) / 60.0


def _degrees(value: float, above: str, below: str, language: Language) -> str:
    minutes = round(abs(value) * 60.0)
    return f"{minutes // 60}°{minutes % 60:02d}′{language.say(above if value >= 0.0 else below)}"


def _draw_boats(axes: Axes, snapshots: Snapshots, option: int, moments: list[int]) -> None:
    members = snapshots.afloat.shape[2]
    shown = np.unique(np.linspace(0, members - 1, min(members, _MEMBERS)).astype(np.int64))
    for place, (moment, colour) in enumerate(zip(moments, _colours(len(moments)), strict=True)):
        aboard = snapshots.afloat[moment, option] >= _ABOARD
        east, north = snapshots.longitude[moment, option], snapshots.latitude[moment, option]
        few = shown[aboard[shown]]
        mark = _MARKS[place]
        axes.scatter(
            east[few], north[few], s=7, marker=mark, color=[colour], alpha=0.45, linewidths=0, rasterized=True, zorder=3
        )
        if np.any(aboard):
            middle = np.median(east[aboard]), np.median(north[aboard])
            axes.plot(*middle, mark, color=colour, markersize=7, mec="white", mew=1.0, zorder=5)


def _colours(count: int) -> Array:
    return np.asarray(matplotlib.colormaps["viridis"](np.linspace(*_SHADES[::-1], count)))


def _draw_scale(axes: Axes, window: _Window, language: Language) -> None:
    """A bar of whole nautical miles, in a corner of the first map."""
    width = (window.east - window.west) * window.plane.metres_per_degree_east
    miles = max((one for one in _SCALES if one * NAUTICAL_MILE <= 0.4 * width), default=_SCALES[0])
    length = miles * NAUTICAL_MILE / window.plane.metres_per_degree_east
    plane = window.plane  # the bar stands below, on the side away from the star
    wide, edge = window.east - window.west, 0.05 * (window.east - window.west)
    right = window.east - edge if plane.longitude - window.west < wide / 2.0 else window.west + edge + length
    bottom = window.south + 0.06 * (window.north - window.south)
    axes.plot([right - length, right], [bottom] * 2, color=BLACK, linewidth=2, solid_capstyle="butt", zorder=7)
    words = language.say("{miles} nmi", miles=str(miles))
    axes.annotate(
        words, (right - length / 2.0, bottom), xytext=(0, 3), textcoords="offset points", ha="center", va="bottom",
        fontsize=SMALL, zorder=7, bbox={"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.5},
    )  # fmt: skip


def _signs(snapshots: Snapshots, moments: list[int], language: Language) -> list[Line2D]:
    signs = [Line2D([], [], linestyle="", marker="*", color=RED, markersize=9, label=language.say("where it is now"))]
    for place, (moment, colour) in enumerate(zip(moments, _colours(len(moments)), strict=True)):
        words = language.say("after {time}", time=language.minutes(float(snapshots.moments[moment])))
        signs.append(Line2D([], [], linestyle="", marker=_MARKS[place], color=colour, markersize=7, label=words))
    return signs


def _say(snapshots: Snapshots, names: list[str], moments: list[int], plane: Plane, language: Language) -> str:
    if not names:
        return language.say("No option applies.")
    says = []
    for moment in (moments[0], moments[-1])[: len(moments)]:
        told = language.listed(
            f"{language.say(name)} {_middle(snapshots, moment, place, plane, language)}"
            for place, name in enumerate(names)
        )
        says.append(
            language.say(
                "After {time} the share of boats with people still aboard, and how far the middle one of these is from "
                "where it is now: {told}.",
                time=language.minutes(float(snapshots.moments[moment])),
                told=told,
            )
        )
    return " ".join(says)


def _middle(snapshots: Snapshots, moment: int, option: int, plane: Plane, language: Language) -> str:
    aboard = snapshots.afloat[moment, option] >= _ABOARD
    share = language.percent(float(aboard.mean()))
    if not np.any(aboard):
        return share
    east = (snapshots.longitude[moment, option, aboard] - plane.longitude) * plane.metres_per_degree_east
    north = (snapshots.latitude[moment, option, aboard] - plane.latitude) * plane.metres_per_degree_north
    miles = float(np.median(np.hypot(east, north))) / NAUTICAL_MILE
    return f"{share}, {language.say('{miles} nmi', miles=language.number(miles))}"
