"""Pictures of deaths: what is drawn is the answer, and the words say it again."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from varne.assessment import assess
from varne.encounter.outcome import Interval
from varne.encounter.scenario import Scenario
from varne.show.answer import Answer, OptionAnswer
from varne.show.language import Language, language
from varne.show.report_curves import exceedance_plot, options_plot
from varne.show.report_picture import BLACK, BLUE, COLOURS, PALE, Picture

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH, FRENCH = language("en"), language("fr")
PLOTS = [options_plot, exceedance_plot]
Plot = Callable[[Answer, Language], Picture]
Found = list[ElementTree.Element]


@pytest.fixture(scope="module")
def answer(question: Scenario) -> Answer:
    short = Scenario.of({**question.as_written(), "horizon": 6})
    return assess(short, members=(8, 2), options=["leave", "escort"]).answer


def groups(root: ElementTree.Element, kind: str) -> Found:
    return [one for one in root.iter(f"{SVG}g") if re.search(rf"-{re.escape(kind)}_\d+$", one.get("id", ""))]


def scale(root: ElementTree.Element, side: str) -> dict[float, float]:
    """Where the numbers of an axis stand."""
    texts = [text for tick in groups(root, f"{side}tick") for text in tick.iter(f"{SVG}text")]
    uses = [
        use for tick in groups(root, f"{side}tick") if tick.find(f".//{SVG}text") is not None for use in tick.iter()
    ]
    places = [float(use.get(side, "")) for use in uses if use.tag == f"{SVG}use"]
    return {float((text.text or "").replace(",", "")): place for text, place in zip(texts, places, strict=True)}


def place_on(log_scale: dict[float, float], value: float) -> float:
    (low, first), *_, (high, last) = sorted(log_scale.items())
    return first + (last - first) * math.log(value / low) / math.log(high / low)


def lines(root: ElementTree.Element) -> Found:
    """Parts of the axes that are lines or signs, without ticks and legend."""
    (axes,) = groups(root, "axes")
    return [one for one in axes.findall(f"{SVG}g") if "-line2d_" in one.get("id", "")]


def points(line: ElementTree.Element) -> list[tuple[float, float]]:
    path = line.find(f"{SVG}path")
    assert path is not None
    return [(float(x), float(y)) for x, y in re.findall(r"[ML] (\S+) (\S+)", path.get("d", ""))]


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def deaths_of(one: OptionAnswer) -> Interval:
    assert one.expected_deaths is not None
    return one.expected_deaths


@pytest.mark.parametrize("plot", PLOTS)
def test_the_same_answer_gives_the_same_picture(plot: Plot, answer: Answer) -> None:
    """Drawn twice, it is the same, byte for byte."""
    assert plot(answer, ENGLISH) == plot(answer, ENGLISH)


@pytest.mark.parametrize("plot", PLOTS)
def test_an_option_that_does_not_apply_is_not_drawn(plot: Plot, answer: Answer) -> None:
    """Nothing is known of it; the others are drawn as they would be without it."""
    other = OptionAnswer("shallow", "Wait.", "assumed", "the water is too deep")
    assert plot(replace(answer, options=(*answer.options, other)), ENGLISH) == plot(answer, ENGLISH)


@pytest.mark.parametrize("plot", PLOTS)
def test_an_empty_answer_gives_a_picture_that_says_so(plot: Plot, answer: Answer) -> None:
    """No option is no error."""
    picture = plot(replace(answer, options=()), ENGLISH)
    assert parsed(picture).findtext(f"{SVG}desc") == picture.says == "No option applies."


@pytest.mark.parametrize("plot", PLOTS)
def test_names_of_options_cannot_break_out_of_the_markup(plot: Plot, answer: Answer) -> None:
    """They are read back as they were written."""
    name = "<b>&</text><script>"
    root = parsed(plot(replace(answer, options=(*answer.options, replace(answer.options[1], name=name))), ENGLISH))
    assert name in [text.text for text in root.iter(f"{SVG}text")]
    assert name in (root.findtext(f"{SVG}desc") or "")
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("plot", PLOTS)
def test_colours_are_those_that_the_colour_blind_tell_apart(plot: Plot, answer: Answer) -> None:
    """Nothing is drawn in another, but for white and the pale grey of grids."""
    used = {colour.lower() for colour in re.findall(r"(?:fill|stroke): (#\w+)", plot(answer, ENGLISH).svg)}
    assert used <= {colour.lower() for colour in (*COLOURS, PALE, "#ffffff")}


def test_words_say_the_expected_deaths_of_every_option(answer: Answer) -> None:
    """Mean and interval in 100 boats, the fewest first, in the numbers of the language; the reference is named."""
    for tongue in (ENGLISH, FRENCH):
        says = options_plot(answer, tongue).says
        ordered = sorted(answer.options, key=lambda one: deaths_of(one).mean)
        told = [f"{tongue.say(one.name)} {tongue.interval(deaths_of(one), 100.0)}" for one in ordered]
        assert tongue.listed(told) in says
        assert tongue.say(answer.scenario.reference) in says.rsplit(told[-1], 1)[1]
    assert "." not in "".join(re.findall(r"\d\.\d", options_plot(answer, FRENCH).says))


def test_an_interval_stands_where_the_axis_says_and_covers_its_mean(answer: Answer) -> None:
    """Low end, sign and high end are the numbers of the answer, read off the axis."""
    root = parsed(options_plot(answer, ENGLISH))
    axis = scale(root, "x")
    for one, bar, sign in zip(answer.options, lines(root)[::2], lines(root)[1::2], strict=True):
        (low, _), (high, _) = points(bar)
        mean = float(next(sign.iter(f"{SVG}use")).get("x", ""))
        deaths = deaths_of(one)
        expected = [place_on(axis, 100.0 * value) for value in (deaths.low, deaths.mean, deaths.high)]
        assert [low, mean, high] == pytest.approx(expected, abs=0.01)
        assert low <= mean <= high


def test_the_reference_is_drawn_apart(answer: Answer) -> None:
    """A black square; all others are round and blue."""
    signs = lines(parsed(options_plot(answer, ENGLISH)))[1::2]
    for one, sign in zip(answer.options, signs, strict=True):
        shape, used = next(sign.iter(f"{SVG}path")), next(sign.iter(f"{SVG}use"))
        reference = one.name == answer.scenario.reference
        assert ("C" in shape.get("d", "")) != reference
        assert (BLACK if reference else BLUE).lower() in used.get("style", "")


def test_what_follows_from_assumption_is_said(answer: Answer) -> None:
    """Its sign is hollow, the legend says what that means, and the words name the option."""
    leave, escort = answer.options
    assert "assumption" not in options_plot(answer, ENGLISH).svg
    picture = options_plot(replace(answer, options=(leave, replace(escort, follows_from=("a.b",)))), ENGLISH)
    assert picture.says.endswith("From assumption alone follows the difference of escort.")
    sign = next(lines(parsed(picture))[3].iter(f"{SVG}use"))
    assert "fill: #ffffff" in sign.get("style", "")
    assert "its difference to the reference follows from assumption" in picture.svg


def test_words_say_the_chance_of_one_death_and_of_many(answer: Answer) -> None:
    """With their intervals, for every option shown."""
    for tongue in (ENGLISH, FRENCH):
        says = exceedance_plot(answer, tongue).says
        for one in answer.options:
            assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
            for place in (0, 9):
                curves = (one.exceedance, one.exceedance_low, one.exceedance_high)
                chance = Interval(*(float(curve[place]) for curve in curves)) if place else one.p_any_death
                assert chance is not None
                assert f"{tongue.say(one.name)} {tongue.interval(chance)}" in says


def test_a_curve_stands_where_the_axes_say_and_never_rises(answer: Answer) -> None:
    """More deaths are no likelier than fewer; the first point is the chance of any death."""
    root = parsed(exceedance_plot(answer, ENGLISH))
    axis = scale(root, "y")
    for one, curve in zip(answer.options, lines(root), strict=True):
        assert one.exceedance is not None
        assert points(curve)[0][1] == pytest.approx(place_on(axis, float(one.exceedance[0])), abs=0.01)
        assert np.all(np.diff([y for _, y in points(curve)]) >= -1e-6)  # y of an SVG runs down
        assert np.all(np.diff([x for x, _ in points(curve)]) > 0.0)


def test_every_curve_differs_from_others_by_dash_and_by_mark(answer: Answer) -> None:
    """Nine options, as many as are shipped, are told apart without their colours."""
    leave, escort = answer.options
    nine = (leave, *(replace(escort, name=f"option {number}") for number in range(8)))
    curves = lines(parsed(exceedance_plot(replace(answer, options=nine), ENGLISH)))
    styles = [next(one.iter(f"{SVG}path")).get("style", "") for one in curves]
    dashes = {re.sub(r"stroke: #\w+|stroke-width: \S+", "", style) for style in styles}
    marks = {shape.get("d") for one in curves for shape in one.iterfind(f"{SVG}defs/{SVG}path")}
    assert len(curves) == len(dashes) == len(marks) == len(nine)
