"""The picture of what drives an outcome: bars as long as their shares, told again in words."""

import re
from xml.etree import ElementTree

import pytest

from varne.compare.sensitivity import RANKS, VALUES, Driver, Drives
from varne.encounter.outcome import Interval
from varne.show.language import language
from varne.show.report_drivers import drivers_plot
from varne.show.report_picture import COLOURS, PALE, Picture

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = language("en")


def driver(name: str, alone: float, together: float, error: float = 0.05) -> Driver:
    shares = [Interval(share, share - error, share + error) for share in (alone, together)]
    return Driver(name, *shares)


SUBJECTS = (driver("boat", 0.3, 0.6), driver("effects", 0.1, 0.25), driver("sea", 0.05, 0.1))
FACTS = (driver("boat.condition", 0.3, 0.5), driver("boat.speed", 0.0, 0.06))
DRIVES = Drives("deaths", "leave", "escort", RANKS, SUBJECTS, FACTS, 0.0, 0.05)
OTHERS = [
    Drives("deaths", "monitor", "escort", RANKS, SUBJECTS, FACTS, 0.0, 0.05),
    Drives("deaths", "leave", "escort", VALUES, SUBJECTS, FACTS, 0.4, 0.05),
    Drives("deaths", "leave", None, RANKS, SUBJECTS, FACTS, 0.0, 0.05),
    Drives("p_any_death", "leave", "escort", RANKS, SUBJECTS, FACTS, 0.0, 0.05),
]


def drives(subjects: tuple[Driver, ...], facts: tuple[Driver, ...] = ()) -> Drives:
    return Drives("deaths", "leave", "escort", RANKS, subjects, facts, 0.0, 0.05)


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def texts(picture: Picture) -> list[str]:
    return [one.text or "" for one in parsed(picture).iter(f"{SVG}text")]


def groups(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter(f"{SVG}g") if re.search(rf"-{kind}_\d+$", one.get("id", ""))]


def ends(group: ElementTree.Element) -> tuple[float, float]:
    path = group.find(f"{SVG}path")
    assert path is not None
    across = [float(x) for x in re.findall(r"[ML] (\S+) ", path.get("d", ""))]
    return min(across), max(across)


def bars(axes: ElementTree.Element) -> list[tuple[float, float]]:
    """Left and right end of each bar: the total of a driver, then its first-order part, and so on."""
    found = [one for one in axes.findall(f"{SVG}g") if "-patch_" in one.get("id", "")]
    return [ends(one) for one in found if "stroke: #0072b2" in (one[0].get("style") or "")]


def errors(axes: ElementTree.Element) -> list[tuple[float, float]]:
    return [ends(one) for one in axes.findall(f"{SVG}g") if "-line2d_" in one.get("id", "")]


def test_the_same_drivers_give_the_same_picture() -> None:
    """Drawn twice, it is the same, byte for byte."""
    assert drivers_plot(DRIVES, ENGLISH) == drivers_plot(DRIVES, ENGLISH)


def test_pictures_of_several_quantities_stand_on_one_page() -> None:
    """No name of one picture stands in another, whether outcome, option, reference or scale differs."""
    named = [set(re.findall(r'\bid="([^"]*)"', drivers_plot(one, ENGLISH).svg)) for one in (DRIVES, *OTHERS)]
    assert len(set.union(*named)) == sum(map(len, named))


def test_bars_are_as_long_as_their_shares() -> None:
    """Every bar begins at nothing; a total is in proportion to its share, and its first-order part lies inside."""
    panels = groups(parsed(drivers_plot(DRIVES, ENGLISH)), "axes")
    first, last = bars(panels[0])[0]
    unit = (last - first) / SUBJECTS[0].together.mean
    for axes, kind in zip(panels, (SUBJECTS, FACTS), strict=True):
        drawn = bars(axes)
        assert len({left for left, _ in drawn}) == 1
        lengths = [(right - left) / unit for left, right in drawn]
        assert lengths[::2] == pytest.approx([one.together.mean for one in kind], abs=1e-4)
        assert lengths[1::2] == pytest.approx([one.alone.mean for one in kind], abs=1e-4)
        assert all(part <= whole for whole, part in zip(lengths[::2], lengths[1::2], strict=True))


def test_the_error_of_an_estimate_covers_the_end_of_its_bar() -> None:
    """Its line runs from the low to the high end of the 90 % error of the total."""
    for axes in groups(parsed(drivers_plot(DRIVES, ENGLISH)), "axes"):
        totals = bars(axes)[::2]
        assert len(errors(axes)) == len(totals)
        for (low, high), (_, end) in zip(errors(axes), totals, strict=True):
            assert low <= end <= high
            assert (low + high) / 2.0 == pytest.approx(end, abs=0.01)


