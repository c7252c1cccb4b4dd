"""The smugglers' books: what a launch earns and costs, and how many must be stopped until it no longer pays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.options import weakest
from varne.encounter.outcome import Interval, interval_of_draws
from varne.errors import BadInput
from varne.facts.tables import Facts, column

Array = NDArray[np.float64]

ROWS = {
    "price": "smuggling.price",
    "paying": "smuggling.paying_share",
    "people": "smuggling.people",
    "boat": "smuggling.boat_cost",
    "engine": "smuggling.engine_cost",
    "fuel": "smuggling.fuel_cost",
    "jacket": "smuggling.jacket_cost",
    "launch": "smuggling.launch_cost",
    "refund": "smuggling.refund_share",
    "prevented": "season.prevented_share",
    "boat_lost": "season.boat_lost",
}
# A case that can be worked out by hand, for examples: no facts.
_BY_HAND = {
    "price": 1000.0, "boat": 4000.0, "engine": 2000.0, "fuel": 500.0, "launch": 5000.0, "jacket": 10.0,
    "people": 50.0, "paying": 1.0, "refund": 1.0, "prevented": 0.0, "boat_lost": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Books:
    """What a launch earns and costs, one value for each epistemic draw, shape (draw,)."""

    price: Array  # of a place [GBP]
    paying: Array  # share of the people aboard who pay [1]
    people: Array  # aboard [people]
    boat: Array  # [GBP]
    engine: Array  # [GBP]
    fuel: Array  # [GBP]
    jacket: Array  # for each person [GBP]
    launch: Array  # people who bring boat and passengers [GBP]
    refund: Array  # share of the price given back, or worth of the free new try, when it does not get through [1]
    prevented: Array  # share of launches stopped on the beach [1]
    boat_lost: Array  # share of those whose boat and engine are lost [1]

    @property
    def outlay(self) -> Array:
        """
        Return what a launch costs before anybody has paid.

        Returns
        -------
        array, shape (draw,)
            [GBP]

        Examples
        --------
        >>> worked_case().outlay
        array([12000.])
        """
        return np.asarray(self.boat + self.engine + self.fuel + self.launch + self.jacket * self.people)

    def income(self, price: Array | float) -> Array:
        """
        Return what the passengers of one launch pay.

        Parameters
        ----------
        price : array, shape (draw,), or float
            Of a place. [GBP]

        Returns
        -------
        array, shape (draw,)
            [GBP]

        Examples
        --------
        >>> worked_case().income(1000.0)
        array([50000.])
        """
        return np.asarray(self.paying * self.people * price)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """At one price: what a launch earns, and the shares at which it stops paying; 1 where it pays at any share."""

    price: float  # [GBP]
    profit: Interval  # of a launch, as many prevented as there are and none intercepted [GBP]
    interception: Interval  # share of boats at sea that must be intercepted, beside those prevented [1]
    prevention: Interval  # share of launches that must be stopped on the beach, none being intercepted [1]
    pays_anyway: float  # share of draws in which it pays even if every boat at sea is intercepted [1]


def worked_case() -> Books:
    """
    Return the books of a case that can be worked out by hand.

    Returns
    -------
    Books
        50 people of whom all pay; a boat of GBP 4,000, an engine of 2,000, fuel 500, launch 5,000, jackets 500 in all;
        all is given back when it fails; none prevented.

    Examples
    --------
    >>> worked_case().people
    array([50.])
    """
    return Books(**{name: np.array([value]) for name, value in _BY_HAND.items()})


def books_of(facts: Facts, *, draws: int, seed: int) -> Books:
    """
    Draw the books from the facts.

    Parameters
    ----------
    facts : Facts
        With ``smuggling.*`` and ``season.*``. [GBP, 1]
    draws : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Books
        [GBP, 1]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> books_of(shipped_facts(), draws=3, seed=1).price.shape
    (3,)
    """
    drawn = facts.drawn(draws, seed)
    return Books(**{name: np.asarray(drawn[column(fact)]) for name, fact in ROWS.items()})


def profit(books: Books, *, price: Array | float, intercepted: Array | float) -> Array:
    """
    Return what one launch earns.

    Of a launch that does not get through ``refund`` of the income is given back; one stopped on the beach keeps its
    boat and engine unless they are lost, one intercepted at sea loses them, and one that arrives does too.

    Parameters
    ----------
    books : Books
        [GBP, 1]
    price : array, shape (draw,), or float
        Of a place. [GBP]
    intercepted : array, shape (draw,), or float
        Share of boats at sea. [1]

    Returns
    -------
    array, shape (draw,)
        Negative where it does not pay. [GBP]

    Examples
    --------
    Half of the launches give back GBP 50,000, all cost 12,000: 25,000 - 12,000.

    >>> profit(worked_case(), price=1000.0, intercepted=0.5)
    array([13000.])
    """
    fails = books.prevented + (1.0 - books.prevented) * intercepted
    kept = books.prevented * (1.0 - books.boat_lost) * (books.boat + books.engine)
    return np.asarray(books.income(price) * (1.0 - books.refund * fails) - books.outlay + kept)


def break_even_interception(books: Books, *, price: Array | float) -> Array:
    """
    Return the share of boats at sea that must be intercepted until a launch no longer pays.

    Parameters
    ----------
    books : Books
        [GBP, 1]
    price : array, shape (draw,), or float
        Of a place. [GBP]

    Returns
    -------
    array, shape (draw,)
        Not above 0 where it does not pay as it is, above 1 where it pays even if all are intercepted. [1]

    Examples
    --------
    50,000 (1 - I) = 12,000, so I = 0.76; at GBP 240 a place a launch earns nothing as it is.

    >>> break_even_interception(worked_case(), price=1000.0)
    array([0.76])
    >>> break_even_interception(worked_case(), price=240.0)
    array([0.])
    """
    at_stake = books.refund * (1.0 - books.prevented) * books.income(price)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(profit(books, price=price, intercepted=0.0) / at_stake)


def break_even_prevention(books: Books, *, price: Array | float) -> Array:
    """
    Return the share of launches that must be stopped on the beach until a launch no longer pays.

    Parameters
    ----------
    books : Books
        [GBP, 1]
    price : array, shape (draw,), or float
        Of a place. [GBP]

    Returns
    -------
    array, shape (draw,)
        Not above 0 where it never pays; infinite where being stopped costs nothing. [1]

    Examples
    --------
    >>> break_even_prevention(worked_case(), price=1000.0)
    array([0.76])
    """
    at_stake = books.refund * books.income(price) - (1.0 - books.boat_lost) * (books.boat + books.engine)
    earned = books.income(price) - books.outlay
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(at_stake > 0.0, earned / at_stake, np.where(earned > 0.0, np.inf, 0.0))


def break_even(books: Books, price: float | None = None) -> BreakEven:
    """
    Work out at which shares a launch stops paying, with the interval of what is not known.

    Parameters
    ----------
    books : Books
        [GBP, 1]
    price : float, optional
        Of a place; each draw's own when left out. [GBP]

    Returns
    -------
    BreakEven
        [GBP, 1]

    Raises
    ------
    BadInput
        If the price is not above 0.

    Examples
    --------
    >>> break_even(worked_case(), 1000.0).interception
    Interval(mean=0.76, low=0.76, high=0.76)
    """
    if price is not None and not 0.0 < price < np.inf:
        raise BadInput(f"The price of a place is {price:g}; write pounds above 0.")
    asked = books.price if price is None else price
    intercepted = break_even_interception(books, price=asked)
    return BreakEven(
        float(np.median(asked)),
        interval_of_draws(profit(books, price=asked, intercepted=0.0)),
        interval_of_draws(np.clip(intercepted, 0.0, 1.0)),
        interval_of_draws(np.clip(break_even_prevention(books, price=asked), 0.0, 1.0)),
        float(np.mean(intercepted > 1.0)),
    )


def grade_of_books(facts: Facts) -> str:
    """
    Return the weakest grade in the books.

    Parameters
    ----------
    facts : Facts
        [GBP, 1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> grade_of_books(shipped_facts())
    'assumed'
    """
    return weakest([facts[name].grade for name in ROWS.values()])
