"""What is written in a policy's file: numbers, ranges, dates and money, read with the place named in every refusal."""

import difflib
import math
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from varne.errors import BadPolicy, BadTime
from varne.evidence import GRADES
from varne.units import DAY, UNITS, in_si
from varne.when import parse_time

_QUANTITY = re.compile(r"\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(\S+)\s*", re.IGNORECASE)
_MONEY = re.compile(r"\s*([A-Z]{3})\s*([-+]?[\d,]*\.?\d+)\s*(m|bn|k)?\s*(?:\((\d{4})\))?\s*", re.IGNORECASE)
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}  # exact
_CURRENCY = "GBP"  # sums are kept in one currency: our choice
_DATES = ("1950-01-02", "2099-12-24")  # the reach of the tide tables, and a week for the last boats to be ashore
_YEARS = (1900, 2100)  # what a year of prices may be: our choice, to catch slips of the pen


@dataclass(frozen=True, slots=True)
class Span:
    """A number, or the range in which it lies, each place in it as likely as the other."""

    low: float
    high: float

    @property
    def is_range(self) -> bool:
        """
        Tell whether more than one number is left open.

        Returns
        -------
        bool

        Examples
        --------
        >>> Span(0.0, 0.5).is_range
        True
        """
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in pounds, with the year of its prices."""

    amount: Span  # [GBP]
    year: int  # of prices


def known_fields(row: object, fields: Collection[str], place: str) -> Mapping[str, Any]:
    """
    Refuse a table with a field that nobody reads.

    Parameters
    ----------
    row : mapping
        A table of a file. [1]
    fields : collection of str
        What it may hold. [1]
    place : str
        Where it stands, for the message. [1]

    Returns
    -------
    mapping
        The table.

    Raises
    ------
    BadPolicy
        If it is no table, or has another field.

    Examples
    --------
    >>> known_fields({"sorce": "x"}, ("source", "grade"), "mine.toml: change 1")
    Traceback (most recent call last):
    varne.errors.BadPolicy: mine.toml: change 1 has 'sorce', which is not known; did you mean 'source'?
    """
    if not isinstance(row, Mapping):
        raise BadPolicy(f"{place} is {row!r}; write a table with {', '.join(fields)}.")
    for name in row:
        if name not in fields:
            near = difflib.get_close_matches(name, fields, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(fields)}."
            raise BadPolicy(f"{place} has {name!r}, which is not known; {hint}")
    return row


def text_of(row: Mapping[str, Any], name: str, place: str) -> str:
    """
    Read a sentence that must be there.

    Parameters
    ----------
    row : mapping
        A table of a file. [1]
    name : str
        The field. [1]
    place : str
        Where it stands. [1]

    Returns
    -------
    str

    Raises
    ------
    BadPolicy
        If it is left out or empty.

    Examples
    --------
    >>> text_of({"says": " Nobody near. "}, "says", "mine.toml")
    'Nobody near.'
    """
    if name not in row:
        raise BadPolicy(f"{place} has no {name}; add {name} = ...")
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise BadPolicy(f"{place} has {name} = {value!r}, which says nothing; write it as {name} = '...'.")
    return value.strip()


def grade_of(row: Mapping[str, Any], place: str) -> str:
    """
    Read a grade of evidence.

    Parameters
    ----------
    row : mapping
        A table of a file. [1]
    place : str
        Where it stands. [1]

    Returns
    -------
    str

    Raises
    ------
    BadPolicy
        If it is none of the grades.

    Examples
    --------
    >>> grade_of({"grade": "assumed"}, "mine.toml")
    'assumed'
    """
    grade = text_of(row, "grade", place)
    if grade not in GRADES:
        raise BadPolicy(f"{place} has grade {grade!r}; write one of {', '.join(GRADES)}.")
    return grade


def day_of(row: Mapping[str, Any], name: str, place: str, *, otherwise: float) -> float:
    """
    Read a date.

    Parameters
    ----------
    row : mapping
        A table of a file. [1]
    name : str
        The field. [1]
    place : str
        Where it stands. [1]
    otherwise : float
        What it is when left out, since 1970 UTC. [s]

    Returns
    -------
    float
        Since 1970 UTC. [s]

    Raises
    ------
    BadPolicy
        If it cannot be read as a date.

    Examples
    --------
    >>> day_of({"from": "2024-01-01"}, "from", "mine.toml", otherwise=0.0)
    1704067200.0
    """
    if name not in row:
        return otherwise
    try:
        time = parse_time(str(row[name]))
    except BadTime:
        time = math.nan
    if time % DAY != 0.0:
        raise BadPolicy(f"{place} has {name} = '{row[name]}', which is no date; write it as 2026-03-31.")
    first, last = (parse_time(day) for day in _DATES)
    if not first <= time <= last:
        raise BadPolicy(f"{place} has {name} = '{row[name]}'; there are tides from {_DATES[0]} to {_DATES[1]} only.")
    return time


def number_of(value: object, name: str, place: str) -> float:
    """
    Read a number, bare or with a unit.

    Parameters
    ----------
    value : any
        As ``4`` or ``"0.5 m"``. [unit]
    name : str
        The field. [1]
    place : str
        Where it stands. [1]

    Returns
    -------
    float
        [SI]

    Raises
    ------
    BadPolicy
        If it is no number, or its unit is not known.

    Examples
    --------
    >>> number_of("50 cm", "waves", "mine.toml: change 1")
    0.5
    """
    number = math.nan
    match = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value) if abs(value) <= sys.float_info.max else math.inf
    elif match and match[2] in UNITS:
        number = in_si(_figure(match[1]), match[2])
    if not math.isfinite(number):
        raise BadPolicy(f"{place} has {name} = {value!r}, which is no number; write one, with its unit if it has one.")
    return number


def _figure(text: str) -> float:
    """Dots and digits that are no number, such as ``1.2.3``, are none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def span_of(value: object, name: str, place: str) -> Span:
    """
    Read a number or a range.

    Parameters
    ----------
    value : any
        A number, or ``{low = ..., high = ..., grade = "assumed"}``. [unit]
    name : str
        The field. [1]
    place : str
        Where it stands. [1]

    Returns
    -------
    Span
        [SI]

    Raises
    ------
    BadPolicy
        If a range has no end, falls, or is said to be better known than assumed.

    Examples
    --------
    >>> span_of({"low": 0.2, "high": 0.5, "grade": "assumed"}, "share", "mine.toml: change 1")
    Span(low=0.2, high=0.5)
    """
    if not isinstance(value, Mapping):
        number = number_of(value, name, place)
        return Span(number, number)
    known_fields(value, ("low", "high", "grade"), f"{place}, {name}")
    for end in ("low", "high", "grade"):
        if end not in value:
            raise BadPolicy(f"{place} has a range of {name} without {end}; write low, high and grade = 'assumed'.")
    if value["grade"] != "assumed":
        raise BadPolicy(f"{place} has a range of {name} with grade {value['grade']!r}; a range to try is 'assumed'.")
    low, high = (number_of(value[end], f"{name}.{end}", place) for end in ("low", "high"))
    if low > high:
        raise BadPolicy(f"{place} has {name} from {low:g} to {high:g}, which falls; write the lower end as low.")
    return Span(low, high)


