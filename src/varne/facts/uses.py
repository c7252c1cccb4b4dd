"""Who uses a fact: read from the sources themselves, so that it is never out of date."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from varne.facts.tables import column, shipped_facts

# Parts that follow one encounter, and all parts that read facts.
OF_AN_ENCOUNTER = ("sea", "motion", "hazards", "search", "afloat", "encounter")
PARTS = (*OF_AN_ENCOUNTER, "season", "files")
_NOT_FACTS = "state"  # a record of the kernel, some of whose fields are named like the column of a fact


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the model that reads facts."""

    part: str
    file: str
    says: str  # its first line


@cache
def _readers() -> dict[str, tuple[Source, ...]]:
    """For each fact the files that name it."""
    columns = {column(fact.name): fact.name for fact in shipped_facts()}
    named = {fact.name: fact.name for fact in shipped_facts()}
    found: dict[str, list[Source]] = {}
    for part in PARTS:
        for file in sorted(resources.files("varne").joinpath(part).iterdir(), key=lambda one: one.name):
            if not file.name.endswith(".py"):
                continue
            source, words = _read(part, file)
            for fact in sorted({name for word in words for name in _meant(word, columns, named)}):
                found.setdefault(fact, []).append(source)
    return {name: tuple(sources) for name, sources in found.items()}


def _read(part: str, file: Traversable) -> tuple[Source, set[str]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    says = (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")
    return Source(part, file.name, says), set(_words(tree))


def _words(tree: ast.AST) -> Iterator[str]:
    """Names of fields, texts, and texts with a gap, in which a point of a pattern stands for one word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if not (isinstance(node.value, ast.Name) and node.value.id == _NOT_FACTS):
                yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield "*".join(part.value if isinstance(part, ast.Constant) else "" for part in node.values)


def _meant(word: str, columns: dict[str, str], named: dict[str, str]) -> Iterator[str]:
    for names in (columns, named):
        if word in names:
            yield names[word]
        elif "*" in word and re.fullmatch(r"[a-z]+[._*a-z]+", word):
            pattern = re.compile("[a-z]+".join(re.escape(piece) for piece in re.split(r"\*+", word)))
            yield from (fact for name, fact in names.items() if pattern.fullmatch(name))


def readers(name: str) -> tuple[Source, ...]:
    """
    Name the files of the model that read a fact.

    Parameters
    ----------
    name : str
        Dotted name. [1]

    Returns
    -------
    tuple of Source
        In the order of data's flow.

    Examples
    --------
    >>> [f"{one.part}/{one.file}" for one in readers("crowd.typical_share")]
    ['encounter/perils.py']
    """
    return _readers().get(name, ())


@cache
def read_by_code() -> frozenset[str]:
    """
    Name the facts that the code of an encounter reads by itself, whatever the options are.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "boat.condition" in read_by_code(), "effect.jam_crowd" in read_by_code()
    (True, False)
    """
    return frozenset(
        name for name, sources in _readers().items() if any(one.part in OF_AN_ENCOUNTER for one in sources)
    )
