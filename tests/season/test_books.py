"""Promises about the smugglers' books."""

from dataclasses import replace

import numpy as np
import pytest

from varne.errors import BadInput
from varne.facts.tables import shipped_facts
from varne.season.books import (
    ROWS,
    books_of,
    break_even,
    break_even_interception,
    break_even_prevention,
    profit,
    worked_case,
)

DRAWN = books_of(shipped_facts(), draws=500, seed=1)


@pytest.mark.parametrize("price", [400.0, 1000.0, 3000.0])
def test_at_the_break_even_a_launch_earns_nothing(price):
    """The closed form is the zero of the profit, in every draw."""
    rate = break_even_interception(DRAWN, price=price)
    assert profit(DRAWN, price=price, intercepted=rate) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("price", [400.0, 1000.0, 3000.0])
def test_stopped_on_the_beach_at_the_break_even_it_earns_nothing(price):
    """With that share prevented and nobody intercepted the profit is zero, where being stopped costs anything."""
    rate = break_even_prevention(DRAWN, price=price)
    finite = np.isfinite(rate) & (rate != 0.0)
    earned = profit(replace(DRAWN, prevented=np.where(finite, rate, 0.0)), price=price, intercepted=0.0)
    assert earned[finite] == pytest.approx(0.0, abs=1e-6)
    assert np.all(profit(replace(DRAWN, prevented=np.ones(500)), price=price, intercepted=0.0)[rate > 1.0] > 0.0)


def test_by_hand():
    """50 people at GBP 1,000, an outlay of 12,000, a fifth stopped with the boat lost, all money given back."""
    books = replace(worked_case(), prevented=np.array([0.2]))
    assert profit(books, price=1000.0, intercepted=0.0) == pytest.approx(50000 * 0.8 - 12000)
    assert break_even_interception(books, price=1000.0) == pytest.approx(28000 / 40000)
    keeps = replace(books, boat_lost=np.array([0.5]))  # half of the boats stopped, at 6,000, are kept: 600 a launch
    assert profit(keeps, price=1000.0, intercepted=0.0) == pytest.approx(28600)


def test_a_dearer_place_stands_more_interceptions():
    """The break-even share never falls with the price."""
    rates = [break_even(DRAWN, price).interception.mean for price in (300.0, 600.0, 1200.0, 2400.0, 4800.0)]
    assert np.all(np.diff(rates) >= 0.0)


def test_without_a_refund_it_pays_however_many_are_intercepted():
    """Who has paid has paid: no share stops a launch that pays at all."""
    books = replace(worked_case(), refund=np.array([1e-9]))
    found = break_even(books, 1000.0)
    assert found.interception.mean == 1.0
    assert found.pays_anyway == 1.0


def test_a_price_that_is_none_is_refused():
    """One sentence with the price."""
    with pytest.raises(BadInput, match="The price of a place is 0"):
        break_even(DRAWN, 0.0)


def test_every_row_is_assumed_or_says_what_it_comes_from():
    """No price or cost has a source: each is called assumed."""
    facts = shipped_facts()
    assert {facts[name].grade for name in ROWS.values() if "cost" in name or "price" in name} == {"assumed"}
    assert break_even(DRAWN).price == pytest.approx(facts["smuggling.price"].value, rel=0.1)
