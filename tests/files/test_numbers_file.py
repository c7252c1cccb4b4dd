"""Promises about the file of all numbers that an answer was computed with."""

import json

from hypothesis import given
from hypothesis import strategies as st

from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts
from varne.files.numbers_file import numbers_of, what_differs
from varne.question import with_user_file

OWN = """
[boat.fuel_hours]
says = "Two panels."
shape = "pool"
unit = "h"
source = "Two panels."
grade = "elicited"
date = 2026-01-01
[[boat.fuel_hours.parts]]
shape = "lognormal"
value = 20.0
low = 10.0
high = 40.0
source = "one panel"
[[boat.fuel_hours.parts]]
shape = "uniform"
value = 30.0
low = 20.0
high = 40.0
source = "another panel"

[boat.speed]
says = "Ours."
shape = "lognormal"
value = 3.0
low = 2.0
high = 4.0
unit = "kn"
source = "A trial."
grade = "assumed"
date = 2026-01-01

[options.ours]
says = "Two boats."
responder = "sent"
[[options.ours.phases]]
name = "near"
stand_off = "50 m"
"""
TABLES = st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2)))


def _through_json(numbers):
    return json.loads(json.dumps(numbers, allow_nan=False))


def _with_own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return numbers_of(*with_user_file(path))


def test_all_numbers_are_read_back_as_a_facts_file(tmp_path):
    """Every shipped fact and option: written, read and written again, it is the same."""
    shipped = _through_json(numbers_of(shipped_facts(), shipped_option_rows()))
    path = tmp_path / "numbers.json"
    path.write_text(json.dumps(shipped), encoding="utf-8")
    facts, rows = with_user_file(path)
    assert _through_json(numbers_of(facts, rows)) == shipped
    assert sum(len(table) for name, table in shipped.items() if name != "options") == len(list(shipped_facts()))


def test_a_users_own_numbers_stand_where_the_shipped_ones_stood(tmp_path):
    """And only they differ; an option of the user's own is one of them."""
    own, shipped = _with_own(tmp_path), numbers_of(*with_user_file(None))
    changed = what_differs(own, shipped)
    assert {subject: sorted(rows) for subject, rows in changed.items()} == {
        "boat": ["fuel_hours", "speed"],
        "options": ["ours"],
    }
    assert [part["source"] for part in own["boat"]["fuel_hours"]["parts"]] == ["one panel", "another panel"]
    assert (own["boat"]["speed"]["low"], own["boat"]["speed"]["value"], own["boat"]["speed"]["high"]) == (2.0, 3.0, 4.0)


def test_what_differs_brings_the_recorded_numbers_back(tmp_path):
    """As a facts file over those of today it gives exactly the recorded ones, though the file they came in is gone."""
    own = _through_json(_with_own(tmp_path))
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(what_differs(own, _through_json(numbers_of(*with_user_file(None))))), encoding="utf-8")
    assert _through_json(numbers_of(*with_user_file(path))) == own


@given(TABLES, TABLES)
def test_what_differs_is_all_of_the_difference_and_nothing_else(recorded, present):
    """Laid over the numbers of today, every recorded one is there again; nothing is named that is the same already."""
    changed = what_differs(recorded, present)
    both = {subject: {**present.get(subject, {}), **changed.get(subject, {})} for subject in {*recorded, *present}}
    assert all(both[subject][name] == row for subject, table in recorded.items() for name, row in table.items())
    assert all(
        present.get(subject, {}).get(name) != row for subject, table in changed.items() for name, row in table.items()
    )
    assert what_differs(recorded, recorded) == {}
