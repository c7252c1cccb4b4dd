"""Promises about what is looked at around an entry by hand; its questions on a terminal are tested with `append`."""

import pytest
from tests.recorded import new_record

from varne.cli.record_persons import need_named, offer_to_withhold
from varne.errors import BadEntry
from varne.record.entry import Draft


def test_only_kinds_that_name_an_entry_are_looked_at(tmp_path):
    """Any other entry may say what it pleases of corrections."""
    record = new_record(tmp_path)
    need_named(record, [Draft("known", "a", {"corrects": "nothing"}, 0.0)])
    for kind, field in (("correction", "corrects"), ("shown", "computed")):
        need_named(record, [Draft(kind, "a", {field: record.entry(0).content["id"]}, 0.0)])
        with pytest.raises(BadEntry, match=f"{field} is 'x'"):
            need_named(record, [Draft(kind, "a", {field: "x"}, 0.0)])


def test_where_nobody_can_be_asked_the_way_is_said(tmp_path, capsys):
    """Of the entry that it is about."""
    drafts = [Draft("heartbeat", "a", {}, 0.0), Draft("heartbeat", "a", {"text": "ask someone@example.org"}, 0.0)]
    offer_to_withhold(tmp_path / "log", 7, drafts, key=None)
    assert "log 8 --withhold --role ROLE --reason WHY" in capsys.readouterr().err
