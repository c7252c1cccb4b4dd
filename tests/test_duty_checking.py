"""Duties put together from a question, an assessment, or a record."""

from pathlib import Path

import pytest

from tests.duties.made import computed, decided, facts, known, shown
from varne.assessment import WITHOUT_HELP, assess
from varne.duty_checking import (
    Asked,
    duties_of_assessment,
    duties_of_question,
    duties_of_record,
    duties_of_stored,
)
from varne.encounter.scenario import Scenario
from varne.errors import BadInput
from varne.files.folder import write_json
from varne.files.members import write_members
from varne.files.stored import read_stored
from varne.record.asking import Asking, record_shown
from varne.record.entry import Draft, make_entry
from varne.record.finding import WRONG_CLOCK
from varne.record.keys import LOG, new_signer, read_signer
from varne.record.opening import create_log, open_log
from varne.record.reader import Record
from varne.record.redact import redact
from varne.recording import record_assessment

QUESTION = {
    "position": "51 03.0N 001 38.0E", "time": "2026-03-14T02:30Z", "people": 55, "length": 9, "wind": "WSW 12 kn",
    "waves": "0.8 m", "water": 7, "children": 3, "options": ["leave", "escort", "jam"],
}  # fmt: skip

FORGED = {"prev": WRONG_CLOCK}


@pytest.fixture(scope="module")
def small():
    return assess(Scenario.of(QUESTION), members=(8, 3))


def log_of(folder, drafts, now=0.0):
    create_log(folder / "log", origin="varne.example/duties", key=folder / "log.key", now=now)
    with open_log(folder / "log", now=now) as log:
        log.append(drafts, now=now)
    return Record(folder / "log")


def as_drafts(events):
    return [Draft(one["kind"], one["role"], one["data"], 0.0, one["case"]) for one in events]


def states(found):
    return {one.duty: one.state for one in found.duties}


def test_an_assessment_alone_tells_the_factors_and_no_duty(small):
    """What nobody has entered cannot be told; what was asked and computed stands in its place."""
    found = duties_of_assessment(small)
    assert set(states(found).values()) == {"cannot tell"}
    factors = {value.field: value for one in found.rubric for value in one.values}
    assert factors["people_on_board"].value == 55
    assert factors["request_for_assistance"].value == "unknown"
    chance = small.not_arriving()
    assert factors["p_not_arriving"].value == {"mean": chance.mean, "low": chance.low, "high": chance.high}


def test_both_branches_hold_the_numbers_of_the_answer(small):
    """One computation: the risk of acting and of not acting is that of the assessment, for people and for crews."""
    (branches,) = duties_of_assessment(small).branches
    rows = {row["name"]: row for row in small.as_json()["options"]}
    told = {one.name: one for one in branches.options}
    assert told[WITHOUT_HELP].branch == "not acting" and told["escort"].branch == told["jam"].branch == "acting"
    for name, one in told.items():
        assert one.people["expected_deaths"] == rows[name]["expected_deaths"]
        assert one.crews["deaths"] == rows[name]["responders"]["deaths"]


def test_a_stored_assessment_tells_what_it_told_before(small, tmp_path):
    """Written and read back, the same in every word."""
    write_json(small.as_json(), tmp_path / "assessment.json")
    write_members(small.dataset(), tmp_path / "assessment.nc")
    stored, direct = duties_of_stored(read_stored(tmp_path)).as_json(), duties_of_assessment(small).as_json()
    factor = stored["rubric"]["factors"][1]["fields"]
    chance = next(one for one in factor if one["field"] == "p_not_arriving")["value"]
    assert chance["mean"] == pytest.approx(small.not_arriving().mean, rel=1e-6)
    for told in (stored, direct):
        for one in told["rubric"]["factors"][1]["fields"]:
            one.pop("value"), one.pop("says")
    assert stored == direct


def test_the_chance_of_not_arriving_needs_the_option_in_which_nobody_comes():
    """Without it nothing is said; a zero would be a lie."""
    found = assess(Scenario.of({**QUESTION, "options": ["escort"], "reference": "escort"}), members=(4, 2))
    assert found.not_arriving() is None
    factors = {value.field: value.value for one in duties_of_assessment(found).rubric for value in one.values}
    assert factors["p_not_arriving"] == "unknown"


def test_a_question_is_answered_first():
    """A scenario is enough to see both branches."""
    found = duties_of_question(Scenario.of({**QUESTION, "options": ["leave"]}), members="4x2")
    assert [one.name for one in found.branches[0].options] == ["leave"]


def test_a_record_tells_duties_and_whether_it_holds(tmp_path):
    """Figures that were shown before a decision with its reason, on a log that verifies."""
    peril = facts(risk_known=True, help_possible=True, help_source="lifeboat", help_time=40)
    first = computed()
    record = log_of(tmp_path, as_drafts([known("information_received", "engine stopped", channel="VHF 16"), *peril]))
    with open_log(record.folder, now=1.0) as log:
        made = log.append(as_drafts([first]), now=1.0).entries[0].content["id"]
        seen = {**shown()["data"], "computed": made, "answer": first["data"].get("answer")}
        log.append([Draft("shown", "watch officer", seen, 2.0), *as_drafts([decided("monitor")])], now=3.0)
    found = duties_of_record(record, Asked(now=10.0, keys=(read_signer(tmp_path / "log.key").verifier,)))
    assert found.evidence.log == "yes"
    assert states(found)["D12"] == "met"
    assert states(found)["D10"] in ("met", "cannot tell")
    assert [one.computed.id for one in found.branches if one.computed] == [made]


