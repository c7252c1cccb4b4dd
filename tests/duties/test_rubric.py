"""Promises about the ten factors of distress."""

import pytest
from tests.duties.made import computed, facts, known, moment

from varne.duties.evidence import gather
from varne.duties.rubric import NOT_ARRIVING, check_rubric
from varne.encounter.outcome import Interval
from varne.encounter.scenario import Scenario
from varne.facts.duty_rules import rules_of_duties
from varne.facts.provisions import law_at_sea

ASKED = Scenario.of(
    {"position": "51 03.0N 001 38.0E", "time": "2026-01-31T04:00Z", "people": 50, "length": 9, "jackets": 10,
     "children": 3, "waves": "0.8 m", "water": 8.0}
).as_written()  # fmt: skip
ANSWER = {"scenario": ASKED, "sea": {"waves": {"source": "given"}, "streams": {"source": "embedded atlas"}}}


def fields(events=(), answer=None, chance=None):
    told = check_rubric(law_at_sea(), rules_of_duties(), gather(events), answer, chance)
    return {value.field: value for one in told for value in one.values}


def test_with_nothing_known_everything_is_unknown():
    """Ten factors, each with its fields; nothing is no, and nothing is nought."""
    told = check_rubric(law_at_sea(), rules_of_duties(), gather([]))
    assert [one.factor.id for one in told] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    assert all(value.value == "unknown" and not value.source for one in told for value in one.values)


def test_the_question_of_an_assessment_fills_what_it_knows():
    """Counts, length, share of jackets, children and the sea; the rest stays unknown."""
    found = fields(answer=ANSWER)
    assert (found["people_on_board"].value, found["length_m"].value) == (50, 9)
    assert found["lifejacket_share"].value == pytest.approx(0.2)
    assert found["pregnant_or_children"].value == 3
    assert (found["wave_height"].value, found["wave_height"].source) == ("0.8 m", "given")
    assert (found["tide"].value, found["tide"].source) == ("unknown", "embedded atlas")
    assert found["wind"].value == found["fuel_hours"].value == found["request_for_assistance"].value == "unknown"
    assert found["people_on_board"].time == "2026-01-31T04:00Z"


def test_that_there_are_no_children_does_not_tell_of_pregnancy():
    """It stays unknown."""
    assert fields(answer={"scenario": {**ASKED, "children": 0}})["pregnant_or_children"].value == "unknown"


def test_the_record_comes_before_the_question_and_the_latest_before_the_earlier():
    """With its source, time, channel and role; also where the latest is that it is unknown."""
    events = [known("people_on_board", [40, 60], 9, channel="VHF 16"), known("people_on_board", 45, 3)]
    found = fields(events, ANSWER)["people_on_board"]
    assert (found.value, found.source, found.channel, found.entry.role) == (
        [40, 60],
        "radio",
        "VHF 16",
        "watch officer",
    )
    assert found.says.spoken(str) == "40 to 60 people"
    assert fields([*events, known("people_on_board", "unknown", 12)], ANSWER)["people_on_board"].value == "unknown"


def test_the_latest_assessment_on_record_stands_in_where_none_is_given():
    """Its question, with the entry that holds it."""
    found = fields([computed("early", 3, question={"people": 40}), computed("late", 8)])
    assert (found["people_on_board"].value, found["people_on_board"].entry.id) == (55, "late")
    assert fields([computed()], {"scenario": {"people": 7}})["people_on_board"].value == 7


def test_the_chance_of_not_arriving_comes_from_the_ensemble_or_is_unknown():
    """With its interval, under the second factor; no number is made up."""
    assert fields(answer=ANSWER)[NOT_ARRIVING].value == "unknown"
    found = fields(answer=ANSWER, chance=Interval(0.2, 0.1, 0.4))[NOT_ARRIVING]
    assert found.value == {"mean": 0.2, "low": 0.1, "high": 0.4}
    assert found.says.spoken(str) == "0.2 (90 % interval 0.1 to 0.4)"
    told = check_rubric(law_at_sea(), rules_of_duties(), gather([]))
    assert [one.factor.id for one in told for value in one.values if value.field == NOT_ARRIVING] == ["ii"]


def test_the_chance_on_record_is_that_of_the_latest_assessment_that_tells_one():
    """With the entry that says so; one that was entered later, or failed, was not known at the time."""
    chance = {"mean": 0.2, "low": 0.1, "high": 0.4}
    events = [
        computed("early", 3, not_arriving=chance),
        computed("none", 5),
        computed("late", 8, not_arriving={"mean": 0.9, "low": 0.8, "high": 1.0}),
        computed("failed", 9, not_arriving=chance, failed="no sea"),
    ]
    for until, told, entry in (("", 0.9, "late"), (moment(6), 0.2, "early")):
        evidence = gather(events, until=until)
        factors = check_rubric(law_at_sea(), rules_of_duties(), evidence)
        (found,) = [one for factor in factors for one in factor.values if one.field == NOT_ARRIVING]
        assert (found.value["mean"], found.entry.id) == (told, entry)


def test_numbers_are_written_as_a_language_writes_them():
    """The point between whole and part is a matter of language; what a person wrote is left alone."""
    asked = {"scenario": {"people": 55, "wind": "225 deg 4.11556 m/s"}}
    found = fields(facts(fuel_hours=[1.5, 3], visibility="2.5 or so"), asked)
    comma = {"{whole}.{part}": "{whole},{part}"}
    said = {name: one.says if isinstance(one.says, str) else one.says.spoken(lambda text: comma.get(text, text))
            for name, one in found.items()}  # fmt: skip
    assert said["wind"] == "225 deg 4,12 m/s" and said["fuel_hours"] == "1,5 to 3 h"
    assert said["visibility"] == "2.5 or so"


def test_no_is_no_and_unknown_is_unknown():
    """Said so by an entry, each is shown as it was said."""
    found = fields(facts(water=False, food="unknown", fuel_hours=[1, 3], wind="W 5 m/s"))
    assert [found[name].value for name in ("water", "food", "fuel_hours", "wind")] == [
        False,
        "unknown",
        [1, 3],
        "W 5 m/s",
    ]
