"""The shipped tables of facts and a user's own, as one checked collection with a fingerprint."""

import difflib
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.draws import uniforms
from varne.errors import BadFact, UnknownName
from varne.evidence import Fact, check_same_dimension
from varne.facts.persons import how_to_reach
from varne.facts.together import NOTHING, Together, shipped_together

SUBJECTS = (
    "alert", "boat", "costs", "crew", "effects", "forecast", "hazards", "immersion", "leeway", "people", "rescue",
    "sea", "search", "season", "smuggling", "traffic", "waves",
)  # fmt: skip
_NOTHING: Mapping[str, float] = MappingProxyType({})
_WITHOUT_SPREAD = ("exact", "choice")  # shapes of which no draw can go with another's


@dataclass(frozen=True, slots=True)
class Facts:
    """All scalar facts by dotted name, and which of them are drawn together."""

    by_name: Mapping[str, Fact]
    together: Together = field(default=NOTHING, kw_only=True)

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
            raise UnknownName(f"Fact {name!r} is not known{_closest(name, self.by_name)}")
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
        content = {name: asdict(self.by_name[name]) for name in sorted(self.by_name)}
        return digest([content, asdict(self.together)] if self.together.names else content)

    def drawn(self, draws: int, seed: int) -> NDArray[np.void]:
        """
        Draw every fact for each epistemic draw, as one record a draw with a column a fact.

        Facts that are drawn together have correlated numbers; every other fact is drawn by itself.

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
        return self.at(self.chances(draws, seed))

    def chances(self, draws: int, seed: int) -> dict[str, NDArray[np.float64]]:
        """
        Draw the uniform number of each fact, each by itself; its name decides it.

        Parameters
        ----------
        draws : int
            How many. [1]
        seed : int
            Names the experiment. [1]

        Returns
        -------
        dict of arrays, shape (draw,)
            By the name of the fact, uniform on (0, 1). [1]

        Examples
        --------
        >>> len(shipped_facts().chances(3, 1)["boat.speed"])
        3
        """
        return {name: uniforms(f"fact {name}", draws, seed) for name in sorted(self.by_name)}

    def at(self, chances: Mapping[str, NDArray[np.float64]], held: Mapping[str, float] = _NOTHING) -> NDArray[np.void]:
        """
        Turn uniform numbers into a draw of every fact; those that are drawn together are correlated here.

        Parameters
        ----------
        chances : mapping of str to array, shape (draw,)
            From :meth:`chances`, or of a design. [1]
        held : mapping of str to float, optional
            At most one fact, held at this quantile in every draw; what is drawn together with it follows. [1]

        Returns
        -------
        structured array, shape (draw,)
            Columns named by :func:`column`. [SI]

        Examples
        --------
        >>> facts = shipped_facts()
        >>> table = facts.at(facts.chances(2, 1), {"boat.speed": 0.5})
        >>> (table["boat_speed"] / 0.514444).round(3) == facts["boat.speed"].value
        array([ True,  True])
        """
        together = self.together.correlated(chances)
        for name, chance in held.items():
            if name in together:
                together = self.together.holding(name, chance, together)
        names = sorted(self.by_name)
        draws = len(next(iter(chances.values())))
        table = np.zeros(draws, dtype=np.dtype((np.record, [(column(name), np.float64) for name in names])))
        for name in names:
            at = np.full(draws, held[name]) if name in held else together.get(name, chances[name])
            table[column(name)] = self.by_name[name].quantile(at)
        return table

    def replaced(self, facts: Mapping[str, Fact]) -> "Facts":
        """
        Return these facts with some replaced; what is replaced by another number is drawn by itself.

        The value at which a number has no effect is a matter of what it means, not of what anybody believes: where the
        new row leaves it out, it stays, and so does the question what follows from that number alone.

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
        facts = {
            name: replace(fact, neutral=self[name].neutral) if fact.neutral is None else fact
            for name, fact in facts.items()
        }
        other = [name for name, fact in facts.items() if fact != self[name]]
        return Facts({**self.by_name, **facts}, together=self.together.without(other))


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
        TOML; or JSON, where the file's name ends so. [1]
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
    kind = "JSON" if origin.endswith(".json") else "TOML"
    try:
        tables: Any = json.loads(text) if kind == "JSON" else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFact(f"Facts file {origin} is not {kind}: {error}. Mend that line.") from None
    if not isinstance(tables, dict):
        raise BadFact(f"Facts file {origin} holds no tables; write subjects, and under each its facts.")
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
    together = shipped_together()
    for name in together.names:
        if name not in facts or facts[name].shape in _WITHOUT_SPREAD:
            raise BadFact(f"Table together.toml names {name!r}, which is no fact with a spread; take it out.")
    return Facts(facts, together=together)


def read_user_rows(path: Path) -> dict[str, dict[str, Any]]:
    """
    Read the rows of a user's own facts file.

    Parameters
    ----------
    path : Path
        A TOML file, or a JSON file of the same tables. [1]

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
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark of its order of bytes
    except UnicodeDecodeError:
        raise BadFact(f"Facts file {path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise BadFact(f"Facts file {path} cannot be read ({error.strerror}); check its name.") from None
    rows = read_rows(text, str(path))
    for name, row in rows.items():
        for key, words in row.items():
            if isinstance(words, str) and (contact := how_to_reach(words)):
                raise BadFact(f"Fact {name} has a {key} in which {contact}; Varne holds no person's: take it out.")
    return rows


def _closest(name: str, names: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else "; the names stand in the tables varne/facts/*.toml."
