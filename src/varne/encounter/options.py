"""Response options as data: a time line of phases, each with its numbers or the facts they come from."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFact, UnknownName
from varne.evidence import GRADES
from varne.facts.tables import Facts, column
from varne.units import in_si

# Every number of a phase, and its value where a row leaves it out: no effect.
NO_EFFECT: dict[str, float] = {
    "lasts": np.inf,
    "stand_off": 0.0,
    "crowd_shift": 1.0,
    "structure": 1.0,
    "overboard": 1.0,
    "crush": 1.0,
    "swamping": 1.0,
    "flotation": 0.0,
    "holds": 0.0,
    "standing": 0.0,
    "absent": 0.0,
    "takes_off": 0.0,
    "unasked": 0.0,
    "stops_engine": 0.0,
    "turns_back": 0.0,
    "ashore": 0.0,
    "near": 0.0,
    "alongside": 0.0,
    "boarding": 0.0,
    "resistance": 1.0,
}
PHASE = np.dtype((np.record, [(name, np.float64) for name in NO_EFFECT]))
CHANCES = ("stops_engine", "turns_back", "ashore")
RESPONDERS = {"none": 0, "sent": 1, "ashore": 2}
MOST_PHASES = 6  # what a time line may hold, the last place being the phase after a stop
_QUANTITY = re.compile(r"^\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(\S+)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of an option's time line; ``numbers`` are in SI, ``facts`` are drawn."""

    name: str
    numbers: Mapping[str, float]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A way to respond; distances in metres, infinite where it applies everywhere."""

    name: str
    says: str
    responder: str
    phases: tuple[Phase, ...]
    after_stop: Phase
    applies_within: float = np.inf
    applies_depth: float = np.inf

    @property
    def facts(self) -> frozenset[str]:
        """
        Name the facts that this option's own numbers come from.

        Returns
        -------
        frozenset of str

        Examples
        --------
        >>> Option("leave", "Nobody near.", "none", (), Phase("take off", {}, {"crowd_shift": "effect.a"})).facts
        frozenset({'effect.a'})
        """
        return frozenset(fact for phase in (*self.phases, self.after_stop) for fact in phase.facts.values())

    def grade(self, facts: Facts) -> str:
        """
        Return the weakest grade among this option's own numbers.

        Parameters
        ----------
        facts : Facts
            Where they stand. [unit]

        Returns
        -------
        str

        Examples
        --------
        >>> from varne.facts.tables import shipped_facts
        >>> watch = Phase("watch", {}, {"crowd_shift": "effect.crowd_monitor"})
        >>> Option("monitor", "Watch.", "sent", (watch,), watch).grade(shipped_facts())
        'assumed'
        """
        return weakest([facts[name].grade for name in self.facts])


def weakest(grades: Sequence[str]) -> str:
    """
    Return the weakest of some grades.

    Parameters
    ----------
    grades : sequence of str
        Grades of evidence. [1]

    Returns
    -------
    str
        ``"measured"`` when there are none.

    Examples
    --------
    >>> weakest(["published", "assumed", "derived"])
    'assumed'
    """
    return max(grades, key=GRADES.index, default=GRADES[0])


def read_options(rows: Mapping[str, Any], facts: Facts) -> dict[str, Option]:
    """
    Read all options.

    Parameters
    ----------
    rows : mapping
        ``options`` by name and the shared ``after_stop`` phase. [1]
    facts : Facts
        What their phases may refer to. [unit]

    Returns
    -------
    dict of str to Option

    Raises
    ------
    BadFact
        If a row has an unknown field, a number that cannot be read, or too many phases.

    Examples
    --------
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> len(read_options(shipped_option_rows(), shipped_facts()))
    9
    """
    shared = _phase("after_stop", rows["after_stop"], facts)
    return {name: _option(name, row, shared, facts) for name, row in rows["options"].items()}


def chosen(options: Mapping[str, Option], names: Sequence[str]) -> list[Option]:
    """
    Pick options by name, in the order given.

    Parameters
    ----------
    options : mapping of str to Option
        All there are. [1]
    names : sequence of str
        Those wanted; empty means all. [1]

    Returns
    -------
    list of Option

    Raises
    ------
    UnknownName
        If one does not exist.

    Examples
    --------
    >>> chosen({}, ["escrot"])
    Traceback (most recent call last):
    varne.errors.UnknownName: Option 'escrot' is not known; the options are ...
    """
    for name in names:
        if name not in options:
            near = difflib.get_close_matches(name, options, n=1)
            hint = f"did you mean {near[0]!r}? The" if near else "the"
            raise UnknownName(f"Option {name!r} is not known; {hint} options are {', '.join(options)}.")
    return [options[name] for name in names or options]


def phase_table(options: Sequence[Option], known: NDArray[np.void]) -> NDArray[np.void]:
    """
    Lay the options out for the kernel: a record for each phase of each option in each epistemic draw.

    Parameters
    ----------
    options : sequence of Option
        In the order of the answer. [1]
    known : structured array, shape (draw,)
        The drawn facts. [SI]

    Returns
    -------
    structured array of PHASE, shape (draw, option, phase)
        The last place is the phase after a stop. [SI]

    Examples
    --------
    >>> watch = Phase("watch", {"stand_off": 926.0}, {})
    >>> table = phase_table([Option("monitor", "Watch.", "sent", (watch,), watch)], np.zeros(2, dtype=[]))
    >>> table["stand_off"][0, 0, 0]
    np.float64(926.0)
    """
    table = np.zeros((len(known), len(options), MOST_PHASES), dtype=PHASE)
    for name, value in NO_EFFECT.items():
        table[name] = value
    for index, option in enumerate(options):
        for place, phase in (*enumerate(option.phases), (MOST_PHASES - 1, option.after_stop)):
            for name, value in phase.numbers.items():
                table[name][:, index, place] = value
            for name, fact in phase.facts.items():
                table[name][:, index, place] = known[column(fact)]
    return table


def _option(name: str, row: Mapping[str, Any], shared: Phase, facts: Facts) -> Option:
    allowed = {"says", "responder", "phases", "after_stop", "applies_within", "applies_depth"}
    if extra := sorted(set(row) - allowed):
        raise BadFact(f"Option {name!r} has a field {extra[0]!r}; the fields are {', '.join(sorted(allowed))}.")
    if not row.get("says"):
        raise BadFact(f"Option {name!r} does not say what it is; add says = ...")
    if row.get("responder") not in RESPONDERS:
        raise BadFact(f"Option {name!r} has responder {row.get('responder')!r}; write one of {', '.join(RESPONDERS)}.")
    phases = tuple(_phase(f"{name}.{n}", phase, facts) for n, phase in enumerate(row.get("phases", []), 1))
    if len(phases) >= MOST_PHASES:
        raise BadFact(f"Option {name!r} has {len(phases)} phases; write at most {MOST_PHASES - 1}.")
    if not phases and row["responder"] != "none":
        raise BadFact(f"Option {name!r} sends a responder but has no phases; add [[options.{name}.phases]].")
    return Option(
        name,
        str(row["says"]),
        str(row["responder"]),
        phases,
        _phase(f"{name}.after_stop", row["after_stop"], facts) if "after_stop" in row else shared,
        _quantity(name, "applies_within", row.get("applies_within", np.inf)),
        _quantity(name, "applies_depth", row.get("applies_depth", np.inf)),
    )


def _phase(where: str, row: Mapping[str, Any], facts: Facts) -> Phase:
    numbers: dict[str, float] = {}
    references: dict[str, str] = {}
    for key, value in row.items():
        if key == "name":
            continue
        if key not in NO_EFFECT:
            raise BadFact(f"Phase {where} has a field {key!r}; the fields are name, {', '.join(NO_EFFECT)}.")
        if isinstance(value, str) and "." in value and value in facts.by_name:
            references[key] = value
        else:
            numbers[key] = _quantity(where, key, value)
            if key in CHANCES and numbers[key] > 1.0:
                raise BadFact(f"Phase {where} has {key} = {value!r}, which is a chance; write a number from 0 to 1.")
    return Phase(str(row.get("name", where)), numbers, references)


def _quantity(where: str, key: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value)
    match = _QUANTITY.match(value) if isinstance(value, str) else None
    if not match or float(match[1]) < 0:
        raise BadFact(
            f"{where} has {key} = {value!r}, neither a quantity nor a fact; write '300 m' or the name of a fact."
        )
    return in_si(float(match[1]), match[2])
