"""Quantities as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.earth import DEGREE
from varne.encounter.quantities import POINTS, quantity, waves, wind, within, write_wind
from varne.errors import BadScenario
from varne.facts.limits import limits
from varne.units import FOOT, KNOT, in_si


@given(metres=st.floats(3.0, 20.0))
def test_a_length_is_the_same_in_every_unit(metres):
    """Bare, in metres, centimetres and feet, with and without a space."""
    for text in (metres, f"{metres:.9f} m", f"{100 * metres:.9f}cm", f"  {metres / FOOT:.9f} ft "):
        try:
            assert quantity("length", text, "m") == pytest.approx(metres, rel=1e-8)
        except BadScenario:  # the rounding of the text may step over the limit
            assert min(metres - 3.0, 20.0 - metres) < 1e-6


@given(celsius=st.integers(-1, 26))
def test_a_temperature_is_written_in_three_ways(celsius):
    """Degrees Celsius only; another scale is refused."""
    for text in (celsius, f"{celsius} degC", f"{celsius} C", f"{celsius}°C"):
        assert quantity("water", text, "degC") == celsius
    with pytest.raises(BadScenario, match="write it in degC"):
        quantity("water", f"{celsius} F", "degC")


@given(speed=st.floats(0.0, 64.0), blows_from=st.floats(0.0, 359.9))
def test_a_wind_survives_being_written_and_read(speed, blows_from):
    """Round trip to the six digits that are written."""
    found = wind(write_wind(speed * KNOT, blows_from * DEGREE))
    assert found[0] == pytest.approx(speed * KNOT, rel=1e-5, abs=1e-9)
    turned = (found[1] - blows_from * DEGREE + math.pi) % (2.0 * math.pi) - math.pi
    assert turned == pytest.approx(0.0, abs=1e-5)


@pytest.mark.parametrize("index", range(16))
def test_sixteen_points_of_the_compass(index):
    """Each point is 22.5 degrees from the one before, in either case; 360 degrees is north."""
    for text in (f"{POINTS[index]} 10 kn", f"{POINTS[index].lower()} 10kn", f"{22.5 * index} 10 kn"):
        assert wind(text) == pytest.approx((10 * KNOT, 22.5 * index * DEGREE))
    assert wind("360 10 kn") == wind("N 10 kn")


@given(height=st.floats(0.0, 12.0), period=st.floats(1.0, 25.0))
def test_waves_with_and_without_a_period(height, period):
    """A height alone, a height with its unit, a height with a period; separators as people put them."""
    assert waves(height)[0] == pytest.approx(height, abs=0.0)
    assert waves(f"{height:.4f} m")[1] is None
    for between in (" ", ", ", "/"):
        found = waves(f"{height:.4f} m{between}{period:.4f} s")
        assert found == pytest.approx((height, period), abs=1e-4)


@pytest.mark.parametrize("field", sorted(limits()))
def test_the_limits_are_kept_and_said(field):
    """Beyond a limit the value is quoted and the limits are said."""
    limit = limits()[field]
    for amount in (limit.low - 1.0, limit.high + 1.0, math.nan, math.inf, -math.inf):
        with pytest.raises(BadScenario, match=f"{field} is 'x'; write a value from {limit.low} to {limit.high}"):
            within(field, in_si(amount, limit.unit), "x")


@given(text=st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    """Nothing but a refusal of ours comes out of any text."""
    for read in (lambda: quantity("length", text, "m"), lambda: wind(text), lambda: waves(text)):
        try:
            read()
        except BadScenario as refused:
            assert repr(text) in str(refused)
