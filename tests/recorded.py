"""A small question, and a record to enter its answer into."""

import time
from pathlib import Path
from types import MappingProxyType

from varne.assessment import Assessment, assess
from varne.encounter.scenario import Scenario
from varne.record.asking import Asking
from varne.record.opening import create_log
from varne.record.reader import Record

QUESTION = MappingProxyType(
    {"position": "51 03.0N 001 38.0E", "time": "2026-03-14T02:30Z", "people": 55, "length": 9, "wind": "WSW 12 kn"}
)
FEW, OPTIONS = (4, 2), ("leave", "escort")
FLAGS = (
    "assess", "--position", "51 03.0N 001 38.0E", "--time", "2026-03-14T02:30Z", "--people", "55", "--length", "9",
    "--wind", "WSW 12 kn", "--members", "4x2", "--options", "leave,escort",
)  # fmt: skip
NOW = 1_769_832_306.0
OWN = """
[boat.speed]
says = "Ours."
shape = "lognormal"
value = 3.0
low = 2.0
high = 4.0
unit = "kn"
source = "A trial."
grade = "assumed"
date = 2026-01-01
"""


def few(*, seed: int = 1, facts: Path | None = None, **fields: object) -> Assessment:
    """Answer a small question quickly."""
    return assess(Scenario.of({**QUESTION, **fields}), members=FEW, options=OPTIONS, seed=seed, facts=facts)


def new_record(home: Path, *, name: str = "log", now: float | None = None) -> Record:
    """A record with its key beside it."""
    made = time.time() if now is None else now
    create_log(home / name, origin=f"varne.example/{name}", key=home / f"{name}.key", now=made)
    return Record(home / name)


def asking(role: str = "watch officer", case: str = "") -> Asking:
    return Asking(role, NOW, case)


def own_facts(home: Path) -> Path:
    """A facts file with one number of somebody's own."""
    path = home / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def holds_text(folder: Path, text: str) -> list[Path]:
    """Files of a folder that hold a text."""
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]
