"""Promises about what a record holds."""

import pytest
from tests.duties.made import computed, correction, event, facts, known

from varne.duties.check import check_duties
from varne.duties.evidence import cases_of, filled, gather
from varne.errors import BadInput


def values(events, word="people_on_board", **more):
    return [entry.data["value"] for entry in gather(events, **more).words.get(word, ())]


def test_entries_stand_in_order_of_time_not_of_the_log():
    """What was entered late and happened early comes first."""
    assert values([known("people_on_board", 2, 9), known("people_on_board", 1, 3)]) == [1, 2]


def test_a_correction_without_data_takes_an_entry_back():
    """It is no longer there; the correction still is."""
    events = [known("people_on_board", 50) | {"id": "first"}, correction("first", name="back")]
    found = gather(events)
    assert values(events) == []
    assert [entry.id for entry in found.corrections] == ["back"]


def test_a_correction_with_data_changes_the_fields_that_it_names():
    """The others stay, the time is that of the first, and the entry names who corrected it; the latest stands."""
    events = [
        known("people_on_board", 50, 4) | {"id": "first"},
        correction("first", 20, {"value": 55}, name="one"),
        correction("first", 10, {"value": 57}, name="two"),  # entered later, whatever time it gives
    ]
    (entry,) = gather(events).entries
    assert entry.data == {"what": "people_on_board", "value": 57, "source": "radio"}
    assert (entry.time, entry.corrected_by) == (events[0]["time"], ("one", "two"))


@pytest.mark.parametrize(
    ("second", "expected"),
    [(None, [50]), ({"data": {"value": 60}}, [60]), ({"corrects": "elsewhere"}, [50])],
    ids=["taken back", "changed", "of another"],
)
def test_a_correction_can_itself_be_corrected(second, expected):
    """Taken back it does nothing; changed it says what it says now."""
    events = [known("people_on_board", 50) | {"id": "first"}, correction("first", data={"value": 55}, name="one")]
    assert values(events) == [55]
    assert values([*events, correction("one", data=second)]) == expected


def test_figures_stay_as_they_were_computed():
    """What somebody saw is not changed by hand afterwards; it is said to be corrected, and can be taken back."""
    change = correction("figures", 30, {"options": [], "answer": "sha256:2"}, name="change")
    found = gather([computed(), change])
    (entry,) = found.of_kind("computed")
    assert entry.data == computed()["data"] and entry.corrected_by == ("change",)
    assert gather([computed(), correction("figures")]).of_kind("computed") == ()


def test_figures_of_another_shape_are_not_read_and_said_not_to_be():
    """Another program may have written them: no page breaks, and none shows what it cannot read."""
    for changed in ({"options": [5]}, {"not_arriving": "high"}, {"question": {"people": "many"}}, {"sea": 3}):
        figures = computed()
        figures["data"] |= changed
        found = gather([figures, known("forwarded")])
        assert found.of_kind("computed") == () and [one.id for one in found.not_understood] == ["figures"]
        check_duties([figures]).as_json()


def test_a_correction_of_what_is_not_there_does_nothing():
    """And is not listed: it is about another record."""
    for target in ("elsewhere", ["a", "b"], None, {}):
        found = gather([known("people_on_board", 50), correction(target)])
        assert len(found.entries) == 1 and found.corrections == ()


def test_what_was_taken_out_says_nothing():
    """An entry without data, as after a redaction, is there and tells nothing."""
    found = gather([known("people_on_board", 50) | {"data": None}])
    assert len(found.entries) == 1 and found.words == {}


def test_entries_that_serve_the_record_are_no_entries_of_what_happened():
    """Heartbeats, exports, keys, redactions, and our own duties."""
    kinds = ("heartbeat", "export", "key", "redaction", "duty", "correction")
    assert gather([event(kind, 0, {"what": "forwarded", "value": True}) for kind in kinds]).entries == ()


def test_a_correction_counts_from_when_it_was_entered():
    """As it stood then: before the correction was known."""
    events = [known("people_on_board", 50, 0) | {"id": "first"}, correction("first", 30, {"value": 55})]
    assert values(events, until="2026-01-31T04:10Z") == [50]
    assert values(events, until="2026-01-31T05:10Z") == values(events) == [55]


def test_values_of_another_kind_are_set_aside():
    """Not understood; unknown is understood."""
    found = gather([*facts(people_on_board="many"), *facts(people_on_board="unknown"), *facts(grounds=False)])
    assert [entry.data["value"] for entry in found.not_understood] == ["many"]
    assert set(found.words) == {"people_on_board", "grounds"}


def test_cases_are_told_apart():
    """One case and entries of none are one boat; of a named case only its own are read."""
    events = [event("known", 0, {"what": "boat_seen", "value": True}, case=case) for case in ("a", "", "b")]
    assert cases_of(events) == ("a", "b")
    assert len(gather(events[:2]).entries) == 2
    assert [entry.case for entry in gather(events, case="b").entries] == ["b"]
    with pytest.raises(BadInput, match="log is 'maybe'"):
        gather([], log="maybe")


@pytest.mark.parametrize("value", ["", "  ", "None", "unknown", None, False, []])
def test_an_empty_field_tells_nothing(value):
    """Nor does none, written out."""
    assert not filled(value)


@pytest.mark.parametrize("value", ["by radio", 0, 55, ["commander"], True])
def test_a_filled_field_tells_something(value):
    """Also nought: that there was nobody near the water is something told."""
    assert filled(value)
