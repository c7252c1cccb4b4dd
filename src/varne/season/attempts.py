"""Who tries on a day: groups that set out anew or once more, where and when, and who is stopped on the beach."""

import math
from typing import Any, NamedTuple

import numpy as np

from varne.chance import normal, waiting_time
from varne.compiled import compiled, inlined
from varne.draws import event_number, uniform
from varne.season.records import MOST_GROUPS, MOST_TRIES
from varne.units import DAY, HOUR

SLOTS = 24  # half hours around midnight in which a launch can lie; our choice
BEFORE_MIDNIGHT = 4 * HOUR  # when the first begins; our choice [s]
SLOT = 0.5 * HOUR  # [s]
MOST_PEOPLE = 120  # in one boat; more would overflow the tables of deaths; above every boat that was counted
PEOPLE_OF_THE_LENGTH = 40  # for which the fact season.length_at_forty says how long a boat is
_DETERRED = event_number("season deterred")
_MORE = event_number("season sets out because of the policy")
_BOAT_COMES = event_number("season boat reaches the coast")
_PLACE = event_number("season launch place")
_HALF_HOUR = event_number("season launch half hour")
_MINUTE = event_number("season launch minute")
_LOAD = event_number("season people aboard")
_LENGTH = event_number("season length of the boat")
_TAXI = event_number("season taxi boat")
_STOPPED = event_number("season stopped on the beach")
_STOPPING_DAY = event_number("season officers' day")
_BOAT_LOST = event_number("season boat lost")
_AGAIN = event_number("season tries again")
_AGAIN_AFTER = event_number("season tries again after")
_LORRY = event_number("season tries a lorry")


class Today(NamedTuple):
    """One day of one member under one policy."""

    policy: int
    row: int  # member of the block
    day: int  # of the stretch
    season_day: int
    member: int
    level: Any  # record of LEVEL
    fact: Any  # record of the drawn facts


@inlined
def key_of(number, group):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Name a group by the day on which it first set out and its place among those of that day.

    Parameters
    ----------
    number : int
        Of the day, since 1970. [1]
    group : int
        Below MOST_GROUPS. [1]

    Returns
    -------
    int
        Leaves room for the number of a try to be added.
    """
    return (number * MOST_GROUPS + group) * (MOST_TRIES + 1)


@inlined
def chance_of(stretch, event, member, key):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the number that decides something about one group.

    Parameters
    ----------
    stretch : Stretch
        With the seed. [1]
    event : uint64
        What is decided. [1]
    member : int
        Which member. [1]
    key : int
        Which group, with the number of its try where that matters. [1]

    Returns
    -------
    float
        On (0, 1). [1]
    """
    return uniform(stretch.seed, event, np.uint64(member), np.uint64(key))


@compiled
def day_is_open(herd, row, day, rougher):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Tell whether boats leave on a day: waves and wind leave a weather window.

    Parameters
    ----------
    herd : Herd
        With the waves and wind of the hours that count. [SI]
    row, day : int
        Member of the block, day of the season. [1]
    rougher : float
        Relative rise of the limits. [1]

    Returns
    -------
    bool

    References
    ----------
    Limits: ``facts/weather.toml``, window_wave_height and window_wind_speed.
    """
    more = 1.0 + rougher
    return herd.waves[row, day] <= herd.limits[0] * more and herd.wind[row, day] <= herd.limits[1] * more


@compiled
def gather(stretch, chart, herd, policies, books, room, place):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Collect those who go to sea on a day, in the order of their launch; those who do not are written down.

    Parameters
    ----------
    stretch : Stretch
        The days. [SI]
    chart : Map
        With the launch places. [SI]
    herd : Herd
        The members. [SI]
    policies : Policies
        What each sets. [1]
    books : Books
        Changed in place: who waits, and what is counted. [1]
    room : Room
        Its attempts are filled. [SI]
    place : tuple of int
        Policy, member of the block, day of the stretch. [1]

    Returns
    -------
    int
        How many go to sea.
    """
    policy, row, day = place
    today = Today(
        policy,
        row,
        day,
        stretch.day + day,
        herd.members[row],
        policies.levels[policy, policies.period_of_day[policy, stretch.day + day], herd.draws[row]],
        herd.known[row],
    )
    if not day_is_open(herd, row, today.season_day, today.level.rougher):
        return 0
    at_sea = _set_out(stretch, chart, herd, books, room, today)
    at_sea = _try_again(stretch, chart, herd, books, room, today, at_sea)
    sort_by_launch(room.attempts, at_sea)
    return at_sea


