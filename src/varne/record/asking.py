"""
Who asks, and what is entered of a question besides its figures: that it failed, and who saw its answer.

It stands apart from what computes, so that an interruption can be entered whatever was being loaded at that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varne.record.entry import Draft
from varne.record.opening import open_log


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, in what role, for which case, and when the record hears of it."""

    role: str
    now: float  # [s]
    case: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer that was entered: number and name of its entry, and the digest of the answer."""

    index: int
    id: str
    answer: str


def record_failure(folder: Path, command: str, question: Mapping[str, Any], why: str, asking: Asking) -> int:
    """
    Enter that a figure was asked for and could not be given.

    Parameters
    ----------
    folder : Path
        Of the record. [1]
    command : str
        ``assess`` or ``season``. [1]
    question : mapping
        As far as it was understood. [1]
    why : str
        The sentence that was answered. [1]
    asking : Asking
        [s]

    Returns
    -------
    int
        Number of the entry.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> record_failure(example_log(), "assess", {}, "people is 0", Asking("watch officer", 0.0))
    1
    """
    data = {"command": command, "question": dict(question), "failed": why}
    with open_log(folder, now=asking.now) as log:
        return log.append([Draft("computed", asking.role, data, asking.now, asking.case)], now=asking.now).first


def record_shown(
    folder: Path, recorded: Recorded, *, to: Sequence[str], how: str, asking: Asking, why: str = ""
) -> int:
    """
    Enter that an answer was shown: when, to whom in what role, and how; or that it was not, and why.

    Parameters
    ----------
    folder : Path
        Of the record. [1]
    recorded : Recorded
        The answer. [1]
    to : sequence of str
        Roles; nobody where it was computed and not shown. [1]
    how : str
        ``screen``, ``json``, ``report``, ``file``. [1]
    asking : Asking
        With the moment at which it was shown. [s]
    why : str, optional
        Why it was not. [1]

    Returns
    -------
    int
        Number of the entry.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> asking = Asking("watch officer", 0.0)
    >>> record_shown(example_log(), Recorded(1, "00", "sha256:00"), to=["commander"], how="screen", asking=asking)
    1
    """
    data = {"computed": recorded.id, "answer": recorded.answer, "to": list(to), "how": how, "shown": bool(to)}
    data |= {"why": why} if why else {}
    with open_log(folder, now=asking.now) as log:
        return log.append([Draft("shown", asking.role, data, asking.now, asking.case)], now=asking.now).first
