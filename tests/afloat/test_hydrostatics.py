"""How deep a loaded inflatable floats and how stiff it is."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.afloat.hydrostatics import (
    displaced_mass,
    draft,
    draft_near,
    free_surface_loss,
    heel,
    metacentric_height,
    segment_area,
    swamped_reserve,
)
from varne.hazards.crowd import sinking_share

TEXT = (Path(__file__).parents[1] / "known_answers" / "hydrostatics.csv").read_text(encoding="utf-8")
KNOWN = [
    {key: value if key == "grade" else float(value) for key, value in row.items()}
    for row in csv.DictReader(TEXT.splitlines())
]
CLOSE = 1e-5  # the tables carry six digits
CROWD_HEIGHT = 0.25
MOVE_DISTANCE = 0.9
DIAMETER = st.floats(0.35, 0.6)
LENGTH = st.floats(5.0, 13.0)
WIDTH = st.floats(0.8, 1.8)
SHARE = st.floats(0.001, 0.999)


def shape(row):
    return row["length_m"], row["tube_diameter_m"], row["inner_width_m"]


@pytest.mark.parametrize("row", KNOWN)
def test_draft_is_the_known_one(row) -> None:
    """Draft and freeboard agree with every row of the project's table."""
    length, diameter, width = shape(row)
    depth = draft(row["mass_kg"], length, diameter, width, row["floor_height_m"], 2.0, row["water_density_kg_per_m3"])
    assert depth == pytest.approx(row["draft_m"], rel=CLOSE)
    assert diameter - depth == pytest.approx(row["freeboard_m"], rel=CLOSE)


@pytest.mark.parametrize("row", KNOWN)
def test_stiffness_is_the_known_one(row) -> None:
    """Metacentric height and its loss to free water agree with every row of the project's table."""
    length, diameter, width = shape(row)
    density = row["water_density_kg_per_m3"]
    height = metacentric_height(row["mass_kg"], row["draft_m"], length, diameter, width, CROWD_HEIGHT, density)
    assert height == pytest.approx(row["metacentric_height_m"], rel=CLOSE)
    loss = free_surface_loss(row["mass_kg"], length, width, density)
    assert loss == pytest.approx(row["free_surface_loss_m"], rel=CLOSE)


@pytest.mark.parametrize("row", KNOWN)
def test_the_share_that_sinks_a_tube_is_the_known_one(row) -> None:
    """The share of the crowd that puts a tube under, dry and with free water, agrees with every row of the table."""
    length, diameter, width = shape(row)
    mass, density = row["mass_kg"], row["water_density_kg_per_m3"]
    depth = draft(mass, length, diameter, width, row["floor_height_m"], 2.0, density)
    stiffness = metacentric_height(mass, depth, length, diameter, width, CROWD_HEIGHT, density)
    wet = stiffness - free_surface_loss(mass, length, width, density)
    people_mass, beam = row["people_aboard_1"] * row["person_kg"], width + 2.0 * diameter
    for height, known in ((stiffness, "crowd_share_dry_1"), (wet, "crowd_share_bilge_water_1")):
        share = sinking_share(diameter - depth, beam, mass, height, people_mass, MOVE_DISTANCE)
        assert share == pytest.approx(row[known], rel=CLOSE)


@pytest.mark.parametrize("row", KNOWN)
def test_swamped_reserve_is_the_known_one(row) -> None:
    """The reserve of the flooded boat, people half immersed and dry, agrees with every row of the table."""
    length, diameter, _ = shape(row)
    people_mass = row["people_aboard_1"] * row["person_kg"]
    density = row["water_density_kg_per_m3"]
    for immersed, known in ((0.5, "swamped_reserve_half_immersed_1"), (0.0, "swamped_reserve_dry_people_1")):
        reserve = swamped_reserve(
            row["hull_and_fuel_kg"], row["engine_kg"], people_mass, length, diameter, 0.7, immersed, density
        )
        assert reserve == pytest.approx(row[known], rel=CLOSE)
    assert density * 2.0 * segment_area(diameter, diameter) * length == pytest.approx(
        row["tube_buoyancy_kg"], rel=CLOSE
    )


@pytest.mark.parametrize(
    ("share", "dry", "wet", "drop"), [(0.25, 8.5, 11.8, 0.16), (0.5, 16.6, 22.7, 0.33), (1.0, 30.7, 39.9, 0.65)]
)
def test_heel_is_the_known_one(share, dry, wet, drop) -> None:
    """A quarter, a half and all of 55 people who move to one side heel the reference boat by the known angles."""
    people_mass, mass, beam = 55 * 70.0, 4160.0, 2.2
    angle = heel(share, people_mass, MOVE_DISTANCE, mass, 1.40106)
    assert math.degrees(angle) == pytest.approx(dry, abs=0.06)
    assert beam / 2.0 * math.tan(angle) == pytest.approx(drop, abs=0.006)
    assert math.degrees(heel(share, people_mass, MOVE_DISTANCE, mass, 1.40106 - 0.405996)) == pytest.approx(
        wet, abs=0.06
    )


