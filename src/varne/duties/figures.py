"""Computed figures on record: of which options, when they were seen and by which roles, or that nobody saw them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varne.duties.evidence import Entry, Evidence, filled
from varne.facts.duty_words import bounds_of
from varne.units import HOUR
from varne.when import parse_time

PEOPLE = "people_on_board"
COMMAND = "assess"  # figures of one encounter; those of a season are not about this boat


@dataclass(frozen=True, slots=True)
class Figures:
    """What was computed once, and what became of it."""

    computed: Entry
    options: Mapping[str, Mapping[str, Any]]  # rows of those that apply, by name
    failed: str  # why there are none
    shown: tuple[Entry, ...]  # to a role, in order of time
    not_shown: tuple[Entry, ...]  # entered as computed and not shown

    def seen_by(self, time: float) -> tuple[Entry, ...]:
        """
        Return when it was shown up to a moment.

        Parameters
        ----------
        time : float
            Since 1970. [s]

        Returns
        -------
        tuple of Entry

        Examples
        --------
        >>> Figures(Entry(0, "a", 0.0, "", "", "computed", "", "", {}), {}, "", (), ()).seen_by(5.0)
        ()
        """
        return tuple(entry for entry in self.shown if entry.at <= time)


def figures_of(evidence: Evidence) -> tuple[Figures, ...]:
    """
    Return the figures of an encounter that are on record.

    A showing counts if it names a role and, where both give a hash of the answer, the same one; and no sooner than
    the figure was computed.

    Parameters
    ----------
    evidence : Evidence
        Of one encounter. [1]

    Returns
    -------
    tuple of Figures
        In order of time.

    Examples
    --------
    >>> figures_of(Evidence())
    ()
    """
    shown = evidence.of_kind("shown")
    return tuple(
        Figures(
            computed=entry,
            options=_applicable(entry.data.get("options", ())),
            failed=str(entry.data.get("failed", "")),
            shown=tuple(one for one in shown if _shows(one, entry)),
            not_shown=tuple(one for one in shown if one.data.get("shown") is False and _names(one, entry)),
        )
        for entry in evidence.of_kind("computed")
        if entry.data.get("command", COMMAND) == COMMAND
    )


def of_another(computed: Entry, evidence: Evidence, by: float) -> bool:
    """
    Say whether figures are of another encounter than the record tells: other people aboard, or a time long past.

    Parameters
    ----------
    computed : Entry
        Of the figures. [1]
    evidence : Evidence
        What is known. [1]
    by : float
        Moment of the decision, since 1970. [s]

    Returns
    -------
    bool

    Examples
    --------
    >>> question = {"people": 55, "time": "1970-01-01T00:00Z", "horizon": 24.0}
    >>> asked = Entry(0, "a", 0.0, "", "", "computed", "", "", {"question": question})
    >>> of_another(asked, Evidence(), 60.0), of_another(asked, Evidence(), 90_000.0)
    (False, True)
    """
    question = computed.data.get("question", {})
    values = (entry.data["value"] for entry in evidence.words.get(PEOPLE, ()) if entry.at <= by)
    told = [bounds for value in values if (bounds := bounds_of(value, whole=True))]
    people, start, hours = (question.get(name) for name in ("people", "time", "horizon"))
    if people is not None and told and not told[-1][0] <= people <= told[-1][1]:
        return True
    return bool(start and hours) and math.isfinite(by) and abs(by - parse_time(start)) > hours * HOUR


def roles_of(shown: Entry) -> tuple[str, ...]:
    """
    Return the roles to which a figure was shown.

    Parameters
    ----------
    shown : Entry
        Of kind shown. [1]

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> roles_of(Entry(0, "a", 0.0, "", "", "shown", "", "", {"to": ["commander", ""]}))
    ('commander',)
    """
    given = shown.data.get("to")
    roles = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else ()
    return tuple(role for role in roles if isinstance(role, str) and filled(role))


def _applicable(rows: Any) -> Mapping[str, Mapping[str, Any]]:
    return {str(row.get("name")): row for row in rows or () if row.get("applies", True)}


def _names(shown: Entry, computed: Entry) -> bool:
    return bool(shown.data.get("computed") == computed.id)


def _shows(shown: Entry, computed: Entry) -> bool:
    hashes = [one.data["answer"] for one in (shown, computed) if filled(one.data.get("answer"))]
    return (
        _names(shown, computed)
        and shown.data.get("shown") is not False
        and bool(roles_of(shown))
        and hashes[1:] in ([], hashes[:1])
        and shown.at >= computed.at
    )
