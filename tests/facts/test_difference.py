"""What differs between two collections of facts."""

from dataclasses import replace

from varne.facts.difference import differences
from varne.facts.tables import shipped_facts

FACTS = dict(shipped_facts().by_name)
SPEED = FACTS["boat.speed"]


def test_a_collection_beside_itself_does_not_differ():
    """Nothing is named."""
    found = differences((FACTS, {"leave": {}}), (FACTS, {"leave": {}}))
    assert (found.changed, found.only_before, found.only_after, found.options) == ((), (), (), ())


def test_the_same_amount_in_another_unit_does_not_differ():
    """What counts is the amount, not how it is written."""
    metric = replace(SPEED, value=SPEED.value * 1.852, low=SPEED.low * 1.852, high=SPEED.high * 1.852, unit="km/h")
    assert differences((FACTS, {}), ({**FACTS, "boat.speed": metric}, {})).changed == ()


def test_every_field_that_matters_is_named():
    """Value, range, shape, grade and source; the factor is of the median."""
    other = replace(SPEED, value=10.0, low=7.0, high=14.0, shape="normal", grade="elicited", source="A panel")
    (changed,) = differences((FACTS, {}), ({**FACTS, "boat.speed": other}, {})).changed
    assert changed.fields == ("value", "low", "high", "shape", "grade", "source")
    assert changed.factor == 10.0 / SPEED.value


def test_what_stands_in_one_only_is_named():
    """On the side where it stands, options too."""
    found = differences(({"boat.speed": SPEED}, {"a": 1, "b": 1}), ({}, {"b": 2, "c": 1}))
    assert (found.only_before, found.only_after, found.options) == (("boat.speed",), (), ("a", "b", "c"))
