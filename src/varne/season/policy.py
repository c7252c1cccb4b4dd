"""A policy: what is set from which day to which, what of it is open, what it costs, and on what that rests."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from varne.errors import BadPolicy
from varne.season.levels import NEUTRAL
from varne.season.written import Money, Span, day_of, grade_of, known_fields, money_of, span_of, text_of
from varne.units import DAY
from varne.when import format_time

# Levers that change no level of the season but what it costs, and their value when they are not set.
BESIDE = {
    "returns": 0.0,  # people taken back to France in a week
    "officers": 0.0,  # officers on the beach on each day, beyond those that the money of the policy pays
    "patrols": 0.0,  # patrols on each day, in the same way
}
# Levers of two words stand in a table of the first: intercept = {share = ...}.
_GROUPED = [name for name in NEUTRAL if "_" in name]
_TABLES = {
    table: tuple(name.partition("_")[2] for name in _GROUPED if name.startswith(f"{table}_"))
    for table in dict.fromkeys(name.partition("_")[0] for name in _GROUPED)
}
_NEEDED = {"intercept": ("option", "share", "teams")}
_SHARE = (0.0, 1.0)
_FACTOR = (0.0, np.inf)
# What each lever may be set to; every other one: any number from 0.
_BOUNDS = {
    "deterrence": (-1.0, 1.0),
    "southward": (-np.inf, np.inf),
    **dict.fromkeys(("watched", "escorted", "intercept_share", "intercept_by_day"), _SHARE),
    **dict.fromkeys(("supply", "fuller", "taxi", "lorries", "scarcity"), _SHARE),
    "intercept_teams": (1.0, np.inf),
}
MET = ("leave", "watched", "escorted")  # how boats at sea are met: the first three of the engine's table of options
LEVERS = tuple(name for name in (*NEUTRAL, *BESIDE) if name not in _GROUPED) + tuple(_TABLES)
_CHANGE = ("from", "until", "source", "grade")
_POLICY = ("name", "says", "start", "end", "source", "grade", "doctrine", "change", "money")
_DOCTRINE = ("agreed", "available_from", "delayed_until", "vetoed", "source", "grade")
_MONEY = ("says", "amount", "per", "from", "until", "source", "grade")


@dataclass(frozen=True, slots=True)
class Setting:
    """One lever from one midnight to another."""

    lever: str
    value: Span  # [SI]
    option: str  # what officers do; empty for every other lever
    begins: float  # since 1970 UTC [s]
    ends: float  # the first moment at which it holds no more, since 1970 UTC [s]
    source: str
    grade: str
    place: str  # in which file and where


@dataclass(frozen=True, slots=True)
class Doctrine:
    """When officers may do at sea what a policy says; without a date of availability they never may."""

    agreed: float  # since 1970 UTC [s]
    available_from: float
    delayed_until: float
    vetoed: float
    source: str
    grade: str

    @property
    def begins(self) -> float:
        """
        Return when it begins to act; a veto after that ends it, one before that keeps it from beginning.

        Returns
        -------
        float
            Since 1970 UTC; infinite when it never does. [s]

        Examples
        --------
        >>> Doctrine(0.0, 86400.0, 172800.0, np.inf, "", "assumed").begins
        172800.0
        >>> Doctrine(0.0, 86400.0, 172800.0, 90000.0, "vetoed", "assumed").begins
        inf
        """
        first = max(self.available_from, self.delayed_until)
        return np.inf if self.vetoed <= first else first


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money that a policy spends whatever comes of it, evenly over its days."""

    says: str
    money: Money  # for each year, or in all
    yearly: bool
    begins: float  # since 1970 UTC [s]
    ends: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that one policy says."""

    name: str
    says: str
    source: str
    grade: str
    start: float  # first midnight of its season unless told otherwise, since 1970 UTC [s]
    days: int
    settings: tuple[Setting, ...]
    money: tuple[MoneyLine, ...]
    doctrine: Doctrine | None

    @property
    def acting(self) -> tuple[Setting, ...]:
        """
        Return the settings that act, those of officers at sea within their doctrine.

        Returns
        -------
        tuple of Setting

        Examples
        --------
        >>> rows = {"name": "a", "says": "b", "start": "2024-01-01", "end": "2024-01-31", "source": "c"}
        >>> read_policy({**rows, "grade": "assumed"}, "a.toml").acting
        ()
        """
        # A policy without a doctrine waits for none.
        first, last = (self.doctrine.begins, self.doctrine.vetoed) if self.doctrine else (-np.inf, np.inf)
        held = (_within(one, first, last) if one.lever.startswith("intercept") else one for one in self.settings)
        return tuple(one for one in held if one.begins < one.ends)

    @property
    def price_years(self) -> tuple[int, ...]:
        """
        Return the years of the prices in which its money is written.

        Returns
        -------
        tuple of int
            Each once, in order; amounts are added up as they stand. [1]

        Examples
        --------
        >>> from varne.facts.policies import policy_rows
        >>> origin, rows = policy_rows("as-it-was")
        >>> read_policy(rows, origin).price_years
        (2023, 2025)
        """
        return tuple(sorted({line.money.year for line in self.money}))


def read_policy(rows: Mapping[str, Any], origin: str) -> Policy:
    """
    Read and check a policy.

    Parameters
    ----------
    rows : mapping
        What its file holds. [1]
    origin : str
        The file, for messages. [1]

    Returns
    -------
    Policy

    Raises
    ------
    BadPolicy
        If it contradicts itself, names what is not known, or leaves out what it rests on.

    Examples
    --------
    >>> rows = {"name": "a", "says": "b", "start": "2024-01-01", "end": "2024-01-31", "source": "c"}
    >>> change = {"prevention": {"low": 0.5, "high": 1.0, "grade": "assumed"}, "source": "d", "grade": "assumed"}
    >>> read_policy({**rows, "grade": "assumed", "change": [change]}, "a.toml").settings[0].value
    Span(low=0.5, high=1.0)
    """
    known_fields(rows, _POLICY, origin)
    for name in ("start", "end"):
        if name not in rows:
            raise BadPolicy(f"{origin} has no {name}; write the {name} of its season as {name} = 2026-01-01.")
    start, end = (day_of(rows, name, origin, otherwise=0.0) for name in ("start", "end"))
    if end < start:
        raise BadPolicy(f"{origin} ends on {_day(end)}, before it starts on {_day(start)}; write a later end.")
    settings = tuple(
        setting
        for place, row in _listed(rows, "change", origin)
        for setting in _settings(known_fields(row, (*_CHANGE, *LEVERS), place), place)
    )
    _check_overlaps(settings)
    _check_watch(settings, origin)
    return Policy(
        text_of(rows, "name", origin),
        text_of(rows, "says", origin),
        text_of(rows, "source", origin),
        grade_of(rows, origin),
        start,
        round((end - start) / DAY) + 1,
        settings,
        tuple(_money_line(row, place) for place, row in _listed(rows, "money", origin)),
        _doctrine(rows["doctrine"], f"{origin}: doctrine") if "doctrine" in rows else None,
    )


def _listed(rows: Mapping[str, Any], name: str, origin: str) -> Iterator[tuple[str, Any]]:
    given = rows.get(name, [])
    if not isinstance(given, list):
        raise BadPolicy(f"{origin} has {name} = {given!r}; write each as [[{name}]].")
    return ((f"{origin}: {name} {number}", row) for number, row in enumerate(given, 1))


def _dates(row: Mapping[str, Any], place: str) -> tuple[float, float]:
    """The first moment at which it holds and the first at which it holds no more: ``until`` is its last day."""
    begins = day_of(row, "from", place, otherwise=-np.inf)
    ends = day_of(row, "until", place, otherwise=np.inf) + DAY
    if ends <= begins:
        raise BadPolicy(f"{place} ends on {_day(ends - DAY)}, before it begins on {_day(begins)}; write a later until.")
    return begins, ends


def _settings(row: Mapping[str, Any], place: str) -> Iterator[Setting]:
    begins, ends = _dates(row, place)
    basis = text_of(row, "source", place), grade_of(row, place)
    given = [name for name in row if name not in _CHANGE]
    if not given:
        raise BadPolicy(f"{place} changes nothing; set one of {', '.join(LEVERS)}.")
    for name in given:
        for lever, value in _levers(name, row[name], place):
            label = f"{name}.{lever.removeprefix(f'{name}_')}" if name in _TABLES else name
            span, option = (Span(0.0, 0.0), value) if lever == "intercept_option" else (value, "")
            span = span if option else _bounded(span_of(span, label, place), lever, label, place)
            if lever == "deterrence" and basis[1] != "assumed":
                raise BadPolicy(
                    f"{place} has deterrence with grade {basis[1]!r}; nobody has measured it: write grade = 'assumed', "
                    "and set what rests on more in a change of its own."
                )
            yield Setting(lever, span, option, begins, ends, *basis, place)


def _levers(name: str, value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if name not in _TABLES:
        yield name, value
        return
    known_fields(value, _TABLES[name], f"{place}, {name}")
    for needed in _NEEDED.get(name, ()):
        if needed not in value:
            raise BadPolicy(f"{place} has {name} without {needed}; add {needed} = ...")
    for field, one in value.items():
        if field == "option" and not (isinstance(one, str) and one):
            raise BadPolicy(f"{place} has {name}.option = {one!r}; write the name of an option.")
        if field == "option" and one in MET:
            raise BadPolicy(
                f"{place} has {name}.option = {one!r}, which is how a boat is met and no interception; set watched or "
                "escorted instead, or name another option."
            )
        yield f"{name}_{field}", float(one) if field == "by_day" and isinstance(one, bool) else one


def _bounded(span: Span, lever: str, label: str, place: str) -> Span:
    low, high = _BOUNDS.get(lever, _FACTOR)
    for value in (span.low, span.high):
        if not low <= value <= high:
            what = f"between {low:g} and {high:g}" if np.isfinite(high) else f"not below {low:g}"
            kind = "a share lies" if (low, high) == _SHARE else "it lies"
            raise BadPolicy(f"{place} has {label} = {value:g}; {kind} {what}.")
    return span


def _check_overlaps(settings: tuple[Setting, ...]) -> None:
    for lever in {one.lever for one in settings}:
        held = sorted((one for one in settings if one.lever == lever), key=lambda one: one.begins)
        for before, after in pairwise(held):
            if after.begins < before.ends:
                other = after.place.rpartition(": ")[2]
                raise BadPolicy(
                    f"{before.place} and {other} both set {lever} {_on(after.begins)}; "
                    f"end the first before the second begins with until = ..."
                )


def _check_watch(settings: tuple[Setting, ...], origin: str) -> None:
    """Boats that are watched and boats that are escorted are never more than all."""
    shares = ("watched", "escorted")
    for moment in (one.begins for one in settings if one.lever in shares):
        held = {one.lever: one.value.high for one in settings if one.begins <= moment < one.ends}
        total = sum(held.get(share, NEUTRAL[share]) for share in shares)
        if total > 1.0 + 1e-9:
            raise BadPolicy(
                f"{origin} has watched and escorted boats that add up to {total:g} {_on(moment)}; "
                "together they are at most 1."
            )


def _money_line(row: Any, place: str) -> MoneyLine:
    known_fields(row, _MONEY, place)
    if "amount" not in row:
        raise BadPolicy(f"{place} has no amount; write it as amount = 'GBP 476m (2023)'.")
    begins, ends = _dates(row, place)
    per = row.get("per", "all")
    if per not in ("all", "year"):
        raise BadPolicy(f"{place} has per = {per!r}; write 'year', or 'all' for money spread over its dates.")
    if per == "all" and not (np.isfinite(begins) and np.isfinite(ends)):
        raise BadPolicy(f"{place} is an amount in all without its dates; add from and until, or per = 'year'.")
    return MoneyLine(
        text_of(row, "says", place),
        money_of(row["amount"], place),
        per == "year",
        begins,
        ends,
        text_of(row, "source", place),
        grade_of(row, place),
    )


def _doctrine(row: Any, place: str) -> Doctrine:
    known_fields(row, _DOCTRINE, place)
    never = {name: day_of(row, name, place, otherwise=np.inf) for name in ("agreed", "available_from", "vetoed")}
    agreed, available, vetoed = never["agreed"], never["available_from"], never["vetoed"]
    delayed = day_of(row, "delayed_until", place, otherwise=-np.inf)
    if np.isfinite(agreed) and agreed > available:
        raise BadPolicy(f"{place} is available from {_day(available)}, before it was agreed on {_day(agreed)}.")
    if np.isfinite(delayed) and delayed < available:
        raise BadPolicy(f"{place} is delayed until {_day(delayed)}, before it is available on {_day(available)}.")
    return Doctrine(agreed, available, delayed, vetoed, text_of(row, "source", place), grade_of(row, place))


def _within(one: Setting, first: float, last: float) -> Setting:
    return replace(one, begins=max(one.begins, first), ends=min(one.ends, last))


def _day(time: float) -> str:
    return format_time(time).partition("T")[0] if np.isfinite(time) else "any day"


def _on(time: float) -> str:
    return f"on {_day(time)}" if np.isfinite(time) else "from the start"


def near_option(option: str, names: tuple[str, ...], place: str) -> int:
    """
    Find an option in the table of options.

    Parameters
    ----------
    option : str
        Its name. [1]
    names : tuple of str
        Of all options, in the order of the table. [1]
    place : str
        Where it is asked for. [1]

    Returns
    -------
    int
        Its place in the table. [1]

    Raises
    ------
    BadPolicy
        If there is no such option.

    Examples
    --------
    >>> near_option("net", ("leave", "nets"), "mine.toml: change 1")
    Traceback (most recent call last):
    varne.errors.BadPolicy: mine.toml: change 1 intercepts by 'net', which is no option; did you mean 'nets'?
    """
    if option not in names:
        near = difflib.get_close_matches(option, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the options are {', '.join(names)}."
        raise BadPolicy(f"{place} intercepts by {option!r}, which is no option; {hint}")
    return names.index(option)
