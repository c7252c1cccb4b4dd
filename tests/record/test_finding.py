"""Promises about what a check says."""

from varne.record.finding import FAILED, OPEN, REMARK, failed, not_checked, remark


def test_what_could_not_be_checked_is_neither_a_fault_nor_a_pass():
    """Three states that differ; each finding has its own, its place and its words."""
    found = [make("tile/0/000", "is missing") for make in (failed, not_checked, remark)]
    assert [one.state for one in found] == [FAILED, OPEN, REMARK]
    assert len({FAILED, OPEN, REMARK}) == 3
    assert {(one.where, one.what) for one in found} == {("tile/0/000", "is missing")}


def test_a_finding_reads_as_a_line():
    """State, place and words, as a report prints them."""
    assert str(not_checked("checkpoint.7.tsr", "needs a certificate")) == (
        "not checked: checkpoint.7.tsr: needs a certificate"
    )
