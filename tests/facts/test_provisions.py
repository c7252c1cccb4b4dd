"""Promises about the table of provisions and duties."""

import copy
import json
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from varne.errors import BadFact
from varne.facts.provisions import law_at_sea, read_law

REFERENCE = Path(__file__).parents[3] / "shared" / "law" / "duties.json"


def tables():
    folder = resources.files("varne.facts")
    names = ("provisions.toml", "duties.toml")
    return [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names]


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.exists():
        pytest.skip("needs the reference table of duties beside the checkout")
    return json.loads(REFERENCE.read_text(encoding="utf-8"))


def fields(one):
    values = {name: getattr(one, name) for name in one.__annotations__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def test_nothing_is_lost():
    """35 provisions, 12 duties, 10 factors, 3 phases: 25 verified, 9 partial, 1 recalled."""
    law = law_at_sea()
    assert (len(law.provisions), len(law.duties), len(law.factors), len(law.phases)) == (35, 12, 10, 3)
    statuses = [one.status for one in law.provisions.values()]
    assert [statuses.count(one) for one in ("verified", "partial", "recalled")] == [25, 9, 1]
    assert [len(phase.criteria) for phase in law.phases] == [2, 2, 4]


def test_every_text_is_word_for_word_that_of_the_reference(reference):
    """Provisions and duties field by field, in their order."""
    law = law_at_sea()
    assert [fields(one) for one in law.provisions.values()] == reference["provisions"]
    assert [fields(one) for one in law.duties.values()] == reference["duties"]


def test_rubric_phases_and_rule_are_those_of_the_reference(reference):
    """And the meanings of status and kind of text, and the disclaimer."""
    law = law_at_sea()
    assert [fields(one) for one in law.factors] == reference["distress_rubric"]["factors"]
    assert (law.rubric_basis, law.rubric_rule) == tuple(reference["distress_rubric"][key] for key in ("basis", "rule"))
    assert [fields(one) for one in law.phases] == reference["phases"]
    assert {"text": law.record_rule, "provisions": list(law.record_provisions)} == reference["record_rule"]
    for name in ("disclaimer", "status_values", "text_kinds"):
        assert getattr(law, name) == reference[name]


def test_a_provision_outside_the_duties_is_the_offence_of_people_on_the_journey():
    """All others belong to a duty, and are named by it."""
    law = law_at_sea()
    assert [one.id for one in law.provisions.values() if not one.duties] == ["uk-ia71-24-E1A"]
    named = {name for duty in law.duties.values() for name in duty.provisions}
    assert named == {one.id for one in law.provisions.values() if one.duties}


BREACHES = {
    "has no text": lambda p, d: p["provisions"]["unclos-98"].pop("text"),
    "field 'says'": lambda p, d: d["duties"]["D01"].update(says="x"),
    "status 'sure'": lambda p, d: p["provisions"]["unclos-98"].update(status="sure"),
    "text_kind 'tale'": lambda p, d: p["provisions"]["unclos-98"].update(text_kind="tale"),
    "empty source": lambda p, d: p["provisions"]["unclos-98"].update(source=[]),
    "without a status_note": lambda p, d: p["provisions"]["iamsar-smc"].update(status_note=""),
    "names duty D03, which does not": lambda p, d: p["provisions"]["unclos-98"]["duties"].append("D03"),
    "names 'D99'": lambda p, d: p["provisions"]["unclos-98"]["duties"].append("D99"),
    "names provision 'sar-4.3', which": lambda p, d: d["duties"]["D01"]["provisions"].append("sar-4.3"),
    "Duty D01 names 'nowhere'": lambda p, d: d["duties"]["D01"]["provisions"].append("nowhere"),
    "Phase alert names": lambda p, d: d["phases"]["alert"]["provisions"].append("nowhere"),
    "The rubric names": lambda p, d: d["rubric"].update(basis="nowhere"),
    "The record rule names": lambda p, d: d["record_rule"]["provisions"].append("nowhere"),
    "Factor 'i' stands twice": lambda p, d: d["rubric"]["factors"][1].update(id="i"),
}


@pytest.mark.parametrize("says", BREACHES)
def test_a_table_that_contradicts_itself_is_refused(says):
    """One sentence names the row and the field."""
    provisions, duties = copy.deepcopy(tables())
    BREACHES[says](provisions, duties)
    with pytest.raises(BadFact, match=says):
        read_law(provisions, duties)
