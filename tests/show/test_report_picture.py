"""A picture of a report: an SVG that stands in a page, alone or beside others."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from varne.show.report_picture import (
    BLUE,
    COLOURS,
    LINES,
    MARKS,
    RED,
    SMALL,
    Picture,
    bare,
    empty_figure,
    fit_words,
    legend_below,
    picture_of,
)

SVG = "{http://www.w3.org/2000/svg}"
# Okabe and Ito (2008), without the yellow, which does not stand out from paper.
OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7"}
NASTY = "<b>& \"quoted\" 'so' </text></svg><script>alert(1)</script>"


def figure(words: str = "one") -> Figure:
    """Draw all that a report draws: lines with marks, a hatch, words, dots kept as an image, and a legend."""
    drawn = empty_figure(2.0)
    axes = drawn.add_subplot()
    signs = axes.plot([0, 1, 2], [0, 1, 4], LINES[1], marker=MARKS[1], color=BLUE, label=words)
    axes.fill_between([0, 1, 2], [0, 1, 2], facecolor=RED, hatch="////")
    axes.scatter([0.5, 1.5], [1, 1], rasterized=True)
    axes.set_title(words)
    legend_below(drawn, signs, 2)
    return drawn


def picture(name: str = "one", title: str = "A title", says: str = "What it shows.") -> Picture:
    return picture_of(figure(), name, title, says)


def parsed(one: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(one.svg)


def names_in(svg: str) -> tuple[set[str], set[str]]:
    """Names that stand in a picture, and those it refers to."""
    return set(re.findall(r'\bid="([^"]*)"', svg)), set(re.findall(r'(?:href="#|url\(#)([^")]*)', svg))


def test_the_same_figure_gives_the_same_text() -> None:
    """Drawn twice, a picture is the same, byte for byte."""
    assert picture().svg == picture().svg


def test_a_picture_is_told_to_those_who_do_not_see_it() -> None:
    """It is an image with a title and a description, which its root refers to."""
    root = parsed(picture())
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    title, says = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and says is not None
    assert (title.text, says.text) == ("A title", "What it shows.")
    assert (root.get("aria-labelledby") or "").split() == [title.get("id")]


def test_a_picture_runs_nothing_and_fetches_nothing() -> None:
    """No script, no style of its own, no address but the name of its format; images stand in it."""
    svg = picture().svg
    for unwanted in ("<script", "<style", "<metadata", "<?xml", "<!DOCTYPE", "font-family"):
        assert unwanted not in svg
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    references = re.findall(r'href="([^"]*)"', svg)
    assert any(one.startswith("data:image/png;base64,") for one in references)
    assert all(one.startswith(("#", "data:image/png;base64,")) for one in references)


def test_two_pictures_can_stand_on_one_page() -> None:
    """Every name begins with that of its picture, stands once, and is referred to from within its picture only."""
    one, other = picture("one").svg, picture("other").svg
    (ours, used), (theirs, _) = names_in(one), names_in(other)
    assert ours and not ours & theirs
    assert all(name.startswith("one-") for name in ours)
    assert used and used <= ours
    assert len(re.findall(r'\bid="', one)) == len(ours)


def test_words_cannot_break_out_of_the_markup() -> None:
    """Whatever a title, a description or a label says is read back as it was written."""
    root = parsed(picture_of(figure(NASTY), "one", NASTY, NASTY))
    assert [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == [NASTY, NASTY]
    assert [one.text for one in root.iter(f"{SVG}text")].count(NASTY) == 2
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}b"))


@pytest.mark.parametrize("height", [1.0, 2.5, 6.0])
def test_a_picture_is_as_wide_as_its_place(height: float) -> None:
    """Its own size is that of a telephone, in points; on a page it takes the width it is given."""
    root = parsed(picture_of(empty_figure(height), "one", "t", "s"))
    assert [float(number) for number in (root.get("viewBox") or "").split()] == [0, 0, 360, 72 * height]
    assert (root.get("width"), root.get("height")) == ("100%", None)


def test_words_stay_words() -> None:
    """Letters are text, which can be searched, read aloud and made larger, not outlines."""
    assert "words of a label" in "".join(parsed(picture_of(figure("words of a label"), "a", "t", "s")).itertext())


def test_colours_are_told_apart_by_the_colour_blind() -> None:
    """The set of Okabe and Ito, beside it only a brown and a grey, none twice."""
    assert set(COLOURS) >= OKABE_ITO
    assert len(set(COLOURS)) == len(COLOURS) == len(OKABE_ITO) + 2


def test_nothing_is_told_by_colour_alone() -> None:
    """As many dashes and marks as colours, none of them twice."""
    assert len(COLOURS) == len(set(LINES)) == len(set(MARKS)) == len(LINES) == len(MARKS)


@pytest.mark.parametrize("kept", [(), ("bottom",), ("bottom", "left")])
def test_only_the_lines_asked_for_stay(kept: tuple[str, ...]) -> None:
    """Every other side of the axes is bare."""
    axes = empty_figure(1.0).add_subplot()
    bare(axes, *kept)
    assert {side for side in ("top", "right", "left", "bottom") if axes.spines[side].get_visible()} == set(kept)


def test_what_signs_mean_stands_under_the_axes() -> None:
    """A legend hides nothing that is drawn."""
    drawn = empty_figure(2.0)
    axes = drawn.add_subplot()
    legend_below(drawn, axes.plot([0, 1], [0, 1], label="a sign"), 2)
    drawn.draw_without_rendering()
    (legend,) = drawn.legends
    assert [text.get_text() for text in legend.get_texts()] == ["a sign"]
    assert all(text.get_fontsize() == SMALL for text in legend.get_texts())
    assert legend.get_window_extent().y1 <= axes.get_window_extent().y0


@given(st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=20), st.integers(1, 30))
def test_broken_words_are_the_same_words(words: list[str], width: int) -> None:
    """No word is lost, cut or moved, and only a word that is wider itself makes a line too wide."""
    text = Figure().text(0, 0, " ".join(words))
    fit_words(text, width)
    lines = text.get_text().split("\n")
    assert " ".join(lines).split() == words
    assert all(len(line) <= width or " " not in line for line in lines)
    firsts = [line.split(" ")[0] for line in lines[1:]]
    assert all(len(line) + 1 + len(first) > width for line, first in zip(lines, firsts, strict=False))
