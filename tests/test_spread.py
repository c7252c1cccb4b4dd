"""Promises about a season in blocks: the division is never seen in the books, and what is stopped goes on."""

import subprocess
import sys
from functools import cache

import numpy as np
import pytest

from tests.season.small import plan, same
from varne import spread
from varne.errors import BadInput
from varne.season.crossings import cross
from varne.spread import MOST_MEMBERS, alone, blocks_of

DAYS = 48  # six stretches
POLICIES = ({}, {"prevention": 0.5, "since": 20})

KILLED = """
import os, pathlib, signal, sys
from tests.test_spread import season
from varne import spread
from varne.spread import alone
spread._KEPT_EVERY = 0.0
def told(done, of):
    if done >= 40:
        os.kill(os.getpid(), signal.SIGKILL)
alone(1, pathlib.Path(sys.argv[1]))(season(), told)
"""


@cache
def season():
    return plan(*POLICIES, days=DAYS, draws=2, replicates=2)


@cache
def whole():
    return cross(season(), np.arange(4))


@pytest.fixture
def always(monkeypatch):
    """What is done is kept after each stretch."""
    monkeypatch.setattr(spread, "_KEPT_EVERY", 0.0)


@pytest.mark.parametrize(("members", "hands"), [(1, 1), (3, 2), (249, 2), (1000, 1), (1001, 3), (20_000, 16), (2, 8)])
def test_every_member_is_in_one_block(members, hands):
    """None twice, none left out, none above the most, and nobody has more than one member less than another."""
    blocks = blocks_of(members, hands)
    assert [number for block in blocks for number in range(*block)] == list(range(members))
    sizes = [last - first for first, last in blocks]
    assert max(sizes) <= MOST_MEMBERS and max(sizes) - min(sizes) <= 1
    assert len(blocks) % hands == 0 or members < hands


def test_the_division_is_not_seen(monkeypatch):
    """Blocks of one, two or all members give the same books, bit for bit."""
    for most in (1, 3):
        monkeypatch.setattr(spread, "MOST_MEMBERS", most)
        assert same(alone()(season(), None), whole())


def test_it_goes_on_from_where_it_was_left(tmp_path, always):
    """Interrupted and given again: the days before are not computed again, and the books are the same."""

    def interrupted(done, of):
        if done >= 40:
            raise KeyboardInterrupt

    keep, days = tmp_path / "unfinished", []
    with pytest.raises(KeyboardInterrupt):
        alone(keep=keep)(season(), interrupted)
    found = alone(keep=keep)(season(), lambda done, of: days.append(done))
    assert same(found, whole()) and days[0] == 40
    again = []
    assert same(alone(keep=keep)(season(), lambda done, of: again.append(done)), whole())
    assert again == [DAYS]  # finished: nothing is computed


def test_a_killed_process_goes_on(tmp_path):
    """SIGKILL in the middle, in a process of its own; given again, the books are the same, bit for bit."""
    keep, days = tmp_path / "unfinished", []
    killed = subprocess.run([sys.executable, "-c", KILLED, str(keep)], check=False, timeout=400)
    assert killed.returncode == -9
    assert same(alone(keep=keep)(season(), lambda done, of: days.append(done)), whole())
    assert days[0] == 40


def test_another_season_does_not_go_on(tmp_path):
    """Other members, another seed: refused before any work."""
    with pytest.raises(ZeroDivisionError):
        alone(keep=tmp_path / "unfinished")(season(), lambda done, of: 1 / 0)
    other = plan(*POLICIES, days=DAYS, draws=2, replicates=2, seed=6)
    with pytest.raises(BadInput, match="another unfinished season"):
        alone(keep=tmp_path / "unfinished")(other, None)


def test_progress_counts_the_days_of_all_blocks(monkeypatch):
    """It grows to the end, whatever the number of blocks."""
    monkeypatch.setattr(spread, "MOST_MEMBERS", 2)
    told = []
    alone()(season(), lambda done, of: told.append((done, of)))
    assert told == sorted(told) and told[-1] == (2 * DAYS, 2 * DAYS)
