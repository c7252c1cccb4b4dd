"""Promises about how the rule of a duty is walked over a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.duties.made import computed, correction, decided, event, facts, force, known, not_shown, shown
from tests.duties.states import DILIGENCE, EXCUSED, INSTEAD, MET, PERIL, RECORDS, TOLD

from varne.duties.check import check_duties
from varne.duties.evidence import HAPPENED
from varne.facts.duty_rules import STATES, rules_of_duties
from varne.facts.duty_words import words_of_the_record

KINDS_OF_VALUES = {
    "yes or no": st.booleans(),
    "yes, no or words": st.booleans() | st.just("by radio"),
    "words": st.just(False) | st.just("told in words"),
    "free words": st.just(False) | st.just("no more than that"),
    "share": st.floats(0, 1) | st.just([0.0, 1.0]),
    "count": st.integers(0, 3) | st.just([0, 3]),
    "number": st.floats(0, 9) | st.just([0.0, 9.0]),
    "words or number": st.floats(-1, 9) | st.just("told in words"),
    "phase": st.sampled_from(["none", "uncertainty", "alert", "distress"]),
}
ENTRIES = st.one_of(
    *(
        st.builds(known, st.just(name), KINDS_OF_VALUES[word.value] | st.just("unknown"), st.integers(0, 30))
        for name, word in words_of_the_record().items()
    ),
    st.builds(decided, st.sampled_from(["leave", "escort", "divert", "else"]), st.integers(0, 30)),
    st.builds(force, st.integers(0, 30)),
    st.builds(shown, at=st.integers(6, 30)),
    st.builds(not_shown, at=st.integers(6, 30)),
)
RANDOM = st.lists(ENTRIES, max_size=12).map(lambda events: [computed(), *events])


def states(events, **more):
    return {one.duty: one.state for one in check_duties(events, **more).duties}


def find(events, duty, **more):
    return next(one for one in check_duties(events, **more).duties if one.duty == duty)


@pytest.mark.parametrize(("duty", "state", "why", "events"), RECORDS, ids=[" ".join(one[:3]) for one in RECORDS])
def test_a_small_record_has_its_state(duty, state, why, events):
    """For each duty and state at least one record; a verified log where the duty is to keep one."""
    found = find(events, duty, log="yes")
    assert found.state == state, (why, found.says, found.missing)
    assert bool(found.missing) <= (state == "cannot tell")
    assert found.used or not events or duty == "D12"


def test_every_state_of_every_duty_has_a_record():
    """Twelve duties by four states, less those that a duty can never have, of which the rules say why."""
    made = {(duty, state) for duty, state, _, _ in RECORDS}
    never = {(name, state) for name, rule in rules_of_duties().duties.items() for state in rule.never}
    assert made == {(duty, state) for duty in rules_of_duties().duties for state in STATES} - never


def test_every_row_of_every_rule_decides_a_record():
    """No row is there for show: each says what a small record shows."""
    said = {find(events, duty, log="yes").says for duty, _, _, events in RECORDS}
    said.add(find([known("forwarded")], "D12", log="no").says)
    rows = {
        row.says
        for rule in rules_of_duties().duties.values()
        for row in (*rule.not_met, *rule.does_not_apply, *rule.cannot_tell)
    }
    assert rows - said == set()


@pytest.mark.parametrize("duty", [duty for duty in MET if duty != "D12"])
def test_a_duty_that_was_met_rests_on_every_entry(duty):
    """Without any one of them it cannot be told: nothing is met by less, and absence is no proof of the contrary."""
    events = MET[duty]
    for place, gone in enumerate(events):
        assert find([*events[:place], *events[place + 1 :]], duty, log="yes").state == "cannot tell", gone["data"]


@pytest.mark.parametrize(
    ("duty", "state", "events"),
    [(one[0], one[1], one[3]) for one in RECORDS if one[1] in ("not met", "does not apply")],
)
def test_what_contradicts_a_duty_rests_on_every_entry(duty, state, events):
    """Nothing is called not met, or not to apply, by less than the entries that say so."""
    for place, gone in enumerate(events):
        assert find([*events[:place], *events[place + 1 :]], duty, log="yes").state != state, gone["data"]


@pytest.mark.parametrize(("duty", "words", "others"), INSTEAD)
def test_what_may_stand_instead_does(duty, words, others):
    """Another way to show the same item: still met; with neither it cannot be told."""
    rest = [one for one in MET[duty] if one["data"].get("what") not in words]
    assert find([*others, *rest], duty, log="yes").state == "met"
    assert find(rest, duty, log="yes").state == ("met" if not words else "cannot tell")


@pytest.mark.parametrize(("duty", "state", "why", "others"), EXCUSED)
def test_what_speaks_against_a_state_takes_it_away(duty, state, why, others):
    """A reason, a release, an act or a decision on record: the state no longer stands."""
    events = next(one[3] for one in RECORDS if one[:3] == (duty, state, why))
    assert find([*events, *others], duty, log="yes").state != state


@pytest.mark.parametrize("duty", [duty for duty in MET if duty != "D12"])
def test_what_would_settle_a_duty_settles_it(duty):
    """With every fact unknown it cannot be told, and the words that are asked for are those that had shown it."""
    events = MET[duty]  # D12 rests on the entries themselves and on whoever verifies the log
    found = find([one if one["kind"] != "known" else known(one["data"]["what"], "unknown") for one in events], duty)
    asked = {word for one in found.missing for word in one.words}
    factors = {name for names in rules_of_duties().factors.values() for name in names}  # may be unknown
    assert found.state == "cannot tell"
    assert {one["data"]["what"] for one in events if one["kind"] == "known"} - asked <= factors


def test_a_record_is_kept_only_if_somebody_has_verified_it():
    """The entries cannot say of themselves that none was changed; and both times must be in UTC."""
    events = MET["D12"]
    assert [find(events, "D12", log=log).state for log in ("yes", "no", "unknown")] == ["met", "not met", "cannot tell"]
    local = [{**events[0], "logged": "2026-01-31T04:01:00.000+00:00"}, *events[1:]]
    assert find(local, "D12", log="yes").state == "cannot tell"


@given(RANDOM)
def test_unknown_never_becomes_no(events):
    """A record of which every fact is unknown contradicts nothing, and nothing is said not to apply because of it."""
    blank = [known(one["data"]["what"], "unknown") for one in events if one["kind"] == "known"]
    assert set(states(blank).values()) == {"cannot tell"}
    only = {one: state for one, state in states(blank, log="yes").items() if state != "cannot tell"}
    assert only == ({"D12": "met"} if blank else {})


@given(RANDOM, st.integers(0, 12), st.sampled_from(["colour of the hull", "heartbeat", "duty", "export", "key"]))
def test_what_bears_on_nothing_changes_nothing(events, place, what):
    """A fact that is no word of the record, and entries that serve the record itself, leave every state as it is."""
    other = known(what, True, 3) if " " in what else event(what, 3, {"what": "forwarded", "value": False})
    assert states([*events[:place], other, *events[place:]]) == states(events)


@given(RANDOM, st.randoms(use_true_random=False))
def test_the_order_of_the_log_does_not_matter_but_the_time_does(events, shuffle):
    """Entries that happened at different moments tell the same in whatever order they were entered."""
    apart = [{**one, "time": one["time"].replace(":00.000Z", f":{place:02d}.000Z")} for place, one in enumerate(events)]
    mixed = list(apart)
    shuffle.shuffle(mixed)
    assert states(mixed) == states(apart)


@given(RANDOM, st.integers(0, 600))
def test_a_late_entry_is_shown_and_not_judged(events, minutes):
    """When something was entered changes no state; every entry that is used shows both times."""
    late = [{**one, "logged": f"2026-02-{1 + minutes % 27:02d}T00:00:00.000Z"} for one in events]
    assert states(late) == states(events)
    assert all(entry.logged.startswith("2026-02-") for one in check_duties(late).duties for entry in one.used)


@given(RANDOM)
def test_a_state_rests_on_entries_that_are_there(events):
    """Not met and does not apply name the entries that say so; met lacks nothing; cannot tell says what is missing."""
    for one in check_duties(events, log="yes").duties:
        assert {entry.id for entry in one.used} <= {each["id"] for each in events if each["kind"] in HAPPENED}
        if one.state in ("not met", "does not apply"):
            assert one.used
        assert (one.state == "met") <= (not one.missing)
        if one.state == "cannot tell" and one.says == "The record does not hold enough to tell.":
            assert one.missing


SAYS_NO = [
    "no", "non", "No, refused", "not yet", "pas encore", "aucun", "none", "?", "inconnu", "n/a", "-", "Unknown.",
    "(no)", "« non »", "negative", "nil", "refused by the master", "did not", "n\u2019a pas été fait", "pending",
    "to follow", "ne\u0301ant", "en attente", "don\u2019t know",
]  # fmt: skip
BEGIN_SO = ["No, refused", "not yet", "pas encore", "refused by the master", "did not", "n\u2019a pas été fait"]


@pytest.mark.parametrize("no", SAYS_NO)
@pytest.mark.parametrize("duty", [duty for duty in MET if duty != "D12"])
def test_words_that_say_no_or_unknown_are_never_yes(duty, no):
    """However it is spelt, in English or French: none of the facts that had met a duty meets it then."""
    lasting = {"free words"}  # a reason, or an instruction, may begin with a no; standing alone it is none all the same
    for place, one in enumerate(MET[duty]):
        word = words_of_the_record().get(one["data"].get("what"))
        factors = {name for names in rules_of_duties().factors.values() for name in names}
        if word is None or one["data"]["value"] is False or word.name in factors:
            continue
        if word.value == "phase" or (word.value in lasting and no in BEGIN_SO):
            continue
        changed = known(
            word.name, no, 3, **{k: v for k, v in one["data"].items() if k not in ("what", "value", "source")}
        )
        events = [*MET[duty][:place], changed, *MET[duty][place + 1 :]]
        assert find(events, duty, log="yes").state != "met", word.name


PASSED = {  # a duty that was not met, and what was entered when it was all over
    "D03": ([*facts(overdue=True, forwarded=False)], facts(60, overdue=False, emergency_believed=False)),
    "D05": (
        facts(people_embarked=55, medical_urgent_count=2, urgent_medical_call=False),
        facts(60, medical_urgent_count=0),
    ),
    "D07": (facts(risk_known=True, steps_taken=False), facts(60, risk_known=False, operation_planned=False)),
    "D10": (
        [*PERIL, *facts(help_given=False, help_called=False), decided("leave", reason="")],
        facts(60, risk_known=False, help_possible=False, help_without_risk=False),
    ),
}


@pytest.mark.parametrize("duty", PASSED)
def test_a_duty_does_not_vanish_when_its_cause_is_over(duty):
    """What was known then was known then, whatever is entered afterwards."""
    then, after = PASSED[duty]
    assert find(then, duty).state == find([*then, *after], duty).state == "not met"


DANGER = facts(danger_reported=True, grave_danger_certain=True, request_for_assistance="mayday by VHF")
NO_STATE = facts(state_involved=False, control_exercised=False, handed_over=False)


@pytest.mark.parametrize(
    ("duty", "state", "events"),
    [
        ("D01", "does not apply", [*facts(information_received=False, people_found=False), *DANGER]),
        ("D02", "does not apply", [*facts(information_received=False, people_found=False), *DANGER]),
        ("D01", "does not apply", facts(able_to_assist=False, proceeding=True)),
        ("D01", "does not apply", [*facts(0, able_to_assist=True), *facts(90, able_to_assist=False)]),
        ("D02", "does not apply", [*facts(0, in_rescue_region=True), *facts(90, in_rescue_region=False)]),
        ("D06", "does not apply", facts(ship_involved=False, master_overruled=False, proceeding=True)),
        ("D07", "does not apply", [*NO_STATE, decided("board"), force()]),
        ("D08", "does not apply", [*NO_STATE, *facts(returned_to_danger=True)]),
        ("D09", "does not apply", [decided("monitor"), *facts(power_used="a line across its bow")]),
        ("D10", "does not apply", [*facts(risk_known=False), *DANGER]),
        ("D11", "does not apply", [decided("monitor"), *facts(control_exercised=True)]),
        ("D11", "does not apply", [decided("monitor"), known("power_used", "not only a line")]),
    ],
)
def test_what_is_contradicted_is_not_said_not_to_apply(duty, state, events):
    """One entry says that there was nothing; another shows that there was, or cannot be read."""
    assert find(events, duty, log="yes").state != state


@pytest.mark.parametrize(("duty", "state", "events"), [(one[0], one[1], one[3]) for one in RECORDS])
def test_nothing_is_settled_for_the_better_by_what_cannot_be_read(duty, state, events):
    """While a body is deleted or withheld nothing is met and nothing does not apply; what is not met stays so."""
    found = find(events, duty, log="yes", absent=[7])
    row = next((one for one in rules_of_duties().duties[duty].not_met if one.says == found.says), None)
    assert found.state == ("not met" if row else "cannot tell")
    assert row is None or (state == "not met" and not row.lacking)  # a reason may stand in what cannot be read


AFTERWARDS = [  # a duty, its state, and what somebody enters later
    ("D09", "not met", [computed(), not_shown() | {"id": "n"}, *DILIGENCE, decided("escort")],
     correction("n", at=900, data={"shown": True, "to": ["commander"]})),
    ("D11", "not met", [*facts(authority_obtained=False), decided("board", name="d")],
     correction("d", at=900, data={"chosen": "monitor"})),
    ("D11", "not met", [*facts(authority_obtained=False), decided("board", name="d")], correction("d", at=900)),
    ("D12", "not met", [*TOLD, decided("escort", reason="", name="d")],
     correction("d", at=900, data={"reason": "because"})),
]  # fmt: skip


@pytest.mark.parametrize(("duty", "state", "events", "later"), AFTERWARDS)
def test_what_is_corrected_afterwards_makes_no_duty_better(duty, state, events, later):
    """Who saw what, what was chosen and why is told as of then; a correction is seen, and leaves it open at best."""
    assert find(events, duty, log="yes").state == state
    assert find([*events, later], duty, log="yes").state in (state, "cannot tell")


@pytest.mark.parametrize(
    ("duty", "extra"),
    [
        ("D01", facts(5, proceeding=False)),
        ("D02", facts(9, place_of_safety_reached=False)),
        ("D03", facts(9, acknowledged=False)),
        ("D05", facts(9, care_given=False)),
        ("D08", facts(9, people_informed=False)),
        ("D09", facts(9, risk_seen_before_deciding=False)),
        ("D09", [not_shown(at=7)]),
        ("D09", facts(9, crew_trained=False)),
        ("D09", [decided("intercept and push back", at=12, reason="")]),
        ("D10", [decided("do nothing", at=20, reason="")]),
        ("D11", [decided("tow back to France", at=20)]),
    ],
)
def test_what_differs_is_for_a_person_to_judge(duty, extra):
    """A later no beside a yes, or a choice that nobody can read: not met, or open, and never met."""
    assert find([*MET[duty], *extra], duty, log="yes").state != "met"


def test_no_reason_is_no_reason_however_it_is_spelt():
    """Standing for a reason, in English and French."""
    for reason in ("no reason given", "none given", "sans raison", "pas de motif", "(none)", "nil", "pending", "-"):
        assert find([*TOLD, decided("escort", reason=reason)], "D12", log="yes").state == "not met", reason


def test_strange_entries_break_no_page():
    """What another program wrote, or a hand: it is told or left aside, and everything else is told."""
    for strange in (
        shown_to(5), shown_to([5, ["x"], {}]), shown(answer=["x"]), known("people_on_board", 10**400),
        computed(question={"time": "soon", "horizon": 24.0}), computed(members=None), computed(answer=[1]),
        computed(not_arriving=None),
    ):  # fmt: skip
        check_duties([computed(), shown(), decided("escort"), strange]).as_json()


def shown_to(roles):
    return event("shown", 6, {**shown()["data"], "to": roles})
