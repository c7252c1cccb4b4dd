"""The records of a season."""

import numpy as np

from varne.draws import uniform
from varne.season.attempts import key_of
from varne.season.records import ATTEMPT, MOST_ATTEMPTS, MOST_GROUPS, MOST_TRIES, MOST_WAITING, PAST, VESSEL, WAITING
from varne.when import parse_time


def test_every_try_of_every_group_of_every_day_has_a_number_of_its_own():
    """Days, groups and tries share no key, so no two of them share their luck."""
    keys = [
        key_of(day, group) + tries
        for day in (19_723, 19_724, 19_725)
        for group in range(MOST_GROUPS)
        for tries in range(MOST_TRIES + 1)
    ]
    assert len(set(keys)) == len(keys)


def test_a_key_fits_into_the_step_of_a_draw():
    """The number of a try on any day of this century names a draw: it is below 2^32, and neighbours differ."""
    last = key_of(round(parse_time("2099-12-31T00:00Z") / 86400.0), MOST_GROUPS - 1) + MOST_TRIES
    assert last < 2**32
    here = [uniform(np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(last - back)) for back in range(4)]
    assert len(set(here)) == 4


def test_what_decides_a_voyage_is_remembered_with_it():
    """All that an attempt consists of but its tries, which its key has, stands in the memory of a voyage."""
    assert set(ATTEMPT.names) - {"tries"} <= set(PAST.names)
    assert {"vessel", "ready_after", "option"} <= set(PAST.names)


def test_there_is_room_for_a_day_of_many():
    """As many as set out anew on the busiest day can all go to sea at once, and wait at once."""
    assert MOST_ATTEMPTS > MOST_GROUPS
    assert MOST_WAITING > MOST_GROUPS
    assert set(WAITING.names) >= {"due", "people"}
    assert {"post", "reach"} <= set(VESSEL.names)