def money_of(value: object, place: str) -> Money:
    """
    Read an amount of money with its currency and the year of its prices.

    Parameters
    ----------
    value : any
        ``"GBP 476m (2023)"``, or a table with ``amount`` or ``low`` and ``high``, ``currency`` and ``year``. [GBP]
    place : str
        Where it stands. [1]

    Returns
    -------
    Money
        [GBP]

    Raises
    ------
    BadPolicy
        If it cannot be read, has no year, is negative, or is not in pounds.

    Examples
    --------
    >>> money_of("GBP 476m (2023)", "mine.toml: money 1")
    Money(amount=Span(low=476000000.0, high=476000000.0), year=2023)
    >>> money_of("GBP 476m", "mine.toml: money 1")
    Traceback (most recent call last):
    varne.errors.BadPolicy: mine.toml: money 1 has 'GBP 476m' without the year of its prices; write 'GBP 476m (2023)'.
    """
    if isinstance(value, Mapping):
        return _money_table(value, place)
    match = _MONEY.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise BadPolicy(f"{place} has {value!r}, which is no amount of money; write it as 'GBP 476m (2023)'.")
    if not match[4]:
        raise BadPolicy(f"{place} has {value!r} without the year of its prices; write '{str(value).strip()} (2023)'.")
    amount = float(match[2].replace(",", "")) * _SCALES[(match[3] or "").lower()]
    if not math.isfinite(amount):
        raise BadPolicy(f"{place} has {value!r}, which is more than a number can hold; write it as 'GBP 476m (2023)'.")
    return _checked(Span(amount, amount), match[1], int(match[4]), place)


def _money_table(value: Mapping[str, Any], place: str) -> Money:
    known_fields(value, ("amount", "low", "high", "currency", "year", "grade"), place)
    for name in ("currency", "year"):
        if name not in value:
            raise BadPolicy(f"{place} has money without a {name}; add {name} = {'2023' if name == 'year' else 'GBP'}.")
    ends = {name: value[name] for name in ("low", "high", "grade") if name in value}
    amount = span_of(value.get("amount", ends), "amount", place)
    return _checked(amount, str(value["currency"]), int(number_of(value["year"], "year", place)), place)


def _checked(amount: Span, currency: str, year: int, place: str) -> Money:
    if currency.upper() != _CURRENCY:
        raise BadPolicy(f"{place} is in {currency!r}; sums are kept in {_CURRENCY}: convert it and name the rate.")
    if amount.low < 0:
        raise BadPolicy(f"{place} has {_CURRENCY} {amount.low:,.0f}; money spent is not negative.")
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise BadPolicy(f"{place} has {year} as the year of its prices; write one such as 2023.")
    return Money(amount, year)
