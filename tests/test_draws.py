"""Random numbers that belong to events: known answers of Philox, uniformity, independence of the order of work."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from varne.draws import event_number, philox, uniform, uniforms

# Random123 distribution of D. E. Shaw Research, kat_vectors, philox4x32 with 10 rounds: counter, key, answer.
KNOWN = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
words = st.integers(0, 2**32 - 1)
long_words = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN, ids=["zeros", "ones", "digits of pi"])
def test_philox_gives_the_published_answers(counter, key, answer):
    """The generator is the one that was published and tested, not one like it."""
    found = philox(*(np.uint64(word) for word in (*counter, *key)))
    assert tuple(int(word) for word in found) == answer


@given(seed=long_words, event=long_words, member=words, step=words)
def test_a_draw_is_a_function_of_its_event(seed, event, member, step):
    """Always inside (0, 1), and always the same: a logarithm of it, or of one less it, is never infinite."""
    asked = (np.uint64(seed), np.uint64(event), np.uint64(member), np.uint64(step))
    chance = uniform(*asked)
    assert 0.0 < chance < 1.0
    assert uniform(*asked) == chance


@given(seed=long_words, members=st.integers(1, 40))
def test_more_members_never_move_the_draws_of_the_first(seed, members):
    """A preview with few members is the beginning of the full answer."""
    assert np.array_equal(uniforms("helm", 40, seed)[:members], uniforms("helm", members, seed))


@pytest.mark.parametrize("name", ["helm", "engine stops", "fact boat.speed"])
def test_draws_are_uniform(name):
    """Neither the mean, the spread nor the finest digits show a pattern (Kolmogorov and Smirnov)."""
    chances = uniforms(name, 20_000, 1)
    assert stats.kstest(chances, "uniform").pvalue > 1e-3
    assert stats.kstest(chances * 2.0**20 % 1.0, "uniform").pvalue > 1e-3


def test_members_steps_events_and_seeds_are_independent():
    """Neighbours in any direction are uncorrelated: 20 000 pairs, five standard errors."""
    number = 20_000
    first = uniforms("helm", number, 1)
    helm = event_number("helm")
    steps = np.array([uniform(np.uint64(1), helm, np.uint64(0), np.uint64(step)) for step in range(number)])
    for second in (uniforms("helm", number, 2), uniforms("leeway", number, 1), np.roll(first, 1), steps):
        assert abs(np.corrcoef(first, second)[0, 1]) < 5.0 / np.sqrt(number)


def test_names_of_events_do_not_collide():
    """Each name has a number of its own that never changes."""
    assert len({int(event_number(f"event {index}")) for index in range(10_000)}) == 10_000
    assert int(event_number("helm")) == int(event_number("helm"))
