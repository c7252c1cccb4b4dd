"""What the members say together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from varne.encounter.outcome import exceedance, interval, interval_of_draws, time_to_safe, without_luck

Array = NDArray[np.float64]
VALUES = arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 6)), elements=st.floats(-1e6, 1e6))
SHARES = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(2, 9)), elements=st.floats(0.001, 1.0)).map(
    lambda counts: counts / counts.sum(axis=1, keepdims=True)
)
HORIZON = 7200.0


def simulated(signal: float, noise: float, *, draws: int = 4000, replicates: int = 4) -> tuple[Array, Array]:
    """What is not known in each draw, and what the members show of it through their luck."""
    generator = np.random.default_rng(7)
    truth = generator.normal(3.0, signal, draws)
    return truth, truth[:, None] + generator.normal(0.0, noise, (draws, replicates))


@pytest.mark.parametrize("noise", [0.1, 1.0, 3.0])
@pytest.mark.parametrize("replicates", [2, 8])
def test_the_noise_of_replicates_is_taken_away(noise: float, replicates: int) -> None:
    """Without luck the draws spread as what we do not know does, however noisy their replicates are."""
    _, values = simulated(1.0, noise, replicates=replicates)
    error = (1.0 + noise**2 / replicates) * np.sqrt(2.0 / 4000)  # of a variance from so many draws
    assert without_luck(values).var(ddof=1) == pytest.approx(1.0, abs=5.0 * error)


def test_nothing_but_luck_leaves_nothing() -> None:
    """Where all draws have the same truth, next to nothing of their spread is left."""
    _, values = simulated(0.0, 2.0)
    assert without_luck(values).var(ddof=1) < 0.1 * values.mean(axis=1).var(ddof=1)


def test_each_draw_comes_nearer_to_its_truth() -> None:
    """Drawing the draws together brings them nearer to the truth than their plain means are."""
    truth, values = simulated(1.0, 3.0)
    assert np.mean((without_luck(values) - truth) ** 2) < np.mean((values.mean(axis=1) - truth) ** 2)


@given(VALUES)
def test_the_mean_is_kept(values: Array) -> None:
    """Taking luck away moves no mean, turns no order and never widens."""
    left, means = without_luck(values), values.mean(axis=1)
    assert left.mean() == pytest.approx(means.mean(), abs=1e-6)
    assert np.ptp(left) <= np.ptp(means) + 1e-6
    assert (np.diff(left[np.argsort(means, kind="stable")]) >= -1e-6).all()


def test_one_replicate_is_taken_as_it_is() -> None:
    """With one replicate nothing is known of luck, so nothing is taken away."""
    values = np.array([[1.0], [5.0], [2.0]])
    assert without_luck(values).tolist() == [1.0, 5.0, 2.0]


@given(VALUES)
def test_an_interval_holds_its_mean(values: Array) -> None:
    """The mean lies in its interval, and the interval among the values."""
    found = interval(values)
    assert found.low <= found.mean <= found.high
    assert found.mean == pytest.approx(values.mean(), abs=1e-6)
    assert values.min() - 1e-6 <= found.low and found.high <= values.max() + 1e-6


@given(VALUES, st.floats(-100.0, 100.0), st.floats(0.1, 10.0))
def test_an_interval_moves_with_its_unit(values: Array, shift: float, factor: float) -> None:
    """In another unit the interval is the same, in that unit."""
    one, other = interval_of_draws(values.mean(axis=1)), interval_of_draws(factor * values.mean(axis=1) + shift)
    expected = [factor * bound + shift for bound in (one.mean, one.low, one.high)]
    assert [other.mean, other.low, other.high] == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_an_interval_is_the_ninety_per_cent_of_a_normal() -> None:
    """For a normal spread the interval ends at 1.645 standard deviations, luck apart."""
    _, values = simulated(1.0, 2.0, draws=20_000)
    found = interval(values)
    assert (found.low, found.high) == pytest.approx((3.0 - 1.645, 3.0 + 1.645), abs=0.06)


@given(SHARES)
def test_more_deaths_are_never_likelier(deaths: Array) -> None:
    """The chance of at least so many falls with the number, and its sum is the mean number of deaths."""
    chances = exceedance(deaths)
    assert ((chances >= 0.0) & (chances <= 1.0)).all()
    assert (np.diff(chances, axis=1) <= 1e-12).all()
    assert np.allclose(chances[:, 0], 1.0 - deaths[:, 0])
    assert np.allclose(chances.sum(axis=1), deaths @ np.arange(deaths.shape[1]))


@given(SHARES)
def test_a_median_lies_within_its_interval(safe: Array) -> None:
    """Half are safe by the median and not before, and the share that never is lies between 0 and 1."""
    found = time_to_safe(safe, HORIZON)
    together = safe.mean(axis=0)
    parts = safe.shape[1] - 1
    assert found.low <= found.high
    assert found.share_never == pytest.approx(together[-1])
    if np.isinf(found.median):
        assert together[:-1].sum() < 0.5 + 1e-9
    else:
        reached = round(found.median * parts / HORIZON)
        assert together[:reached].sum() >= 0.5 - 1e-9 > together[: reached - 1].sum() - 2e-9


@pytest.mark.parametrize("part", range(6))
def test_everyone_safe_in_one_part_is_safe_at_its_end(part: int) -> None:
    """Where all become safe in one part of the horizon, every bound is the end of that part."""
    safe = np.zeros((3, 7))
    safe[:, part] = 1.0
    found = time_to_safe(safe, HORIZON)
    assert (found.median, found.low, found.high, found.share_never) == (*[(part + 1) * HORIZON / 6] * 3, 0.0)


def test_never_is_infinite() -> None:
    """Where most members are never safe the median is infinite, and the share says how many."""
    found = time_to_safe(np.array([[0.3, 0.1, 0.6], [0.3, 0.1, 0.6]]), HORIZON)
    assert (found.median, found.low, found.high) == (np.inf, np.inf, np.inf)
    assert found.share_never == pytest.approx(0.6)


def test_some_draws_may_never_end() -> None:
    """The interval reaches from the draws that end soon to those that never do."""
    found = time_to_safe(np.array([[1.0, 0.0, 0.0]] * 5 + [[0.0, 0.0, 1.0]] * 3), HORIZON)
    assert (found.low, found.median, found.high) == (HORIZON / 2, HORIZON / 2, np.inf)
