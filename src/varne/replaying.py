"""
Computing a recorded answer again, with the numbers that were recorded.

On the platform and with the code that it was computed with every number is the same, bit for bit. Elsewhere numbers may
differ by what processors round differently, within a stated share. Where it cannot be computed again it is said why.
"""

import hashlib
import json
import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from varne.assessment import assess
from varne.encounter.scenario import Scenario
from varne.errors import BadRecord
from varne.facts.own import OwnNumbers
from varne.files.numbers_file import numbers_of, what_differs
from varne.fingerprint import code_and_platform
from varne.question import with_user_file
from varne.record.reader import Record
from varne.simulation import simulate

TOLERANCE = 1e-6  # as a share of the larger number, across processors; DESIGN: "within a stated tolerance"
_NEAR_NOTHING = 1e-12  # below this two numbers are the same, whatever their share
_MOST_SAID = 5  # differences that are spelt out
Progress = Callable[[int, int], None] | None
Kept = Callable[[str, str], bytes]  # from the hash of a file, and what it is, to what it holds


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of computing a recorded answer again."""

    index: int
    same_place: bool  # the recorded code on the recorded platform
    equal: bool  # every number, bit for bit
    largest: float  # difference, as a share [1]
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """
        Say whether the recorded answer is what the recorded question leads to.

        Returns
        -------
        bool
            Bit for bit in the same place, within the tolerance elsewhere.

        Examples
        --------
        >>> Replayed(1, True, False, 1e-9, ()).holds, Replayed(1, False, False, 1e-9, ()).holds
        (False, True)
        """
        return self.equal or (not self.same_place and self.largest <= TOLERANCE)


def replay_entry(record: Record, index: int, *, inputs: Path | None = None, progress: Progress = None) -> Replayed:
    """
    Compute a recorded answer again.

    Parameters
    ----------
    record : Record
        [1]
    index : int
        Of an entry of kind ``computed``. [1]
    inputs : Path, optional
        Folder with the files of the sea that the question names; here when left out. [1]
    progress : callable, optional
        Told how much is done, and of how much. [1]

    Returns
    -------
    Replayed

    Raises
    ------
    BadRecord
        If the entry holds no answer, or what it was computed from is not here.

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> replay_entry(Record(example_log()), 0)
    Traceback (most recent call last):
    varne.errors.BadRecord: Entry 0 is of kind 'key'; only what was computed can be computed again.
    """
    event = _computed(record, index)
    data = event["data"]
    kept = partial(_kept, record, index)
    recorded = json.loads(kept(str(data.get("answer", "")), "the answer"))
    numbers = json.loads(kept(_digest_of(event, "numbers.json"), "the numbers it was computed with"))
    with tempfile.TemporaryDirectory(prefix="varne-replay-") as draft:
        again = _again(kept, event, recorded, _own(numbers, Path(draft)), (inputs or Path(), Path(draft), progress))
    where = f"{data['fingerprint']['code']} on {data['fingerprint']['platform']}"
    same_place = where == code_and_platform()
    differences = list(_differ(_without_mark(recorded), _without_mark(again), ()))
    largest = max((share for share, _ in differences), default=0.0)
    said = [sentence for _, sentence in sorted(differences, key=lambda one: -one[0])[:_MOST_SAID]]
    if not same_place:
        said.insert(0, f"computed then by {where}; now by {code_and_platform()}")
    asked = () if "sea" in data["question"] else ("scenario",)  # that of a scenario names folders too
    for name in ("facts", "sea", *asked, "season"):
        then, now = data["fingerprint"].get(name), str(again["fingerprint"].get(name))
        if then is not None and then != now:
            said.append(f"fingerprint of {name} was {then[:12]}, is {now[:12]}")
    return Replayed(index, same_place, not differences, largest, tuple(said))


def _computed(record: Record, index: int) -> Mapping[str, Any]:
    event = record.entry(index).content
    if not event:
        raise BadRecord(f"The body of entry {index} is withheld or deleted; without it nothing can be computed again.")
    if event["kind"] != "computed":
        raise BadRecord(f"Entry {index} is of kind {event['kind']!r}; only what was computed can be computed again.")
    if "failed" in event["data"]:
        raise BadRecord(f"Entry {index} says that no figure could be given: {event['data']['failed']}")
    return event


def _digest_of(event: Mapping[str, Any], name: str) -> str:
    return next((one["sha256"] for one in event["inputs"] if one["name"] == name), "")


def _kept(record: Record, index: int, digest: str, what: str) -> bytes:
    if not digest:
        raise BadRecord(f"Entry {index} names no hash of {what}; without that it cannot be computed again.")
    content = record.kept_file(digest)
    if content is None:
        raise BadRecord(
            f"Entry {index} names {what} by the hash {digest}; put that file into {record.folder / 'files'}."
        )
    return content


def _own(numbers: Mapping[str, Any], draft: Path) -> Path | None:
    """A facts file with the recorded numbers that are not those of today."""
    changed = what_differs(numbers, numbers_of(*with_user_file(None)))
    if not changed:
        return None
    path = draft / "numbers.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    return path


def _again(
    kept: Kept,
    event: Mapping[str, Any],
    recorded: Mapping[str, Any],
    own: Path | None,
    where: tuple[Path, Path, Progress],
) -> dict[str, Any]:
    data = event["data"]
    inputs, draft, progress = where
    if data["command"] == "season":
        return _season_again(kept, event, own, draft, progress)
    question = dict(data["question"])
    if "sea" in question:
        question["sea"] = _found(question["sea"], event, inputs)
    members = (int(data["members"]["draws"]), int(data["members"]["replicates"]))
    seed = int(data["fingerprint"]["seed"])
    names = [row["name"] for row in recorded["options"]]
    found = assess(Scenario.of(question), members=members, seed=seed, options=names, facts=own, progress=progress)
    return found.as_json()


def _season_again(
    kept: Kept, event: Mapping[str, Any], own: Path | None, draft: Path, progress: Progress
) -> dict[str, Any]:
    asked = event["data"]["question"]
    for one in event["inputs"]:
        if one["name"] != "numbers.json":
            (draft / Path(one["name"]).name).write_bytes(kept(one["sha256"], one["name"]))
    departures = None if asked["departures"] is None else draft / asked["departures"]
    found = simulate(
        [draft / name for name in asked["policies"]],
        dates=(asked["first"], asked["last"]),
        members=(int(asked["draws"]), int(asked["replicates"])),
        seed=int(asked["seed"]),
        facts=OwnNumbers(own, departures),
        reference=asked["reference"],
        progress=progress,
    )
    return found.as_json()


def _found(sea: Mapping[str, Sequence[str]], event: Mapping[str, Any], inputs: Path) -> dict[str, list[str]]:
    """Files of the sea that are here and are what they were."""
    digests = {one["name"]: one["sha256"] for one in event["inputs"]}
    found: dict[str, list[str]] = {}
    for what, names in sea.items():
        found[what] = []
        for name in names:
            path = inputs / name
            if name in digests:
                if not path.is_file():
                    raise BadRecord(f"The question was asked with {name}, which is not in {inputs}; name its folder.")
                if hashlib.sha256(path.read_bytes()).hexdigest() != digests[name]:
                    raise BadRecord(
                        f"{path} is not the file that the question was asked with (SHA-256 {digests[name]})."
                    )
            found[what].append(str(path) if path.exists() else name)  # a store of many files has no digest
    return found


def _without_mark(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without what names code, platform and folders."""
    scenario = {name: one for name, one in answer.get("scenario", {}).items() if name not in ("sea", "options")}
    return {**{name: one for name, one in answer.items() if name not in ("fingerprint", "sea")}, "scenario": scenario}


def _differ(then: Any, now: Any, place: tuple[str, ...]) -> list[tuple[float, str]]:
    """Places at which two answers differ, and by what share."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [
            one for name in sorted({*then, *now}) for one in _differ(then.get(name), now.get(name), (*place, str(name)))
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        named = [str(one["name"]) if isinstance(one, dict) and "name" in one else str(n) for n, one in enumerate(then)]
        pairs = zip(named, then, now, strict=True)
        return [one for name, a, b in pairs for one in _differ(a, b, (*place, name))]
    if then == now:
        return []
    where = ".".join(place)
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (then, now))
    if numbers and math.isfinite(then) and math.isfinite(now):
        share = abs(then - now) / max(abs(then), abs(now), _NEAR_NOTHING)
        return [(share, f"{where} was {then!r}, is {now!r}")]
    return [(math.inf, f"{where} was {then!r}, is {now!r}")]
