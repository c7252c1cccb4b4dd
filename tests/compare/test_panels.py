"""Promises about options as panels see them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.compare.panels import panel_ranking
from varne.draws import uniforms
from varne.encounter.outcome import interval
from varne.errors import BadInput

OPTIONS = ("leave", "escort", "board")


def table(*means, draws=40, replicates=4, luck=0.0, seed=1):
    """Deaths of options that differ by what is not known in every draw, and by luck in every member."""
    spread = uniforms("spread", draws, seed).reshape(draws, 1, 1)
    chance = uniforms("luck", draws * replicates * len(means), seed).reshape(draws, replicates, len(means)) - 0.5
    return np.array(means) * (0.5 + spread) + luck * chance


def test_the_numbers_are_those_of_an_assessment():
    """Means and intervals as everywhere, and P(safer) to the reference, half for itself."""
    deaths = table(1.0, 2.0, 0.5)
    found = panel_ranking({"union": deaths}, OPTIONS, "escort")
    assert found.views[0].deaths == tuple(interval(deaths[:, :, place]) for place in range(3))
    assert found.p_safer.tolist() == [[1.0, 0.5, 1.0]]
    assert [rank.place for rank in found.views[0].ranks] == [2, 3, 1]


@given(st.permutations([1.0, 2.0, 3.0]))
def test_places_follow_the_deaths(means):
    """The fewest deaths have the first place, and a place lies within its own range."""
    ranks = panel_ranking({"union": table(*means, luck=0.5)}, OPTIONS, "leave").views[0].ranks
    assert [rank.place for rank in ranks] == [int(mean) for mean in means]
    assert all(rank.low <= rank.place <= rank.high for rank in ranks)


def test_options_that_tie_share_a_place():
    """The same deaths are the same place, and no panel is said to prefer one."""
    same = {"union": table(1.0, 1.0, 2.0), "ministry": table(1.0, 1.0, 0.5)}
    found = panel_ranking(same, OPTIONS, "leave")
    assert [rank.place for rank in found.views[0].ranks] == [1, 1, 3]
    assert [(one.first, one.second) for one in found.disagreements] == [("leave", "board"), ("escort", "board")]


def test_a_disagreement_names_both_sides():
    """Who sees the one as safer and who the other; who cannot tell is on neither side."""
    sides = {"shipped": table(1.0, 1.0, 3.0), "union": table(1.0, 2.0, 3.0), "ministry": table(2.0, 1.0, 3.0)}
    (one,) = panel_ranking(sides, OPTIONS, "leave").disagreements
    assert (one.first, one.second, one.first_safer, one.second_safer) == ("leave", "escort", ("union",), ("ministry",))


@given(means=st.permutations([1.0, 2.0, 3.0]), times=st.integers(1, 4))
def test_panels_that_agree_do_not_disagree(means, times):
    """However many they are."""
    same = {f"union {number}": table(*means) for number in range(times)}
    assert panel_ranking(same, OPTIONS, "leave").disagreements == ()


def test_luck_makes_no_disagreement():
    """Options that differ by nothing but luck are told apart under two panels in few of many trials."""
    found = [
        panel_ranking({str(seed): table(1.0, 1.0, luck=1.0, seed=seed) for seed in (trial, -trial % 997)}, "ab", "a")
        for trial in range(1, 101)
    ]
    assert sum(len(one.disagreements) for one in found) <= 5


def test_few_draws_tell_nothing():
    """Two draws of the same sign are no order."""
    few = {"union": table(1.0, 2.0, draws=2), "ministry": table(2.0, 1.0, draws=2)}
    assert panel_ranking(few, "ab", "a").disagreements == ()


@given(st.permutations(range(3)))
def test_the_order_of_options_and_panels_does_not_matter(order):
    """Nothing comes first but in the way it is shown."""
    sides = {"union": table(1.0, 2.0, 3.0), "ministry": table(3.0, 1.0, 2.0)}
    turned = {name: deaths[:, :, list(order)] for name, deaths in reversed(sides.items())}
    straight = panel_ranking(sides, OPTIONS, "leave")
    other = panel_ranking(turned, [OPTIONS[place] for place in order], "leave")
    pairs = [{frozenset([(one.first, one.first_safer), (one.second, one.second_safer)]) for one in found.disagreements}
             for found in (straight, other)]  # fmt: skip
    assert pairs[0] == pairs[1]
    assert [other.views[1].ranks[order.index(place)] for place in range(3)] == list(straight.views[0].ranks)


def test_an_empty_comparison_is_refused():
    """No panel, and a reference that is not there."""
    with pytest.raises(BadInput, match="no panel to compare"):
        panel_ranking({}, OPTIONS, "leave")
    with pytest.raises(BadInput, match="reference is 'jump', which is not among"):
        panel_ranking({"union": table(1.0, 2.0, 3.0)}, OPTIONS, "jump")
