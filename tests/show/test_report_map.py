"""The map of a report: places stand where the frame says, and the words say how far they are."""

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from varne.assessment import Assessment, assess
from varne.earth import Plane
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.encounter.snapshots import FATES, Snapshots, take_snapshots
from varne.facts.tables import shipped_facts
from varne.show.answer import Answer, Evidence, OptionAnswer
from varne.show.language import language
from varne.show.report_map import map_plot
from varne.show.report_picture import Picture
from varne.units import HOUR, NAUTICAL_MILE

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = language("en")
PEOPLE, MEMBERS = 55, 20
PLACES = ["51 03.0N 001 38.0E", "50 44.0N 000 08.0E", "51 42.0N 002 33.0E"]


@pytest.fixture(scope="module")
def asked(question: Scenario) -> Assessment:
    short = Scenario.of({**question.as_written(), "horizon": 6})
    return assess(short, members=(8, 2), options=["leave", "escort"])


@pytest.fixture(scope="module")
def taken(asked: Assessment) -> Snapshots:
    return take_snapshots(asked.setting, [HOUR, 2 * HOUR, 4 * HOUR], draws=8, replicates=2)


def by_hand(place: str, miles: tuple[float, ...]) -> tuple[Snapshots, Setting, Answer]:
    """One option, under which half the boats are so many miles north-east at each hour; the others are empty."""
    question = Scenario.of({"position": place, "time": 0, "people": PEOPLE, "length": 9})
    setting = lay_out(question, shipped_facts(), (), (2, 1), 1)
    plane = Plane(setting.place.latitude, setting.place.longitude)
    away = np.broadcast_to(NAUTICAL_MILE * np.array(miles)[:, None, None], (len(miles), 1, MEMBERS)) / math.sqrt(2.0)
    afloat = np.where(np.arange(MEMBERS) % 2 == 0, float(PEOPLE), 0.0) * np.ones((len(miles), 1, 1))
    people = np.zeros((len(miles), 1, len(FATES)))
    people[..., FATES.index("aboard_boat")] = PEOPLE
    north, east = away / plane.metres_per_degree_north, away / plane.metres_per_degree_east
    moments, never = HOUR * np.arange(1.0, len(miles) + 1.0), np.full((1, 3), np.inf)
    snapshots = Snapshots(moments, plane.latitude + north, plane.longitude + east, afloat, people, never)
    return snapshots, setting, Answer(question, (option("leave"),), 2, 1, Evidence({}, (), {}), {})


def option(name: str, why_not: str = "") -> OptionAnswer:
    return OptionAnswer(name, "says", "assumed", why_not)


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def groups(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter(f"{SVG}g") if re.search(rf"-{kind}_\d+$", one.get("id", ""))]


