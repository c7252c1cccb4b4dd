"""What drives an outcome, by stored draws."""

import numpy as np
import pytest

from varne.compare.given import FEWEST_DRAWS, given_drivers

DRAWS = 400


def _inputs(draws=DRAWS):
    rng = np.random.default_rng(5)
    return {name: rng.random(draws) for name in "abcdefgh"}


def _one(inputs, values, most=3):
    return given_drivers(inputs, {("deaths", "x", None): values}, most=most, seed=1)[0]


def test_the_strongest_is_found_first_with_its_direction():
    """Of a sum the larger part leads, and what lowers it is said to."""
    inputs = _inputs()
    found = _one(inputs, (3.0 * inputs["a"] - 1.5 * inputs["b"])[:, np.newaxis])
    assert [one.name for one in found.drivers[:2]] == ["a", "b"]
    assert found.drivers[0].direction > 0.0 > found.drivers[1].direction
    assert found.drivers[0].beyond_noise


def test_first_order_shares_are_those_of_a_sum():
    """Of ranks of a sum of two equal parts each has about a half; the bias of 400 draws is within 0.1."""
    inputs = _inputs()
    found = {one.name: one for one in _one(inputs, (inputs["a"] + inputs["b"])[:, np.newaxis], most=2).drivers}
    assert found["a"].alone.mean == pytest.approx(0.5, abs=0.1)
    assert found["b"].alone.mean == pytest.approx(0.5, abs=0.1)


def test_what_does_not_rise_or_fall_is_found_too():
    """A number that matters at both ends has no rank correlation, and a share all the same."""
    inputs = _inputs()
    found = _one(inputs, ((inputs["c"] - 0.5) ** 2)[:, np.newaxis], most=1)
    assert found.drivers[0].name == "c"
    assert found.drivers[0].beyond_noise
    assert abs(found.drivers[0].direction) < 0.2


def test_pure_luck_stays_within_the_noise():
    """Of many numbers without influence hardly any passes the bound of PAWN, though all are looked at at once."""
    inputs = {f"x{number}": values for number, values in enumerate(np.random.default_rng(9).random((60, DRAWS)))}
    found = _one(inputs, np.random.default_rng(2).random((DRAWS, 1)), most=60)
    assert sum(one.beyond_noise for one in found.drivers) <= 1


def test_too_few_draws_say_nothing():
    """Fewer than a hundred have no drivers rather than wrong ones."""
    inputs = _inputs(FEWEST_DRAWS - 1)
    assert _one(inputs, inputs["a"][:, np.newaxis]).drivers == ()


def test_constants_drive_nothing():
    """Neither an input nor an outcome that does not vary is looked at."""
    inputs = {**_inputs(), "fixed": np.ones(DRAWS)}
    assert _one(inputs, np.ones((DRAWS, 2))).drivers == ()
    assert "fixed" not in {one.name for one in _one(inputs, inputs["a"][:, np.newaxis], most=9).drivers}


def test_ties_are_ranked_alike():
    """An outcome that is nothing in most draws is explained by what decides the rest, not by the order of draws."""
    inputs = _inputs()
    found = _one(inputs, np.maximum(inputs["a"] - 0.7, 0.0)[:, np.newaxis], most=2)
    assert found.drivers[0].name == "a"
    assert found.drivers[0].alone.mean > 0.8
