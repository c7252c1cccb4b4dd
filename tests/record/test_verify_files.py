"""Promises about files that entries name by their hash."""

import hashlib

import pytest
from tests.record.logs import NOW, Altered, flipped, make_log

from varne.record.entry import Draft
from varne.record.finding import FAILED, OPEN, REMARK
from varne.record.keep import keep_file
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.record.verify_files import verify_files

ANSWER = b'{"answer":42}'


@pytest.fixture
def log(tmp_path):
    """A log with an answer that is kept, and a forecast that is named and lies elsewhere."""
    folder = make_log(tmp_path)
    digest = keep_file(Record(folder), ANSWER)
    forecast = hashlib.sha256(b"a large forecast").hexdigest()
    with open_log(folder, now=NOW) as log:
        outputs = (("answer.json", digest),)
        log.append([Draft("computed", "recorder", {}, NOW, inputs=(("wind.nc", forecast),), outputs=outputs)], now=NOW)
    return folder


def test_a_changed_file_is_named(log):
    """Every byte of it, and a file cut off."""
    path = next((log / "files").iterdir())
    for content in (*(flipped(ANSWER, place) for place in range(len(ANSWER))), ANSWER[:-1], b""):
        found = checked(log, {path: content})
        assert [one.where for one in found if one.state == FAILED] == [f"files/{path.name}"]
        assert hashlib.sha256(content).hexdigest() in found[0].what


def test_a_file_under_another_name_is_named(log):
    """Also one whose name is the right one in capital letters, or lies in a folder."""
    path = next((log / "files").iterdir())
    for other in (log / "files" / "notes.txt", path.with_name(path.name.upper()), log / "files" / "old" / path.name):
        found = checked(log, {other: ANSWER})
        assert [one.where for one in found if one.state == FAILED] == [other.relative_to(log).as_posix()]


def test_what_is_named_and_not_kept_is_said_and_no_fault(log):
    """Large files stay outside: they are compared by their hash."""
    found = checked(log, {})
    assert [(one.state, one.where) for one in found] == [(REMARK, "entry 1")]
    assert "wind.nc" in found[0].what
    assert "answer.json" not in found[0].what


@pytest.mark.parametrize(("command", "names"), [("assess", ["answer.json"]), ("season", ["wind.nc", "answer.json"])])
def test_what_varne_kept_itself_and_is_gone_is_no_pass(log, command, names):
    """Who takes an answer away takes away what could be looked at; a season keeps all of its files."""
    events = {event["index"]: event for event in Record(log).events()}
    events[1] = {**events[1], "data": {"command": command}}
    gone = verify_files(Record(log, Altered({next((log / "files").iterdir()): None})), events)
    (lost,) = [one for one in gone if one.state == OPEN]
    assert lost.where == "entry 1" and all(name in lost.what for name in names)
    assert [one.what for one in gone if one.state == REMARK and "wind.nc" in one.what] == (
        [] if command == "season" else [one.what for one in gone if one.state == REMARK]
    )


def test_what_is_kept_and_not_named_is_said(log):
    """It may belong to an entry whose body is withheld."""
    other = log / "files" / hashlib.sha256(b"other").hexdigest()
    found = checked(log, {other: b"other", log / "files" / "half.writing": b"ha"})
    assert [(one.state, one.where) for one in found if one.where != "entry 1"] == [
        (REMARK, "files/half.writing"),
        (REMARK, f"files/{other.name}"),
    ]


@pytest.mark.parametrize("files", [None, 7, "sha256", [None], [["a", "b"]], [{"name": "a"}], [{"sha256": 7}]])
def test_malformed_names_of_files_are_passed_over(log, files):
    """A hostile event is no traceback."""
    assert verify_files(Record(log), {0: {"inputs": files, "outputs": []}})[0].where.startswith("files/")


def checked(folder, altered):
    events = {event["index"]: event for event in Record(folder).events()}
    return verify_files(Record(folder, Altered(altered)), events)
