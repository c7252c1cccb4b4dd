"""Promises about the times that entries say: a clock that was set back shows, and no stamp is older than its entry."""

from dataclasses import replace

import pytest
from tests.record.logs import NOW, drafts, make_log

from varne.record.checkpoint import Checkpoint
from varne.record.cosignature import cosign
from varne.record.finding import FAILED, REMARK
from varne.record.keep import keep_checkpoint
from varne.record.keys import COSIGNER, new_signer
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.record.verify import verify
from varne.record.verify_kept import Believed, Seen
from varne.record.verify_times import seen_before, verify_times

WITNESS = new_signer("witness.example", COSIGNER)
DAY = 86_400.0


def logged_at(*moments):
    """Events that were entered so many seconds after 1970, as they happened."""
    stamps = [
        f"1970-01-01T{int(one) // 3600:02d}:{int(one) // 60 % 60:02d}:{int(one) % 60:02d}.000Z" for one in moments
    ]
    return {index: {"time": one, "logged": one} for index, one in enumerate(stamps)}


def test_a_clock_that_was_set_back_shows():
    """By more than clocks differ; it is a remark, since nobody can tell which of the times is true."""
    found = verify_times(logged_at(7200, 6901, 6602, 3000, 7200), now=DAY)
    assert [(one.state, one.where) for one in found] == [(REMARK, "entry 3")]
    assert found[0].what == (
        "says that it was entered at 1970-01-01T00:50:00.000Z, the entry before it at 1970-01-01T01:50:02.000Z: the "
        "clock was set back, or one of the times is not true"
    )


def test_many_entries_of_one_kind_are_counted():
    """A few are told one by one."""
    found = verify_times(logged_at(*[7200, 600] * 20), now=DAY)
    assert [one.where for one in found] == ["entry 1", "entry 3", "entry 5", "entry 7", "entry 9", "entries"]
    assert found[-1].what.startswith("15 more say that they were entered before")


@pytest.mark.parametrize(("late", "wrong"), [(299.0, False), (301.0, True)])
def test_an_entry_is_not_entered_after_somebody_saw_it(late, wrong):
    """The earliest of those who saw it counts, and only the entries below what they saw."""
    logged = {0: "1970-01-01T01:00:00.000Z", 1: "1970-01-01T01:00:00.000Z", 2: "1970-01-01T23:00:00.000Z"}
    seen = [Seen(2, "later", 82_000.0), Seen(2, "first", 3600.0 - late)]
    found = seen_before(logged, seen)
    assert [(one.state, one.where) for one in found] == [(FAILED, "entry 0"), (FAILED, "entry 1")] * wrong
    assert all("; first had seen it at 1970-01-01T00:54:59.000Z" in one.what for one in found)


@pytest.mark.parametrize(("back", "said"), [(299.0, False), (301.0, True)])
def test_an_entry_that_is_dated_back_behind_a_stamp_shows(back, said):
    """It is not in what somebody saw later; a stamp may have been asked for late, so that it is a remark."""
    logged = {0: "1970-01-01T00:50:00.000Z", 1: "1970-01-01T01:00:00.000Z", 2: "1970-01-01T02:00:00.000Z"}
    seen = [Seen(1, "an authority", 3600.0 + back), Seen(1, "earlier", 3000.0), Seen(3, "later", 7200.0)]
    found = seen_before(logged, seen)
    assert [(one.state, one.where) for one in found] == [(REMARK, "entry 1")] * said
    assert all("is not in what an authority saw at 1970-01-01T01:05:01.000Z: that was" in one.what for one in found)


def test_an_entry_that_is_dated_after_its_countersignature_condemns_a_log(tmp_path):
    """Whether its body is given away or withheld."""
    folder = make_log(tmp_path, 1)
    with open_log(folder, now=NOW + DAY) as log:
        log.append([replace(drafts(1)[0], withheld=True), *drafts(1)], now=NOW + DAY)
    path = keep_checkpoint(Record(folder))
    text = path.read_text().split("\n\n")[0] + "\n"
    path.with_name("checkpoint.4.cosig").write_text(cosign(text, WITNESS, int(NOW)).line)
    found = verify(Record(folder), Believed(witnesses=(WITNESS.verifier,)), now=NOW + DAY)
    assert isinstance(found.checkpoint, Checkpoint) and not found.holds
    assert [one.where for one in found.findings if one.state == FAILED] == ["entry 2", "entry 3"]
