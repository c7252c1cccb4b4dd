"""Promises about the rules by which duties are told."""

import copy
import tomllib
from importlib import resources

import pytest

from varne.errors import BadFact
from varne.facts.duty_rules import STATES, Term, read_rules, read_term, rules_of_duties, terms_of
from varne.facts.duty_words import words_of_the_record
from varne.facts.option_tables import shipped_option_rows
from varne.facts.provisions import law_at_sea

TABLES = tomllib.loads(resources.files("varne.facts").joinpath("duty_rules.toml").read_text("utf-8"))


def test_every_shipped_option_either_waits_or_acts():
    """None does both, and what stops a boat acts."""
    choices = rules_of_duties().choices
    assert sorted(choices["waits"] + choices["acts"]) == sorted(shipped_option_rows()["options"])
    assert set(choices["stops"]) < set(choices["acts"])


def test_every_word_serves_a_rule_or_a_factor():
    """No word is asked for in vain, and no finding."""
    rules = rules_of_duties()
    asked = {term.name for _, term in terms_of(rules)}
    assert set(words_of_the_record()) == {one for one in asked if one in words_of_the_record()} | {
        name for names in rules.factors.values() for name in names
    }
    each = {name for rule in rules.duties.values() for name in rule.each}
    assert set(rules.findings) == (asked | each) & set(rules.findings)


def test_nothing_follows_from_absence_alone():
    """A row that asks for something lacking asks for an entry too; a finding that a field lacks is about an entry."""
    for rule in rules_of_duties().duties.values():
        for row in (*rule.not_met, *rule.does_not_apply, *rule.cannot_tell):
            assert row.all or row.any
        assert not any(item.lacking for item in rule.evidence), "what shows that a duty was met is there"


def test_every_duty_can_have_every_state_or_says_why_not():
    """Only the duty to keep a record applies always."""
    never = {name: rule.never for name, rule in rules_of_duties().duties.items() if rule.never}
    assert {name: list(states) for name, states in never.items()} == {"D12": ["does not apply"]}
    assert all(state in STATES and why for states in never.values() for state, why in states.items())


def test_a_rule_of_evidence_stands_for_each_item_of_the_law():
    """In number; and each duty belongs to a group of those who owe it."""
    rules = rules_of_duties()
    for name, duty in law_at_sea().duties.items():
        assert len(rules.duties[name].evidence) == len(duty.evidence)
    assert {rule.group for rule in rules.duties.values()} == set(rules.groups)


def test_a_term_reads_as_it_is_written():
    """A finding, a word with its value, and either with its order."""
    assert read_term("force") == Term("force", "shown")
    assert read_term("forwarded is no") == Term("forwarded", "no")
    assert read_term("force before the first decision") == Term(
        "force", "shown", "before the first", Term("decision", "shown")
    )


BREACHES = {
    "Term 'forwarded was yes' cannot": lambda t: t["rules"]["D03"]["not_met"][0].update(all=["forwarded was yes"]),
    "'forwaded', which is no word": lambda t: t["rules"]["D03"]["not_met"][0].update(all=["forwaded is no"]),
    "'forwarded', which is no finding": lambda t: t["rules"]["D03"]["not_met"][0].update(all=["forwarded"]),
    "'D01' has|Rule D01 has a field 'weight'": lambda t: t["rules"]["D01"].update(weight=3),
    "has a field 'points'": lambda t: t["rules"]["D01"]["evidence"][0].update(points=3),
    "has 4 items of evidence, the duty 5": lambda t: t["rules"]["D01"]["evidence"].pop(),
    "has group 'pirates'": lambda t: t["rules"]["D01"].update(group="pirates"),
    "a row that says nothing": lambda t: t["rules"]["D01"]["not_met"][0].pop("says"),
    "from absence alone": lambda t: t["rules"]["D06"]["not_met"][0].update(all=[], lacking=["master_overruled is no"]),
    "a row for 'does not apply' or a reason": lambda t: t["rules"]["D12"].pop("never"),
    "a row for 'met' or a reason": lambda t: t["rules"]["D12"].update(never={"met": "x", "does not apply": "x"}),
    "Rules are": lambda t: t["rules"].pop("D12"),
    "Phase alert has 1 rows": lambda t: t["phases"]["alert"].pop(),
    "Factors are": lambda t: t["factors"].pop("x"),
    "The rubric names 'petrol'": lambda t: t["factors"]["iv"]["words"].append("petrol"),
    "kind 'rumour'": lambda t: t["findings"]["force"].update(kind="rumour"),
    "figure 'nice'": lambda t: t["findings"]["other_figure"].update(figure="nice"),
    "for each 'ship'": lambda t: t["rules"]["D12"].update(each=["ship"]),
}


@pytest.mark.parametrize("says", BREACHES)
def test_a_rule_that_cannot_be_walked_is_refused(says):
    """One sentence names the rule and what is wrong; there is no place for points or weights."""
    tables = copy.deepcopy(TABLES)
    BREACHES[says](tables)
    with pytest.raises(BadFact, match=says):
        read_rules(tables)
