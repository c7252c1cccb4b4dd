"""`varne sea check`."""

from pathlib import Path

import numpy as np
from tests.files.test_brought import buoy, forecast
from typer.testing import CliRunner

from varne.cli import app

RUN = CliRunner()


def test_a_forecast_is_set_beside_a_buoy(tmp_path: Path):
    """Bias and spread with their intervals, and what is drawn from then on; quantities without a pair are named."""
    seen = buoy(tmp_path / "62304.txt", 6.0 + np.random.default_rng(2).normal(0.0, 0.8, 49))
    wind = forecast(tmp_path / "arome.nc", hours=range(-49, 15), u10=8.0, v10=0.0)
    result = RUN.invoke(app, ["sea", "check", wind, "--against", seen])
    assert result.exit_code == 0, result.output
    assert "speed" in result.output
    assert "no waves to compare" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_nothing_in_common_is_one_sentence(tmp_path: Path):
    """A buoy of another time: exit code 2, and the reason."""
    seen = buoy(tmp_path / "62304.txt", 6.0, hours=range(-900, -850))
    wind = forecast(tmp_path / "arome.nc", u10=8.0, v10=0.0)
    result = RUN.invoke(app, ["sea", "check", wind, "--against", seen])
    assert result.exit_code == 2
    assert "no time in common" in result.output