@inlined
def _set_out(stretch, chart, herd, books, room, today):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Groups that set out anew; a policy may deter some or draw more."""
    level = today.level
    week = books.weeks[today.policy, today.row, stretch.weeks[today.day]]
    at_sea = 0
    for group in range(min(herd.groups[today.row, today.season_day], MOST_GROUPS // 2)):
        key = key_of(stretch.number + today.day, group)
        people = _people(stretch, herd, today, key)
        if chance_of(stretch, _DETERRED, today.member, key) < -level.deterrence:
            week.people_deterred += people
            week.people_by_lorry += people * level.lorries
            continue
        at_sea = _try(stretch, chart, herd, books, room, today, (at_sea, key, 0, people))
        if chance_of(stretch, _MORE, today.member, key) < level.deterrence:
            more = key_of(stretch.number + today.day, group + MOST_GROUPS // 2)
            at_sea = _try(stretch, chart, herd, books, room, today, (at_sea, more, 0, people))
    return at_sea


@inlined
def _try_again(stretch, chart, herd, books, room, today, at_sea):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Groups that were stopped or brought back before, and are ready."""
    policy, row = today.policy, today.row
    morning = today.season_day * DAY
    slot = 0
    while slot < books.waits[policy, row]:
        one = books.waiting[policy, row, slot]
        if one.due > morning:
            slot += 1
            continue
        group = (at_sea, int(one.key), int(one.tries), one.people)
        last = books.waits[policy, row] - 1
        books.waiting[policy, row, slot] = books.waiting[policy, row, last]
        books.waits[policy, row] = last
        at_sea = _try(stretch, chart, herd, books, room, today, group)
    return at_sea


@inlined
def _people(stretch, herd, today, key):  # type: ignore[no-untyped-def]  # Numba infers its types
    fact = today.fact
    chance = chance_of(stretch, _LOAD, today.member, key)
    people = round(herd.load[today.row, today.season_day] + herd.load_spread * normal(chance))
    return max(people, fact.season_people_fewest)


@inlined
def boats_that_come(fact, level):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many boats reach the coast under a policy, over those that would.

    Parameters
    ----------
    fact : record
        Drawn facts. [1]
    level : record of LEVEL
        What the policy sets. [1]

    Returns
    -------
    float
        Fewer where supply is cut, or where the boats that officers take are not replaced. [1]
    """
    usual = fact.season_prevented_share
    odds = usual / (1.0 - usual) * level.prevention
    lost = fact.season_boat_lost * max(odds / (1.0 + odds) - usual, 0.0)
    return max(level.supply * (1.0 - level.scarcity * lost), 0.0)


@inlined
def _try(stretch, chart, herd, books, room, today, group):  # type: ignore[no-untyped-def]  # Numba infers its types
    """Let one group try; return how many go to sea with it."""
    at_sea, key, tries, people = group
    fact, level, member = today.fact, today.level, today.member
    now = key + min(tries, MOST_TRIES)
    week = books.weeks[today.policy, today.row, stretch.weeks[today.day]]
    boats = boats_that_come(fact, level)
    if chance_of(stretch, _BOAT_COMES, member, now) >= boats:
        # Fuller boats take some of them along: those who come are as much fuller (below).
        left = people * (1.0 - min(level.fuller, 1.0))
        week.people_deterred += left
        week.people_by_lorry += left * level.lorries
        return at_sea
    would = round(people * (1.0 + level.fuller * (1.0 / boats - 1.0)))
    aboard = min(would, MOST_PEOPLE)
    week.people_deterred += would - aboard  # no boat takes them
    week.people_by_lorry += (would - aboard) * level.lorries
    week.attempts += 1.0
    week.people_attempting += aboard
    taxi = chance_of(stretch, _TAXI, member, now) < fact.season_taxi_share + level.taxi
    usual = fact.season_prevented_share
    odds = usual / (1.0 - usual) * level.prevention
    # One good or bad day of the officers is the same on the whole coast, under every policy.
    day = uniform(stretch.seed, _STOPPING_DAY, np.uint64(member), np.uint64(stretch.number + today.day))
    odds *= math.exp(fact.season_prevention_scatter * normal(day))
    if taxi:
        odds *= fact.season_taxi_prevention
    if chance_of(stretch, _STOPPED, member, now) < odds / (1.0 + odds):
        week.prevented += 1.0
        week.people_prevented += aboard
        if chance_of(stretch, _BOAT_LOST, member, now) < fact.season_boat_lost:
            week.boats_lost += 1.0
        try_later(stretch, books, today, (key, tries, aboard), fact.season_prevented_retry)
        return at_sea
    if at_sea >= len(room.attempts) - 1:
        books.overflow[today.policy, today.row] += 1
        return at_sea
    one = room.attempts[at_sea]
    one.key = key
    one.tries = tries
    one.people = aboard
    one.taxi = 1.0 if taxi else 0.0
    place = launch_place(
        herd.shares[today.row], chart.shore.south, chance_of(stretch, _PLACE, member, now), level.southward
    )
    one.place = place
    one.launched = launch_time(stretch, fact, today.day, place, (member, now))
    scatter = normal(chance_of(stretch, _LENGTH, member, now))
    longer = (aboard - PEOPLE_OF_THE_LENGTH) * fact.season_length_for_each
    one.length = fact.season_length_at_forty + longer + fact.season_length_spread * scatter
    return at_sea + 1


@inlined
def try_later(stretch, books, today, group, share):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Let a group that did not get across wait for another try, or give up.

    Parameters
    ----------
    stretch : Stretch
        The days. [SI]
    books : Books
        Changed in place. [1]
    today : Today
        Policy, member, day. [1]
    group : tuple
        Its key, how often it has tried before, its people. [1]
    share : float
        Of such groups that try again. [1]

    Returns
    -------
    None
    """
    key, tries, people = group
    now = key + min(tries, MOST_TRIES)
    member, policy, row = today.member, today.policy, today.row
    if chance_of(stretch, _AGAIN, member, now) >= share:
        books.weeks[policy, row, stretch.weeks[today.day]].people_by_lorry += people * today.level.lorries
        return
    if books.waits[policy, row] >= books.waiting.shape[2]:
        books.overflow[policy, row] += 1
        return
    one = books.waiting[policy, row, books.waits[policy, row]]
    one.key = key
    one.tries = tries + 1
    one.people = people
    after = waiting_time(chance_of(stretch, _AGAIN_AFTER, member, now), 1.0 / today.fact.season_retry_delay)
    one.due = today.season_day * DAY + after
    books.waits[policy, row] += 1


