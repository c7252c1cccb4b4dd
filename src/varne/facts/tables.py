"""The shipped tables of facts and a user's own, as one checked collection with a fingerprint."""

import difflib
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.errors import BadFact, UnknownName
from varne.evidence import Fact, check_same_dimension, draw

SUBJECTS = (
    "alert", "boat", "crew", "effects", "forecast", "hazards", "immersion", "leeway", "people", "rescue", "sea",
    "search", "season", "traffic", "waves",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """All scalar facts by dotted name."""

    by_name: Mapping[str, Fact]

    def __getitem__(self, name: str) -> Fact:
        """
        Return one fact.

        Parameters
        ----------
        name : str
            Dotted name. [1]

        Returns
        -------
        Fact

        Raises
        ------
        UnknownName
            If there is no such fact.

        Examples
        --------
        >>> shipped_facts()["sea.water_density"].value
        1025.0
        """
        if name not in self.by_name:
            raise UnknownName(f"Fact {name!r} is not known{_closest(name, self.by_name)}.")
        return self.by_name[name]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.by_name.values())

    def fingerprint(self) -> str:
        """
        Name the state of all facts.

        Returns
        -------
        str
            SHA-256 in hexadecimal. [1]

        Examples
        --------
        >>> len(shipped_facts().fingerprint())
        64
        """
        return digest({name: asdict(self.by_name[name]) for name in sorted(self.by_name)})

    def drawn(self, draws: int, seed: int) -> NDArray[np.void]:
        """
        Draw every fact for each epistemic draw, as one record a draw with a column a fact.

        Parameters
        ----------
        draws : int
            How many. [1]
        seed : int
            Names the experiment. [1]

        Returns
        -------
        structured array, shape (draw,)
            Columns named by :func:`column`. [SI]

        Examples
        --------
        >>> shipped_facts().drawn(2, 1)["sea_water_density"]
        array([1025., 1025.])
        """
        names = sorted(self.by_name)
        table = np.zeros(draws, dtype=np.dtype((np.record, [(column(name), np.float64) for name in names])))
        for name in names:
            table[column(name)] = draw(self.by_name[name], draws, seed)
        return table

    def replaced(self, facts: Mapping[str, Fact]) -> "Facts":
        """
        Return these facts with some replaced.

        Parameters
        ----------
        facts : mapping of str to Fact
            Each must replace a fact that exists, in a unit of the same dimension. [unit]

        Returns
        -------
        Facts

        Raises
        ------
        UnknownName
            If one replaces nothing.
        BadFact
            If a unit measures something else.

        Examples
        --------
        >>> facts = shipped_facts()
        >>> facts.replaced({}) == facts
        True
        """
        for name, fact in facts.items():
            if name != fact.name:
                raise BadFact(f"Fact {fact.name} stands under the name {name}; its name decides its draws: use one.")
            check_same_dimension(name, fact.unit, self[name].unit)
        return Facts({**self.by_name, **facts})


def column(name: str) -> str:
    """
    Name the column of a fact.

    Parameters
    ----------
    name : str
        Dotted name. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> column("boat.speed")
    'boat_speed'
    """
    return name.replace(".", "_")


def digest(content: Any) -> str:
    """
    Name a piece of content that JSON can hold.

    Parameters
    ----------
    content : any
        Dictionaries, lists, text and numbers. [1]

    Returns
    -------
    str
        SHA-256 of its JSON with sorted keys, in hexadecimal. [1]

    Examples
    --------
    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_rows(text: str, origin: str) -> dict[str, dict[str, Any]]:
    """
    Read the tables of a facts file, two levels deep, by dotted name.

    Parameters
    ----------
    text : str
        TOML. [1]
    origin : str
        The file's name, for the errors. [1]

    Returns
    -------
    dict
        Rows by dotted name.

    Raises
    ------
    BadFact
        If it is not TOML or not tables.

    Examples
    --------
    >>> read_rows("[boat.speed]\\nvalue = 5", "my.toml")
    {'boat.speed': {'value': 5}}
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFact(f"Facts file {origin} is not TOML: {error}. Mend that line.") from None
    rows: dict[str, dict[str, Any]] = {}
    for subject, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
            raise BadFact(f"Facts file {origin} has {subject!r}, which is no fact; write [subject.name] tables.")
        rows.update({f"{subject}.{name}": row for name, row in table.items()})
    return rows


@cache
def shipped_facts() -> Facts:
    """
    Read the facts that Varne ships.

    Returns
    -------
    Facts

    Examples
    --------
    >>> shipped_facts()["boat.speed"].unit
    'kn'
    """
    facts: dict[str, Fact] = {}
    for subject in SUBJECTS:
        text = resources.files("varne.facts").joinpath(f"{subject}.toml").read_text(encoding="utf-8")
        for name, row in read_rows(text, f"{subject}.toml").items():
            if name in facts:
                raise BadFact(f"Fact {name} stands twice in the shipped tables; keep one.")
            facts[name] = Fact.read(name, row)
    return Facts(facts)


def read_user_rows(path: Path) -> dict[str, dict[str, Any]]:
    """
    Read the rows of a user's own facts file.

    Parameters
    ----------
    path : Path
        A TOML file. [1]

    Returns
    -------
    dict
        Rows by dotted name.

    Raises
    ------
    BadFact
        If the file cannot be read.

    Examples
    --------
    >>> read_user_rows(Path("nowhere.toml"))
    Traceback (most recent call last):
    varne.errors.BadFact: Facts file nowhere.toml cannot be read (No such file or directory); check its name.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadFact(f"Facts file {path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise BadFact(f"Facts file {path} cannot be read ({error.strerror}); check its name.") from None
    return read_rows(text, str(path))


def _closest(name: str, names: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else "; the names stand in the tables varne/facts/*.toml"
