"""The fingerprint of an answer: all that is needed to compute it again."""

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import metadata, resources
from types import MappingProxyType
from typing import Any

import llvmlite.binding
import numba
import numpy as np

from varne.compiled import sources_hash
from varne.encounter.scenario import Scenario
from varne.facts.departures import Departures
from varne.facts.tables import Facts, digest
from varne.sea.field import Field
from varne.season.plan import Plan

# Tables that stand beside the scalar facts, and data of the sea.
_TABLES = (
    ("varne.facts", ("vessels.toml", "stations.toml", "climate.toml", "limits.toml", "gauges.csv")),
    ("varne.atlas", ("data/tides.npz", "data/depth.npz", "data/coast.npz", "data/lanes.npz")),
)


def fingerprint(
    scenario: Scenario,
    facts: Facts,
    options: Mapping[str, Any],
    seed: int,
    fields: Mapping[str, Field] = MappingProxyType({}),
) -> dict[str, Any]:
    """
    Name facts, scenario, code, platform and seed of an answer.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    facts : Facts
        Numbers about the world. [unit]
    options : mapping
        Rows of the options. [1]
    seed : int
        Of the draws. [1]
    fields : mapping of str to Field, optional
        Forecasts and observations that were brought. [SI]

    Returns
    -------
    dict
        ``facts``, ``scenario``, ``sea``: SHA-256; ``code``: version and hash of the sources; ``platform``; ``seed``.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> sorted(fingerprint(question, shipped_facts(), {}, 1))
    ['code', 'facts', 'platform', 'scenario', 'sea', 'seed']
    """
    return {
        "facts": digest({"facts": facts.fingerprint(), "options": options, "tables": _tables(_TABLES)}),
        "scenario": digest(scenario.as_written()),
        "sea": digest({quantity: _field(field) for quantity, field in sorted(fields.items())}),
        **_where_and_how(seed),
    }


def season_fingerprint(
    question: Mapping[str, Any], facts: Facts, departures: Departures, options: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """
    Name facts, policies, code, platform and seed of a season.

    Parameters
    ----------
    question : mapping
        What was asked: policies as they are written, days, members. [1]
    facts : Facts
        Numbers about the world. [unit]
    departures : Departures
        Tables of boats and people aboard. [1]
    options : mapping
        Rows of the options. [1]
    seed : int
        Of the draws. [1]

    Returns
    -------
    dict
        ``facts``, ``season``: SHA-256; ``code``: version and hash of the sources; ``platform``; ``seed``.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> sorted(season_fingerprint({}, shipped_facts(), departures(), {}, 1))
    ['code', 'facts', 'platform', 'season', 'seed']
    """
    return {
        "facts": digest(
            {
                "facts": facts.fingerprint(),
                "options": options,
                "departures": _content(departures),
                "tables": _season_tables(),
            }
        ),
        "season": digest(question),
        **_where_and_how(seed),
    }


def plan_fingerprint(plan: Plan) -> str:
    """
    Name everything that the books of a season are computed from, code and platform with it.

    Parameters
    ----------
    plan : Plan
        The season. [SI]

    Returns
    -------
    str
        SHA-256 in hexadecimal: equal names, equal books, bit for bit. [1]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 3), np.int64), neutral_levels(1).reshape(1, 1, 1))
    >>> one, other = (Plan(0.0, 3, 1, 1, seed, shipped_facts(), departures(), (), levels) for seed in (1, 2))
    >>> plan_fingerprint(one) == plan_fingerprint(one), plan_fingerprint(one) == plan_fingerprint(other)
    (True, False)
    """
    return digest({"plan": _content(plan), "tables": _season_tables(), **_where_and_how(plan.seed)})


def code_and_platform() -> str:
    """
    Name the code and the platform of this process: where both are the same, so are the numbers, bit for bit.

    Returns
    -------
    str
        [1]

    Examples
    --------
    >>> "numba" in code_and_platform()
    True
    """
    found = _where_and_how(0)
    return f"{found['code']} on {found['platform']}"


def _content(value: Any) -> Any:
    """What a value says, as JSON can hold it."""
    if is_dataclass(value):
        return {field.name: _content(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return [str(value.dtype), list(value.shape), hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()]
    if isinstance(value, Mapping):
        return {str(name): _content(one) for name, one in value.items()}
    return [_content(one) for one in value] if isinstance(value, tuple | list) else value


def _season_tables() -> dict[str, str]:
    every = sorted(
        file.name for file in resources.files("varne.facts").iterdir() if file.name.endswith((".toml", ".csv"))
    )
    return _tables((("varne.facts", tuple(every)), *_TABLES[1:]))


def _tables(where: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {
        f"{package}/{name}": hashlib.sha256(resources.files(package).joinpath(name).read_bytes()).hexdigest()
        for package, names in where
        for name in names
    }


def _where_and_how(seed: int) -> dict[str, Any]:
    return {
        "code": f"{metadata.version('varne')}+{sources_hash()}",
        "platform": (
            f"{platform.system()} {platform.machine()} {llvmlite.binding.get_host_cpu_name()}"
            f" python {platform.python_version()} numba {numba.__version__}"
        ),
        "seed": seed,
    }


def _field(field: Field) -> list[Any]:
    """What names the values that were used of a forecast, not the file they came in."""
    grid = (field.west, field.south, field.step_east, field.step_north, field.start, field.interval)
    times = (field.issued, field.held_after)
    return [hashlib.sha256(field.values.tobytes()).hexdigest(), list(field.values.shape), list(grid), list(times)]
