"""Duties as tables: everything that was told, nothing that was not."""

import re

import pytest
from tests.duties.made import computed, correction, decided, facts, known, shown

from varne.duties.check import check_duties
from varne.show.duty_tables import (
    branch_tables,
    duty_tables,
    phase_sentences,
    phases_table,
    provisions_table,
    rubric_table,
    summary_sentences,
    unread_sentences,
)
from varne.show.language import language

EVENTS = [
    known("information_received", "engine stopped", channel="VHF 16"),
    known("danger_reported", at=1),
    known("immediate_help_needed", at=1),
    *facts(2, people_on_board=55, request_for_assistance="unknown"),
    computed(not_arriving={"mean": 0.5, "low": 0.2, "high": 0.8}), shown(), decided("monitor"),
    known("phase_declared", "alert", at=9),
]  # fmt: skip


@pytest.fixture(scope="module", params=["en", "fr"])
def told(request):
    tongue = language(request.param)
    return check_duties(EVENTS).as_json(tongue.say), tongue


def test_every_duty_has_one_row_with_its_state(told):
    """Twelve duties, each under whom it is owed by, each with one of four states."""
    found, tongue = told
    rows = [row for table in duty_tables(found, tongue) for row in table.rows]
    assert sorted(row[0].words[:3] for row in rows) == [f"D{number:02d}" for number in range(1, 13)]
    states = {tongue.say(state) for state in ("met", "not met", "cannot tell", "does not apply")}
    assert {row[1].words for row in rows} <= states


def test_what_would_settle_it_names_the_words_to_enter(told):
    """Whoever reads what is missing can type it."""
    found, tongue = told
    (row,) = [row for table in duty_tables(found, tongue) for row in table.rows if row[0].words.startswith("D01")]
    assert "own_position" in row[3].under and "information_received" not in row[3].under
    assert "VHF" not in row[3].words and "engine stopped" in row[2].words


def test_each_factor_says_what_is_known_and_that_the_rest_is_not(told):
    """Ten rows; unknown is said and never turned into no."""
    found, tongue = told
    rows = rubric_table(found, tongue).rows
    assert len(rows) == 10
    assert tongue.say("unknown") in rows[0][1].words and tongue.say("no") not in re.split(r"\W+", rows[0][1].words)
    assert "55" in rows[2][1].words and "radio" in rows[2][2].words
    assert {"en": "0.5 (90 % interval 0.2 to 0.8)", "fr": "0,5 (intervalle à 90\u00a0%"}[tongue.code] in rows[1][
        1
    ].words


def test_a_phase_is_proposed_and_the_declared_one_stands_beside_it(told):
    """A person declares: what the criteria propose does not replace what was said."""
    found, tongue = told
    said = " ".join(phase_sentences(found, tongue))
    assert tongue.say("distress") in said and tongue.say("alert") in said and "watch officer" in said
    assert len(phases_table(found, tongue).rows) == 8


def test_both_branches_stand_in_one_table_with_intervals(told):
    """Not acting and acting, deaths aboard and of crews, who saw it, what was decided after."""
    found, tongue = told
    ((table, lines),) = branch_tables(found, tongue)
    names = [row[0].words for row in table.rows]
    assert any(tongue.say("not acting") in name for name in names)
    assert any(name.startswith(tongue.say("acting")) for name in names)
    assert all(cell.under for row in table.rows for cell in row[1:6])
    assert any(tongue.say("monitor") in line for line in lines)


def test_a_wording_keeps_its_language(told):
    """What is quoted is marked with the language it was written in; a paraphrase is in the page's."""
    found, tongue = told
    rows = provisions_table(found, tongue).rows
    by_kind = {one["id"]: (one["text_kind"], one["language"]) for one in found["provisions"]}
    for (kind, spoken), row in zip(by_kind.values(), rows, strict=True):
        assert row[1].lang == (spoken if kind in ("verbatim", "excerpt") else "")


def test_what_could_not_be_read_stands_first(told):
    """Deleted or withheld bodies are named before any state; then how many duties have which."""
    _, tongue = told
    written = check_duties([decided("leave")], log="yes", absent=[3, 8]).as_json(tongue.say)
    gone, summary, meant, times = summary_sentences(written, tongue)
    assert "3, 8" in gone and "UTC" in times and meant == written["meant"]
    assert all(f"D{number:02d}" in summary for number in range(1, 13))
    assert written["absent_entries"] == [3, 8]


def test_provisions_stand_beside_their_duty_with_how_surely_they_are_known(told):
    """Whoever reads a duty sees what it rests on, and which wording was not read whole."""
    found, tongue = told
    rows = {row[0].words[:3]: row[0].under for table in duty_tables(found, tongue) for row in table.rows}
    assert "98" in rows["D01"] and "33" in rows["D01"]
    assert f"[{tongue.say('partial')}]" in rows["D08"] and f"[{tongue.say('partial')}]" not in rows["D05"]
    assert f"[{tongue.say('recalled')}]" in rows["D11"]


def test_what_was_corrected_or_not_read_is_said_to_be(told):
    """A reader sees that an entry does not stand as it was first made, and what no duty was told from."""
    _, tongue = told
    events = [known("people_on_board", 50) | {"id": "first"}, correction("first", data={"value": 55}), known("colour")]
    found = check_duties([*events, decided("leave", name="choice"), correction("choice", data={"reason": "calm"})])
    written = found.as_json(tongue.say)
    used = [entry for group in written["groups"] for duty in group["duties"] for entry in duty["used"]]
    assert next(entry["corrected_by"] for entry in used if entry["kind"] == "decided")
    corrected = tongue.say("{entry} (corrected later)", entry="")
    rows = [row for table in duty_tables(written, tongue) for row in table.rows]
    assert any(row[2].words.endswith(corrected) for row in rows)
    (unread,) = unread_sentences(written, tongue)
    assert "colour" in unread and not unread.endswith(corrected)


def test_what_was_entered_later_than_it_happened_is_said_to_be(told):
    """By the second: a court wants to know what was written at the time and what afterwards."""
    _, tongue = told
    made = [decided("leave", 10), decided("escort", 11)]
    made[1]["logged"] = "2026-01-31T05:30:00.000Z"
    made[0]["logged"] = made[0]["time"]
    rows = [row for table in duty_tables(check_duties(made).as_json(tongue.say), tongue) for row in table.rows]
    late = tongue.say("{entry} (entered {time})", entry="", time="2026-01-31 05:30:00")
    entries = next(row[2].words for row in rows if row[0].words.startswith("D11")).split(tongue.say("; "))
    assert [entry.endswith(late) for entry in entries] == [False, True]