def test_a_first_order_part_is_never_drawn_longer_than_its_total() -> None:
    """An estimate can be, by its error; a part of a bar is not."""
    (axes,) = groups(parsed(drivers_plot(drives((driver("boat", 0.7, 0.6),)), ENGLISH)), "axes")
    whole, part = bars(axes)
    assert part == whole


def test_a_part_is_told_from_its_total_without_colour() -> None:
    """It is hatched, in the bars and in the legend."""
    root = parsed(drivers_plot(DRIVES, ENGLISH))
    filled = [one.get("style", "") for one in root.iter(f"{SVG}path") if "stroke: #0072b2" in one.get("style", "")]
    hatched = [style for style in filled if "url(#" in style]
    assert len(hatched) == len(SUBJECTS) + len(FACTS)
    (legend,) = groups(root, "legend")
    assert sum("url(#" in one.get("style", "") for one in legend.iter(f"{SVG}path")) == 1


def test_words_say_what_the_bars_say() -> None:
    """Subjects before facts, each with its total, its error and its first-order part."""
    says = drivers_plot(DRIVES, ENGLISH).says
    assert says == (
        "Subjects, the largest share first: boat 60_% (55_% to 65_%), alone 30_%; effects 25_% (20_% to 30_%), alone "
        "10_%; sea 10_% (5_% to 15_%), alone 5_%. Single numbers, of 2 looked at, the largest share first: "
        "boat.condition 50_% (45_% to "
        "55_%), alone 30_%; boat.speed 6_% (1_% to 11_%), alone 0_%.".replace("_%", "\xa0%")
    )
    assert parsed(drivers_plot(DRIVES, ENGLISH)).findtext(f"{SVG}desc") == says


def test_the_title_says_which_outcome_of_which_options() -> None:
    """The difference to a reference is not taken for the outcome itself."""
    titles = [drivers_plot(one, ENGLISH).title for one in (DRIVES, *OTHERS)]
    assert titles[0] == "What drives the difference in expected deaths between leave and escort"
    assert titles[3] == "What drives expected deaths under leave"
    assert titles[4] == "What drives the difference in the chance of any death between leave and escort"


def test_the_axis_says_on_which_scale_shares_are() -> None:
    """A share of the variance of ranks is not one of the variance."""
    by_ranks, by_values = (texts(drivers_plot(one, ENGLISH)) for one in (DRIVES, OTHERS[1]))
    assert "share of the variance of ranks" in by_ranks
    assert "share of the variance" in by_values
    assert "share of the variance of ranks" not in by_values


def test_only_the_largest_are_drawn() -> None:
    """Seven bars can be read; the rest is left to the files."""
    many = tuple(driver(f"subject {place}", 0.01, 0.2 - 0.01 * place) for place in range(12))
    (axes,) = groups(parsed(drivers_plot(drives(many), ENGLISH)), "axes")
    assert len(bars(axes)) == 2 * 7
    shown = [one for one in texts(drivers_plot(drives(many), ENGLISH)) if one.startswith("subject")]
    assert shown == [f"subject {place}" for place in range(7)]


def test_a_long_name_is_cut_in_the_picture_only() -> None:
    """The words have all of it; what is cut is marked."""
    name = "how often a crowd of people shifts when a patrol boat comes near to it in the dark"
    picture = drivers_plot(DRIVES, ENGLISH, {"boat.condition": name})
    assert name in picture.says
    (short,) = (one for one in texts(picture) if one.endswith("…"))
    assert name.startswith(short[:-1])
    assert len(short) <= 52
    assert "boat.condition" not in picture.says


def test_words_of_facts_cannot_break_out_of_the_markup() -> None:
    """They are read back as they were written."""
    picture = drivers_plot(DRIVES, ENGLISH, {"boat.speed": "<b>&</text><script>"})
    assert "<b>&</text><script>" in texts(picture)
    assert not list(parsed(picture).iter(f"{SVG}script"))


def test_next_to_nothing_is_not_nothing() -> None:
    """A share that would be rounded to nothing is said to be small."""
    assert "<1\xa0% (" in drivers_plot(drives((driver("boat", 0.0, 0.004, 0.001),)), ENGLISH).says


@pytest.mark.parametrize("code", ["en", "fr"])
def test_no_driver_gives_a_picture_that_says_so(code: str) -> None:
    """Where nothing moves an outcome beyond luck there is a sentence, in the picture and for it."""
    picture = drivers_plot(drives(()), language(code))
    assert " ".join(texts(picture)) == picture.says
    assert picture.says == language(code).say("Nothing that is not known moves it by more than luck does.")


def test_colours_are_those_that_the_colour_blind_tell_apart() -> None:
    """Nothing is drawn in another, but for white and the pale grey of grids."""
    used = {one.lower() for one in re.findall(r"(?:fill|stroke): (#\w+)", drivers_plot(DRIVES, ENGLISH).svg)}
    assert used <= {colour.lower() for colour in (*COLOURS, PALE, "#ffffff")}
