"""Dated facts about doctrine and deals, each with how far it can be relied on."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact

STANDINGS = {"official": "official", "press": "press", "check": "check before use"}
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Dated:
    """What was agreed, delayed, announced or signed; the date is as exact as it is known."""

    date: str
    says: str
    source: str
    standing: str

    @property
    def words(self) -> str:
        """
        Return the sentence as it may be printed: what is not confirmed says so first.

        Returns
        -------
        str

        Examples
        --------
        >>> Dated("2026-03-31", "The deal runs out.", "BBC through an aggregator", "check").words
        'Check before use: The deal runs out.'
        """
        return f"Check before use: {self.says}" if self.standing == "check" else self.says


@cache
def timeline() -> tuple[Dated, ...]:
    """
    Read the dated facts.

    Returns
    -------
    tuple of Dated
        In order of time.

    Examples
    --------
    >>> timeline()[0].date
    '2022-04-24'
    """
    rows = tomllib.loads(resources.files("varne.facts").joinpath("timeline.toml").read_text(encoding="utf-8"))
    return read_timeline(rows)


def read_timeline(rows: Mapping[str, Any]) -> tuple[Dated, ...]:
    """
    Read and check dated facts.

    Parameters
    ----------
    rows : mapping
        ``dated``: a list of tables. [1]

    Returns
    -------
    tuple of Dated
        In order of time.

    Raises
    ------
    BadFact
        If one lacks its source, its date cannot be read, or it does not say how far it can be relied on.

    Examples
    --------
    >>> read_timeline({"dated": [{"date": "2024", "says": "a", "source": "b", "standing": "press"}]})[0].says
    'a'
    """
    found = []
    for number, row in enumerate(rows["dated"], 1):
        for name in ("date", "says", "source", "standing"):
            if not str(row.get(name, "")).strip():
                raise BadFact(f"Dated fact {number} has no {name}; add {name} = ...")
        if not _DATE.fullmatch(str(row["date"])):
            raise BadFact(f"Dated fact {number} has date {row['date']!r}; write it as 2026-03-31, 2026-03 or 2026.")
        if row["standing"] not in STANDINGS:
            raise BadFact(f"Dated fact {number} has standing {row['standing']!r}; write one of {', '.join(STANDINGS)}.")
        found.append(Dated(str(row["date"]), str(row["says"]), str(row["source"]), str(row["standing"])))
    return tuple(sorted(found, key=lambda one: one.date))
