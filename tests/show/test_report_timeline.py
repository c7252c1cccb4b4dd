"""The time line of a report: everyone is somewhere at every moment, and a responder comes when it is said to."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from varne.assessment import Assessment, assess
from varne.encounter.scenario import Scenario
from varne.encounter.snapshots import FATES, Snapshots, take_snapshots
from varne.show.answer import Answer, Evidence, OptionAnswer
from varne.show.language import language
from varne.show.report_picture import COLOURS, PALE, Picture
from varne.show.report_timeline import timeline_plot
from varne.units import HOUR

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = language("en")
PEOPLE = 70
NEVER = float("inf")
PLACES = (
    "ashore in Britain", "ashore in France", "ashore elsewhere", "aboard the boat", "aboard a responder",
    "in the water", "dead",
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(question: Scenario) -> Assessment:
    short = Scenario.of({**question.as_written(), "horizon": 6})
    return assess(short, members=(8, 2), options=["leave", "escort"])


@pytest.fixture(scope="module")
def taken(asked: Assessment) -> Snapshots:
    return take_snapshots(asked.setting, HOUR * np.arange(7.0), draws=8, replicates=2)


def by_hand(met: tuple[float, float, float] = (NEVER, NEVER, NEVER), hours: int = 4) -> tuple[Snapshots, Answer]:
    """One option: all are aboard the boat, and in the end ten in every place; met in hours."""
    share = np.linspace(0.0, 1.0, hours + 1)[:, None, None]
    aboard = np.where(np.array(FATES) == "aboard_boat", float(PEOPLE), 0.0)
    people = (1.0 - share) * aboard + share * PEOPLE / len(FATES)
    moments, nowhere = HOUR * np.arange(hours + 1.0), np.zeros((hours + 1, 1, 1))
    ends = dict.fromkeys(FATES, PEOPLE / len(FATES))
    question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": PEOPLE, "length": 9})
    answer = Answer(
        question, (OptionAnswer("leave", "says", "assumed", "", people=ends),), 2, 1, Evidence({}, (), {}), {}
    )
    return Snapshots(moments, nowhere, nowhere, nowhere, people, HOUR * np.array([met])), answer


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def groups(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter(f"{SVG}g") if re.search(rf"-{kind}_\d+$", one.get("id", ""))]


def texts(root: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def scale(axes: ElementTree.Element, side: str) -> tuple[float, float]:
    """Where nothing stands, and how long one is: an hour, or a person."""
    ticks = groups(axes, f"{side}tick")
    places = {float(texts(tick)[0]): float(next(tick.iter(f"{SVG}use")).get(side, "")) for tick in ticks}
    return places[0.0], (places[max(places)] - places[0.0]) / max(places)


def bands(axes: ElementTree.Element) -> list[dict[float, tuple[float, float]]]:
    """Lower and upper end of every band at each moment, in the order drawn."""
    found = []
    for band in groups(axes, "FillBetweenPolyCollection"):
        ends: dict[float, list[float]] = {}
        down = sum(float(use.get("y", "")) for use in band.iter(f"{SVG}use"))
        for x, y in re.findall(r"[ML] (\S+) (\S+)", next(band.iter(f"{SVG}path")).get("d", "")):
            ends.setdefault(float(x), []).append(float(y) + down)
        found.append({x: (max(ys), min(ys)) for x, ys in ends.items()})
    return found


def arrival(axes: ElementTree.Element) -> tuple[list[float], list[float]]:
    """Hours at the ends of the line of an arrival, and at its signs."""
    zero, hour = scale(axes, "x")
    drawn = [one for one in axes.findall(f"{SVG}g") if "-line2d_" in one.get("id", "")]
    paths = [path.get("d", "") for one in drawn for path in one.findall(f"{SVG}path")]
    ends = [float(x) for path in paths for x in re.findall(r"[ML] (\S+) ", path)]
    signs = [float(use.get("x", "")) for one in drawn for use in one.iter(f"{SVG}use")]
    return [(x - zero) / hour for x in ends], [(x - zero) / hour for x in signs]


def test_the_same_voyages_give_the_same_picture(asked: Assessment, taken: Snapshots) -> None:
    """Drawn twice, it is the same, byte for byte."""
    assert timeline_plot(taken, asked.answer, ENGLISH) == timeline_plot(taken, asked.answer, ENGLISH)


def test_everyone_is_somewhere_at_each_moment(asked: Assessment, taken: Snapshots) -> None:
    """Bands lie on each other without gap or overlap, from nobody up to all who are aboard."""
    panels = groups(parsed(timeline_plot(taken, asked.answer, ENGLISH)), "axes")
    zero, person = scale(panels[0], "y")
    assert len(panels) == len(asked.answer.options)
    for axes in panels:
        drawn = bands(axes)
        for x in drawn[0]:
            ends = [band[x] for band in drawn]
            shares = [(upper - lower) / (person * asked.scenario.people) for lower, upper in ends]
            assert sum(shares) == pytest.approx(1.0, abs=1e-4)
            assert min(shares) >= 0.0
            assert ends[0][0] == pytest.approx(zero, abs=1e-3)
            assert [lower for lower, _ in ends[1:]] == pytest.approx([upper for _, upper in ends[:-1]], abs=1e-3)


def test_words_say_where_people_are_in_the_end(asked: Assessment, taken: Snapshots) -> None:
    """Of every option, as all members have it, in the numbers of the language; deaths stand above its panel too."""
    for tongue in (ENGLISH, language("fr")):
        picture = timeline_plot(taken, asked.answer, tongue)
        for place, one in enumerate(asked.answer.options):
            assert one.people is not None
            dead = tongue.number(one.people["dead"])
            assert f"{dead} {tongue.say('dead')}" in picture.says
            assert tongue.say("{dead} dead", dead=dead) in texts(parsed(picture))
            assert picture.says.count(f"{tongue.say(one.name)}") >= 2
            assert tongue.minutes(float(taken.met[place, 1])) in picture.says


def test_words_name_every_place_where_someone_is() -> None:
    """Seven places, ten people in each."""
    says = timeline_plot(*by_hand(), ENGLISH).says
    assert says.startswith("Expected people after 4 h 00, by where they are: leave: ")
    assert all(f"10 {place}" in says for place in PLACES)
    assert "The first responder comes after, median and 90 % range: leave never (never to never)." in says


def test_every_band_is_told_from_others_without_its_colour() -> None:
    """By its hatch, or where it has none, by how light it is."""
    (legend,) = groups(parsed(timeline_plot(*by_hand(), ENGLISH)), "legend")
    fills = [re.search(r"fill: ([^;]+)", patch[0].get("style", "")) for patch in groups(legend, "patch")]
    looks = [found[1] if found else "#000000" for found in fills]  # black is how an SVG begins
    assert set(texts(legend)) == set(PLACES)
    assert len(looks) == len(set(looks)) == len(PLACES)
    plain = [look for look in looks if look.startswith("#")]
    light = sorted(sum(w * int(one[i : i + 2], 16) for w, i in ((0.21, 1), (0.72, 3), (0.07, 5))) for one in plain)
    assert len(plain) == 3
    assert min(np.diff(light)) > 40.0


def test_a_responder_comes_when_it_is_said_to() -> None:
    """A line from the 5 % to the 95 % quantile on the axis of hours, and a sign at the median."""
    picture = timeline_plot(*by_hand((1.0, 1.5, 3.0)), ENGLISH)
    (axes,) = groups(parsed(picture), "axes")
    ends, signs = arrival(axes)
    assert ends == pytest.approx([1.0, 3.0], abs=1e-3)
    assert signs == pytest.approx([1.5], abs=1e-3)
    assert "leave 1 h 30 (1 h 00 to 3 h 00)" in picture.says
    assert "first responder comes" in texts(parsed(picture))


def test_an_arrival_beyond_the_picture_goes_on_with_an_arrow() -> None:
    """It is not taken to end where the picture does; one that never comes is not drawn, nor in the legend."""
    (axes,) = groups(parsed(timeline_plot(*by_hand((1.0, 2.0, NEVER)), ENGLISH)), "axes")
    ends, signs = arrival(axes)
    assert (*ends, *sorted(signs)) == pytest.approx((1.0, 4.0, 2.0, 4.0), abs=1e-3)
    root = parsed(timeline_plot(*by_hand(), ENGLISH))
    assert arrival(groups(root, "axes")[0]) == ([], [])
    assert "first responder comes" not in texts(root)


def test_a_time_line_ends_once_hardly_anyone_changes_place() -> None:
    """What would be the same from there on is not drawn; the words still speak of the end."""
    snapshots, answer = by_hand()
    people = np.concatenate((snapshots.people, np.repeat(snapshots.people[-1:], 8, axis=0)))
    longer = replace(snapshots, moments=HOUR * np.arange(13.0), people=people)
    short, long = (timeline_plot(one, answer, ENGLISH) for one in (snapshots, longer))
    assert long.svg.split("</desc>")[1] == short.svg.split("</desc>")[1]
    assert long.says.startswith("Expected people after 12 h 00")


def test_an_option_that_does_not_apply_is_not_drawn(asked: Assessment, taken: Snapshots) -> None:
    """The others are drawn as they would be without it, wherever it stands."""
    others = (OptionAnswer("shallow", "Wait.", "assumed", "too deep"), *asked.answer.options)
    with_it = timeline_plot(taken, replace(asked.answer, options=others), ENGLISH)
    assert with_it == timeline_plot(taken, asked.answer, ENGLISH)


def test_an_empty_answer_gives_a_picture_that_says_so() -> None:
    """No option is no error."""
    snapshots, answer = by_hand()
    none = replace(snapshots, people=snapshots.people[:, :0], met=snapshots.met[:0])
    picture = timeline_plot(none, replace(answer, options=()), ENGLISH)
    assert parsed(picture).findtext(f"{SVG}desc") == picture.says == "No option applies."


def test_markup_in_a_name_is_words_and_colours_are_safe() -> None:
    """A name is read back as it was written; nothing is drawn in a colour that the colour-blind confuse."""
    snapshots, answer = by_hand()
    name = "<b>&</text><script>"
    picture = timeline_plot(snapshots, replace(answer, options=(replace(answer.options[0], name=name),)), ENGLISH)
    assert name in texts(parsed(picture))
    used = {colour.lower() for colour in re.findall(r"(?:fill|stroke): (#\w+)", picture.svg)}
    assert used <= {colour.lower() for colour in (*COLOURS, PALE, "#ffffff")}
