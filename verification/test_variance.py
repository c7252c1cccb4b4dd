"""Common luck and integrated deaths are worth their price."""

import numpy as np
from verification.variance import drawn_deaths, rarities, table, table_of_rarities, worths


def test_common_luck_and_integration_lower_the_variance_of_every_difference():
    """For each pair the paired, integrated difference varies no more than either way without one of the two."""
    answer = worths((3000, 1))
    print(table(answer))
    for one in answer:
        assert one.common < 1.05 * one.independent  # where a rescuer beside the boat decides, luck hardly matters
        assert one.common < one.drawn
    near = {one.pair: one for one in answer}
    # Options that differ by a multiplier, or by how a voyage ends, are told apart by a small part of the members.
    assert (near["escort", "jam"].independent / near["escort", "jam"].common) ** 2 > 2
    assert (near["escort", "jam"].drawn / near["escort", "jam"].common) ** 2 > 3
    assert (near["monitor", "escort"].independent / near["monitor", "escort"].common) ** 2 > 100
    assert (near["monitor", "escort"].drawn / near["monitor", "escort"].common) ** 2 > 3


def test_deaths_drawn_from_a_distribution_have_its_mean():
    """The noise compared with is that of the model's own distribution."""
    chances = np.array([[[0.5, 0.25, 0.25]]])
    lots = np.concatenate([drawn_deaths(chances, np.random.default_rng(seed)) for seed in range(4000)])
    assert abs(lots.mean() - 0.75) < 0.05


def test_the_rarer_a_death_the_more_its_integration_is_worth():
    """Luck alone: 0/1 draws need several times the members at one in ten, hundreds of times where deaths are rare."""
    answer = rarities(6000)
    print(table_of_rarities(answer))
    for one in answer:
        assert one.someone_drawn > 2.0 * one.someone
        assert one.deaths_drawn > 3.0 * one.deaths
    rare = [one for one in answer if one.chance < 2e-3]
    assert rare
    for one in rare:
        assert one.someone_drawn > 100.0 * one.someone
        assert one.deaths_drawn > 100.0 * one.deaths
