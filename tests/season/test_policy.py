"""Promises about policies as data."""

from dataclasses import replace

import numpy as np
import pytest

from varne.errors import BadPolicy
from varne.facts.option_tables import shipped_option_rows
from varne.facts.policies import policy_rows, shipped_policies
from varne.facts.tables import shipped_facts
from varne.season.policy import near_option, read_policy
from varne.season.policy_levels import levels_of
from varne.when import parse_time

BASIS = {"source": "somewhere", "grade": "assumed"}
PLAIN = {"name": "mine", "says": "Mine.", "start": "2026-01-01", "end": "2026-01-31", **BASIS}
DAYS = 1767225600.0 + 86400.0 * np.arange(31)
OPTIONS = tuple(shipped_option_rows()["options"])
INTERCEPT = {"option": "jam", "share": 0.5, "teams": 6}


def policy(*changes, **fields):
    return read_policy({**PLAIN, "change": [{**BASIS, **one} for one in changes], **fields}, "mine.toml")


def levels(*policies, draws=5, seed=1):
    """Of policies that are told apart by number."""
    named = [replace(one, name=f"{one.name} {number}") for number, one in enumerate(policies)]
    return levels_of(named, day_starts=DAYS, draws=draws, seed=seed, option_names=OPTIONS)


@pytest.mark.parametrize("name", shipped_policies())
def test_every_shipped_policy_reads_and_says_what_it_rests_on(name):
    """Each has its name, a sentence, a source and grade for every change and amount, and options that exist."""
    origin, rows = policy_rows(name)
    found = read_policy(rows, origin)
    assert found.name == name
    assert found.days == 365
    assert all(len(one.source) > 10 and one.grade for one in (*found.settings, *found.money))
    levels_of([found], day_starts=DAYS, draws=2, seed=1, option_names=OPTIONS)


@pytest.mark.parametrize("name", ["as-it-was", "beach-funding-stopped"])
def test_the_deal_adds_up(name):
    """The three instalments are the GBP 476m of the table of costs."""
    origin, rows = policy_rows(name)
    money = read_policy(rows, origin).money
    paid = sum(one.money.amount.low for one in money if not one.yearly)
    assert paid == shipped_facts()["cost.deal_2023_26"].value
    assert max(one.ends for one in money if not one.yearly) == parse_time("2026-04-01")


def test_a_scheme_without_an_assumption_deters_nobody():
    """Deterrence is zero unless a file sets it, and a shipped range of it is called an assumption in words."""
    assert np.all(levels(policy()).levels["deterrence"] == 0.0)
    for name in shipped_policies():
        origin, rows = policy_rows(name)
        found = read_policy(rows, origin)
        if any(one.lever == "deterrence" for one in found.settings):
            assert "ASSUMPTION" in found.says
            assert all("ASSUMPTION" in one.source for one in found.settings if one.lever == "deterrence")


def _doctrine(**dates):
    return {"doctrine": {**dates, **BASIS}}


