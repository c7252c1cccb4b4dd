"""Promises about how words and rules are drawn."""

from varne.duties.described import findings_table, phases_table, rules_tables, serves, words_table
from varne.facts.duty_rules import rules_of_duties
from varne.facts.duty_words import words_of_the_record
from varne.facts.provisions import law_at_sea


def test_every_word_finding_rule_and_criterion_is_drawn():
    """Nothing that a rule asks for is hidden from a reader."""
    rules, law = rules_of_duties(), law_at_sea()
    assert all(f"| `{name}` |" in words_table() for name in words_of_the_record())
    assert all(f"| `{name}` |" in findings_table() for name in rules.findings)
    drawn = rules_tables()
    for name, rule in rules.duties.items():
        assert f"### {name} {law.duties[name].title}" in drawn
        assert all(row.says in drawn for row in (*rule.not_met, *rule.does_not_apply, *rule.cannot_tell))
        assert all(item in drawn for item in law.duties[name].evidence)
    assert all(criterion in phases_table() for phase in law.phases for criterion in phase.criteria)


def test_a_condition_is_drawn_with_all_its_parts():
    """All, any, none, in this order."""
    assert (
        "| not met | The master did not proceed, and the record says that no reason was logged. | "
        "`proceeding` is no after the first `told_of_distress`, `reason_for_not_proceeding` is no; "
        "`information_received` is yes or `people_found` is yes |"
    ) in rules_tables()
    assert "`emergency_believed` is no; no `reason_to_believe` and no `sign_of_distress` |" in rules_tables()
    assert "`forwarded` is yes after the last `reason_to_believe`" in rules_tables()


def test_every_word_serves_something():
    """A duty, a phase or a factor: no word is offered that nothing reads."""
    assert all(serves(name, rules_of_duties()) for name in words_of_the_record())
    assert serves("medical_urgent_count", rules_of_duties()) == ("D05", "factor vii")
    assert serves("danger_reported", rules_of_duties())[-1] == "distress"
