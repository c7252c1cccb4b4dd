"""The fingerprint."""

import pytest

from varne.encounter.scenario import Scenario
from varne.facts.tables import shipped_facts
from varne.fingerprint import fingerprint


@pytest.fixture
def base(question):
    return fingerprint(question, shipped_facts(), {}, 1)


def test_the_fingerprint_names_what_changed(question, base):
    """Another question, number, option or seed changes its own part and no other."""
    other = Scenario.of({**question.as_written(), "people": 56})
    moved = shipped_facts()["boat.speed"]
    facts = shipped_facts().replaced({"boat.speed": moved.made_neutral()})
    assert fingerprint(question, facts, {}, 1) == base
    assert {k for k in base if fingerprint(other, shipped_facts(), {}, 1)[k] != base[k]} == {"scenario"}
    assert {k for k in base if fingerprint(question, shipped_facts(), {"a": 1}, 1)[k] != base[k]} == {"facts"}
    assert {k for k in base if fingerprint(question, shipped_facts(), {}, 2)[k] != base[k]} == {"seed"}
