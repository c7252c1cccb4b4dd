"""
What is entered into a record of an answer: question, fingerprint, digest, figures, and who saw them when.

An answer is entered before it is shown, and that it was shown after that, so that a record never says of a figure that
it was seen when it was not. A question that failed is entered as failed. The whole answer and all numbers that it was
computed with are kept beside the entries, by their hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from varne.assessment import Assessment
from varne.facts.departures import levels_beside
from varne.facts.own import OwnNumbers
from varne.files.numbers_file import numbers_of
from varne.question import with_user_file
from varne.record.asking import Asking, Recorded
from varne.record.entry import MOST_BYTES, Draft, canonical
from varne.record.keep import keep_file
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.simulation import Simulation

_DIGITS = 6  # of a figure in an entry; the whole answer is kept by its hash
_ROOM = 4000  # bytes of an entry for what stands around its data
_SIZES = ("exceedance", "says")  # of an option: long, and in the answer that is kept


def record_assessment(folder: Path, found: Assessment, asking: Asking, *, facts: Path | None = None) -> Recorded:
    """
    Enter an assessment.

    Parameters
    ----------
    folder : Path
        Of the record. [1]
    found : Assessment
        [people]
    asking : Asking
        [s]
    facts : Path, optional
        The user's own numbers that it was computed with. [unit]

    Returns
    -------
    Recorded

    Raises
    ------
    BadRecord, BadKey
        If the record cannot be written.

    Examples
    --------
    >>> from varne.assessment import assess
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.record.opening import example_log
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> small = assess(question, members=(4, 2), options=["leave"])
    >>> record_assessment(example_log(), small, Asking("watch officer", 0.0)).index
    1
    """
    brought = found.scenario.sea.as_written() or {}
    answer = _without_folders(found.as_json(), [name for names in brought.values() for name in names])
    question = answer["scenario"]
    data = {
        "command": "assess",
        "question": question,
        "members": answer["members"],
        "reference": found.scenario.reference,
        "sea": answer["sea"],
        "options": [{key: one for key, one in row.items() if key not in _SIZES} for row in answer["options"]],
    }
    if chance := found.not_arriving():
        data["not_arriving"] = _rounded(asdict(chance))
    return _entered(folder, answer, data, asking, facts, _digests(brought))


def record_season(folder: Path, found: Simulation, asking: Asking, *, own: OwnNumbers | None = None) -> Recorded:
    """
    Enter a season.

    Parameters
    ----------
    folder : Path
        Of the record. [1]
    found : Simulation
        [people]
    asking : Asking
        [s]
    own : OwnNumbers, optional
        The user's own numbers that it was computed with. [unit]

    Returns
    -------
    Recorded

    Raises
    ------
    BadRecord, BadKey
        If the record cannot be written.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.record.opening import example_log
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.simulation import simulate
    >>> def nothing(plan, progress):
    ...     return empty_ledger(plan.levels.names, np.arange(4), 2, plan.week_starts, plan.years)
    >>> found = simulate(["as-it-was"], dates=("2024-07-01", "2024-07-07"), members="2x2", spread=nothing)
    >>> record_season(example_log(), found, Asking("analyst", 0.0)).index
    1
    """
    record = Record(folder)
    names = _own_names(found, own)
    texts = tuple(
        (names.get(name, name), keep_file(record, text.encode())) for name, text in sorted(found.texts.items())
    )
    asked = {**asdict(found.asked), "seed": str(found.asked.seed)}
    asked |= {name: list(value) for name, value in asked.items() if isinstance(value, tuple)}
    asked["departures"] = names.get(found.asked.departures or "", found.asked.departures)
    data = {"command": "season", "question": asked, "reference": found.asked.reference}
    facts = None if own is None or own.facts is None else Path(own.facts)
    return _entered(folder, found.as_json(), data, asking, facts, texts)


def _entered(
    folder: Path,
    answer: dict[str, Any],
    data: dict[str, Any],
    asking: Asking,
    facts: Path | None,
    inputs: tuple[tuple[str, str], ...],
) -> Recorded:
    record = Record(folder)
    mark = {name: str(value) for name, value in answer["fingerprint"].items()}
    whole = canonical({**answer, "fingerprint": mark})
    kept = keep_file(record, whole)
    numbers = keep_file(record, canonical(numbers_of(*with_user_file(facts))))
    rows = _rounded(data.get("options", []))
    data = {name: one for name, one in data.items() if name != "options"} | {
        "fingerprint": mark,
        "answer": f"sha256:{kept}",
    }
    if len(canonical(rows)) + len(canonical(data)) + _ROOM < MOST_BYTES:
        data["options"] = rows  # otherwise they stand in the answer that is kept, and nowhere else
    draft = Draft(
        "computed", asking.role, data, asking.now, asking.case,
        inputs=(("numbers.json", numbers), *inputs), outputs=(("answer.json", kept),), code=mark["code"],
        env=mark["platform"],
    )  # fmt: skip
    with open_log(folder, now=asking.now) as log:
        appended = log.append([draft], now=asking.now)
    return Recorded(appended.first, str(appended.entries[0].content["id"]), f"sha256:{kept}")


def _own_names(found: Simulation, own: OwnNumbers | None) -> dict[str, str]:
    """The name of the user's file of departures, which the answer says, for that under which a season keeps it."""
    if own is None or own.departures is None or found.asked.departures is None:
        return {}
    kept, given = Path(found.asked.departures), Path(Path(own.departures).name)
    names = {kept.name: given.name, levels_beside(kept).name: levels_beside(given).name}
    return {} if set(names.values()) & (set(found.texts) - set(names)) else names


def _without_folders(value: Any, files: Sequence[str]) -> Any:
    """An answer that names files without the folders they lie in, which may name whoever works here."""
    if isinstance(value, str):
        for name in sorted(files, key=len, reverse=True):
            value = value if "://" in name else value.replace(name, Path(name).name)
        return value
    if isinstance(value, Mapping):
        return {name: _without_folders(one, files) for name, one in value.items()}
    return [_without_folders(one, files) for one in value] if isinstance(value, list | tuple) else value


def _digests(brought: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    paths = (Path(name) for names in brought.values() for name in names)
    return tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths if path.is_file())


def _rounded(value: Any) -> Any:
    """Figures as an entry holds them: so many digits that matter."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, Mapping):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
