"""Whether the times that entries say can be true: none from the future, none after somebody else had seen the entry."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from varne.record.entry import CLOCKS_DIFFER, read_moment, write_moment
from varne.record.finding import WRONG_CLOCK, Finding, failed, remark
from varne.record.verify_kept import Seen
from varne.units import HOUR

_LONG_AFTER = HOUR  # an entry made so long after the event is worth a remark; a choice of ours
_MOST = 5  # findings of one kind that are told one by one


def verify_times(events: Mapping[int, Mapping[str, Any]], now: float) -> list[Finding]:
    """
    Hold the times of entries against the clock of whoever checks, and against each other.

    Parameters
    ----------
    events : mapping of int to mapping
        By number of their entry, in order. [1]
    now : float
        Seconds since 1970 UTC. [s]

    Returns
    -------
    list of Finding

    Examples
    --------
    >>> times = {"time": "1970-01-01T00:00:00.000Z", "logged": "1970-01-02T00:00:00.000Z"}
    >>> [one.what for one in verify_times({3: times}, now=86400.0)]
    ['was logged 24.0 h after it happened']
    """
    found = []
    for index, event in events.items():
        where = f"entry {index}"
        happened, logged = read_moment(event["time"], "time"), read_moment(event["logged"], "logged")
        if logged > now + CLOCKS_DIFFER:
            found.append(failed(where, f"was logged at {event['logged']}, which lies {WRONG_CLOCK}"))
        elif happened > logged + CLOCKS_DIFFER:
            found.append(remark(where, f"is of {event['time']}, after it was logged at {event['logged']}"))
        elif logged - happened > _LONG_AFTER:
            found.append(remark(where, f"was logged {(logged - happened) / HOUR:.1f} h after it happened"))
    return found + _set_back({index: event["logged"] for index, event in events.items()})


def _set_back(logged: Mapping[int, str]) -> list[Finding]:
    """Entries that say they were entered before the one ahead of them."""
    found = []
    before = ""
    for index, said in logged.items():
        if before and read_moment(said, "logged") < read_moment(before, "logged") - CLOCKS_DIFFER:
            what = (
                f"says that it was entered at {said}, the entry before it at {before}: the clock was set back, or one "
                "of the times is not true"
            )
            found.append(remark(f"entry {index}", what))
        before = said
    return _few(found, "say that they were entered before the entry ahead of them")


def seen_before(logged: Mapping[int, str], seen: Iterable[Seen]) -> list[Finding]:
    """
    Name entries that say they were entered after a body had stamped or countersigned them, or before one that saw the
    record without them: whoever dates an entry back has its stamp against him.

    Parameters
    ----------
    logged : mapping of int to str
        When entries say that they were entered, by number. [1]
    seen : iterable of Seen
        Stamps and countersignatures that were checked. [1]

    Returns
    -------
    list of Finding

    Examples
    --------
    >>> [one.what for one in seen_before({0: "1970-01-02T00:00:00.000Z"}, [Seen(1, "an authority", 0.0)])]
    ['says that it was entered at 1970-01-02T00:00:00.000Z; an authority had seen it at 1970-01-01T00:00:00.000Z']
    """
    by_size = sorted(seen, key=lambda one: one.size)
    sizes = [one.size for one in by_size]
    first = list(accumulate(reversed(by_size), _earlier))[::-1]
    last = list(accumulate(by_size, _later))
    late, early = [], []
    for index, said in logged.items():
        place, moment = bisect_right(sizes, index), read_moment(said, "logged")
        if place < len(sizes) and moment > first[place].time + CLOCKS_DIFFER:
            what = f"says that it was entered at {said}; {first[place].who} had seen it at {_said(first[place])}"
            late.append(failed(f"entry {index}", what))
        elif place and moment < last[place - 1].time - CLOCKS_DIFFER:
            what = f"says that it was entered at {said}, and is not in what {last[place - 1].who} saw at"
            why = "that was asked late, or the clock was set back"
            early.append(remark(f"entry {index}", f"{what} {_said(last[place - 1])}: {why}"))
    return [
        *_few(late, "say that they were entered after somebody had seen them"),
        *_few(early, "say that they were entered before somebody saw the record without them"),
    ]


def _earlier(one: Seen, other: Seen) -> Seen:
    return one if one.time <= other.time else other


def _later(one: Seen, other: Seen) -> Seen:
    return one if one.time >= other.time else other


def _said(one: Seen) -> str:
    return write_moment(one.time, "time")


def _few(found: Sequence[Finding], what: str) -> list[Finding]:
    """The first ones, and how many more there are."""
    more = len(found) - _MOST
    rest = [Finding(found[0].state, "entries", f"{more} more {what}")] if more > 0 else []
    return [*found[:_MOST], *rest]