@given(share=SHARE, length=LENGTH, diameter=DIAMETER, width=WIDTH, tubes=st.sampled_from([1.0, 2.0]))
def test_draft_and_displacement_are_inverse(share, length, diameter, width, tubes) -> None:
    """The boat sinks until it displaces exactly its own mass, with both tubes or one."""
    depth = share * diameter
    mass = displaced_mass(depth, length, diameter, width, 0.03, tubes, 1025.0)
    found = draft(mass, length, diameter, width, 0.03, tubes, 1025.0)
    assert found == pytest.approx(depth, abs=1e-9)


@given(share=SHARE, guess=st.floats(-1.0, 2.0) | st.just(math.inf), tubes=st.sampled_from([1.0, 2.0]))
def test_the_draft_does_not_depend_on_the_guess(share, guess, tubes) -> None:
    """Whatever is guessed, the boat floats as deep."""
    mass = displaced_mass(share * 0.45, 9.0, 0.45, 1.3, 0.03, tubes, 1025.0)
    found = draft_near(guess, mass, 9.0, 0.45, 1.3, 0.03, tubes, 1025.0)
    assert found == pytest.approx(share * 0.45, abs=1e-9)


@pytest.mark.parametrize("depth", [0.03 + shift for shift in (-1e-5, -1e-6, -1e-8, 0.0, 1e-8, 1e-6, 1e-5)])
def test_the_draft_is_right_where_the_floor_meets_the_water(depth) -> None:
    """Where the waterline suddenly widens the draft is as right as elsewhere."""
    mass = displaced_mass(depth, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0)
    assert draft(mass, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0) == pytest.approx(depth, abs=1e-9)
    assert draft_near(0.4, mass, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0) == pytest.approx(depth, abs=1e-9)


@given(
    lighter=st.floats(10.0, 5000.0),
    more=st.floats(1.0, 5000.0),
    length=LENGTH,
    diameter=DIAMETER,
    width=WIDTH,
)
def test_more_load_never_raises_the_boat(lighter, more, length, diameter, width) -> None:
    """More load floats deeper, and one tube floats deeper than two."""
    depth = draft(lighter, length, diameter, width, 0.03, 2.0, 1025.0)
    assert draft(lighter + more, length, diameter, width, 0.03, 2.0, 1025.0) >= depth
    assert draft(lighter, length, diameter, width, 0.03, 1.0, 1025.0) >= depth


def test_a_boat_that_cannot_float_has_no_draft() -> None:
    """What is heavier than all that the boat can displace founders; nothing at all floats on top."""
    most = displaced_mass(0.45, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0)
    assert draft(most, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0) == pytest.approx(0.45, abs=1e-6)
    assert draft(most * 1.0001, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0) == math.inf
    assert draft(0.0, 9.0, 0.45, 1.3, 0.03, 2.0, 1025.0) == 0.0


def test_the_segment_is_half_the_circle_at_half_draft() -> None:
    """The wet part of a tube is nothing, half and all at the underside, the middle and the top, and never beyond."""
    whole = math.pi / 4.0 * 0.45**2
    assert segment_area(0.45, -0.1) == 0.0
    assert segment_area(0.45, 0.225) == pytest.approx(whole / 2.0)
    assert segment_area(0.45, 0.45) == pytest.approx(whole) == segment_area(0.45, 2.0)


@given(share=SHARE)
def test_segments_above_and_below_fill_the_circle(share) -> None:
    """What is wet and what is dry of a tube make the whole circle."""
    whole = math.pi / 4.0 * 0.45**2
    assert segment_area(0.45, share * 0.45) + segment_area(0.45, (1.0 - share) * 0.45) == pytest.approx(whole)


@given(height=st.floats(0.01, 5.0), share=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0))
def test_heel_grows_with_the_crowd_and_with_a_tender_boat(height, share, more) -> None:
    """More people on one side or less stiffness never lowers the heel; a boat without upright rest lies over."""
    angle = heel(share, 3850.0, MOVE_DISTANCE, 4160.0, height)
    assert heel(share + more, 3850.0, MOVE_DISTANCE, 4160.0, height) >= angle
    assert heel(share, 3850.0, MOVE_DISTANCE, 4160.0, height / 2.0) >= angle
    assert heel(share, 3850.0, MOVE_DISTANCE, 4160.0, -height) == math.pi / 2.0 >= angle
