"""Promises about computing a recorded answer again."""

import json
import math

import pytest

from tests.recorded import NOW, asking, few, holds_text, new_record, own_facts
from tests.seas import streams_file
from tests.season.made import made
from varne.assessment import assess
from varne.encounter.scenario import Scenario
from varne.errors import BadRecord
from varne.facts.departures import departures
from varne.facts.own import OwnNumbers
from varne.files.departures_file import write_departures
from varne.record.asking import record_failure
from varne.record.entry import Draft, canonical
from varne.record.keep import keep_file
from varne.record.opening import open_log
from varne.record.redact import redact, withhold
from varne.recording import record_assessment, record_season
from varne.replaying import TOLERANCE, Replayed, replay_entry
from varne.simulation import simulate

ELSEWHERE = "Plan9 vax python 3.11.7 numba 0.1"
DAYS = ("2026-06-01", "2026-06-30")


@pytest.fixture
def record(tmp_path):
    return new_record(tmp_path, now=NOW)


@pytest.fixture
def made_seasons(monkeypatch):
    """Books that are made up: the voyages are tested elsewhere."""
    monkeypatch.setattr("varne.simulation.alone", lambda *_: made)


def entered(record, found, *, facts=None):
    return record_assessment(record.folder, found, asking(), facts=facts).index


def changed_entry(record, index, *, answer=lambda whole: None, **fields):
    """One more entry like another, with fields of its fingerprint and figures of its answer changed."""
    event = record.entry(index).content
    whole = json.loads(record.kept_file(event["data"]["answer"]))
    answer(whole)
    digest = keep_file(record, canonical(whole))
    mark = {**event["data"]["fingerprint"], **fields}
    data = {**event["data"], "answer": f"sha256:{digest}", "fingerprint": mark}
    inputs = tuple((one["name"], one["sha256"]) for one in event["inputs"])
    with open_log(record.folder, now=NOW) as log:
        return log.append([Draft("computed", event["role"], data, NOW, inputs=inputs)], now=NOW).first


def deaths_times(factor):
    def change(whole):
        whole["options"][0]["expected_deaths"]["mean"] *= factor

    return change


def test_an_answer_comes_out_again_bit_for_bit(record):
    """With the recorded code on the recorded platform; nothing is said to differ."""
    found = replay_entry(record, entered(record, few(seed=3)))
    assert found == Replayed(1, True, True, 0.0, ()) and found.holds


def test_all_options_that_do_not_apply_with_them_come_out_again(record):
    """Also where one of them has no figures."""
    question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    found = assess(question, members=(2, 1))
    assert not all(row["applies"] for row in found.as_json()["options"])
    assert replay_entry(record, entered(record, found)).equal


def test_the_recorded_numbers_are_used_though_their_file_is_gone(record, tmp_path):
    """Not those of today: with these the answer would be another."""
    own = own_facts(tmp_path)
    found = few(facts=own)
    index = entered(record, found, facts=own)
    own.unlink()
    assert replay_entry(record, index).equal
    assert few().as_json()["options"] != found.as_json()["options"]


def test_an_answer_that_does_not_follow_from_its_question_is_named(record):
    """Here every bit counts: the place, what it was and what it is; the largest difference first."""
    index = entered(record, few())

    def change(whole):
        deaths_times(1 + 1e-9)(whole)
        whole["options"][1]["p_any_death"]["mean"] *= 2

    found = replay_entry(record, changed_entry(record, index, answer=change))
    assert not found.equal and not found.holds and found.largest == pytest.approx(0.5)
    first, second = found.differences
    assert first.startswith("options.escort.p_any_death.mean was ")
    assert second.startswith("options.leave.expected_deaths.mean was ")


@pytest.mark.parametrize(
    ("factor", "holds"), [(1.0, True), (1 + TOLERANCE / 10, True), (1 + TOLERANCE * 10, False), (0.0, False)]
)
def test_elsewhere_numbers_may_differ_by_the_tolerance_and_no_more(record, factor, holds):
    """The two places are named."""
    index = entered(record, few())
    changed = changed_entry(record, index, answer=deaths_times(factor), platform=ELSEWHERE)
    found = replay_entry(record, changed)
    assert (found.same_place, found.holds) == (False, holds)
    assert ELSEWHERE in found.differences[0] and "computed then by" in found.differences[0]


def test_here_the_tolerance_is_not_granted(record):
    """What rounds differently elsewhere does not here."""
    index = entered(record, few())
    assert not replay_entry(record, changed_entry(record, index, answer=deaths_times(1 + TOLERANCE / 10))).holds


def test_words_and_missing_rows_are_never_within_the_tolerance(record):
    """Only numbers round differently."""
    index = entered(record, few())

    def reworded(whole):
        whole["options"][0]["grade"] = "published"

    def fewer(whole):
        whole["options"][0]["expected_deaths"]["more"] = 0.0

    for change in (reworded, fewer):
        found = replay_entry(record, changed_entry(record, index, answer=change, platform=ELSEWHERE))
        assert not found.holds and math.isinf(found.largest)


def test_other_facts_of_today_are_said(record):
    """The fingerprint that differs is named beside the answer, which holds with the recorded numbers all the same."""
    index = entered(record, few())
    found = replay_entry(record, changed_entry(record, index, facts="0" * 64))
    assert found.equal and found.holds
    assert found.differences[0].startswith("fingerprint of facts was 000000000000, is ")


