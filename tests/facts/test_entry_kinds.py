"""Promises about what entries hold: what is needed is asked for, what nobody asked for and who is named are told."""

import pytest

from varne.errors import BadEntry
from varne.facts.entry_kinds import check_data, entry_kinds, persons_in, strange_choice
from varne.record.entry import KINDS

BY_HAND = ("known", "decided", "force", "duty", "correction", "heartbeat", "export")


def test_the_kinds_are_those_that_a_log_takes():
    """No more and no less, each described, none with a field twice."""
    kinds = entry_kinds()
    assert set(kinds) == set(KINDS)
    for kind in kinds.values():
        assert kind.says.endswith(".")
        assert not kind.needs.keys() & kind.may.keys()
        assert all(says.strip() for says in (*kind.needs.values(), *kind.may.values()))


@pytest.mark.parametrize("kind", BY_HAND)
def test_what_a_kind_needs_is_enough_and_all_of_it_is_needed(kind):
    """With all fields it passes; with one away, or empty, that one is named with what it means."""
    needs = entry_kinds()[kind].needs
    full = dict.fromkeys(needs, "x") | ({"duty": "D01", "state": "cannot tell"} if kind == "duty" else {})
    check_data(kind, full)
    check_data(kind, full | dict.fromkeys(entry_kinds()[kind].may, "y"))
    for name, says in needs.items():
        for data in ({key: one for key, one in full.items() if key != name}, full | {name: " "}):
            with pytest.raises(BadEntry) as told:
                check_data(kind, data)
            assert f"needs {name} ({says}); add --set {name}=" in str(told.value)


@pytest.mark.parametrize("value", [0, 0.0, False, [], {}, "unknown"])
def test_nothing_and_none_are_values(value):
    """Nobody aboard, no, and unknown are things that can be known."""
    check_data("known", {"what": "people_on_board", "value": value, "source": "radar"})


def test_a_field_that_is_not_known_is_told_with_what_it_may_have_been():
    """A slip of the pen is mended; a strange word brings the list."""
    data = {"what": "people_on_board", "value": 55, "source": "radar"}
    with pytest.raises(BadEntry, match="no field 'chanel'; did you mean 'channel'"):
        check_data("known", data | {"chanel": "radio"})
    with pytest.raises(BadEntry, match="no field 'qqqq'; it may have what, value, source"):
        check_data("known", data | {"qqqq": 1})


@pytest.mark.parametrize("kind", ["computed", "shown", "redaction", "key"])
def test_what_varne_enters_itself_is_not_entered_by_hand(kind):
    """Whoever reads such an entry can rely on where it comes from."""
    with pytest.raises(BadEntry, match=f"kind '{kind}' is entered by Varne itself; (write one of known|by hand only)"):
        check_data(kind, dict.fromkeys(entry_kinds()[kind].needs, "x"))


@pytest.mark.parametrize(("field", "value"), [("duty", "D13"), ("duty", 1), ("state", "Met"), ("state", ["met"])])
def test_a_duty_is_one_of_the_tables_and_in_one_of_four_states(field, value):
    """Others would be told from by no rule."""
    with pytest.raises(BadEntry, match=f"{field} is .*; write one of "):
        check_data("duty", {"duty": "D01", "state": "met"} | {field: value})


def test_a_choice_is_compared_with_options_and_what_duties_call_them():
    """However it is written; a strange one is never refused."""
    assert all(strange_choice({"chosen": name}) is None for name in ("leave", " Escort ", "MONITOR"))
    assert "these are leave, monitor" in (strange_choice({"chosen": "xyzzyx"}) or "")
    check_data("decided", {"chosen": "xyzzyx", "reason": "b"})


def test_a_kind_that_is_none_is_told():
    """With those that there are."""
    with pytest.raises(
        BadEntry, match=f"kind 'gossip' is not known; write one of {', '.join(sorted(BY_HAND))[:0]}known"
    ):
        check_data("gossip", {})


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ({"reason": "ask someone@example.org"}, ["data.reason"]),
        ({"not_chosen": {"board": ["call +33 6 12 34 56 78"]}}, ["data.not_chosen.board.0"]),
        ({"text": "fine", "more": ["fine", {"who": "write to a.b@example.org"}]}, ["data.more.1.who"]),
        ({"value": 55, "high": None, "sure": True}, []),
    ],
)
def test_where_a_text_seems_to_name_somebody_is_said(content, places):
    """At any depth, by its place."""
    found = list(persons_in(content, "data"))
    assert [place for place, _ in found] == places
    assert all(why for _, why in found)


@pytest.mark.parametrize("digest", ["0123456789" * 7, "sha256:" + "1" * 64, "12345678901234567890123456789012"])
def test_a_digest_is_no_telephone_number(digest):
    """Many digits in a row are a hash or a name of an entry."""
    text = digest[:64] if not digest.startswith("sha256:") else digest
    assert list(persons_in({"recording": text}, "data")) == []


def test_a_telephone_number_is_one_also_among_digests():
    """Short ones are looked at."""
    assert [place for place, _ in persons_in(["1" * 64, "+44 7700 900123"], "data")] == ["data.1"]
