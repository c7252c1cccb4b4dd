"""The voyage kernel with full physics: the case that is measured, and its steps in a second."""

from pathlib import Path

from benchmarks.timing import best
from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

CASE = Path(__file__).parents[1] / "examples" / "gravelines.toml"


def setting_of(members: tuple[int, int], horizon: float = 24.0, options: tuple[str, ...] = ()) -> Setting:
    fields = Scenario.read(CASE).as_written()
    scenario = Scenario.of({**fields, "horizon": horizon})
    every = chosen(read_options(shipped_option_rows(), shipped_facts()), options)
    return lay_out(scenario, shipped_facts(), [one for one in every if one.name != "shallow"], members, 1)


def steps_per_second(setting: Setting, workers: int) -> float:
    steps = run(setting, workers=workers).members["steps"].sum()
    return float(steps / best(lambda: run(setting, workers=workers)))
