"""Promises about the table of claims."""

from varne.facts.claims import claim_rows


def test_no_claim_stands_without_its_source():
    """Each row has one."""
    assert all(row["source"] for row in claim_rows().values())
