"""
The examples: each runs and prints what stands beside it.

After a change that is meant to change numbers: ``python examples/NAME.py > examples/NAME.out``; read the difference.
"""

import re
import runpy
from pathlib import Path

import pytest

from varne.encounter.scenario import Scenario

EXAMPLES = Path(__file__).parents[1] / "examples"
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
TOLERANCE = 0.01  # relative, of numbers computed on another platform


def differences(said, expected):
    """Words must be the same; numbers within the tolerance, or the last digit shown."""
    if NUMBER.sub("#", said) != NUMBER.sub("#", expected):
        return "the words differ"
    for new, old in zip(NUMBER.findall(said), NUMBER.findall(expected), strict=True):
        last_digit = 10.0 ** -len(old.partition(".")[2]) if "." in old else 0.0
        if float(new) != pytest.approx(float(old), rel=TOLERANCE, abs=1.01 * last_digit):
            return f"{new} instead of {old}"
    return ""


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_prints_what_stands_beside_it(path, capsys):
    """Nothing in an example is out of date."""
    runpy.run_path(str(path), run_name="__main__")
    assert differences(capsys.readouterr().out, path.with_suffix(".out").read_text(encoding="utf-8")) == ""


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_an_example_scenario_can_be_read(path):
    """Each scenario file is a question that Varne understands."""
    assert Scenario.read(path).people > 0


@pytest.mark.parametrize(
    ("said", "expected", "verdict"),
    [
        ("2.0 (0 to 5) dead", "2.0 (0 to 5) dead", ""),
        ("201 dead", "200 dead", ""),
        ("2.0 (0 to 6) dead", "2.0 (0 to 5) dead", "6 instead of 5"),
        ("2.4 dead", "2.0 dead", "2.4 instead of 2.0"),
        ("2.0 alive", "2.0 dead", "the words differ"),
    ],
)
def test_the_comparison_sees_a_difference(said, expected, verdict):
    """The guard barks at other words and other numbers, and is quiet at rounding."""
    assert differences(said, expected) == verdict
