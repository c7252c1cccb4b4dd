"""Uncorrected sweep widths of the US Coast Guard."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from varne.errors import BadInput, UnknownName
from varne.evidence import Fact
from varne.facts import sweep_widths
from varne.facts.sweep_widths import PERSON, boat_width, platforms, speed_correction, tabulated_width, targets
from varne.facts.tables import read_rows
from varne.units import FOOT, KNOT, NAUTICAL_MILE

FACTS = Path(sweep_widths.__file__).parent
VISIBILITIES = np.linspace(0.0, 40.0, 161) * NAUTICAL_MILE


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


KNOWN = rows_of(Path(__file__).parents[1] / "known_answers" / "search.csv")


def known(problem: str) -> list[dict[str, str]]:
    return [row for row in KNOWN if row["problem"] == problem]


@pytest.mark.parametrize("row", known("sweep_width_table") + known("sweep_width_interpolated"))
def test_every_published_width_comes_back(row) -> None:
    """Each known width is found again, the visibilities left out of the file and the lengths between included."""
    height = float(row["eye_height_ft"] or 0) * FOOT
    visibility = [float(row["visibility_nmi"]) * NAUTICAL_MILE]
    if row["length_ft"]:
        found = boat_width(float(row["length_ft"]) * FOOT, row["platform"], height, visibility)
    else:
        found = tabulated_width(row["target"], row["platform"], height, visibility)
    assert found[0] / NAUTICAL_MILE == pytest.approx(float(row["sweep_width_nmi"]), abs=1e-5)


@pytest.mark.parametrize("row", known("speed_correction_table"))
def test_every_published_speed_correction_comes_back(row) -> None:
    """Each known factor for the speed of an aircraft is found again."""
    found = speed_correction(row["target"], row["platform"], float(row["platform_speed_kt"]) * KNOT)
    assert found == pytest.approx(float(row["speed_correction_1"]), abs=1e-12)


def test_a_visibility_left_out_means_as_before() -> None:
    """A person in the water at 3 nmi, seen from 8 ft, has the width of 1 nmi: the row is left out, not the data."""
    series = {
        float(row["visibility_nmi"]): float(row["uncorrected_sweep_width_nmi"])
        for row in rows_of(FACTS / "sweep_width.csv")
        if (row["target"], row["platform"], row["height_ft"]) == (PERSON, "Boat", "8")
    }
    assert series == {1.0: 0.2, 5.0: 0.3}
    widths = tabulated_width(PERSON, "Boat", 8 * FOOT, np.array([1.0, 2.0, 3.0, 5.0, 30.0]) * NAUTICAL_MILE)
    assert widths / NAUTICAL_MILE == pytest.approx([0.2, 0.2, 0.2, 0.3, 0.3])


def test_a_speed_left_out_means_as_before() -> None:
    """A helicopter at 140 kn over a 33 ft boat has the factor of 120 kn, the last that the file gives."""
    assert speed_correction("Power Boat 33ft", "Helicopter", 140 * KNOT) == 0.9


def test_the_table_is_whole() -> None:
    """Every row of the file is found again at its own target, platform, height and visibility."""
    for row in rows_of(FACTS / "sweep_width.csv"):
        visibility = float(row["visibility_nmi"]) * NAUTICAL_MILE
        found = tabulated_width(row["target"], row["platform"], float(row["height_ft"]) * FOOT, visibility)
        assert float(found) / NAUTICAL_MILE == pytest.approx(float(row["uncorrected_sweep_width_nmi"]), abs=1e-9)


@pytest.mark.parametrize("platform", ["Aircraft", "Helicopter", "Boat", "Merchant ship"])
def test_better_visibility_never_narrows_the_sweep(platform) -> None:
    """For every target the width never falls as visibility rises, and is nothing in no visibility."""
    for target in targets():
        if (target, platform) in sweep_widths._widths():
            widths = tabulated_width(target, platform, 100.0, VISIBILITIES)
            assert widths[0] == 0.0
            assert np.all(np.diff(widths) >= 0)


def test_a_longer_boat_is_never_harder_to_see() -> None:
    """The width never falls with the length of the boat, and is steady where two lengths of the table meet."""
    for height in (8 * FOOT, 11 * FOOT, 14 * FOOT):
        widths = [float(boat_width(length, "Boat", height, 5 * NAUTICAL_MILE)) for length in np.arange(3.0, 26.0, 0.05)]
        assert all(longer >= shorter - 1e-9 for shorter, longer in pairwise(widths))
        for length in np.array([15.0, 20.0, 33.0, 53.0, 78.0]) * FOOT:
            shorter, longer = (
                float(boat_width(length + step, "Boat", height, 5 * NAUTICAL_MILE)) for step in (-1e-6, 1e-6)
            )
            assert shorter == pytest.approx(longer, abs=0.01)


def test_heights_between_the_table_lie_between_its_widths() -> None:
    """An eye at 11 ft sees a width halfway between those of 8 and 14 ft; beyond the table its ends hold."""
    low, middle, high, above = (
        float(tabulated_width("Power Boat 20ft", "Boat", height * FOOT, 5 * NAUTICAL_MILE))
        for height in (8, 11, 14, 50)
    )
    assert middle == pytest.approx((low + high) / 2)
    assert above == high


def test_a_swimmer_is_harder_to_see_than_a_boat() -> None:
    """From any platform a person in the water has a narrower sweep than the smallest boat of the table."""
    for platform in platforms():
        person = tabulated_width(PERSON, platform, 90.0, VISIBILITIES)
        assert np.all(person <= boat_width(1.0, platform, 90.0, VISIBILITIES))


def test_boats_have_no_speed_correction() -> None:
    """The correction for speed belongs to aircraft; a boat has none at any speed."""
    assert speed_correction(PERSON, "Boat", 20.0) == 1.0
    assert speed_correction(PERSON, "Merchant ship", 8.0) == 1.0


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: tabulated_width("Person in Watr", "Boat", 3.0, [1.0]), UnknownName, "did you mean 'Person in Water'"),
        (lambda: tabulated_width(PERSON, "Submarine", 3.0, [1.0]), UnknownName, "Platform 'Submarine'"),
        (lambda: tabulated_width(PERSON, "Boat", 3.0, [-1.0]), BadInput, "lowest given is -1.0 m"),
        (lambda: tabulated_width(PERSON, "Boat", 3.0, [float("nan")]), BadInput, "never negative"),
        (lambda: boat_width(0.0, "Boat", 3.0, [1.0]), BadInput, "longer than 0 m"),
        (lambda: boat_width(9.0, "Balloon", 3.0, [1.0]), UnknownName, "Platform 'Balloon'"),
        (lambda: speed_correction("Kayak", "Boat", 3.0), UnknownName, "Target 'Kayak'"),
    ],
)
def test_wrong_questions_are_refused_in_words(call, error, words) -> None:
    """An unknown target or an impossible number is one error that quotes it."""
    with pytest.raises(error, match=words):
        call()


def test_the_facts_of_search_are_facts() -> None:
    """Every number beside the table has a source, and every share lies between 0 and 1."""
    rows = read_rows((FACTS / "search.toml").read_text(encoding="utf-8"), "search.toml")
    for name, row in rows.items():
        fact = Fact.read(name, row)
        assert fact.unit != "1" or 0 < fact.low <= fact.high < 1
