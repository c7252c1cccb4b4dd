"""What was counted, and what was thought before: history.toml and calibration.toml beside this file."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from varne.evidence import Fact
from varne.facts.tables import Facts, shipped_facts
from varne.units import in_si

Array = NDArray[np.float64]
YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
FITTED = YEARS[:-1]  # 2024 is looked back on
FIRST_OF_BIN = (1, 2, 3, 5, 10, 20)  # fewest deaths of each class of severity
_FIVE = float(norm.ppf(0.95))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def history() -> dict[str, Any]:
    return _read("history.toml")


@cache
def priors() -> dict[str, dict[str, Any]]:
    """The facts to calibrate, by dotted name."""
    tables = {
        name: table for name, table in _read("calibration.toml").items() if name not in ("common", "others", "design")
    }
    return {f"{subject}.{name}": row for subject, table in tables.items() for name, row in table.items()}


def others(cause: str) -> list[str]:
    """Facts that decide how many events of a cause are expected, beside its constant."""
    return list(_read("calibration.toml")["others"][cause])


@cache
def all_others() -> list[str]:
    return sorted({name for names in _read("calibration.toml")["others"].values() for name in names})


@cache
def design_facts() -> Facts:
    """The facts from which the exposures were drawn, each by itself."""
    shipped, own = shipped_facts(), {}
    for name, (low, value, high) in _read("calibration.toml")["design"].items():
        own[name] = replace(shipped[name], low=low, value=value, high=high)
    return Facts({**shipped.by_name, **own})


def score(fact: Fact, amount: Any) -> Any:
    """Normal score of an amount (in SI): the inverse of drawing a fact by three quantiles."""
    unit = in_si(1.0, fact.unit)
    low, middle, high, here = (_on_scale(fact, one) for one in (fact.low, fact.value, fact.high, amount / unit))
    return _FIVE * (here - middle) / np.where(here < middle, middle - low, high - middle)


def _on_scale(fact: Fact, amount: Any) -> Any:
    match fact.shape:
        case "lognormal":
            return np.log(amount)
        case "logit":
            return np.log(amount / (1.0 - amount))
        case _:
            return amount


def common_deviation() -> float:
    """Of the logarithm of the factor by which all guesses of constants may be off together."""
    return float(_read("calibration.toml")["common"]["deviation"])


def normal_prior(name: str) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a fact (in SI) before the counts."""
    row, unit = priors()[name], in_si(1.0, shipped_facts()[name].unit)
    low, middle, high = (float(np.log(unit * one)) for one in row["prior"])
    return middle, row["wider"] * (high - low) / (2.0 * _FIVE)


@cache
def counts() -> Array:
    """Fatal events by year of FITTED, kind and class of deaths."""
    found = np.zeros((len(FITTED), len(history()["kinds"]), len(FIRST_OF_BIN)))
    for event in history()["event"]:
        place = int(np.searchsorted(FIRST_OF_BIN, event["deaths"], side="right")) - 1
        found[FITTED.index(event["date"].year), list(history()["kinds"]).index(event["kind"]), place] += 1
    return found