REFUSED = [
    ([{"prevention": 1.0}, {"from": "2026-01-03", "prevention": 2.0}], {}, "change 1 and change 2 both set prevention"),
    ([{"intercept": {**INTERCEPT, "share": 1.2}}], {}, "intercept.share = 1.2; a share lies between 0 and 1"),
    ([{"escorted": -0.1}], {}, "escorted = -0.1; a share lies between 0 and 1"),
    ([{"watched": 0.6, "escorted": 0.6}], {}, "add up to 1.2"),
    ([{"fuller": {"low": 0.5, "high": 1.5, "grade": "assumed"}}], {}, "fuller = 1.5; a share"),
    ([{"prevension": 1.0}], {}, "did you mean 'prevention'?"),
    ([{"intercept": {**INTERCEPT, "shares": 0.2}}], {}, "did you mean 'share'?"),
    ([{"intercept": {"option": "jam"}}], {}, "without share"),
    ([{"supply": "many"}], {}, "supply = 'many', which is no number"),
    ([{"supply": True}], {}, "supply = True, which is no number"),
    ([{"supply": float("nan")}], {}, "which is no number"),
    ([{"supply": float("inf")}], {}, "supply = inf, which is no number"),
    ([{"supply": 10**400}], {}, "which is no number"),
    ([{"intercept": {**INTERCEPT, "waves": "1.2.3 m"}}], {}, "'1.2.3 m', which is no number"),
    ([], {"name": 3}, "has name = 3"),
    ([], {"start": "1900-01-01"}, "start = '1900-01-01'; there are tides from 1950-01-02"),
    ([{"supply": {"low": 2, "high": 1, "grade": "assumed"}}], {}, "which falls"),
    ([{"supply": {"low": 1, "high": 2, "grade": "measured"}}], {}, "a range to try is 'assumed'"),
    ([{"supply": {"low": 1, "high": 2}}], {}, "without grade"),
    ([{}], {}, "changes nothing"),
    ([{"supply": 1, "source": ""}], {}, "change 1 has source = ''"),
    ([{"supply": 1, "grade": "sure"}], {}, "grade 'sure'"),
    ([{"supply": 1, "from": "2026-01-09", "until": "2026-01-08"}], {}, "before it begins on 2026-01-09"),
    ([{"supply": 1, "from": "next week"}], {}, "which is no date"),
    ([{"supply": 1, "from": "2026-01-09T05:00"}], {}, "which is no date"),
    ([], {"end": "2025-12-31"}, "before it starts on 2026-01-01"),
    ([], {"says": " "}, "has says = ' ', which says nothing"),
    ([], {"chnage": []}, "did you mean 'change'?"),
    ([], {"change": {"supply": 1}}, "write each as [[change]]"),
    ([], _doctrine(agreed="2026-02-01", available_from="2026-01-01"), "before it was agreed"),
    ([], _doctrine(available_from="2026-02-01", delayed_until="2026-01-01"), "before it is available"),
    ([{"deterrence": -0.2, "source": "It is proven.", "grade": "measured"}], {}, "nobody has measured it"),
    ([{"supply": 1.5}], {}, "a share lies between 0 and 1"),
    ([{"intercept": {"option": "jam", "share": 0.5, "teams": 0.5}}], {}, "not below 1"),
    ([{"intercept": {"option": "escorted", "share": 0.5, "teams": 2}}], {}, "no interception"),
    ([], {"money": [{"says": "m", "amount": "GBP 476m", "per": "year", **BASIS}]}, "without the year of its prices"),
    ([], {"money": [{"says": "m", "amount": "GBP -4m (2023)", "per": "year", **BASIS}]}, "not negative"),
    ([], {"money": [{"says": "m", "amount": "EUR 4m (2023)", "per": "year", **BASIS}]}, "sums are kept in GBP"),
    ([], {"money": [{"says": "m", "amount": "GBP 4m (2023)", **BASIS}]}, "without its dates"),
    ([], {"money": [{"says": "m", "amount": "GBP 4m (2023)", "per": "week", **BASIS}]}, "per = 'week'"),
    ([], {"money": [{"says": "m", **BASIS}]}, "has no amount"),
    ([], {"money": [{"says": "m", "amount": {"amount": 4, "currency": "GBP"}, **BASIS, "per": "year"}]}, "a year"),
]


@pytest.mark.parametrize(("changes", "fields", "words"), REFUSED, ids=[words for *_, words in REFUSED])
def test_a_bad_policy_is_refused_in_one_sentence_that_names_file_and_place(changes, fields, words):
    """Each mistake is one sentence with the file's name and what to do."""
    rows = {**PLAIN, "change": [{**BASIS, **one} for one in changes], **fields}
    with pytest.raises(BadPolicy) as refusal:
        read_policy(rows, "mine.toml")
    text = str(refusal.value)
    assert words in text
    assert text.startswith("mine.toml")
    assert "\n" not in text


def test_an_option_that_does_not_exist_is_refused():
    """The name nearest to it is offered."""
    with pytest.raises(
        BadPolicy, match=r"mine.toml: change 1 intercepts by 'jamm', which is no option; did you mean 'jam'"
    ):
        levels(policy({"intercept": {**INTERCEPT, "option": "jamm"}}))
    assert near_option("b", ("a", "b"), "here") == 1
