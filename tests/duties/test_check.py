"""Promises about the whole answer on duties."""

import json
import re
from importlib import resources

import jsonschema
import pytest
from hypothesis import given
from tests.duties.made import computed, decided, event, facts, force, known, not_shown, shown
from tests.duties.states import RECORDS
from tests.duties.test_walk import RANDOM

from varne.duties.check import check_duties
from varne.duties.sentences import sentences
from varne.encounter.outcome import Interval
from varne.errors import BadEntry, BadInput, BadTime
from varne.facts.provisions import law_at_sea

SCHEMA = json.loads(resources.files("varne").joinpath("schema/duties.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
JUDGEMENT = re.compile(r"\b(un|il)?(lawful|legal)(ly|ity|ities)?\b|\b(il)?l[ée]gal|\bguilty\b|\bliab", re.IGNORECASE)
NIGHT = [
    known("information_received", "engine stopped", channel="VHF 16"),
    *facts(1, people_on_board=[50, 60], risk_known=True, colour="grey", grounds=5),
    computed(), shown(), not_shown(at=7), decided("escort"), force(),
    computed("later", 15, options=(), failed="no forecast"), event("duty", 20, {"duty": "D01", "state": "met"}),
]  # fmt: skip


def test_the_answer_follows_the_published_schema():
    """After JSON, with a record, with an assessment and with neither; what is not promised is refused."""
    VALIDATOR.check_schema(SCHEMA)
    answer = {"scenario": {"people": 55, "length": 9, "time": "2026-01-31T04:00Z"}, "options": []}
    for found in (
        check_duties([]),
        check_duties(NIGHT, log="yes"),
        check_duties([], answer, Interval(0.2, 0.1, 0.4)),
    ):
        VALIDATOR.validate(json.loads(json.dumps(found.as_json(), allow_nan=False)))
    broken = check_duties(NIGHT).as_json()
    broken["groups"][0]["duties"][0]["score"] = 5
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(broken)


def test_a_real_assessment_is_laid_out_in_both_branches(small):
    """With the very numbers that it published, and none of them on record."""
    published = small.as_json()
    answer = json.loads(json.dumps(check_duties([], published).as_json(), allow_nan=False))
    VALIDATOR.validate(answer)
    (found,) = answer["branches"]["assessments"]
    options = {one["name"]: one for branch in found["branches"] for one in branch["options"]}
    assert set(options) == {one["name"] for one in published["options"]}
    for one in published["options"]:
        assert options[one["name"]]["people"].get("expected_deaths") == one.get("expected_deaths")
        assert options[one["name"]]["crews"] == one.get("responders", {})
    assert found["computed"] is None and found["shown"] == []
    assert {duty["state"] for group in answer["groups"] for duty in group["duties"]} == {"cannot tell"}


@given(RANDOM)
def test_any_record_gives_an_answer_of_the_schema(events):
    """Whatever was entered: a log cannot be changed, so it is told as it stands."""
    VALIDATOR.validate(json.loads(json.dumps(check_duties(events).as_json(), allow_nan=False)))


def test_every_duty_stands_once_under_who_owes_it():
    """Twelve, in groups; and every provision and its status is there, also the one outside the duties."""
    answer = check_duties(NIGHT).as_json()
    ids = [duty["id"] for group in answer["groups"] for duty in group["duties"]]
    assert sorted(ids) == list(law_at_sea().duties)
    assert [one["id"] for one in answer["provisions"]] == list(law_at_sea().provisions)
    assert {one["status"] for one in answer["provisions"]} == {"verified", "partial", "recalled"}


def test_nothing_is_called_lawful_or_unlawful():
    """Neither any sentence of a page nor any answer, but for texts that are quoted and the disclaimer that says so."""
    law = law_at_sea()
    quoted = {law.disclaimer}
    for one in law.provisions.values():
        quoted |= {one.text, one.note, one.instrument, one.provision, *one.source}
    assert [text for text in sentences() if text not in quoted and JUDGEMENT.search(text)] == []
    for _, _, _, events in [*RECORDS, ("", "", "", NIGHT)]:
        answer = check_duties(events).as_json()
        assert answer.pop("disclaimer").startswith("Not legal advice.")
        answer.pop("provisions")
        assert not JUDGEMENT.search(json.dumps(answer))


def test_the_guard_against_judgement_barks():
    """It knows the words in both languages, and knows advice from judgement."""
    assert all(JUDGEMENT.search(text) for text in ("It is unlawful.", "illegally", "c'est illégal", "Legal.", "liable"))
    assert not JUDGEMENT.search("The record does not hold enough to tell.")


def test_every_sentence_of_an_answer_can_be_translated():
    """Each English sentence is looked up as it stands, and all that are looked up are among those listed."""
    asked = set()

    def say(sentence):
        asked.add(sentence)
        return sentence.upper().replace("{", "<").replace("}", ">") if "{" not in sentence else sentence

    for _, _, _, events in [*RECORDS, ("", "", "", NIGHT)]:
        check_duties(events, log="no").as_json(say)
    check_duties([], {"scenario": {"people": 5, "jackets": 2, "children": 1}}, Interval(0.2, 0.1, 0.4)).as_json(say)
    free = {"colour"}  # a name of the record's own is no sentence of ours
    assert asked - set(sentences()) - free == set()


def test_states_and_names_stay_as_they_are_in_any_language():
    """A program reads the same in French; only what a person reads differs."""
    english = check_duties(NIGHT).as_json()
    other = check_duties(NIGHT).as_json(lambda sentence: sentence if "{" in sentence else f"*{sentence}*")
    for one, two in zip(english["groups"], other["groups"], strict=True):
        for duty, twin in zip(one["duties"], two["duties"], strict=True):
            assert (duty["state"], duty["id"]) == (twin["state"], twin["id"])
            assert twin["title"] == f"*{duty['title']}*"
    quoted = [one["text"] for one in english["provisions"] if one["text_kind"] in ("verbatim", "excerpt")]
    assert quoted == [one["text"] for one in other["provisions"] if one["text_kind"] in ("verbatim", "excerpt")]


def test_what_no_rule_reads_is_shown_as_such():
    """A name of its own, and a value of another kind than the word takes; neither is dropped in silence."""
    assert [one["says"] for one in check_duties(NIGHT).as_json()["not_read"]] == [
        "colour: grey",
        "Reasonable grounds: 5",
    ]


def test_as_it_stood_then_is_not_as_it_stands_now():
    """What was entered later does not count for what was known at a moment, also when it is about before."""
    events = [*facts(people_embarked=55), known("care_given", False, 1) | {"logged": "2026-02-01T00:00:00.000Z"}]
    state = {until: check_duties(events, until=until).duties[4].state for until in ("2026-01-31T05:00Z", "")}
    assert state == {"2026-01-31T05:00Z": "cannot tell", "": "not met"}


def test_one_boat_at_a_time():
    """Facts of one case never tell a duty of another; a record of several asks for which."""
    events = [event("known", 0, {"what": "people_embarked", "value": value}, case=case)
              for case, value in (("a", False), ("b", True))]  # fmt: skip
    assert [check_duties(events, case=case).duties[4].state for case in "ab"] == ["does not apply", "cannot tell"]
    with pytest.raises(BadInput, match="several cases \\(a, b\\); name one"):
        check_duties(events)
    with pytest.raises(BadInput, match="case is 'c'"):
        check_duties(events, case="c")


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"id": ""}, BadEntry, "Event 0 has id ''"),
        ({"time": "noon"}, BadTime, "'noon'"),
        ({"kind": None}, BadEntry, "kind"),
    ],
)
def test_what_is_no_event_is_refused(change, error, says):
    """One sentence that names the field."""
    with pytest.raises(error, match=says):
        check_duties([known("forwarded") | change])
