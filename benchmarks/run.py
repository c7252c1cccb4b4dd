"""Measure the voyage kernel and `varne assess`, and write the table into the README: python -m benchmarks.run."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks import cluster, engines, record, season, why
from benchmarks.timing import best
from benchmarks.voyage import CASE, setting_of, steps_per_second
from varne.assessment import assess
from varne.encounter.ensemble import run, threads
from varne.encounter.scenario import Scenario

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"


def kernel_rows() -> list[tuple[str, str, str]]:
    setting = setting_of((100, 50))
    one = steps_per_second(setting, 1)
    rows = [
        ("voyage kernel, all hazards, 8 options, one core", f"{one / 1e6:.1f} million member-steps/s", "10 million")
    ]
    many = threads()
    if many > 1:
        all_cores = steps_per_second(setting, many)
        rows.append((f"the same on {many} threads", f"{all_cores / one:.2f} x one core", f"{many} x"))
    double = setting_of((200, 50))
    ratio = best(lambda: run(double, workers=1)) / best(lambda: run(setting, workers=1))
    rows.append(("twice the members", f"{ratio:.2f} x the time", "2 x"))
    long, short = (setting_of((100, 50), horizon, ("leave",)) for horizon in (24.0, 6.0))
    work = [run(one, workers=1).members["steps"].sum() for one in (long, short)]
    spent = [best(lambda one=one: run(one, workers=1)) for one in (long, short)]
    rows.append(
        (
            f"horizon 24 h beside 6 h, {work[0] / work[1]:.2f} x the steps sailed",
            f"{spent[0] / spent[1]:.2f} x the time",
            f"{work[0] / work[1]:.2f} x",
        )
    )
    return rows


def assess_rows() -> list[tuple[str, str, str]]:
    scenario = Scenario.read(CASE)
    whole = best(lambda: assess(scenario))
    small = best(lambda: assess(scenario, members=2000))
    rows = [
        ("assess, 400 x 50 members, with what follows from assumption", f"{whole:.1f} s", "seconds"),
        ("preview, 2,000 members", f"{small:.2f} s, {whole / small:.1f} x faster", "0.5 s"),
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("memory at the peak of this run", f"{peak:.0f} MB", ""))
    return rows


def help_row() -> tuple[str, str, str]:
    command = [str(Path(sys.executable).parent / "varne"), "--help"]
    bare = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    shown = best(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    return ("varne --help", f"{shown:.2f} s, {shown / bare:.0f} x an empty Python", "0.5 s")


def table() -> str:
    rows = [*kernel_rows(), *assess_rows(), help_row(), *why.rows(), *season.rows(), *cluster.rows(), *record.rows()]
    lines = ["| what | measured | target |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    return "\n".join([*lines, "", engines.table()])  # last: what others import would count in the memory above


def main() -> None:
    text = table()
    print(text)
    for path in (ROOT / "README.md", ROOT / "benchmarks" / "README.md"):
        if path.exists():
            old = path.read_text(encoding="utf-8")
            new = re.sub(f"{BEGIN}.*?{END}", f"{BEGIN}\n{text}\n{END}", old, flags=re.DOTALL)
            path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
