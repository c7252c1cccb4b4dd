"""A picture of a report: drawn once, kept as the text of an SVG, with a heading and words that say what it shows."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

# Okabe and Ito (2008), told apart by the colour-blind; and two greys, and a brown.
BLACK, BLUE, GREEN, SKY = "#000000", "#0072B2", "#009E73", "#56B4E9"
PURPLE, ORANGE, RED, BROWN, GREY, PALE = "#CC79A7", "#E69F00", "#D55E00", "#8C6D1F", "#4D4D4D", "#D9D9D9"
COLOURS = (BLACK, BLUE, RED, GREEN, PURPLE, ORANGE, SKY, BROWN, GREY)
LINES = (
    "-",
    "--",
    "-.",
    (0, (1, 1)),
    (0, (5, 1)),
    (0, (3, 1, 1, 1)),
    (0, (7, 2)),
    (0, (2, 2)),
    (0, (4, 1, 1, 1, 1, 1)),
)
MARKS = ("s", "o", "^", "D", "v", "P", "X", "d", "<")
WIDTH = 5.0  # of every picture: 360 points, the width of a telephone [in]
TEXT, SMALL = 9.5, 9.0  # sizes of words [pt]
SHARP = 150  # of what is drawn in dots [1/in]

_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "varne", "font.size": TEXT, "hatch.linewidth": 0.6}
_NOT_KEPT = {"Date": None, "Creator": None, "Format": None, "Type": None}
_TAG = re.compile(r"<[^>]*>")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")  # in a name within a page
_NAMED = re.compile(r'(\bid="|href="#|url\(#)')


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, ready to stand in a page."""

    svg: str  # as wide as its place; no name in it stands in another picture
    title: str
    says: str  # what it shows, with its numbers, for those who do not see it; it stands under the picture


def picture_of(figure: Figure, name: str, title: str, says: str) -> Picture:
    """
    Turn a figure into a picture of a page.

    Parameters
    ----------
    figure : Figure
        Drawn. [in]
    name : str
        Of this picture alone among those of its page; begins every name within it. [1]
    title, says : str
        What it is, and what it shows in words. [1]

    Returns
    -------
    Picture
        The same figure gives the same text.

    Examples
    --------
    >>> picture_of(Figure(figsize=(5.0, 3.5)), "empty", "Nothing", "Nothing is shown.").svg[:64]
    '<svg viewBox="0 0 360 252" xmlns="http://www.w3.org/2000/svg" wi'
    """
    file = io.StringIO()
    for words in figure.findobj(Text):
        words.set_parse_math(False)  # a dollar in a name is a dollar
    with matplotlib.rc_context(_SETTINGS):
        figure.savefig(file, format="svg", dpi=SHARP, metadata=_NOT_KEPT, transparent=True)
    drawn = file.getvalue()
    box = re.search(r'viewBox="[^"]*"', drawn)
    assert box, "an SVG says how large it is"
    within = re.sub(
        r"<style.*?</style>|<metadata>.*?</metadata>", "", drawn[drawn.index(">", box.end()) + 1 :], flags=re.S
    )
    name = _UNSAFE.sub(lambda found: f"-{ord(found[0]):x}-", name)
    within = _TAG.sub(lambda found: _own_names(found[0], name), within)
    within = re.sub(r" *\n *", "\n", within)
    root = (
        f'<svg {box[0]} xmlns="http://www.w3.org/2000/svg" width="100%" role="img"'
        f' aria-labelledby="{name}-title" style="stroke-linejoin: round; stroke-linecap: butt">\n'
        f'<title id="{name}-title">{_plain(title)}</title>\n<desc id="{name}-says">{_plain(says)}</desc>'
    )
    return Picture(root + within.rstrip() + "\n", title, says)


def _own_names(tag: str, name: str) -> str:
    """A tag whose names begin as its picture's do, and whose words look like those of its page."""
    tag = re.sub(r"font-family: [^;\"]*;? ?", "", tag).replace("xlink:href", "href")
    return _NAMED.sub(lambda found: f"{found[1]}{name}-", tag)


def empty_figure(height: float) -> Figure:
    """
    Return a figure of the width of a page.

    Parameters
    ----------
    height : float
        [in]

    Returns
    -------
    Figure

    Examples
    --------
    >>> float(empty_figure(3.0).get_figwidth())
    5.0
    """
    with matplotlib.rc_context(_SETTINGS):
        return Figure(figsize=(WIDTH, height), layout="constrained")


def bare(axes: Axes, *kept: str) -> None:
    """
    Take from axes all lines but some, and make their numbers as large as can be read.

    Parameters
    ----------
    axes : Axes
        Changed in place. [1]
    kept : str
        Sides whose line stays. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> axes = empty_figure(1.0).add_subplot()
    >>> bare(axes, "bottom")
    >>> axes.spines["left"].get_visible(), axes.spines["bottom"].get_visible()
    (False, True)
    """
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in kept)
    axes.tick_params(labelsize=SMALL, colors=GREY)
    axes.set_axisbelow(True)


def legend_below(figure: Figure, handles: Sequence[Any], columns: int) -> None:
    """
    Put what signs mean under a figure.

    Parameters
    ----------
    figure : Figure
        Changed in place. [1]
    handles : sequence of artists
        Each with its label. [1]
    columns : int
        How many stand side by side. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> figure = empty_figure(1.0)
    >>> legend_below(figure, figure.add_subplot().plot([1], [2], label="one"), 2)
    >>> len(figure.legends)
    1
    """
    figure.legend(
        handles=list(handles),
        loc="outside lower center",
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        columnspacing=1.2,
        handletextpad=0.5,
    )


def fit_words(text: Text, width: float) -> None:
    """
    Break words into lines where they would be wider than a figure has room for.

    Parameters
    ----------
    text : Text
        Changed in place. [1]
    width : float
        How many characters a line has. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> text = empty_figure(1.0).text(0, 0, "one two three")
    >>> fit_words(text, 8)
    >>> text.get_text()
    'one two\\nthree'
    """
    lines = [""]
    for word in text.get_text().split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    text.set_text("\n".join(lines))


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
