"""Promises about the emergency phase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.duties.made import facts, known

from varne.duties.evidence import gather
from varne.duties.findings import Walk
from varne.duties.phase import check_phases
from varne.facts.duty_rules import rules_of_duties
from varne.facts.provisions import law_at_sea

NO = {
    "missing": False, "overdue": False, "report_missed": False, "contact_failed": False, "efficiency_impaired": False,
    "danger_reported": False, "grave_danger_certain": False, "further_contact_failed": False,
}  # fmt: skip
WORDS = [*NO, "inquiries_failed", "distress_likely", "immediate_help_needed", "distress_probable"]
VALUES = st.sampled_from([True, False, "unknown"])
RANDOM = st.dictionaries(st.sampled_from(WORDS), VALUES)


def phases(events):
    evidence = gather(events)
    return check_phases(law_at_sea(), Walk(evidence, (), rules_of_duties()))


def state_of(events, phase, place):
    return [one.state for one in phases(events).criteria if one.phase == phase][place]


# (phase, criterion, met, not met): what is known; less than that cannot be told.
CRITERIA = [
    ("uncertainty", 0, {"missing": True}, {"missing": False, "overdue": False}),
    ("uncertainty", 0, {"overdue": True}, {"missing": False, "overdue": False}),
    ("uncertainty", 1, {"report_missed": True}, {"report_missed": False}),
    ("alert", 0, {"overdue": True, "contact_failed": True, "inquiries_failed": True}, {"contact_failed": False}),
    ("alert", 0, {"phase_declared": "alert", "contact_failed": True, "inquiries_failed": True},
     {"inquiries_failed": False}),
    ("alert", 1, {"efficiency_impaired": True, "distress_likely": False}, {"efficiency_impaired": False}),
    ("alert", 1, {"efficiency_impaired": True, "distress_likely": False}, {"distress_likely": True}),
    ("distress", 0, {"danger_reported": True, "immediate_help_needed": True}, {"danger_reported": False}),
    ("distress", 1, {
        "overdue": True, "contact_failed": True, "inquiries_failed": True, "further_contact_failed": True,
        "distress_probable": True}, {"distress_probable": False}),
    ("distress", 2, {"efficiency_impaired": True, "distress_likely": True}, {"distress_likely": False}),
    ("distress", 3, {"grave_danger_certain": True, "immediate_help_needed": True}, {"immediate_help_needed": False}),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "place", "met", "not_met"), CRITERIA)
def test_a_criterion_is_told_by_what_it_asks_for(phase, place, met, not_met):
    """Met by all of it; not met by what contradicts it; by less, and by unknown, it cannot be told."""
    assert state_of(facts(**met), phase, place) == "met"
    assert state_of(facts(**not_met), phase, place) == "not met"
    assert state_of([], phase, place) == "cannot tell"
    assert state_of(facts(**dict.fromkeys(met, "unknown")), phase, place) == "cannot tell"
    for word in met:
        assert state_of(facts(**{name: value for name, value in met.items() if name != word}), phase, place) != "met"


def test_every_criterion_has_its_row_above():
    """Eight of them."""
    law = {(phase.id, place) for phase in law_at_sea().phases for place in range(len(phase.criteria))}
    assert {row[:2] for row in CRITERIA} == law


def test_failed_contact_is_an_alert_only_after_uncertainty():
    """SAR annex 4.4: following the uncertainty phase, reached by a criterion or declared by a person."""
    failed = {"contact_failed": True, "inquiries_failed": True}
    assert phases(facts(**failed)).proposed == "cannot tell"
    assert phases(facts(**failed, overdue=True)).proposed == "alert"
    assert phases(facts(**failed, phase_declared="uncertainty")).proposed == "alert"
    assert phases(facts(**failed, phase_declared="none")).proposed == "cannot tell"


@given(RANDOM)
def test_the_gravest_phase_with_a_criterion_met_is_proposed(said):
    """None only if every criterion is contradicted; else it cannot be told."""
    found = phases(facts(**said))
    met = [one.phase for one in found.criteria if one.state == "met"]
    if met:
        assert found.proposed == next(one for one in ("distress", "alert", "uncertainty") if one in met)
    elif all(one.state == "not met" for one in found.criteria):
        assert found.proposed == "none"
    else:
        assert found.proposed == "cannot tell"


@given(RANDOM, st.sampled_from(WORDS))
def test_not_to_know_never_makes_a_phase_less_grave_by_contradiction(said, word):
    """With a word unknown no criterion is contradicted that was not before."""
    less = {**said, word: "unknown"}
    before, after = (
        {one.says for one in phases(facts(**one)).criteria if one.state == "not met"} for one in (said, less)
    )
    assert after <= before


def test_where_all_is_contradicted_no_phase_is_proposed():
    """Every way into a phase is closed by an entry."""
    assert phases(facts(**NO)).proposed == "none"


def test_what_a_person_declared_stands_beside_it():
    """Each declaration with its role and time, the latest last; it never changes what is proposed."""
    events = [
        *facts(danger_reported=True, immediate_help_needed=True),
        known("phase_declared", "alert", 5, role="watch officer"),
        known("phase_declared", "uncertainty", 2, role="duty controller"),
        known("phase_declared", "unknown", 9),
    ]
    found = phases(events)
    assert found.proposed == "distress"
    assert [(one.data["value"], one.role) for one in found.declared] == [
        ("uncertainty", "duty controller"),
        ("alert", "watch officer"),
    ]
