"""
Varne's voyage with full physics beside what others take for the simple hazard task: python -m benchmarks.engines.

Mesa and Starsim come with the extra `peers`; where they are absent their rows say so.
"""

import importlib
import os
import time
from importlib.metadata import version

import numpy as np

from benchmarks.timing import REPEATS
from benchmarks.voyage import setting_of
from benchmarks.walkers import Engine, compiled_loop, plain_objects, what_is_wrong
from varne.encounter.ensemble import run
from varne.encounter.setting import Setting

WALKERS, STEPS = 10_000, 200
OWN: dict[str, Engine] = {
    "compiled loop with Varne's counter-based draws": compiled_loop,
    "plain Python objects": plain_objects,
}
PEERS = {"Starsim": "benchmarks.starsim_walkers", "Mesa": "benchmarks.mesa_walkers"}


def peers() -> tuple[dict[str, Engine], dict[str, str]]:
    """Engines of others by name and version, and why others are missing."""
    os.environ.setdefault("STARSIM_INSTALL_FONTS", "0")  # else it writes into the user's font cache
    found: dict[str, Engine] = {}
    missing = {}
    for name, module in PEERS.items():
        try:
            engines = importlib.import_module(module).ENGINES
        except ImportError as reason:
            missing[name] = f"not installed ({reason}; `make peers` installs it)"
        else:
            found |= {f"{name} {version(name.lower())}, {way}": engine for way, engine in engines.items()}
    return found, missing


def walk_timed(name: str, engine: Engine, seed: int) -> float:
    """Hazard draws in a second of the processor, of one walk that was checked; building the walkers is not counted."""
    walk = engine(WALKERS, STEPS, seed)
    start = time.process_time()
    tally = walk()
    spent = time.process_time() - start
    wrong = what_is_wrong(tally)
    if wrong:
        raise ArithmeticError(f"{name} does another task than the others: {wrong}.")
    return tally.draws / spent


def sail_timed(setting: Setting) -> float:
    """Steps of the voyage kernel in a second of the processor."""
    start = time.process_time()
    outcomes = run(setting, workers=1)
    return float(outcomes.members["steps"].sum() / (time.process_time() - start))


def speeds(engines: dict[str, Engine]) -> tuple[float, dict[str, float]]:
    """Most steps in a second of Varne's voyage and of each engine; they take turns: a busy machine slows all alike."""
    setting = setting_of((100, 50))
    sail_timed(setting)  # compiles, as the walks below
    for engine in engines.values():
        engine(10, 2, 0)()
    voyage, most = 0.0, dict.fromkeys(engines, 0.0)
    for seed in range(1, REPEATS + 1):
        voyage = max(voyage, sail_timed(setting))
        for name, engine in engines.items():
            most[name] = max(most[name], walk_timed(name, engine, seed))
    return voyage, most


def table() -> str:
    """The voyage kernel with full physics, and the engines with the simple task."""
    found, missing = peers()
    with np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"):  # as NumPy is when Varne is not there
        voyage, fast = speeds(OWN | found)
    rows = [("Varne, voyage kernel", "full physics, 8 options", f"{voyage / 1e6:.1f}", "1")]
    rows += [
        (name, "hazard draw only", f"{speed / 1e6:.1f}", f"{speed / voyage:.2g}")
        for name, speed in sorted(fast.items(), key=lambda item: -item[1])
    ]
    rows += [(name, "hazard draw only", why, "") for name, why in missing.items()]
    heading = ["| engine, one core | what a step is | million steps/s | beside Varne's voyage |", "|---|---|---|---|"]
    return "\n".join([*heading, *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    print(table())
