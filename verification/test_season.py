"""The season as it was, 2019 to 2024, computed again: what docs/season.md says is what the engine gives (minutes)."""

import re
from pathlib import Path

import numpy as np
import pytest

from varne.simulation import simulate

PAGE = Path(__file__).parents[1] / "docs" / "season.md"


def test_the_table_of_the_page_is_what_the_engine_gives():
    """Arrivals, boats with a death and deaths of each year, but for rounding and the platform."""
    rows = [[cell.strip() for cell in line.split("|")] for line in PAGE.read_text(encoding="utf-8").splitlines()]
    said = {
        row[1]: [float(re.match(r"[\d,.]+", row[place])[0].replace(",", "")) for place in (2, 4, 6)]
        for row in rows
        if len(row) == 9 and re.match(r"\d{4}$|all$", row[1])
    }
    assert len(said) == 7
    season = simulate(["as-it-was"], dates=("2019-01-01", "2024-12-31"), members="100x1", seed=3)
    for stretch in season.answer.policies[0].summary.stretches:
        known = [stretch.counts[name].known.mean for name in ("arrivals", "fatal_events", "deaths")]
        assert said["all" if stretch.name == "season" else stretch.name] == pytest.approx(known, rel=0.06)
    assert np.isfinite(known).all()
