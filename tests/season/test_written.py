"""Promises about what is written in a policy's file."""

import pytest

from varne.errors import BadPolicy
from varne.season.written import Money, Span, money_of, number_of, span_of


@pytest.mark.parametrize(
    ("written", "pounds"),
    [
        ("GBP 476m (2023)", 476e6),
        ("GBP 5,300 (2023)", 5300.0),
        ("gbp 0.5bn (2023)", 0.5e9),
        ("GBP 12.5k (2023)", 12500.0),
        ({"amount": 4e6, "currency": "GBP", "year": 2023}, 4e6),
    ],
)
def test_money_is_read_however_it_is_written(written, pounds):
    """Millions, thousands, commas and tables are the same pounds."""
    assert money_of(written, "here") == Money(Span(pounds, pounds), 2023)


def test_a_range_of_money_is_a_range():
    """Money may be open like any lever."""
    table = {"low": 2e6, "high": 5e6, "currency": "GBP", "year": 2025, "grade": "assumed"}
    assert money_of(table, "here") == Money(Span(2e6, 5e6), 2025)


@pytest.mark.parametrize("written", ["GBP 476m", "476m (2023)", "GBP (2023)", 476, "GBP 1m (23)", "GBP 1m (2203)"])
def test_money_without_currency_amount_or_year_is_refused(written):
    """One sentence that names the place and quotes what stands there."""
    with pytest.raises(BadPolicy, match=r"^mine.toml: money 1 "):
        money_of(written, "mine.toml: money 1")


def test_a_unit_is_turned_into_si_and_an_unknown_one_refused():
    """0.5 m is half a metre, 50 cm too, and 1 fathom is not known."""
    assert number_of("0.5 m", "waves", "here") == number_of("50 cm", "waves", "here") == 0.5
    with pytest.raises(BadPolicy, match="1 fathom"):
        number_of("1 fathom", "waves", "here")


def test_a_number_is_a_range_of_one():
    """Both ends of a number are the number."""
    assert not span_of(0.4, "share", "here").is_range
