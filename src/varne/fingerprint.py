"""The fingerprint of an answer: all that is needed to compute it again."""

import hashlib
import platform
from collections.abc import Mapping
from importlib import metadata, resources
from types import MappingProxyType
from typing import Any

import llvmlite.binding
import numba

from varne.compiled import sources_hash
from varne.encounter.scenario import Scenario
from varne.facts.tables import Facts, digest
from varne.sea.field import Field

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
    tables = {
        f"{package}/{name}": hashlib.sha256(resources.files(package).joinpath(name).read_bytes()).hexdigest()
        for package, names in _TABLES
        for name in names
    }
    return {
        "facts": digest({"facts": facts.fingerprint(), "options": options, "tables": tables}),
        "scenario": digest(scenario.as_written()),
        "sea": digest({quantity: _field(field) for quantity, field in sorted(fields.items())}),
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
