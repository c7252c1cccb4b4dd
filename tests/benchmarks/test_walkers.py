"""The check that every engine of the benchmarks did the same work."""

from dataclasses import replace

import pytest
from benchmarks.walkers import (
    HAZARD,
    STRIDE,
    Engine,
    Tally,
    compiled_loop,
    expected_draws,
    expected_survivors,
    plain_objects,
    what_is_wrong,
)

ENGINES = {"plain": plain_objects, "compiled": compiled_loop}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


def test_the_closed_form_is_the_sum_over_all_ends_of_a_walk() -> None:
    """Mean and spread of survivors and draws agree with every way a walk of five steps can end, added up."""
    steps = 5
    ends = [(draws, HAZARD * (1 - HAZARD) ** (draws - 1), 0) for draws in range(1, steps + 1)]
    ends.append((steps, (1 - HAZARD) ** steps, 1))
    assert sum(chance for _, chance, _ in ends) == pytest.approx(1.0)
    for expected, place in ((expected_draws, 0), (expected_survivors, 2)):
        mean = sum(end[place] * end[1] for end in ends)
        spread = sum((end[place] - mean) ** 2 * end[1] for end in ends) ** 0.5
        assert expected(1, steps) == pytest.approx((mean, spread))


def test_engines_do_the_task(engine: Engine) -> None:
    """A walk of an engine is one of those that the task makes."""
    assert what_is_wrong(engine(2000, 200, 1)()) == ""


def test_nobody_walks_no_steps(engine: Engine) -> None:
    """Of walkers that make one step each has drawn once, whether it lives or not."""
    tally = engine(3000, 1, 1)()
    assert tally.draws == pytest.approx(3000)
    assert tally.way == tally.survivors * STRIDE


def test_the_same_seed_is_the_same_walk(engine: Engine) -> None:
    """A walk belongs to its seed; another seed is another walk."""
    assert engine(500, 200, 1)() == engine(500, 200, 1)()
    assert engine(500, 200, 1)() != engine(500, 200, 2)()


RIGHT = Tally(10_000, 200, 8186, 18_135_000 * STRIDE / 10, 200 * STRIDE)


def test_a_right_walk_passes() -> None:
    """The mean of the closed form is nothing to complain of."""
    assert what_is_wrong(RIGHT) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"longest": 201 * STRIDE}, "longest way"),
        ({"longest": 199 * STRIDE}, "longest way"),
        ({"survivors": 8400}, "survivors lie"),
        ({"survivors": 7950}, "survivors lie"),
        ({"way": RIGHT.way * 1.02}, "draws lie"),
        ({"way": RIGHT.way * 0.98}, "draws lie"),
    ],
)
def test_another_task_is_noticed(change: dict[str, float], words: str) -> None:
    """One step more or less, another hazard, or draws left out: said in one sentence."""
    assert words in what_is_wrong(replace(RIGHT, **change))


def test_seeds_scatter_as_they_should() -> None:
    """Survivors of many compiled walks spread as the binomial says, to a fifth."""
    alive = [compiled_loop(1000, 200, seed)().survivors for seed in range(200)]
    mean, spread = expected_survivors(1000, 200)
    middle = sum(alive) / len(alive)
    found = (sum((one - middle) ** 2 for one in alive) / (len(alive) - 1)) ** 0.5
    assert middle == pytest.approx(mean, abs=4 * spread / len(alive) ** 0.5)
    assert found == pytest.approx(spread, rel=0.2)
