"""The table of engines."""

from collections.abc import Callable

import pytest
from benchmarks.walkers import STRIDE, Tally, plain_objects

from benchmarks import engines


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row names the peer that is missing, why, and how to get it; the others are measured all the same."""
    monkeypatch.setattr(engines, "PEERS", {"Nobody": "no_such_engine"})
    monkeypatch.setattr(engines, "WALKERS", 2000)
    monkeypatch.setattr(engines, "REPEATS", 1)
    monkeypatch.setattr(engines, "sail_timed", lambda setting: 1e6)
    lines = engines.table().splitlines()
    assert [line for line in lines if "Nobody" in line and "not installed" in line and "no_such_engine" in line]
    assert len(lines) == 2 + 1 + len(engines.OWN) + 1
    assert {line.count("|") for line in lines} == {5}


def test_an_engine_that_does_less_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speed got by walking half the way is no speed."""

    def lazy(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
        return plain_objects(walkers, steps // 2, seed)

    def cheating(walkers: int, steps: int, seed: int) -> Callable[[], Tally]:
        tally = lazy(walkers, steps, seed)()
        return lambda: Tally(walkers, steps, tally.survivors, tally.way, steps * STRIDE)

    monkeypatch.setattr(engines, "WALKERS", 2000)
    with pytest.raises(ArithmeticError, match="cheat does another task"):
        engines.walk_timed("cheat", cheating, 1)
