"""Promises about claims on the screen."""

import io

import pytest
from rich.console import Console

from varne.encounter.outcome import Interval
from varne.season.claims import Finding, shipped_claims
from varne.show.claims_page import claim_page, claims_list, finding_words


def printed(shown, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(shown)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_name_is_cut(width):
    """Each stands whole on a line of its own."""
    claims = shipped_claims()
    lines = printed(claims_list(list(claims.values())), width).splitlines()
    assert set(claims) <= {line.strip() for line in lines}


@pytest.mark.parametrize("claim", shipped_claims().values(), ids=shipped_claims())
def test_a_page_says_who_on_what_and_how_sure(claim):
    """Office, date, standing, what would have to be true, and an interval and grade with each number, or none."""
    found = [Finding("x", Interval(1.0, 0.5, 2.0), "people", "4 x 2 members", "assumed") for _ in claim.computes]
    page = " ".join(printed(claim_page(claim, found), 4000).split())
    for words in (claim.who, claim.when, claim.source, claim.needs, claim.evidence, claim.reading):
        assert words in page
    assert page.count("1.0 (0.50 to 2.0) people. 4 x 2 members, grade assumed.") == len(found)
    assert ("No evidence" in page) == (not found)


NUMBERS = [
    (Interval(3.0, -4.0, 9.0), "fewer arrivals", "3.0 fewer arrivals (4.0 more to 9.0 fewer)"),
    (Interval(-3.0, -4.0, 9.0), "lives saved, negative: lost", "3.0 lives lost (4.0 lives lost to 9.0 lives saved)"),
    (Interval(0.5, 0.05, 1.0), "share of boats", "50% (5.0% to 100%) of boats"),
    (Interval(5.0, 4.0, 6.0), "GBP for each crossing averted", "GBP 5.0 (GBP 4.0 to GBP 6.0) for each crossing"),
    (Interval(0.0, 0.0, 0.0), "people", "0 (0 to 0) people"),
]


@pytest.mark.parametrize(("value", "unit", "words"), NUMBERS, ids=[unit for _, unit, _ in NUMBERS])
def test_a_number_is_never_without_its_interval(value, unit, words):
    """The sign is a word, a share is in per cent, money has its currency."""
    assert words in finding_words(Finding("x", value, unit, "4 x 2 members", "assumed"))


def test_an_exact_number_says_that_it_has_no_interval():
    """What was published as one number is not dressed up."""
    assert "no interval" in finding_words(Finding("x", Interval(4.0, 4.0, 4.0), "GBP", "A paper", "published"))


def test_an_assumption_is_named():
    """What follows from deterrence put in is no evidence for it."""
    one = Finding("x", Interval(4.0, 1.0, 9.0), "fewer arrivals", "4 x 2 members", "assumed", ("deterrence",))
    assert "ASSUMPTION: it follows from what is assumed of deterrence" in finding_words(one)