def test_a_record_that_was_changed_is_not_met(tmp_path):
    """A body that no longer is what its leaf commits to: the duty to keep a record is not met."""
    record = log_of(tmp_path, as_drafts([decided("escort")]))
    (path,) = [
        path for path in (record.folder / "bodies").rglob("*") if path.is_file() and b"escort" in path.read_bytes()
    ]
    path.write_bytes(path.read_bytes().replace(b"escort", b"resort"))
    found = duties_of_record(record, Asked(now=0.0))
    assert found.evidence.log == "no"
    assert states(found)["D12"] == "not met"


def test_a_record_whose_key_nobody_vouches_for_is_not_said_to_hold(tmp_path):
    """A forger can write a whole log anew: it agrees with itself, and that is all."""
    record = log_of(tmp_path, as_drafts([decided("escort")]))
    key = read_signer(tmp_path / "log.key").verifier
    for _ in range(2):  # with its secret key beside it, which whoever made both could have sent along, and without
        alone = duties_of_record(record, Asked())
        assert (alone.evidence.log, states(alone)["D12"]) == ("unknown", "cannot tell")
        (tmp_path / "log.key").unlink(missing_ok=True)
    trusted = duties_of_record(record, Asked(keys=(key,)))
    assert (trusted.evidence.log, states(trusted)["D12"]) == ("yes", "met")
    other = duties_of_record(record, Asked(keys=(new_signer("varne.example/duties", LOG).verifier,)))
    assert (other.evidence.log, states(other)["D12"]) == ("unknown", "cannot tell")  # a wrong key accuses nobody


def test_what_was_deleted_or_withheld_makes_no_duty_better(tmp_path):
    """A decision without a reason is not met; when its body is gone nobody can tell, and the number is said."""
    record = log_of(tmp_path, as_drafts([decided("escort", reason=""), decided("leave")]))
    asked = Asked(keys=(read_signer(tmp_path / "log.key").verifier,))
    assert states(duties_of_record(record, asked))["D12"] == "not met"
    with open_log(record.folder, now=1.0) as log:
        redact(log, 1, role="records officer", reason="it names a person", now=1.0)
    found = duties_of_record(record, asked)
    assert (states(found)["D12"], found.evidence.absent) == ("cannot tell", (1,))


def test_a_wrong_clock_and_a_torn_countersignature_change_no_entry(tmp_path):
    """Neither says that an entry was changed; neither is a pass."""
    record = log_of(tmp_path, as_drafts([decided("escort")]), now=1e9)
    assert duties_of_record(record, Asked(now=0.0)).evidence.log == "unknown"
    (record.folder / "checkpoint.1.cosig").write_text("junk")
    assert duties_of_record(record, Asked()).evidence.log == "unknown"


def test_what_an_entry_says_of_a_clock_does_not_excuse_it(tmp_path, monkeypatch):
    """A fault of an entry stays one, whatever words its keeper wrote into it."""
    record = log_of(tmp_path, as_drafts([decided("escort")]))
    monkeypatch.setattr("varne.record.log.make_entry", lambda draft, **more: make_entry(draft, **more | FORGED))
    with open_log(record.folder, now=0.0) as log:
        log.append(as_drafts([decided("divert")]), now=0.0)
    assert duties_of_record(record, Asked()).evidence.log == "no"


def test_an_assessment_on_record_gives_its_chance_and_who_saw_it(small, tmp_path):
    """`assess --record` and `duties` agree: the chance of not arriving, the figures, the roles."""
    record = log_of(tmp_path, [Draft("heartbeat", "recorder", {}, 0.0)])
    made = record_assessment(record.folder, small, Asking("watch officer", 1.0))
    record_shown(record.folder, made, to=["commander"], how="screen", asking=Asking("watch officer", 2.0))
    found = duties_of_record(record, Asked(now=5.0))
    factors = {value.field: value for one in found.rubric for value in one.values}
    assert factors["p_not_arriving"].value["mean"] == pytest.approx(small.not_arriving().mean, rel=1e-5)
    assert factors["wind"].source != ""
    assert [roles for _, roles in found.branches[0].shown] == [("commander",)]


def test_several_cases_ask_which(tmp_path):
    """Two boats in one record are not mixed."""
    events = [{**known("people_on_board", 55), "case": "one"}, {**known("people_on_board", 20), "case": "two"}]
    record = log_of(tmp_path, as_drafts(events))
    with pytest.raises(BadInput, match="case"):
        duties_of_record(record, Asked(now=0.0))
    factors = {
        v.field: v.value for one in duties_of_record(record, Asked(case="two", now=0.0)).rubric for v in one.values
    }
    assert factors["people_on_board"] == 20


def test_the_folder_of_a_record_is_named_where_there_is_none():
    """One sentence, with what to do."""
    with pytest.raises(Exception, match=r"no checkpoint|no record"):
        duties_of_record(Record(Path("nowhere")), Asked())
