"""Everything that is wrong with a user's facts file, not only the first of it, and what the file would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varne.errors import VarneError
from varne.evidence import Fact, check_same_dimension
from varne.facts.tables import Facts, read_user_rows, shipped_facts
from varne.facts.uses import readers

_OPTION = "options."


@dataclass(frozen=True, slots=True)
class Checked:
    """A facts file, read as far as it can be."""

    facts: Mapping[str, Fact]  # those in order
    options: Mapping[str, Any]  # rows by name, as written
    problems: tuple[str, ...]  # a sentence each
    unused: tuple[str, ...]  # facts in order that no code reads: an option must, or they change nothing


def check_file(path: Path, known: Facts | None = None) -> Checked:
    """
    Read a user's facts file and collect every problem of its facts.

    Parameters
    ----------
    path : Path
        A TOML file. [1]
    known : Facts, optional
        What it may replace; the shipped facts when left out. [unit]

    Returns
    -------
    Checked

    Raises
    ------
    BadFact
        If the file cannot be read at all.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.toml"
    >>> _ = file.write_text("[boat.speed]\\nvalue = 5\\n[boat.sped]\\nvalue = 5\\n")
    >>> for problem in check_file(file).problems: print(problem)
    Fact boat.speed has no says; a number about the world needs one. Add says = ...
    Fact 'boat.sped' is not known; did you mean 'boat.speed'?
    """
    known = shipped_facts() if known is None else known
    facts: dict[str, Fact] = {}
    problems: list[str] = []
    rows = read_user_rows(path)
    for name, row in rows.items():
        if name.startswith(_OPTION):
            continue
        try:
            unit = known[name].unit
            fact = Fact.read(name, row)
            check_same_dimension(name, fact.unit, unit)
            facts[name] = fact
        except VarneError as error:
            problems.append(str(error))
    options = {name.removeprefix(_OPTION): row for name, row in rows.items() if name.startswith(_OPTION)}
    return Checked(facts, options, tuple(problems), tuple(name for name in facts if not readers(name)))