@inlined
def launch_place(shares, south, chance, southward):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Choose where a boat leaves.

    Parameters
    ----------
    shares : array, shape (place,)
        Of the launches. [1]
    south : array, shape (place,)
        0 the northernmost, 1 the southernmost. [1]
    chance : float
        Uniform on (0, 1). [1]
    southward : float
        Tilt of the shares: logarithm of the odds of the southernmost over the northernmost. [1]

    Returns
    -------
    int
    """
    total = 0.0
    for place in range(len(shares)):
        total += shares[place] * math.exp(southward * south[place])
    reached = 0.0
    for place in range(len(shares)):
        reached += shares[place] * math.exp(southward * south[place])
        if chance * total < reached:
            return place
    return len(shares) - 1


@inlined
def launch_time(stretch, fact, day, place, luck):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Choose when a boat leaves: by night and at dawn, rather around high water.

    Parameters
    ----------
    stretch : Stretch
        With the tide. [SI]
    fact : record
        Drawn facts. [SI]
    day, place : int
        Day of the stretch, launch place. [1]
    luck : tuple of int
        Member and key with the number of the try. [1]

    Returns
    -------
    float
        Since the first midnight of the stretch, on a step of the voyage kernel. [s]
    """
    chance = chance_of(stretch, _HALF_HOUR, luck[0], luck[1])
    total = 0.0
    for slot in range(SLOTS):
        total += _liking(stretch, fact, day, place, slot)
    reached = 0.0
    chosen = 0
    for slot in range(SLOTS):
        liking = _liking(stretch, fact, day, place, slot)
        reached += liking
        if liking > 0.0:
            chosen = slot
            if chance * total < reached:
                break
    steps = math.floor(chance_of(stretch, _MINUTE, luck[0], luck[1]) * SLOT / stretch.step)
    return day * DAY - BEFORE_MIDNIGHT + chosen * SLOT + steps * stretch.step


@inlined
def _liking(stretch, fact, day, place, slot):  # type: ignore[no-untyped-def]  # Numba infers its types
    begins = slot * SLOT - BEFORE_MIDNIGHT
    if begins < -fact.season_launch_earliest or begins >= fact.season_launch_latest:
        return 0.0
    return math.exp(fact.season_tide_preference * stretch.tide[day, place, slot])


@compiled
def sort_by_launch(attempts, count):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Sort the first so many attempts by their launch; equal times by their key.

    Parameters
    ----------
    attempts : structured array of ATTEMPT
        Changed in place. [s]
    count : int
        How many. [1]

    Returns
    -------
    None
    """
    spare = len(attempts) - 1  # a place that holds no attempt while it sorts
    for at in range(1, count):
        attempts[spare] = attempts[at]
        one = attempts[spare]
        back = at
        while back > 0 and _later(attempts[back - 1], one):
            attempts[back] = attempts[back - 1]
            back -= 1
        attempts[back] = one


@inlined
def _later(first, second):  # type: ignore[no-untyped-def]  # Numba infers its types
    if first.launched != second.launched:
        return first.launched > second.launched
    if first.key != second.key:
        return first.key > second.key
    return first.tries > second.tries