def test_an_answer_or_numbers_that_were_changed_are_named(record):
    """Nothing is computed from them."""
    index = entered(record, few())
    event = record.entry(index).content
    for digest in (event["data"]["answer"].removeprefix("sha256:"), event["inputs"][0]["sha256"]):
        path = record.folder / "files" / digest
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"1", b"2", 1))
        with pytest.raises(BadRecord, match=f"files/{digest} is not what its name says; it was changed"):
            replay_entry(record, index)
        path.unlink()
        with pytest.raises(BadRecord, match=f"Entry {index} names .* by the hash .*{digest}; put that file into"):
            replay_entry(record, index)
        path.write_bytes(whole)
    assert replay_entry(record, index).equal


def test_files_of_the_sea_are_looked_for_in_a_folder(record, tmp_path):
    """The one with the recorded hash is used wherever it lies now; a missing one, or another of its name, is said."""
    file = streams_file(tmp_path / "then" / "streams.nc")
    index = entered(record, few(sea={"streams": str(file)}))
    now = file.rename(streams_file(tmp_path / "now" / "streams.nc"))
    assert replay_entry(record, index, inputs=now.parent) == Replayed(index, True, True, 0.0, ())
    with pytest.raises(BadRecord, match=r"asked with streams\.nc, which is not in .*then; name its folder"):
        replay_entry(record, index, inputs=tmp_path / "then")
    streams_file(file, strength=2.0)
    with pytest.raises(BadRecord, match=r"then/streams\.nc is not the file that the question was asked with"):
        replay_entry(record, index, inputs=tmp_path / "then")


@pytest.mark.parametrize("act", [redact, withhold])
def test_without_its_body_nothing_is_computed_again(record, act):
    """Deleted or withheld."""
    index = entered(record, few())
    with open_log(record.folder, now=NOW) as log:
        act(log, index, role="records officer", reason="asked for", now=NOW)
    with pytest.raises(BadRecord, match=f"The body of entry {index} is withheld or deleted"):
        replay_entry(record, index)


def test_what_was_not_computed_is_refused(record):
    """An entry of another kind, a failure, no entry at all."""
    failed = record_failure(record.folder, "assess", {}, "people is 0", asking())
    for index, why in ((0, "is of kind 'key'"), (failed, "no figure could be given: people is 0"), (9, "no entry 9")):
        with pytest.raises(BadRecord, match=why):
            replay_entry(record, index)


def test_a_season_comes_out_again_bit_for_bit(record, made_seasons, tmp_path):
    """From the texts of its policies, departures and numbers as they were read then; their files may be gone."""
    mine = tmp_path / "mine.toml"
    mine.write_text('like = "as-it-was"\nname = "mine"\nsays = "Mine."\n', encoding="utf-8")
    own, fitted = own_facts(tmp_path), tmp_path / "fitted.toml"
    write_departures(fitted, departures(), source="Made up", date="2026-11-25", days="all days")
    numbers = OwnNumbers(own, fitted)
    found = simulate(["as-it-was", mine], dates=DAYS, members=(4, 2), facts=numbers, reference="mine", seed=2**63 - 1)
    index = record_season(record.folder, found, asking("analyst"), own=numbers).index
    for path in tmp_path.iterdir():
        if path.is_file() and not path.name.startswith("log.key"):
            path.unlink()
    assert replay_entry(record, index) == Replayed(index, True, True, 0.0, ())
    assert holds_text(record.folder, str(tmp_path)) == []


def test_a_season_that_was_changed_is_not_borne_out(record, made_seasons):
    """The place is named."""
    found = simulate(["as-it-was", "more-rescue"], dates=DAYS, members=(4, 2))
    index = record_season(record.folder, found, asking("analyst")).index

    def change(whole):
        whole["season"]["reference"] = "more-rescue"

    again = replay_entry(record, changed_entry(record, index, answer=change))
    assert not again.holds and "season.reference was 'more-rescue', is 'as-it-was'" in again.differences


def test_a_file_of_a_season_that_is_gone_is_named_with_its_entry(record, made_seasons):
    """Whoever has the file knows where it is wanted."""
    found = simulate(["as-it-was"], dates=DAYS, members=(4, 2))
    index = record_season(record.folder, found, asking("analyst")).index
    policy = next(one for one in record.entry(index).content["inputs"] if one["name"] != "numbers.json")
    (record.folder / "files" / policy["sha256"]).unlink()
    with pytest.raises(BadRecord, match=f"Entry {index} names {policy['name']} by the hash {policy['sha256']}; put"):
        replay_entry(record, index)


def test_an_answer_that_nobody_named_is_missed(record):
    """By an entry of another's making."""
    with open_log(record.folder, now=NOW) as log:
        index = log.append([Draft("computed", "analyst", {"command": "assess"}, NOW)], now=NOW).first
    with pytest.raises(BadRecord, match=f"Entry {index} names no hash of the answer"):
        replay_entry(record, index)


def test_the_work_can_be_watched(record):
    """From the first draw to the last."""
    told = []
    replay_entry(record, entered(record, few()), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (4, 4) and told == sorted(told)