def texts(root: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def ticks(axes: ElementTree.Element, side: str) -> dict[float, float]:
    """Where minutes of longitude or latitude stand."""
    found = {}
    for tick in groups(axes, f"{side}tick"):
        (words,) = texts(tick)
        degrees, minutes = (int(number) for number in re.findall(r"\d+", words))
        sign = -1.0 if words[-1] in "SW" else 1.0
        found[sign * (60.0 * degrees + minutes)] = float(next(tick.iter(f"{SVG}use")).get(side, ""))
    return found


def a_minute(axes: ElementTree.Element) -> float:
    """How long a minute of latitude is."""
    (low, first), *_, (high, last) = sorted(ticks(axes, "y").items())
    return (first - last) / (high - low)


def test_the_same_paths_give_the_same_picture(asked: Assessment, taken: Snapshots) -> None:
    """Drawn twice, it is the same, byte for byte, its dots too."""
    one, other = (map_plot(taken, asked.setting, asked.answer, ENGLISH) for _ in range(2))
    assert one == other
    assert "data:image/png;base64," in one.svg


def test_words_name_every_option_and_the_first_and_last_moment(asked: Assessment, taken: Snapshots) -> None:
    """Each has its own small map, and stands in the words at both moments."""
    picture = map_plot(taken, asked.setting, asked.answer, ENGLISH)
    for one in asked.answer.options:
        assert one.name in texts(parsed(picture))
        assert len(re.findall(rf"\b{one.name} \d+\xa0%", picture.says)) == 2
    assert [f"After {time} the" in picture.says for time in ("1 h 00", "2 h 00", "4 h 00")] == [True, False, True]


@pytest.mark.parametrize("place", PLACES)
def test_a_nautical_mile_is_as_long_east_as_north(place: str) -> None:
    """The bar of so many miles, which lies east and west, is as long as so many minutes of latitude."""
    (axes,) = groups(parsed(map_plot(*by_hand(place, (-4.0, -12.0)), ENGLISH)), "axes")
    (miles,) = (float(words.removesuffix(" nmi")) for words in texts(axes) if words.endswith("nmi"))
    (bar,) = (one.get("d", "") for one in axes.iter(f"{SVG}path") if "stroke-width: 2;" in one.get("style", "") + ";")
    left, right = (float(x) for x in re.findall(r"[ML] (\S+) ", bar))
    assert right - left == pytest.approx(miles * a_minute(axes), rel=2e-3)


@pytest.mark.parametrize("place", PLACES)
def test_the_boat_stands_where_the_frame_says(place: str) -> None:
    """Its star is at its position, a minute of longitude being as short as its latitude makes it."""
    snapshots, setting, answer = by_hand(place, (-4.0, -12.0))
    (axes,) = groups(parsed(map_plot(snapshots, setting, answer, ENGLISH)), "axes")
    latitude, longitude = answer.scenario.position
    (star,) = (one for one in axes.iter(f"{SVG}use") if "fill: #d55e00" in one.get("style", ""))
    east, north = (float(star.get(side, "")) for side in "xy")
    minute = a_minute(axes)
    for value, y in ticks(axes, "y").items():
        assert y - north == pytest.approx((60.0 * latitude - value) * minute, abs=0.01)
    for value, x in ticks(axes, "x").items():
        assert east - x == pytest.approx(
            (60.0 * longitude - value) * minute * math.cos(math.radians(latitude)), abs=0.1
        )


def test_words_say_the_share_with_people_aboard_and_how_far_they_are() -> None:
    """Boats that are empty count in the share alone; numbers are those of the language."""
    drawn = by_hand(PLACES[0], (2.5, 7.5))
    assert "leave 50\xa0%, 2.5 nmi" in map_plot(*drawn, ENGLISH).says
    assert "leave 50\xa0%, 7.5 nmi" in map_plot(*drawn, ENGLISH).says
    assert re.findall(r"\d[.,]\d", map_plot(*drawn, language("fr")).says) == ["2,5", "7,5"]


def test_moments_are_told_apart_by_mark_and_by_shade() -> None:
    """At most five are drawn, each in the legend, each darker than the one before."""
    root = parsed(map_plot(*by_hand(PLACES[0], tuple(range(1, 17))), ENGLISH))
    (legend,) = groups(root, "legend")
    assert texts(legend) == ["where it is now", *(f"after {hours} h 00" for hours in (1, 2, 4, 8, 16))]
    signs = list(legend.iter(f"{SVG}use"))
    assert len({one.get("d") for one in legend.iterfind(f".//{SVG}defs/{SVG}path")}) == len(signs)
    fills = re.findall(r"fill: #(\w+)", " ".join(one.get("style", "") for one in signs))[1:]
    light = [sum(w * int(fill[i : i + 2], 16) for w, i in ((0.21, 0), (0.72, 2), (0.07, 4))) for fill in fills]
    assert len(light) == 5
    assert np.all(np.diff(light) < 0.0)


def test_only_moments_with_people_aboard_are_drawn() -> None:
    """Once all but a few in a hundred have left the boat, where it drifts is no longer of interest."""
    snapshots, setting, answer = by_hand(PLACES[0], (1.0, 2.0, 3.0))
    emptied = replace(snapshots, afloat=snapshots.afloat * np.array([1.0, 1.0, 0.01])[:, None, None])
    words = texts(parsed(map_plot(emptied, setting, answer, ENGLISH)))
    assert ["after 2 h 00" in words, "after 3 h 00" in words] == [True, False]


def test_a_map_shows_every_place_it_speaks_of() -> None:
    """The star and the middle of every moment lie in the frame, also far north-east; no map is very high."""
    for miles in ((0.0, 0.1), (20.0, 40.0)):
        (axes,) = groups(parsed(map_plot(*by_hand(PLACES[1], miles), ENGLISH)), "axes")
        frame = next(groups(axes, "patch")[0].iter(f"{SVG}path")).get("d", "")
        corners = np.array([[float(x), float(y)] for x, y in re.findall(r"[ML] (\S+) (\S+)", frame)])
        (west, top), (east, bottom) = corners.min(axis=0), corners.max(axis=0)
        signs = [one for one in axes.iter(f"{SVG}use") if "stroke: #ffffff" in one.get("style", "")]
        assert len(signs) == 1 + len(miles)
        for one in signs:
            assert west < float(one.get("x", "")) < east
            assert top < float(one.get("y", "")) < bottom
        assert (bottom - top) / (east - west) < 1.41


def test_an_option_that_does_not_apply_has_no_map(asked: Assessment, taken: Snapshots) -> None:
    """The others are drawn as they would be without it, wherever it stands."""
    others = (option("shallow", "too deep"), *asked.answer.options)
    with_it = map_plot(taken, asked.setting, replace(asked.answer, options=others), ENGLISH)
    assert with_it == map_plot(taken, asked.setting, asked.answer, ENGLISH)


def test_an_empty_answer_gives_a_picture_that_says_so() -> None:
    """No option is no error."""
    snapshots, setting, answer = by_hand(PLACES[0], (1.0,))
    gone = {name: getattr(snapshots, name)[:, :0] for name in ("latitude", "longitude", "afloat", "people")}
    none = replace(snapshots, met=snapshots.met[:0], **gone)
    picture = map_plot(none, setting, replace(answer, options=()), ENGLISH)
    assert parsed(picture).findtext(f"{SVG}desc") == picture.says == "No option applies."


def test_names_of_options_cannot_break_out_of_the_markup() -> None:
    """They are read back as they were written."""
    snapshots, setting, answer = by_hand(PLACES[0], (1.0,))
    picture = map_plot(snapshots, setting, replace(answer, options=(option("<b>&</text><script>"),)), ENGLISH)
    assert "<b>&</text><script>" in texts(parsed(picture))
    assert "<b>&</text><script>" in (parsed(picture).findtext(f"{SVG}desc") or "")
