"""Numbers as people read them."""

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from varne.encounter.outcome import Interval
from varne.encounter.records import CAUSES
from varne.season.levels import NEUTRAL
from varne.show.words import CAUSE_WORDS, LEVER_WORDS, spoken, spoken_interval, spoken_minutes


@given(st.floats(1e-4, 1e9))
def test_a_spoken_number_is_near_and_has_no_exponent(value):
    """What is shown is within 5 % of the number and never in powers of ten."""
    shown = spoken(value)
    assert "e" not in shown
    assert math.isclose(float(shown.replace(",", "")), value, rel_tol=0.051)
    assert spoken(-value) == f"-{shown}"


def test_very_small_is_not_zero():
    """A risk that is not nothing is not shown as nothing."""
    assert spoken(1e-12) == "<0.0001"
    assert spoken(0.0) == "0"


def test_an_interval_has_its_mean_above():
    """No number without interval."""
    assert re.fullmatch(r"20\n10 to 30", spoken_interval(Interval(0.2, 0.1, 0.3), 100.0))


def test_every_cause_and_lever_has_its_words():
    """What kills and what a policy can set is shown in words, never as a name of the books."""
    assert set(CAUSE_WORDS) == set(CAUSES)
    assert set(LEVER_WORDS) == {lever.partition("_")[0] for lever in NEUTRAL}


def test_never_is_a_word():
    """A boat that never comes to safety has no number of hours."""
    assert spoken_minutes(math.inf) == "never"
    assert spoken_minutes(3599.0) == "1 h 00"
