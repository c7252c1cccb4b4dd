"""Duties of an encounter put together: from a question, an assessment, or a record, whichever there is."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from varne.assessment import ARRIVED, WITHOUT_HELP, Assessment, assess, chance_of_not_arriving
from varne.duties.check import DutiesAnswer, check_duties
from varne.encounter.outcome import Interval
from varne.encounter.scenario import Scenario
from varne.files.stored import Stored, deaths_and_more
from varne.record.finding import FAILED, OPEN, OTHER_KEY, WRONG_CLOCK
from varne.record.keys import VerifierKey
from varne.record.opening import own_memory
from varne.record.reader import Record
from varne.record.verify import Verified, verify
from varne.record.verify_kept import Believed

Progress = Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a record is looked at, and when it is looked at."""

    case: str = ""
    until: str = ""
    now: float = math.inf  # [s]; by default nothing comes from the future
    keys: tuple[VerifierKey, ...] = ()  # that are trusted; without one, nobody has said whose log it is


def duties_of_assessment(found: Assessment) -> DutiesAnswer:
    """
    Tell duties from an assessment alone: what nobody has entered cannot be told.

    Parameters
    ----------
    found : Assessment
        [people]

    Returns
    -------
    DutiesAnswer

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> small = assess(question, members=(4, 2), options=["leave"])
    >>> {one.state for one in duties_of_assessment(small).duties}
    {'cannot tell'}
    """
    return check_duties((), found.as_json(), found.not_arriving())


def duties_of_stored(stored: Stored) -> DutiesAnswer:
    """
    Tell duties from an assessment in a folder.

    Parameters
    ----------
    stored : Stored
        From :func:`varne.files.stored.read_stored`. [people]

    Returns
    -------
    DutiesAnswer

    Examples
    --------
    >>> import xarray as xr
    >>> answer = {"options": [], "members": {"draws": 1, "replicates": 1}, "scenario": {"people": 1}}
    >>> len(duties_of_stored(Stored(answer, xr.Dataset(coords={"option": []}))).duties)
    12
    """
    return check_duties((), stored.answer, _not_arriving_of(stored))


def duties_of_question(
    question: Scenario, *, members: str = "400x50", seed: int = 1, facts: Path | None = None, progress: Progress = None
) -> DutiesAnswer:
    """
    Tell duties from a question, which is answered first.

    Parameters
    ----------
    question : Scenario
        [SI]
    members : str, optional
        How many. [1]
    seed : int, optional
        [1]
    facts : Path, optional
        The user's own numbers. [unit]
    progress : callable, optional
        Told how many draws are done, and of how many. [1]

    Returns
    -------
    DutiesAnswer

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9,
    ...     "options": ["leave"]})
    >>> duties_of_question(question, members="4x2").phases.proposed
    'cannot tell'
    """
    return duties_of_assessment(assess(question, members=members, seed=seed, facts=facts, progress=progress))


def duties_of_record(record: Record, asked: Asked) -> DutiesAnswer:
    """
    Tell duties from a record; whether the record holds is looked at first, and said.

    Parameters
    ----------
    record : Record
        [1]
    asked : Asked
        [s]

    Returns
    -------
    DutiesAnswer

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> duties_of_record(Record(example_log()), Asked()).evidence.log  # nobody has said whose key it is
    'unknown'
    """
    mine, last = own_memory(record) or (None, None)
    verified = verify(record, Believed(asked.keys, own=mine, signed_last=last), now=asked.now)
    events = [{**event, "index": index} for index, event in verified.events.items()]
    absent = sorted(set(range(verified.checkpoint.size)) - verified.events.keys()) if verified.checkpoint else ()
    return check_duties(events, case=asked.case, until=asked.until, log=_log(verified), absent=absent)


def _not_arriving_of(stored: Stored) -> Interval | None:
    names = [str(name) for name in stored.members["option"].values]
    if WITHOUT_HELP not in names:
        return None
    arrived = deaths_and_more(stored.members, (ARRIVED,), stored.size[0])[:, :, names.index(WITHOUT_HELP)]
    return chance_of_not_arriving(arrived, int(stored.answer["scenario"]["people"]))


def _log(verified: Verified) -> str:
    """
    Whether entries are what they were: yes, no, or unknown where nobody says whose key it is, or what is beside fails.

    A clock that is wrong, or a stamp or countersignature beside the log, does not make an entry another.
    """
    failed = [one for one in verified.findings if one.state == FAILED]
    if any(
        not one.where.endswith((".cosig", ".tsr"))
        and not one.what.endswith(WRONG_CLOCK)
        and not one.what.startswith(OTHER_KEY)
        for one in failed
    ):
        return "no"
    open_key = any(one.state == OPEN and one.where == "key" for one in verified.findings)
    return "unknown" if open_key or not verified.holds else "yes"
