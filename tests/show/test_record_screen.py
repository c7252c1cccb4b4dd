"""Promises about a record on a terminal: what is found is said, the gravest first; nothing in it rules the screen."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from tests.record.logs import NOW, make_log

from varne.record.entry import KINDS
from varne.record.finding import failed, not_checked, remark
from varne.record.keys import read_signer
from varne.record.reader import Record
from varne.record.verify import verify
from varne.record.verify_kept import Believed, Seen
from varne.show.record_screen import NOT_PROVED, entries_table, findings_table, said, verified_screen

HOSTILE = "a\x1b[2J\x1b]0;title\x07\r\n\u2028[bold red]b[/]"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    folder = make_log(tmp_path_factory.mktemp("screen"), 3)
    key = read_signer(folder.parent / "log.key").verifier
    return verify(Record(folder), Believed((key,)), now=NOW), key


def test_what_holds_is_said_to_hold_and_what_is_not_checked_is_not(checked):
    """Three verdicts, each its own words."""
    found, _ = checked
    open_end = replace(found, findings=(not_checked("key", "whose it is"),))
    fault = replace(found, findings=(failed("tile/0/000", "is missing"), not_checked("key", "whose it is")))
    assert "The record holds." in printed(verified_screen(found))
    assert "The record holds, as far as it could be checked." in printed(verified_screen(open_end))
    assert "The record does not hold." in printed(verified_screen(fault))


def test_what_is_not_proved_is_said_every_time(checked):
    """Also when all of it holds."""
    for findings in ((), (failed("checkpoint", "is another"),)):
        text = printed(verified_screen(replace(checked[0], findings=findings)))
        assert " ".join(NOT_PROVED.split()) in " ".join(text.split())


def test_whose_key_signed_can_be_told_from_another_of_the_same_name(checked):
    """Its name and the four bytes; and that nobody who is known did."""
    found, key = checked
    assert f"{key.name} (key {key.key_id.hex()})" in printed(verified_screen(found))
    assert "nobody who is known" in printed(verified_screen(replace(found, signed_by=())))


def test_who_saw_it_and_when_is_said(checked):
    """In UTC."""
    seen = (Seen(4, "witness.example", 0.0),)
    text = printed(verified_screen(replace(checked[0], cosigned=seen, stamped=(Seen(3, "an authority", 60.0),))))
    assert "countersigned: 4 entries by witness.example, 1970-01-01 00:00:00Z" in text
    assert "stamped: 3 entries by an authority, 1970-01-01 00:01:00Z" in text


def test_the_gravest_comes_first_and_none_is_left_out_in_silence():
    """Faults, then what is not checked, then remarks; what is not listed is counted."""
    findings = [remark("a", "r"), not_checked("b", "n"), failed("c", "f")] * 20
    lines = printed(findings_table(findings)).splitlines()
    assert [line.split()[0] for line in lines[:40]] == ["failed"] * 20 + ["not"] * 20
    assert "and 20 more" in lines[40]
    assert len(lines) == 41
    assert "more" not in printed(findings_table(findings[:40]))


def test_every_entry_has_its_line():
    """In order, with time, kind, role and what it says; those without a body are there too."""
    event = {"index": 1, "kind": "decided", "role": "commander", "time": "2026-01-31T04:05:06.789Z",
             "data": {"chosen": "escort", "reason": "too high a sea"}}  # fmt: skip
    lines = printed(entries_table([event], 3)).splitlines()
    assert lines[2].split() == [
        "1", "2026-01-31", "04:05:06", "decided", "commander", "escort,", "because:", "too", "high", "a", "sea",
    ]  # fmt: skip
    assert all("body withheld or deleted" in lines[place] for place in (1, 3))


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_any_kind_and_shape_is_said(kind):
    """Fields may be missing or strange: it is one line all the same."""
    names = ("what", "value", "command", "options", "to", "chosen", "means", "duty", "redacts", "vkey", "failed")
    for value in (None, 7, [None, 7], {"a": []}, HOSTILE):
        for data in ({}, dict.fromkeys(names, value)):
            text = said({"kind": kind, "data": data})
            assert text.isprintable()


@pytest.mark.parametrize(
    ("kind", "data", "line"),
    [
        ("known", {"what": "lights", "value": True, "source": "radar"}, "lights: yes (radar)"),
        ("shown", {"shown": False, "computed": "0123456789", "why": "the screen was off"},
         "not shown, because: the screen was off: 01234567"),
        ("correction", {"withholds": 3, "commit": "sha256:00", "reason": "asked for"},
         "body of entry 3 withheld, because: asked for"),
        ("heartbeat", {"text": {"value": False}}, "text: value: no"),
    ],
)  # fmt: skip
def test_what_an_entry_says_is_said_in_words(kind, data, line):
    """Not as a program writes it."""
    assert said({"kind": kind, "data": data}) == line


def test_nothing_that_is_written_rules_the_terminal(checked):
    """No command, no colour, no line of its own, wherever a text may come from."""
    event = {"index": 0, "kind": "known", "role": HOSTILE, "time": "2026-01-31T04:05:06.789Z",
             "data": {"what": HOSTILE, "value": HOSTILE, "source": HOSTILE}}  # fmt: skip
    checkpoint, wrong = replace(checked[0].checkpoint, origin=HOSTILE), (failed(HOSTILE, HOSTILE),)
    seen = (Seen(1, HOSTILE, 0.0),)
    found = replace(checked[0], checkpoint=checkpoint, findings=wrong, stamped=seen, cosigned=seen)
    for shown in (entries_table([event], 1), verified_screen(found), findings_table(wrong)):
        text = printed(shown)
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "[bold red]" in text  # as it was written, not as a colour


def printed(shown):
    file = io.StringIO()
    Console(file=file, width=200).print(shown, highlight=False, markup=False)
    return file.getvalue()
