"""What the law asked, evaluated against an encounter and its record: every duty, factor, phase and branch at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varne.duties.branches import BRANCHES, Assessed, Option, check_branches
from varne.duties.evidence import Entry, Evidence, gather
from varne.duties.figures import figures_of
from varne.duties.findings import Walk
from varne.duties.phase import Phases, check_phases
from varne.duties.rubric import Told, Value, check_rubric
from varne.duties.sentences import LABELS, NOTES, Said, Say, of_entry
from varne.duties.walk import Checked, Missing, check_duty
from varne.encounter.outcome import Interval
from varne.facts.duty_rules import STATES, Rules, rules_of_duties
from varne.facts.provisions import Law, Provision, law_at_sea

SCHEMA = "varne.duties-checked/v1"


def in_english(sentence: str) -> str:
    """
    Leave a sentence as it is.

    Parameters
    ----------
    sentence : str
        In English. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> in_english("met")
    'met'
    """
    return sentence


@dataclass(frozen=True, slots=True)
class DutiesAnswer:
    """Everything that a page on duties shows: not legal advice."""

    law: Law
    rules: Rules
    evidence: Evidence
    duties: tuple[Checked, ...]  # in the order of the law
    rubric: tuple[Told, ...]
    phases: Phases
    branches: tuple[Assessed, ...]

    def as_json(self, say: Say = in_english) -> dict[str, Any]:
        """
        Return the answer in the published format.

        Parameters
        ----------
        say : callable, optional
            From an English sentence to that of a language; names and states stay English. [1]

        Returns
        -------
        dict
            As the schema ``varne/schema/duties.json`` says.

        Examples
        --------
        >>> check_duties([]).as_json()["disclaimer"][:17]
        'Not legal advice.'
        """
        law = self.law
        return {
            "schema": SCHEMA,
            "disclaimer": say(law.disclaimer),
            "status_values": {name: say(text) for name, text in law.status_values.items()},
            "text_kinds": {name: say(text) for name, text in law.text_kinds.items()},
            "groups": [_group(name, self, say) for name in self.rules.groups],
            "provisions": [_provision(one, say) for one in law.provisions.values()],
            "rubric": {
                "rule": say(law.rubric_rule),
                "note": say(NOTES["rubric"]),
                "basis": law.rubric_basis,
                "factors": [_factor(one, say) for one in self.rubric],
            },
            "phases": _phases(self.phases, say),
            "branches": {
                "note": say(NOTES["branches"]),
                "estimate": say(NOTES["estimate"]),
                "assessments": [_assessed(one, say) for one in self.branches],
            },
            "record_rule": {"text": say(law.record_rule), "provisions": list(law.record_provisions)},
            "absent": say(NOTES["absent"]),
            "meant": say(NOTES["meant"]),
            "log": self.evidence.log,
            "absent_entries": list(self.evidence.absent),
            "corrections": [entry.id for entry in self.evidence.corrections],
            "not_read": [_entry(entry, say) for entry in self.evidence.not_understood],
        }


def check_duties(
    events: Sequence[Mapping[str, Any]],
    answer: Mapping[str, Any] | None = None,
    not_arriving: Interval | None = None,
    *,
    case: str = "",
    until: str = "",
    log: str = "unknown",
    absent: Sequence[int] = (),
) -> DutiesAnswer:
    """
    Tell every duty, factor, phase and branch from a record, and from an assessment where there is one.

    Parameters
    ----------
    events : sequence of mapping
        As the record holds them, in the order of the log; none where there is no record. [1]
    answer : mapping, optional
        An assessment as ``schema/assessment.json`` says. [1]
    not_arriving : Interval, optional
        Chance that the boat does not reach its destination, from the ensemble of that assessment. [1]
    case : str, optional
        Only of this case; may be left out where there is one only. [1]
    until : str, optional
        Only what had been entered by then, as it stood then. [1]
    log : str, optional
        Whether a verifier found the log to be what it was: yes, no or unknown. [1]
    absent : sequence of int, optional
        Numbers of entries whose bodies were deleted or are withheld. [1]

    Returns
    -------
    DutiesAnswer

    Raises
    ------
    BadInput
        If the events are of several cases and none is named, or a named one has none.
    BadEntry
        If an event lacks its id, kind or time.
    BadTime
        If a time cannot be read.

    Examples
    --------
    >>> event = {"id": "a", "kind": "known", "time": "2026-01-31T04:00Z", "logged": "2026-01-31T04:01Z"}
    >>> event |= {"role": "master", "data": {"what": "people_embarked", "value": False, "source": "own log"}}
    >>> checked = check_duties([event]).duties[4]
    >>> checked.duty, checked.state, checked.says
    ('D05', 'does not apply', 'Nobody was taken aboard.')
    """
    law, rules = law_at_sea(), rules_of_duties()
    evidence = gather(events, case=case, until=until, log=log, absent=absent)
    figures = figures_of(evidence)
    walk = Walk(evidence, figures, rules)
    return DutiesAnswer(
        law=law,
        rules=rules,
        evidence=evidence,
        duties=tuple(check_duty(duty, rules.duties[name], walk) for name, duty in law.duties.items()),
        rubric=check_rubric(law, rules, evidence, answer, not_arriving),
        phases=check_phases(law, walk),
        branches=check_branches(rules, evidence, figures, answer),
    )


def _group(name: str, answer: DutiesAnswer, say: Say) -> dict[str, Any]:
    mine = [one for one in answer.duties if answer.rules.duties[one.duty].group == name]
    return {
        "group": name,
        "owed_by": say(answer.rules.groups[name]),
        "duties": [_duty(one, answer, say) for one in mine],
    }


def _duty(checked: Checked, answer: DutiesAnswer, say: Say) -> dict[str, Any]:
    duty, rule = answer.law.duties[checked.duty], answer.rules.duties[checked.duty]
    assert checked.state in STATES, "a duty has one of four states"
    return {
        "id": duty.id,
        "title": say(duty.title),
        "owed_by": say(duty.owed_by),
        "owed_to": say(duty.owed_to),
        "starts": say(duty.starts),
        "ends": say(duty.ends) if duty.ends else "",
        "evidence": [say(one) for one in duty.evidence],
        "provisions": list(duty.provisions),
        "state": checked.state,
        "label": say(LABELS[checked.state]),
        "says": say(checked.says),
        "used": [_entry(entry, say) for entry in checked.used],
        "missing": [_missing(one, say) for one in checked.missing],
        "never": [{"state": state, "why": say(why)} for state, why in rule.never.items()],
    }


def _provision(one: Provision, say: Say) -> dict[str, Any]:
    quoted = one.text_kind in ("verbatim", "excerpt")  # a wording is shown in its own language
    return {
        "id": one.id,
        "instrument": say(one.instrument),
        "provision": say(one.provision),
        "jurisdiction": say(one.jurisdiction),
        "language": one.language,
        "text_kind": one.text_kind,
        "text": one.text if quoted else say(one.text),
        "source": list(one.source),
        "status": one.status,
        "status_note": say(one.status_note) if one.status_note else "",
        "note": say(one.note) if one.note else "",
        "duties": list(one.duties),
    }


def _entry(entry: Entry, say: Say) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "time": entry.time,
        "logged": entry.logged,
        "role": entry.role,
        "says": of_entry(entry).spoken(say),
        "source": str(entry.data.get("source", "")),
        "corrected_by": list(entry.corrected_by),
    }


def _missing(one: Missing, say: Say) -> dict[str, Any]:
    return {
        "item": say(one.item),
        "all": [said.spoken(say) for said in one.all],
        "any": [said.spoken(say) for said in one.any],
        "words": list(one.words),
    }


def _factor(told: Told, say: Say) -> dict[str, Any]:
    return {
        "id": told.factor.id,
        "question": say(told.factor.question),
        "value": say(told.factor.value),
        "fields": [_value(value, say) for value in told.values],
    }


def _value(one: Value, say: Say) -> dict[str, Any]:
    return {
        "field": one.field,
        "means": say(one.means),
        "value": one.value,
        "says": _spoken(one.says, say),
        "unit": one.unit,
        "source": _spoken(one.source, say),
        "time": one.time,
        "channel": one.channel,
        "entry": one.entry.id if one.entry else "",
        "role": one.entry.role if one.entry else "",
    }


def _spoken(one: str | Said, say: Say) -> str:
    return one.spoken(say) if isinstance(one, Said) else one


def _phases(phases: Phases, say: Say) -> dict[str, Any]:
    note = {"none": "no phase", "cannot tell": "phase unclear"}.get(phases.proposed, "proposed")
    return {
        "proposed": phases.proposed,
        "label": say(LABELS[phases.proposed]),
        "note": say(NOTES[note]),
        "declared": [
            {"phase": str(entry.data["value"]).strip().lower(), **_entry(entry, say)} for entry in phases.declared
        ],
        "criteria": [
            {
                "phase": one.phase,
                "says": say(one.says),
                "state": one.state,
                "label": say(LABELS[one.state]),
                "used": [_entry(entry, say) for entry in one.used],
                "missing": [said.spoken(say) for said in one.missing],
            }
            for one in phases.criteria
        ],
    }


def _assessed(one: Assessed, say: Say) -> dict[str, Any]:
    seen = one.shown or one.failed  # of a figure that failed there was nothing to see
    note = "not on record" if one.computed is None else "" if seen else "never shown"
    return {
        "computed": _entry(one.computed, say) if one.computed else None,
        "members": dict(one.members),
        "failed": one.failed,
        "note": say(NOTES[note]) if note else "",
        "branches": [
            {
                "branch": branch,
                "label": say(LABELS[branch]),
                "options": [_option(option) for option in one.options if option.branch == branch],
            }
            for branch in BRANCHES
        ],
        "shown": [{"roles": list(roles), **_entry(entry, say)} for entry, roles in one.shown],
        "not_shown": [_entry(entry, say) for entry in one.not_shown],
        "decided": [_entry(entry, say) for entry in one.decided],
    }


def _option(one: Option) -> dict[str, Any]:
    return {
        "name": one.name,
        "grade": one.grade,
        "why_not": one.why_not,
        "people": {name: dict(interval) for name, interval in one.people.items()},
        "crews": {name: dict(interval) for name, interval in one.crews.items()},
    }
