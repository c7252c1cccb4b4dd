"""Positions on the Earth: reading them, distance, and the local plane."""

import math

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from varne.earth import Plane, distance, format_position, parse_position
from varne.errors import BadPosition

latitudes, longitudes = st.floats(49.0, 53.0), st.floats(-2.5, 4.5)


@given(latitude=st.floats(-90.0, 90.0), longitude=st.floats(-180.0, 180.0))
def test_writing_and_reading_is_a_round_trip(latitude, longitude):
    """A position survives being written, to the tenth of a minute that is written."""
    found = parse_position(format_position(latitude, longitude))
    assert found == pytest.approx((latitude, longitude), abs=0.05 / 60 + 1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "51 03.0N 001 38.0E", "51°03.0'N 001°38.0'E", "51 03 00N 1 38 00E", "51.05N, 1.633333333E",
        "51.05 1.633333333", "51.05, 1.633333333", "51 03N / 1 38E", "51 3.0n 1 38.0e", "  51 03.0N 001 38.0E  ",
    ],
)  # fmt: skip
def test_seafarers_and_charts_write_it_in_many_ways(text):
    """All ways to write one position are one position."""
    assert parse_position(text) == pytest.approx((51.05, 1.6333333), abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "Dover", "51 60.0N 001 38.0E", "91N 1E", "51N 181E", "51 03.0N", "1 38E 51 03N", "nan, nan", "51.05"]
)
def test_what_is_no_position_is_quoted(text):
    """One sentence, with examples of what to write."""
    with pytest.raises(BadPosition, match="write it as 51 03") as refused:
        parse_position(text)
    assert repr(text) in str(refused.value)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_that_of_the_ellipsoid_within_half_a_per_cent(latitude_1, longitude_1, latitude_2, longitude_2):
    """Against Karney's geodesics on WGS 84; symmetric."""
    found = distance(latitude_1, longitude_1, latitude_2, longitude_2)
    truth = Geodesic.WGS84.Inverse(latitude_1, longitude_1, latitude_2, longitude_2)["s12"]
    assert found == pytest.approx(truth, rel=5e-3, abs=0.1)
    assert found == pytest.approx(distance(latitude_2, longitude_2, latitude_1, longitude_1), rel=1e-9, abs=1e-6)


@given(latitude=latitudes, longitude=longitudes, x=st.floats(-60e3, 60e3), y=st.floats(-60e3, 60e3))
def test_the_plane_is_a_round_trip_and_keeps_distances(latitude, longitude, x, y):
    """Onto the plane and back is the same place; within 60 km distances from its point hold to 1 %."""
    plane = Plane(latitude, longitude)
    there = plane.to_earth(x, y)
    assert plane.to_plane(*there) == pytest.approx((x, y), abs=1e-5)
    assert math.hypot(x, y) == pytest.approx(distance(latitude, longitude, *there), rel=1e-2, abs=1e-3)
