"""Units at the border."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadFact
from varne.units import DAY, FOOT, HOUR, KNOT, MINUTE, NAUTICAL_MILE, UNITS, dimension, in_si, spelled

units = st.sampled_from(sorted(UNITS))
# The same quantity, written in two units.
SAME = [
    (1.0, "nmi", 1852.0, "m"),
    (1.0, "kn", 1.852, "km/h"),
    (1.0, "h", 60.0, "min"),
    (1.0, "1/h", 24.0, "1/day"),
    (100.0, "%", 1.0, "1"),
    (1.0, "m3", 1000.0, "L"),
    (180.0, "deg", math.pi, "rad"),
    (60.0, "L/min", 3600.0, "L/h"),
    (1.0, "people/min", 1.0, "1/min"),
    (1.0, "ft", 30.48, "cm"),
]


@pytest.mark.parametrize(("one", "unit", "other", "other_unit"), SAME)
def test_one_quantity_in_two_units_is_the_same(one, unit, other, other_unit):
    """Definitions of the International System and of the sea hold exactly."""
    assert dimension(unit) == dimension(other_unit)
    assert in_si(one, unit) == pytest.approx(in_si(other, other_unit), rel=1e-15)


@given(value=st.floats(-1e6, 1e6), factor=st.floats(-10.0, 10.0), unit=units)
def test_turning_into_si_is_linear(value, factor, unit):
    """Twice the number is twice the quantity, and nothing stays nothing; so intervals survive a change of unit."""
    assert in_si(factor * value, unit) == pytest.approx(factor * in_si(value, unit), rel=1e-12, abs=1e-300)
    assert in_si(0.0, unit) == 0.0


@given(unit=units)
def test_order_is_kept(unit):
    """No unit turns a larger number into a smaller quantity."""
    assert in_si(2.0, unit) > in_si(1.0, unit)


def test_each_dimension_has_a_unit_of_si():
    """What is measured can always be written in SI: one unit of each dimension has the factor 1."""
    for name in {what for what, _ in UNITS.values()}:
        assert name == "flow" or 1.0 in [factor for what, factor in UNITS.values() if what == name]


def test_constants_are_the_definitions():
    """Minute, hour, day, nautical mile, knot and foot as BIPM defines them."""
    assert (MINUTE, HOUR, DAY, NAUTICAL_MILE, FOOT) == (60.0, 3600.0, 86400.0, 1852.0, 0.3048)
    assert pytest.approx(0.514444444, rel=1e-9) == KNOT


@pytest.mark.parametrize("unit", ["knots", "KN", "", "1/fortnight", " m"])
def test_an_unknown_unit_is_quoted_with_those_there_are(unit):
    """A unit is never guessed."""
    for ask in (lambda: in_si(1.0, unit), lambda: dimension(unit)):
        with pytest.raises(BadFact, match="write one of") as refused:
            ask()
        assert repr(unit) in str(refused.value)


def test_every_unit_can_be_said():
    """No sign is left that is not a word, and no two units of one kind are said alike."""
    said = {unit: spelled(unit) for unit in UNITS}
    assert all(re.fullmatch(r"[A-Za-z, ]+", words) for words in said.values())
    assert len(set(said.values())) == len(said)
